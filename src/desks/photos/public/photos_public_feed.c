/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_feed.c: galleries as feeds: the cover and some of the pictures; a withdrawal is a short notice. */
#include "desks/photos/public/photos_public.h"

enum { ENTRY_PICTURES = 12 };

static const char *entry_id(Ctx *ctx, const char *kind, i64 id)
{
    return arena_printf(ctx->arena, "tag:vocero,2022:%s:%s", kind, id_text(ctx->arena, id));
}

/* ---- content ---- */

static void add_picture(Ctx *ctx, Html *h, const PublicPhoto *p)
{
    html_safe(h, safe_literal("<figure><img src=\""));
    html_url(h, photos_medium_url(ctx->arena, p, "640.jpg"));
    html_safe(h, safe_literal("\" alt=\""));
    html_text(h, p->alt);
    html_safe(h, safe_literal("\">"));
    if (!text_blank(p->caption) || !text_blank(p->credit)) {
        html_safe(h, safe_literal("<figcaption>"));
        html_text(h, p->caption);
        if (!text_blank(p->credit)) {
            html_text(h, " ");
            html_text(h, photos_credit_line(ctx, p->credit));
        }
        html_safe(h, safe_literal("</figcaption>"));
    }
    html_safe(h, safe_literal("</figure>\n"));
}

static void add_paragraph(Html *h, const char *text)
{
    if (text_blank(text))
        return;
    html_safe(h, safe_literal("<p>"));
    html_text(h, text);
    html_safe(h, safe_literal("</p>\n"));
}

static const char *content_of(Ctx *ctx, const PublicGallery *g)
{
    Html *h = html_new(ctx);
    add_paragraph(h, g->lead);
    const PublicPhoto *p = g->items.items;
    for (size_t i = 0; i < g->items.count && i < ENTRY_PICTURES; i++)
        add_picture(ctx, h, &p[i]);
    if (!g->items.count && g->picture.id)
        add_picture(ctx, h, &g->picture);
    return html_finish(h).s;
}

static const char *notice_of(Ctx *ctx, const PublicGallery *g)
{
    Html *h = html_new(ctx);
    add_paragraph(h, arena_printf(ctx->arena, say(ctx, "This gallery was withdrawn on %s."),
                                  clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, g->withdrawn_at)));
    add_paragraph(h, g->reason);
    return html_finish(h).s;
}

static FeedEntry entry_of(Ctx *ctx, const PublicGallery *g)
{
    bool gone = g->withdrawn_at != 0;
    const char *count = gone ? NULL : arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo", "%" PRId64 " photos", g->photos), g->photos);
    return (FeedEntry){
        .id = entry_id(ctx, "gallery", g->id),
        .title = gone ? arena_printf(ctx->arena, "%s %s", say(ctx, "Gallery withdrawn:"), g->title) : g->title,
        .summary = gone ? g->reason : g->lead ? g->lead : count,
        .content_html = gone ? notice_of(ctx, g) : content_of(ctx, g),
        .path = photos_gallery_url(ctx->arena, g, NULL).s,
        .published = g->published_at,
        .updated = g->changed_at,
    };
}

List photos_feed_entries(Ctx *ctx, i64 limit)
{
    List galleries = photos_public_changed(ctx, limit);
    const PublicGallery *g = galleries.items;
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, galleries.count + 1);
    for (size_t i = 0; i < galleries.count; i++)
        entries[i] = entry_of(ctx, &g[i]);
    return (List){entries, galleries.count};
}

/* ---- the feeds ---- */

static void give(Ctx *ctx, Page *page, const char *title, const char *self, const char *home, List entries)
{
    Url hub = {NULL};
    if (ctx->city->hub)
        url_outside(ctx->arena, ctx->city->hub, &hub);
    feed_give(ctx, page, &(Feed){.title = arena_printf(ctx->arena, "%s · %s", ctx->city->name, title), .subtitle = ctx->city->office,
                                 .self = self, .home = home, .hub = hub, .entries = entries.items, .count = entries.count});
}

void photos_give_feed(Ctx *ctx, Page *page)
{
    give(ctx, page, say(ctx, "Galleries"), "/galerias.atom", "/galerias", photos_feed_entries(ctx, GALLERY_FEED));
}

static FeedEntry picture_entry(Ctx *ctx, const PublicGallery *g, const PublicPhoto *p)
{
    Html *h = html_new(ctx);
    add_picture(ctx, h, p);
    return (FeedEntry){
        .id = entry_id(ctx, "photo", p->id),
        .title = photos_title_of(ctx, g, p),
        .summary = text_blank(p->caption) ? p->alt : p->caption,
        .content_html = html_finish(h).s,
        .path = photos_picture_url(ctx->arena, g, p->id).s,
        .author = p->credit,
        .published = p->published_at,
        .updated = p->changed_at,
    };
}

void photos_give_feed_of(Ctx *ctx, Page *page, const PublicGallery *g)
{
    const PublicPhoto *p = g->items.items;
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, g->items.count + 1);
    for (size_t i = 0; i < g->items.count; i++)
        entries[i] = picture_entry(ctx, g, &p[i]);
    give(ctx, page, g->title, photos_gallery_url(ctx->arena, g, ".atom").s, photos_gallery_url(ctx->arena, g, NULL).s,
         (List){entries, g->items.count});
}
