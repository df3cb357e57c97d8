/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_panels.c: what the agenda shows on the desk's home. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_panel_views.h"

enum { TODAY_MOST = 50, SOON_MOST = 50, LANES_MOST = 500, MINE_MOST = 6 };

static Span today(Ctx *ctx)
{
    return clock_day_of(ctx->city->zone, ctx->now);
}

/* ---- attend to this first ---- */

/* The next event of today or tomorrow that nobody covers. */
static void find_uncovered(Ctx *ctx, AttendShown *x)
{
    Span soon = {ctx->now, clock_day_of(ctx->city->zone, today(ctx).to).to};
    List events = agenda_by_span(ctx, soon, AGENDA_NOT_COVERED, 0, 0, SOON_MOST);
    const Event *e = events.items;
    for (size_t i = 0; i < events.count && !x->uncovered; i++) {
        if (e[i].coverage_count == 0)
            x->uncovered = &e[i];
    }
    if (!x->uncovered)
        return;
    bool is_today = x->uncovered->starts_at < today(ctx).to;
    const char *hour = clock_time_text(ctx->arena, ctx->city->zone, x->uncovered->starts_at);
    x->uncovered_when = is_today ? hour : arena_printf(ctx->arena, say(ctx, "Tomorrow %s"), hour);
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

static void panel_mine(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    List mine = ctx->actor->id ? agenda_coverages_open(ctx, ctx->actor->id, MINE_MOST) : (List){0};
    if (mine.count)
        agenda_view_mine(h, mine);
}

const Panel agenda_panels[] = {
    {"desk_home", "first", 10, RIGHT_AGENDA_READ, panel_attend},
    {"desk_home", "main", 10, RIGHT_AGENDA_READ, panel_today},
    {"desk_home", "main", 20, RIGHT_AGENDA_READ, panel_lanes},
    {"desk_home", "side", 10, RIGHT_AGENDA_READ, panel_mine},
    {0},
};
