/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_batch.h: a step over a series as one: what it found of the series and where each event belonged.
 *
 * The steps with the single events carry the batch's number (agenda_undo.batch).  One more row, whose id is that number,
 * stands for the whole: it keeps the rows of agenda_series and the place of each event in them, also of events that
 * were only carried along (those that are over, that stand apart, that were cancelled before). */
#pragma once
#include "desks/agenda/series/agenda_repeat_step.h"

typedef struct Batch {
    i64 id;
    const Event *anchor; /* what the person had open */
    List series;         /* of SeriesRow, as the step finds them */
    List members;        /* of Member (agenda_batch.c), likewise */
} Batch;

/* ---- agenda_batch.c ---- */
/* Before anything is written. series 0: a single event begins to repeat. */
CHECKED
bool agenda_batch_begin(Ctx *ctx, const Event *anchor, i64 series, Batch *batch_out);
/* After everything is written. made: the series that the step made; 0: none. */
CHECKED
bool agenda_batch_end(Ctx *ctx, const Batch *batch, i64 made);
bool agenda_batch_is_last(Ctx *ctx, i64 batch); /* none of its events was changed since */
/* All of it is as it was; events that the step made are cancelled and belong to no series. */
CHECKED
bool agenda_batch_undo(Ctx *ctx, const Event *anchor, i64 batch);
