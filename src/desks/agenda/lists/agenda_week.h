/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_week.h: a week as a grid of hours: where each event stands, and beside which others. */
#pragma once
#include "desks/agenda/lists/agenda_calendar.h"

enum { WEEK_DAYS = 7, WEEK_ROWS_AN_HOUR = 4, WEEK_BESIDE = 12 };

/* Part of an event on one day. Rows are quarters of an hour from the grid's first one, the first is 1. */
typedef struct WeekBlock {
    size_t event;       /* in the list that was given */
    int from, to;       /* rows; to is the first one behind it */
    int at, of;         /* the at-th (from 1) of so many beside each other; of is 1, 2, 3, 4, 6 or 12 */
    bool before, after; /* it goes on from the day before; to the day after */
} WeekBlock;

typedef struct WeekDay {
    const Day *day;
    List blocks; /* of WeekBlock, by start */
} WeekDay;

typedef struct WeekGrid {
    int first_hour, last_hour; /* 7..21, wider when something is earlier or later */
    WeekDay days[WEEK_DAYS];
    int now_day, now_row;      /* where this moment is; now_row 0: not in this grid */
} WeekGrid;

/* calendar: of one week over the same entries. What is of whole days stands above the grid, in the days' chips. */
WeekGrid agenda_week_grid(Ctx *ctx, const Calendar *calendar, const DayEntry *entries, size_t n);
/* Does the event stand above the hours? */
bool agenda_week_above(const DayEntry *e);
