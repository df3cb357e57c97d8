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

static void take_events(Day *day, const i64 *starts, const bool *standing, size_t n, size_t *at)
{
    while (*at < n && starts[*at] < day->span.from)
        ++*at;
    day->first = *at;
    for (; *at < n && starts[*at] < day->span.to; ++*at) {
        day->count++;
        day->standing += standing[*at];
    }
}

Calendar agenda_calendar(Ctx *ctx, Span span, const i64 *starts, const bool *standing, size_t n)
{
    const Zone *zone = ctx->city->zone;
    Span weeks = agenda_weeks(ctx, span);
    size_t most = (size_t)((weeks.to - weeks.from) / CLOCK_DAY) + 2, at = 0;
    Calendar c = {arena_array(ctx->arena, Day, most), 0};
    for (Span day = clock_day_of(zone, weeks.from); day.from < weeks.to; day = clock_day_of(zone, day.to)) {
        Day *d = &c.days[c.count++];
        *d = (Day){.span = day, .wall = clock_wall(zone, day.from), .outside = day.from < span.from || day.from >= span.to,
                   .today = day.from <= ctx->now && ctx->now < day.to};
        take_events(d, starts, standing, n, &at);
    }
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

Url agenda_day_url(Arena *a, const Day *day)
{
    const char *text = arena_printf(a, "%04d-%02d-%02d", day->wall.year, day->wall.month, day->wall.day);
    return url_query(a, url_literal("/agenda"), "dia", text);
}
