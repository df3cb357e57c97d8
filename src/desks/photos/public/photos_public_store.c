/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_store.c: what citizens may see of pictures, out of rows: frozen tables and the copies that they name. */
#include "desks/photos/public/photos_public.h"
#include "store/db.h"
#include "photos_public_queries.h"

static const Span ever = {INT64_MIN, INT64_MAX};

static const char *absolute(Ctx *ctx, Url path)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path.s);
}

/* image/jpeg is jpeg. */
static void with_address(Ctx *ctx, Rendition *r)
{
    const char *slash = r->type ? strchr(r->type, '/') : NULL;
    r->format = slash ? slash + 1 : r->type;
    r->url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, photos_medium_path(ctx->arena, r->photo, r->recipe, r->variant));
}

static List addressed(Ctx *ctx, List copies)
{
    for (Rendition *r = (Rendition *)copies.items, *end = r + copies.count; r < end; r++)
        with_address(ctx, r);
    return copies;
}

/* ---- galleries ---- */

/* Of what was withdrawn nothing is said but that it was. */
static void keep_notice_only(PublicGallery *g)
{
    if (!g->withdrawn_at)
        return;
    g->lead = g->event_title = g->event_slug = NULL;
    g->event = g->cover = 0;
    g->photos = NONE;
    g->picture = (PublicPhoto){0};
}

/* A cover that is gone meanwhile leaves its place empty. */
static void complete(Ctx *ctx, PublicGallery *g)
{
    PublicPhoto *p = &g->picture;
    keep_notice_only(g);
    g->url = absolute(ctx, photos_gallery_url(ctx->arena, g, NULL));
    p->taken_at = p->published_at = p->changed_at = 0;
    p->position = NONE;
    if (!p->id) {
        p->width = p->height = p->focal_x = p->focal_y = NONE;
        return;
    }
    p->url = absolute(ctx, photos_picture_url(ctx->arena, g, p->id));
    p->download = absolute(ctx, photos_download_url(ctx->arena, p, "press.jpg"));
}

static List completed(Ctx *ctx, List galleries)
{
    for (PublicGallery *g = (PublicGallery *)galleries.items, *end = g + galleries.count; g < end; g++) {
        complete(ctx, g);
        g->cover = g->picture.id;
    }
    return galleries;
}

List photos_public_by_span(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit)
{
    i64 at = after_id ? after_at : INT64_MAX, id = after_id ? after_id : INT64_MAX;
    i64 to = after_id && after_at < span.to ? after_at + 1 : span.to; /* nothing younger is looked at */
    return completed(ctx, db_list(ctx, &q_photos_public_listed, &photos_public_gallery_shape, I(span.from), I(to), I(at), I(id), I(limit)));
}

List photos_public_galleries(Ctx *ctx, i64 event, i64 after_at, i64 after_id, i64 limit)
{
    i64 at = after_id ? after_at : INT64_MAX, id = after_id ? after_id : INT64_MAX;
    if (!event)
        return photos_public_by_span(ctx, ever, after_at, after_id, limit);
    return completed(ctx, db_list(ctx, &q_photos_public_listed_of, &photos_public_gallery_shape, I(event), I(at), I(id), I(limit)));
}

static i64 or_none(i64 n)
{
    return n == NONE ? 0 : n;
}

i64 photos_public_count_of(Ctx *ctx, Span span)
{
    return or_none(db_number(ctx, &q_photos_public_counted, I(span.from), I(span.to)));
}

i64 photos_public_count(Ctx *ctx, i64 event)
{
    return event ? or_none(db_number(ctx, &q_photos_public_counted_of, I(event))) : photos_public_count_of(ctx, ever);
}

i64 photos_public_oldest(Ctx *ctx)
{
    return or_none(db_number(ctx, &q_photos_public_oldest));
}

List photos_public_changed(Ctx *ctx, i64 limit)
{
    return completed(ctx, db_list(ctx, &q_photos_public_changed, &photos_public_gallery_shape, I(limit)));
}

/* ---- one, with its pictures ---- */

