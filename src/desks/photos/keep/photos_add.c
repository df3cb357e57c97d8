/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_add.c: a picture comes in, once for each event, and is looked at by a job. */
#include "desks/photos/keep/photos_keep.h"
#include "store/queue.h"
#include "photos_queries.h"

static bool check(Ctx *ctx, const PhotoDraft *d)
{
    if (!d->sha256 || strlen(d->sha256) != 64)
        return fault_field(ctx, "file", "Choose the picture.");
    if (d->size <= 0)
        return fault_field(ctx, "file", "The file is empty: take it from the camera again.");
    if (d->size > PHOTOS_FILE_MAX)
        return fault_field(ctx, "file", "A picture is at most %d MB.", (int)(PHOTOS_FILE_MAX / (1024 * 1024)));
    if (text_blank(d->filename))
        return fault_field(ctx, "filename", "The file needs a name.");
    return photos_check_line(ctx, "filename", d->filename, PHOTOS_NAME_MAX) && photos_check_event(ctx, d->event, d->coverage);
}

static bool queue_look(Ctx *ctx, i64 photo)
{
    i64 job;
    const char *id = id_text(ctx->arena, photo);
    return queue_add(ctx, "photos_look", arena_printf(ctx->arena, "photos_look:%s", id), arena_printf(ctx->arena, "{\"photo\":\"%s\"}", id),
                     ctx->now, &job);
}

/* Its words, marks and consents are those that it had; what somebody took away is there again. */
static bool came_again(Ctx *ctx, const Photo *p, const PhotoDraft *d)
{
    i64 changed = 0;
    if (d->coverage && !db_change(ctx, &q_photos_give_coverage, &changed, I(p->id), I(d->coverage)))
        return false;
    if (!p->removed_at)
        return true;
    return db_write(ctx, &q_photos_revive, I(p->id)) && photos_index(ctx, p->id) && journal(ctx, "photos_photo", p->id, "brought_back");
}

static bool add(Ctx *ctx, i64 id, const PhotoDraft *d)
{
    return db_write(ctx, &q_photos_insert, I(id), T(d->sha256), I(d->size), T(d->filename), I(d->event), I_OR_NULL(d->coverage),
                    I(ctx->actor->id), I(ctx->now)) &&
           photos_index(ctx, id) && queue_look(ctx, id) && journal_detail(ctx, "photos_photo", id, "added", d->filename);
}

bool photos_add(Ctx *ctx, const PhotoDraft *d, i64 *id_out, bool *again_out)
{
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD) || !check(ctx, d))
        return false;
    const Photo *same = db_maybe(ctx, &q_photos_same, &photos_shape, T(d->sha256), I(d->event));
    i64 id = same ? same->id : id_new(ctx->now);
    if (faulted(ctx) || !(same ? came_again(ctx, same, d) : add(ctx, id, d)))
        return false;
    *id_out = id;
    *again_out = same != NULL;
    return true;
}

bool photos_retry(Ctx *ctx, i64 id)
{
    const Photo *p = people_may(ctx, RIGHT_PHOTOS_UPLOAD) ? photos_seen(ctx, id) : NULL;
    if (!p)
        return false;
    if (p->state != PHOTO_FAILED)
        return fault(ctx, FAULT_CONFLICT, "The picture is “%s”: only one that could not be read is tried again.",
                     say_word(ctx, photos_state_words, (int)p->state));
    if (p->removed_at)
        return fault(ctx, FAULT_CONFLICT, "The picture was removed: bring it back first.");
    return db_write(ctx, &q_photos_try_again, I(id), I(p->version)) && queue_look(ctx, id) && journal(ctx, "photos_photo", id, "retried");
}
