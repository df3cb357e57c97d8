/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_calendar_rules.c: the calendars that events belong to: made, changed, put away and taken out again. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_event_queries.h"

enum { NAME_MAX_CHARS = 80, POSITION_MAX = 999, SLUG_TRIES = 50 };

static bool check(Ctx *ctx, const CalendarDraft *d)
{
    if (text_blank(d->name))
        return fault_field(ctx, "name", "A calendar needs a name.");
    if (strchr(d->name, '\n') || text_has_control(d->name) ||
        text_points(d->name) > NAME_MAX_CHARS)
        return fault_field(ctx, "name", "A name is one line of at most %d characters.",
                           NAME_MAX_CHARS);
    if (d->color < 1 || d->color > AGENDA_COLORS)
        return fault_field(ctx, "color", "Choose one of the %d colours.", AGENDA_COLORS);
    if (d->position < 0 || d->position > POSITION_MAX)
        return fault_field(ctx, "position", "The place in the list is between 0 and %d.",
                           POSITION_MAX);
    return true;
}

/* Two calendars of one name would be taken for each other in every list. */
static bool name_is_free(Ctx *ctx, const char *name, i64 id)
{
    List all = agenda_calendars(ctx, true);
    for (const EventCalendar *c = all.items, *end = c + all.count; c < end; c++)
        if (c->id != id &&
            text_same(text_fold(ctx->arena, c->name), text_fold(ctx->arena, name)))
            return fault_field(ctx, "name", "There is a calendar of this name already%s.",
                               c->archived ? say(ctx, ", among the archived ones") : "");
    return !faulted(ctx);
}

static const char *free_slug(Ctx *ctx, const char *name)
{
    const char *base = text_slug(ctx->arena, name);
    base = *base ? base : "calendario";
    const char *slug = base;
    for (int n = 2; n < SLUG_TRIES && agenda_calendar_by_slug(ctx, slug); n++)
        slug = arena_printf(ctx->arena, "%.70s-%d", base, n);
    return slug;
}

bool agenda_calendar_add(Ctx *ctx, const CalendarDraft *d, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT) || !check(ctx, d) || !name_is_free(ctx, d->name, 0))
        return false;
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_agenda_calendar_insert, I(id), T(free_slug(ctx, d->name)), T(d->name),
                  I(d->color), B(d->is_public), I(d->position)) ||
        !journal_detail(ctx, "agenda_calendar", id, "created", d->name))
        return false;
    *id_out = id;
    return true;
}

static const EventCalendar *to_change(Ctx *ctx, i64 id, i64 version)
{
    const EventCalendar *c =
        people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_calendar_find(ctx, id) : NULL;
    return c && agenda_check_version(ctx, version, c->version) ? c : NULL;
}

bool agenda_calendar_change(Ctx *ctx, i64 id, i64 version, const CalendarDraft *d)
{
    const EventCalendar *c = to_change(ctx, id, version);
    if (!c || !check(ctx, d) || !name_is_free(ctx, d->name, id))
        return false;
    if (text_same(c->name, d->name) && c->color == d->color && c->is_public == d->is_public &&
        c->position == d->position)
        return true;
    return db_write(ctx, &q_agenda_calendar_update, I(id), I(c->version), T(d->name), I(d->color),
                    B(d->is_public), I(d->position)) &&
           journal_detail(ctx, "agenda_calendar", id, "changed", d->name);
}

bool agenda_calendar_archive(Ctx *ctx, i64 id, i64 version, bool archived)
{
    const EventCalendar *c = to_change(ctx, id, version);
    if (!c)
        return false;
    if (c->archived == archived)
        return true;
    return db_write(ctx, &q_agenda_calendar_set_archived, I(id), I(c->version), B(archived)) &&
           journal_detail(ctx, "agenda_calendar", id, archived ? "archived" : "unarchived",
                          c->name);
}
