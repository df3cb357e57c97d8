/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_publish.c: a gallery goes to the public, and comes back. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

/* ---- out ---- */

static bool queue_missing(Ctx *ctx, i64 id)
{
    const Gallery *g = photos_gallery_row(ctx, id);
    if (!g)
        return false;
    for (const Photo *p = g->items.items, *end = p + g->items.count; p < end; p++)
        if (!p->recipe && !photos_queue_public(ctx, p->id))
            return false;
    return true;
}

static bool begin(Ctx *ctx, const Gallery *g)
{
    i64 marked;
    return db_write(ctx, &q_photos_gallery_set_publishing, I(g->id), I(g->version), I(ctx->now)) &&
           db_change(ctx, &q_photos_gallery_mark, &marked, I(g->id), B(g->watermark)) && journal(ctx, "photos_gallery", g->id, "publishing");
}

bool photos_gallery_publish(Ctx *ctx, i64 id, i64 version)
{
    Gallery *g = people_may(ctx, RIGHT_PHOTOS_PUBLISH) ? photos_gallery_in(ctx, id, version) : NULL;
    if (!g)
        return false;
    const char *why = photos_gallery_obstacle(ctx, g);
    if (why)
        return fault(ctx, FAULT_CONFLICT, "%s", why);
    return !faulted(ctx) && begin(ctx, g) && queue_missing(ctx, id) && photos_gallery_freeze(ctx, id);
}

bool photos_gallery_stop(Ctx *ctx, i64 id, i64 version)
{
    Gallery *g = people_may(ctx, RIGHT_PHOTOS_PUBLISH) ? photos_gallery_in(ctx, id, version) : NULL;
    if (!g)
        return false;
    if (g->state != GALLERY_PUBLISHING)
        return fault(ctx, FAULT_CONFLICT, "This gallery is not being published.");
    return photos_gallery_halt(ctx, id, say(ctx, "Somebody stopped it."));
}

/* ---- back ---- */

bool photos_gallery_unpublish(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_PHOTOS_PUBLISH) || !photos_gallery_check_reason(ctx, reason))
        return false;
    Gallery *g = photos_gallery_in(ctx, id, version);
    if (!g)
        return false;
    if (!photos_gallery_is_public(ctx, id))
        return fault(ctx, FAULT_CONFLICT, "Only what is public is unpublished; a draft is dropped.");
    return photos_gallery_take_down(ctx, id, reason);
}
