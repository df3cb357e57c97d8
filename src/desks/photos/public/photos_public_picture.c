/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_picture.c: the page of one picture in its gallery: what the lightbox shows, without a script. */
#include "desks/photos/public/photos_public.h"
#include "photos_public_views.h"

static PublicPhoto *find_photo(const PublicGallery *g, i64 id)
{
    PublicPhoto *p = (PublicPhoto *)g->items.items;
    for (size_t i = 0; i < g->items.count; i++)
        if (p[i].id == id)
            return &p[i];
    return NULL;
}

static const Rendition *copy_called(List copies, const char *variant)
{
    const Rendition *r = copies.items;
    for (size_t i = 0; i < copies.count; i++)
        if (text_same(r[i].variant, variant))
            return &r[i];
    return NULL;
}

static void set_head(Ctx *ctx, Page *page, const PictureShown *x)
{
    const PublicPhoto *p = x->photo;
    page->title = photos_title_of(ctx, x->gallery, p);
    page->description = !text_blank(p->caption) ? text_clip(ctx->arena, p->caption, 200) : p->alt;
    page->canonical = photos_picture_url(ctx->arena, x->gallery, p->id);
    page->modified = p->changed_at > x->gallery->changed_at ? p->changed_at : x->gallery->changed_at;
    photos_share(ctx, page, p, 0);
    photos_offer_oembed(ctx, page, p->url);
}

static void draw(Ctx *ctx, Page *page, const PublicGallery *g, const PublicPhoto *p)
{
    const PublicPhoto *all = g->items.items;
    PictureShown x = {.gallery = g, .photo = p, .previous = p > all ? p - 1 : NULL, .next = p + 1 < all + g->items.count ? p + 1 : NULL};
    x.press = copy_called(p->renditions, "press.jpg");
    x.people = photos_people(ctx->arena, p);
    x.json = photos_picture_jsonld(ctx, &x);
    set_head(ctx, page, &x);
    photos_public_view_picture(page->html, &x);
}

void photos_page_picture(Ctx *ctx, const Request *req, Page *page)
{
    const PublicGallery *g = photos_asked_gallery(ctx, req, page);
    PublicPhoto *p = g ? find_photo(g, req->id) : NULL;
    if (g && !p) {
        bool was = photos_public_was(ctx, req->id) && !photos_public_one(ctx, req->id);
        if (was)
            fault(ctx, FAULT_GONE, "this picture was withdrawn");
        else
            fault(ctx, FAULT_NOT_FOUND, "there is no such picture in this gallery");
    }
    if (!p || faulted(ctx))
        return;
    p->renditions = photos_copies(ctx, p->id, p->recipe);
    page_one(page, &photos_public_shape, p);
    if (page->format == FORMAT_HTML)
        draw(ctx, page, g, p);
}
