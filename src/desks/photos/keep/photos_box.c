/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_box.c: what is made unrecognisable: the machine proposes, a person draws and decides. */
#include "desks/photos/keep/photos_keep.h"
#include "photos_keep_queries.h"

static bool check(Ctx *ctx, const PhotoBox *b)
{
    const i64 all = PHOTOS_SCALE;
    if (b->width < 1 || b->height < 1)
        return fault_field(ctx, "width", "The box has no size: draw it over the face.");
    if (b->x < 0 || b->y < 0 || b->x > all || b->y > all || b->width > all - b->x || b->height > all - b->y)
        return fault_field(ctx, "x", "The box must lie inside the picture.");
    return true;
}

static Photo *photo_of(Ctx *ctx, i64 photo)
{
    Photo *p = photos_to_edit(ctx, photo, NONE);
    if (p && p->removed_at)
        return fault(ctx, FAULT_CONFLICT, "“%s” was removed: bring it back first.", p->filename);
    return p;
}

static const PhotoBox *box_of(Ctx *ctx, i64 id, Photo **photo_out)
{
    const PhotoBox *b = people_may(ctx, RIGHT_PHOTOS_EDIT) ? db_one(ctx, &q_photos_box_row, &photos_box_shape, I(id)) : NULL;
    Photo *p = b ? photo_of(ctx, b->photo) : NULL;
    if (!p)
        return NULL;
    *photo_out = p;
    return b;
}

/* more: what citizens may see now shows something that a person wants hidden. */
static bool noted(Ctx *ctx, const Photo *p, const char *verb, bool more)
{
    if (!db_write(ctx, &q_photos_touch, I(p->id)) || !photos_changed(ctx, p) || !journal(ctx, "photos_photo", p->id, verb))
        return false;
    return !more || p->minors != MINORS_PIXELATE || photos_hide(ctx, p, false, say(ctx, "More must be made unrecognisable in it."));
}

static bool write_box(Ctx *ctx, const PhotoBox *b)
{
    return db_write(ctx, &q_photos_box_set, I(b->id), W(photos_box_words, b->state), I(b->x), I(b->y), I(b->width), I(b->height),
                    I_OR_NULL(ctx->actor->id), I(ctx->now));
}

bool photos_box_add(Ctx *ctx, i64 photo, const PhotoBox *b, i64 *id_out)
{
    Photo *p = photo_of(ctx, photo);
    i64 id = id_new(ctx->now);
    if (!p || !check(ctx, b))
        return false;
    if (p->state != PHOTO_READY)
        return fault(ctx, FAULT_CONFLICT, "The picture is still being looked at: wait a moment.");
    if (db_number(ctx, &q_photos_box_count, I(photo)) >= PHOTOS_BOXES_MAX)
        return fault_field(ctx, "x", "A picture has at most %d boxes.", PHOTOS_BOXES_MAX);
    if (!db_write(ctx, &q_photos_box_insert, I(id), I(photo), W(photos_box_words, BOX_CONFIRMED), I(b->x), I(b->y), I(b->width), I(b->height),
                  I_OR_NULL(ctx->actor->id), I(ctx->now)) ||
        !noted(ctx, p, "box_added", true))
        return false;
    *id_out = id;
    return true;
}

/* Whoever puts it elsewhere wants it. */
bool photos_box_change(Ctx *ctx, i64 id, const PhotoBox *draft)
{
    Photo *p;
    const PhotoBox *b = box_of(ctx, id, &p);
    if (!b || !check(ctx, draft))
        return false;
    PhotoBox next = *b;
    next.x = draft->x;
    next.y = draft->y;
    next.width = draft->width;
    next.height = draft->height;
    next.state = BOX_CONFIRMED;
    return write_box(ctx, &next) && noted(ctx, p, "box_changed", true);
}

bool photos_box_decide(Ctx *ctx, i64 id, BoxState state)
{
    Photo *p;
    const PhotoBox *b = box_of(ctx, id, &p);
    if (!b)
        return false;
    if (b->state == state)
        return true;
    PhotoBox next = *b;
    next.state = state;
    return write_box(ctx, &next) && noted(ctx, p, state == BOX_CONFIRMED ? "box_confirmed" : "box_rejected", state == BOX_CONFIRMED);
}

bool photos_box_remove(Ctx *ctx, i64 id)
{
    Photo *p;
    const PhotoBox *b = box_of(ctx, id, &p);
    return b && db_write(ctx, &q_photos_box_drop, I(id)) && noted(ctx, p, "box_removed", false);
}
