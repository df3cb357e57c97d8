/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_way_pages.c: a gallery goes to the public, stops on its way, comes back, or is dropped. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "web/form.h"

/* POST /mesa/galerias/:id/publicar */
void photos_act_desk_gallery_publish(Ctx *ctx, const Request *req, Page *page)
{
    if (!photos_gallery_publish(ctx, req->id, req->version))
        return;
    const Gallery *g = photos_gallery(ctx, req->id);
    bool waits = g && g->state == GALLERY_PUBLISHING;
    photos_give_gallery(ctx, req, page, req->id,
                        waits ? say(ctx, "It becomes public as soon as all copies are made.") : say(ctx, "The gallery is public."));
}

/* POST /mesa/galerias/:id/detener */
void photos_act_desk_gallery_stop(Ctx *ctx, const Request *req, Page *page)
{
    if (photos_gallery_stop(ctx, req->id, req->version))
        photos_give_gallery(ctx, req, page, req->id, say(ctx, "Stopped: citizens see what they saw before."));
}

/* POST /mesa/galerias/:id/retirar */
void photos_act_desk_gallery_unpublish(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_PUBLISH))
        return;
    const char *reason = form_need(ctx, req, "reason", GALLERY_REASON_MAX);
    if (reason && photos_gallery_unpublish(ctx, req->id, req->version, reason))
        photos_give_gallery(ctx, req, page, req->id, say(ctx, "Unpublished: its address says why."));
}

/* POST /mesa/galerias/:id/descartar */
void photos_act_desk_gallery_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (photos_gallery_drop(ctx, req->id, req->version))
        page_done(page, url_literal("/mesa/galerias"), say(ctx, "The gallery was dropped; its photos are where they were."));
}
