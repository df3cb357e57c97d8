/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock.h: instants, wall clocks and the city's calendar.
 *
 * An instant is a count of microseconds since 1970-01-01T00:00:00Z (i64).  What a person planned
 * is a wall time in a zone: it stays the same when a government changes the rules, so it is
 * stored beside the instant.  Days, weeks (Monday first, ISO 8601) and months are cut in the
 * city's zone: America/Mexico_City is UTC-5 in July 2022 and UTC-6 all year since 2022-10-30. */
#pragma once
#include "base/arena.h"
#include "base/tongue.h"

#define CLOCK_SECOND ((i64)1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)

typedef struct Zone Zone; /* an IANA time zone; lives as long as the program; where one is taken, NULL means UTC */

typedef struct Wall {
    int year, month, day, hour, minute, second;
} Wall;

/* from is inside, to is the first instant outside. */
typedef struct Span {
    i64 from, to;
} Span;

/* What a zone says of a wall time. A skipped one does not exist (spring), a doubled one is twice (autumn). */
typedef enum { WALL_ONCE, WALL_SKIPPED, WALL_DOUBLED } WallFate;

i64 clock_now(void);
i64 clock_monotonic(void); /* microseconds, for durations */

const Zone *zone_find(const char *iana); /* NULL when the system knows no such zone */
const char *zone_name(const Zone *z);
int zone_offset(const Zone *z, i64 instant); /* seconds east of UTC */

/* Skipped: the instant after the gap, as RFC 5545 3.3.5 reads it. Doubled: the first of the two. */
i64 clock_instant(const Zone *z, Wall w, WallFate *fate_out); /* fate_out may be NULL */
Wall clock_wall(const Zone *z, i64 instant);

i64 zone_day_start(const Zone *z, Wall date); /* its first instant; where midnight is skipped, the change itself */

bool wall_parse(const char *text, Wall *wall_out); /* 2022-07-14, 2022-07-14T10:00, 2022-07-14T10:00:30 (or a space for T) */
const char *wall_text(Arena *a, Wall w);           /* 2022-07-14T10:00:00 */
bool wall_valid(Wall w);
int wall_weekday(Wall w);                          /* 1 Monday … 7 Sunday */
Wall wall_add_days(Wall w, int days);

/* Texts of addresses; false, and span_out untouched, when the text is no such thing or outside 1970..2200. */
bool clock_month(const Zone *z, const char *text, Span *span_out); /* 2022-07 */
bool clock_week(const Zone *z, const char *text, Span *span_out);  /* 2022-W28 */
bool clock_day(const Zone *z, const char *text, Span *span_out);   /* 2022-07-14 */
Span clock_month_of(const Zone *z, i64 instant);
Span clock_week_of(const Zone *z, i64 instant);
Span clock_day_of(const Zone *z, i64 instant);
const char *clock_month_text(Arena *a, const Zone *z, i64 instant); /* 2022-07 */
const char *clock_week_text(Arena *a, const Zone *z, i64 instant);  /* 2022-W28 */
const char *clock_day_text(Arena *a, const Zone *z, i64 instant);   /* 2022-07-14 */
const char *clock_time_text(Arena *a, const Zone *z, i64 instant);  /* 10:00 */

enum { CLOCK_RFC3339 = 25 };
const char *clock_rfc3339(Arena *a, const Zone *z, i64 instant); /* 2022-07-14T10:00:00-05:00 */
void clock_write_rfc3339(char out[CLOCK_RFC3339 + 1], const Zone *z, i64 instant);
bool clock_parse_rfc3339(const char *text, i64 *instant_out);    /* with Z or an offset; fractions are cut */
const char *clock_http(Arena *a, i64 instant);                   /* Thu, 14 Jul 2022 15:00:00 GMT */
bool clock_parse_http(const char *text, i64 *instant_out);

/* How a person reads it. Spanish: "jueves 14 de julio de 2022", "14 jul", "julio de 2022", "jue". */
typedef enum { CLOCK_SAY_DAY, CLOCK_SAY_DATE, CLOCK_SAY_SHORT, CLOCK_SAY_MONTH, CLOCK_SAY_WEEKDAY, CLOCK_SAY_MOMENT } ClockForm;
/* DAY weekday and date, DATE "14 de julio de 2022", SHORT "14 jul", MONTH, WEEKDAY "jue", MOMENT "14 jul 2022, 10:00" */
const char *clock_say(Arena *a, const Zone *z, Tongue t, ClockForm form, i64 instant);
