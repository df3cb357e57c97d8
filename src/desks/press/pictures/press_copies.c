/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_copies.c: the copies of a picture that people get: made once, noted, found again. */
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/press_pages.h"
#include "media/media.h"
#include "press_picture_queries.h"

#include <unistd.h>

static const Field copy_fields[] = {
    FIELD_ID(PictureCopy, file),      FIELD_TEXT(PictureCopy, variant), FIELD_TEXT(PictureCopy, type),
    FIELD_TEXT(PictureCopy, sha256),  FIELD_INT(PictureCopy, width),    FIELD_INT(PictureCopy, height),
    FIELD_INT(PictureCopy, size),
};
static const Shape copy_shape = SHAPE("picture_copy", PictureCopy, copy_fields);

typedef struct Variant {
    const char *name, *type;
    i64 width;
} Variant;

/* 2560 is for print; pages choose among the others. */
static const Variant variants[] = {
    {"2560.jpg", "image/jpeg", 2560}, {"1280.jpg", "image/jpeg", 1280},   {PRESS_DESK_COPY, "image/jpeg", 640},
    {"320.jpg", "image/jpeg", 320},   {"1280.webp", "image/webp", 1280}, {"640.webp", "image/webp", 640},
    {"320.webp", "image/webp", 320},
};
_Static_assert(COUNT(variants) <= COUNT(((PictureFound *)0)->copies), "all copies have their place");

/* ---- finding ---- */

List press_copies(Ctx *ctx, i64 file)
{
    return db_list(ctx, &q_press_copies, &copy_shape, I(file));
}

const PictureCopy *press_copy(Ctx *ctx, i64 file, const char *variant)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_one(ctx, &q_press_copy, &copy_shape, I(file), T(variant)) : NULL;
}

const PictureCopy *press_public_copy(Ctx *ctx, i64 file, const char *variant)
{
    const PictureCopy *c = db_maybe(ctx, &q_press_public_copy, &copy_shape, I(file), T(variant));
    if (!c && !faulted(ctx))
        fault(ctx, db_number(ctx, &q_press_copy_gone, I(file)) > 0 ? FAULT_GONE : FAULT_NOT_FOUND, "This picture is not public.");
    return c;
}

const PictureCopy *press_largest(List copies)
{
    const PictureCopy *best = NULL;
    for (const PictureCopy *c = copies.items, *end = c + copies.count; c < end; c++)
        if (text_same(c->type, "image/jpeg") && (!best || c->width > best->width))
            best = c;
    return best;
}

static bool has_variant(List copies, const char *variant)
{
    for (const PictureCopy *c = copies.items, *end = c + copies.count; c < end; c++)
        if (text_same(c->variant, variant))
            return true;
    return false;
}

bool press_picture_complete(Ctx *ctx, i64 file)
{
    List copies = press_copies(ctx, file);
    for (size_t i = 0; i < COUNT(variants); i++)
        if (!has_variant(copies, variants[i].name))
            return false;
    return true;
}

/* ---- making ---- */

/* What is wanted and not there yet; without words, for the release keeps them. */
static size_t wishes_for(const char *wanted, List there, MediaWish *wishes)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(variants); i++) {
        if ((wanted && !text_same(wanted, variants[i].name)) || has_variant(there, variants[i].name))
            continue;
        wishes[count++] = (MediaWish){.variant = variants[i].name, .type = variants[i].type, .width = variants[i].width, .bare = true};
    }
    return count;
}

static bool make_copies(Ctx *ctx, Media *media, Vault *vault, int fd, const MediaWish *wishes, size_t count, PictureFound *found)
{
    const MediaRecipe recipe = {.wishes = wishes, .wish_count = count, .focal_x = MEDIA_SCALE / 2, .focal_y = MEDIA_SCALE / 2};
    List copies = {0};
    if (count && !media_make(ctx, media, vault, fd, &recipe, &copies))
        return false;
    for (const MediaCopy *c = copies.items, *end = c + copies.count; c < end; c++)
        found->copies[found->count++] = (PictureCopy){
            .variant = c->variant, .type = c->type, .sha256 = c->sha256, .width = c->width, .height = c->height, .size = c->size};
    return true;
}

