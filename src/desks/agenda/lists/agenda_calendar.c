/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_calendar.c: days, weeks and months of a page, in the city's zone. */
#include "desks/agenda/agenda_room.h"

/* ---- periods ---- */
static const char *const fields[] = {[PERIOD_MONTH] = "mes", [PERIOD_WEEK] = "semana", [PERIOD_DAY] = "dia"};

static const char *text_of(Ctx *ctx, PeriodKind kind, i64 instant)
{
    const Zone *zone = ctx->city->zone;
    switch (kind) {
    case PERIOD_WEEK: return clock_week_text(ctx->arena, zone, instant);
    case PERIOD_DAY: return clock_day_text(ctx->arena, zone, instant);
    case PERIOD_MONTH: break;
    }
    return clock_month_text(ctx->arena, zone, instant);
}

static Span span_of(Ctx *ctx, PeriodKind kind, i64 instant)
{
    const Zone *zone = ctx->city->zone;
    switch (kind) {
    case PERIOD_WEEK: return clock_week_of(zone, instant);
    case PERIOD_DAY: return clock_day_of(zone, instant);
    case PERIOD_MONTH: break;
    }
    return clock_month_of(zone, instant);
}

static const char *said(Ctx *ctx, PeriodKind kind, Span span)
{
    const Zone *zone = ctx->city->zone;
    Tongue tongue = ctx->actor->tongue;
    if (kind == PERIOD_MONTH)
        return clock_say(ctx->arena, zone, tongue, CLOCK_SAY_MONTH, span.from);
    if (kind == PERIOD_DAY)
        return clock_say(ctx->arena, zone, tongue, CLOCK_SAY_DAY, span.from);
    return arena_printf(ctx->arena, say(ctx, "Week from %s to %s"), clock_say(ctx->arena, zone, tongue, CLOCK_SAY_SHORT, span.from),
                        clock_say(ctx->arena, zone, tongue, CLOCK_SAY_SHORT, span.to - 1));
}

static const char *label_of(Ctx *ctx, PeriodKind kind, Span span)
{
    return text_sentence(ctx->arena, said(ctx, kind, span));
}

Period agenda_period_of(Ctx *ctx, PeriodKind kind, i64 instant)
{
    Span span = span_of(ctx, kind, instant), before = span_of(ctx, kind, span.from - 1), after = span_of(ctx, kind, span.to);
    return (Period){
        .kind = kind, .span = span, .field = fields[kind], .text = text_of(ctx, kind, span.from),
        .label = label_of(ctx, kind, span),
        .previous = text_of(ctx, kind, before.from), .next = text_of(ctx, kind, after.from),
        .previous_label = label_of(ctx, kind, before), .next_label = label_of(ctx, kind, after),
    };
}

bool agenda_period(Ctx *ctx, const Request *req, Period *period_out)
{
    const Zone *zone = ctx->city->zone;
    const char *month = query_text(req, "mes"), *week = query_text(req, "semana"), *day = query_text(req, "dia");
    Span span = {.from = ctx->now};
    PeriodKind kind = day ? PERIOD_DAY : week ? PERIOD_WEEK : PERIOD_MONTH;
    if (day && !clock_day(zone, day, &span))
        return fault_field(ctx, "dia", "%s is no day; one like 2022-07-14 is wanted.", day);
    if (!day && week && !clock_week(zone, week, &span))
        return fault_field(ctx, "semana", "%s is no week; one like 2022-W28 is wanted.", week);
    if (!day && !week && month && !clock_month(zone, month, &span))
        return fault_field(ctx, "mes", "%s is no month; one like 2022-07 is wanted.", month);
    *period_out = agenda_period_of(ctx, kind, span.from);
    period_out->given = day || week || month;
    return true;
}

Url agenda_period_url(Arena *a, Url page, const Period *period, const char *text)
{
    return url_query(a, page, period->field, text);
}

/* ---- days ---- */
Span agenda_weeks(Ctx *ctx, Span span)
{
    const Zone *zone = ctx->city->zone;
    return (Span){clock_week_of(zone, span.from).from, clock_week_of(zone, span.to - 1).to};
}

/* The first and the last day of a calendar that an event is on; false when it is on none. */
static bool days_of(const Calendar *c, const DayEntry *e, size_t *first_out, size_t *last_out)
{
    i64 last_instant = e->ends_at > e->starts_at ? e->ends_at - 1 : e->starts_at;
    if (!e->whole && e->ends_at - e->starts_at < CLOCK_DAY)
        last_instant = e->starts_at;
    size_t first = 0;
    while (first < c->count && c->days[first].span.to <= e->starts_at)
        first++;
    if (first == c->count || last_instant < c->days[0].span.from)
        return false;
    size_t last = first;
    while (last + 1 < c->count && c->days[last + 1].span.from <= last_instant)
        last++;
    *first_out = first;
    *last_out = last;
    return true;
}

enum { BARS_MOST = 12, WEEK = 7 };

/* Which bars of a week have which day: rows of places below the days' numbers. */
typedef struct Bars {
    const DayChip *at[BARS_MOST][WEEK];
    int height[WEEK]; /* behind the last bar of a day */
} Bars;

