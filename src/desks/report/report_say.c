/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_say.c: figures as es-MX writes them, for pages and papers alike. */
#include "desks/report/report_room.h"

const Actor *report_as_office(Ctx *ctx, Actor *office)
{
    const Actor *asks = ctx->actor;
    *office = *asks;
    office->tongue = TONGUE_ES;
    ctx->actor = office;
    return asks;
}

const char *report_number(Arena *a, i64 n)
{
    const char *digits = arena_printf(a, "%" PRId64, n < 0 ? -n : n);
    size_t length = strlen(digits);
    Buf *out = buf_new(a, 32, 64);
    if (n < 0)
        buf_text(out, "−");
    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits[i]);
    }
    return arena_text(a, buf_data(out));
}

static bool is_time(FigureForm form)
{
    return form == FIGURE_SUM || form == FIGURE_SPREAD;
}

/* "45 min", "38 h", "38 h 20 min". */
static const char *duration(Arena *a, i64 minutes)
{
    i64 hours = minutes / 60, rest = minutes % 60;
    if (!hours)
        return arena_printf(a, "%" PRId64 " min", rest);
    if (!rest)
        return arena_printf(a, "%s h", report_number(a, hours));
    return arena_printf(a, "%s h %" PRId64 " min", report_number(a, hours), rest);
}

const char *report_amount(Ctx *ctx, FigureForm form, i64 value)
{
    if (value == NONE)
        return say(ctx, "no data");
    return is_time(form) ? duration(ctx->arena, value) : report_number(ctx->arena, value);
}

const char *report_value(Ctx *ctx, const Figure *f)
{
    return report_amount(ctx, f->form, f->value);
}

const char *report_unit(Ctx *ctx, const Figure *f)
{
    return is_time(f->form) ? say(ctx, "time") : f->value == 1 ? f->unit : f->units ? f->units : f->unit;
}

const char *report_percent(Ctx *ctx, i64 part, i64 whole)
{
    if (part == NONE || whole == NONE || whole <= 0)
        return NULL;
    return arena_printf(ctx->arena, "%" PRId64 " %%", (part * 200 + whole) / (2 * whole));
}

const char *report_change(Ctx *ctx, const Figure *f, i64 before)
{
    if (f->value == NONE || before == NONE)
        return NULL;
    i64 more = f->value - before;
    if (!more)
        return "=";
    return arena_printf(ctx->arena, "%s%s", more > 0 ? "+" : "−", report_amount(ctx, f->form, more > 0 ? more : -more));
}

const char *report_day(Ctx *ctx, i64 instant)
{
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, instant);
}

const Figure *report_figure_of(const Report *r, const char *key)
{
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++)
        if (text_same(f->key, key))
            return f;
    return NULL;
}

GoalState report_goal_state(Ctx *ctx, const Report *r, const Figure *f)
{
    return strategy_state(f->direction, f->value, f->goal, r->span, r->frozen ? r->span.to : ctx->now);
}

/* Paragraphs, and lines that begin with "- ". */
List report_lines(Arena *a, const char *text)
{
    List parts = text_split(a, text ? text : "", '\n');
    ReportLine *lines = arena_array(a, ReportLine, parts.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < parts.count; i++) {
        const char *line = text_trim(a, ((const char *const *)parts.items)[i]);
        if (!*line)
            continue;
        bool bullet = text_starts(line, "- ");
        lines[n++] = (ReportLine){.text = bullet ? text_trim(a, line + 2) : line, .bullet = bullet};
    }
    for (size_t i = 0; i < n; i++) {
        lines[i].first = lines[i].bullet && (i == 0 || !lines[i - 1].bullet);
        lines[i].last = lines[i].bullet && (i + 1 == n || !lines[i + 1].bullet);
    }
    return (List){lines, n};
}

const char *report_filename(Ctx *ctx, const Report *report, const char *suffix)
{
    if (report->version > 1)
        return arena_printf(ctx->arena, "informe-%s-v%" PRId64 ".%s", report->month, report->version, suffix);
    return arena_printf(ctx->arena, "informe-%s.%s", report->month, suffix);
}
