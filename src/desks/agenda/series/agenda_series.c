/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_series.c: a rule (RFC 5545 3.3.10) into the times that it gives.
 *
 * libical's iterator turns the days in wall time, so that ten o'clock stays ten o'clock when the clocks change; COUNT,
 * UNTIL, BYHOUR and its like are followed here.  Left to itself the iterator searches the year 2582 for a day that
 * never comes, second by second when BYSECOND is there; without the hours that search takes half a second at most. */
#include "desks/agenda/calendars/agenda_ics.h"

#include <stdlib.h>

enum { TIMES_A_DAY = 24 };

i64 agenda_series_horizon(i64 now, i64 starts_at)
{
    return (now > starts_at ? now : starts_at) + SERIES_HORIZON_DAYS * CLOCK_DAY;
}

/* ---- checking ---- */

static size_t filled(const short *list, size_t size)
{
    size_t n = 0;
    while (n < size && list[n] != ICAL_RECURRENCE_ARRAY_MAX)
        n++;
    return n;
}

static size_t at_least_one(size_t n)
{
    return n ? n : 1;
}

static size_t times_a_day(const struct icalrecurrencetype *r)
{
    return at_least_one(filled(r->by_hour, COUNT(r->by_hour))) *
           at_least_one(filled(r->by_minute, COUNT(r->by_minute))) *
           at_least_one(filled(r->by_second, COUNT(r->by_second)));
}

/* The eighth Thursday of a month: libical looks for one until the year 2582, which takes more than a second. */
static bool has_no_such_day(const struct icalrecurrencetype *r)
{
    bool of_month = r->freq == ICAL_MONTHLY_RECURRENCE || filled(r->by_month, COUNT(r->by_month));
    int most = of_month ? 5 : 53;
    for (size_t i = 0; i < filled(r->by_day, COUNT(r->by_day)); i++)
        if (abs(icalrecurrencetype_day_position(r->by_day[i])) > most)
            return true;
    return false;
}

static bool parse(Ctx *ctx, const char *text, struct icalrecurrencetype *r_out)
{
    if (strstr(text, "RSCALE") || strstr(text, "SKIP="))
        return fault(
            ctx, FAULT_INVALID,
            "RRULE with RSCALE counts in another calendar: only Gregorian rules are followed");
    *r_out = icalrecurrencetype_from_string(text);
    if (r_out->freq == ICAL_NO_RECURRENCE)
        return fault(ctx, FAULT_INVALID,
                     "RRULE cannot be read: its value is not what RFC 5545 wants there");
    if (r_out->freq < ICAL_DAILY_RECURRENCE)
        return fault(ctx, FAULT_INVALID,
                     "RRULE with FREQ=%s repeats too often for an agenda: use DAILY, WEEKLY, "
                     "MONTHLY or YEARLY",
                     icalrecur_freq_to_string(r_out->freq));
    if (has_no_such_day(r_out))
        return fault(ctx, FAULT_INVALID,
                     "RRULE gives no day at all: look at its BYMONTH and BYDAY");
    if (times_a_day(r_out) > TIMES_A_DAY)
        return fault(ctx, FAULT_INVALID, "RRULE repeats more than %d times a day", TIMES_A_DAY);
    if (times_a_day(r_out) > 1 && filled(r_out->by_set_pos, COUNT(r_out->by_set_pos)))
        return fault(ctx, FAULT_INVALID,
                     "RRULE with BYSETPOS over hours is not supported: list the days");
    return true;
}

bool agenda_series_check(Ctx *ctx, const char *rule)
{
    struct icalrecurrencetype r;
    return parse(ctx, rule, &r);
}

/* ---- one run of the rule ---- */

typedef struct Run {
    Ctx *ctx;
    const Series *series;
    struct icalrecurrencetype rule;
    i64 before, until, last;
    i64 left; /* of COUNT */
    SeriesPlace *seek; /* only looks for a place in the rule and keeps nothing */
    i64 seek_at;
    Occurrence *found;
    size_t count, room;
    int steps;
    bool past_horizon; /* there may be more behind it */
} Run;

