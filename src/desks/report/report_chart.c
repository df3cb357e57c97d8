/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_chart.c: the month by day as bars: where each stands, so that the view only draws. */
#include "desks/report/report_room.h"

enum { WIDTH = 560, HEIGHT = 150, LEFT = 30, FLOOR = 128, TOP = 18, LINES_MOST = 5 };

static i64 highest(List days, size_t n)
{
    i64 most = 1;
    for (size_t i = 0; i < n; i++)
        if (((const Tally *)days.items)[i].events > most)
            most = ((const Tally *)days.items)[i].events;
    return most;
}

/* 1, 2, 5, 10, 20, 50 …: at most four steps to the highest bar. */
static i64 step_of(i64 most)
{
    i64 step = 1;
    for (int turn = 0; step * (LINES_MOST - 1) < most; turn++)
        step = turn % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

static int y_of(i64 value, i64 most)
{
    return FLOOR - (int)(value * (FLOOR - TOP) / most);
}

static List lines_up(Arena *a, i64 step, i64 most)
{
    ChartText *lines = arena_array(a, ChartText, LINES_MOST + 1);
    size_t n = 0;
    for (i64 value = 0; value <= most && n <= LINES_MOST; value += step)
        lines[n++] = (ChartText){LEFT - 6, y_of(value, most), arena_printf(a, "%" PRId64, value)};
    return (List){lines, n};
}

static ChartBar bar(int x, int width, i64 value, i64 most, bool second)
{
    int y = y_of(value, most);
    return (ChartBar){x, y, width, FLOOR - y, second};
}

Chart report_chart(Ctx *ctx, const Report *r, i64 until)
{
    const Tally *days = r->days.items;
    size_t n = 0;
    Span day;
    while (n < r->days.count && clock_day(ctx->city->zone, days[n].key, &day) && day.from < until)
        n++;
    i64 step = step_of(highest(r->days, n)), most = (highest(r->days, n) + step - 1) / step * step;
    ChartBar *bars = arena_array(ctx->arena, ChartBar, 2 * n + 1);
    ChartText *across = arena_array(ctx->arena, ChartText, n + 1);
    int slot = n ? (WIDTH - LEFT) / (int)n : 0, width = slot > 44 ? 20 : slot * 4 / 10;
    i64 held = 0, covered = 0;
    for (size_t i = 0; i < n; i++) {
        int x = LEFT + slot * (int)i + (slot - 2 * width - 1) / 2;
        bars[2 * i] = bar(x, width, days[i].events, most, false);
        bars[2 * i + 1] = bar(x + width + 1, width, days[i].covered, most, true);
        bool named = n <= 16 || i % 2 == 0;
        across[i] = (ChartText){x + width, FLOOR + 16, named ? arena_printf(ctx->arena, "%zu", i + 1) : ""};
        held += days[i].events;
        covered += days[i].covered;
    }
    return (Chart){
        .width = WIDTH, .height = HEIGHT, .bars = {bars, 2 * n}, .across = {across, n}, .up = lines_up(ctx->arena, step, most),
        .said = arena_printf(ctx->arena, say(ctx, "Events of the public agenda and events covered, day by day, %s. Held: %" PRId64 ". Covered: %" PRId64 "."),
                             report_month_said(ctx, r->month), held, covered),
    };
}
