/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_kit.c: the press kit: what goes into it, and how it comes into the vault without ever being in memory as a whole. */
#include "desks/press/pictures/press_kit_texts.h"
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/press_pages.h"
#include "paper/paper_zip.h"
#include "press_picture_queries.h"


enum { PARTS_MAX = PRESS_FILES_MAX + 8 };
#define KIT_MAX ((i64)PRESS_FILES_MAX * PRESS_FILE_MAX + 32 * 1024 * 1024)

static const Field kit_fields[] = {
    FIELD_ID(PressKit, release), FIELD_INT(PressKit, number), FIELD_TEXT(PressKit, sha256), FIELD_INT(PressKit, size),
    FIELD_TIME(PressKit, at),
};
static const Shape kit_shape = SHAPE("press_kit", PressKit, kit_fields);

const PressKit *press_kit(Ctx *ctx, i64 release, i64 number)
{
    return db_maybe(ctx, &q_press_kit, &kit_shape, I(release), I(number));
}

i64 press_kit_gone(Ctx *ctx, i64 release, i64 number)
{
    i64 gone = db_number(ctx, &q_press_kit_gone, I(release), I(number));
    return gone == NONE ? 0 : gone;
}

static const char *key_of(Ctx *ctx, i64 release, i64 number)
{
    return arena_printf(ctx->arena, "press_kit:%s:%" PRId64, id_text(ctx->arena, release), number);
}

typedef struct Gone {
    i64 id;
} Gone;
static const Field gone_fields[] = {FIELD_ID(Gone, id)};
static const Shape gone_shape = SHAPE("gone", Gone, gone_fields);

bool press_kit_waits(Ctx *ctx, i64 release, i64 number)
{
    if (queue_waits(ctx, key_of(ctx, release, number)))
        return true;
    List gone = db_list(ctx, &q_press_kit_gone_photos, &gone_shape, I(release), I(number));
    for (const Gone *photo = gone.items, *end = photo + gone.count; photo < end; photo++)
        if (queue_waits(ctx, photos_kept_key(ctx, photo->id)))
            return true;
    return false;
}

/* ---- what goes into it ---- */

typedef struct Packing {
    Ctx *ctx;
    Vault *vault;
    ZipPart parts[PARTS_MAX];
    size_t count;
    KitPicture pictures[PRESS_FILES_MAX];
    size_t picture_count;
} Packing;

static bool add(Packing *p, const char *name, Bytes bytes, bool stored)
{
    if (p->count >= PARTS_MAX)
        return fault(p->ctx, FAULT_TOO_LARGE, "A release has at most %d files.", PRESS_FILES_MAX);
    p->parts[p->count++] = (ZipPart){name, bytes, stored};
    return true;
}

static bool add_text(Packing *p, const char *name, const char *text)
{
    return !text || add(p, name, (Bytes){text, strlen(text)}, false);
}

static bool add_file(Packing *p, const char *name, const char *sha256)
{
    Bytes file;
    return vault_map(p->ctx, p->vault, sha256, &file) && (!file.size || add(p, name, file, true));
}

/* The largest copy, never the original: that may say where and by whom it was taken. */
static bool add_picture(Packing *p, const ReleaseFile *f)
{
    const PictureCopy *copy = press_largest(press_copies(p->ctx, f->id));
    if (!copy && f->trouble)
        return true; /* it cannot be read: there is nothing that could be given */
    if (!copy || !press_picture_complete(p->ctx, f->id))
        return fault(p->ctx, FAULT_BUSY, "The pictures are still being made. Try again in a moment.");
    const char *name = arena_printf(p->ctx->arena, "fotos/%02zu.jpg", p->picture_count + 1);
    p->pictures[p->picture_count++] = (KitPicture){name, f};
    return add_file(p, name, copy->sha256);
}

/* Two files may be called the same: the number keeps them apart. */
static bool add_document(Packing *p, const ReleaseFile *f, size_t number)
{
    char *name = arena_printf(p->ctx->arena, "documentos/%02zu-%s", number, f->filename);
    for (char *c = name + strlen("documentos/"); *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (unsigned char)*c < ' ')
            *c = '-';
    return add_file(p, name, f->sha256);
}

static bool add_files(Packing *p, List files)
{
    size_t documents = 0;
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++)
        if (press_is_picture(f->type) ? !add_picture(p, f) : !add_document(p, f, ++documents))
            return false;
    return true;
}

static bool pack(Packing *p, const PublicRelease *r)
{
    Ctx *ctx = p->ctx;
    if (!add_text(p, "LEEME.txt", press_kit_readme(ctx, r, press_kit_gone(ctx, r->id, r->number))) || !add_text(p, "comunicado.txt", press_kit_plain(ctx, r)) ||
        !add_text(p, "comunicado.html", press_kit_html(ctx, r)) || !add_text(p, "comunicado.json", press_kit_json(ctx, r)) ||
        !add_files(p, r->files))
        return false;
    return (!p->picture_count || add_text(p, "pies-de-foto.txt", press_kit_captions(ctx, (List){p->pictures, p->picture_count}))) &&
           !faulted(ctx);
}

/* ---- into the vault ---- */

typedef struct Pouring {
    Ctx *ctx;
    VaultWriter *writer;
} Pouring;

