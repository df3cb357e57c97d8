/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_words.c: a rule of repetition as people say it. */
#include "desks/agenda/series/agenda_repeat_step.h"

static const char *const weekdays[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
};

static bool said(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static size_t filled(const short *list, size_t size)
{
    size_t n = 0;
    while (n < size && list[n] != ICAL_RECURRENCE_ARRAY_MAX)
        n++;
    return n;
}

/* "a", "a and b", "a, b and c" */
static const char *joined(Ctx *ctx, const char *const *parts, size_t n)
{
    Buf *out = buf_new(ctx->arena, 128, 16 * 1024);
    for (size_t i = 0; i + 1 < n; i++)
        buf_printf(out, "%s%s", i ? ", " : "", parts[i]);
    if (n < 2)
        return n ? parts[0] : "";
    return arena_printf(ctx->arena, say(ctx, "%s and %s"), buf_data(out), parts[n - 1]);
}

/* libical counts from Sunday, 1. */
static const char *weekday(Ctx *ctx, short day)
{
    int d = (int)icalrecurrencetype_day_day_of_week(day);
    return say(ctx, weekdays[(d + 5) % 7]);
}

static const char *weekdays_said(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    const char *parts[7];
    size_t n = filled(r->by_day, COUNT(r->by_day)), count = 0;
    if (!n)
        return say(ctx, weekdays[wall_weekday(start) - 1]);
    for (int d = 1; d <= 7; d++) { /* in the order of a week */
        for (size_t i = 0; i < n; i++) {
            int day = (int)icalrecurrencetype_day_day_of_week(r->by_day[i]);
            if ((day + 5) % 7 + 1 == d && count < COUNT(parts)) {
                parts[count++] = weekday(ctx, r->by_day[i]);
                break;
            }
        }
    }
    return joined(ctx, parts, count);
}

static const char *day_of_month(Ctx *ctx, int day)
{
    return day < 0 ? say(ctx, "the last day")
                   : arena_printf(ctx->arena, say(ctx, "day %d"), day);
}

static const char *nth_said(Ctx *ctx, int nth, const char *day)
{
    switch (nth) {
    case 1:
        return arena_printf(ctx->arena, say(ctx, "the first %s"), day);
    case 2:
        return arena_printf(ctx->arena, say(ctx, "the second %s"), day);
    case 3:
        return arena_printf(ctx->arena, say(ctx, "the third %s"), day);
    case 4:
        return arena_printf(ctx->arena, say(ctx, "the fourth %s"), day);
    case 5:
        return arena_printf(ctx->arena, say(ctx, "the fifth %s"), day);
    default:
        return arena_printf(ctx->arena, say(ctx, "the last %s"), day);
    }
}

/* Which days of a month; NULL when they cannot be said simply. */
static const char *month_days_said(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    const char *parts[31];
    size_t n = filled(r->by_day, COUNT(r->by_day)), days = filled(r->by_month_day, COUNT(r->by_month_day));
    if (n > 5 || days > 10 || (n && days))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        int nth = icalrecurrencetype_day_position(r->by_day[i]);
        if (nth < -1 || nth > 5 || !nth)
            return NULL;
        parts[i] = nth_said(ctx, nth, weekday(ctx, r->by_day[i]));
    }
    for (size_t i = 0; i < days; i++) {
        if (r->by_month_day[i] < -1)
            return NULL;
        parts[i] = day_of_month(ctx, r->by_month_day[i]);
    }
    if (!n && !days)
        return day_of_month(ctx, start.day);
    return joined(ctx, parts, n + days);
}

/* "14 July", without its year */
static const char *day_of_year(Ctx *ctx, Wall start)
{
    Wall noon = {start.year, start.month, start.day, 12, 0, 0};
    return clock_say(ctx->arena, NULL, ctx->actor->tongue, CLOCK_SAY_SHORT, clock_instant(NULL, noon, NULL));
}

static const char *weekly(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    const char *days = weekdays_said(ctx, r, start);
    if (r->interval > 1)
        return arena_printf(ctx->arena, say(ctx, "every %d weeks on %s"), r->interval, days);
    return arena_printf(ctx->arena, say(ctx, "every %s"), days);
}

static const char *monthly(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    const char *days = month_days_said(ctx, r, start);
    if (!days)
        return NULL;
    if (r->interval > 1)
        return arena_printf(ctx->arena, say(ctx, "every %d months, %s"), r->interval, days);
    return arena_printf(ctx->arena, say(ctx, "every month, %s"), days);
}