/* False: the place was found. */
static bool pass(Run *run, Occurrence o)
{
    if (o.at >= run->seek_at) {
        run->seek->next = o;
        run->seek->found = true;
        return false;
    }
    run->seek->before++;
    return true;
}

static bool add(Run *run, Occurrence o)
{
    if (run->seek)
        return pass(run, o);
    if (run->count == run->room) {
        run->room = run->room ? run->room * 2 : 64;
        Occurrence *more = arena_array(run->ctx->arena, Occurrence, run->room);
        if (run->count)
            memcpy(more, run->found, run->count * sizeof *more);
        run->found = more;
    }
    run->found[run->count++] = o;
    return true;
}

static Wall wall_of(struct icaltimetype t)
{
    return (Wall){t.year, t.month, t.day, t.hour, t.minute, t.second};
}

/* The last instant that UNTIL allows. */
static i64 until_of(const Series *s, struct icaltimetype t)
{
    if (icaltime_is_null_time(t))
        return INT64_MAX;
    Wall w = wall_of(t);
    if (icaltime_is_utc(t))
        return clock_instant(zone_find("UTC"), w, NULL);
    if (t.is_date)
        w.hour = 23, w.minute = 59, w.second = 59;
    return clock_instant(s->zone, w, NULL);
}

/* False: the run is over. Times that the clocks skip are no occurrences (RFC 5545 3.3.10). */
static bool take(Run *run, Wall wall)
{
    WallFate fate;
    i64 at = clock_instant(run->series->zone, wall, &fate);
    if (fate == WALL_SKIPPED || at <= run->last)
        return true;
    if (at > run->until || !run->left)
        return false;
    if (at >= run->before) {
        run->past_horizon = true;
        return false;
    }
    run->last = at;
    run->left--;
    return add(run, (Occurrence){at, wall});
}

static int nth(const short *list, size_t size, size_t i, int otherwise)
{
    return filled(list, size) ? list[i % filled(list, size)] : otherwise;
}

/* A day of the rule at each of its hours. */
static bool take_day(Run *run, Wall day)
{
    const struct icalrecurrencetype *r = &run->rule;
    size_t minutes = at_least_one(filled(r->by_minute, COUNT(r->by_minute)));
    size_t seconds = at_least_one(filled(r->by_second, COUNT(r->by_second)));
    for (size_t i = 0; i < times_a_day(r); i++) {
        Wall w = day;
        w.hour = nth(r->by_hour, COUNT(r->by_hour), i / (minutes * seconds), day.hour);
        w.minute = nth(r->by_minute, COUNT(r->by_minute), i / seconds, day.minute);
        w.second = nth(r->by_second, COUNT(r->by_second), i, day.second);
        if (!wall_valid(w))
            continue;
        if (!take(run, w))
            return false;
    }
    return true;
}

/* What the iterator is given: days only, without an end. */
static struct icalrecurrencetype days_of(struct icalrecurrencetype rule)
{
    rule.by_hour[0] = rule.by_minute[0] = rule.by_second[0] = ICAL_RECURRENCE_ARRAY_MAX;
    rule.count = 0;
    rule.until = icaltime_null_time();
    return rule;
}

static struct icaltimetype floating(Wall w)
{
    struct icaltimetype t = icaltime_null_time();
    t.year = w.year, t.month = w.month, t.day = w.day;
    t.hour = w.hour, t.minute = w.minute, t.second = w.second;
    return t;
}

static bool follow(Run *run)
{
    icalrecur_iterator *it =
        icalrecur_iterator_new(days_of(run->rule), floating(run->series->starts));
    if (!it)
        return fault(run->ctx, FAULT_INVALID,
                     "RRULE gives no day at all: look at its BYMONTH and BYDAY");
    bool more = true;
    while (more && run->steps++ < SERIES_STEPS) {
        struct icaltimetype t = icalrecur_iterator_next(it);
        more = !icaltime_is_null_time(t) && take_day(run, wall_of(t));
    }
    icalrecur_iterator_free(it);
    if (more)
        return fault(run->ctx, FAULT_INVALID,
                     "RRULE repeats more than %d times: begin the series later", SERIES_STEPS);
    return true;
}

