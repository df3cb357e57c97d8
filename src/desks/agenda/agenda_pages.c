/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages.c: the desk's agenda as lists: a month, a week, a day. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_views.h"

enum { SHOWN_MOST = 1000, DAY_COVERAGES = 500 };

/* ---- lists ---- */

/* A page of the list for programs, with everything that hangs at each event. */
static void give_list(Ctx *ctx, const Request *req, Page *page, Span span, AgendaFigure figure)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List events = agenda_by_span(ctx, span, figure, at, id, limit + 1);
    bool more = (i64)events.count > limit;
    events.count = more ? (size_t)limit : events.count;
    const Event *last = events.count ? (const Event *)events.items + events.count - 1 : NULL;
    agenda_with_coverages(ctx, events);
    page_list(page, &agenda_event_shape, events, agenda_count(ctx, span, figure),
              more ? cursor_make(ctx, req, last->starts_at, last->id) : NULL);
}

static Calendar calendar_of(Ctx *ctx, Span span, List events)
{
    const Event *e = events.items;
    i64 *starts = arena_array(ctx->arena, i64, events.count + 1);
    bool *standing = arena_array(ctx->arena, bool, events.count + 1);
    for (size_t i = 0; i < events.count; i++) {
        starts[i] = e[i].starts_at;
        standing[i] = agenda_stands(e[i].status, e[i].visibility);
    }
    return agenda_calendar(ctx, span, starts, standing, events.count);
}

static void draw_index(Ctx *ctx, const Request *req, Page *page, IndexShown *x)
{
    Span span = x->period.span;
    x->events = agenda_by_span(ctx, span, x->figure, 0, 0, SHOWN_MOST);
    x->total = agenda_count(ctx, span, x->figure);
    x->calendar = calendar_of(ctx, span, x->events);
    x->list = text_same(query_text(req, "vista"), "lista");
    if (x->period.kind == PERIOD_DAY) {
        agenda_with_coverages(ctx, x->events);
        x->lanes = agenda_lanes(ctx, span, agenda_coverages_by_span(ctx, span, DAY_COVERAGES));
    }
    page->title = arena_printf(ctx->arena, "%s · %s", say(ctx, "Agenda"), x->period.label);
    agenda_view_index(page->html, x);
}

/* GET /mesa/agenda */
static void page_agenda(Ctx *ctx, const Request *req, Page *page)
{
    IndexShown x = {0};
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !agenda_period(ctx, req, &x.period))
        return;
    const char *figure = query_text(req, "figura");
    int found = text_blank(figure) ? AGENDA_ALL : word_find(agenda_figure_words, figure);
    if (found < 0) {
        fault_field(ctx, "figura",
                    "\"%s\" is no figure of the agenda: events_held, events_covered or events_not_covered, for some.",
                    text_clip(ctx->arena, figure, 40));
        return;
    }
    x.figure = (AgendaFigure)found;
    page->here = "/mesa/agenda";
    if (page->format == FORMAT_HTML)
        draw_index(ctx, req, page, &x);
    else
        give_list(ctx, req, page, x.period.span, x.figure);
}

const Route agenda_routes[] = {
    {GET, "/mesa/agenda", page_agenda, RIGHT_AGENDA_READ,
     "The desk's agenda of a month, a week or a day", .formats = AS_HTML | AS_JSON | AS_CSV,
     .query = "mes semana dia figura vista limit after", .shape = &agenda_event_shape},
    {0},
};
