/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_correct_pages.c: a public release is corrected, text and files; what is brought for it waits until the correction goes out. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/pictures/press_pictures.h"
#include "web/form.h"
#include "web/site.h"

enum { NOTE_MAX = 1000, ALT_MAX = 500, CAPTION_MAX = 500, CREDIT_MAX = 200 };

static const Release *to_correct(Ctx *ctx, const Request *req)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_PUBLISH) ? press_find(ctx, req->id) : NULL;
    if (r && !press_look_public(r->state))
        return fault(ctx, FAULT_CONFLICT, "It is %s: only what is public is corrected.", say_word(ctx, press_state_words, (int)r->state));
    return r;
}

/* GET /mesa/comunicados/:id/corregir */
void press_page_correct(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = to_correct(ctx, req);
    if (!r)
        return;
    page_one(page, &press_release_shape, r);
    page->version = r->version;
    if (page->format == FORMAT_HTML)
        press_draw_correction(ctx, req, page, r, NULL, 0);
}

/* ---- a file, or one of the photos, is brought into the form: it waits, and nothing typed is lost ---- */

/* Whatever was wrong with what was brought, on screen the form comes again with all that was typed. */
static bool keep_form(Ctx *ctx, const Request *req, bool done)
{
    FaultKind kind = ctx->fault.kind;
    if (done || req->format != FORMAT_HTML || (kind != FAULT_UNSUPPORTED && kind != FAULT_TOO_LARGE && kind != FAULT_GONE))
        return done;
    Fault was = fault_take(ctx);
    if (was.field)
        return fault_field(ctx, was.field, "%s", was.what);
    return fault(ctx, FAULT_CONFLICT, "%s", was.what);
}

bool press_prepare_correct(Ctx *ctx, const Request *req, void **prepared_out)
{
    i64 photo = people_may(ctx, RIGHT_PRESS_PUBLISH) ? form_id(ctx, req, "photo") : 0;
    if (faulted(ctx) || (!photo && !req->uploads.count))
        return !faulted(ctx);
    Brought *b = arena_new_of(ctx->arena, Brought);
    *prepared_out = b;
    return keep_form(ctx, req, photo ? press_bring_photo(ctx, req, photo, b) : press_bring_upload(ctx, req, b));
}

static void read_words(Ctx *ctx, const Request *req, FileDraft *draft)
{
    if (draft->photo)
        return;
    draft->alt = form_text(ctx, req, "file_alt", ALT_MAX);
    draft->caption = form_text(ctx, req, "file_caption", CAPTION_MAX);
    draft->credit = form_text(ctx, req, "file_credit", CREDIT_MAX);
}

/* The form goes on where it was, with what was typed. */
static void draw_again(Ctx *ctx, const Request *req, Page *page, const char *said, i64 cover)
{
    const Release *r = faulted(ctx) ? NULL : press_find(ctx, req->id);
    if (!r)
        return;
    page_one(page, &press_release_shape, r);
    if (page->format != FORMAT_HTML)
        return;
    form_refuse(req, NULL, NULL); /* nothing was wrong */
    press_draw_correction(ctx, req, page, r, said, cover);
}

static void act_bring(Ctx *ctx, const Request *req, Page *page)
{
    Brought b = *(const Brought *)req->prepared;
    bool is_cover = form_bool(req, "file_is_cover") && b.is_picture;
    i64 id = 0;
    read_words(ctx, req, &b.draft);
    if (faulted(ctx) || !keep_form(ctx, req, press_bring_in(ctx, req->id, NONE, &b, &id)))
        return;
    draw_again(ctx, req, page,
               arena_printf(ctx->arena, say(ctx, "“%s” is in the correction. It is public when you publish the correction."), b.draft.filename),
               is_cover ? id : 0);
}

/* ---- out with it ---- */

static void correct(Ctx *ctx, const Request *req, Page *page, const Release *r)
{
    ReleaseDraft draft = press_read_draft(ctx, req, r);
    press_read_files(ctx, req, &draft);
    const char *note = form_text(ctx, req, "note", NOTE_MAX);
    if (!faulted(ctx) && press_correct(ctx, r->id, req->version, &draft, note, req->site->seal_key))
        press_give_release(ctx, req, page, r->id, say(ctx, "Corrected: everybody can read what changed."));
}

/* POST /mesa/comunicados/:id/corregir */
void press_act_correct(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = to_correct(ctx, req);
    if (!r)
        return;
    if (req->prepared)
        act_bring(ctx, req, page);
    else if (text_same(form_raw(req, "then"), "photos"))
        draw_again(ctx, req, page, NULL, 0);
    else
        correct(ctx, req, page, r);
}
