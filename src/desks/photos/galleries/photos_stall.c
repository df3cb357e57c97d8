/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_stall.c: a gallery on its way to the public that would wait for ever: the job of a picture was given up, or is gone. */
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
