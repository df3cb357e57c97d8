/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_file_pages.c: covers and attachments come to a release, are described, go, come back, and are given out. */
#include "desks/photos/photos.h"
#include "desks/press/editor/press_editor.h"
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/press_pages.h"
#include "store/seal.h"
#include "web/form.h"
#include "web/site.h"

#include <unistd.h>

enum { BODY_MAX = PRESS_FILE_MAX + 64 * 1024, ALT_MAX = 500, CAPTION_MAX = 500, CREDIT_MAX = 200, RECORD_MAX = 16 * 1024,
       HASH_DIGITS = 64, SIGN_DIGITS = 15 };
#define UNDO_FOR (10 * CLOCK_MINUTE)

/* ---- in: what is it? ---- */

static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    Brought *b = arena_new_of(ctx->arena, Brought);
    *prepared_out = b;
    return people_may(ctx, RIGHT_PRESS_WRITE) && press_bring_upload(ctx, req, b);
}

/* ---- in: kept ---- */

static void read_words(Ctx *ctx, const Request *req, FileDraft *draft)
{
    if (form_has(req, "alt"))
        draft->alt = form_text(ctx, req, "alt", ALT_MAX);
    if (form_has(req, "caption"))
        draft->caption = form_text(ctx, req, "caption", CAPTION_MAX);
    if (form_has(req, "credit"))
        draft->credit = form_text(ctx, req, "credit", CREDIT_MAX);
    if (form_has(req, "is_cover"))
        draft->is_cover = form_bool(req, "is_cover");
}

static Url files_of(Ctx *ctx, i64 release)
{
    return url_id(ctx->arena, "/mesa/comunicados/", release, "#archivos");
}

static const char *said(Ctx *ctx, const ReleaseFile *f, const char *otherwise)
{
    if (f->standing == FILE_WAITING)
        return say(ctx, "The file waits for the correction; nobody outside has it before.");
    return f->is_cover && text_blank(f->alt) ? say(ctx, "The cover is kept. Before it can be published, say what is seen in it.") : otherwise;
}

static void give(Ctx *ctx, Page *page, i64 file, bool created, const char *notice)
{
    const ReleaseFile *f = press_file(ctx, file);
    if (!f)
        return;
    Url where = page->format == FORMAT_HTML ? files_of(ctx, f->release) : url_id(ctx->arena, "/mesa/comunicados/archivos/", f->id, NULL);
    page_one(page, &press_file_shape, f);
    (created ? page_created : page_done)(page, where, said(ctx, f, notice));
}

/* POST /mesa/comunicados/:id/archivos */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    Brought b = *(const Brought *)req->prepared;
    i64 id;
    read_words(ctx, req, &b.draft);
    if (faulted(ctx) || !press_bring_in(ctx, req->id, req->version, &b, &id))
        return;
    give(ctx, page, id, true, say(ctx, "The file was added."));
}

/* POST /mesa/comunicados/archivos/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const ReleaseFile *f = people_may(ctx, RIGHT_PRESS_WRITE) ? press_file(ctx, req->id) : NULL;
    if (!f)
        return;
    FileDraft draft = {f->sha256, f->filename, f->type, f->size, f->alt, f->caption, f->credit, f->is_cover};
    read_words(ctx, req, &draft);
    if (draft.is_cover && !press_is_picture(f->type))
        fault_field(ctx, "is_cover", "Only a picture can be the cover: JPEG, PNG or WebP.");
    if (!faulted(ctx) && press_file_change(ctx, f->id, &draft))
        give(ctx, page, f->id, false, say(ctx, "Saved."));
}

/* ---- out of the release, and back ---- */

