/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_tus.c: the addresses of tus: what a request did, as headers. */
#include "desks/photos/photos_pages.h"
#include "desks/photos/upload/photos_upload.h"
#include "web/site.h"

enum { BODY_MAX = (int)PHOTOS_FILE_MAX };

/* On every answer, refusals too. */
static const char *const protocol[] = {"Tus-Resumable", "1.0.0", "Tus-Version", "1.0.0", NULL};

static const char *number(Ctx *ctx, i64 n)
{
    return arena_printf(ctx->arena, "%" PRId64, n);
}

static Url upload_url(Ctx *ctx, i64 id)
{
    return url_id(ctx->arena, "/mesa/fotos/subidas/", id, NULL);
}

/* Where it stands, until when it can be gone on with, and what it has become. */
static void tell(Ctx *ctx, Page *page, const UploadTurn *turn, i64 expires)
{
    page_header(ctx, page, "Upload-Offset", number(ctx, turn->at));
    page_header(ctx, page, "Upload-Expires", clock_http(ctx->arena, expires));
    if (turn->photo)
        page_header(ctx, page, "Vocero-Record", photos_path(ctx->arena, turn->photo));
}

/* Whole, it is a photo in the transaction of this request. */
static bool note_turn(Ctx *ctx, UploadTurn *turn, Page *page)
{
    i64 expires;
    if (turn->sha256 && !photos_upload_end(ctx, turn->id, turn->sha256, &turn->photo))
        return false;
    if (!photos_upload_lives_on(ctx, turn->id, &expires))
        return false;
    tell(ctx, page, turn, expires);
    return true;
}

/* POST /mesa/fotos/subidas */
static void act_begin(Ctx *ctx, const Request *req, Page *page)
{
    UploadTurn *turn = req->prepared;
    if (!photos_upload_begin(ctx, turn->id, &turn->wish) || !note_turn(ctx, turn, page))
        return;
    page_created(page, upload_url(ctx, turn->id), NULL);
}

/* PATCH /mesa/fotos/subidas/:id */
static void act_go_on(Ctx *ctx, const Request *req, Page *page)
{
    page->status = 204;
    if (!note_turn(ctx, req->prepared, page))
        return;
}

/* HEAD /mesa/fotos/subidas/:id */
static void page_look(Ctx *ctx, const Request *req, Page *page)
{
    const UploadTurn *turn = req->prepared;
    const PhotoUpload *u = photos_upload_find(ctx, req->id);
    if (!u)
        return;
    page->status = 204;
    tell(ctx, page, turn, u->expires_at);
    page_header(ctx, page, "Upload-Length", number(ctx, turn->wish.size));
    if (turn->held)
        page_header(ctx, page, "Vocero-Held", "1");
    if (turn->wish.metadata)
        page_header(ctx, page, "Upload-Metadata", turn->wish.metadata);
}

/* DELETE /mesa/fotos/subidas/:id; what became a photo stays one. */
static void act_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (!photos_upload_speaks(ctx, req) || !photos_upload_forget(ctx, req->id))
        return;
    vault_part_drop(req->site->vault, req->id);
    page->status = 204;
}

/* OPTIONS: anybody may ask what is spoken here. */
static void page_offer(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    page->status = 204;
    page_header(ctx, page, "Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration");
    page_header(ctx, page, "Tus-Max-Size", number(ctx, PHOTOS_FILE_MAX));
    page_header(ctx, page, "Tus-Checksum-Algorithm", "sha256,sha1");
}

const Route photos_upload_routes[] = {
    {OPTIONS, "/mesa/fotos/subidas", page_offer, PUBLIC, "What this server can do of tus 1.0.0", .formats = AS_JSON, .headers = protocol},
    {POST, "/mesa/fotos/subidas", act_begin, RIGHT_PHOTOS_UPLOAD,
     "Begins the upload of a picture (tus 1.0.0, creation): Upload-Length and Upload-Metadata with filename, event and coverage",
     .formats = AS_JSON, .headers = protocol, .sink = &photos_upload_first, .prepare = photos_upload_prepare_first, .body_max = BODY_MAX},
    {OPTIONS, "/mesa/fotos/subidas/:id", page_offer, PUBLIC, "What this server can do of tus 1.0.0", .formats = AS_JSON, .headers = protocol},
    {HEAD, "/mesa/fotos/subidas/:id", page_look, RIGHT_PHOTOS_UPLOAD, "Where an upload stands; once it is whole, Vocero-Record is its picture; Vocero-Held: another connection is sending it",
     .formats = AS_JSON, .headers = protocol, .prepare = photos_upload_prepare_look},
    {PATCH, "/mesa/fotos/subidas/:id", act_go_on, RIGHT_PHOTOS_UPLOAD, "Takes the next bytes of an upload (tus 1.0.0)",
     .formats = AS_JSON, .headers = protocol, .sink = &photos_upload_next, .prepare = photos_upload_prepare_next, .body_max = BODY_MAX},
    {DELETE, "/mesa/fotos/subidas/:id", act_drop, RIGHT_PHOTOS_UPLOAD, "Gives an upload up", .formats = AS_JSON, .headers = protocol},
    {0},
};
