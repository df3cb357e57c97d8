/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_cover_look.c: how a coverage says how much is wanted, how much came, and how long it took. */
#include "desks/agenda/coverage/agenda_cover.h"

const Word agenda_priority_words[] = {
    {"0", N_("No priority")}, {"1", N_("Most urgent")},   {"2", N_("Urgent")}, {"3", N_("Normal")},
    {"4", N_("When it fits")}, {"5", N_("Last of all")}, {0},
};

static bool is_said(i64 n)
{
    return n != NONE && n > 0;
}

const char *agenda_pieces_said(Ctx *ctx, i64 least, i64 most)
{
    if (is_said(least) && is_said(most) && least != most)
        return arena_printf(ctx->arena, say(ctx, "%" PRId64 " to %" PRId64 " pieces"), least, most);
    if (!is_said(least) && is_said(most))
        return arena_printf(ctx->arena, say_n(ctx, "at most %" PRId64 " piece", "at most %" PRId64 " pieces", most), most);
    if (!is_said(least))
        return NULL;
    return arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " piece", "%" PRId64 " pieces", least), least);
}

bool agenda_enough(const Coverage *c)
{
    return !is_said(c->quantity_min) || (is_said(c->quantity_delivered) && c->quantity_delivered >= c->quantity_min);
}

const char *agenda_delivered_said(Ctx *ctx, const Coverage *c)
{
    i64 wanted = is_said(c->quantity_min) ? c->quantity_min : c->quantity_max;
    i64 came = is_said(c->quantity_delivered) ? c->quantity_delivered : 0;
    if (!is_said(wanted) && !came)
        return NULL;
    if (!is_said(wanted))
        return arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " piece", "%" PRId64 " pieces", came), came);
    if (!came && !c->delivered_at)
        return NULL;
    return arena_printf(ctx->arena, say(ctx, "%" PRId64 " of %" PRId64), came, wanted);
}

const char *agenda_hours_said(Ctx *ctx, i64 minutes)
{
    i64 h = minutes / 60, m = minutes % 60;
    if (!h)
        return arena_printf(ctx->arena, "%" PRId64 " min", m);
    return m ? arena_printf(ctx->arena, "%" PRId64 " h %" PRId64 " min", h, m) : arena_printf(ctx->arena, "%" PRId64 " h", h);
}

const char *agenda_number_text(Ctx *ctx, i64 n)
{
    return is_said(n) ? arena_printf(ctx->arena, "%" PRId64, n) : NULL;
}

const char *agenda_local_text(Ctx *ctx, i64 at)
{
    return at ? arena_copy(ctx->arena, wall_text(ctx->arena, clock_wall(ctx->city->zone, at)), strlen("2022-07-14T10:00"))
              : NULL;
}

i64 agenda_minutes_proposed(const Coverage *c)
{
    i64 lasts = (c->event_ends_at - c->event_starts_at) / CLOCK_MINUTE;
    if (is_said(c->worked_minutes))
        return c->worked_minutes;
    return c->event_all_day || lasts > 24 * 60 ? NONE : lasts;
}

i64 agenda_worked(List coverages)
{
    i64 minutes = 0;
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++)
        minutes += is_said(c->worked_minutes) && c->state != COVERAGE_CANCELLED ? c->worked_minutes : 0;
    return minutes;
}

const char *agenda_doer_value(Arena *a, const Coverage *c)
{
    if (c->assignee)
        return id_text(a, c->assignee);
    if (c->contact)
        return arena_printf(a, "contact:%s", id_text(a, c->contact));
    return c->area ? arena_printf(a, "area:%s", id_text(a, c->area)) : NULL;
}

Url agenda_contact_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/contactos/", id, NULL);
}