/* What was taken away, as a record of its own in the vault: a cookie is too small for its words, and the way back only names it. */
static const char *keep_record(Ctx *ctx, Vault *vault, const ReleaseFile *f)
{
    Buf *buf = buf_new(ctx->arena, 1024, RECORD_MAX);
    JsonOut j = json_out(buf);
    const char *sha256;
    i64 size;
    json_open(&j, NULL, '{');
    json_text(&j, "release", id_text(ctx->arena, f->release));
    json_text(&j, "sha256", f->sha256);
    json_text(&j, "filename", f->filename);
    json_text(&j, "type", f->type);
    json_int(&j, "size", f->size);
    json_text(&j, "alt", f->alt);
    json_text(&j, "caption", f->caption);
    json_text(&j, "credit", f->credit);
    json_bool(&j, "cover", f->is_cover);
    json_text(&j, "photo", f->photo ? id_text(ctx->arena, f->photo) : NULL);
    json_int(&j, "at", f->at);
    json_close(&j, '}');
    VaultWriter *w = vault_begin(ctx, vault, RECORD_MAX);
    return w && vault_add(ctx, w, buf_data(buf), buf_size(buf)) && vault_keep(ctx, w, &sha256, &size) ? sha256 : NULL;
}

/* The record is written before the writer's turn comes. */
static bool prepare_remove(Ctx *ctx, const Request *req, void **prepared_out)
{
    const ReleaseFile *f = people_may(ctx, RIGHT_PRESS_WRITE) ? press_file(ctx, req->id) : NULL;
    if (!f)
        return false;
    *prepared_out = (void *)keep_record(ctx, req->site->vault, f);
    return *prepared_out != NULL;
}

/* The first bits of the record's hash: only what was signed can be brought back. */
static i64 sign_of(const char *sha256)
{
    i64 bits = 0;
    for (const char *p = sha256; p < sha256 + SIGN_DIGITS && *p; p++)
        bits = bits << 4 | (*p <= '9' ? *p - '0' : *p - 'a' + 10);
    return bits;
}

static Url way_back(Ctx *ctx, const SealKey *key, i64 release, const char *record)
{
    Url u = url_query(ctx->arena, url_id(ctx->arena, "/mesa/comunicados/", release, "/archivos/devolver"), "registro", record);
    return url_query(ctx->arena, u, "firma", seal_token_make(ctx->arena, key, "press-file", sign_of(record), ctx->now + UNDO_FOR));
}

/* POST /mesa/comunicados/archivos/:id/quitar */
static void act_remove(Ctx *ctx, const Request *req, Page *page)
{
    const ReleaseFile *f = people_may(ctx, RIGHT_PRESS_WRITE) ? press_file(ctx, req->id) : NULL;
    if (!f || !press_file_remove(ctx, f->id))
        return;
    page_done(page, files_of(ctx, f->release), say(ctx, "The file was taken away."));
    if (req->site->seal_key)
        page->undo = way_back(ctx, req->site->seal_key, f->release, req->prepared);
}

static bool is_signed(Ctx *ctx, const Request *req, const char *record)
{
    const char *token = query_text(req, "firma");
    i64 sign, ends;
    return token && record && strlen(record) == HASH_DIGITS && req->site->seal_key &&
           seal_token_read(req->site->seal_key, "press-file", token, &sign, &ends) && sign == sign_of(record) && ends > ctx->now;
}

/* A copy of a photo comes back only where that still may be shown as it was then. */
static bool read_photo(Ctx *ctx, const Json *j, FileDraft *draft)
{
    const char *photo = json_text_of(json_get(j, "photo"));
    return !photo || (id_parse(photo, &draft->photo) && photos_may_show(ctx, draft->photo, json_int_of(json_get(j, "at"))));
}

static bool read_record(Ctx *ctx, const Request *req, const char *record, FileDraft *draft_out)
{
    i64 size, release;
    int fd = vault_fd(ctx, req->site->vault, record, &size);
    char *text = fd >= 0 && size <= RECORD_MAX ? arena_bytes(ctx->arena, (size_t)size + 1) : NULL;
    bool whole = text && pread(fd, text, (size_t)size, 0) == (ssize_t)size;
    if (fd >= 0)
        close(fd);
    const Json *j = whole ? json_read(ctx, text, (size_t)size) : NULL;
    const char *id = json_text_of(json_get(j, "release"));
    if (!id || !id_parse(id, &release) || release != req->id)
        return false;
    *draft_out = (FileDraft){
        .sha256 = json_text_of(json_get(j, "sha256")), .filename = json_text_of(json_get(j, "filename")),
        .type = json_text_of(json_get(j, "type")), .size = json_int_of(json_get(j, "size")), .alt = json_text_of(json_get(j, "alt")),
        .caption = json_text_of(json_get(j, "caption")), .credit = json_text_of(json_get(j, "credit")),
        .is_cover = json_bool_of(json_get(j, "cover")),
    };
    return read_photo(ctx, j, draft_out);
}

