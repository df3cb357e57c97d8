/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_off.c: what citizens must not see any more leaves at once; other changes wait until somebody publishes again. */
#include "desks/photos/keep/photos_keep.h"
#include "photos_keep_queries.h"

/* Everything that has to be true of a child's picture before citizens may see it. */
const char *photos_minors_obstacle(Ctx *ctx, const Photo *p)
{
    switch (p->minors) {
    case MINORS_NONE: return NULL;
    case MINORS_UNREVIEWED: return say(ctx, "Nobody has looked whether minors appear: look, and say so.");
    case MINORS_NEVER: return say(ctx, "It is marked as not to be published.");
    case MINORS_CONSENT: break;
    case MINORS_PIXELATE:
        if (db_number(ctx, &q_photos_boxes_confirmed, I(p->id)) > 0)
            return NULL;
        return say(ctx, "Minors must be made unrecognisable and no box is confirmed: draw one over each face, or confirm those that are proposed.");
    }
    if (db_number(ctx, &q_photos_consents_all, I(p->id)) <= 0)
        return say(ctx, "Minors appear and no consent is kept for this picture: add it, or have them made unrecognisable.");
    if (db_number(ctx, &q_photos_consents_ended, I(p->id), I(ctx->now)) > 0)
        return say(ctx, "A consent of this picture does not hold: it was revoked, has expired, or the child was not asked. Put it right, or have the minors made unrecognisable.");
    return NULL;
}

/* Its galleries say that citizens see something else. */
static bool differs(Ctx *ctx, i64 photo)
{
    i64 galleries, photos;
    return db_change(ctx, &q_photos_recipe_forget, &photos, I(photo)) && db_change(ctx, &q_photos_galleries_differ, &galleries, I(photo));
}

/* What others kept of it shows more than it may from now on. */
static bool outdate(Ctx *ctx, i64 photo)
{
    i64 noted;
    return db_change(ctx, &q_photos_gone_before_set, &noted, I(photo), I(ctx->now));
}

/* What no public copy was ever made of is nowhere: the pages that citizens get need not be made anew. */
bool photos_hide(Ctx *ctx, i64 photo, const char *why)
{
    if (!differs(ctx, photo))
        return false;
    if (db_number(ctx, &q_photos_copied, I(photo)) == NONE)
        return !faulted(ctx);
    return outdate(ctx, photo) && photos_take_in(ctx, photo, true, why);
}

bool photos_changed(Ctx *ctx, const Photo *before)
{
    const Photo *p = photos_row(ctx, before->id);
    if (!p || !differs(ctx, p->id) || !photos_index(ctx, p->id))
        return false;
    bool stricter = p->minors != before->minors && p->minors != MINORS_NONE;
    if (!stricter)
        return true;
    const char *why = photos_minors_obstacle(ctx, p);
    if (!why && p->minors == MINORS_PIXELATE)
        why = say(ctx, "Minors must be made unrecognisable in it.");
    if (faulted(ctx))
        return false;
    return why ? photos_hide(ctx, p->id, why) : true;
}
