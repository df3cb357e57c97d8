/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_news.c: everything public as one feed, the newest change first: releases with their text, galleries, events. */
#include "desks/photos/photos.h"
#include "desks/site/site_room.h"
#include "web/feed.h"

enum { NEWS = 50, RELEASES = 25, GALLERIES = 15 };

static FeedEntry event_entry(Ctx *ctx, const PublicEvent *e)
{
    const char *when = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, e->starts_at);
    return (FeedEntry){
        .id = arena_printf(ctx->arena, "tag:vocero,2022:event:%s", id_text(ctx->arena, e->id)),
        .title = e->title,
        .summary = arena_printf(ctx->arena, "%s. %s", when, e->place.name ? e->place.name : ""),
        .path = url_slug(ctx->arena, "/agenda/", e->slug, NULL).s,
        .published = id_moment(e->id), .updated = e->changed_at,
    };
}

static List event_entries(Ctx *ctx)
{
    List events = agenda_public_changed(ctx, NEWS);
    const PublicEvent *e = events.items;
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, events.count + 1);
    for (size_t i = 0; i < events.count; i++)
        entries[i] = event_entry(ctx, &e[i]);
    return (List){entries, events.count};
}

/* Both lists are in order already: the younger head goes first. */
static List merged(Ctx *ctx, List one, List other)
{
    const FeedEntry *a = one.items, *b = other.items;
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, NEWS);
    size_t n = 0, i = 0, k = 0;
    while (n < NEWS && (i < one.count || k < other.count)) {
        bool first = k == other.count || (i < one.count && a[i].updated >= b[k].updated);
        entries[n++] = first ? a[i++] : b[k++];
    }
    return (List){entries, n};
}

void site_page_news(Ctx *ctx, const Request *req, Page *page)
{
    Url hub = {NULL};
    List all = merged(ctx, merged(ctx, press_feed_entries(ctx, NULL, RELEASES), photos_feed_entries(ctx, GALLERIES)), event_entries(ctx));
    if (ctx->city->hub)
        url_outside(ctx->arena, ctx->city->hub, &hub);
    const char *self = page->format == FORMAT_RSS ? "/novedades.rss" : "/novedades.atom";
    feed_give(ctx, page, &(Feed){
        .title = arena_printf(ctx->arena, "%s · %s", ctx->city->name, say(ctx, "What is new")), .subtitle = ctx->city->office,
        .self = self, .home = "/", .hub = hub, .entries = all.items, .count = all.count,
    });
}
