/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_undo.c: the last step with an event is taken back.
 *
 * A step is taken back by who took it, within a day, and only while nothing came after it.  A step over a series is taken
 * back with all of its events (agenda_batch.h).  Taking back is a step too: taking that back is doing it again. */
#include "desks/agenda/series/agenda_batch.h"
#include "desks/agenda/series/agenda_repeat.h"
#include "desks/agenda/events/agenda_snapshot.h"
#include "agenda_event_queries.h"

#define UNDO_WITHIN CLOCK_DAY

/* ---- may it be taken back? ---- */

static bool is_last(const UndoStep *s, const Event *e)
{
    return s->version == e->version || s->id == s->batch;
}

const UndoStep *agenda_undo_step(Ctx *ctx, const Event *e)
{
    if (!ctx->actor->id || !people_has(ctx, RIGHT_AGENDA_EDIT))
        return NULL;
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_last, &agenda_undo_shape, I(e->id));
    bool can = s && s->person == ctx->actor->id && !s->undone_at && is_last(s, e) &&
               ctx->now - s->at < UNDO_WITHIN;
    return can && (!s->batch || agenda_batch_is_last(ctx, s->batch)) ? s : NULL;
}

static const UndoStep *to_undo(Ctx *ctx, const Event *e)
{
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_last, &agenda_undo_shape, I(e->id));
    if (faulted(ctx))
        return NULL;
    if (!s || s->undone_at)
        return fault(ctx, FAULT_CONFLICT, "There is nothing to take back.");
    if (!is_last(s, e))
        return agenda_came_after(ctx, e);
    if (s->person != ctx->actor->id)
        return fault(ctx, FAULT_CONFLICT,
                     "The last step was %s's: only who took it can take it back.",
                     people_find(ctx, s->person)->name);
    if (ctx->now - s->at >= UNDO_WITHIN)
        return fault(ctx, FAULT_CONFLICT,
                     "The last step is older than a day: change the event instead.");
    return s;
}

/* ---- taking it back ---- */

static bool undo_one(Ctx *ctx, const Event *now, const UndoStep *s)
{
    Event was = *now;
    List coverages;
    return agenda_snapshot_read(ctx, s->before, &was, &coverages) &&
           agenda_may_set(ctx, was.visibility) &&
           db_write(ctx, &q_agenda_undo_done, I(s->id), I(ctx->now)) &&
           agenda_take_back(ctx, now, s) && agenda_repeat_compare(ctx, now->id);
}

bool agenda_undo(Ctx *ctx, i64 id)
{
    const Event *now = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, id) : NULL;
    const UndoStep *s = now ? to_undo(ctx, now) : NULL;
    if (!s)
        return false;
    return s->batch ? agenda_batch_undo(ctx, now, s->batch) : undo_one(ctx, now, s);
}
