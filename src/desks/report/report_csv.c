/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_csv.c: one row a figure, as RFC 4180 says, safe to open in a workbook. */
#include "desks/report/report_room.h"

typedef struct Line {
    const char *month, *key, *label, *unit, *direction, *kind, *formula, *source, *evidence, *records;
    i64 value, of, missing, goal, previous, year_before;
} Line;
static const Field line_fields[] = {
    FIELD_TEXT(Line, month),    FIELD_TEXT(Line, key),         FIELD_TEXT(Line, label),     FIELD_INT(Line, value),
    FIELD_INT(Line, of),        FIELD_TEXT(Line, unit),        FIELD_INT(Line, goal),       FIELD_INT(Line, missing),
    FIELD_INT(Line, previous),  FIELD_INT(Line, year_before),  FIELD_TEXT(Line, direction), FIELD_TEXT(Line, kind),
    FIELD_TEXT(Line, formula),  FIELD_TEXT(Line, source),      FIELD_TEXT(Line, evidence),  FIELD_TEXT(Line, records),
};
static const Shape line_shape = SHAPE("report_line", Line, line_fields);

void report_csv(Ctx *ctx, const Report *report, Buf *out)
{
    shape_csv_head(out, &line_shape);
    for (const Figure *f = report->figures.items, *end = f + report->figures.count; f < end; f++) {
        Line line = {
            .month = report->month, .key = f->key, .label = f->label, .unit = f->unit,
            .direction = word_name(strategy_direction_words, (int)f->direction),
            .kind = word_name(strategy_kind_words, (int)f->kind), .formula = f->formula, .source = f->source,
            .evidence = f->evidence, .records = f->records, .value = f->value, .of = f->of, .missing = f->missing,
            .goal = f->goal, .previous = f->previous, .year_before = f->year_before,
        };
        shape_csv_row(out, ctx->city->zone, &line_shape, &line);
    }
}
