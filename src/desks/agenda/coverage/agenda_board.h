/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_board.h: coverages as columns of states and as a month of persons and days; private to the room. */
#pragma once
#include "desks/agenda/coverage/agenda_cover.h"

/* ---- columns ---- */
List agenda_board(Ctx *ctx); /* of BoardColumn, in the order of the work; at most BOARD_MOST cards each */
/* By the card's button or by being dropped on a column: the moves of the state diagram, and none else. */
CHECKED
bool agenda_move(Ctx *ctx, i64 coverage, i64 version, CoverageState to, const char *reason);

/* ---- the month ---- */
HeatShown agenda_heat(Ctx *ctx, const Period *month);
/* For programs: one row for each person and day that has something. */
typedef struct HeatCell {
    i64 person, coverages;
    const char *name, *day;
} HeatCell;
extern const Shape agenda_heat_shape;
List agenda_heat_list(Ctx *ctx, const HeatShown *shown); /* of HeatCell */

/* ---- agenda_alarm.c: what nobody covers, told in time ---- */
i64 agenda_uncovered_lead(const Ctx *ctx);               /* how long before an event, us */
List agenda_uncovered(Ctx *ctx, Span span, i64 limit);   /* of Event: public ones that nobody was asked for */
i64 agenda_uncovered_count(Ctx *ctx, Span span);
List agenda_unexplained(Ctx *ctx, Span span, i64 limit); /* of Event: over, not covered, and nobody said why */
/* Of the fields choice and reason: "Weather: it rained all day"; NULL when nothing was said. */
const char *agenda_read_whynot(Ctx *ctx, const Request *req);
/* Of ?dia=, else today. */
CHECKED
bool agenda_period_day(Ctx *ctx, const Request *req, Period *day_out);