/* The first one always counts, also when the rule itself would not give it. */
static bool run_rule(Run *run)
{
    const Series *s = run->series;
    run->until = INT64_MAX;
    run->left = INT64_MAX;
    run->last = INT64_MIN;
    if (s->rule->text) {
        if (!parse(run->ctx, s->rule->text, &run->rule))
            return false;
        run->until = until_of(s, run->rule.until);
        run->left = run->rule.count > 0 ? run->rule.count : INT64_MAX;
    }
    Occurrence first = {clock_instant(s->zone, s->starts, NULL), s->starts};
    run->last = first.at;
    run->left--;
    if (!add(run, first))
        return true; /* only looking, and found */
    return !s->rule->text || follow(run);
}

bool agenda_series_place(Ctx *ctx, const Series *s, i64 at, SeriesPlace *out)
{
    SeriesPlace place = {0};
    Run run = {.ctx = ctx, .series = s, .before = INT64_MAX, .seek = &place, .seek_at = at};
    if (!run_rule(&run))
        return false;
    *out = place;
    return true;
}

bool agenda_series_first(Ctx *ctx, const Series *s, SeriesPlace *out)
{
    SeriesPlace place = {0};
    Run run = {.ctx = ctx, .series = s, .before = INT64_MAX, .seek = &place,
               .seek_at = INT64_MIN, .last = INT64_MIN, .left = INT64_MAX};
    if (!parse(ctx, s->rule->text, &run.rule))
        return false;
    run.until = until_of(s, run.rule.until);
    if (!follow(&run))
        return false;
    *out = place;
    return true;
}

/* ---- the whole set ---- */

static int by_time(const void *a, const void *b)
{
    const Occurrence *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static int by_instant(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

static bool excepted(const Series *s, i64 at)
{
    List e = s->rule->exceptions;
    return e.count && bsearch(&at, e.items, e.count, sizeof(i64), by_instant);
}

static void add_additions(Run *run)
{
    const Wall *walls = run->series->rule->additions.items;
    for (size_t i = 0; i < run->series->rule->additions.count; i++) {
        i64 at = clock_instant(run->series->zone, walls[i], NULL);
        if (at < run->before)
            add(run, (Occurrence){at, walls[i]});
        else
            run->past_horizon = true;
    }
    qsort(run->found, run->count, sizeof *run->found, by_time);
}

bool agenda_series_expand(Ctx *ctx, const Series *s, i64 before, Occurrences *out)
{
    Run run = {.ctx = ctx, .series = s, .before = before};
    if (!run_rule(&run))
        return false;
    add_additions(&run);
    size_t n = 0;
    for (size_t i = 0; i < run.count; i++) {
        bool twice = n && run.found[n - 1].at == run.found[i].at;
        if (!twice && !excepted(s, run.found[i].at))
            run.found[n++] = run.found[i];
    }
    size_t left_out = n > SERIES_OCCURRENCES ? n - SERIES_OCCURRENCES : 0;
    *out = (Occurrences){{run.found + left_out, n - left_out}, !run.past_horizon, left_out > 0};
    return true;
}

When agenda_series_when(const Series *s, i64 duration, bool all_day, const Occurrence *o)
{
    When when = {.starts_at = o->at, .starts = o->wall, .zone = s->zone, .all_day = all_day};
    when.ends_at = o->at + duration;
    when.ends = clock_wall(s->zone, when.ends_at);
    if (all_day) { /* a day with a change of the clocks is as long as it is */
        int days = (int)((duration + CLOCK_DAY / 2) / CLOCK_DAY);
        when.ends = wall_add_days(o->wall, days ? days : 1);
        when.ends_at = clock_instant(s->zone, when.ends, NULL);
    }
    return when;
}