static bool make_all(Ctx *ctx, Media *media, Vault *vault, int fd, const char *wanted, List there, PictureFound *found)
{
    MediaFacts facts;
    MediaWish wishes[COUNT(variants)];
    if (!media_inspect(ctx, media, fd, false, &facts))
        return false;
    found->width = facts.width;
    found->height = facts.height;
    found->look = (i64)facts.look;
    return make_copies(ctx, media, vault, fd, wishes, wishes_for(wanted, there, wishes), found);
}

bool press_picture_make(Ctx *ctx, Media *media, Vault *vault, const char *sha256, const char *wanted, List there, PictureFound *found_out)
{
    i64 size;
    PictureFound found = {.width = NONE, .height = NONE, .look = NONE};
    if (!media)
        return fault(ctx, FAULT_BROKEN, "pictures are looked at with a media, and there is none");
    int fd = vault_fd(ctx, vault, sha256, &size);
    if (fd < 0)
        return false;
    bool made = make_all(ctx, media, vault, fd, wanted, there, &found);
    close(fd);
    if (made)
        *found_out = found;
    return made;
}

/* ---- noting ---- */

static bool note_copy(Ctx *ctx, i64 file, const PictureCopy *c)
{
    i64 added;
    return db_change(ctx, &q_press_copy_add, &added, I(file), T(c->variant), T(c->sha256), T(c->type), I(c->width), I(c->height),
                     I(c->size));
}

static Bind number_or_null(i64 n)
{
    return n == NONE ? (Bind){.kind = BIND_NULL} : I(n);
}

bool press_picture_note(Ctx *ctx, i64 file, const PictureFound *f, bool more)
{
    if (!db_write(ctx, &q_press_file_looked, I(file), number_or_null(f->width), number_or_null(f->height), number_or_null(f->look),
                  T(f->trouble)))
        return false;
    for (size_t i = 0; i < f->count; i++)
        if (!note_copy(ctx, file, &f->copies[i]))
            return false;
    return !more || press_picture_queue(ctx, file);
}

/* ---- later ---- */

bool press_picture_queue(Ctx *ctx, i64 file)
{
    i64 job;
    const char *id = id_text(ctx->arena, file);
    return queue_add(ctx, "press_picture", arena_printf(ctx->arena, "press_picture:%s", id),
                     arena_printf(ctx->arena, "{\"file\":\"%s\"}", id), ctx->now, &job);
}

static i64 file_of(Ctx *ctx, const Job *job)
{
    const Json *payload = json_read(ctx, job->payload, strlen(job->payload));
    const char *text = json_text_of(json_get(payload, "file"));
    i64 file = 0;
    return text && id_parse(text, &file) ? file : 0;
}

/* What is no picture for the decoder stays none however often it is tried; anything else is tried again. */
static bool look_again(Ctx *ctx, const JobTools *tools, const ReleaseFile *f, PictureFound *found)
{
    *found = (PictureFound){.width = NONE, .height = NONE, .look = NONE};
    if (press_picture_make(ctx, tools->media, tools->vault, f->sha256, NULL, press_copies(ctx, f->id), found))
        return true;
    if (ctx->fault.kind != FAULT_INVALID)
        return false;
    found->trouble = fault_take(ctx).what;
    return true;
}

static bool make(Ctx *ctx, const Job *job, void **prepared_out)
{
    const ReleaseFile *f = db_maybe(ctx, &q_press_picture_file, &press_file_shape, I(file_of(ctx, job)));
    if (!f || !press_is_picture(f->type))
        return !faulted(ctx); /* it was taken away meanwhile */
    if (!job->tools || !job->tools->vault)
        return fault(ctx, FAULT_BROKEN, "pictures are made with a vault, and there is none");
    PictureFound *found = arena_new_of(ctx->arena, PictureFound);
    *prepared_out = found;
    return look_again(ctx, job->tools, f, found);
}

static bool note(Ctx *ctx, const Job *job, void *prepared)
{
    i64 file = file_of(ctx, job);
    if (!prepared || !db_maybe(ctx, &q_press_picture_file, &press_file_shape, I(file)))
        return !faulted(ctx);
    return press_picture_note(ctx, file, prepared, false);
}

const JobHandler press_picture_jobs[] = {
    {.kind = "press_picture", .prepare = make, .apply = note},
    {0},
};
