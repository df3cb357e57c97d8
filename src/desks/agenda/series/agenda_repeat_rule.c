/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_rule.c: RRULE values (RFC 5545 3.3.10): out of what a person chose, cut off, counted anew, moved. */
#include "desks/agenda/series/agenda_repeat.h"

#include <stdlib.h>

enum { RULE_MAX = 500, INTERVAL_MAX = 1000, DAY_SECONDS = 24 * 60 * 60 };

const Word agenda_scope_words[] = {
    [SCOPE_ONE] = {"one", N_("Only this event")},
    [SCOPE_FOLLOWING] = {"following", N_("This one and the following")},
    [SCOPE_ALL] = {"all", N_("The whole series")},
    {0},
};

const Word agenda_freq_words[] = {
    [REPEAT_DAILY] = {"daily", N_("Every day")},
    [REPEAT_WEEKLY] = {"weekly", N_("Every week")},
    [REPEAT_MONTHLY] = {"monthly", N_("Every month")},
    [REPEAT_YEARLY] = {"yearly", N_("Every year")},
    {0},
};

static const char *const day_names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/* ---- writing ---- */

static const char *text_of(Ctx *ctx, struct icalrecurrencetype *r)
{
    char *text = icalrecurrencetype_as_string_r(r);
    const char *kept = arena_text(ctx->arena, text);
    free(text);
    return kept;
}

static struct icaltimetype utc_time(i64 at)
{
    Wall w = clock_wall(NULL, at);
    struct icaltimetype t = icaltime_null_time();
    t.year = w.year, t.month = w.month, t.day = w.day;
    t.hour = w.hour, t.minute = w.minute, t.second = w.second;
    t.zone = icaltimezone_get_utc_timezone();
    return t;
}

static struct icaltimetype date_of(Wall w)
{
    struct icaltimetype t = icaltime_null_date();
    t.year = w.year, t.month = w.month, t.day = w.day;
    return t;
}

/* UNTIL is of the kind that DTSTART is: a day, or an instant in UTC. */
static struct icaltimetype end_at(const Zone *zone, i64 at, bool all_day)
{
    return all_day ? date_of(clock_wall(zone, at)) : utc_time(at);
}

static i64 day_end(const Zone *zone, Wall day)
{
    Wall w = {day.year, day.month, day.day, 23, 59, 59};
    return clock_instant(zone, w, NULL);
}

/* ---- out of a draft ---- */

static void add_weekdays(Buf *out, unsigned days, i64 nth)
{
    buf_text(out, ";BYDAY=");
    bool first = true;
    for (int i = 0; i < 7; i++) {
        if (!(days >> i & 1))
            continue;
        buf_text(out, first ? "" : ",");
        if (nth)
            buf_int(out, nth);
        buf_text(out, day_names[i]);
        first = false;
    }
}

static void add_which_days(Buf *out, const RepeatDraft *d, Wall start)
{
    unsigned own = 1u << (wall_weekday(start) - 1);
    if (d->freq == REPEAT_WEEKLY)
        add_weekdays(out, d->weekdays ? d->weekdays : own, 0);
    else if (d->freq == REPEAT_MONTHLY && d->nth)
        add_weekdays(out, d->weekdays ? d->weekdays : own, d->nth);
    else if (d->freq == REPEAT_MONTHLY)
        buf_printf(out, ";BYMONTHDAY=%" PRId64, d->month_day ? d->month_day : start.day);
}

static bool check_draft(Ctx *ctx, const RepeatDraft *d)
{
    if (d->interval < 0 || d->interval > INTERVAL_MAX)
        return fault_field(ctx, "interval", "Repeat every 1 to %d.", INTERVAL_MAX);
    if (d->nth < -1 || d->nth > 5)
        return fault_field(ctx, "nth", "The weekday is the 1st to the 5th of a month, or -1: the last.");
    if (d->month_day < -1 || d->month_day > 31)
        return fault_field(ctx, "month_day", "The day of a month is 1 to 31, or -1: the last.");
    if (d->until.year && d->count)
        return fault_field(ctx, "until", "A series ends on a day or after so many times, not both.");
    if (d->until.year && !wall_valid(d->until))
        return fault_field(ctx, "until", "This is no date: write it like 2022-07-14.");
    if (d->count < 0)
        return fault_field(ctx, "count", "How often is a number of 2 or more.");
    return true;
}

