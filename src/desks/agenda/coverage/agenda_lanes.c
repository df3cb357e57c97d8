/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_lanes.c: one lane for everybody who covers on a day, from the first hour to the last, so that a day that is
 * too full shows itself. */
#include "desks/agenda/coverage/agenda_cover.h"

#include <stdlib.h>

enum { FIRST_HOUR = 8, DAY_HOURS = 24, FIRST_LINE = 2, COLUMNS = 48, LAST_LINE = FIRST_LINE + COLUMNS,
       LEAST = 3, TINY = 4, ROWS_MOST = 4, ABSENT_MOST = 500 };

/* ---- the hours that are shown: twelve, sixteen or all, as the day needs ---- */

typedef struct Scale {
    i64 from, step; /* the first instant; how long a column is */
} Scale;

typedef struct Hours {
    int first, last;
} Hours;

static void widen(Ctx *ctx, Span day, const Coverage *c, Hours *h)
{
    if (c->event_all_day || !agenda_coverage_counts(c->state))
        return;
    i64 from = c->event_starts_at > day.from ? c->event_starts_at : day.from;
    i64 to = c->event_ends_at < day.to ? c->event_ends_at : day.to;
    int begins = clock_wall(ctx->city->zone, from).hour;
    int ends = to == day.to ? DAY_HOURS : clock_wall(ctx->city->zone, to + CLOCK_HOUR - 1).hour;
    ends = ends ? ends : DAY_HOURS;
    h->first = begins < h->first ? begins : h->first;
    h->last = ends > h->last ? ends : h->last;
}

/* As near to the usual hours as the day allows. */
static int first_of(const Hours *h, int shown)
{
    int first = h->first < FIRST_HOUR ? h->first : FIRST_HOUR;
    if (first + shown < h->last)
        first = h->last - shown;
    return first + shown > DAY_HOURS ? DAY_HOURS - shown : first;
}

static Scale scale_of(Ctx *ctx, Span day, List coverages, LanesShown *shown)
{
    Hours h = {DAY_HOURS, 0};
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++)
        widen(ctx, day, c, &h);
    int needed = h.last - h.first, hours = needed <= 12 ? 12 : needed <= 16 ? 16 : DAY_HOURS;
    shown->hours = hours;
    shown->first_hour = h.last ? first_of(&h, hours) : FIRST_HOUR;
    Wall w = clock_wall(ctx->city->zone, day.from);
    w.hour = shown->first_hour;
    return (Scale){clock_instant(ctx->city->zone, w, NULL), hours * CLOCK_HOUR / COLUMNS};
}

static int line_of(const Scale *s, i64 instant)
{
    i64 line = FIRST_LINE + (instant - s->from) / s->step;
    if (instant < s->from)
        line = FIRST_LINE;
    return (int)(line > LAST_LINE ? LAST_LINE : line);
}

/* ---- blocks ---- */

static const char *look_of(Ctx *ctx, const Coverage *c)
{
    if (c->state == COVERAGE_DELIVERED || c->state == COVERAGE_APPROVED)
        return "done";
    return c->event_starts_at <= ctx->now && ctx->now < c->event_ends_at ? "now" : "next";
}

static LaneBlock block_of(Ctx *ctx, const Scale *s, const Coverage *c)
{
    LaneBlock b = {.coverage = c, .look = look_of(ctx, c)};
    b.from = line_of(s, c->event_starts_at);
    b.to = line_of(s, c->event_ends_at + s->step - 1);
    if (b.from > LAST_LINE - LEAST)
        b.from = LAST_LINE - LEAST;
    if (b.to < b.from + LEAST) /* wide enough for a finger */
        b.to = b.from + LEAST;
    b.tiny = b.to - b.from < TINY;
    return b;
}

/* Who does it: a person, or who is outside, or the team that nobody took it from yet. */
static i64 doer_of(const Coverage *c)
{
    if (c->assignee)
        return c->assignee;
    return c->contact ? c->contact : c->area;
}

