/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_pages.c: /verificar, what belongs to a code, and the keys with which anybody can check without us. */
#include "base/text.h"
#include "desks/site/site_room.h"
#include "desks/site/site_verify.h"
#include "paper/paper.h"
#include "store/seal_document.h"
#include "web/site.h"
#include "site_verify_views.h"

enum { KEYS_MOST = 100, TYPED_MOST = 8 * 1024, BODY_MAX = VERIFY_FILE_MAX + 512 * 1024, QR_MOST = 64 * 1024 };

static void draw(Ctx *ctx, const Request *req, Page *page, const Verdict *v)
{
    page->title = say(ctx, "Is it official?");
    page->description = say(ctx, "Paste what reached you, or hand in the file: we say whether this office published it, and what was changed.");
    page->noindex = v != NULL;
    if (v)
        page_one(page, &site_verdict_shape, v);
    if (page->format == FORMAT_HTML)
        site_view_verify(page->html, req, v);
}

/* What a telephone shares comes as a text, a link, or both. */
static const char *asked(const Request *req)
{
    static const char *const names[] = {"codigo", "q", "enlace"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (!text_blank(query_text(req, names[i])))
            return query_text(req, names[i]);
    return NULL;
}

/* GET /verificar?codigo= ?q= */
static void page_verify(Ctx *ctx, const Request *req, Page *page)
{
    const char *typed = form_again(req->form) ? NULL : asked(req);
    if (typed && strlen(typed) > TYPED_MOST) {
        fault_field(ctx, "q", "This is too long for an address: paste it into the field of this page.");
        return;
    }
    const Verdict *v = typed ? site_verify(ctx, typed) : NULL;
    if (!v && !faulted(ctx) && page->format != FORMAT_HTML)
        fault_field(ctx, "codigo", "Say which code: ?codigo=VOC-XXXX-XX");
    if (!faulted(ctx))
        draw(ctx, req, page, v);
}

static const char *posted(Ctx *ctx, const Request *req)
{
    static const char *const names[] = {"q", "enlace", "codigo"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *text = form_raw(req, names[i]);
        if (text_blank(text))
            continue;
        if (strlen(text) > VERIFY_TEXT_MAX)
            return fault_field(ctx, "q", "This is too long: paste the part that matters, at most %d kB.", VERIFY_TEXT_MAX / 1024);
        return text;
    }
    return NULL;
}

/* Looked at before the writer's turn comes: nothing is written. */
static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    const Upload *file = req->uploads.items;
    if (req->uploads.count && file->size) {
        *prepared_out = (void *)site_verify_file(ctx, req->site->media, file);
        return !faulted(ctx);
    }
    const char *text = posted(ctx, req);
    if (!text)
        return fault_field(ctx, "q", "Paste a text or a link, write a code, or choose a file.");
    *prepared_out = (void *)site_verify(ctx, text);
    return !faulted(ctx);
}

/* POST /verificar: a text or a document in hand */
static void act_verify(Ctx *ctx, const Request *req, Page *page)
{
    draw(ctx, req, page, req->prepared);
}

/* ---- what belongs to a code ---- */
static const Seal *seal_asked(Ctx *ctx, const Request *req)
{
    const char *code = query_text(req, "codigo");
    const Seal *seal = code ? seal_by_code(ctx, code) : NULL;
    return seal || faulted(ctx) ? seal : fault(ctx, FAULT_NOT_FOUND, "there is no document with this code");
}

/* GET /verificar/qr?codigo= */
static void page_qr(Ctx *ctx, const Request *req, Page *page)
{
    const Seal *seal = seal_asked(ctx, req);
    int side;
    if (!seal)
        return;
    const char *url = arena_printf(ctx->arena, "%s/verificar?codigo=%s", ctx->city->base_url, seal->code);
    const char *path = paper_qr_path(ctx->arena, url, &side);
    if (!path) {
        fault(ctx, FAULT_BROKEN, "the address %s fits into no QR code", url);
        return;
    }
    Buf *out = buf_new(ctx->arena, 8 * 1024, QR_MOST);
    buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" shape-rendering=\"crispEdges\" "
                    "role=\"img\"><title>%s</title><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/><path d=\"%s\"/></svg>\n",
               side, side, side * 8, side * 8, seal->code, path);
    page_bytes(page, "image/svg+xml", NULL, out);
    page->picture = true; /* a code never leads elsewhere */
}

/* GET /verificar/documento?codigo= */
static void page_document(Ctx *ctx, const Request *req, Page *page)
{
    const Seal *seal = seal_asked(ctx, req);
    if (!seal)
        return;
    Buf *out = buf_new(ctx->arena, 2 * strlen(seal->canonical) + 1024, SEAL_DOCUMENT_MAX);
    seal_document_write(seal, out);
    page_bytes(page, "application/json", arena_printf(ctx->arena, "%s.json", seal->code), out);
}

/* GET /.well-known/vocero-keys.json */
static void page_keys(Ctx *ctx, const Request *req, Page *page)
{
    List keys = seal_keys(ctx, KEYS_MOST);
    page_list(page, &seal_public_shape, keys, (i64)keys.count, NULL);
}

const Route site_verify_routes[] = {
    {GET, "/verificar", page_verify, PUBLIC, "Says whether a code, a link, a SHA-256 or a text is of something that this office published",
     .query = "codigo q enlace", .shape = &site_verdict_shape, .uncached = true},
    {POST, "/verificar", act_verify, PUBLIC,
     "Says whether a text, a picture or a document is one that this office published, and what was changed in it",
     .fields = "q enlace codigo archivo", .shape = &site_verdict_shape, .form = page_verify, .prepare = prepare, .body_max = BODY_MAX,
     .files = true, .passing = true},
    {GET, "/verificar/qr", page_qr, PUBLIC, "A QR code that leads to the verification of a document", .formats = AS_HTML, .query = "codigo"},
    {GET, "/verificar/documento", page_document, PUBLIC, "What was signed as a file that proves itself, for who checks it without us",
     .formats = AS_HTML, .query = "codigo"},
    {GET, "/.well-known/vocero-keys", page_keys, PUBLIC, "The public keys that sign what this office publishes, present and past",
     .list = true, .formats = AS_JSON, .shape = &seal_public_shape},
    {0},
};
