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

/* Its galleries say that citizens see something else; one that is being published just now waits for copies that fit. */
static bool differs(Ctx *ctx, const Photo *p)
{
    i64 galleries, photos;
    if (!db_change(ctx, &q_photos_recipe_forget, &photos, I(p->id)) || !db_change(ctx, &q_photos_galleries_differ, &galleries, I(p->id)))
        return false;
    bool waits = photos && db_number(ctx, &q_photos_waits, I(p->id)) > 0;
    return waits ? photos_queue_public(ctx, p->id) : !faulted(ctx);
}

/* What others kept of it shows more than it may from now on. */
static bool outdate(Ctx *ctx, i64 photo)
{
    i64 noted;
    return db_change(ctx, &q_photos_gone_before_set, &noted, I(photo), I(ctx->now)) && photos_tell_keepers(ctx, photo);
}

/* What no public copy was ever made of is nowhere, and the pages that citizens get need not be made anew; but a gallery that is
 * being published with it stops. */
bool photos_hide(Ctx *ctx, const Photo *p, bool gone, const char *why)
{
    bool was_out = db_number(ctx, &q_photos_copied, I(p->id)) != NONE, waits = db_number(ctx, &q_photos_waits, I(p->id)) > 0;
    if (faulted(ctx))
        return false;
    if (was_out)
        return outdate(ctx, p->id) && photos_take_in(ctx, p->id, gone, why);
    return !waits || photos_take_in(ctx, p->id, false, why);
}

bool photos_changed(Ctx *ctx, const Photo *before)
{
    const Photo *p = photos_row(ctx, before->id);
    if (!p || !differs(ctx, p) || !photos_index(ctx, p->id))
        return false;
    if (p->minors == before->minors || p->minors == MINORS_NONE)
        return true;
    const char *why = photos_minors_obstacle(ctx, p);
    if (why)
        return photos_hide(ctx, p, p->minors != MINORS_PIXELATE, why);
    return faulted(ctx) ? false : p->minors != MINORS_PIXELATE || photos_hide(ctx, p, false, say(ctx, "Minors must be made unrecognisable in it."));
}
