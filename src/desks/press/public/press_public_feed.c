/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_feed.c: releases as feeds: the full text; a correction is an update, a withdrawal a short notice. */
#include "desks/press/public/press_public.h"
#include "web/feed.h"

enum { FULL_TEXT_MOST = 1024 * 1024, CATEGORIES = 8 };

/* Never the slug: it may change, and readers would take the entry for a new one. */
static const char *entry_id(Ctx *ctx, i64 release)
{
    return arena_printf(ctx->arena, "tag:vocero,2022:release:%s", id_text(ctx->arena, release));
}

/* ---- content ---- */

static void add_corrections(Html *h, List corrections)
{
    Ctx *ctx = html_ctx(h);
    const Correction *c = corrections.items;
    for (size_t i = 0; i < corrections.count; i++) {
        html_safe(h, safe_literal("<p><strong>"));
        html_text(h, arena_printf(ctx->arena, say(ctx, "Correction of %s:"), html_when(h, CLOCK_SAY_DATE, c[i].at)));
        html_safe(h, safe_literal("</strong> "));
        html_text(h, c[i].note);
        html_safe(h, safe_literal("</p>\n"));
    }
}

static const char *full_text(Ctx *ctx, const PublicRelease *r)
{
    Sanitized body;
    Html *h = html_new(ctx);
    if (!press_body(ctx, r->body, &body))
        return NULL;
    html_safe(h, safe_literal("<p><b>"));
    html_text(h, press_dateline(ctx, r));
    html_safe(h, safe_literal("</b></p>\n"));
    html_safe(h, body.html);
    if (r->number > 1)
        add_corrections(h, press_public_corrections(ctx, r->id));
    return html_finish(h).s;
}

static const char *notice(Ctx *ctx, const PublicRelease *r)
{
    Html *h = html_new(ctx);
    html_safe(h, safe_literal("<p>"));
    html_text(h, arena_printf(ctx->arena, say(ctx, "Release %s was withdrawn on %s."), r->folio,
                              html_when(h, CLOCK_SAY_DATE, r->withdrawn_at)));
    html_text(h, " ");
    html_text(h, r->reason);
    html_safe(h, safe_literal("</p>"));
    return html_finish(h).s;
}

static FeedEntry entry_of(Ctx *ctx, const PublicRelease *r)
{
    bool withdrawn = r->state == RELEASE_WITHDRAWN;
    return (FeedEntry){
        .id = entry_id(ctx, r->id),
        .title = withdrawn ? arena_printf(ctx->arena, "%s %s", say(ctx, "Withdrawn:"), r->title) : r->title,
        .summary = withdrawn ? r->reason : r->lead,
        .content_html = withdrawn ? notice(ctx, r) : full_text(ctx, r),
        .path = press_public_path(ctx->arena, r->slug),
        .author = r->area_name,
        .tongue = press_html_lang(r->tongue),
        .categories = text_split(ctx->arena, r->topics ? r->topics : "", '\n'),
        .published = r->published_at,
        .updated = r->changed_at,
    };
}

/* ---- which ones ---- */

/* The youngest of a topic; what was withdrawn is filed under no topic any more. */
static List youngest_of(Ctx *ctx, const char *topic, i64 limit)
{
    List listed = press_public_list(ctx, &(PublicFilter){.topic = topic}, 0, 0, limit);
    const PublicRelease *r = listed.items;
    PublicRelease *whole = arena_array(ctx->arena, PublicRelease, listed.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < listed.count; i++) {
        const PublicRelease *found = press_public_by_slug(ctx, r[i].slug, 0);
        if (found)
            whole[n++] = *found;
    }
    return (List){whole, n};
}

List press_feed_entries(Ctx *ctx, const char *topic, i64 limit)
{
    List releases = topic ? youngest_of(ctx, topic, limit) : press_public_changed(ctx, limit);
    const PublicRelease *r = releases.items;
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, releases.count + 1);
    size_t size = 0, n = 0;
    while (n < releases.count && size < FULL_TEXT_MOST && !faulted(ctx)) {
        entries[n] = entry_of(ctx, &r[n]);
        size += entries[n].content_html ? strlen(entries[n].content_html) : 0;
        n++;
    }
    return (List){entries, n};
}

/* ---- the addresses ---- */

static Url hub(Ctx *ctx)
{
    Url url = {NULL};
    if (ctx->city->hub)
        url_outside(ctx->arena, ctx->city->hub, &url);
    return url;
}

static void give(Ctx *ctx, Page *page, const char *title, Url self, Url home, List entries)
{
    feed_give(ctx, page, &(Feed){
        .title = arena_printf(ctx->arena, "%s · %s", ctx->city->name, title),
        .subtitle = ctx->city->office,
        .self = self.s, .home = home.s, .hub = hub(ctx),
        .entries = entries.items, .count = entries.count,
    });
}

void press_give_feed(Ctx *ctx, Page *page, const PressTopic *topic)
{
    const char *slug = topic ? topic->slug : NULL;
    const char *suffix = page->format == FORMAT_RSS ? ".rss" : ".atom";
    const char *title = topic ? arena_printf(ctx->arena, "%s: %s", say(ctx, "Releases"), topic->name) : say(ctx, "Releases");
    Url self = url_query(ctx->arena, url_slug(ctx->arena, "/comunicados", "", suffix), "tema", slug);
    give(ctx, page, title, self, press_topic_url(ctx->arena, slug), press_feed_entries(ctx, slug, PUBLIC_FEED));
}

void press_give_feed_of(Ctx *ctx, Page *page, const PublicRelease *release)
{
    FeedEntry *entry = arena_new_of(ctx->arena, FeedEntry);
    *entry = entry_of(ctx, release);
    Url self = url_slug(ctx->arena, "/comunicados/", release->slug, ".atom");
    give(ctx, page, release->title, self, press_public_url(ctx->arena, release->slug), (List){entry, 1});
}
