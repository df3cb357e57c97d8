/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_when.c: from the wall times that a person planned to instants. */
#include "desks/agenda/agenda_room.h"

bool agenda_zone(Ctx *ctx, const char *name, const Zone **zone_out)
{
    const Zone *zone = text_blank(name) ? ctx->city->zone : zone_find(name);
    if (!zone && !text_blank(name) && !text_same(name, "UTC"))
        return fault_field(
            ctx, "time_zone",
            "\"%s\" is no time zone: write its IANA name, for instance America/Mexico_City.",
            text_clip(ctx->arena, name, 60));
    *zone_out = zone;
    return true;
}

/* Where the clocks jump: the first instant after the gap that at lies behind. */
static i64 jump_before(const Zone *zone, i64 at)
{
    int offset = zone_offset(zone, at);
    while (zone_offset(zone, at - CLOCK_MINUTE) == offset)
        at -= CLOCK_MINUTE;
    return at;
}

static void *skipped(Ctx *ctx, const Zone *zone, Wall wall, const char *field, i64 at)
{
    i64 jump = jump_before(zone, at);
    Wall before = clock_wall(zone, jump - CLOCK_MINUTE), after = clock_wall(zone, jump);
    return fault_field(
        ctx, field,
        "There is no %02d:%02d on %04d-%02d-%02d in %s: the clocks go forward over that hour. "
        "The nearest times are %02d:%02d and %02d:%02d.",
        wall.hour, wall.minute, wall.year, wall.month, wall.day, zone_name(zone), before.hour,
        before.minute, after.hour, after.minute);
}

bool agenda_is_twice(const char *zone, Wall wall)
{
    WallFate fate = WALL_ONCE;
    const Zone *z = zone ? zone_find(zone) : NULL;
    if (z && wall_valid(wall))
        clock_instant(z, wall, &fate);
    return fate == WALL_DOUBLED;
}

/* An hour that the clocks leave out in spring is refused: nobody could come then. */
static bool instant(Ctx *ctx, const Zone *zone, Wall wall, const char *field, i64 *instant_out)
{
    if (!wall_valid(wall))
        return fault_field(ctx, field, "This is no date and time: write it like 2022-07-14T10:00.");
    WallFate fate;
    i64 at = clock_instant(zone, wall, &fate);
    if (fate == WALL_SKIPPED)
        return skipped(ctx, zone, wall, field, at);
    *instant_out = at;
    return true;
}

static Wall midnight(Wall w)
{
    return (Wall){.year = w.year, .month = w.month, .day = w.day};
}

static bool same_day(Wall a, Wall b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static bool is_midnight(Wall w)
{
    return !w.hour && !w.minute && !w.second;
}

/* Whole days: from midnight to the midnight after the last one, also where a clock skips midnight. */
static bool whole_days(Ctx *ctx, Wall starts, Wall ends, When *when)
{
    if (!wall_valid(starts))
        return fault_field(ctx, "starts_at", "This is no date: write it like 2022-07-14.");
    if (ends.year && !wall_valid(ends))
        return fault_field(ctx, "ends_at", "This is no date: write it like 2022-07-14.");
    bool exclusive = ends.year && is_midnight(ends) && !same_day(starts, ends);
    when->starts = midnight(starts);
    when->ends = exclusive ? ends : wall_add_days(midnight(ends.year ? ends : starts), 1);
    when->starts_at = clock_instant(when->zone, when->starts, NULL);
    when->ends_at = clock_instant(when->zone, when->ends, NULL);
    return true;
}

static bool hours(Ctx *ctx, Wall starts, Wall ends, When *when)
{
    if (!instant(ctx, when->zone, starts, "starts_at", &when->starts_at))
        return false;
    when->starts = starts;
    if (!ends.year) {
        when->ends_at = when->starts_at + CLOCK_HOUR;
        when->ends = clock_wall(when->zone, when->ends_at);
        return true;
    }
    when->ends = ends;
    return instant(ctx, when->zone, ends, "ends_at", &when->ends_at);
}

bool agenda_when(Ctx *ctx, const char *zone, Wall starts, Wall ends, bool all_day, When *when_out)
{
    When when = {.all_day = all_day};
    if (!agenda_zone(ctx, zone, &when.zone))
        return false;
    if (!(all_day ? whole_days(ctx, starts, ends, &when) : hours(ctx, starts, ends, &when)))
        return false;
    if (starts.year < 1970 || starts.year > 2199)
        return fault_field(ctx, "starts_at", "The year must be between 1970 and 2199.");
    if (when.ends_at < when.starts_at)
        return fault_field(ctx, "ends_at",
                           "The event would end before it begins: choose an end after %s.",
                           wall_text(ctx->arena, when.starts));
    if (when.ends_at - when.starts_at > AGENDA_DAYS_MAX * CLOCK_DAY)
        return fault_field(ctx, "ends_at", "An event lasts at most %d days: make several of it.",
                           AGENDA_DAYS_MAX);
    *when_out = when;
    return true;
}
