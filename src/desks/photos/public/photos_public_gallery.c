/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_gallery.c: the page of one gallery, and the notice where it was withdrawn. */
#include "desks/photos/public/photos_public.h"
#include "photos_public_views.h"

/* ---- withdrawn ---- */

static void give_notice(Ctx *ctx, Page *page, const PublicGallery *g)
{
    page->status = 410;
    page->noindex = true;
    page->title = say(ctx, "Gallery withdrawn");
    page_one(page, &photos_public_gallery_shape, g);
    if (page->format == FORMAT_HTML)
        photos_public_view_withdrawn(page->html, g);
    else if (page->format != FORMAT_JSON)
        fault(ctx, FAULT_GONE, "this gallery was withdrawn");
}

PublicGallery *photos_asked_gallery(Ctx *ctx, const Request *req, Page *page)
{
    PublicGallery *g = photos_public_head(ctx, req->slug);
    page->here = "/galerias";
    if (!g)
        return NULL;
    page->modified = g->changed_at;
    if (g->withdrawn_at) {
        give_notice(ctx, page, g);
        return NULL;
    }
    return photos_public_fill(ctx, g) ? g : NULL;
}

/* ---- the page ---- */

void photos_share(Ctx *ctx, Page *page, const PublicPhoto *p, i64 published)
{
    PageShare *share = arena_new_of(ctx->arena, PageShare);
    *share = (PageShare){.is_article = published != 0, .published = published};
    if (p->id) {
        share->image = photos_medium_url(ctx->arena, p, "share.jpg");
        share->image_alt = p->alt;
        share->image_width = 1200;
        share->image_height = 630;
    }
    page->share = share;
}

static void set_head(Ctx *ctx, Page *page, const PublicGallery *g)
{
    page->title = g->title;
    page->description = g->lead ? g->lead : arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo of %s.", "%" PRId64 " photos of %s.", g->photos),
                                                         g->photos, g->event_title ? g->event_title : ctx->city->name);
    page->canonical = photos_gallery_url(ctx->arena, g, NULL);
    page->alternate_atom = photos_gallery_url(ctx->arena, g, ".atom");
    photos_share(ctx, page, &g->picture, g->published_at);
    photos_offer_oembed(ctx, page, g->url);
}

static void draw(Ctx *ctx, Page *page, PublicGallery *g)
{
    GalleryShown x = {.gallery = g, .first = g->items.count ? g->items.items : NULL};
    if (x.first)
        ((PublicPhoto *)x.first)->renditions = photos_copies(ctx, x.first->id, x.first->recipe);
    x.credits = photos_credits(ctx, g->items);
    x.embed = photos_embed_code(ctx, g);
    x.archive_size = photos_archive_bytes(ctx, g);
    x.json = photos_gallery_jsonld(ctx, g);
    set_head(ctx, page, g);
    photos_public_view_gallery(page->html, &x);
}

void photos_page_gallery(Ctx *ctx, const Request *req, Page *page)
{
    PublicGallery *g = photos_asked_gallery(ctx, req, page);
    if (!g)
        return;
    if (page->format == FORMAT_ATOM)
        photos_give_feed_of(ctx, page, g);
    else if (page->format == FORMAT_HTML)
        draw(ctx, page, g);
    else if (photos_public_fill_copies(ctx, g))
        page_one(page, &photos_public_gallery_shape, g);
}
