/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_embed_pages.c: a gallery inside the pages of others: a bare page that may be framed, and what oEmbed says (oembed.com). */
#include "desks/photos/public/photos_public.h"
#include "photos_embed_views.h"

enum { EMBED_MOST = 24, EMBED_WIDTH = 640, EMBED_HEIGHT = 520, JSON_MAX = 16 * 1024, PICTURE_WIDTH = 1280 };

/* GET /galerias/:slug/insertar */
void photos_page_embed(Ctx *ctx, const Request *req, Page *page)
{
    const PublicGallery *g = photos_asked_gallery(ctx, req, page);
    if (!g)
        return;
    EmbedShown x = {.gallery = g, .photos = g->items.items, .count = g->items.count < EMBED_MOST ? g->items.count : EMBED_MOST};
    Html *h = html_new(ctx);
    photos_view_embed(h, &x);
    SafeHtml whole = html_finish(h);
    Buf *out = buf_new(ctx->arena, strlen(whole.s) + 1, HTML_MAX);
    buf_text(out, whole.s);
    page->framed = true;
    page_header(ctx, page, "X-Robots-Tag", "noindex");
    page_bytes(page, "text/html; charset=utf-8", NULL, out);
}

/* ---- oEmbed ---- */

/* /galerias/SLUG or /galerias/SLUG/ID, of this site. */
static bool read_address(Ctx *ctx, const char *url, const char **slug_out, i64 *photo_out)
{
    const char *base = arena_printf(ctx->arena, "%s/galerias/", ctx->city->base_url);
    if (text_blank(url) || !text_starts(url, base))
        return false;
    const char *rest = url + strlen(base);
    size_t n = strcspn(rest, "/?#");
    *slug_out = arena_copy(ctx->arena, rest, n);
    *photo_out = 0;
    if (rest[n] == '/' && !id_parse(arena_copy(ctx->arena, rest + n + 1, strcspn(rest + n + 1, "?#")), photo_out))
        return false;
    return text_slug_valid(*slug_out);
}

static void add_whole(Ctx *ctx, JsonOut *j, const PublicGallery *g)
{
    json_text(j, "type", "rich");
    json_text(j, "title", g->title);
    json_text(j, "html", photos_embed_code(ctx, g));
    json_int(j, "width", EMBED_WIDTH);
    json_int(j, "height", EMBED_HEIGHT);
}

static void add_one(Ctx *ctx, JsonOut *j, const PublicGallery *g, const PublicPhoto *p)
{
    i64 width = p->width < PICTURE_WIDTH ? p->width : PICTURE_WIDTH;
    json_text(j, "type", "photo");
    json_text(j, "title", photos_title_of(ctx, g, p));
    json_text(j, "author_name", p->credit);
    json_text(j, "url", arena_printf(ctx->arena, "%s%s", ctx->city->base_url, photos_medium_url(ctx->arena, p, "1280.jpg").s));
    json_int(j, "width", width);
    json_int(j, "height", photos_scaled_height(p, width));
}

static const PublicPhoto *find_photo(const PublicGallery *g, i64 id)
{
    const PublicPhoto *p = g->items.items;
    for (size_t i = 0; i < g->items.count; i++)
        if (p[i].id == id)
            return &p[i];
    return NULL;
}

static void give_oembed(Ctx *ctx, Page *page, const PublicGallery *g, const PublicPhoto *p)
{
    Buf *out = buf_new(ctx->arena, 1024, JSON_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_text(&j, "version", "1.0");
    json_text(&j, "provider_name", ctx->city->office);
    json_text(&j, "provider_url", ctx->city->base_url);
    if (p)
        add_one(ctx, &j, g, p);
    else
        add_whole(ctx, &j, g);
    json_close(&j, '}');
    page_bytes(page, "application/json; charset=utf-8", NULL, out);
}

/* GET /oembed.json */
void photos_page_oembed(Ctx *ctx, const Request *req, Page *page)
{
    const char *slug = NULL;
    i64 photo = 0;
    if (!read_address(ctx, query_text(req, "url"), &slug, &photo)) {
        fault(ctx, FAULT_NOT_FOUND, "only the address of a gallery of this site, or of one of its pictures, can be embedded");
        return;
    }
    PublicGallery *g = photos_public_head(ctx, slug);
    if (!g || g->withdrawn_at || !photos_public_fill(ctx, g)) {
        if (!faulted(ctx))
            fault(ctx, FAULT_GONE, "this gallery was withdrawn");
        return;
    }
    const PublicPhoto *p = photo ? find_photo(g, photo) : NULL;
    if (photo && !p)
        fault(ctx, FAULT_NOT_FOUND, "there is no such picture in this gallery");
    else
        give_oembed(ctx, page, g, p);
}
