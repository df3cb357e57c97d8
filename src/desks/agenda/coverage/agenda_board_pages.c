/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_board_pages.c: lanes of a day, the board, the month of persons and days. */
#include "desks/agenda/coverage/agenda_board.h"
#include "desks/agenda/agenda_pages.h"
#include "agenda_board_views.h"

enum { DAY_MOST = 1000, UNEXPLAINED_MOST = 200 };

bool agenda_period_day(Ctx *ctx, const Request *req, Period *day_out)
{
    *day_out = agenda_period_of(ctx, PERIOD_DAY, ctx->now);
    return text_blank(query_text(req, "dia")) || agenda_period(ctx, req, day_out);
}

/* ---- lanes ---- */

/* GET /mesa/coberturas/carriles?dia=2022-07-14 */
static void page_lanes(Ctx *ctx, const Request *req, Page *page)
{
    LanesDay x = {0};
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !agenda_period_day(ctx, req, &x.day))
        return;
    List coverages = agenda_coverages_by_span(ctx, x.day.span, DAY_MOST);
    page->title = say(ctx, "Lanes");
    page->here = "/mesa/coberturas";
    page_list(page, &agenda_coverage_shape, coverages, (i64)coverages.count, NULL);
    if (page->format != FORMAT_HTML)
        return;
    x.lanes = agenda_lanes(ctx, x.day.span, coverages);
    x.uncovered = agenda_uncovered_count(ctx, x.day.span);
    agenda_view_lanes_page(page->html, &x);
}

/* ---- the board ---- */

static void draw_board(Ctx *ctx, const Request *req, Page *page)
{
    page->title = say(ctx, "Board of coverages");
    page->here = "/mesa/coberturas";
    agenda_view_board(page->html, agenda_board(ctx), req->form);
}

static List cards_of(Ctx *ctx, List columns)
{
    size_t n = 0;
    const BoardColumn *c = columns.items;
    for (size_t i = 0; i < columns.count; i++)
        n += c[i].cards.count;
    Coverage *all = arena_array(ctx->arena, Coverage, n + 1);
    n = 0;
    for (size_t i = 0; i < columns.count; i++) {
        for (size_t k = 0; k < c[i].cards.count; k++)
            all[n++] = *((const BoardCard *)c[i].cards.items)[k].coverage;
    }
    return (List){all, n};
}

/* GET /mesa/coberturas/tablero */
static void page_board(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    if (page->format == FORMAT_HTML) {
        draw_board(ctx, req, page);
        return;
    }
    List cards = cards_of(ctx, agenda_board(ctx));
    page_list(page, &agenda_coverage_shape, cards, (i64)cards.count, NULL);
}

/* POST /mesa/coberturas/:id/mover */
static void act_move(Ctx *ctx, const Request *req, Page *page)
{
    int to = form_word(ctx, req, "state", agenda_state_words, -1);
    const char *reason = form_text(ctx, req, "reason", 500);
    if (to < 0)
        fault_field(ctx, "state", "Say where it moves.");
    if (faulted(ctx) || !agenda_move(ctx, req->id, req->version, (CoverageState)to, reason))
        return;
    const Coverage *c = agenda_coverage(ctx, req->id);
    page_one(page, &agenda_coverage_shape, c);
    page->version = c ? c->version : NONE;
    page_done(page, url_literal("/mesa/coberturas/tablero"),
              arena_printf(ctx->arena, say(ctx, "Moved: %s."), say_word(ctx, agenda_state_words, to)));
}

/* ---- what nobody covered, and why ---- */

/* GET /mesa/coberturas/sin-motivo?mes=2022-07 */
static void page_unexplained(Ctx *ctx, const Request *req, Page *page)
{
    Period month;
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !agenda_period(ctx, req, &month))
        return;
    if (month.kind != PERIOD_MONTH)
        month = agenda_period_of(ctx, PERIOD_MONTH, month.span.from);
    List events = agenda_unexplained(ctx, month.span, UNEXPLAINED_MOST);
    page->title = say(ctx, "Not covered, and nobody said why");
    page->here = "/mesa/coberturas";
    page_list(page, &agenda_event_shape, events, (i64)events.count, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_unexplained(page->html, events, &month, req->form);
}

/* ---- the month ---- */

/* GET /mesa/coberturas/calor?mes=2022-07 */
static void page_heat(Ctx *ctx, const Request *req, Page *page)
{
    Period month;
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !agenda_period(ctx, req, &month))
        return;
    if (month.kind != PERIOD_MONTH)
        month = agenda_period_of(ctx, PERIOD_MONTH, month.span.from);
    HeatShown x = agenda_heat(ctx, &month);
    page->title = say(ctx, "Coverages by person and day");
    page->here = "/mesa/coberturas";
    page_list(page, &agenda_heat_shape, agenda_heat_list(ctx, &x), NONE, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_heat(page->html, &x);
}

const Route agenda_board_routes[] = {
    {GET, "/mesa/coberturas/carriles", page_lanes, RIGHT_AGENDA_READ, "A day's coverages, a lane for each person", .list = true,
     .query = "dia", .shape = &agenda_coverage_shape},
    {GET, "/mesa/coberturas/tablero", page_board, RIGHT_AGENDA_READ, "Coverages as columns of states", .list = true,
     .shape = &agenda_coverage_shape},
    {POST, "/mesa/coberturas/:id/mover", act_move, LOGIN, "Moves a coverage to another state of the board",
     .fields = "state! reason version", .shape = &agenda_coverage_shape, .form = page_board},
    {GET, "/mesa/coberturas/calor", page_heat, RIGHT_AGENDA_READ, "How many coverages each person has on each day",
     .list = true, .query = "mes", .shape = &agenda_heat_shape},
    {GET, "/mesa/coberturas/sin-motivo", page_unexplained, RIGHT_AGENDA_READ,
     "A month's events that are over, were not covered, and nobody said why", .list = true, .query = "mes", .shape = &agenda_event_shape},
    {0},
};
