/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_list_shown.h: what the views of the agenda's lists are given: month, week, day, list, filters, saved views. */
#pragma once
#include "desks/agenda/lists/agenda_filter.h"
#include "desks/agenda/lists/agenda_saved.h"
#include "desks/agenda/lists/agenda_text.h"
#include "desks/agenda/lists/agenda_week.h"

/* ---- the bar of filters ---- */
typedef struct FilterShown {
    const char *query; /* of the filter: for links */
    const char *said;  /* in words; NULL: nothing is filtered */
    List parts;        /* of FilterPart */
    List calendars, areas, topics, places, people, kinds, statuses, figures; /* of Choice */
} FilterShown;
FilterShown agenda_filter_shown(Ctx *ctx, const AgendaFilter *filter, Span span);
/* The value that the filter has for a name, as the address spells it; NULL. */
const char *agenda_filter_value(const FilterShown *x, const char *name);

/* ---- the page ---- */
typedef struct IndexShown {
    const Form *form;  /* for the CSRF token of the page's own forms */
    Period period;
    AgendaFilter filter;
    FilterShown filters;
    bool list;         /* ?vista=lista */
    List events;       /* of Event */
    Calendar calendar; /* of the period's weeks, over events */
    WeekGrid week;     /* of a week */
    LanesShown lanes;  /* of a day */
    i64 total;
    List views;        /* of SavedView */
} IndexShown;
bool agenda_shows_grid(const IndexShown *x);  /* a month as a table of weeks */
bool agenda_shows_hours(const IndexShown *x); /* a week as a grid of hours */
bool agenda_shows_table(const IndexShown *x); /* the events of a figure */
/* This list at another time, with its filters: text is a period's. */
Url agenda_index_url(Arena *a, const IndexShown *x, const char *text);
Url agenda_index_kind_url(Ctx *ctx, const IndexShown *x, PeriodKind kind, bool list);
Url agenda_index_today_url(Ctx *ctx, const IndexShown *x);
Url agenda_index_without_url(Arena *a, const IndexShown *x, const FilterPart *part);
Url agenda_index_day_url(Arena *a, const IndexShown *x, const Day *day);
const char *agenda_index_address(Arena *a, const IndexShown *x); /* of this page, for the way back */
const char *agenda_index_view_name(const IndexShown *x); /* "month", "week", "day", "list", "table": a class */
const char *agenda_index_saved_query(Arena *a, const IndexShown *x); /* what saving this view would keep */
bool agenda_index_is_view(Arena *a, const IndexShown *x, const SavedView *view);
Url agenda_saved_url(Arena *a, const SavedView *view);
bool agenda_day_is_listed(const Calendar *calendar, const Day *day); /* has it something that a list shows? */
List agenda_chips_above(Arena *a, const Day *day, const Event *events); /* of DayChip: those above the hours of a week */
enum { MONTH_CHIPS = 4, MONTH_CHIPS_ON_PAPER = 8 }; /* how many a day of a month shows */
bool agenda_chip_is_listed(const Calendar *calendar, const Day *day, const DayChip *chip);
i64 agenda_chips_hidden(const Day *day, size_t most); /* events of the day that are not among its first chips */
/* How an event may be moved to another time: "now", "ask" (the reason is wanted), or NULL. */
const char *agenda_move_way(const Html *h, const Event *e);
const char *agenda_local_start(const Html *h, const Event *e); /* 2022-07-14T10:00 in the city's zone */

/* ---- /mesa/agenda/vistas ---- */
typedef struct SavedShown {
    const Request *req;
    List views; /* of SavedView */
} SavedShown;

/* ---- /mesa/agenda/:id/mover ---- */
typedef struct MoveShown {
    const Event *event;
    const Form *form;
    const char *back; /* an address as it was typed, or NULL */
    bool wants_reason;
} MoveShown;

/* ---- views that other views of the room call ---- */
void agenda_view_month(Html *h, const IndexShown *x);
void agenda_view_week(Html *h, const IndexShown *x);
void agenda_view_days(Html *h, const IndexShown *x);
void agenda_view_filters(Html *h, const IndexShown *x);
void agenda_view_saved(Html *h, const IndexShown *x);
void agenda_view_chip(Html *h, const Event *e, const DayChip *chip);
void agenda_view_timeline_row(Html *h, const Event *e);
void agenda_view_move_dialog(Html *h, const IndexShown *x);
void agenda_view_keys(Html *h);
