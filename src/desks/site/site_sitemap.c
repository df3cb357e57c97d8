/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_sitemap.c: every public page for crawlers (sitemaps.org 0.9), releases of the last two days also as news
 * (google.com/schemas/sitemap-news/0.9), galleries with their pictures (google.com/schemas/sitemap-image/1.1). Past forty thousand releases it is an index of parts: pages, and a year or a month each. */
#include "desks/photos/photos.h"
#include "desks/site/site_room.h"

enum { EVENTS = 1000, REPORTS = 120, PICTURES = 10000, PICTURES_A_PAGE = 1000, PICTURE_BYTES = 192, BATCH = 1000, PART_MOST = 40000, URL_BYTES = 256, NEWS_BYTES = 1024 * 1024, INDEX_BYTES = 512 * 1024 };
#define IS_NEWS (48 * CLOCK_HOUR)

/* ---- one address ---- */

static void text_element(Ctx *ctx, Buf *out, const char *name, const char *text)
{
    Html *h = html_new(ctx);
    html_text(h, text);
    buf_printf(out, "<%s>%s</%s>", name, html_finish(h).s, name);
}

static void begin_url(Ctx *ctx, Buf *out, const char *path, i64 changed)
{
    buf_printf(out, "<url><loc>%s%s</loc>", ctx->city->base_url, path);
    if (changed)
        buf_printf(out, "<lastmod>%s</lastmod>", clock_rfc3339(ctx->arena, ctx->city->zone, changed));
}

static void add_url(Ctx *ctx, Buf *out, const char *path, i64 changed)
{
    begin_url(ctx, out, path, changed);
    buf_text(out, "</url>\n");
}

static void add_news(Ctx *ctx, Buf *out, const PublicRelease *r)
{
    buf_text(out, "<news:news><news:publication>");
    text_element(ctx, out, "news:name", ctx->city->office);
    buf_printf(out, "<news:language>%.2s</news:language></news:publication>", r->tongue ? r->tongue : "es");
    text_element(ctx, out, "news:publication_date", clock_rfc3339(ctx->arena, ctx->city->zone, r->published_at));
    text_element(ctx, out, "news:title", r->title);
    buf_text(out, "</news:news>");
}

/* A release that is news makes the page wrong when it is news no more. */
static void add_release(Ctx *ctx, Page *page, Buf *out, const PublicRelease *r)
{
    i64 until = r->published_at + IS_NEWS;
    begin_url(ctx, out, url_slug(ctx->arena, "/comunicados/", r->slug, NULL).s, r->changed_at);
    if (until > ctx->now) {
        add_news(ctx, out, r);
        page->expires = !page->expires || until < page->expires ? until : page->expires;
    }
    buf_text(out, "</url>\n");
}

/* The copy that its own page shows. */
static void add_picture(Ctx *ctx, Buf *out, const PublicPhoto *p)
{
    const char *recipe = arena_printf(ctx->arena, "/2048-%s.jpg", p->recipe);
    buf_printf(out, "<image:image><image:loc>%s%s</image:loc></image:image>", ctx->city->base_url, url_id(ctx->arena, "/medios/", p->id, recipe).s);
}

/* A row for each picture, those of one gallery in a row: its page, and the pictures on it. */
static void add_galleries(Ctx *ctx, Buf *out)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    List rows = photos_public_addresses(ctx, PICTURES);
    const PublicGallery *g = rows.items;
    for (size_t i = 0, end; i < rows.count; i = end) {
        begin_url(ctx, out, url_slug(ctx->arena, "/galerias/", g[i].slug, NULL).s, g[i].changed_at);
        for (end = i; end < rows.count && g[end].id == g[i].id; end++)
            if (end - i < PICTURES_A_PAGE)
                add_picture(ctx, out, &g[end].picture);
        buf_text(out, "</url>\n");
    }
}

/* ---- parts ---- */

static void add_pages(Ctx *ctx, Buf *out)
{
    static const char *const fixed[] = {"/", "/comunicados", "/agenda", "/galerias", "/informes", "/verificar", "/organizacion", "/contacto", "/accesibilidad", "/privacidad"};
    for (size_t i = 0; i < COUNT(fixed); i++)
        add_url(ctx, out, fixed[i], 0);
    List events = agenda_public_changed(ctx, EVENTS);
    for (const PublicEvent *e = events.items, *end = e + events.count; e < end; e++)
        add_url(ctx, out, url_slug(ctx->arena, "/agenda/", e->slug, NULL).s, e->changed_at);
    add_galleries(ctx, out);
    List reports = report_all_published(ctx, REPORTS);
    for (const Report *r = reports.items, *end = r + reports.count; r < end; r++)
        add_url(ctx, out, url_slug(ctx->arena, "/informes/", r->month, NULL).s, r->published_at);
}

