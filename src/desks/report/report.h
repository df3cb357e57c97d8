/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.h: the door of the report room: the month in figures, each of which opens the records that it counts.
 *
 * An indicator is one row of report_indicators[]: key, words, unit, how it is counted and where the list of
 * its records is. A figure's value always equals the total of that list. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

typedef enum { REPORT_DRAFT } ReportState; /* review, signature and publication come with the rich report */
extern const Word report_state_words[];

typedef struct Figure {
    const char *key, *label, *unit;
    i64 value, of;       /* of NONE: the figure is no part of another */
    const char *records; /* absolute address of the list that it counts */
} Figure;

typedef struct Uncovered { /* an event that stood and was not covered, with the reason that somebody gave */
    i64 id, starts_at;
    const char *title, *reason;
} Uncovered;

typedef struct Report {
    const char *month;   /* 2022-07 */
    const char *area;
    ReportState state;
    i64 version;
    const char *sha256;  /* of the canonical JSON of month and figures */
    bool over;           /* false: the month is not over, the figures will change */
    i64 computed_at;
    Span span;
    List figures;        /* of Figure */
    List not_covered;    /* of Uncovered */
} Report;
extern const Shape report_shape;

/* month is YYYY-MM; FAULT_INVALID else, FAULT_NOT_FOUND for a month that has not begun. */
const Report *report_compute(Ctx *ctx, const char *month);
List report_months(Ctx *ctx, i64 limit); /* of const char *: months that have public events, newest first */

void report_csv(Ctx *ctx, const Report *report, Buf *out);  /* key, label, value, of, unit, records */
void report_html(Ctx *ctx, const Report *report, Buf *out); /* a whole document without styles of its own, for files and mail */
