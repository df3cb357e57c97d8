/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery.c: galleries are begun, worded, filled, ordered and dropped; nothing of it is public by itself. */
#include "desks/photos/galleries/photos_galleries.h"
#include "store/search.h"
#include "photos_gallery_queries.h"

/* ---- its pictures ---- */

static bool put_photos(Ctx *ctx, i64 gallery, List photos)
{
    i64 position = 1, cleared;
    if (!db_change(ctx, &q_photos_gallery_photo_clear, &cleared, I(gallery)))
        return false;
    for (const i64 *photo = photos.items, *end = photo + photos.count; photo < end; photo++)
        if (!db_write(ctx, &q_photos_gallery_photo_add, I(gallery), I(*photo), I(position++)))
            return false;
    return true;
}

static bool same(List one, List other)
{
    return one.count == other.count && (!one.count || !memcmp(one.items, other.items, one.count * sizeof(i64)));
}

/* ---- a new one ---- */

static bool add(Ctx *ctx, i64 id, const GalleryDraft *d)
{
    const char *slug = photos_gallery_slug(ctx, d->title, d->event, ctx->now, NULL);
    return db_write(ctx, &q_photos_gallery_add, I(id), T(slug), T(d->title), T(d->lead), I_OR_NULL(d->event), I_OR_NULL(d->cover),
                    B(d->watermark), I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           put_photos(ctx, id, d->photos);
}

bool photos_gallery_add(Ctx *ctx, const GalleryDraft *draft, i64 *id_out)
{
    GalleryDraft d = *draft;
    i64 id = id_new(ctx->now);
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_gallery_check(ctx, &d, 0) || !photos_gallery_check_photos(ctx, d.photos, (List){0}) ||
        !photos_gallery_check_cover(ctx, d.photos, d.cover) || !add(ctx, id, &d) || !photos_gallery_index(ctx, id) ||
        !journal(ctx, "photos_gallery", id, "created"))
        return false;
    *id_out = id;
    return true;
}

/* ---- changed ---- */

/* What was public keeps its address. */
static const char *slug_after(Ctx *ctx, const Gallery *before, const GalleryDraft *d)
{
    if (before->published_at)
        return before->slug;
    return photos_gallery_slug(ctx, d->title, d->event, before->at, before->slug);
}

static bool is_same(const Gallery *before, const GalleryDraft *d)
{
    return text_same(before->title, d->title) && text_same(before->lead, d->lead) && before->event == d->event &&
           before->cover == d->cover && before->watermark == d->watermark;
}

static bool set(Ctx *ctx, const Gallery *before, const GalleryDraft *d)
{
    return db_write(ctx, &q_photos_gallery_set, I(before->id), I(before->version), T(slug_after(ctx, before, d)), T(d->title), T(d->lead),
                    I_OR_NULL(d->event), I_OR_NULL(d->cover), B(d->watermark), I(ctx->now)) &&
           photos_gallery_index(ctx, before->id) && journal(ctx, "photos_gallery", before->id, "changed");
}

bool photos_gallery_change(Ctx *ctx, i64 id, i64 version, const GalleryDraft *draft)
{
    GalleryDraft d = *draft;
    Gallery *before = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery_still(ctx, id, version) : NULL;
    if (!before)
        return false;
    List ids = photos_gallery_ids(ctx, id);
    List after = d.photos.items ? d.photos : ids;
    if (!photos_gallery_check(ctx, &d, before->event) || !photos_gallery_check_photos(ctx, after, ids) ||
        !photos_gallery_check_cover(ctx, after, d.cover))
        return false;
    if (is_same(before, &d) && same(ids, after))
        return true;
    return (same(ids, after) || put_photos(ctx, id, after)) && set(ctx, before, &d);
}

bool photos_gallery_order(Ctx *ctx, i64 id, i64 version, List photos)
{
    Gallery *before = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery_still(ctx, id, version) : NULL;
    if (!before)
        return false;
    List ids = photos_gallery_ids(ctx, id);
    i64 taken;
    if (!photos_gallery_check_photos(ctx, photos, ids))
        return false;
    if (same(ids, photos))
        return true;
    return put_photos(ctx, id, photos) && db_change(ctx, &q_photos_gallery_set_cover, &taken, I(id)) &&
           db_write(ctx, &q_photos_gallery_touch, I(id), I(before->version), I(ctx->now)) &&
           journal(ctx, "photos_gallery", id, photos.count == ids.count ? "ordered" : "filled");
}

/* ---- dropped ---- */

bool photos_gallery_drop(Ctx *ctx, i64 id, i64 version)
{
    Gallery *g = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery_still(ctx, id, version) : NULL;
    i64 cleared;
    if (!g)
        return false;
    if (g->published_at)
        return fault(ctx, FAULT_CONFLICT, "This gallery was public: it is unpublished, not dropped, so that its address says why.");
    return db_change(ctx, &q_photos_gallery_photo_clear, &cleared, I(id)) &&
           db_write(ctx, &q_photos_gallery_drop, I(id), I(g->version)) && search_remove(ctx, "photos_gallery", id) &&
           journal_detail(ctx, "photos_gallery", id, "dropped", g->title);
}
