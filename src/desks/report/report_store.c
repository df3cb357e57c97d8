/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_store.c: rows of report_version in, structs out. */
#include "desks/report/report_room.h"
#include "store/db.h"
#include "report_queries.h"

enum { VERSIONS_MOST = 50 };

static const Field row_fields[] = {
    FIELD_ID(Report, id),             FIELD_TEXT(Report, month),       FIELD_INT(Report, version),
    FIELD_WORD(Report, state, report_state_words),                     FIELD_TEXT(Report, note),
    FIELD_TEXT(Report, reason),       FIELD_TEXT(Report, highlights),  FIELD_TEXT(Report, difficulties),
    FIELD_TEXT(Report, outlook),      FIELD_INT(Report, revision),     FIELD_TEXT(Report, snapshot),
    FIELD_TEXT(Report, sha256),       FIELD_ID(Report, sent_by),       FIELD_TEXT(Report, sent_name),
    FIELD_TIME(Report, sent_at),      FIELD_ID(Report, signed_by),     FIELD_TEXT(Report, signed_name),
    FIELD_TIME(Report, signed_at),    FIELD_TEXT(Report, signed_as),   FIELD_TEXT(Report, code),
    FIELD_TEXT(Report, signature),    FIELD_TIME(Report, published_at),
};
const Shape report_row_shape = SHAPE("report_row", Report, row_fields);

Report *report_row(Ctx *ctx, const char *month, i64 version)
{
    return (Report *)(version ? db_maybe(ctx, &q_report_of, &report_row_shape, T(month), I(version))
                              : db_maybe(ctx, &q_report_youngest, &report_row_shape, T(month)));
}

Report *report_published_row(Ctx *ctx, const char *month, i64 version)
{
    return (Report *)(version ? db_maybe(ctx, &q_report_published_of, &report_row_shape, T(month), I(version))
                              : db_maybe(ctx, &q_report_published_youngest, &report_row_shape, T(month)));
}

List report_versions(Ctx *ctx, const char *month)
{
    return db_list(ctx, &q_report_versions_of, &report_row_shape, T(month), I(VERSIONS_MOST));
}

static const Report *kept(List rows, const char *month)
{
    for (const Report *r = rows.items, *end = r + rows.count; r < end; r++)
        if (text_same(r->month, month))
            return r; /* the youngest of its month comes first */
    return NULL;
}

static bool has_events(Ctx *ctx, Span month)
{
    return agenda_by_span(ctx, month, AGENDA_HELD, 0, 0, 1).count > 0;
}

/* From the present month back to the first that has a public event; a month with nothing to tell is left out. */
List report_months(Ctx *ctx, i64 limit)
{
    const Zone *zone = ctx->city->zone;
    Report *months = arena_array(ctx->arena, Report, (size_t)limit + 1);
    List first = agenda_by_span(ctx, (Span){0, ctx->now}, AGENDA_HELD, 0, 0, 1);
    List rows = db_list(ctx, &q_report_since, &report_row_shape, T(""), I(limit * 4));
    size_t n = 0;
    Span span = clock_month_of(zone, ctx->now);
    for (i64 seen = 0; first.count && seen < limit && span.to > ((const Event *)first.items)->starts_at; seen++) {
        const char *month = clock_month_text(ctx->arena, zone, span.from);
        const Report *row = kept(rows, month);
        if (row || seen == 0 || has_events(ctx, span)) {
            months[n] = row ? *row : (Report){.month = month, .version = 1};
            months[n].span = span;
            months[n++].over = span.to <= ctx->now;
        }
        span = clock_month_of(zone, span.from - 1);
    }
    return (List){months, n};
}

List report_all_published(Ctx *ctx, i64 limit)
{
    List rows = db_list(ctx, &q_report_published_all, &report_row_shape, I(limit * 2));
    Report *all = arena_array(ctx->arena, Report, rows.count + 1);
    size_t n = 0;
    for (const Report *r = rows.items, *end = r + rows.count; r < end && (i64)n < limit; r++) {
        if (n && text_same(all[n - 1].month, r->month))
            continue;
        all[n] = *r;
        n += report_thaw(ctx, &all[n]);
    }
    return (List){all, n};
}