static const char *composed(Ctx *ctx, const RepeatDraft *d, const Series *s, bool all_day)
{
    static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    if (!check_draft(ctx, d))
        return NULL;
    Buf *out = buf_new(ctx->arena, 128, 4096);
    buf_printf(out, "FREQ=%s", names[d->freq]);
    if (d->interval > 1)
        buf_printf(out, ";INTERVAL=%" PRId64, d->interval);
    add_which_days(out, d, s->starts);
    struct icalrecurrencetype r = icalrecurrencetype_from_string(buf_data(out));
    if (d->until.year)
        r.until = end_at(s->zone, day_end(s->zone, d->until), all_day);
    r.count = (int)d->count;
    return text_of(ctx, &r);
}

/* What is wrong with a rule is wrong with the field that it came from. */
static void *at_field(Ctx *ctx, const char *field)
{
    Fault f = fault_take(ctx);
    return fault_at(ctx, f.where, f.kind, f.field ? f.field : field, "%s", f.what);
}

static const char *given(Ctx *ctx, const char *rule)
{
    rule = text_starts(rule, "RRULE:") ? rule + strlen("RRULE:") : rule;
    if (strlen(rule) > RULE_MAX || text_has_control(rule) || strchr(rule, '\n'))
        return fault_field(ctx, "rule", "A rule is one line of at most %d characters.", RULE_MAX);
    if (!agenda_series_check(ctx, rule))
        return at_field(ctx, "rule");
    struct icalrecurrencetype r = icalrecurrencetype_from_string(rule);
    return text_of(ctx, &r);
}

/* ---- does it give anything? ---- */

static const char *day_said(Ctx *ctx, const Zone *zone, i64 at)
{
    return clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_DAY, at);
}

static bool check_end(Ctx *ctx, const Series *s, const char *field, bool all_day)
{
    struct icalrecurrencetype r = icalrecurrencetype_from_string(s->rule->text);
    if (icaltime_is_null_time(r.until))
        return true;
    Wall last = {r.until.year, r.until.month, r.until.day, r.until.hour, r.until.minute, r.until.second};
    i64 start = clock_instant(s->zone, s->starts, NULL);
    i64 end = icaltime_is_utc(r.until) ? clock_instant(NULL, last, NULL)
              : r.until.is_date || all_day ? day_end(s->zone, last)
                                           : clock_instant(s->zone, last, NULL);
    if (end < start)
        return fault_field(ctx, field, "The series would end on %s, before it begins.",
                           day_said(ctx, s->zone, end));
    return true;
}

/* Whoever looks at the calendar must find the first one where the rule has it. */
static bool check_gives(Ctx *ctx, const Series *s, const char *field, bool all_day)
{
    SeriesPlace first, second;
    i64 start = clock_instant(s->zone, s->starts, NULL);
    if (!check_end(ctx, s, field, all_day) || !agenda_series_first(ctx, s, &first))
        return at_field(ctx, field);
    if (!first.found)
        return fault_field(ctx, field, "This rule gives no day at all: look at its days and its end.");
    if (first.next.at != start)
        return fault_field(ctx, field,
                           "The rule does not give the event's own day, %s; its first one would be %s. "
                           "Choose that day too, or move the event there first.",
                           day_said(ctx, s->zone, start), day_said(ctx, s->zone, first.next.at));
    if (!agenda_series_place(ctx, s, start + 1, &second))
        return at_field(ctx, field);
    if (!second.found)
        return fault_field(ctx, field,
                           "With this rule the event takes place only once: choose a later end.");
    return true;
}