/* Some releases at a time, in memory of their own. False: there are no more. */
static bool add_batch(Ctx *ctx, Page *page, Buf *out, Span span, i64 *at, i64 *id)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    List list = press_public_addresses(ctx, span, *at, *id, BATCH);
    const PublicRelease *r = list.items;
    for (size_t i = 0; i < list.count; i++)
        add_release(ctx, page, out, &r[i]);
    if (list.count) {
        *at = r[list.count - 1].published_at;
        *id = r[list.count - 1].id;
    }
    return list.count == BATCH && !faulted(ctx);
}

static void add_releases(Ctx *ctx, Page *page, Buf *out, Span span)
{
    i64 at = 0, id = 0;
    while (add_batch(ctx, page, out, span, &at, &id) && !buf_over(out))
        ;
}

/* ---- the documents ---- */

static const Span ever = {INT64_MIN, INT64_MAX};

static void give_part(Ctx *ctx, Page *page, bool pages, i64 releases, const Span *span)
{
    size_t most = 64 * 1024 + PART_MOST * 2 * URL_BYTES + NEWS_BYTES + PICTURES * PICTURE_BYTES;
    Buf *out = buf_new(ctx->arena, 64 * 1024 + (size_t)releases * URL_BYTES, most);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
                  " xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\""
                  " xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">\n");
    if (pages)
        add_pages(ctx, out);
    if (span)
        add_releases(ctx, page, out, *span);
    buf_text(out, "</urlset>\n");
    page_bytes(page, "application/xml; charset=utf-8", NULL, out);
}

static void add_part(Ctx *ctx, Buf *out, const char *name, const char *value)
{
    buf_printf(out, "<sitemap><loc>%s/sitemap.xml?%s=%s</loc></sitemap>\n", ctx->city->base_url, name, value);
}

/* Months come newest first; a year that is too large for one part is given by its months. */
static void give_index(Ctx *ctx, Page *page)
{
    List months = press_public_months(ctx, NULL);
    const PressMonth *m = months.items;
    Buf *out = buf_new(ctx->arena, 16 * 1024, INDEX_BYTES);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    add_part(ctx, out, "parte", "paginas");
    for (size_t i = 0, end; i < months.count; i = end) {
        i64 releases = 0;
        for (end = i; end < months.count && strncmp(m[end].month, m[i].month, 4) == 0; end++)
            releases += m[end].releases;
        if (releases <= PART_MOST)
            add_part(ctx, out, "anio", arena_copy(ctx->arena, m[i].month, 4));
        for (size_t k = i; releases > PART_MOST && k < end; k++)
            add_part(ctx, out, "mes", m[k].month);
    }
    buf_text(out, "</sitemapindex>\n");
    page_bytes(page, "application/xml; charset=utf-8", NULL, out);
}

/* false: the address names neither a year nor a month. */
static bool read_span(Ctx *ctx, const Request *req, Span *span_out)
{
    const char *year = query_text(req, "anio"), *month = query_text(req, "mes");
    Span last;
    if (month)
        return clock_month(ctx->city->zone, month, span_out) || fault(ctx, FAULT_NOT_FOUND, "there is nothing at this address");
    if (!year)
        return false;
    if (strlen(year) != 4 || !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-01", year), span_out) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-12", year), &last))
        return fault(ctx, FAULT_NOT_FOUND, "there is nothing at this address");
    span_out->to = last.to;
    return true;
}

void site_page_sitemap(Ctx *ctx, const Request *req, Page *page)
{
    Span span = ever;
    bool part = read_span(ctx, req, &span);
    if (faulted(ctx))
        return;
    i64 releases = press_public_count(ctx, &(PublicFilter){.span = part ? span : (Span){0, 0}});
    if (query_text(req, "parte"))
        give_part(ctx, page, true, 0, NULL);
    else if (part)
        give_part(ctx, page, false, releases, &span);
    else if (releases > PART_MOST)
        give_index(ctx, page);
    else
        give_part(ctx, page, true, releases, &span);
}
