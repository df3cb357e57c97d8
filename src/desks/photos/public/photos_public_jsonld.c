/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_jsonld.c: galleries and pictures as search engines read them: schema.org ImageGallery and ImageObject
 * (developers.google.com/search/docs/appearance/structured-data/image-license-metadata). */
#include "desks/photos/public/photos_public.h"

enum { JSON_MAX = 256 * 1024 };

static const char *absolute(Ctx *ctx, Url path)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path.s);
}

static void add_office(Ctx *ctx, JsonOut *j, const char *key)
{
    json_open(j, key, '{');
    json_text(j, "@type", "GovernmentOrganization");
    json_text(j, "name", ctx->city->office);
    json_text(j, "url", ctx->city->base_url);
    json_close(j, '}');
}

static void add_creator(Ctx *ctx, JsonOut *j, const PublicPhoto *p)
{
    if (text_blank(p->credit)) {
        add_office(ctx, j, "creator");
        return;
    }
    json_open(j, "creator", '{');
    json_text(j, "@type", "Person");
    json_text(j, "name", p->credit);
    json_close(j, '}');
}

static void add_rights(Ctx *ctx, JsonOut *j, const PublicPhoto *p)
{
    add_creator(ctx, j, p);
    json_text(j, "creditText", text_blank(p->credit) ? ctx->city->office : p->credit);
    json_text(j, "copyrightNotice", ctx->city->office);
    json_text(j, "license", photos_license_url(ctx));
    json_text(j, "acquireLicensePage", p->url);
}

/* The members of an ImageObject that is open already. */
static void add_image(Ctx *ctx, JsonOut *j, const PublicPhoto *p)
{
    i64 width = p->width < 2048 ? p->width : 2048;
    json_text(j, "@type", "ImageObject");
    json_text(j, "@id", arena_printf(ctx->arena, "%s#picture", p->url));
    json_text(j, "url", p->url);
    json_text(j, "contentUrl", absolute(ctx, photos_medium_url(ctx->arena, p, "2048.jpg")));
    json_text(j, "thumbnailUrl", absolute(ctx, photos_medium_url(ctx->arena, p, "640.jpg")));
    json_text(j, "encodingFormat", "image/jpeg");
    json_int(j, "width", width);
    json_int(j, "height", photos_scaled_height(p, width));
    json_text(j, "name", p->headline);
    json_text(j, "caption", text_blank(p->caption) ? p->alt : p->caption);
    json_text(j, "description", p->alt);
    json_bool(j, "representativeOfPage", true);
    add_rights(ctx, j, p);
}

static void add_place(JsonOut *j, const char *place)
{
    if (text_blank(place))
        return;
    json_open(j, "contentLocation", '{');
    json_text(j, "@type", "Place");
    json_text(j, "name", place);
    json_close(j, '}');
}

static void add_event(Ctx *ctx, JsonOut *j, const PublicGallery *g)
{
    if (!g->event_slug)
        return;
    json_open(j, "about", '{');
    json_text(j, "@type", "Thing");
    json_text(j, "name", g->event_title);
    json_text(j, "url", absolute(ctx, url_slug(ctx->arena, "/agenda/", g->event_slug, NULL)));
    json_close(j, '}');
}

Buf *photos_picture_jsonld(Ctx *ctx, const PictureShown *x)
{
    Buf *out = buf_new(ctx->arena, 2048, JSON_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_text(&j, "@context", "https://schema.org");
    add_image(ctx, &j, x->photo);
    json_text(&j, "dateCreated", clock_rfc3339(ctx->arena, ctx->city->zone, x->photo->taken_at));
    json_text(&j, "datePublished", clock_rfc3339(ctx->arena, ctx->city->zone, x->photo->published_at));
    add_place(&j, x->photo->place);
    json_open(&j, "isPartOf", '{');
    json_text(&j, "@type", "ImageGallery");
    json_text(&j, "@id", arena_printf(ctx->arena, "%s#gallery", x->gallery->url));
    json_text(&j, "name", x->gallery->title);
    json_text(&j, "url", x->gallery->url);
    json_close(&j, '}');
    json_close(&j, '}');
    return out;
}

/* Each picture says its own on its own page: here stands the cover, so that a page of hundreds stays small. */
Buf *photos_gallery_jsonld(Ctx *ctx, const PublicGallery *g)
{
    Buf *out = buf_new(ctx->arena, 2048, JSON_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_text(&j, "@context", "https://schema.org");
    json_text(&j, "@type", "ImageGallery");
    json_text(&j, "@id", arena_printf(ctx->arena, "%s#gallery", g->url));
    json_text(&j, "url", g->url);
    json_text(&j, "name", g->title);
    json_text(&j, "description", g->lead);
    json_text(&j, "datePublished", clock_rfc3339(ctx->arena, ctx->city->zone, g->published_at));
    json_text(&j, "dateModified", clock_rfc3339(ctx->arena, ctx->city->zone, g->changed_at));
    json_text(&j, "license", photos_license_url(ctx));
    json_bool(&j, "isAccessibleForFree", true);
    add_event(ctx, &j, g);
    add_office(ctx, &j, "publisher");
    if (g->picture.id) {
        json_open(&j, "primaryImageOfPage", '{');
        add_image(ctx, &j, &g->picture);
        json_close(&j, '}');
    }
    json_close(&j, '}');
    return out;
}
