/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_ready.c: a picture that is wanted at once: its copies are made now and not by the job. */
#include "desks/press/pictures/press_pictures.h"
#include "media/media.h"
#include "store/db.h"
#include "press_picture_queries.h"

/* What was made of the same picture for another release. */
static bool take_twin(Ctx *ctx, const ReleaseFile *twin, PictureFound *found)
{
    List copies = press_copies(ctx, twin->id);
    *found = (PictureFound){.width = twin->width, .height = twin->height, .look = twin->look};
    for (const PictureCopy *c = copies.items, *end = c + copies.count; c < end && found->count < COUNT(found->copies); c++)
        found->copies[found->count++] = *c;
    return !faulted(ctx);
}

bool press_file_ready(Ctx *ctx, Media *media, Vault *vault, i64 file)
{
    PictureFound found;
    const ReleaseFile *f = db_maybe(ctx, &q_press_picture_file, &press_file_shape, I(file));
    if (!f || !press_is_picture(f->type))
        return !faulted(ctx);
    const ReleaseFile *twin = db_maybe(ctx, &q_press_picture_twin, &press_file_shape, T(f->sha256), I(file));
    bool made = twin ? take_twin(ctx, twin, &found) : press_picture_make(ctx, media, vault, f->sha256, NULL, (List){0}, &found);
    return made && !faulted(ctx) && press_picture_note(ctx, file, &found, false);
}