static int free_row(const Bars *bars, size_t from, size_t to)
{
    for (int row = 0; row < BARS_MOST; row++) {
        size_t d = from;
        while (d <= to && !bars->at[row][d])
            d++;
        if (d > to)
            return row;
    }
    return -1;
}

static void lay_bar(Ctx *ctx, const Calendar *c, size_t week, Bars *bars, const DayEntry *e,
                    size_t event, size_t from, size_t to)
{
    int row = free_row(bars, from, to);
    for (size_t d = from; row >= 0 && d <= to; d++) {
        DayChip *chip = arena_new_of(ctx->arena, DayChip);
        const Span *day = &c->days[week + d].span;
        *chip = (DayChip){.event = event, .before = e->starts_at < day->from, .after = e->ends_at > day->to};
        bars->at[row][d] = chip;
        bars->height[d] = row + 1 > bars->height[d] ? row + 1 : bars->height[d];
    }
}

/* Bars keep their row, what is on this day alone fills the rows around them. */
static List chips_of(Ctx *ctx, const Bars *bars, size_t d, const size_t *alone, size_t n)
{
    DayChip *chips = arena_array(ctx->arena, DayChip, (size_t)bars->height[d] + n + 1);
    size_t used = 0, next = 0;
    for (int row = 0; row < bars->height[d] || next < n; row++) {
        const DayChip *bar = row < bars->height[d] ? bars->at[row][d] : NULL;
        if (bar)
            chips[used++] = *bar;
        else if (next < n)
            chips[used++] = (DayChip){.event = alone[next++]};
        else
            chips[used++] = (DayChip){.empty = true};
    }
    return (List){chips, used};
}

static void fill_week(Ctx *ctx, Calendar *c, size_t week, const DayEntry *entries, size_t n)
{
    Bars bars = {0};
    size_t *alone[WEEK], counts[WEEK] = {0};
    for (size_t d = 0; d < WEEK; d++)
        alone[d] = arena_array(ctx->arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        size_t first, last;
        if (!days_of(c, &entries[i], &first, &last) || first >= week + WEEK || last < week)
            continue;
        size_t from = first > week ? first - week : 0,
               to = last < week + WEEK ? last - week : WEEK - 1;
        for (size_t d = from; d <= to; d++) {
            c->days[week + d].count++;
            c->days[week + d].standing += entries[i].standing;
        }
        if (first < last || entries[i].starts_at < c->days[0].span.from)
            lay_bar(ctx, c, week, &bars, &entries[i], i, from, to);
        else
            alone[from][counts[from]++] = i;
    }
    for (size_t d = 0; d < WEEK; d++)
        c->days[week + d].chips = chips_of(ctx, &bars, d, alone[d], counts[d]);
}

Calendar agenda_calendar(Ctx *ctx, Span span, const DayEntry *entries, size_t n)
{
    const Zone *zone = ctx->city->zone;
    Span weeks = agenda_weeks(ctx, span);
    size_t most = (size_t)((weeks.to - weeks.from) / CLOCK_DAY) + 2;
    Calendar c = {arena_array(ctx->arena, Day, most), 0};
    for (Span day = clock_day_of(zone, weeks.from); day.from < weeks.to; day = clock_day_of(zone, day.to))
        c.days[c.count++] = (Day){.span = day, .wall = clock_wall(zone, day.from), .outside = day.from < span.from || day.from >= span.to,
                                  .today = day.from <= ctx->now && ctx->now < day.to};
    for (size_t week = 0; week + WEEK <= c.count; week += WEEK)
        fill_week(ctx, &c, week, entries, n);
    return c;
}

/* 2018-01-01 was a Monday. */
static const char *weekday(Html *h, int weekday, ClockForm form)
{
    Ctx *ctx = html_ctx(h);
    i64 noon = clock_instant(ctx->city->zone, (Wall){2018, 1, weekday, 12, 0, 0}, NULL);
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, form, noon);
}

const char *agenda_weekday_short(Html *h, int day)
{
    return weekday(h, day, CLOCK_SAY_WEEKDAY);
}

const char *agenda_weekday_long(Html *h, int day)
{
    const char *said = weekday(h, day, CLOCK_SAY_DAY);
    return arena_copy(html_arena(h), said, strcspn(said, " ,"));
}

/* ---- addresses of the public pages ---- */
Url agenda_public_url(Arena *a, const PublicEvent *e)
{
    return url_slug(a, "/agenda/", e->slug, NULL);
}

const char *agenda_day_id(Arena *a, const Day *day)
{
    return arena_printf(a, "dia-%d", day->wall.day);
}

Url agenda_day_anchor(Arena *a, const Day *day)
{
    return url_slug(a, "#", agenda_day_id(a, day), NULL);
}

const char *agenda_day_text(Arena *a, const Day *day)
{
    return arena_printf(a, "%04d-%02d-%02d", day->wall.year, day->wall.month, day->wall.day);
}

Url agenda_day_url(Arena *a, const Day *day)
{
    return url_query(a, url_literal("/agenda"), "dia", agenda_day_text(a, day));
}
