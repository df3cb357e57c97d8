/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_room.h: shared by the files of this room only. */
#pragma once
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/photos/photos.h"
#include "desks/press/press.h"
#include "desks/report/report.h"
#include "desks/report/report_shown.h"
#include "store/journal.h"
#include "web/form.h"
#include "web/form_views.h"
#include "web/html.h"
#include "web/panel.h"

enum { REPORT_TEXT_MAX = 6000, REPORT_REASON_MAX = 500, REPORT_MONTHS = 120, REPORT_BYTES_MAX = 8 * 1024 * 1024 };

/* ---- report_indicators.c: every room's table ---- */
extern const Indicator *const report_indicator_tables[]; /* NULL-ended, in the order of the report */
const Indicator *report_indicator_need(Ctx *ctx, const char *key, const char *field); /* FAULT_INVALID on the field when there is none */

/* ---- report_compute.c: what the records say now; no right is asked ---- */
Report *report_compute(Ctx *ctx, const char *month); /* in the office's language */
/* A few figures and the days, for a panel; in the reader's language. */
Report *report_glance(Ctx *ctx, const char *month, const char *const *keys);
Figure report_figure(Ctx *ctx, const Indicator *indicator, const Measure *m); /* without goal and comparison */
bool report_month_span(Ctx *ctx, const char *month, Span *span_out); /* with the faults of report_find() */
const char *report_area_name(Ctx *ctx);

/* ---- report_snapshot.c ---- */
CHECKED bool report_freeze(Ctx *ctx, Report *r);  /* fills snapshot and sha256 */
CHECKED bool report_thaw(Ctx *ctx, Report *r);    /* fills what the snapshot holds */
CHECKED bool report_read_json(Ctx *ctx, Bytes json, Report *r); /* the same from a text of unknown origin */
List report_differences(Ctx *ctx, const Report *was, const Report *is); /* of ReportDifference: figures alone */

/* ---- report_store.c: rows ---- */
extern const Shape report_row_shape;
Report *report_row(Ctx *ctx, const char *month, i64 version);           /* version 0: the youngest; NULL without a fault */
Report *report_published_row(Ctx *ctx, const char *month, i64 version); /* likewise */

/* ---- report_index.c: what the search may find ---- */
CHECKED bool report_index(Ctx *ctx, const Report *r);

/* ---- report_say.c: numbers as es-MX writes them ---- */
/* Papers, snapshots and seals are in the office's language, whoever asks: gives who asked, to be put back. */
const Actor *report_as_office(Ctx *ctx, Actor *office);
const char *report_number(Arena *a, i64 n);                      /* 1,236 */
const char *report_amount(Ctx *ctx, FigureForm form, i64 value); /* 1,236 or 38 h 20 min; NONE: "no data" */
const char *report_value(Ctx *ctx, const Figure *f);
const char *report_unit(Ctx *ctx, const Figure *f);              /* singular or plural, as the value wants; "" for a time */
const char *report_percent(Ctx *ctx, i64 part, i64 whole);       /* "97 %"; NULL when whole is 0 or NONE */
const char *report_change(Ctx *ctx, const Figure *f, i64 before); /* "+4", "−2", "="; NULL when one is not known */
const char *report_day(Ctx *ctx, i64 instant);                   /* 1 de agosto de 2022 */
const Figure *report_figure_of(const Report *r, const char *key); /* NULL without */
GoalState report_goal_state(Ctx *ctx, const Report *r, const Figure *f);
List report_lines(Arena *a, const char *text);                   /* of ReportLine */

/* ---- report_words.c ---- */
const char *report_state_look(ReportState state); /* a class of .chip */
const char *report_goal_look(GoalState state);
Url report_url(Arena *a, const char *month, const char *suffix);
Url report_version_url(Arena *a, const Report *r, const char *suffix);
Url report_public_url(Arena *a, const char *month, const char *suffix);
Url report_public_version_url(Arena *a, const Report *r, const char *suffix);
Url report_records_url(Arena *a, const char *path);
Url report_list_url(const char *list);            /* "agenda" or "coverages" */
const char *report_verb_said(const char *verb);    /* msgid of a verb of the journal */
const char *report_month_label(Ctx *ctx, const char *month); /* "Julio de 2022": a heading */
const char *report_month_said(Ctx *ctx, const char *month);  /* "julio de 2022": inside a sentence */
