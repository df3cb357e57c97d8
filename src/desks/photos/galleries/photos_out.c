/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_out.c: one picture becomes public, or is taken in from wherever it is shown.
 *
 * A picture is public exactly while photos_public has it, and photos_public has it only while a public gallery shows it.
 * These tables are public: every write to them drops the pages that the server keeps in memory, so that what was
 * taken in is gone with the next request. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

typedef struct GalleryNumber {
    i64 id;
} GalleryNumber;
_Static_assert(sizeof(GalleryNumber) == sizeof(i64), "a list of them is one of i64");
static const Field number_fields[] = {FIELD_ID(GalleryNumber, id)};
static const Shape number_shape = SHAPE("number", GalleryNumber, number_fields);

static bool is_public(Ctx *ctx, i64 photo)
{
    return db_number(ctx, &q_photos_out_is, I(photo)) > 0;
}

/* ---- out ---- */

bool photos_put_out(Ctx *ctx, const Photo *p, const char *name)
{
    bool is_new = !is_public(ctx, p->id);
    i64 changed, back;
    if (!p->recipe || text_blank(p->alt) || text_blank(p->credit))
        return fault(ctx, FAULT_BROKEN, "a photo is published without copies, alternative text or credit");
    if (!db_change(ctx, &q_photos_out_put, &changed, I(p->id), T(p->recipe), T(name), T(p->headline), T(p->caption), T(p->people),
                   T(p->alt), T(p->credit), T(p->place), I(p->event), I(p->taken_at), I(p->width), I(p->height), T(p->thumbhash),
                   I(p->focal_x), I(p->focal_y), I(ctx->now)) ||
        !db_change(ctx, &q_photos_gone_drop, &back, I(p->id)) || (back && !photos_tell_keepers(ctx, p->id)))
        return false;
    return (!changed || photos_index(ctx, p->id)) && (!is_new || journal(ctx, "photos_photo", p->id, "published"));
}

/* ---- in ---- */

static bool leave(Ctx *ctx, i64 photo, const char *why)
{
    return db_write(ctx, &q_photos_out_drop, I(photo)) && photos_index(ctx, photo) &&
           journal_detail(ctx, "photos_photo", photo, "unpublished", why);
}

bool photos_leave_public(Ctx *ctx, i64 photo, const char *why)
{
    if (db_number(ctx, &q_photos_out_elsewhere, I(photo)) > 0 || !is_public(ctx, photo))
        return !faulted(ctx);
    return leave(ctx, photo, why);
}

bool photos_gallery_take_down(Ctx *ctx, i64 gallery, const char *reason)
{
    List photos = db_list(ctx, &q_photos_out_items, &number_shape, I(gallery));
    i64 withdrawn, cleared;
    if (!db_change(ctx, &q_photos_out_gallery_withdraw, &withdrawn, I(gallery), I(ctx->now), T(reason)) ||
        !db_change(ctx, &q_photos_out_items_clear, &cleared, I(gallery)))
        return false;
    for (const i64 *photo = photos.items, *end = photo + photos.count; photo < end; photo++)
        if (!photos_leave_public(ctx, *photo, reason))
            return false;
    return db_write(ctx, &q_photos_gallery_set_unpublished, I(gallery), I(ctx->now), T(reason)) && photos_gallery_index(ctx, gallery) &&
           journal_detail(ctx, "photos_gallery", gallery, "unpublished", reason);
}

/* Galleries that lost a picture: what the search says of them is written once, when all pictures are out. */
typedef struct Touched {
    i64 *ids;
    size_t n, room;
} Touched;

static void touch(Ctx *ctx, Touched *t, i64 gallery)
{
    if (photos_is_among((List){t->ids, t->n}, gallery))
        return;
    if (t->n == t->room) {
        t->room = t->room ? 2 * t->room : 16;
        i64 *more = arena_array(ctx->arena, i64, t->room);
        if (t->n)
            memcpy(more, t->ids, t->n * sizeof *more);
        t->ids = more;
    }
    t->ids[t->n++] = gallery;
}

static bool index_touched(Ctx *ctx, const Touched *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (!photos_gallery_index(ctx, t->ids[i]))
            return false;
    return !faulted(ctx);
}

