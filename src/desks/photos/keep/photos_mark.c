/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_mark.c: keep, drop and star, for many at once; each step of a person can be taken back. */
#include "desks/photos/keep/photos_step.h"
#include "photos_keep_queries.h"

/* ---- while it is written ---- */

static bool set(Ctx *ctx, StepOut *step, const Photo *p, PhotoMark mark)
{
    i64 changed;
    if (p->mark == mark)
        return !faulted(ctx);
    photos_step_mark(ctx, step, p, mark);
    return db_change(ctx, &q_photos_set_mark, &changed, I(p->id), W(photos_mark_words, mark));
}

/* One line for all of it: who chose, and how many. */
static bool end(Ctx *ctx, StepOut *step, const char *mark)
{
    if (!step->photos)
        return !faulted(ctx);
    return photos_step_end(ctx, step) &&
           journal_detail(ctx, "photos_photo", step->first, "marked", arena_printf(ctx->arena, "%s: %" PRId64, mark, step->photos));
}

/* ---- marking ---- */

static bool is_a_person(Ctx *ctx)
{
    return ctx->actor->id || fault(ctx, FAULT_FORBIDDEN, "Only a person chooses pictures.");
}

static const Photo *to_mark(Ctx *ctx, i64 id, i64 event)
{
    const Photo *p = photos_to_edit(ctx, id, NONE);
    if (!p)
        return NULL;
    if (p->removed_at)
        return fault(ctx, FAULT_CONFLICT, "“%s” was removed: bring it back first.", p->filename);
    if (event && p->event != event)
        return fault_field(ctx, "photos", "Choose pictures of one event at once: “%s” is of another one.", p->filename);
    return p;
}

static bool mark_each(Ctx *ctx, StepOut *step, List ids, PhotoMark mark)
{
    const i64 *id = ids.items;
    i64 event = 0;
    for (size_t i = 0; i < ids.count; i++) {
        const Photo *p = to_mark(ctx, id[i], event);
        if (!p || !set(ctx, step, p, mark))
            return false;
        event = p->event;
    }
    return true;
}

bool photos_mark(Ctx *ctx, List ids, PhotoMark mark)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !is_a_person(ctx) || !photos_check_many(ctx, ids))
        return false;
    StepOut step = photos_step_begin(ctx, STEP_MARKED);
    return mark_each(ctx, &step, ids, mark) && end(ctx, &step, word_name(photos_mark_words, (int)mark));
}

/* ---- the proposal ---- */

bool photos_mark_proposed(Ctx *ctx, i64 event, i64 coverage, i64 *photos_out)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !is_a_person(ctx) || !photos_check_event(ctx, event, coverage))
        return false;
    List all = db_list(ctx, &q_photos_proposal, &photos_shape, I(event), I(coverage));
    StepOut step = photos_step_begin(ctx, STEP_MARKED);
    for (const Photo *p = all.items, *last = p + all.count; p < last; p++)
        if (!set(ctx, &step, p, p->best ? MARK_KEEP : MARK_DROP))
            return false;
    if (!end(ctx, &step, "proposal"))
        return false;
    *photos_out = step.photos;
    return true;
}

/* ---- back ---- */

bool photos_mark_undo(Ctx *ctx, i64 event, PhotoUndone *undone_out)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_check_event(ctx, event, 0))
        return false;
    const Step *step = photos_step_last_mark(ctx, event);
    if (!step)
        return fault(ctx, FAULT_CONFLICT, "There is nothing to take back: you chose no picture of this event today.");
    return photos_take_back(ctx, step, undone_out);
}
