/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_field_page.c: the addresses of the page for the telephone: the page, its worker, its manifest, a note. */
#include "assets.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_field_views.h"

/* GET /mesa/campo */
static void page_field(Ctx *ctx, const Request *req, Page *page)
{
    FieldDay *day = arena_new_of(ctx->arena, FieldDay);
    *day = agenda_field_day(ctx);
    day->csrf = form_csrf(req->form);
    if (faulted(ctx))
        return;
    page->title = say(ctx, "Field");
    page->bare = page->noindex = true;
    page->manifest = url_literal("/mesa/campo/manifest.webmanifest");
    page->script = url_literal(ASSET_FIELD_JS);
    page_one(page, &agenda_field_shape, day);
    if (page->format == FORMAT_HTML)
        agenda_view_field(page->html, day);
}

/* ---- what makes it an app ---- */

/* All that the page is drawn with: taken along when the worker is installed. */
static const char *const taken_along[] = {
    ASSET_DESK_CSS, ASSET_THEME_JS, ASSET_FIELD_JS, ASSET_ICONS, ASSET_ICONO_SVG, ASSET_ICONO_192_PNG,
    ASSET_PUBLIC_SANS_WOFF2, ASSET_BRICOLAGE_GROTESQUE_WOFF2,
};

/* GET /mesa/campo/sw.js: the names of files change with what is in them; a browser that sees another text here
 * installs the worker anew. */
static void page_worker(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 1024, 16 * 1024);
    JsonOut json = json_out(out);
    buf_text(out, "self.vocero = ");
    json_open(&json, NULL, '{');
    json_text(&json, "page", "/mesa/campo");
    json_open(&json, "assets", '[');
    for (size_t i = 0; i < COUNT(taken_along); i++)
        json_text(&json, NULL, taken_along[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    buf_text(out, ";\nimportScripts(\"" ASSET_FIELD_WORKER_JS "\");\n");
    page_bytes(page, "text/javascript; charset=utf-8", NULL, out);
    page->worker_scope = "/mesa/campo";
}

static void icon(JsonOut *json, const char *address, const char *size, const char *type, const char *purpose)
{
    json_open(json, NULL, '{');
    json_text(json, "src", address);
    json_text(json, "sizes", size);
    json_text(json, "type", type);
    json_text(json, "purpose", purpose);
    json_close(json, '}');
}

/* GET /mesa/campo/manifest.webmanifest (W3C Web Application Manifest) */
static void page_manifest(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 1024, 16 * 1024);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    json_text(&json, "id", "/mesa/campo");
    json_text(&json, "name", arena_printf(ctx->arena, say(ctx, "Vocero in the field · %s"), ctx->city->name));
    json_text(&json, "short_name", say(ctx, "Field"));
    json_text(&json, "description", say(ctx, "What is to be covered today; it works without a network, too."));
    json_text(&json, "lang", tongue_code(ctx->actor->tongue));
    json_text(&json, "start_url", "/mesa/campo");
    json_text(&json, "scope", "/mesa/campo");
    json_text(&json, "display", "standalone");
    json_text(&json, "background_color", "#f5f1ea");
    json_text(&json, "theme_color", "#0d2a32");
    json_open(&json, "icons", '[');
    icon(&json, ASSET_ICONO_192_PNG, "192x192", "image/png", "any");
    icon(&json, ASSET_ICONO_512_PNG, "512x512", "image/png", "any");
    icon(&json, ASSET_ICONO_MASCARA_SVG, "any", "image/svg+xml", "maskable");
    json_close(&json, ']');
    json_close(&json, '}');
    page_bytes(page, "application/manifest+json; charset=utf-8", NULL, out);
}

/* ---- a note ---- */

static void act_note(Ctx *ctx, const Request *req, Page *page)
{
    const char *text = form_need(ctx, req, "text", AGENDA_NOTE_MAX), *key = form_text(ctx, req, "client_key", 100);
    if (faulted(ctx) || !agenda_note(ctx, req->id, text, key))
        return;
    const Coverage *c = agenda_coverage(ctx, req->id);
    if (!c)
        return;
    page_one(page, &agenda_coverage_shape, c);
    page->version = c->version;
    page_done(page, agenda_coverage_url(ctx->arena, c->id), say(ctx, "The note is kept."));
}

const Route agenda_field_routes[] = {
    {GET, "/mesa/campo", page_field, RIGHT_COVERAGE_DELIVER,
     "One's own coverages that are late, of today and of the next two days, for a telephone without a network",
     .shape = &agenda_field_shape},
    {GET, "/mesa/campo/sw.js", page_worker, PUBLIC, "The worker that keeps the page for the telephone", .formats = AS_HTML},
    {GET, "/mesa/campo/manifest.webmanifest", page_manifest, PUBLIC, "What the telephone calls the page, and its icons",
     .formats = AS_HTML},
    {POST, "/mesa/coberturas/:id/nota", act_note, LOGIN, "Keeps a few words with a coverage; its state stays",
     .fields = "text! client_key", .shape = &agenda_coverage_shape},
    {0},
};
