/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_correct_files.c: what a correction says of a public release's files: other words, another cover, one less, one more.
 *
 * Editions name files by their id and keep the words that these had, so that nothing of an earlier edition changes here. What
 * is taken away is kept for them; what comes in has waited for this correction, with all its copies made. */
#include "desks/press/flow/press_flow.h"
#include "desks/press/pictures/press_pictures.h"
#include "press_flow_queries.h"

static const char *field_of(Ctx *ctx, const FileCorrection *c, const char *part)
{
    return c->called ? arena_printf(ctx->arena, "%s.%s", c->called, part) : part;
}

/* A picture that is new to citizens is whole: decoded, with all its copies, and one that may be shown. */
static bool is_ready(Ctx *ctx, const ReleaseFile *f)
{
    if (f->gone)
        return fault(ctx, FAULT_CONFLICT, "The photo “%s” was unpublished and must not be shown any more: take it away.", f->filename);
    if (!press_is_picture(f->type))
        return true;
    if (f->trouble)
        return fault(ctx, FAULT_CONFLICT, "The picture “%s” cannot be used: %s", f->filename, f->trouble);
    if (!press_picture_complete(ctx, f->id))
        return fault(ctx, FAULT_CONFLICT, "The picture “%s” is still being prepared: try again in a moment.", f->filename);
    return !faulted(ctx);
}

/* ---- words ---- */

static const char *said(const char *now, const char *before)
{
    if (!now)
        return before;
    return text_blank(now) ? NULL : now;
}

static bool is_other(const char *one, const char *other)
{
    return !text_same(one ? one : "", other ? other : "");
}

static bool put_words(Ctx *ctx, const ReleaseFile *f, const FileCorrection *c)
{
    const char *alt = said(c->alt, f->alt), *caption = said(c->caption, f->caption), *credit = said(c->credit, f->credit);
    if (!is_other(alt, f->alt) && !is_other(caption, f->caption) && !is_other(credit, f->credit))
        return true;
    return press_check_file_words(ctx, c->called, alt, caption, credit) &&
           db_write(ctx, &q_press_file_set, I(f->id), T(alt), T(caption), T(credit)) &&
           (f->standing == FILE_WAITING || journal_detail(ctx, "press_release", f->release, "file_changed", f->filename));
}

/* ---- in and out ---- */

static bool stand(Ctx *ctx, const ReleaseFile *f, FileStanding standing, const char *verb)
{
    return db_write(ctx, &q_press_file_stand, I(f->id), W(press_standing_words, standing)) &&
           journal_detail(ctx, "press_release", f->release, verb, f->filename);
}

static const ReleaseFile *file_of(const Release *r, i64 id)
{
    const ReleaseFile *f = press_file_in(r->files, id);
    return f ? f : press_file_in(r->waiting, id);
}

static bool put_one(Ctx *ctx, const Release *before, const FileCorrection *c)
{
    const ReleaseFile *f = file_of(before, c->file);
    if (!f)
        return fault_field(ctx, field_of(ctx, c, "id"), "This release has no such file.");
    if (c->is_out)
        return f->standing == FILE_WAITING || stand(ctx, f, FILE_OUT, "file_removed");
    return put_words(ctx, f, c) && (f->standing == FILE_IN || (is_ready(ctx, f) && stand(ctx, f, FILE_IN, "file_added")));
}

/* ---- the cover ---- */

static const FileCorrection *said_of(const ReleaseDraft *draft, i64 file)
{
    for (const FileCorrection *c = draft->files.items, *end = c + draft->files.count; c < end; c++)
        if (c->file == file)
            return c;
    return NULL;
}

/* The one that was goes on, unless it is taken away. */
static i64 cover_after(const Release *before, const ReleaseDraft *draft)
{
    const FileCorrection *c = said_of(draft, before->cover);
    if (draft->cover)
        return draft->cover == NONE ? 0 : draft->cover;
    return c && c->is_out ? 0 : before->cover;
}

static bool check_cover(Ctx *ctx, const Release *now, const ReleaseDraft *draft, i64 cover)
{
    const ReleaseFile *f = press_file_in(now->files, cover);
    const FileCorrection *c = said_of(draft, cover);
    if (!f)
        return fault_field(ctx, "cover", "The cover is one of the files that the new edition has.");
    if (!press_is_picture(f->type))
        return fault_field(ctx, "cover", "A cover is a picture: JPEG, PNG or WebP.");
    if (c && text_blank(f->alt))
        return fault_field(ctx, field_of(ctx, c, "alt"),
                           "The cover has no alternative text: say what is seen in the picture, for those who cannot see it.");
    return cover == now->cover || is_ready(ctx, f);
}

static bool put_cover(Ctx *ctx, const Release *now, const ReleaseDraft *draft, i64 cover)
{
    if (cover && !check_cover(ctx, now, draft, cover))
        return false;
    const ReleaseFile *f = press_file_in(now->files, cover);
    return cover == now->cover || (db_write(ctx, &q_press_set_cover, I(now->id), I_OR_NULL(cover)) &&
                                   journal_detail(ctx, "press_release", now->id, "cover_changed", f ? f->filename : NULL));
}

bool press_correct_files(Ctx *ctx, const Release *before, const ReleaseDraft *draft)
{
    for (const FileCorrection *c = draft->files.items, *end = c + draft->files.count; c < end; c++)
        if (!put_one(ctx, before, c))
            return false;
    const Release *now = press_row(ctx, before->id);
    if (!now)
        return false;
    if (now->files.count > PRESS_FILES_MAX)
        return fault(ctx, FAULT_CONFLICT, "A release has at most %d files.", PRESS_FILES_MAX);
    return put_cover(ctx, now, draft, cover_after(before, draft));
}
