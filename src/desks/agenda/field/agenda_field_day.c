/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_field_day.c: what somebody has to cover today and in the next two days, under headings. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/db.h"
#include "agenda_field_queries.h"

#include <math.h>

static const Field task_fields[] = {
    FIELD_ID(FieldTask, id),
    FIELD_ID(FieldTask, event),
    FIELD_WORD(FieldTask, kind, agenda_kind_words),
    FIELD_WORD(FieldTask, state, agenda_state_words),
    FIELD_ID(FieldTask, assignee),
    FIELD_ID(FieldTask, area),
    FIELD_TEXT(FieldTask, area_name),
    FIELD_TEXT(FieldTask, event_title),
    FIELD_TIME(FieldTask, event_starts_at),
    FIELD_TIME(FieldTask, event_ends_at),
    FIELD_BOOL(FieldTask, event_all_day),
    FIELD_BOOL(FieldTask, event_tbc),
    FIELD_WORD(FieldTask, event_status, agenda_status_words),
    FIELD_TEXT(FieldTask, event_note),
    FIELD_TEXT(FieldTask, headed_by),
    FIELD_TEXT(FieldTask, accreditation),
    FIELD_TEXT(FieldTask, place_name),
    FIELD_TEXT(FieldTask, place_address),
    FIELD_TEXT(FieldTask, place_neighbourhood),
    FIELD_TEXT(FieldTask, place_district),
    FIELD_TEXT(FieldTask, place_note),
    FIELD_REAL(FieldTask, place_lat),
    FIELD_REAL(FieldTask, place_lon),
    FIELD_TIME(FieldTask, due_at),
    FIELD_TEXT(FieldTask, brief),
    FIELD_TEXT(FieldTask, reason),
    FIELD_INT(FieldTask, quantity_min),
    FIELD_INT(FieldTask, quantity_max),
    FIELD_INT(FieldTask, priority),
    FIELD_TEXT(FieldTask, assigned_by),
    FIELD_TEXT(FieldTask, assigned_by_mail),
    FIELD_BOOL(FieldTask, late),
    FIELD_BOOL(FieldTask, may_accept),
    FIELD_BOOL(FieldTask, may_decline),
    FIELD_BOOL(FieldTask, may_start),
    FIELD_BOOL(FieldTask, may_deliver),
    FIELD_BOOL(FieldTask, may_note),
    FIELD_INT(FieldTask, version),
};
static const Shape task_shape = SHAPE("field_task", FieldTask, task_fields);

static const Field day_fields[] = {
    FIELD_ID(FieldDay, person),    FIELD_TEXT(FieldDay, person_name),
    FIELD_TIME(FieldDay, at),      FIELD_TEXT(FieldDay, csrf),
    FIELD_MANY(FieldDay, coverages, &task_shape),
};
const Shape agenda_field_shape = SHAPE("field_day", FieldDay, day_fields);

/* ---- reading ---- */

static void work_out(const Ctx *ctx, FieldTask *t)
{
    unsigned state = STATE_BIT(t->state);
    bool of_team = !t->assignee && t->area;
    t->late = (state & (FROM_ACCEPT | FROM_DELIVER)) && t->due_at < ctx->now;
    t->may_accept = state & FROM_ACCEPT;
    /* A member cannot say no for the team. */
    t->may_decline = (state & FROM_DECLINE) && (!of_team || people_has(ctx, RIGHT_COVERAGE_ASSIGN));
    t->may_start = state & FROM_START;
    t->may_deliver = state & FROM_DELIVER;
    t->may_note = state & FROM_NOTE;
}

/* Late ones go first; the order by start stays within both. */
static List late_first(Ctx *ctx, List found)
{
    FieldTask *sorted = arena_array(ctx->arena, FieldTask, found.count);
    const FieldTask *t = found.items;
    size_t n = 0;
    for (int late = 1; late >= 0; late--) {
        for (size_t i = 0; i < found.count; i++) {
            if (t[i].late == (bool)late)
                sorted[n++] = t[i];
        }
    }
    return (List){sorted, n};
}

