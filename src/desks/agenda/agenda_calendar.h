/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_calendar.h: which days a page shows, and which events fall on each: for the site's pages and the desk's. */
#pragma once
#include "desks/agenda/agenda.h"
#include "web/form.h"

typedef enum { PERIOD_MONTH, PERIOD_WEEK, PERIOD_DAY } PeriodKind;

typedef struct Period {
    PeriodKind kind;
    Span span;
    const char *text;             /* 2022-07, 2022-W28, 2022-07-14 */
    const char *label;            /* "julio de 2022" */
    const char *field;            /* "mes", "semana", "dia" */
    const char *previous, *next;  /* texts of the neighbours */
    const char *previous_label, *next_label;
    bool given;                   /* the address named it; else it is the present month */
} Period;
/* Of ?mes=, ?semana= or ?dia=; FAULT_INVALID says what is wanted. */
CHECKED bool agenda_period(Ctx *ctx, const Request *req, Period *period_out);
Period agenda_period_of(Ctx *ctx, PeriodKind kind, i64 instant);
Url agenda_period_url(Arena *a, Url page, const Period *period, const char *text);

typedef struct Day {
    Span span;
    Wall wall;
    bool outside, today;   /* of the month; now */
    size_t first, count;   /* of the events that start in it, in the list that was given */
    i64 standing;          /* those neither cancelled nor postponed */
} Day;
typedef struct Calendar {
    Day *days;             /* whole weeks, Monday first */
    size_t count;
} Calendar;
/* starts[i] and standing[i] of events in order of start. */
Calendar agenda_calendar(Ctx *ctx, Span span, const i64 *starts, const bool *standing, size_t n);
/* The weeks that a span touches, as a span of whole days. */
Span agenda_weeks(Ctx *ctx, Span span);
const char *agenda_weekday_short(Html *h, int weekday); /* 1 Monday: "lun" */
const char *agenda_weekday_long(Html *h, int weekday);

/* ---- addresses of the public pages ---- */
Url agenda_public_url(Arena *a, const PublicEvent *e);
const char *agenda_day_id(Arena *a, const Day *day);  /* "dia-14" */
Url agenda_day_anchor(Arena *a, const Day *day);      /* "#dia-14" */
Url agenda_day_url(Arena *a, const Day *day);         /* /agenda?dia=2022-07-14 */
