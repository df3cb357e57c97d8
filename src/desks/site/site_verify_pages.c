/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_pages.c: /verificar, and the keys with which anybody can check without us. */
#include "base/text.h"
#include "desks/site/site_room.h"
#include "desks/site/site_verify.h"
#include "site_verify_views.h"

enum { KEYS_MOST = 100, TYPED_MOST = 500, BODY_MAX = VERIFY_FILE_MAX + 64 * 1024 };

static void draw(Ctx *ctx, const Request *req, Page *page, const Verdict *v)
{
    page->title = say(ctx, "Is it official?");
    page->description = say(ctx, "Write the code of a document, or hand in the document itself: we say whether this office published it.");
    page->noindex = v != NULL;
    if (v)
        page_one(page, &site_verdict_shape, v);
    if (page->format == FORMAT_HTML)
        site_view_verify(page->html, req, v);
}

/* GET /verificar?codigo= */
static void page_verify(Ctx *ctx, const Request *req, Page *page)
{
    const char *typed = query_text(req, "codigo");
    if (typed && strlen(typed) > TYPED_MOST) {
        fault_field(ctx, "codigo", "This is longer than any code or link of ours.");
        return;
    }
    const Verdict *v = text_blank(typed) ? NULL : site_verify(ctx, typed);
    if (!v && !faulted(ctx) && page->format != FORMAT_HTML)
        fault_field(ctx, "codigo", "Say which code: ?codigo=VOC-XXXX-XX");
    if (!faulted(ctx))
        draw(ctx, req, page, v);
}

/* Looked at before the writer's turn comes: nothing is written. */
static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    if (!req->uploads.count || ((const Upload *)req->uploads.items)->size == 0)
        return fault_field(ctx, "archivo", "Choose the document: a PDF, or any file that you got from this site.");
    *prepared_out = (void *)site_verify_file(ctx, req->uploads.items);
    return !faulted(ctx);
}

/* POST /verificar: a document in hand */
static void act_verify(Ctx *ctx, const Request *req, Page *page)
{
    draw(ctx, req, page, req->prepared);
}

/* GET /.well-known/vocero-keys.json */
static void page_keys(Ctx *ctx, const Request *req, Page *page)
{
    List keys = seal_keys(ctx, KEYS_MOST);
    page_list(page, &seal_public_shape, keys, (i64)keys.count, NULL);
}

const Route site_verify_routes[] = {
    {GET, "/verificar", page_verify, PUBLIC, "Says whether a code or a SHA-256 is of something that this office published", .query = "codigo",
     .shape = &site_verdict_shape, .uncached = true},
    {POST, "/verificar", act_verify, PUBLIC, "Says whether a document is one that this office published, and what was changed in it",
     .fields = "archivo!", .shape = &site_verdict_shape, .form = page_verify, .prepare = prepare, .body_max = BODY_MAX, .files = true,
     .passing = true},
    {GET, "/.well-known/vocero-keys", page_keys, PUBLIC, "The public keys that sign what this office publishes, present and past",
     .formats = AS_JSON, .shape = &seal_public_shape},
    {0},
};
