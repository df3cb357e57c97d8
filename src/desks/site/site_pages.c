/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_pages.c: the addresses of the public front. */
#include "desks/site/site_pages.h"
#include "base/text.h"
#include "desks/site/site_room.h"
#include "web/site.h"
#include "site_views.h"

enum { LATEST = 5 };

/* ---- what this room hangs on the front and on the page of an address that leads nowhere ---- */
static void panel_verify(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)ctx, (void)req, (void)id;
    site_view_verify_band(h);
}

static void panel_latest(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)req, (void)id;
    List releases = press_public_list(ctx, &(PublicFilter){0}, 0, 0, LATEST);
    if (releases.count)
        site_view_latest(h, releases);
}

const Panel site_public_panels[] = {
    {"site_home", "main", 50, PUBLIC, panel_verify},
    {"site_trouble", "main", 10, PUBLIC, panel_latest},
    {0},
};

/* GET /?p=12: how a site that was imported called its pages. */
static bool leads_on(Ctx *ctx, const Request *req, Page *page)
{
    i64 post = query_int(req, "p", 0);
    const char *path = post > 0 ? press_public_path_of(ctx, arena_printf(ctx->arena, "/?p=%" PRId64, post)) : NULL;
    return path && url_inside(ctx->arena, path, &page->moved);
}

/* GET / */
static void page_front(Ctx *ctx, const Request *req, Page *page)
{
    if (leads_on(ctx, req, page))
        return;
    page->title = ctx->city->office;
    page->description = say(ctx, "What the city government says and does: releases, the public agenda, accounts of each month.");
    page->alternate_atom = url_literal("/novedades.atom");
    page->alternate_ics = url_literal("/agenda.ics");
    page->expires = ctx->now + CLOCK_MINUTE;
    if (page->format == FORMAT_HTML)
        site_view_front(page->html, req);
}

/* ---- for programs that crawl ---- */
/* GET /robots.txt */
static void page_robots(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 256, 4096);
    buf_printf(out, "User-agent: *\nDisallow: /mesa\nDisallow: /entrar\nDisallow: /clave\nDisallow: /buscar\nSitemap: %s/sitemap.xml\n",
               ctx->city->base_url);
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

/* GET /opensearch.xml */
static void page_opensearch(Ctx *ctx, const Request *req, Page *page)
{
    Html *h = html_new(ctx);
    Buf *out = buf_new(ctx->arena, 1024, 16 * 1024);
    html_text(h, ctx->city->name);
    buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">"
                    "<ShortName>Vocero</ShortName><Description>%s</Description><InputEncoding>UTF-8</InputEncoding>"
                    "<Url type=\"text/html\" template=\"%s/buscar?q={searchTerms}\"/></OpenSearchDescription>\n",
               html_finish(h).s, ctx->city->base_url);
    page_bytes(page, "application/opensearchdescription+xml; charset=utf-8", NULL, out);
}

static void manifest_icon(JsonOut *json, const char *address, const char *sizes, const char *type)
{
    json_open(json, NULL, '{');
    json_text(json, "src", address);
    json_text(json, "sizes", sizes);
    json_text(json, "type", type);
    json_close(json, '}');
}

/* A telephone that keeps the site hands what somebody shares with it to /verificar (W3C Web Share Target). */
static void manifest_share(JsonOut *json)
{
    json_open(json, "share_target", '{');
    json_text(json, "action", "/verificar");
    json_text(json, "method", "POST");
    json_text(json, "enctype", "multipart/form-data");
    json_open(json, "params", '{');
    json_text(json, "text", "q");
    json_text(json, "url", "enlace");
    json_open(json, "files", '[');
    json_open(json, NULL, '{');
    json_text(json, "name", "archivo");
    json_open(json, "accept", '[');
    json_text(json, NULL, "image/*");
    json_text(json, NULL, "application/pdf");
    json_text(json, NULL, "text/plain");
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

/* GET /manifest.webmanifest (W3C Web Application Manifest); the desk's telephone page has its own. */
static void page_manifest(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 1024, 16 * 1024);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    json_text(&json, "name", ctx->city->office);
    json_text(&json, "short_name", ctx->city->name);
    json_text(&json, "lang", tongue_code(ctx->actor->tongue));
    json_text(&json, "start_url", "/");
    json_text(&json, "scope", "/");
    json_text(&json, "display", "minimal-ui");
    json_text(&json, "background_color", "#f5f1ea");
    json_text(&json, "theme_color", "#0d2a32");
    json_open(&json, "icons", '[');
    manifest_icon(&json, ASSET_ICONO_192_PNG, "192x192", "image/png");
    manifest_icon(&json, ASSET_ICONO_512_PNG, "512x512", "image/png");
    json_close(&json, ']');
    manifest_share(&json);
    json_close(&json, '}');
    page_bytes(page, "application/manifest+json; charset=utf-8", NULL, out);
}

const Route site_routes[] = {
    {GET, "/", page_front, PUBLIC, "The front page", .formats = AS_HTML, .query = "p"},
    {GET, "/novedades", site_page_news, PUBLIC, "Everything new", .formats = AS_ATOM | AS_RSS},
    {GET, "/robots.txt", page_robots, PUBLIC, "What crawlers should leave alone", .formats = AS_HTML},
    {GET, "/sitemap.xml", site_page_sitemap, PUBLIC, "Every public page; past forty thousand an index of parts", .formats = AS_HTML, .query = "parte anio mes"},
    {GET, "/manifest.webmanifest", page_manifest, PUBLIC, "The site's name and icons, for telephones", .formats = AS_HTML},
    {GET, "/opensearch.xml", page_opensearch, PUBLIC, "The site's search, for browsers", .formats = AS_HTML},
    {0},
};
