/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* feed.c: Atom (RFC 4287) and RSS 2.0 from the same entries. */
#include "web/feed.h"

enum { FEED_MAX = 4 * 1024 * 1024 };

/* ---- text inside XML ---- */

static const char *reference(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    default: return "&quot;";
    }
}

/* XML 1.0 has no way to write most control signs, U+FFFE and U+FFFF: they are left out. */
static size_t unwritable(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < ' ' && s[0] != '\n' && s[0] != '\t')
        return 1;
    return s[0] == 0xef && s[1] == 0xbf && s[2] >= 0xbe ? 3 : 0;
}

static void escape(Buf *out, const char *text)
{
    while (text && *text) {
        size_t skipped = unwritable(text);
        if (skipped)
            text += skipped;
        else if (strchr("<>&\"", *text))
            buf_text(out, reference(*text++));
        else
            buf_char(out, *text++);
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

static void whole_address(Ctx *ctx, Buf *out, const char *path)
{
    escape(out, ctx->city->base_url);
    escape(out, path);
}

/* A reader shows the content on a page of its own: href="/agenda" must say whose. Our HTML has every < of a text
 * escaped and every attribute in double quotes, so what stands inside a tag is certain. */
static const char *with_addresses(Ctx *ctx, const char *html)
{
    if (!html || (!strstr(html, "=\"/")))
        return html;
    Buf *out = buf_new(ctx->arena, strlen(html) + 1024, FEED_MAX);
    bool in_tag = false;
    for (const char *p = html; *p; p++) {
        in_tag = *p == '<' ? true : *p == '>' ? false : in_tag;
        buf_char(out, *p);
        if (in_tag && *p == '"' && p[-1] == '=' && p[1] == '/' && p[2] != '/')
            buf_text(out, ctx->city->base_url);
    }
    return buf_data(out);
}

/* The feed is as new as its newest entry; an empty one is as old as the calendar. */
static i64 newest(const Feed *feed)
{
    i64 newest = 0;
    for (size_t i = 0; i < feed->count; i++)
        if (feed->entries[i].updated > newest)
            newest = feed->entries[i].updated;
    return newest;
}

static const char *const *categories(const FeedEntry *e)
{
    return e->categories.items;
}

/* ---- Atom ---- */

static void link_to(Ctx *ctx, Buf *out, const char *name, const char *rel, const char *type, const char *path)
{
    buf_printf(out, "<%s rel=\"%s\" type=\"%s\" href=\"", name, rel, type);
    whole_address(ctx, out, path);
    buf_text(out, "\"/>\n");
}

static void hub_link(Buf *out, const char *name, Url hub)
{
    if (!hub.s)
        return;
    buf_printf(out, "<%s rel=\"hub\" href=\"", name);
    escape(out, hub.s);
    buf_text(out, "\"/>\n");
}

static void moment(Ctx *ctx, Buf *out, const char *name, i64 instant)
{
    element(out, name, NULL, clock_rfc3339(ctx->arena, ctx->city->zone, instant));
}

static void author(Buf *out, const char *name)
{
    buf_text(out, "<author>");
    element(out, "name", NULL, name);
    buf_text(out, "</author>\n");
}

static void atom_entry(Ctx *ctx, Buf *out, const FeedEntry *e)
{
    buf_text(out, "<entry");
    if (e->tongue)
        buf_printf(out, " xml:lang=\"%s\"", e->tongue);
    buf_text(out, ">\n");
    element(out, "id", NULL, e->id);
    element(out, "title", NULL, e->title);
    moment(ctx, out, "updated", e->updated);
    if (e->published)
        moment(ctx, out, "published", e->published);
    link_to(ctx, out, "link", "alternate", "text/html", e->path);
    if (e->data_path)
        link_to(ctx, out, "link", "alternate", e->data_type, e->data_path);
    if (e->author)
        author(out, e->author);
    for (size_t i = 0; i < e->categories.count; i++) {
        buf_text(out, "<category term=\"");
        escape(out, categories(e)[i]);
        buf_text(out, "\"/>\n");
    }
    element(out, "summary", NULL, e->summary);
    element(out, "content", "html", with_addresses(ctx, e->content_html));
    buf_text(out, "</entry>\n");
}

static void write_atom(Ctx *ctx, Buf *out, const Feed *feed)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"es-MX\">\n<id>");
    whole_address(ctx, out, feed->self);
    buf_text(out, "</id>\n");
    element(out, "title", NULL, feed->title);
    element(out, "subtitle", NULL, feed->subtitle);
    moment(ctx, out, "updated", newest(feed));
    link_to(ctx, out, "link", "self", "application/atom+xml", feed->self);
    link_to(ctx, out, "link", "alternate", "text/html", feed->home);
    hub_link(out, "link", feed->hub);
    author(out, ctx->city->office);
    for (size_t i = 0; i < feed->count; i++)
        atom_entry(ctx, out, &feed->entries[i]);
    buf_text(out, "</feed>\n");
}

