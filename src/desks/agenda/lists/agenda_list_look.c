/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_list_look.c: which parts a list of the agenda shows, its addresses, and what may be moved in it. */
#include "desks/agenda/agenda_room.h"

/* ---- which view ---- */

bool agenda_shows_grid(const IndexShown *x)
{
    return x->period.kind == PERIOD_MONTH && !x->list && x->filter.figure == AGENDA_ALL;
}

bool agenda_shows_hours(const IndexShown *x)
{
    return x->period.kind == PERIOD_WEEK && !x->list && x->filter.figure == AGENDA_ALL;
}

bool agenda_shows_table(const IndexShown *x)
{
    return x->filter.figure != AGENDA_ALL && x->period.kind != PERIOD_DAY;
}

/* ---- addresses ---- */

static Url at_time(Arena *a, const IndexShown *x, const char *field, const char *text, bool list)
{
    Url url = url_query(a, url_literal("/mesa/agenda"), field, text);
    url = url_query(a, url, "vista", list ? "lista" : NULL);
    return agenda_filter_url(a, url, x->filters.query);
}

Url agenda_index_url(Arena *a, const IndexShown *x, const char *text)
{
    return at_time(a, x, x->period.field, text, x->list);
}

/* From a month that is now one comes to today, from another to its first day. */
Url agenda_index_kind_url(Ctx *ctx, const IndexShown *x, PeriodKind kind, bool list)
{
    const Span *span = &x->period.span;
    bool now = span->from <= ctx->now && ctx->now < span->to;
    Period other = agenda_period_of(ctx, kind, now ? ctx->now : span->from);
    return at_time(ctx->arena, x, other.field, other.text, list);
}

Url agenda_index_today_url(Ctx *ctx, const IndexShown *x)
{
    Period now = agenda_period_of(ctx, x->period.kind, ctx->now);
    return at_time(ctx->arena, x, now.field, now.text, x->list);
}

Url agenda_index_without_url(Arena *a, const IndexShown *x, const FilterPart *part)
{
    Url url = url_query(a, url_literal("/mesa/agenda"), x->period.field, x->period.text);
    url = url_query(a, url, "vista", x->list ? "lista" : NULL);
    return agenda_filter_url(a, url, part ? part->without : "");
}

Url agenda_index_day_url(Arena *a, const IndexShown *x, const Day *day)
{
    return at_time(a, x, "dia", agenda_day_text(a, day), false);
}

const char *agenda_index_address(Arena *a, const IndexShown *x)
{
    return agenda_index_url(a, x, x->period.text).s;
}

const char *agenda_index_view_name(const IndexShown *x)
{
    static const char *const names[] = {
        [PERIOD_MONTH] = "month", [PERIOD_WEEK] = "week", [PERIOD_DAY] = "day"};
    if (agenda_shows_table(x))
        return "table";
    return x->list ? "list" : names[x->period.kind];
}

/* ---- saved views ---- */

const char *agenda_index_saved_query(Arena *a, const IndexShown *x)
{
    const char *view = x->list                         ? "lista"
                       : x->period.kind == PERIOD_WEEK ? "semana"
                       : x->period.kind == PERIOD_DAY  ? "dia"
                                                       : NULL;
    if (!view)
        return x->filters.query;
    return arena_printf(a, "%s%svista=%s", x->filters.query, x->filters.query[0] ? "&" : "", view);
}

bool agenda_index_is_view(Arena *a, const IndexShown *x, const SavedView *view)
{
    return text_same(agenda_index_saved_query(a, x), view->query);
}

Url agenda_saved_url(Arena *a, const SavedView *view)
{
    return agenda_filter_url(a, url_literal("/mesa/agenda"), view->query);
}

/* ---- chips on days ---- */

bool agenda_day_is_listed(const Calendar *calendar, const Day *day)
{
    const DayChip *chip = day->chips.items;
    for (size_t i = 0; i < day->chips.count; i++)
        if (agenda_chip_is_listed(calendar, day, &chip[i]))
            return true;
    return false;
}

static bool stands_above(const Event *e)
{
    return agenda_week_above(&(DayEntry){e->starts_at, e->ends_at, true,
                                         e->all_day || e->time_to_be_confirmed});
}

/* What has an hour leaves its place empty, so that bars stay at one height all week. */
List agenda_chips_above(Arena *a, const Day *day, const Event *events)
{
    const DayChip *chip = day->chips.items;
    DayChip *above = arena_array(a, DayChip, day->chips.count + 1);
    size_t last = 0;
    for (size_t i = 0; i < day->chips.count; i++) {
        bool stands = !chip[i].empty && stands_above(&events[chip[i].event]);
        above[i] = stands ? chip[i] : (DayChip){.empty = true};
        last = stands ? i + 1 : last;
    }
    return (List){above, last};
}

/* In a list an event of several days stands once: on its first day that the list has. */
bool agenda_chip_is_listed(const Calendar *calendar, const Day *day, const DayChip *chip)
{
    if (chip->empty || day->outside)
        return false;
    bool first_day = day == calendar->days || day[-1].outside;
    return !chip->before || first_day;
}

i64 agenda_chips_hidden(const Day *day, size_t most)
{
    const DayChip *chip = day->chips.items;
    i64 shown = 0;
    for (size_t i = 0; i < day->chips.count && i < most; i++)
        shown += !chip[i].empty;
    return (i64)day->count - shown;
}

/* ---- moving ---- */

const char *agenda_move_way(const Html *h, const Event *e)
{
    if (!agenda_has(h, RIGHT_AGENDA_EDIT) || e->status == EVENT_CANCELLED ||
        e->status == EVENT_HELD)
        return NULL;
    return e->visibility == VISIBLE_PUBLIC && e->status != EVENT_TENTATIVE ? "ask" : "now";
}

const char *agenda_local_start(const Html *h, const Event *e)
{
    Arena *a = html_arena(h);
    return arena_copy(a, wall_text(a, clock_wall(html_ctx(h)->city->zone, e->starts_at)), 16);
}