/* Its place is closed; a gallery that is empty now is no gallery. */
static bool out_of_public(Ctx *ctx, i64 gallery, i64 photo, Touched *touched)
{
    i64 place = db_number(ctx, &q_photos_out_position, I(gallery), I(photo)), moved;
    if (!db_write(ctx, &q_photos_out_item_drop, I(gallery), I(photo)) ||
        !db_change(ctx, &q_photos_out_lift, &moved, I(gallery), I(place)) || !db_change(ctx, &q_photos_out_close, &moved, I(gallery)) ||
        !db_write(ctx, &q_photos_out_gallery_recount, I(gallery), I(photo), I(ctx->now)))
        return false;
    touch(ctx, touched, gallery);
    if (db_number(ctx, &q_photos_out_gallery_photos, I(gallery)) > 0)
        return !faulted(ctx);
    return photos_gallery_take_down(ctx, gallery, tongue_say(TONGUE_ES, N_("All of its photos were withdrawn.")));
}

/* At the desk too: what is published again must have been put there again by somebody. */
static bool out_of_desk(Ctx *ctx, i64 gallery, i64 photo, Touched *touched)
{
    touch(ctx, touched, gallery);
    i64 place = db_number(ctx, &q_photos_gallery_position, I(gallery), I(photo)), moved;
    return db_write(ctx, &q_photos_gallery_photo_drop, I(gallery), I(photo)) &&
           db_change(ctx, &q_photos_gallery_close, &moved, I(gallery), I(place)) &&
           db_write(ctx, &q_photos_gallery_lost, I(gallery), I(photo), I(ctx->now)) && journal(ctx, "photos_gallery", gallery, "photo_lost");
}

static bool from_desk(Ctx *ctx, i64 photo, bool gone, const char *why, Touched *touched)
{
    List galleries = db_list(ctx, &q_photos_gallery_with, &number_shape, I(photo));
    for (const i64 *gallery = galleries.items, *end = gallery + galleries.count; gallery < end; gallery++) {
        if (!photos_gallery_halt(ctx, *gallery, why))
            return false;
        if (!(gone ? out_of_desk(ctx, *gallery, photo, touched) : db_write(ctx, &q_photos_gallery_differs, I(*gallery), I(ctx->now))))
            return false;
    }
    return !faulted(ctx);
}

static bool from_public(Ctx *ctx, i64 photo, Touched *touched)
{
    List galleries = db_list(ctx, &q_photos_out_galleries_of, &number_shape, I(photo));
    for (const i64 *gallery = galleries.items, *end = gallery + galleries.count; gallery < end; gallery++)
        if (!out_of_public(ctx, *gallery, photo, touched))
            return false;
    return !faulted(ctx);
}

static bool take_in(Ctx *ctx, i64 photo, bool gone, const char *reason, Touched *touched)
{
    bool was_public = is_public(ctx, photo);
    i64 newly = 0, dropped;
    if (gone && (!db_change(ctx, &q_photos_gone_add, &newly, I(photo), I(ctx->now), T(reason)) || (newly && !photos_tell_keepers(ctx, photo))))
        return false;
    if (was_public && (!from_public(ctx, photo, touched) || !db_change(ctx, &q_photos_out_drop, &dropped, I(photo))))
        return false;
    if (!from_desk(ctx, photo, gone, reason, touched))
        return false;
    if (!was_public && !newly)
        return !faulted(ctx);
    return photos_index(ctx, photo) && journal_detail(ctx, "photos_photo", photo, "unpublished", reason);
}

bool photos_take_in_all(Ctx *ctx, List photos, bool gone, const char *reason)
{
    Touched touched = {0};
    for (const i64 *photo = photos.items, *end = photo + photos.count; photo < end; photo++)
        if (!take_in(ctx, *photo, gone, reason, &touched))
            return false;
    return index_touched(ctx, &touched);
}

bool photos_take_in(Ctx *ctx, i64 photo, bool gone, const char *reason)
{
    return photos_take_in_all(ctx, (List){&photo, 1}, gone, reason);
}
