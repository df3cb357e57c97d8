/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_when.c: the minute that somebody planned, from its wall time to its instant. */
#include "desks/press/flow/press_flow.h"

#define YEARS_MOST (10 * 366 * CLOCK_DAY)

static bool is_skipped(Ctx *ctx, const Zone *zone, const char *field, Wall wall, i64 after)
{
    i64 jump = after;
    int offset = zone_offset(zone, after);
    while (zone_offset(zone, jump - CLOCK_MINUTE) == offset)
        jump -= CLOCK_MINUTE;
    Wall last = clock_wall(zone, jump - CLOCK_MINUTE), next = clock_wall(zone, jump);
    return fault_field(ctx, field,
                       "There is no %02d:%02d on %04d-%02d-%02d in %s: the clocks go forward over that hour. "
                       "The nearest times are %02d:%02d and %02d:%02d.",
                       wall.hour, wall.minute, wall.year, wall.month, wall.day, zone_name(zone), last.hour, last.minute, next.hour,
                       next.minute);
}

static bool from_wall(Ctx *ctx, const Zone *zone, const char *field, Wall wall, Minute *minute)
{
    WallFate fate;
    if (!wall_valid(wall))
        return fault_field(ctx, field, "This is no date and time: write it like 2022-07-14T10:00.");
    minute->at = clock_instant(zone, wall, &fate);
    minute->wall = wall_text(ctx->arena, wall);
    minute->twice = fate == WALL_DOUBLED;
    return fate != WALL_SKIPPED || is_skipped(ctx, zone, field, wall, minute->at);
}

bool press_minute(Ctx *ctx, const Zone *zone, const char *field, Wall wall, i64 instant, Minute *minute_out)
{
    Minute m = {.at = instant};
    if (!wall.year && !instant) {
        *minute_out = m;
        return true;
    }
    if (wall.year && !from_wall(ctx, zone, field, wall, &m))
        return false;
    if (!wall.year)
        m.wall = wall_text(ctx->arena, clock_wall(zone, instant));
    if (m.at <= ctx->now)
        return fault_field(ctx, field, "This moment has passed: choose a later one, or publish at once.");
    if (m.at > ctx->now + YEARS_MOST)
        return fault_field(ctx, field, "This is too far away: at most ten years.");
    *minute_out = m;
    return true;
}

bool press_hour_is_twice(const char *time_zone, const char *wall)
{
    Wall w;
    WallFate fate = WALL_ONCE;
    const Zone *zone = time_zone ? zone_find(time_zone) : NULL;
    if (zone && wall && wall_parse(wall, &w) && wall_valid(w))
        clock_instant(zone, w, &fate);
    return fate == WALL_DOUBLED;
}
