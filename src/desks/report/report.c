/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.c: the month in figures, computed from the records each time it is asked for. */
#include "base/hash.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/report/report_room.h"
#include "store/db.h"

enum { UNCOVERED_MOST = 500 };

static const Field figure_fields[] = {
    FIELD_TEXT(Figure, key), FIELD_TEXT(Figure, label), FIELD_INT(Figure, value),
    FIELD_INT(Figure, of),   FIELD_TEXT(Figure, unit),  FIELD_TEXT(Figure, records),
};
static const Shape figure_shape = SHAPE("figure", Figure, figure_fields);

static const Field uncovered_fields[] = {
    FIELD_ID(Uncovered, id), FIELD_TEXT(Uncovered, title), FIELD_TIME(Uncovered, starts_at), FIELD_TEXT(Uncovered, reason),
};
static const Shape uncovered_shape = SHAPE("uncovered_event", Uncovered, uncovered_fields);

static const Field report_fields[] = {
    FIELD_TEXT(Report, month),    FIELD_TEXT(Report, area),   FIELD_WORD(Report, state, report_state_words),
    FIELD_INT(Report, version),   FIELD_TEXT(Report, sha256), FIELD_BOOL(Report, over),
    FIELD_TIME(Report, computed_at), FIELD_MANY(Report, figures, &figure_shape),
    FIELD_MANY(Report, not_covered, &uncovered_shape),
};
const Shape report_shape = SHAPE("report", Report, report_fields);

/* What is hashed: the month and its figures, not when they were computed nor where the desk is. */
static const Field canon_figure_fields[] = {
    FIELD_TEXT(Figure, key), FIELD_INT(Figure, value), FIELD_INT(Figure, of),
};
static const Shape canon_figure_shape = SHAPE("figure", Figure, canon_figure_fields);
static const Field canon_fields[] = {FIELD_TEXT(Report, month), FIELD_MANY(Report, figures, &canon_figure_shape)};
static const Shape canon_shape = SHAPE("report", Report, canon_fields);

static const char *hash_of(Ctx *ctx, const Report *r)
{
    Buf *buf = buf_new(ctx->arena, 1024, 64 * 1024);
    JsonOut json = json_out(buf);
    shape_json(&json, NULL, ctx->city->zone, &canon_shape, r);
    return hash_text(ctx->arena, (Bytes){buf_data(buf), buf_size(buf)});
}

static List figures(Ctx *ctx, const char *month, Span span)
{
    size_t n = 0;
    while (report_indicators[n].key)
        n++;
    Figure *all = arena_array(ctx->arena, Figure, n);
    for (size_t i = 0; i < n; i++) {
        const Indicator *ind = &report_indicators[i];
        all[i] = (Figure){
            .key = ind->key, .label = say(ctx, ind->label), .unit = say(ctx, ind->unit),
            .value = ind->count(ctx, span), .of = ind->of ? ind->of(ctx, span) : NONE,
            .records = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, ind->records(ctx, month, ind->key).s),
        };
    }
    return (List){all, n};
}

static List uncovered(Ctx *ctx, Span span)
{
    List events = agenda_by_span(ctx, span, AGENDA_NOT_COVERED, 0, 0, UNCOVERED_MOST);
    Uncovered *all = arena_array(ctx->arena, Uncovered, events.count + 1);
    for (size_t i = 0; i < events.count; i++) {
        const Event *e = (const Event *)events.items + i;
        all[i] = (Uncovered){e->id, e->starts_at, e->title, e->uncovered_reason};
    }
    return (List){all, events.count};
}

const Report *report_compute(Ctx *ctx, const char *month)
{
    Span span;
    if (!people_may(ctx, RIGHT_REPORT_READ))
        return NULL;
    if (!clock_month(ctx->city->zone, month, &span))
        return fault(ctx, FAULT_INVALID, "%s is no month; one like 2022-07 is wanted.", month);
    if (span.from > ctx->now)
        return fault(ctx, FAULT_NOT_FOUND, "%s has not begun: there is nothing to report.", report_month_label(ctx, month));
    Report *r = arena_new_of(ctx->arena, Report);
    *r = (Report){
        .month = arena_text(ctx->arena, month), .area = say(ctx, "Social networks"), .state = REPORT_DRAFT, .version = 1,
        .over = span.to <= ctx->now, .computed_at = ctx->now, .span = span,
        .figures = figures(ctx, month, span), .not_covered = uncovered(ctx, span),
    };
    if (faulted(ctx))
        return NULL;
    r->sha256 = hash_of(ctx, r);
    return r;
}

void report_csv(Ctx *ctx, const Report *report, Buf *out)
{
    shape_csv_head(out, &figure_shape);
    for (size_t i = 0; i < report->figures.count; i++)
        shape_csv_row(out, ctx->city->zone, &figure_shape, (const Figure *)report->figures.items + i);
}

/* From the present month back to the first that has a public event. */
List report_months(Ctx *ctx, i64 limit)
{
    const Zone *zone = ctx->city->zone;
    const char **months = arena_array(ctx->arena, const char *, (size_t)limit + 1);
    List first = agenda_by_span(ctx, (Span){0, ctx->now}, AGENDA_HELD, 0, 0, 1);
    size_t n = 0;
    Span span = clock_month_of(zone, ctx->now);
    for (; first.count && (i64)n < limit && span.to > ((const Event *)first.items)->starts_at; n++) {
        months[n] = clock_month_text(ctx->arena, zone, span.from);
        span = clock_month_of(zone, span.from - 1);
    }
    return (List){months, n};
}
