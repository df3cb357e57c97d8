/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages.c: the desk's agenda as lists: a month, a week, a day, one after the other. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_views.h"

enum { SHOWN_MOST = 1000, DAY_COVERAGES = 500 };

/* ---- for programs ---- */

/* A page of the list, with everything that hangs at each event. */
static void give_list(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List events = agenda_list(ctx, filter, at, id, limit + 1);
    bool more = (i64)events.count > limit;
    events.count = more ? (size_t)limit : events.count;
    const Event *last = events.count ? (const Event *)events.items + events.count - 1 : NULL;
    agenda_with_coverages(ctx, events);
    agenda_with_dates(ctx, events);
    page_list(page, &agenda_event_shape, events, agenda_list_count(ctx, filter),
              more ? cursor_make(ctx, req, last->starts_at, last->id) : NULL);
}

/* ---- for people ---- */

static const DayEntry *entries_of(Ctx *ctx, List events)
{
    const Event *e = events.items;
    DayEntry *entries = arena_array(ctx->arena, DayEntry, events.count + 1);
    for (size_t i = 0; i < events.count; i++)
        entries[i] = (DayEntry){e[i].starts_at, e[i].ends_at,
                                agenda_stands(e[i].status, e[i].visibility),
                                e[i].all_day || e[i].time_to_be_confirmed};
    return entries;
}

/* A figure's list is exactly what the figure counts: what begins in the time. */
static void find_events(Ctx *ctx, IndexShown *x)
{
    x->filter.overlapping = x->filter.figure == AGENDA_ALL;
    x->events = agenda_list(ctx, &x->filter, 0, 0, SHOWN_MOST);
    x->total = x->events.count < SHOWN_MOST ? (i64)x->events.count
                                            : agenda_list_count(ctx, &x->filter);
    const DayEntry *entries = entries_of(ctx, x->events);
    x->calendar = agenda_calendar(ctx, x->period.span, entries, x->events.count);
    if (agenda_shows_hours(x))
        x->week = agenda_week_grid(ctx, &x->calendar, entries, x->events.count);
    if (x->list || x->period.kind != PERIOD_MONTH)
        agenda_with_coverages(ctx, x->events);
    if (x->period.kind == PERIOD_DAY && !x->list)
        x->lanes = agenda_lanes(ctx, x->period.span,
                                agenda_coverages_by_span(ctx, x->period.span, DAY_COVERAGES));
}

static void draw_index(Ctx *ctx, Page *page, IndexShown *x)
{
    find_events(ctx, x);
    x->filters = agenda_filter_shown(ctx, &x->filter, x->period.span);
    x->views = agenda_saved_views(ctx);
    page->title = arena_printf(ctx->arena, "%s · %s", say(ctx, "Agenda"), x->period.label);
    page->here = "/mesa/agenda";
    agenda_view_index(page->html, x);
}

/* Without a time the address may still say which: a saved view is of the present week. */
static bool read_period(Ctx *ctx, const Request *req, IndexShown *x)
{
    const char *view = query_text(req, "vista");
    if (!agenda_period(ctx, req, &x->period))
        return false;
    if (!x->period.given && text_same(view, "semana"))
        x->period = agenda_period_of(ctx, PERIOD_WEEK, ctx->now);
    if (!x->period.given && text_same(view, "dia"))
        x->period = agenda_period_of(ctx, PERIOD_DAY, ctx->now);
    x->list = text_same(view, "lista");
    return true;
}

/* GET /mesa/agenda */
static void page_agenda(Ctx *ctx, const Request *req, Page *page)
{
    IndexShown x = {.form = req->form};
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !read_period(ctx, req, &x) ||
        !agenda_filter_read(ctx, req, &x.filter))
        return;
    x.filter.span = x.period.span;
    page->here = "/mesa/agenda";
    if (agenda_list_as_feed(ctx, req, page, &x.filter, x.period.given))
        return;
    if (page->format == FORMAT_HTML)
        draw_index(ctx, page, &x);
    else
        give_list(ctx, req, page, &x.filter);
}

const Route agenda_routes[] = {
    {GET, "/mesa/agenda", page_agenda, RIGHT_AGENDA_READ,
     "The desk's agenda of a month, a week or a day, filtered", .list = true, .formats = AS_HTML | AS_JSON | AS_ICS | AS_NINJS,
     .query = "mes semana dia vista cancelled limit after " AGENDA_FILTER_NAMES, .shape = &agenda_event_shape},
    {0},
};
