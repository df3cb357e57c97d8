/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock_span.c: days, weeks and months as spans of instants, by an instant inside or by the text of an address. */
#include "base/clock.h"

#include <glib.h>

static Span days_span(const Zone *z, Wall first, int days)
{
    return (Span){.from = zone_day_start(z, first), .to = zone_day_start(z, wall_add_days(first, days))};
}

static Span month_span(const Zone *z, Wall first)
{
    Wall next = first;
    next.month = first.month % 12 + 1;
    next.year += first.month / 12;
    return (Span){.from = zone_day_start(z, first), .to = zone_day_start(z, next)};
}

/* The day that an instant is counted to. Where a clock goes back over midnight (St John's until
 * 2011), what comes after the first midnight belongs to the new day, whatever the wall says. */
static Wall day_holding(const Zone *z, i64 instant)
{
    Wall today = clock_wall(z, instant), tomorrow = wall_add_days(today, 1);
    return zone_day_start(z, tomorrow) <= instant ? tomorrow : today;
}

static Wall monday_of(Wall day)
{
    return wall_add_days(day, 1 - wall_weekday(day));
}

Span clock_day_of(const Zone *z, i64 instant)
{
    return days_span(z, day_holding(z, instant), 1);
}

Span clock_week_of(const Zone *z, i64 instant)
{
    return days_span(z, monday_of(day_holding(z, instant)), 7);
}

Span clock_month_of(const Zone *z, i64 instant)
{
    Wall day = day_holding(z, instant);
    day.day = 1;
    return month_span(z, day);
}

/* The date that an address spells; of a month the first, of a year the fourth of January. */
static bool read_date(const char *text, size_t n, const char *rest, Wall *date_out)
{
    char date[sizeof "2022-07-14"];
    if (!text || n + strlen(rest) != sizeof date - 1)
        return false;
    memcpy(date, text, n);
    strcpy(date + n, rest);
    return wall_parse(date, date_out) && date_out->year >= 1970 && date_out->year <= 2200;
}

bool clock_month(const Zone *z, const char *text, Span *span_out)
{
    Wall first;
    if (!text || !read_date(text, strlen(text), "-01", &first))
        return false;
    *span_out = month_span(z, first);
    return true;
}

bool clock_week(const Zone *z, const char *text, Span *span_out)
{
    Wall fourth; /* ISO 8601: it always lies in week 1 */
    if (!text || strlen(text) != strlen("2022-W28") || memcmp(text + 4, "-W", 2) != 0 ||
        !g_ascii_isdigit(text[6]) || !g_ascii_isdigit(text[7]) ||
        !read_date(text, 4, "-01-04", &fourth))
        return false;
    int week = (text[6] - '0') * 10 + (text[7] - '0');
    Wall monday = wall_add_days(monday_of(fourth), 7 * (week - 1));
    if (week < 1 || wall_add_days(monday, 3).year != fourth.year)
        return false;
    *span_out = days_span(z, monday, 7);
    return true;
}

bool clock_day(const Zone *z, const char *text, Span *span_out)
{
    Wall day;
    if (!text || !read_date(text, strlen(text), "", &day))
        return false;
    *span_out = days_span(z, day, 1);
    return true;
}
