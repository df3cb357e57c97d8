/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_ready.c: the job that makes what citizens get of a picture; the last one of a gallery lets it go out. */
#include "desks/photos/pictures/photos_jobs.h"
#include "photos_picture_queries.h"

/* What was made, and of what. */
typedef struct Made {
    const char *recipe, *trouble;
    List copies;
} Made;

static bool make(Ctx *ctx, const Job *job, const Photo *p, List boxes, Made *made)
{
    made->recipe = photos_recipe(ctx, p, boxes);
    if (photos_copied(ctx, p->id, made->recipe))
        return !faulted(ctx);
    const JobTools *tools = job->tools;
    return photos_make(ctx, tools ? tools->media : NULL, tools ? tools->vault : NULL, p, boxes, made->recipe, &made->copies);
}

bool photos_public_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    Made *made = arena_new_of(ctx->arena, Made);
    const Photo *p = db_maybe(ctx, &q_photos_to_make, &photos_shape, I(photos_job_photo(ctx, job)));
    if (!p)
        return !faulted(ctx); /* it was removed, or cannot be read */
    *prepared_out = made;
    if (make(ctx, job, p, photos_boxes(ctx, p->id), made))
        return true;
    if (ctx->fault.kind != FAULT_INVALID && ctx->fault.kind != FAULT_NOT_FOUND)
        return false;
    made->trouble = arena_printf(ctx->arena, "%s: %s", p->filename, fault_take(ctx).what);
    return true;
}

/* Somebody changed it meanwhile: these copies may serve once; those that fit are made next. */
static bool fits(Ctx *ctx, const Photo *p, const Made *made)
{
    return text_same(photos_recipe(ctx, p, photos_boxes(ctx, p->id)), made->recipe);
}

bool photos_public_apply(Ctx *ctx, const Job *job, void *prepared)
{
    const Made *made = prepared;
    const Photo *p = made ? db_maybe(ctx, &q_photos_to_make, &photos_shape, I(photos_job_photo(ctx, job))) : NULL;
    if (!p)
        return !faulted(ctx);
    if (made->trouble)
        return photos_cannot_be_read(ctx, p, made->trouble) && photos_galleries_go_on(ctx, p->id);
    if (!photos_note_copies(ctx, p->id, made->recipe, made->copies))
        return false;
    if (!fits(ctx, p, made))
        return !faulted(ctx) && photos_queue_public(ctx, p->id);
    return db_write(ctx, &q_photos_set_recipe, I(p->id), T(made->recipe)) && photos_galleries_go_on(ctx, p->id);
}
