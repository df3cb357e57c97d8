/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_keepers.c: who keeps copies of a photo in other records hears when it may be shown no more, or again. */
#include "desks/photos/galleries/photos_galleries.h"
#include "store/queue.h"
#include "photos_gallery_queries.h"

const char *photos_kept_key(Ctx *ctx, i64 photo)
{
    return arena_printf(ctx->arena, "%s:%s", PHOTOS_KEPT_JOB, id_text(ctx->arena, photo));
}

bool photos_tell_keepers(Ctx *ctx, i64 photo)
{
    i64 job;
    if (db_number(ctx, &q_photos_kept, I(photo)) == NONE)
        return !faulted(ctx);
    const char *payload = arena_printf(ctx->arena, "{\"photo\":\"%s\"}", id_text(ctx->arena, photo));
    return queue_add(ctx, PHOTOS_KEPT_JOB, photos_kept_key(ctx, photo), payload, ctx->now, &job);
}
