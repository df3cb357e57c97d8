/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_panels.c: what the agenda shows on the desk's home. */
#include "desks/agenda/coverage/agenda_board.h"
#include "desks/agenda/agenda_pages.h"
#include "agenda_panel_views.h"

enum { TODAY_MOST = 50, SOON_MOST = 50, LANES_MOST = 500, MINE_MOST = 6, UNCOVERED_MOST = 5 };

static Span today(Ctx *ctx)
{
    return clock_day_of(ctx->city->zone, ctx->now);
}

/* ---- attend to this first ---- */

static Span soon(Ctx *ctx)
{
    return (Span){ctx->now, ctx->now + agenda_uncovered_lead(ctx)};
}

/* The next event within the lead time that nobody was asked for. */
static void find_uncovered(Ctx *ctx, AttendShown *x)
{
    List events = agenda_uncovered(ctx, soon(ctx), 1);
    x->uncovered = events.count ? events.items : NULL;
    if (!x->uncovered)
        return;
    i64 at = x->uncovered->starts_at;
    Span day = today(ctx);
    const char *hour = clock_time_text(ctx->arena, ctx->city->zone, at);
    if (at < day.to)
        x->uncovered_when = hour;
    else if (at < clock_day_of(ctx->city->zone, day.to).to)
        x->uncovered_when = arena_printf(ctx->arena, say(ctx, "Tomorrow %s"), hour);
    else
        x->uncovered_when = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, at);
}

static void find_late(Ctx *ctx, AttendShown *x)
{
    x->late = agenda_coverages_late(ctx);
    List open = x->late ? agenda_coverages_open(ctx, 0, SOON_MOST) : (List){0};
    const Coverage *c = open.items;
    for (size_t i = 0; i < open.count && !x->late_title; i++) {
        if (agenda_coverage_late(ctx, &c[i]))
            x->late_title = c[i].event_title;
    }
}

static void find_clashes(Ctx *ctx, AttendShown *x)
{
    LanesShown lanes =
        agenda_lanes(ctx, today(ctx), agenda_coverages_by_span(ctx, today(ctx), LANES_MOST));
    const Lane *lane = lanes.lanes.items;
    x->clashes = lanes.clashes;
    for (size_t i = 0; i < lanes.lanes.count && !x->clash_name; i++) {
        if (lane[i].clash)
            x->clash_name = lane[i].name;
    }
}

static void panel_attend(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    AttendShown x = {0};
    find_uncovered(ctx, &x);
    find_late(ctx, &x);
    find_clashes(ctx, &x);
    if (people_has(ctx, RIGHT_COVERAGE_APPROVE))
        x.waiting = agenda_coverages_count(ctx, (CoverageFilter){.state = COVERAGE_DELIVERED});
    agenda_view_attend(h, &x);
}

/* ---- today ---- */

static void panel_today(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    Period day = agenda_period_of(ctx, PERIOD_DAY, ctx->now);
    List events =
        agenda_with_coverages(ctx, agenda_by_span(ctx, day.span, AGENDA_ALL, 0, 0, TODAY_MOST));
    Period tomorrow = agenda_period_of(ctx, PERIOD_DAY, day.span.to);
    agenda_view_today(
        h, events, &day, agenda_count(ctx, tomorrow.span, AGENDA_ALL),
        agenda_period_url(ctx->arena, url_literal("/mesa/agenda"), &tomorrow, tomorrow.text));
}

static void panel_lanes(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    LanesShown lanes =
        agenda_lanes(ctx, today(ctx), agenda_coverages_by_span(ctx, today(ctx), LANES_MOST));
    if (lanes.lanes.count)
        agenda_view_lanes(h, &lanes);
}

/* ---- what nobody covers yet, with the way to give it to somebody ---- */

static void panel_uncovered(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    Span span = soon(ctx);
    List events = agenda_uncovered(ctx, span, UNCOVERED_MOST);
    if (!events.count)
        return;
    Busy busy = agenda_busy(ctx, (Slot){.from = span.from, .to = span.to, .hours = true}, 0);
    List people = people_active(ctx);
    UncoveredRow *rows = arena_array(ctx->arena, UncoveredRow, events.count);
    for (size_t i = 0; i < events.count; i++) {
        const Event *e = (const Event *)events.items + i;
        busy.slot = agenda_slot_of_event(e);
        rows[i] = (UncoveredRow){e, agenda_doers_among(ctx, &busy, people)};
    }
    UncoveredShown x = {.rows = {rows, events.count}, .total = agenda_uncovered_count(ctx, span), .form = req->form};
    agenda_view_uncovered(h, &x);
}

static void panel_mine(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    List mine = ctx->actor->id ? agenda_coverages_open(ctx, ctx->actor->id, MINE_MOST) : (List){0};
    if (mine.count)
        agenda_view_mine(h, mine);
}

const Panel agenda_panels[] = {
    {"desk_home", "first", 10, RIGHT_AGENDA_READ, panel_attend},
    {"desk_home", "main", 10, RIGHT_AGENDA_READ, panel_today},
    {"desk_home", "main", 15, RIGHT_COVERAGE_ASSIGN, panel_uncovered},
    {"desk_home", "main", 20, RIGHT_AGENDA_READ, panel_lanes},
    {"desk_home", "side", 10, RIGHT_AGENDA_READ, panel_mine},
    {0},
};
