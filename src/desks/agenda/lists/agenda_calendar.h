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

/* What a calendar must know of an event. */
typedef struct DayEntry {
    i64 starts_at, ends_at;
    bool standing; /* neither cancelled nor postponed */
    bool whole;    /* of whole days, or its hour is not known yet */
} DayEntry;

/* An event on one of its days, at its place below the day's number. */
typedef struct DayChip {
    size_t event;       /* in the list that was given */
    bool empty;         /* nothing: keeps the place of a bar that is in other days of the week */
    bool before, after; /* it goes on from the day before; to the day after */
} DayChip;

typedef struct Day {
    Span span;
    Wall wall;
    bool outside, today; /* of the month; now */
    List chips;          /* of DayChip: those of several days at the same place all week, the others around them */
    size_t count;        /* how many events touch it */
    i64 standing;        /* how many of them stand */
} Day;
typedef struct Calendar {
    Day *days; /* whole weeks, Monday first */
    size_t count;
} Calendar;
/* entries: in order of start.  One of less than a day that ends after midnight is only on its first day. */
Calendar agenda_calendar(Ctx *ctx, Span span, const DayEntry *entries, size_t n);
/* The weeks that a span touches, as a span of whole days. */
Span agenda_weeks(Ctx *ctx, Span span);
const char *agenda_weekday_short(Html *h, int weekday); /* 1 Monday: "lun" */
const char *agenda_weekday_long(Html *h, int weekday);

/* ---- addresses of the public pages ---- */
Url agenda_public_url(Arena *a, const PublicEvent *e);
const char *agenda_day_id(Arena *a, const Day *day);  /* "dia-14" */
Url agenda_day_anchor(Arena *a, const Day *day);      /* "#dia-14" */
Url agenda_day_url(Arena *a, const Day *day);         /* /agenda?dia=2022-07-14 */
const char *agenda_day_text(Arena *a, const Day *day); /* "2022-07-14" */
