/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_week.c: which rows of a week's grid an event takes, and how many stand beside each other. */
#include "desks/agenda/lists/agenda_week.h"
#include "desks/agenda/agenda_room.h"

enum { EARLY = 7, LATE = 21, HOURS = 24, QUARTER = 15 };

bool agenda_week_above(const DayEntry *e)
{
    return e->whole || e->ends_at - e->starts_at >= CLOCK_DAY;
}

/* Minutes since midnight as the wall says them: a day of 23 hours has the same rows. */
static int minutes_of(Ctx *ctx, i64 instant)
{
    Wall w = clock_wall(ctx->city->zone, instant);
    return w.hour * 60 + w.minute;
}

static int from_minutes(Ctx *ctx, const Day *day, const DayEntry *e)
{
    return e->starts_at < day->span.from ? 0 : minutes_of(ctx, e->starts_at);
}

static int to_minutes(Ctx *ctx, const Day *day, const DayEntry *e)
{
    if (e->ends_at >= day->span.to)
        return HOURS * 60;
    int from = from_minutes(ctx, day, e), to = minutes_of(ctx, e->ends_at);
    return to < from + QUARTER ? from + QUARTER : to;
}

static bool is_on(const Day *day, const DayEntry *e)
{
    bool moment = e->ends_at == e->starts_at;
    if (e->starts_at < day->span.from && e->ends_at <= day->span.from + EARLY * CLOCK_HOUR)
        return false; /* the last hours of a night belong to the evening before */
    return e->starts_at < day->span.to && (e->ends_at > day->span.from || (moment && e->starts_at == day->span.from));
}

/* Wide enough for what there is. */
static void widen(Ctx *ctx, WeekGrid *grid, const Day *day, const DayEntry *e)
{
    int first = from_minutes(ctx, day, e) / 60, last = (to_minutes(ctx, day, e) + 59) / 60;
    grid->first_hour = first < grid->first_hour ? first : grid->first_hour;
    grid->last_hour = last > grid->last_hour ? last : grid->last_hour;
}

/* Columns that divide a day's width evenly. */
static int even(int columns)
{
    return columns <= 4 ? columns : columns <= 6 ? 6 : WEEK_BESIDE;
}

static void stand_beside(WeekBlock *block, size_t from, size_t to, int columns)
{
    for (size_t i = from; i < to; i++)
        block[i].of = even(columns);
}

/* The first column whose last block is over; beyond the last one they lie upon each other. */
static int column_for(int *ends, int from)
{
    for (int column = 0; column < WEEK_BESIDE; column++)
        if (ends[column] <= from)
            return column;
    return WEEK_BESIDE - 1;
}

/* Blocks that touch each other make a group: all of it is as narrow as its most crowded moment. */
static void place_beside(WeekBlock *block, size_t n)
{
    size_t group = 0;
    int ends[WEEK_BESIDE] = {0}, columns = 0, over = 0;
    for (size_t i = 0; i < n; i++) {
        if (block[i].from >= over) {
            stand_beside(block, group, i, columns);
            memset(ends, 0, sizeof ends);
            group = i;
            columns = 0;
        }
        int column = column_for(ends, block[i].from);
        ends[column] = block[i].to;
        block[i].at = column + 1;
        columns = column + 1 > columns ? column + 1 : columns;
        over = block[i].to > over ? block[i].to : over;
    }
    stand_beside(block, group, n, columns);
}

static List blocks_of(Ctx *ctx, const WeekGrid *grid, const Day *day, const DayEntry *entries, size_t n)
{
    WeekBlock *blocks = arena_array(ctx->arena, WeekBlock, n + 1);
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        const DayEntry *e = &entries[i];
        if (agenda_week_above(e) || !is_on(day, e))
            continue;
        int first = grid->first_hour * 60;
        blocks[used++] = (WeekBlock){
            .event = i,
            .from = (from_minutes(ctx, day, e) - first) / QUARTER + 1,
            .to = (to_minutes(ctx, day, e) - first + QUARTER - 1) / QUARTER + 1,
            .before = e->starts_at < day->span.from,
            .after = e->ends_at > day->span.to,
        };
    }
    place_beside(blocks, used);
    return (List){blocks, used};
}

static void find_now(Ctx *ctx, WeekGrid *grid)
{
    int minutes = minutes_of(ctx, ctx->now);
    for (int d = 0; d < WEEK_DAYS; d++)
        if (grid->days[d].day->today && minutes >= grid->first_hour * 60 && minutes < grid->last_hour * 60) {
            grid->now_day = d;
            grid->now_row = (minutes - grid->first_hour * 60) / QUARTER + 1;
        }
}

WeekGrid agenda_week_grid(Ctx *ctx, const Calendar *calendar, const DayEntry *entries, size_t n)
{
    WeekGrid grid = {.first_hour = EARLY, .last_hour = LATE};
    for (int d = 0; d < WEEK_DAYS; d++)
        for (size_t i = 0; i < n; i++)
            if (!agenda_week_above(&entries[i]) && is_on(&calendar->days[d], &entries[i]))
                widen(ctx, &grid, &calendar->days[d], &entries[i]);
    for (int d = 0; d < WEEK_DAYS; d++) {
        const Day *day = &calendar->days[d];
        grid.days[d] = (WeekDay){day, blocks_of(ctx, &grid, day, entries, n)};
    }
    find_now(ctx, &grid);
    return grid;
}