/* ---- RSS ---- */

static void address_element(Ctx *ctx, Buf *out, const char *name, const char *path)
{
    buf_printf(out, "<%s>", name);
    whole_address(ctx, out, path);
    buf_printf(out, "</%s>\n", name);
}

/* RFC 822, with a year of four digits. */
static void date_element(Ctx *ctx, Buf *out, const char *name, i64 instant)
{
    element(out, name, NULL, clock_http(ctx->arena, instant));
}

static void rss_item(Ctx *ctx, Buf *out, const FeedEntry *e)
{
    buf_text(out, "<item>\n");
    element(out, "title", NULL, e->title);
    address_element(ctx, out, "link", e->path);
    buf_text(out, "<guid isPermaLink=\"false\">");
    escape(out, e->id);
    buf_text(out, "</guid>\n");
    date_element(ctx, out, "pubDate", e->published ? e->published : e->updated);
    element(out, "dc:creator", NULL, e->author ? e->author : ctx->city->office);
    for (size_t i = 0; i < e->categories.count; i++)
        element(out, "category", NULL, categories(e)[i]);
    element(out, "description", NULL, e->summary ? e->summary : e->title);
    element(out, "content:encoded", NULL, with_addresses(ctx, e->content_html));
    moment(ctx, out, "atom:updated", e->updated);
    buf_text(out, "</item>\n");
}

static void write_rss(Ctx *ctx, Buf *out, const Feed *feed)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
                  "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
    element(out, "title", NULL, feed->title);
    address_element(ctx, out, "link", feed->home);
    element(out, "description", NULL, feed->subtitle ? feed->subtitle : feed->title);
    element(out, "language", NULL, "es-MX");
    date_element(ctx, out, "lastBuildDate", newest(feed));
    link_to(ctx, out, "atom:link", "self", "application/rss+xml", feed->self);
    hub_link(out, "atom:link", feed->hub);
    for (size_t i = 0; i < feed->count; i++)
        rss_item(ctx, out, &feed->entries[i]);
    buf_text(out, "</channel>\n</rss>\n");
}

/* ---- both ---- */

void feed_give(Ctx *ctx, Page *page, const Feed *feed)
{
    bool rss = page->format == FORMAT_RSS;
    Buf *out = buf_new(ctx->arena, 64 * 1024, FEED_MAX);
    if (rss)
        write_rss(ctx, out, feed);
    else
        write_atom(ctx, out, feed);
    page_bytes(page, rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8", NULL, out);
    page->modified = newest(feed);
    page->hub = feed->hub;
    url_inside(ctx->arena, feed->self, &page->self);
}

void feed_atom(Ctx *ctx, Page *page, const char *title, const char *self_path, const char *home_path,
               const FeedEntry *entries, size_t n)
{
    feed_give(ctx, page, &(Feed){.title = title, .self = self_path, .home = home_path, .entries = entries, .count = n});
}
