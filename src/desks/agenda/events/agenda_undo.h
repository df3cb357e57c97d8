/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_undo.h: steps that can be taken back, and who has an event open. */
#pragma once
#include "desks/agenda/agenda.h"

/* ---- agenda_trace.c ---- */
typedef struct UndoStep {
    i64 id, person, event, version, at, undone_at;
    i64 batch;          /* of a step over a series: the same in all of its rows (agenda_batch.h); 0: of one event */
    const char *verb;   /* the journal's */
    const char *before; /* agenda_snapshot.h */
} UndoStep;
extern const Shape agenda_undo_shape;
/* The end of every step with an event, in its transaction: keeps how it was, so that the step can be taken back, and tells
 * who covers it what became different. before: as agenda_find() gave it. */
CHECKED
bool agenda_step_done(Ctx *ctx, const Event *before, const char *verb);
/* The event as it was at a version, for comparing; NULL when that is not known any more. */
const Event *agenda_base(Ctx *ctx, const Event *e, i64 version);

/* ---- agenda_restore.c ---- */
/* A fault that says who changed it after the step. */
void *agenda_came_after(Ctx *ctx, const Event *e);
/* The event as the step found it; who may and whether nothing came after was asked before. */
CHECKED
bool agenda_take_back(Ctx *ctx, const Event *now, const UndoStep *s);

/* ---- agenda_undo.c ---- */
/* The last step, when the actor can take it back now; NULL without a fault. */
const UndoStep *agenda_undo_step(Ctx *ctx, const Event *e);

/* ---- agenda_lease.c ---- */
typedef struct Lease {
    i64 person, since_at;
    const char *name;
} Lease;
extern const Shape agenda_lease_shape;
List agenda_leases_of(Ctx *ctx, i64 event); /* of Lease: who else has it open now, the first one first */
CHECKED
bool agenda_lease_take(Ctx *ctx, i64 event); /* or renew it: for two minutes */
CHECKED
bool agenda_lease_leave(Ctx *ctx, i64 event);
