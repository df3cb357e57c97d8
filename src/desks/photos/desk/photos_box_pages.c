/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_box_pages.c: what is made unrecognisable in a photo: boxes that are drawn, moved, confirmed, rejected. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"

/* One of the photo's boxes, by the field box. */
static const PhotoBox *named(Ctx *ctx, const Request *req)
{
    const Photo *p = photos_find(ctx, req->id);
    i64 id = p ? form_id(ctx, req, "box") : 0;
    if (faulted(ctx))
        return NULL;
    for (const PhotoBox *b = p->boxes.items, *end = b + p->boxes.count; b < end; b++)
        if (b->id == id)
            return b;
    return fault(ctx, FAULT_NOT_FOUND, "This box is not there any more.");
}

static bool move(Ctx *ctx, const Request *req, const PhotoBox *box)
{
    const PhotoBox *was = named(ctx, req);
    return was && photos_box_change(ctx, was->id, box);
}

/* POST /mesa/fotos/:id/cuadros: a new one, or another place for one that is there */
void photos_act_box(Ctx *ctx, const Request *req, Page *page)
{
    PhotoBox box;
    i64 id;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_read_box(ctx, req, &box))
        return;
    bool there = form_has(req, "box") && !text_blank(form_raw(req, "box"));
    if (there ? !move(ctx, req, &box) : !photos_box_add(ctx, req->id, &box, &id))
        return;
    photos_give(ctx, req, page, req->id, there ? say(ctx, "The box was moved.") : say(ctx, "The box was added."));
    page->created = !there;
}

static bool decide_all(Ctx *ctx, i64 photo, BoxState state)
{
    const Photo *p = photos_find(ctx, photo);
    if (!p)
        return false;
    for (const PhotoBox *b = p->boxes.items, *end = b + p->boxes.count; b < end; b++)
        if (b->state == BOX_PROPOSED && !photos_box_decide(ctx, b->id, state))
            return false;
    return true;
}

static bool decide_one(Ctx *ctx, const Request *req, BoxState state)
{
    const PhotoBox *b = named(ctx, req);
    return b && photos_box_decide(ctx, b->id, state);
}

/* POST /mesa/fotos/:id/cuadros/decidir: one box, or without it all that are proposed */
void photos_act_box_decide(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    int state = form_word(ctx, req, "state", photos_box_words, -1);
    bool one = form_has(req, "box") && !text_blank(form_raw(req, "box"));
    if (state < 0 && !faulted(ctx))
        fault_field(ctx, "state", "Say confirmed or rejected.");
    if (faulted(ctx) || (one ? !decide_one(ctx, req, (BoxState)state) : !decide_all(ctx, req->id, (BoxState)state)))
        return;
    photos_give(ctx, req, page, req->id,
                state == BOX_CONFIRMED ? say(ctx, "Confirmed: it will be unrecognisable in public.") : say(ctx, "Rejected."));
}

/* POST /mesa/fotos/:id/cuadros/quitar */
void photos_act_box_remove(Ctx *ctx, const Request *req, Page *page)
{
    const PhotoBox *b = people_may(ctx, RIGHT_PHOTOS_EDIT) ? named(ctx, req) : NULL;
    if (b && photos_box_remove(ctx, b->id))
        photos_give(ctx, req, page, req->id, say(ctx, "The box was taken away."));
}