static const char *yearly(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    const char *day = day_of_year(ctx, start);
    if (r->interval > 1)
        return arena_printf(ctx->arena, say(ctx, "every %d years, on %s"), r->interval, day);
    return arena_printf(ctx->arena, say(ctx, "every year on %s"), day);
}

static const char *daily(Ctx *ctx, const struct icalrecurrencetype *r)
{
    return r->interval > 1 ? arena_printf(ctx->arena, say(ctx, "every %d days"), r->interval)
                           : say(ctx, "every day");
}

/* NULL: too odd for a sentence. */
static const char *days_said(Ctx *ctx, const struct icalrecurrencetype *r, Wall start)
{
    bool odd = said(r->by_set_pos) || said(r->by_year_day) || said(r->by_week_no) || said(r->by_hour) ||
               said(r->by_minute) || said(r->by_second) || said(r->by_month);
    if (odd)
        return NULL;
    bool days = said(r->by_day) || said(r->by_month_day);
    switch (r->freq) {
    case ICAL_DAILY_RECURRENCE:
        return days ? NULL : daily(ctx, r);
    case ICAL_WEEKLY_RECURRENCE:
        return said(r->by_month_day) ? NULL : weekly(ctx, r, start);
    case ICAL_MONTHLY_RECURRENCE:
        return monthly(ctx, r, start);
    case ICAL_YEARLY_RECURRENCE:
        return days ? NULL : yearly(ctx, r, start);
    default:
        return NULL;
    }
}

static const char *with_end(Ctx *ctx, const char *days, const struct icalrecurrencetype *r, const Zone *zone)
{
    struct icaltimetype t = r->until;
    if (r->count > 0)
        return arena_printf(ctx->arena, say_n(ctx, "%s, %d time", "%s, %d times", r->count), days, r->count);
    if (icaltime_is_null_time(t))
        return days;
    Wall w = {t.year, t.month, t.day, t.hour, t.minute, t.second};
    i64 at = clock_instant(icaltime_is_utc(t) ? NULL : zone, w, NULL);
    return arena_printf(ctx->arena, say(ctx, "%s until %s"), days,
                        clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_DATE, at));
}

const char *agenda_rule_said(Ctx *ctx, const char *rule, Wall starts, const Zone *zone)
{
    if (!rule)
        return say(ctx, "on single days");
    struct icalrecurrencetype r = icalrecurrencetype_from_string(rule);
    const char *days = days_said(ctx, &r, starts);
    if (!days)
        return arena_printf(ctx->arena, say(ctx, "by a rule of its own: %s"), rule);
    return with_end(ctx, days, &r, zone);
}

const char *agenda_repeat_said(Ctx *ctx, const Event *e)
{
    const SeriesRow *row = e->series ? agenda_series_find(ctx, e->series) : NULL;
    const Series *s = row ? agenda_series_read(ctx, row) : NULL;
    return s ? agenda_rule_said(ctx, row->rule, s->starts, s->zone) : NULL;
}

static void add_sentence(Buf *out, const char *sentence)
{
    buf_printf(out, "%s%s", buf_size(out) ? " " : "", sentence);
}

const char *agenda_scope_notice(Ctx *ctx, AgendaScope scope, const RepeatDone *done, const char *one)
{
    Arena *a = ctx->arena;
    Buf *out = buf_new(a, 256, 4096);
    if (scope == SCOPE_ONE)
        return one;
    if (done->changed)
        add_sentence(out, arena_printf(a, say_n(ctx, "%" PRId64 " event changed.", "%" PRId64 " events changed.", done->changed), done->changed));
    if (done->added)
        add_sentence(out, arena_printf(a, say_n(ctx, "%" PRId64 " event was added.", "%" PRId64 " events were added.", done->added), done->added));
    if (done->cancelled)
        add_sentence(out, arena_printf(a, say_n(ctx, "%" PRId64 " event was cancelled.", "%" PRId64 " events were cancelled.", done->cancelled), done->cancelled));
    if (done->past)
        add_sentence(out, arena_printf(a, say_n(ctx, "%" PRId64 " that took place stays as it was.", "%" PRId64 " that took place stay as they were.", done->past), done->past));
    return buf_size(out) ? buf_data(out) : say(ctx, "Nothing changed.");
}
