/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_correct_form.c: the files of a correction in its form: what is said of each, which one is the cover, what could be added. */
#include "desks/photos/photos.h"
#include "desks/press/editor/press_editor.h"
#include "web/form.h"

enum { FILES_SAID = 2 * PRESS_FILES_MAX, ALT_MAX = 500, CAPTION_MAX = 500, CREDIT_MAX = 200, PHOTOS_OFFERED = 24, PHOTO_WORDS = 200 };

static const char *field_of(Ctx *ctx, size_t i)
{
    return arena_printf(ctx->arena, "files.%zu", i);
}

static const char *part_of(Ctx *ctx, size_t i, const char *part)
{
    return arena_printf(ctx->arena, "files.%zu.%s", i, part);
}

/* ---- what was said ---- */

/* NULL: not said; "": none. */
static const char *read_words(Ctx *ctx, const Request *req, size_t i, const char *part, size_t max)
{
    const char *name = part_of(ctx, i, part);
    const char *text = form_has(req, name) ? form_text(ctx, req, name, max) : NULL;
    return text || !form_has(req, name) ? text : "";
}

static FileCorrection read_one(Ctx *ctx, const Request *req, size_t i)
{
    return (FileCorrection){
        .file = form_id(ctx, req, part_of(ctx, i, "id")),
        .alt = read_words(ctx, req, i, "alt", ALT_MAX),
        .caption = read_words(ctx, req, i, "caption", CAPTION_MAX),
        .credit = read_words(ctx, req, i, "credit", CREDIT_MAX),
        .is_out = form_bool(req, part_of(ctx, i, "out")),
        .called = field_of(ctx, i),
    };
}

/* A program may send the files as it read them: there is_cover says which one it is. */
static i64 read_cover(Ctx *ctx, const Request *req, const FileCorrection *files, size_t n)
{
    if (form_has(req, "cover"))
        return text_same(form_raw(req, "cover"), "none") ? NONE : form_id(ctx, req, "cover");
    for (size_t i = 0; i < n; i++)
        if (form_bool(req, part_of(ctx, i, "is_cover")))
            return files[i].file;
    return 0;
}

void press_read_files(Ctx *ctx, const Request *req, ReleaseDraft *draft)
{
    FileCorrection *files = arena_array(ctx->arena, FileCorrection, FILES_SAID);
    size_t n = 0;
    for (; n < FILES_SAID && form_has(req, part_of(ctx, n, "id")); n++)
        files[n] = read_one(ctx, req, n);
    draft->files = (List){files, n};
    draft->cover = read_cover(ctx, req, files, n);
}

/* ---- what is shown ---- */

/* What was typed for the file at this place; somebody else may have taken one away or brought one meanwhile. */
static const Form *typed_for(Ctx *ctx, const Request *req, size_t i, i64 file)
{
    const char *typed = form_value(req->form, part_of(ctx, i, "id"), NULL);
    return !typed || text_same(typed, id_text(ctx->arena, file)) ? req->form : NULL;
}

static size_t show_list(Ctx *ctx, const Request *req, List list, FileShown *shown, size_t n)
{
    for (const ReleaseFile *f = list.items, *end = f + list.count; f < end && n < FILES_SAID; f++, n++)
        shown[n] = (FileShown){f, typed_for(ctx, req, n, f->id), field_of(ctx, n)};
    return n;
}

void press_show_files(Ctx *ctx, const Request *req, EditorShown *x, i64 cover)
{
    const Release *r = x->release;
    FileShown *shown = arena_array(ctx->arena, FileShown, FILES_SAID);
    size_t n = show_list(ctx, req, r->waiting, shown, show_list(ctx, req, r->files, shown, 0));
    const char *now = r->cover ? id_text(ctx->arena, r->cover) : "none";
    const char *words = form_value(req->form, "photo_words", NULL);
    x->files = (List){shown, n};
    x->cover = cover ? id_text(ctx->arena, cover) : form_value(req->form, "cover", now);
    x->photos_open = !text_blank(words);
    if (people_has(ctx, RIGHT_PHOTOS_READ))
        x->photos = photos_choice(ctx, r->event, text_blank(words) ? NULL : text_clip(ctx->arena, words, PHOTO_WORDS), PHOTOS_OFFERED);
}