const char *agenda_rule_draft(Ctx *ctx, const RepeatDraft *draft, const Series *s, bool all_day)
{
    return draft->rule ? given(ctx, draft->rule) : composed(ctx, draft, s, all_day);
}

const char *agenda_rule_of(Ctx *ctx, const RepeatDraft *draft, const Series *s, bool all_day)
{
    const char *text = agenda_rule_draft(ctx, draft, s, all_day);
    if (!text)
        return NULL;
    IcsRule rule = {.text = text};
    Series series = {&rule, s->starts, s->zone};
    const char *field = draft->rule         ? "rule"
                        : draft->until.year ? "until"
                        : draft->count      ? "count"
                                            : "freq";
    return check_gives(ctx, &series, field, all_day) ? text : NULL;
}

/* ---- out of another rule ---- */

const char *agenda_rule_until(Ctx *ctx, const Series *s, i64 before, bool all_day)
{
    if (!s->rule->text)
        return NULL;
    struct icalrecurrencetype r = icalrecurrencetype_from_string(s->rule->text);
    r.count = 0;
    r.until = end_at(s->zone, before - CLOCK_SECOND, all_day);
    return text_of(ctx, &r);
}

i64 agenda_rule_count(const char *rule)
{
    return rule ? icalrecurrencetype_from_string(rule).count : 0;
}

const char *agenda_rule_counted(Ctx *ctx, const char *rule, i64 count)
{
    if (!agenda_rule_count(rule))
        return rule;
    struct icalrecurrencetype r = icalrecurrencetype_from_string(rule);
    r.count = (int)count;
    return text_of(ctx, &r);
}

/* ---- moving ---- */

Wall agenda_shift_wall(const Shift *shift, Wall w)
{
    return clock_wall(NULL, clock_instant(NULL, w, NULL) + shift->seconds * CLOCK_SECOND);
}

i64 agenda_shift_instant(const Shift *shift, i64 at)
{
    return clock_instant(shift->to, agenda_shift_wall(shift, clock_wall(shift->from, at)), NULL);
}

bool agenda_shift_skips(const Shift *shift, i64 at)
{
    WallFate fate;
    clock_instant(shift->to, agenda_shift_wall(shift, clock_wall(shift->from, at)), &fate);
    return fate == WALL_SKIPPED && !shift->all_day;
}