static bool pour(void *to, const void *bytes, size_t n)
{
    Pouring *p = to;
    return vault_add(p->ctx, p->writer, bytes, n);
}

bool press_kit_make(Ctx *ctx, Vault *vault, const PublicRelease *release, const char **sha256_out, i64 *size_out)
{
    Packing *p = arena_new_of(ctx->arena, Packing);
    *p = (Packing){.ctx = ctx, .vault = vault};
    if (!pack(p, release))
        return false;
    Pouring pouring = {ctx, vault_begin(ctx, vault, KIT_MAX)};
    if (!pouring.writer)
        return false;
    if (!zip_write_to(p->parts, p->count, pour, &pouring))
        return faulted(ctx) ? false : fault(ctx, FAULT_BROKEN, "the press kit could not be written");
    return vault_keep(ctx, pouring.writer, sha256_out, size_out);
}

/* ---- the job ---- */

bool press_kit_queue(Ctx *ctx, i64 release, i64 number)
{
    i64 job;
    const char *payload = arena_printf(ctx->arena, "{\"release\":\"%s\",\"number\":%" PRId64 "}", id_text(ctx->arena, release), number);
    return queue_add(ctx, "press_kit", key_of(ctx, release, number), payload, ctx->now, &job);
}

static bool read_job(Ctx *ctx, const Job *job, PressKit *kit)
{
    const Json *payload = json_read(ctx, job->payload, strlen(job->payload));
    const char *text = json_text_of(json_get(payload, "release"));
    kit->number = json_int_of(json_get(payload, "number"));
    return text && id_parse(text, &kit->release);
}

/* NULL without a fault: it was withdrawn meanwhile. */
static const PublicRelease *edition_of(Ctx *ctx, const PressKit *kit)
{
    const Release *r = press_row(ctx, kit->release);
    const PublicRelease *edition = r ? press_public_by_slug(ctx, r->slug, kit->number) : NULL;
    return edition && edition->state != RELEASE_WITHDRAWN ? press_public_whole(ctx, edition) : NULL;
}

typedef struct Made {
    PressKit kit;
    List files;             /* of ReleaseFile: what it was made of */
} Made;

/* It holds every photo of its edition that may be shown, and none that may not. */
static bool is_current(Ctx *ctx, const PressKit *kit)
{
    return press_kit(ctx, kit->release, kit->number) && db_number(ctx, &q_press_kit_lacks, I(kit->release), I(kit->number)) == 0;
}

static bool make(Ctx *ctx, const Job *job, void **prepared_out)
{
    Made *made = arena_new_of(ctx->arena, Made);
    PressKit *kit = &made->kit;
    if (!job->tools || !job->tools->vault)
        return fault(ctx, FAULT_BROKEN, "press kits are made with a vault, and there is none");
    const PublicRelease *r = read_job(ctx, job, kit) ? edition_of(ctx, kit) : NULL;
    if (!r || is_current(ctx, kit))
        return !faulted(ctx);
    made->files = r->files;
    *prepared_out = made;
    return press_kit_make(ctx, job->tools->vault, r, &kit->sha256, &kit->size);
}

static bool hold(Ctx *ctx, const Made *made)
{
    i64 rows;
    if (!db_change(ctx, &q_press_kit_empty, &rows, I(made->kit.release), I(made->kit.number)))
        return false;
    for (const ReleaseFile *f = made->files.items, *end = f + made->files.count; f < end; f++)
        if (!db_change(ctx, &q_press_kit_holds, &rows, I(made->kit.release), I(made->kit.number), I(f->id)))
            return false;
    return true;
}

/* An older archive goes with its bytes: it held what must not be given any more. */
static bool note(Ctx *ctx, const Job *job, void *prepared)
{
    const Made *made = prepared;
    i64 added;
    if (!made)
        return true;
    const PressKit *kit = &made->kit, *before = db_maybe(ctx, &q_press_kit_before, &kit_shape, I(kit->release), I(kit->number));
    if (!db_change(ctx, &q_press_kit_add, &added, I(kit->release), I(kit->number), T(kit->sha256), I(kit->size), I(ctx->now)) || !hold(ctx, made))
        return false;
    if (!is_current(ctx, kit))
        return faulted(ctx) ? false : fault(ctx, FAULT_BUSY, "One of the photos was withdrawn, or came back, while the press kit was put together.");
    return !before || text_same(before->sha256, kit->sha256) || vault_delete(ctx, job->tools->vault, before->sha256);
}

/* A photo may be shown no more, or again: the kits of the editions that have it. */
static bool make_again(Ctx *ctx, const Job *job, void *prepared)
{
    i64 photo = 0;
    (void)prepared;
    const char *text = json_text_of(json_get(json_read(ctx, job->payload, strlen(job->payload)), "photo"));
    if (!text || !id_parse(text, &photo))
        return fault(ctx, FAULT_BROKEN, "the job names no photo");
    List kits = db_list(ctx, &q_press_kits_with, &kit_shape, I(photo));
    for (const PressKit *kit = kits.items, *end = kit + kits.count; kit < end; kit++)
        if (!press_kit_queue(ctx, kit->release, kit->number))
            return false;
    return !faulted(ctx);
}

const JobHandler press_kit_jobs[] = {
    {.kind = "press_kit", .prepare = make, .apply = note},
    {.kind = PHOTOS_KEPT_JOB, .apply = make_again},
    {0},
};