PublicGallery *photos_public_head(Ctx *ctx, const char *slug)
{
    const PublicGallery *found = db_maybe(ctx, &q_photos_public_by_slug, &photos_public_gallery_shape, T(slug));
    if (!found)
        return faulted(ctx) ? NULL : fault(ctx, FAULT_NOT_FOUND, "there is no such gallery");
    PublicGallery *g = (PublicGallery *)found;
    complete(ctx, g);
    return g;
}

bool photos_public_fill(Ctx *ctx, PublicGallery *g)
{
    List items = db_list(ctx, &q_photos_public_items, &photos_public_shape, I(g->id));
    i64 position = 0;
    for (PublicPhoto *p = (PublicPhoto *)items.items, *end = p + items.count; p < end; p++) {
        p->position = ++position; /* what is gone leaves no gap */
        p->url = absolute(ctx, photos_picture_url(ctx->arena, g, p->id));
        p->download = absolute(ctx, photos_download_url(ctx->arena, p, "press.jpg"));
        if (p->id == g->cover)
            g->picture = *p;
    }
    if (items.count && !g->picture.id)
        g->picture = *(const PublicPhoto *)items.items;
    g->items = items;
    g->cover = g->picture.id;
    g->photos = (i64)items.count;
    return !faulted(ctx);
}

/* Both lists are in the gallery's order. */
bool photos_public_fill_copies(Ctx *ctx, PublicGallery *g)
{
    if (!photos_public_fill(ctx, g))
        return false;
    List copies = addressed(ctx, db_list(ctx, &q_photos_public_copies, &photos_rendition_shape, I(g->id)));
    const Rendition *r = copies.items, *end = r + copies.count;
    for (PublicPhoto *p = (PublicPhoto *)g->items.items, *last = p + g->items.count; p < last; p++) {
        const Rendition *from = r;
        while (r < end && r->photo == p->id)
            r++;
        p->renditions = (List){from, (size_t)(r - from)};
    }
    return !faulted(ctx);
}

const PublicGallery *photos_public_gallery(Ctx *ctx, const char *slug)
{
    PublicGallery *g = photos_public_head(ctx, slug);
    if (!g || g->withdrawn_at)
        return g;
    return photos_public_fill_copies(ctx, g) ? g : NULL;
}

List photos_public_variant(Ctx *ctx, i64 gallery, const char *variant)
{
    return db_list(ctx, &q_photos_public_copies_named, &photos_rendition_shape, I(gallery), T(variant));
}

/* ---- one picture ---- */

const PublicPhoto *photos_public_one(Ctx *ctx, i64 photo)
{
    return db_maybe(ctx, &q_photos_public_one, &photos_public_shape, I(photo));
}

bool photos_public_was(Ctx *ctx, i64 photo)
{
    return db_number(ctx, &q_photos_public_is_gone, I(photo)) == 1 || db_number(ctx, &q_photos_public_was, I(photo), T(PHOTOS_DESK)) == 1;
}

const Rendition *photos_public_copy(Ctx *ctx, i64 photo, const char *variant)
{
    const PublicPhoto *p = photos_public_one(ctx, photo);
    if (!p && !faulted(ctx))
        return photos_public_was(ctx, photo) ? fault(ctx, FAULT_GONE, "this picture was withdrawn") : fault(ctx, FAULT_NOT_FOUND, "there is no such picture");
    const Rendition *copy = p ? db_maybe(ctx, &q_photos_public_copy, &photos_rendition_shape, I(photo), T(p->recipe), T(variant)) : NULL;
    if (!copy)
        return faulted(ctx) ? NULL : fault(ctx, FAULT_NOT_FOUND, "there is no such copy of this picture");
    with_address(ctx, (Rendition *)copy);
    return copy;
}

/* ---- for crawlers ---- */

List photos_public_addresses(Ctx *ctx, i64 limit)
{
    return db_list(ctx, &q_photos_public_addresses, &photos_public_gallery_shape, I(INT64_MAX), I(INT64_MAX), I(limit));
}
