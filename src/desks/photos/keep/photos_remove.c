/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_remove.c: pictures are taken away and brought back, and taken from the public's sight wherever they are used. */
#include "desks/photos/keep/photos_step.h"
#include "photos_keep_queries.h"

static bool remove_one(Ctx *ctx, i64 id, const char *reason, StepOut *step)
{
    const Photo *p = photos_to_edit(ctx, id, NONE);
    if (!p || p->removed_at)
        return !faulted(ctx);
    photos_step_remove(ctx, step, p);
    return db_write(ctx, &q_photos_set_removed, I(id), I(ctx->now)) && photos_hide(ctx, p, true, reason) &&
           photos_bursts_again(ctx, p->event, p->taken_at) && photos_index(ctx, id) && journal_detail(ctx, "photos_photo", id, "removed", reason);
}

bool photos_remove(Ctx *ctx, List ids, const char *reason)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_check_many(ctx, ids) || !photos_check_why(ctx, reason))
        return false;
    const i64 *id = ids.items;
    StepOut step = photos_step_begin(ctx, STEP_REMOVED);
    for (size_t i = 0; i < ids.count; i++)
        if (!remove_one(ctx, id[i], reason, &step))
            return false;
    return photos_step_end(ctx, &step);
}

bool photos_remove_back(Ctx *ctx, const Photo *p)
{
    if (!p->removed_at)
        return true;
    if (p->removed_at + PHOTOS_REMOVED_LIFE <= ctx->now)
        return fault(ctx, FAULT_GONE, "“%s” was removed more than 30 days ago: its file is gone. Upload it again.", p->filename);
    return db_write(ctx, &q_photos_set_back, I(p->id)) && photos_bursts_again(ctx, p->event, p->taken_at) && photos_index(ctx, p->id) &&
           journal(ctx, "photos_photo", p->id, "brought_back");
}

static bool bring_back_one(Ctx *ctx, i64 id)
{
    const Photo *p = photos_to_edit(ctx, id, NONE);
    return p && photos_remove_back(ctx, p);
}

bool photos_bring_back(Ctx *ctx, List ids)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_check_many(ctx, ids))
        return false;
    const i64 *id = ids.items;
    for (size_t i = 0; i < ids.count; i++)
        if (!bring_back_one(ctx, id[i]))
            return false;
    return true;
}

bool photos_unpublish(Ctx *ctx, i64 id, const char *reason)
{
    const Photo *p = people_may(ctx, RIGHT_PHOTOS_PUBLISH) && photos_check_why(ctx, reason) ? photos_seen(ctx, id) : NULL;
    if (!p)
        return false;
    if (p->gone)
        return fault(ctx, FAULT_CONFLICT, "“%s” is out of sight already.", p->filename);
    return photos_take_in(ctx, id, true, reason);
}

bool photos_is_gone(Ctx *ctx, i64 photo)
{
    return db_number(ctx, &q_photos_gone_of, I(photo)) != NONE;
}

bool photos_may_show(Ctx *ctx, i64 photo, i64 made_at)
{
    return !photos_is_gone(ctx, photo) && made_at >= db_number(ctx, &q_photos_gone_before_of, I(photo));
}
