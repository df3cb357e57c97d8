/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment_pages.c: files come to an event, are given to whom may have them, and go. */
#include "desks/agenda/events/agenda_attachment.h"
#include "desks/agenda/events/agenda_event_form.h"
#include "desks/agenda/agenda_pages.h"
#include "web/site.h"


enum { BODY_MAX = ATTACHMENT_MAX + 64 * 1024 };

/* ---- in ---- */

static bool look_into(Ctx *ctx, const Request *req, const Upload *u, Bytes *out)
{
    return vault_map(ctx, req->site->vault, u->sha256, out) && (out->size || fault_field(ctx, "file", "The file is empty."));
}

/* What the file is, found out before the writer's turn comes. */
static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    Bytes file;
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return false;
    const Upload *u = req->uploads.count ? req->uploads.items : NULL;
    if (!u)
        return fault_field(ctx, "file", "Choose a file.");
    if (u->size > ATTACHMENT_MAX)
        return fault_at(ctx, __FILE__, FAULT_TOO_LARGE, "file",
                        "The file is larger than %d MB: make it smaller or give a link.",
                        ATTACHMENT_MAX / 1024 / 1024);
    if (!look_into(ctx, req, u, &file))
        return false;
    AttachmentDraft *draft = arena_new_of(ctx->arena, AttachmentDraft);
    *draft = (AttachmentDraft){
        .sha256 = u->sha256,
        .filename = u->filename,
        .type = agenda_attachment_type(ctx, file, u->type, u->filename),
        .size = u->size,
    };
    *prepared_out = draft;
    return draft->type != NULL;
}

static Url files_of(Ctx *ctx, i64 event)
{
    return url_id(ctx->arena, "/mesa/agenda/", event, "#archivos");
}

/* POST /mesa/agenda/:id/archivos */
static void act_attach(Ctx *ctx, const Request *req, Page *page)
{
    AttachmentDraft draft = *(const AttachmentDraft *)req->prepared;
    i64 id;
    draft.title = form_text(ctx, req, "title", 200);
    draft.is_public = form_bool(req, "is_public");
    if (faulted(ctx) || !agenda_attach(ctx, req->id, &draft, &id))
        return;
    page_one(page, &agenda_attachment_shape, agenda_attachment(ctx, id));
    page_created(page,
                 page->format == FORMAT_HTML
                     ? files_of(ctx, req->id)
                     : url_id(ctx->arena, "/mesa/agenda/archivos/", id, NULL),
                 say(ctx, "The file was added."));
}

/* GET /mesa/agenda/:id/archivos */
static void page_files(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_READ) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    List files = agenda_attachments_of(ctx, e->id);
    page_list(page, &agenda_attachment_shape, files, (i64)files.count, NULL);
}

/* POST /mesa/agenda/archivos/:id */
static void act_set(Ctx *ctx, const Request *req, Page *page)
{
    const Attachment *a =
        people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_attachment(ctx, req->id) : NULL;
    if (!a)
        return;
    const char *title = form_has(req, "title") ? form_text(ctx, req, "title", 200) : a->title;
    bool is_public = form_has(req, "is_public") ? form_bool(req, "is_public") : a->is_public;
    if (faulted(ctx) || !agenda_attachment_set(ctx, a->id, title, is_public))
        return;
    page_one(page, &agenda_attachment_shape, agenda_attachment(ctx, a->id));
    page_done(page, files_of(ctx, a->event), say(ctx, "Saved."));
}

/* POST /mesa/agenda/archivos/:id/quitar */
static void act_detach(Ctx *ctx, const Request *req, Page *page)
{
    const Attachment *a =
        people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_attachment(ctx, req->id) : NULL;
    if (a && agenda_detach(ctx, a->id))
        page_done(page, files_of(ctx, a->event), say(ctx, "The file was taken away."));
}

/* ---- out ---- */

static void give(Ctx *ctx, const Request *req, Page *page, const Attachment *a)
{
    if (a && page_file(ctx, req, page, a->sha256, a->type, a->filename))
        page->modified = a->at;
}

/* GET /mesa/agenda/archivos/:id */
static void page_attachment(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_AGENDA_READ))
        give(ctx, req, page, agenda_attachment(ctx, req->id));
}

/* GET /agenda/:slug/archivos/:id */
static void page_public_attachment(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_public_attachment(ctx, req->slug, req->id));
}

const Route agenda_attachment_routes[] = {
    {GET, "/mesa/agenda/:id/archivos", page_files, RIGHT_AGENDA_READ, "The files of an event",
     .list = true, .formats = AS_JSON, .shape = &agenda_attachment_shape},
    {POST, "/mesa/agenda/:id/archivos", act_attach, RIGHT_AGENDA_EDIT,
     "Adds a file to an event, at most 20 MB", .fields = "file! title is_public",
     .shape = &agenda_attachment_shape, .form = agenda_page_event, .prepare = prepare,
     .body_max = BODY_MAX, .files = true},
    {GET, "/mesa/agenda/archivos/:id", page_attachment, RIGHT_AGENDA_READ, "A file of an event"},
    {POST, "/mesa/agenda/archivos/:id", act_set, RIGHT_AGENDA_EDIT,
     "Says what a file of an event is, and who may have it", .fields = "title is_public",
     .shape = &agenda_attachment_shape},
    {POST, "/mesa/agenda/archivos/:id/quitar", act_detach, RIGHT_AGENDA_EDIT,
     "Takes a file away from an event"},
    {GET, "/agenda/:slug/archivos/:id", page_public_attachment, PUBLIC,
     "A public file of a public event", .uncached = true},
    {0},
};
