/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_file.c: the cover and the attachments of a release, and their words. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

enum { ALT_MAX = 500, CAPTION_MAX = 500, CREDIT_MAX = 200, NAME_MAX = 200 };

static bool is_picture(const char *type)
{
    return text_same(type, "image/jpeg") || text_same(type, "image/png") || text_same(type, "image/webp");
}

static const char *filled(const char *text)
{
    return text_blank(text) ? NULL : text;
}

static bool check(Ctx *ctx, const FileDraft *d, const char *type)
{
    if (d->is_cover && !is_picture(type))
        return fault_field(ctx, "is_cover", "A cover is a picture: JPEG, PNG or WebP.");
    return check_text(ctx, "alt", d->alt, ALT_MAX) && check_text(ctx, "caption", d->caption, CAPTION_MAX) &&
           check_text(ctx, "credit", d->credit, CREDIT_MAX);
}

static bool check_new(Ctx *ctx, const Release *r, const FileDraft *d)
{
    if (r->files.count >= PRESS_FILES_MAX)
        return fault(ctx, FAULT_CONFLICT, "A release has at most %d files.", PRESS_FILES_MAX);
    if (!d->sha256 || text_blank(d->filename) || text_blank(d->type))
        return fault_field(ctx, "file", "Choose the file.");
    if (d->size > PRESS_FILE_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "The file is too large: at most %d MB.", PRESS_FILE_MAX / (1024 * 1024));
    return check_text(ctx, "file", d->filename, NAME_MAX) && check(ctx, d, d->type);
}

/* Of the release whose file it is. */
static Release *to_change(Ctx *ctx, i64 file)
{
    const ReleaseFile *f = people_may(ctx, RIGHT_PRESS_WRITE) ? press_file(ctx, file) : NULL;
    return f ? press_in(ctx, f->release, NONE, BEFORE_PUBLICATION) : NULL;
}

static const ReleaseFile *its(const Release *r, i64 file)
{
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        if (f->id == file)
            return f;
    return NULL;
}

bool press_file_add(Ctx *ctx, i64 release, i64 version, const FileDraft *d, i64 *id_out)
{
    Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, release, version, BEFORE_PUBLICATION) : NULL;
    i64 id = id_new(ctx->now);
    if (!r || !check_new(ctx, r, d) ||
        !db_write(ctx, &q_press_file_add, I(id), I(release), T(d->sha256), T(d->filename), T(d->type), I(d->size), T(filled(d->alt)),
                  T(filled(d->caption)), T(filled(d->credit)), I_OR_NULL(ctx->actor->id), I(ctx->now), I_OR_NULL(d->photo)) ||
        (d->is_cover && !db_write(ctx, &q_press_set_cover, I(release), I(id))) || !press_keep_files(ctx, r) ||
        !journal_detail(ctx, "press_release", release, "file_added", d->filename))
        return false;
    *id_out = id;
    return true;
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
    Release *r = to_change(ctx, file);
    const ReleaseFile *f = r ? its(r, file) : NULL;
    return f && check(ctx, d, f->type) && db_write(ctx, &q_press_file_set, I(file), T(filled(d->alt)), T(filled(d->caption)), T(filled(d->credit))) &&
           db_write(ctx, &q_press_set_cover, I(r->id), I_OR_NULL(cover_after(r, file, d->is_cover))) && press_keep_files(ctx, r) &&
           journal_detail(ctx, "press_release", r->id, "file_changed", f->filename);
}

/* Its bytes stay in the vault: earlier versions speak of them. */
bool press_file_remove(Ctx *ctx, i64 file)
{
    Release *r = to_change(ctx, file);
    const ReleaseFile *f = r ? its(r, file) : NULL;
    i64 copies;
    return f && db_write(ctx, &q_press_set_cover, I(r->id), I_OR_NULL(cover_after(r, file, false))) &&
           db_change(ctx, &q_press_file_drop_copies, &copies, I(file)) && db_write(ctx, &q_press_file_drop, I(file)) &&
           press_keep_files(ctx, r) && journal_detail(ctx, "press_release", r->id, "file_removed", f->filename);
}
