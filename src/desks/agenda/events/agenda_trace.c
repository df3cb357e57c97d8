/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_trace.c: what every step with an event leaves behind, so that it can be taken back and compared with. */
#include "desks/agenda/events/agenda_snapshot.h"
#include "agenda_event_queries.h"

#define UNDO_KEPT (7 * CLOCK_DAY)

static const Field step_fields[] = {
    FIELD_ID(UndoStep, id),      FIELD_ID(UndoStep, person),   FIELD_ID(UndoStep, event),
    FIELD_TEXT(UndoStep, verb),  FIELD_INT(UndoStep, version), FIELD_TEXT(UndoStep, before),
    FIELD_TIME(UndoStep, at),    FIELD_TIME(UndoStep, undone_at),
    FIELD_ID(UndoStep, batch),
};
const Shape agenda_undo_shape = SHAPE("undo", UndoStep, step_fields);

static const Coverage *same_coverage(List coverages, i64 id)
{
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++)
        if (c->id == id)
            return c;
    return NULL;
}

/* Of the coverages those whose state the step changed, as they were, with the version that they have now. */
static List coverages_changed(Ctx *ctx, const Event *before, const Event *after)
{
    CoverageBefore *list = arena_array(ctx->arena, CoverageBefore, before->coverages.count + 1);
    size_t n = 0;
    const Coverage *c = before->coverages.items;
    for (size_t i = 0; i < before->coverages.count; i++) {
        const Coverage *now = same_coverage(after->coverages, c[i].id);
        if (now && now->state != c[i].state)
            list[n++] = (CoverageBefore){c[i].id, now->version, c[i].state, c[i].reason};
    }
    return (List){list, n};
}

bool agenda_step_done(Ctx *ctx, const Event *before, const char *verb)
{
    const Event *after = agenda_find_any(ctx, before->id);
    i64 dropped;
    return after &&
           db_change(ctx, &q_agenda_undo_forget, &dropped, I(before->id), I(ctx->now - UNDO_KEPT)) &&
           db_write(ctx, &q_agenda_undo_insert, I(id_new(ctx->now)), I(ctx->actor->id),
                    I(before->id), T(verb), I(after->version),
                    T(agenda_snapshot(ctx, before, coverages_changed(ctx, before, after))),
                    I(ctx->now)) &&
           agenda_tell_change(ctx, before, after);
}

const Event *agenda_base(Ctx *ctx, const Event *e, i64 version)
{
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_base, &agenda_undo_shape, I(e->id), I(version));
    if (!s)
        return NULL;
    Event *base = arena_new_of(ctx->arena, Event);
    List coverages;
    *base = *e;
    return agenda_snapshot_read(ctx, s->before, base, &coverages) ? base : NULL;
}