static bool said(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static i64 day_number(Wall w)
{
    Wall day = {.year = w.year, .month = w.month, .day = w.day};
    return clock_instant(NULL, day, NULL) / CLOCK_DAY;
}

/* libical's weekday, 1 Sunday … 7 Saturday, so many days later. */
static int weekday_after(int day, i64 days)
{
    return (int)(((day - 1 + days) % 7 + 7) % 7) + 1;
}

/* Every second week is another one for a day that comes into the next week: that only one day alone may do.
 * (Turning WKST along would say it, but libical 3.0.16 begins such a rule a week late.) */
static bool leaves_its_week(const struct icalrecurrencetype *r, i64 days)
{
    int week = r->week_start == ICAL_NO_WEEKDAY ? ICAL_MONDAY_WEEKDAY : (int)r->week_start;
    size_t n = 0;
    bool leaves = false;
    for (; n < COUNT(r->by_day) && r->by_day[n] != ICAL_RECURRENCE_ARRAY_MAX; n++) {
        int place = ((int)icalrecurrencetype_day_day_of_week(r->by_day[n]) - week + 7) % 7;
        leaves |= place + days < 0 || place + days > 6;
    }
    return r->interval > 1 && n > 1 && leaves;
}

/* Each weekday so many days on. */
static bool turn_week(struct icalrecurrencetype *r, i64 days)
{
    if (r->freq == ICAL_WEEKLY_RECURRENCE && leaves_its_week(r, days))
        return false;
    for (size_t i = 0; i < COUNT(r->by_day) && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        if (icalrecurrencetype_day_position(r->by_day[i]))
            return false;
        int day = (int)icalrecurrencetype_day_day_of_week(r->by_day[i]);
        r->by_day[i] = (short)weekday_after(day, days);
    }
    return true;
}

static bool other_days_said(const struct icalrecurrencetype *r)
{
    return said(r->by_month_day) || said(r->by_year_day) || said(r->by_week_no) ||
           said(r->by_month) || said(r->by_set_pos);
}

/* Only where every occurrence moves by the same number of days: no month's end in between. */
static bool turn_month(struct icalrecurrencetype *r, Wall old, Wall now)
{
    bool own_day = r->by_month_day[0] == old.day && r->by_month_day[1] == ICAL_RECURRENCE_ARRAY_MAX;
    if (old.year != now.year || old.month != now.month || old.day > 28 || now.day > 28 ||
        said(r->by_day))
        return false;
    if (own_day)
        r->by_month_day[0] = (short)now.day;
    return own_day ? !said(r->by_set_pos) && !said(r->by_year_day) && !said(r->by_week_no)
                   : !other_days_said(r);
}

static bool turn_days(struct icalrecurrencetype *r, Wall old, Wall now)
{
    i64 days = day_number(now) - day_number(old);
    if (!days)
        return true;
    if (r->freq == ICAL_WEEKLY_RECURRENCE || r->freq == ICAL_DAILY_RECURRENCE)
        return !other_days_said(r) && turn_week(r, days);
    return turn_month(r, old, now);
}

/* The end moves along; one at the end of a day stays at the end of a day. */
static void move_end(struct icalrecurrencetype *r, const Shift *shift, i64 days)
{
    struct icaltimetype t = r->until;
    if (icaltime_is_null_time(t))
        return;
    Wall w = {t.year, t.month, t.day, t.hour, t.minute, t.second};
    if (icaltime_is_utc(t))
        w = clock_wall(shift->from, clock_instant(NULL, w, NULL));
    bool whole_day = t.is_date || (w.hour == 23 && w.minute == 59 && w.second == 59);
    w = whole_day ? wall_add_days(w, (int)days) : agenda_shift_wall(shift, w);
    i64 at = whole_day ? day_end(shift->to, w) : clock_instant(shift->to, w, NULL);
    r->until = end_at(shift->to, at, shift->all_day);
}

static bool check_within(Ctx *ctx, const Series *s, const struct icalrecurrencetype *r, Wall start)
{
    struct icaltimetype t = r->until;
    if (icaltime_is_null_time(t))
        return true;
    Wall w = {t.year, t.month, t.day, t.hour, t.minute, t.second};
    if (icaltime_is_utc(t))
        w = clock_wall(s->zone, clock_instant(NULL, w, NULL));
    if (day_number(start) > day_number(w))
        return fault_field(ctx, "starts_at",
                           "The series ends on %s: it cannot begin after that. Change its end first.",
                           day_said(ctx, s->zone, day_end(s->zone, w)));
    return true;
}

const char *agenda_rule_shifted(Ctx *ctx, const Series *s, const Shift *shift)
{
    if (!s->rule->text)
        return NULL;
    struct icalrecurrencetype r = icalrecurrencetype_from_string(s->rule->text);
    Wall start = agenda_shift_wall(shift, s->starts);
    if (shift->seconds % DAY_SECONDS && (said(r.by_hour) || said(r.by_minute) || said(r.by_second)))
        return fault_field(ctx, "starts_at",
                           "The rule of this series says the hours itself (%s): give it another rule "
                           "to move it to another hour.",
                           s->rule->text);
    if (!check_within(ctx, s, &r, start))
        return NULL;
    if (!turn_days(&r, s->starts, start))
        return fault_field(ctx, "starts_at",
                           "The rule of this series says which days it is on (%s): give it another "
                           "rule to move it to another day.",
                           s->rule->text);
    move_end(&r, shift, day_number(start) - day_number(s->starts));
    return text_of(ctx, &r);
}