/* POST /mesa/comunicados/:id/archivos/devolver: its bytes are still in the vault, and only this office can have made the address. */
static void act_bring_back(Ctx *ctx, const Request *req, Page *page)
{
    const char *record = query_text(req, "registro");
    FileDraft d;
    i64 id;
    if (!people_may(ctx, RIGHT_PRESS_WRITE))
        return;
    if (!is_signed(ctx, req, record) || !read_record(ctx, req, record, &d)) {
        fault(ctx, FAULT_CONFLICT, "This can no longer be taken back: add the file again.");
        return;
    }
    if (!press_file_add(ctx, req->id, NONE, &d, &id) || (press_is_picture(d.type) && !press_picture_queue(ctx, id)))
        return;
    give(ctx, page, id, true, say(ctx, "The file is back."));
}

/* ---- out ---- */

/* GET /mesa/comunicados/archivos/:id: the original, as it came */
static void page_original(Ctx *ctx, const Request *req, Page *page)
{
    const ReleaseFile *f = people_may(ctx, RIGHT_PRESS_READ) ? press_file(ctx, req->id) : NULL;
    if (f && page_file(ctx, req, page, f->sha256, f->type, f->filename))
        page->modified = f->at;
}

/* GET /mesa/comunicados/archivos/:id/:variant */
static void page_copy(Ctx *ctx, const Request *req, Page *page)
{
    const PictureCopy *c = press_copy(ctx, req->id, req->variant);
    if (c && !page_picture(ctx, req, page, c->sha256, c->type))
        return;
}

/* GET /medios/:id/:variant: a photo's, or a release's own */
static void page_public_copy(Ctx *ctx, const Request *req, Page *page)
{
    if (photos_give_medium(ctx, req, page))
        return;
    const PictureCopy *c = press_public_copy(ctx, req->id, req->variant);
    if (c && !page_picture(ctx, req, page, c->sha256, c->type))
        return;
}

const Route press_file_routes[] = {
    {POST, "/mesa/comunicados/:id/archivos", act_add, RIGHT_PRESS_WRITE, "Adds a cover or an attachment to a release, at most 32 MB",
     .fields = "file! alt caption credit is_cover", .shape = &press_file_shape, .form = press_page_release, .prepare = prepare,
     .body_max = BODY_MAX, .files = true},
    {POST, "/mesa/comunicados/:id/archivos/devolver", act_bring_back, RIGHT_PRESS_WRITE, "Brings back a file that was just taken away",
     .query = "registro firma", .shape = &press_file_shape},
    {GET, "/mesa/comunicados/archivos/:id", page_original, RIGHT_PRESS_READ, "A file of a release, as it came"},
    {POST, "/mesa/comunicados/archivos/:id", act_change, RIGHT_PRESS_WRITE, "Says what is seen in a file of a release, and whether it is the cover",
     .fields = "alt caption credit is_cover", .shape = &press_file_shape},
    {POST, "/mesa/comunicados/archivos/:id/quitar", act_remove, RIGHT_PRESS_WRITE, "Takes a file away from a release",
     .prepare = prepare_remove},
    {GET, "/mesa/comunicados/archivos/:id/:variant", page_copy, RIGHT_PRESS_READ, "A copy of a picture, for the desk", .one_kind = true},
    {GET, "/medios/:id/:variant", page_public_copy, PUBLIC, "A copy of a picture that is public", .query = "descargar", .uncached = true,
     .one_kind = true},
    {0},
};