FieldDay agenda_field_day(Ctx *ctx)
{
    FieldDay day = {.person = ctx->actor->id, .person_name = ctx->actor->name, .at = ctx->now};
    if (!people_may(ctx, RIGHT_COVERAGE_DELIVER))
        return day;
    Span today = clock_day_of(ctx->city->zone, ctx->now);
    Wall last = wall_add_days(clock_wall(ctx->city->zone, today.from), FIELD_DAYS);
    List found = db_list(ctx, &q_agenda_field_tasks, &task_shape, I(ctx->actor->id), I(ctx->actor->area), I(today.from),
                         I(zone_day_start(ctx->city->zone, last)), B(agenda_sees_private(ctx)), I(FIELD_TASKS));
    FieldTask *t = (FieldTask *)found.items;
    for (size_t i = 0; i < found.count; i++)
        work_out(ctx, &t[i]);
    day.coverages = late_first(ctx, found);
    return day;
}

/* ---- headings ---- */

/* -1: it happened before today and is not late yet; else how many days from today. */
static int day_of(const Ctx *ctx, const FieldTask *t)
{
    Span today = clock_day_of(ctx->city->zone, ctx->now);
    if (t->event_ends_at <= today.from)
        return -1;
    if (t->event_starts_at < today.to)
        return 0;
    Span first = clock_day_of(ctx->city->zone, t->event_starts_at);
    return (int)((first.from - today.from + CLOCK_HOUR * 12) / CLOCK_DAY);
}

static const char *title_of(Ctx *ctx, const FieldTask *t)
{
    int day = day_of(ctx, t);
    if (t->late)
        return say(ctx, "Late");
    if (day < 0)
        return say(ctx, "Still to be handed in");
    if (day < 2)
        return day ? say(ctx, "Tomorrow") : say(ctx, "Today");
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DAY, t->event_starts_at);
}

static bool same_group(const Ctx *ctx, const FieldTask *a, const FieldTask *b)
{
    return a->late == b->late && (a->late || day_of(ctx, a) == day_of(ctx, b));
}

List agenda_field_groups(Ctx *ctx, const FieldDay *day)
{
    const FieldTask *t = day->coverages.items;
    FieldGroup *groups = arena_array(ctx->arena, FieldGroup, day->coverages.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < day->coverages.count; i++) {
        if (!i || !same_group(ctx, &t[i - 1], &t[i]))
            groups[n++] = (FieldGroup){.title = title_of(ctx, &t[i]), .late = t[i].late, .tasks = {&t[i], 0}};
        groups[n - 1].tasks.count++;
    }
    return (List){groups, n};
}

/* ---- what the view asks ---- */

const char *agenda_field_may(Arena *a, const FieldTask *t)
{
    return arena_printf(a, "%s%s%s%s%s", t->may_accept ? "accept " : "", t->may_start ? "start " : "",
                        t->may_deliver ? "deliver " : "", t->may_decline ? "decline " : "", t->may_note ? "note" : "");
}

bool agenda_field_has_hours(const FieldTask *t)
{
    return !t->event_all_day && !t->event_tbc && t->event_ends_at - t->event_starts_at < CLOCK_DAY;
}

const char *agenda_field_where(Arena *a, const FieldTask *t)
{
    const char *parts[] = {t->place_address, t->place_neighbourhood, t->place_district};
    Buf *out = buf_new(a, 256, 8192);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!text_blank(parts[i]))
            buf_printf(out, "%s%s", buf_size(out) ? ", " : "", parts[i]);
    }
    return buf_size(out) ? buf_data(out) : NULL;
}

Url agenda_field_map(Arena *a, const FieldTask *t)
{
    Url map = {NULL};
    if (isnan(t->place_lat) || isnan(t->place_lon))
        return map;
    const char *address = arena_printf(a, "https://www.openstreetmap.org/?mlat=%.5f&mlon=%.5f#map=17/%.5f/%.5f",
                                       t->place_lat, t->place_lon, t->place_lat, t->place_lon);
    url_outside(a, address, &map);
    return map;
}

static bool is_said(i64 pieces)
{
    return pieces != NONE && pieces > 0;
}

const char *agenda_field_pieces(Html *h, const FieldTask *t)
{
    i64 least = t->quantity_min, most = t->quantity_max;
    if (is_said(least) && is_said(most) && least != most)
        return html_sayf(h, "%" PRId64 " to %" PRId64, least, most);
    if (is_said(least) || is_said(most))
        return html_sayf(h, is_said(most) ? N_("at most %" PRId64) : N_("at least %" PRId64), is_said(most) ? most : least);
    return NULL;
}
