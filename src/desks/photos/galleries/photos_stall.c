/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_stall.c: a gallery on its way to the public that would wait for ever: the job of a picture was given up, or is gone; and all
 * that stands in a gallery's way, for programs. */
#include "desks/photos/galleries/photos_galleries.h"
#include "store/queue.h"

enum { DEAD_LOOKED_AT = 500 };

static const char *why_given_up(List dead, const char *key)
{
    for (const Job *job = dead.items, *end = job + dead.count; job < end; job++)
        if (text_same(job->key, key))
            return job->error;
    return NULL;
}

/* Nobody makes its copies: no job of it waits or is being done. */
static bool is_left(Ctx *ctx, const Photo *p, List dead, GalleryStall *stall)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    const char *key = photos_public_key(ctx, p->id);
    if (!key || queue_waits(ctx, key) || faulted(ctx))
        return false;
    if (!stall->why)
        stall->why = why_given_up(dead, key);
    return true;
}

/* When all copies are there and it is not out, nobody let it out either. */
GalleryStall photos_gallery_stall(Ctx *ctx, const Gallery *g)
{
    GalleryStall stall = {0};
    if (g->state != GALLERY_PUBLISHING)
        return stall;
    List dead = queue_dead(ctx, DEAD_LOOKED_AT);
    i64 missing = 0;
    for (const Photo *p = g->items.items, *end = p + g->items.count; p < end; p++)
        if (!p->recipe) {
            missing++;
            stall.photos += is_left(ctx, p, dead, &stall);
        }
    stall.stalled = !faulted(ctx) && (stall.photos || !missing);
    return stall;
}

/* ---- in words ---- */

const char *photos_stall_said(Ctx *ctx, const GalleryStall *stall)
{
    const i64 n = stall->photos;
    if (!n)
        return say(ctx, "All copies are made, but nobody let it out.");
    return arena_printf(ctx->arena, say_n(ctx, "The copies of %" PRId64 " photo could not be made, and nobody tries any more.",
                                          "The copies of %" PRId64 " photos could not be made, and nobody tries any more.", n), n);
}

static GalleryTrouble stalled(Ctx *ctx, const GalleryStall *stall)
{
    const char *message = arena_printf(ctx->arena, "%s %s", say(ctx, "It does not get on by itself."), photos_stall_said(ctx, stall));
    return (GalleryTrouble){.kind = TROUBLE_STALLED, .photos = stall->photos, .message = message, .why = stall->why};
}

/* Of each picture what stands against it; gives how many there are. */
static size_t find_obstacles(Ctx *ctx, const Gallery *g, List *found)
{
    const Photo *p = g->items.items;
    size_t n = 0;
    for (size_t i = 0; i < g->items.count; i++) {
        found[i] = photos_obstacles(ctx, &p[i]);
        n += found[i].count;
    }
    return n;
}

List photos_gallery_trouble(Ctx *ctx, const Gallery *g)
{
    List *found = arena_array(ctx->arena, List, g->items.count + 1);
    GalleryTrouble *all = arena_array(ctx->arena, GalleryTrouble, find_obstacles(ctx, g, found) + 1);
    const GalleryStall stall = photos_gallery_stall(ctx, g);
    const Photo *p = g->items.items;
    size_t n = 0;
    if (stall.stalled)
        all[n++] = stalled(ctx, &stall);
    for (size_t i = 0; i < g->items.count; i++)
        for (size_t k = 0; k < found[i].count; k++)
            all[n++] = (GalleryTrouble){.kind = TROUBLE_OBSTACLE, .photo = p[i].id, .photos = NONE,
                                        .message = ((const char *const *)found[i].items)[k]};
    return (List){all, n};
}