static int by_person(const void *a, const void *b)
{
    const Coverage *x = *(const Coverage *const *)a, *y = *(const Coverage *const *)b;
    int order =
        strcmp(x->assignee_name ? x->assignee_name : "", y->assignee_name ? y->assignee_name : "");
    if (order)
        return order;
    if (doer_of(x) != doer_of(y))
        return doer_of(x) < doer_of(y) ? -1 : 1;
    if (x->event_starts_at != y->event_starts_at)
        return x->event_starts_at < y->event_starts_at ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Two kinds of coverage of one event are no clash; two events at a time are, or a way that is too long. */
static bool clashes(const LaneBlock *earlier, size_t n, const Coverage *c)
{
    Slot here = agenda_slot(c);
    for (size_t i = 0; i < n; i++) {
        bool overlap;
        Slot other = agenda_slot(earlier[i].coverage);
        if (agenda_slots_clash(&other, &here, &overlap))
            return true;
    }
    return false;
}

/* The first row where nothing lies on it. */
static int free_row(const LaneBlock *blocks, size_t n, const LaneBlock *b)
{
    for (int row = 1; row < ROWS_MOST; row++) {
        bool free = true;
        for (size_t i = 0; i < n && free; i++)
            free = blocks[i].row != row || blocks[i].to <= b->from || b->to <= blocks[i].from;
        if (free)
            return row;
    }
    return ROWS_MOST;
}

static bool is_absent(const Coverage *c, List absences)
{
    const Absence *a = absences.items;
    for (size_t i = 0; i < absences.count; i++) {
        if (a[i].person == c->assignee && a[i].from_at < c->event_ends_at && c->event_starts_at < a[i].to_at)
            return true;
    }
    return false;
}

static Lane lane_of(Ctx *ctx, const Scale *scale, const Coverage **sorted, size_t n, List absences, i64 *clashes_out)
{
    Lane lane = {.person = doer_of(sorted[0]), .name = sorted[0]->assignee_name, .rows = 1};
    LaneBlock *blocks = arena_array(ctx->arena, LaneBlock, n);
    for (size_t i = 0; i < n; i++) {
        blocks[i] = block_of(ctx, scale, sorted[i]);
        bool off = sorted[i]->event_status == EVENT_CANCELLED || sorted[i]->event_status == EVENT_POSTPONED;
        blocks[i].clash = !off && sorted[i]->assignee &&
                          (clashes(blocks, i, sorted[i]) || is_absent(sorted[i], absences));
        blocks[i].row = free_row(blocks, i, &blocks[i]);
        lane.rows = blocks[i].row > lane.rows ? blocks[i].row : lane.rows;
        lane.clash |= blocks[i].clash;
        *clashes_out += blocks[i].clash;
    }
    lane.blocks = (List){blocks, n};
    return lane;
}

static int now_line(Ctx *ctx, Span day, const Scale *s)
{
    i64 end = s->from + COLUMNS * s->step;
    bool shown = ctx->now >= day.from && ctx->now < day.to && ctx->now >= s->from && ctx->now < end;
    return shown ? line_of(s, ctx->now) : 0;
}

LanesShown agenda_lanes(Ctx *ctx, Span day, List coverages)
{
    LanesShown shown = {0};
    Scale scale = scale_of(ctx, day, coverages, &shown);
    List absences = coverages.count ? people_absences_in(ctx, day, ABSENT_MOST) : (List){0};
    const Coverage **sorted = arena_array(ctx->arena, const Coverage *, coverages.count + 1);
    size_t n = 0, count = 0;
    for (size_t i = 0; i < coverages.count; i++) {
        const Coverage *c = (const Coverage *)coverages.items + i;
        if (doer_of(c) && agenda_coverage_counts(c->state))
            sorted[n++] = c;
    }
    qsort(sorted, n, sizeof *sorted, by_person);
    Lane *lanes = arena_array(ctx->arena, Lane, n + 1);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && doer_of(sorted[to]) == doer_of(sorted[from]); to++)
            ;
        lanes[count++] = lane_of(ctx, &scale, sorted + from, to - from, absences, &shown.clashes);
    }
    shown.lanes = (List){lanes, count};
    shown.now = now_line(ctx, day, &scale);
    return shown;
}
