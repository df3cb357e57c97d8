/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_lanes.c: one lane a person, so that a day that is too full shows itself. */
#include "desks/agenda/agenda_room.h"

#include <stdlib.h>

enum { FIRST_HOUR = 8, LAST_HOUR = 20, FIRST_LINE = 2, LAST_LINE = 50, LEAST = 3, TINY = 4 };

static i64 first_hour(Ctx *ctx, Span day)
{
    Wall w = clock_wall(ctx->city->zone, day.from);
    w.hour = FIRST_HOUR;
    return clock_instant(ctx->city->zone, w, NULL);
}

static int line_of(i64 eight, i64 instant)
{
    i64 line = FIRST_LINE + (instant - eight) / (15 * CLOCK_MINUTE);
    return (int)(line < FIRST_LINE ? FIRST_LINE : line > LAST_LINE ? LAST_LINE : line);
}

static const char *look_of(Ctx *ctx, const Coverage *c)
{
    if (c->state == COVERAGE_DELIVERED || c->state == COVERAGE_APPROVED)
        return "done";
    return c->event_starts_at <= ctx->now && ctx->now < c->event_ends_at ? "now" : "next";
}

static LaneBlock block_of(Ctx *ctx, i64 eight, const Coverage *c)
{
    LaneBlock b = {.coverage = c, .look = look_of(ctx, c)};
    b.from = line_of(eight, c->event_starts_at);
    b.to = line_of(eight, c->event_ends_at + 15 * CLOCK_MINUTE - 1);
    if (b.from > LAST_LINE - LEAST)
        b.from = LAST_LINE - LEAST;
    if (b.to < b.from + LEAST) /* wide enough for a finger */
        b.to = b.from + LEAST;
    b.tiny = b.to - b.from < TINY;
    return b;
}

static int by_person(const void *a, const void *b)
{
    const Coverage *x = *(const Coverage *const *)a, *y = *(const Coverage *const *)b;
    int order =
        strcmp(x->assignee_name ? x->assignee_name : "", y->assignee_name ? y->assignee_name : "");
    if (order)
        return order;
    if (x->assignee != y->assignee)
        return x->assignee < y->assignee ? -1 : 1;
    if (x->event_starts_at != y->event_starts_at)
        return x->event_starts_at < y->event_starts_at ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Two kinds of coverage of one event are no clash; two events at a time are. */
static bool clashes(const LaneBlock *earlier, size_t n, const Coverage *c)
{
    for (size_t i = 0; i < n; i++) {
        const Coverage *e = earlier[i].coverage;
        if (e->event != c->event && c->event_starts_at < e->event_ends_at &&
            e->event_starts_at < c->event_ends_at)
            return true;
    }
    return false;
}

static Lane lane_of(Ctx *ctx, i64 eight, const Coverage **sorted, size_t n, i64 *clashes_out)
{
    Lane lane = {.person = sorted[0]->assignee, .name = sorted[0]->assignee_name};
    LaneBlock *blocks = arena_array(ctx->arena, LaneBlock, n);
    for (size_t i = 0; i < n; i++) {
        blocks[i] = block_of(ctx, eight, sorted[i]);
        blocks[i].clash = clashes(blocks, i, sorted[i]);
        lane.clash |= blocks[i].clash;
        *clashes_out += blocks[i].clash;
    }
    lane.blocks = (List){blocks, n};
    return lane;
}

static int now_line(Ctx *ctx, Span day, i64 eight)
{
    bool shown = ctx->now >= day.from && ctx->now < day.to && ctx->now >= eight &&
                 ctx->now < eight + (LAST_HOUR - FIRST_HOUR) * CLOCK_HOUR;
    return shown ? line_of(eight, ctx->now) : 0;
}

LanesShown agenda_lanes(Ctx *ctx, Span day, List coverages)
{
    LanesShown shown = {0};
    i64 eight = first_hour(ctx, day);
    const Coverage **sorted = arena_array(ctx->arena, const Coverage *, coverages.count + 1);
    size_t n = 0, count = 0;
    for (size_t i = 0; i < coverages.count; i++) {
        const Coverage *c = (const Coverage *)coverages.items + i;
        if (c->assignee && agenda_coverage_counts(c->state))
            sorted[n++] = c;
    }
    qsort(sorted, n, sizeof *sorted, by_person);
    Lane *lanes = arena_array(ctx->arena, Lane, n + 1);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && sorted[to]->assignee == sorted[from]->assignee; to++)
            ;
        lanes[count++] = lane_of(ctx, eight, sorted + from, to - from, &shown.clashes);
    }
    shown.lanes = (List){lanes, count};
    shown.now = now_line(ctx, day, eight);
    return shown;
}
