/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_room.h: shared by the files of this room only. */
#pragma once
#include "desks/report/report.h"
#include "web/html.h"

/* One row for each figure. A new room that counts something adds a row, and the report has it. */
typedef struct Indicator {
    const char *key;   /* the key in JSON: a promise to programs */
    const char *label; /* msgid */
    const char *unit;  /* msgid, singular */
    i64 (*count)(Ctx *ctx, Span span);
    i64 (*of)(Ctx *ctx, Span span);                                 /* NULL: no part of another */
    Url (*records)(Ctx *ctx, const char *month, const char *key);   /* the list that it counts */
} Indicator;
extern const Indicator report_indicators[]; /* {0}-ended, in the order of the report */

Url report_url(Arena *a, const char *month, const char *suffix);
const char *report_month_label(Ctx *ctx, const char *month); /* "julio de 2022" */
Url report_records_url(Arena *a, const Figure *figure);      /* figure->records, for a link */
