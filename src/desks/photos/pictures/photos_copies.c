/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_copies.c: copies are noted once, and those that citizens will get are queued. */
#include "desks/photos/pictures/photos_pictures.h"
#include "photos_picture_queries.h"

bool photos_note_copies(Ctx *ctx, i64 photo, const char *recipe, List copies)
{
    i64 added;
    for (const MediaCopy *c = copies.items, *end = c + copies.count; c < end; c++)
        if (!db_change(ctx, &q_photos_copy_add, &added, I(photo), T(recipe), T(c->variant), T(c->sha256), T(c->type), I(c->width), I(c->height),
                       I(c->size), I(c->crc)))
            return false;
    return !faulted(ctx);
}

bool photos_copied(Ctx *ctx, i64 photo, const char *recipe)
{
    return photos_are_all(photos_copies(ctx, photo, recipe));
}

const char *photos_job_payload(Ctx *ctx, i64 photo)
{
    return arena_printf(ctx->arena, "{\"photo\":\"%s\"}", id_text(ctx->arena, photo));
}

i64 photos_job_photo(Ctx *ctx, const Job *job)
{
    const Json *payload = json_read(ctx, job->payload, strlen(job->payload));
    const char *text = json_text_of(json_get(payload, "photo"));
    i64 photo = 0;
    return text && id_parse(text, &photo) ? photo : 0;
}

/* The recipe is in the key: while one is made, another may wait. */
static const char *key_of(Ctx *ctx, i64 photo, const char *recipe)
{
    return arena_printf(ctx->arena, "photos_public:%s:%s", id_text(ctx->arena, photo), recipe);
}

const char *photos_public_key(Ctx *ctx, i64 photo)
{
    const Photo *p = photos_row(ctx, photo);
    const char *recipe = p ? photos_recipe(ctx, p, photos_boxes(ctx, photo)) : NULL;
    return recipe && !faulted(ctx) ? key_of(ctx, photo, recipe) : NULL;
}

/* Copies that are there already are taken at once. */
bool photos_queue_public(Ctx *ctx, i64 photo)
{
    i64 job;
    const Photo *p = photos_row(ctx, photo);
    const char *recipe = p ? photos_recipe(ctx, p, photos_boxes(ctx, photo)) : NULL;
    if (!recipe || faulted(ctx))
        return false;
    if (photos_copied(ctx, photo, recipe))
        return db_write(ctx, &q_photos_set_recipe, I(photo), T(recipe));
    return queue_add(ctx, "photos_public", key_of(ctx, photo, recipe), photos_job_payload(ctx, photo), ctx->now, &job);
}
