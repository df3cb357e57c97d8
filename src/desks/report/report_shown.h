/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_shown.h: what the views of the report are given, worked out before anything is drawn. */
#pragma once
#include "desks/agenda/agenda.h"
#include "desks/report/report.h"
#include "web/form.h"

typedef struct ReportLine { /* of a narrative */
    const char *text;
    bool bullet, first, last; /* first and last of a run of bullets */
} ReportLine;

/* Bars by day: geometry in whole units of the viewBox. */
typedef struct ChartBar {
    int x, y, width, height;
    bool second; /* of the second series */
} ChartBar;
typedef struct ChartText {
    int x, y;
    const char *text;
} ChartText;
typedef struct Chart {
    int width, height;
    List bars;          /* of ChartBar */
    List across, up;    /* of ChartText: the days below, the counts at the left; a line stands at each of these */
    const char *said;   /* in words */
} Chart;
Chart report_chart(Ctx *ctx, const Report *r, i64 until); /* days until that instant */

/* One month in the list. */
typedef struct ReportShown {
    const Report *report;
    const Request *req;
    const char *label;        /* "Julio de 2022" */
    const char *active;       /* the last part of the address whose form is drawn again, or NULL */
    List versions, journal;
    Chart chart;
    bool may_edit, may_send, may_sign, may_publish, youngest;
    const char *next;         /* what is next, and who can do it: a sentence */
    const char *why_not;      /* why who looks cannot sign; NULL */
} ReportShown;

typedef struct GoalRow {
    const Indicator *indicator;
    Figure figure;            /* its value over the period */
    const Goal *goal;         /* NULL: none was set */
    const TypedFigure *typed; /* NULL: computed, or nothing was typed */
    GoalState state;
    i64 percent;              /* of the target, at most 100, for the bar */
} GoalRow;
typedef struct GoalsShown {
    const Form *form;
    List rows;                /* of GoalRow */
    const char *period, *label, *area, *area_label;
    const char *previous, *next;             /* periods */
    const char *previous_label, *next_label;
    const char *chosen;       /* the indicator whose form is open, or NULL */
    List areas, indicators, manuals;         /* of Choice */
    List journal;
    bool year, may_edit, any_goal;
    const char *active;       /* which form is drawn again: "metas", "cifras" or NULL */
} GoalsShown;
Url report_goals_url(Arena *a, const GoalsShown *x, const char *period, const char *indicator);

/* ---- views that another file of views calls ---- */
void report_view_cards(Html *h, const Report *r, const char *const *keys, const char *size);
void report_view_figures(Html *h, const Report *r);
void report_view_chart(Html *h, const Chart *chart);
void report_view_not_covered(Html *h, const Report *r);
void report_view_work_table(Html *h, const Report *r, List rows, const char *title, const char *id, const char *filter,
                            const char *nothing);
void report_view_events_table(Html *h, const Report *r, List rows, const char *title, const char *id, const char *filter,
                              const char *nothing, const char *foot);
void report_view_narrative(Html *h, const Report *r);
