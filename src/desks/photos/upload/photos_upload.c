/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload.c: the rules of uploads: whose they are, how many at once, how long, and how one becomes a photo. */
#include "desks/photos/upload/photos_upload.h"
#include "desks/photos/keep/photos_keep.h"
#include "store/queue.h"
#include "photos_upload_queries.h"

#define LIFE_STEP CLOCK_HOUR /* a piece makes an upload live longer, but not with each one a write */

static const Field upload_fields[] = {
    FIELD_ID(PhotoUpload, id),     FIELD_ID(PhotoUpload, person),      FIELD_ID(PhotoUpload, event), FIELD_ID(PhotoUpload, coverage),
    FIELD_INT(PhotoUpload, size),  FIELD_ID(PhotoUpload, photo),       FIELD_TIME(PhotoUpload, at),  FIELD_TIME(PhotoUpload, expires_at),
    FIELD_TEXT(PhotoUpload, filename), FIELD_TEXT(PhotoUpload, metadata),
};
static const Shape upload_shape = SHAPE("upload", PhotoUpload, upload_fields);

const PhotoUpload *photos_upload_find(Ctx *ctx, i64 id)
{
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD))
        return NULL;
    const PhotoUpload *u = db_maybe(ctx, &q_photos_upload_find, &upload_shape, I(id), I(ctx->actor->id));
    if (!u)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such upload: begin it again.");
    if (u->expires_at <= ctx->now)
        return fault(ctx, FAULT_GONE, "Nobody went on with this upload in time: begin it again.");
    return u;
}

/* ---- beginning ---- */

static bool check_size(Ctx *ctx, i64 size)
{
    if (size <= 0)
        return fault_field(ctx, "file", "The file is empty: take it from the camera again.");
    if (size > PHOTOS_FILE_MAX)
        return fault_at(ctx, __FILE__, FAULT_TOO_LARGE, "file", "A picture is at most %d MB.", (int)(PHOTOS_FILE_MAX / (1024 * 1024)));
    return true;
}

static bool check_quota(Ctx *ctx, i64 size)
{
    i64 person = ctx->actor->id;
    i64 count = db_number(ctx, &q_photos_upload_count, I(person), I(ctx->now));
    i64 bytes = db_number(ctx, &q_photos_upload_bytes, I(person), I(ctx->now));
    if (faulted(ctx))
        return false;
    if (count >= UPLOADS_UNFINISHED_MAX || bytes + size > UPLOAD_BYTES_UNFINISHED)
        return fault(ctx, FAULT_TOO_MANY, "You have too many uploads that are not finished: finish or cancel some, or wait a day.");
    return true;
}

bool photos_upload_may_begin(Ctx *ctx, const UploadWish *wish)
{
    return people_may(ctx, RIGHT_PHOTOS_UPLOAD) && check_size(ctx, wish->size) && photos_check_event(ctx, wish->event, wish->coverage) &&
           check_quota(ctx, wish->size);
}

/* One job for all that end within the same hour. */
static bool queue_expiry(Ctx *ctx, i64 until)
{
    i64 job, hour = until / CLOCK_HOUR + 1;
    const char *key = arena_printf(ctx->arena, "photos_upload_expire:%" PRId64, hour);
    return queue_add(ctx, "photos_upload_expire", key, "{}", hour * CLOCK_HOUR, &job);
}

static bool live_until(Ctx *ctx, i64 id, i64 until)
{
    return db_write(ctx, &q_photos_upload_until, I(id), I(until)) && queue_expiry(ctx, until);
}

bool photos_upload_begin(Ctx *ctx, i64 id, const UploadWish *wish)
{
    i64 until = ctx->now + PHOTOS_UPLOAD_LIFE;
    return photos_upload_may_begin(ctx, wish) &&
           db_write(ctx, &q_photos_upload_add, I(id), I(ctx->actor->id), I(wish->event), I_OR_NULL(wish->coverage), T(wish->filename),
                    I(wish->size), T(wish->metadata), I(until), I(ctx->now)) &&
           queue_expiry(ctx, until);
}

/* ---- going on, and the end ---- */

bool photos_upload_lives_on(Ctx *ctx, i64 id, i64 *expires_out)
{
    const PhotoUpload *u = photos_upload_find(ctx, id);
    if (!u)
        return false;
    i64 until = ctx->now + PHOTOS_UPLOAD_LIFE;
    bool later = u->expires_at < until - LIFE_STEP;
    if (later && !live_until(ctx, id, until))
        return false;
    *expires_out = later ? until : u->expires_at;
    return true;
}

bool photos_upload_end(Ctx *ctx, i64 id, const char *sha256, i64 *photo_out)
{
    const PhotoUpload *u = photos_upload_find(ctx, id);
    bool again;
    if (!u)
        return false;
    if (u->photo) {
        *photo_out = u->photo;
        return true;
    }
    const PhotoDraft draft = {.sha256 = sha256, .filename = u->filename, .size = u->size, .event = u->event, .coverage = u->coverage};
    i64 expires;
    return photos_add(ctx, &draft, photo_out, &again) && photos_upload_lives_on(ctx, id, &expires) &&
           db_write(ctx, &q_photos_upload_whole, I(id), I(*photo_out));
}

bool photos_upload_forget(Ctx *ctx, i64 id)
{
    return photos_upload_find(ctx, id) && db_write(ctx, &q_photos_upload_drop, I(id));
}

bool photos_upload_expire(Ctx *ctx, List *ids_out)
{
    List gone = db_list(ctx, &q_photos_upload_expired, &upload_shape, I(ctx->now));
    i64 *ids = arena_array(ctx->arena, i64, gone.count + 1);
    const PhotoUpload *uploads = gone.items;
    for (size_t i = 0; i < gone.count; i++) {
        ids[i] = uploads[i].id;
        if (!db_write(ctx, &q_photos_upload_drop, I(ids[i])))
            return false;
    }
    *ids_out = (List){ids, gone.count};
    return !faulted(ctx);
}
