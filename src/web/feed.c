/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* feed.c: Atom (RFC 4287) from entries. */
#include "web/feed.h"

enum { FEED_MAX = 4 * 1024 * 1024 };

static const char *reference(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    default: return "&quot;";
    }
}

/* XML 1.0 has no way to write most control signs: they are left out. */
static void escape(Buf *out, const char *text)
{
    for (; text && *text; text++) {
        if (strchr("<>&\"", *text))
            buf_text(out, reference(*text));
        else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t')
            buf_char(out, *text);
    }
}

static void element(Buf *out, const char *name, const char *type, const char *text)
{
    if (!text)
        return;
    buf_printf(out, "<%s%s%s%s>", name, type ? " type=\"" : "", type ? type : "", type ? "\"" : "");
    escape(out, text);
    buf_printf(out, "</%s>\n", name);
}

static void link_to(Ctx *ctx, Buf *out, const char *rel, const char *type, const char *path)
{
    buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    escape(out, ctx->city->base_url);
    escape(out, path);
    buf_text(out, "\"/>\n");
}

static void moment(Ctx *ctx, Buf *out, const char *name, i64 instant)
{
    element(out, name, NULL, clock_rfc3339(ctx->arena, ctx->city->zone, instant));
}

static void entry(Ctx *ctx, Buf *out, const FeedEntry *e)
{
    buf_text(out, "<entry>\n");
    element(out, "id", NULL, e->id);
    element(out, "title", NULL, e->title);
    moment(ctx, out, "updated", e->updated);
    if (e->published)
        moment(ctx, out, "published", e->published);
    link_to(ctx, out, "alternate", "text/html", e->path);
    element(out, "summary", NULL, e->summary);
    element(out, "content", "html", e->content_html);
    buf_text(out, "</entry>\n");
}

/* The feed is as new as its newest entry; an empty one is as old as the calendar. */
static i64 newest(const FeedEntry *entries, size_t n)
{
    i64 newest = 0;
    for (size_t i = 0; i < n; i++)
        if (entries[i].updated > newest)
            newest = entries[i].updated;
    return newest;
}

void feed_atom(Ctx *ctx, Page *page, const char *title, const char *self_path,
               const char *home_path, const FeedEntry *entries, size_t n)
{
    Buf *out = buf_new(ctx->arena, 16 * 1024, FEED_MAX);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"es-MX\">\n");
    buf_text(out, "<id>");
    escape(out, ctx->city->base_url);
    escape(out, self_path);
    buf_text(out, "</id>\n");
    element(out, "title", NULL, title);
    moment(ctx, out, "updated", newest(entries, n));
    link_to(ctx, out, "self", "application/atom+xml", self_path);
    link_to(ctx, out, "alternate", "text/html", home_path);
    buf_text(out, "<author><name>");
    escape(out, ctx->city->office);
    buf_text(out, "</name></author>\n");
    for (size_t i = 0; i < n; i++)
        entry(ctx, out, &entries[i]);
    buf_text(out, "</feed>\n");
    page_bytes(page, "application/atom+xml; charset=utf-8", NULL, out);
    page->modified = newest(entries, n);
}
