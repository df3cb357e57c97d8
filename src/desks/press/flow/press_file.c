/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_file.c: the cover and the attachments of a release, and their words; what is brought for a correction. */
#include "desks/press/flow/press_flow.h"
#include "desks/press/pictures/press_pictures.h"
#include "press_flow_queries.h"

enum { ALT_MAX = 500, CAPTION_MAX = 500, CREDIT_MAX = 200, NAME_MAX = 200 };

static const char *filled(const char *text)
{
    return text_blank(text) ? NULL : text;
}

static bool is_public(const Release *r)
{
    return STATE_BIT(r->state) & PUBLIC_NOW;
}

bool press_check_file_words(Ctx *ctx, const char *called, const char *alt, const char *caption, const char *credit)
{
    const char *field = called ? arena_printf(ctx->arena, "%s.", called) : "";
    return check_text(ctx, arena_printf(ctx->arena, "%salt", field), alt, ALT_MAX) &&
           check_text(ctx, arena_printf(ctx->arena, "%scaption", field), caption, CAPTION_MAX) &&
           check_text(ctx, arena_printf(ctx->arena, "%scredit", field), credit, CREDIT_MAX);
}

static bool check(Ctx *ctx, const FileDraft *d, const char *type)
{
    if (d->is_cover && !press_is_picture(type))
        return fault_field(ctx, "is_cover", "A cover is a picture: JPEG, PNG or WebP.");
    return press_check_file_words(ctx, NULL, d->alt, d->caption, d->credit);
}

static bool check_new(Ctx *ctx, const Release *r, const FileDraft *d)
{
    if ((is_public(r) ? r->waiting : r->files).count >= PRESS_FILES_MAX)
        return fault(ctx, FAULT_CONFLICT, "A release has at most %d files.", PRESS_FILES_MAX);
    if (!d->sha256 || text_blank(d->filename) || text_blank(d->type))
        return fault_field(ctx, "file", "Choose the file.");
    if (d->size > PRESS_FILE_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "The file is too large: at most %d MB.", PRESS_FILE_MAX / (1024 * 1024));
    return check_text(ctx, "file", d->filename, NAME_MAX) && check(ctx, d, d->type);
}

/* What is public is for who may correct it, what is not for who writes. */
static bool may_touch(Ctx *ctx, const Release *r)
{
    return is_public(r) ? press_may_correct(ctx) : people_may(ctx, RIGHT_PRESS_WRITE);
}

static Release *to_add(Ctx *ctx, i64 release, i64 version)
{
    if (!people_has(ctx, RIGHT_PRESS_PUBLISH) && !people_may(ctx, RIGHT_PRESS_WRITE))
        return NULL;
    Release *r = press_in(ctx, release, version, BEFORE_PUBLICATION | PUBLIC_NOW);
    return r && may_touch(ctx, r) ? r : NULL;
}

/* Of the release whose file it is; of what is public only a file that waits. */
static Release *to_change(Ctx *ctx, i64 file, FileStanding *standing_out)
{
    const ReleaseFile *f = press_file(ctx, file);
    unsigned states = f && f->standing == FILE_WAITING ? PUBLIC_NOW : BEFORE_PUBLICATION;
    Release *r = f && (people_has(ctx, RIGHT_PRESS_PUBLISH) || people_may(ctx, RIGHT_PRESS_WRITE))
                     ? press_in(ctx, f->release, NONE, states)
                     : NULL;
    if (!r || !may_touch(ctx, r))
        return NULL;
    *standing_out = f->standing;
    return r;
}

const ReleaseFile *press_file_in(List files, i64 id)
{
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++)
        if (f->id == id)
            return f;
    return NULL;
}

static bool add(Ctx *ctx, const Release *r, const FileDraft *d, i64 id)
{
    FileStanding standing = is_public(r) ? FILE_WAITING : FILE_IN;
    return db_write(ctx, &q_press_file_add, I(id), I(r->id), T(d->sha256), T(d->filename), T(d->type), I(d->size), T(filled(d->alt)),
                    T(filled(d->caption)), T(filled(d->credit)), I_OR_NULL(ctx->actor->id), I(ctx->now), I_OR_NULL(d->photo),
                    W(press_standing_words, standing));
}

/* What waits is part of nothing yet: neither the hash nor the version of the release changes. */
bool press_file_add(Ctx *ctx, i64 release, i64 version, const FileDraft *d, i64 *id_out)
{
    Release *r = to_add(ctx, release, version);
    i64 id = id_new(ctx->now);
    if (!r || !check_new(ctx, r, d) || !add(ctx, r, d, id))
        return false;
    bool done = is_public(r) ? journal_detail(ctx, "press_release", release, "file_brought", d->filename)
                             : (!d->is_cover || db_write(ctx, &q_press_set_cover, I(release), I(id))) && press_keep_files(ctx, r) &&
                                   journal_detail(ctx, "press_release", release, "file_added", d->filename);
    if (done)
        *id_out = id;
    return done;
}

/* What it is the cover of: itself, nothing any more, or what it was. */
static i64 cover_after(const Release *r, i64 file, bool is_cover)
{
    if (is_cover)
        return file;
    return r->cover == file ? 0 : r->cover;
}

bool press_file_change(Ctx *ctx, i64 file, const FileDraft *d)
{
    FileStanding standing;
    Release *r = to_change(ctx, file, &standing);
    const ReleaseFile *f = r ? press_file_in(standing == FILE_WAITING ? r->waiting : r->files, file) : NULL;
    if (!f || !check(ctx, d, f->type) ||
        !db_write(ctx, &q_press_file_set, I(file), T(filled(d->alt)), T(filled(d->caption)), T(filled(d->credit))))
        return false;
    if (standing == FILE_WAITING)
        return true;
    return db_write(ctx, &q_press_set_cover, I(r->id), I_OR_NULL(cover_after(r, file, d->is_cover))) && press_keep_files(ctx, r) &&
           journal_detail(ctx, "press_release", r->id, "file_changed", f->filename);
}

static bool drop(Ctx *ctx, i64 file)
{
    i64 copies;
    return db_change(ctx, &q_press_file_drop_copies, &copies, I(file)) && db_write(ctx, &q_press_file_drop, I(file));
}

/* Its bytes stay in the vault: earlier versions speak of them. */
bool press_file_remove(Ctx *ctx, i64 file)
{
    FileStanding standing;
    Release *r = to_change(ctx, file, &standing);
    const ReleaseFile *f = r ? press_file_in(standing == FILE_WAITING ? r->waiting : r->files, file) : NULL;
    if (f && standing == FILE_WAITING)
        return drop(ctx, file) && journal_detail(ctx, "press_release", r->id, "file_dropped", f->filename);
    return f && db_write(ctx, &q_press_set_cover, I(r->id), I_OR_NULL(cover_after(r, file, false))) && drop(ctx, file) &&
           press_keep_files(ctx, r) && journal_detail(ctx, "press_release", r->id, "file_removed", f->filename);
}
