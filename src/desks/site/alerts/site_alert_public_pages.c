/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert_public_pages.c: /avisos: what citizens and other systems read, and the banner above every public page. */
#include "base/id.h"
#include "desks/site/alerts/site_alert.h"
#include "web/cursor.h"
#include "web/feed.h"
#include "web/form.h"
#include "site_alert_public_views.h"

enum { FEED_MOST = 50 };

/* When time alone ends the soonest of those that are shown; 0: none is. */
static i64 until(const Ctx *ctx, List alerts)
{
    i64 soonest = 0;
    for (const Alert *a = alerts.items, *end = a + alerts.count; a < end; a++)
        if (!site_alert_over(ctx, a) && (!soonest || a->expires_at < soonest))
            soonest = a->expires_at;
    return soonest;
}

/* ---- the feed: each message is an entry, the end before its time too ---- */
static FeedEntry entry_of(Ctx *ctx, const Alert *a, bool end)
{
    const char *after = end ? "/fin" : NULL;
    const char *title = end ? arena_printf(ctx->arena, say(ctx, "Ended: %s"), a->headline) : a->headline;
    return (FeedEntry){
        .id = arena_printf(ctx->arena, "tag:vocero,2022:alert:%s%s", id_text(ctx->arena, a->id), end ? ":end" : ""),
        .title = a->exercise ? arena_printf(ctx->arena, "%s%s", say(ctx, "DRILL: "), title) : title,
        .summary = end && a->reason ? a->reason : a->text,
        .path = site_alert_url(ctx->arena, a->id, NULL).s,
        .data_path = arena_printf(ctx->arena, "%s.cap", site_alert_url(ctx->arena, a->id, after).s),
        .data_type = "application/cap+xml",
        .published = end ? a->ended_at : a->confirmed_at,
        .updated = end ? a->ended_at : a->confirmed_at,
    };
}

static void give_feed(Ctx *ctx, Page *page, List alerts)
{
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, 2 * alerts.count + 1);
    size_t n = 0;
    for (const Alert *a = alerts.items, *end = a + alerts.count; a < end; a++) {
        if (a->ended_at && !a->follower)
            entries[n++] = entry_of(ctx, a, true);
        entries[n++] = entry_of(ctx, a, false);
    }
    const char *title = arena_printf(ctx->arena, "%s · %s", ctx->city->name, say(ctx, "Alerts"));
    feed_atom(ctx, page, title, "/avisos.atom", "/avisos", entries, n);
}

/* ---- the addresses ---- */
/* GET /avisos */
static void page_alerts(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, limit = page->format == FORMAT_ATOM ? FEED_MOST : query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List alerts = site_alerts_public(ctx, at, id, limit + 1);
    bool more = (i64)alerts.count > limit;
    alerts.count = more ? (size_t)limit : alerts.count;
    const Alert *last = alerts.count ? (const Alert *)alerts.items + alerts.count - 1 : NULL;
    page->title = say(ctx, "Alerts");
    page->description = say(ctx, "Warnings of the city government that are in force, and those that are over.");
    page->alternate_atom = url_literal("/avisos.atom");
    page->expires = until(ctx, alerts);
    if (page->format == FORMAT_ATOM) {
        give_feed(ctx, page, alerts);
        return;
    }
    page_list(page, &site_alert_public_shape, alerts, site_alerts_public_count(ctx),
              more ? cursor_make(ctx, req, last->confirmed_at, last->id) : NULL);
    if (page->format == FORMAT_HTML)
        site_view_alerts(page->html, alerts, page->next);
}

/* GET /avisos/:id */
static void page_alert(Ctx *ctx, const Request *req, Page *page)
{
    const Alert *a = site_alert_public(ctx, req->id);
    const Alert *updated = a && a->updates ? site_alert_public(ctx, a->updates) : NULL;
    if (!a || faulted(ctx))
        return;
    page->title = a->headline;
    page->description = a->text;
    page->modified = a->ended_at ? a->ended_at : a->confirmed_at;
    page->expires = until(ctx, (List){a, 1});
    page_one(page, &site_alert_public_shape, a);
    if (page->format == FORMAT_CAP)
        page_bytes(page, NULL, NULL, site_cap(ctx, a, updated, false));
    else if (page->format == FORMAT_HTML)
        site_view_alert(page->html, a);
}

/* GET /avisos/:id/fin.cap: that it ended before its time */
static void page_end(Ctx *ctx, const Request *req, Page *page)
{
    const Alert *a = site_alert_public(ctx, req->id);
    if (!a)
        return;
    if (!a->ended_at || a->follower)
        fault(ctx, FAULT_NOT_FOUND, "This alert was not ended before its time.");
    else
        page_bytes(page, NULL, NULL, site_cap(ctx, a, NULL, true));
}

/* ---- above every public page ---- */
static void panel_banner(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)req, (void)id;
    List alerts = site_alerts_shown(ctx);
    if (alerts.count)
        site_view_alert_banner(h, alerts);
}

const Panel site_alert_panels[] = {
    {"site_frame", "top", 10, PUBLIC, panel_banner, .until = site_alerts_until},
    {0},
};

const Route site_alert_public_routes[] = {
    {GET, "/avisos", page_alerts, PUBLIC, "Alerts: those in force and those that are over", .list = true, .formats = AS_HTML | AS_JSON | AS_ATOM,
     .query = "limit after", .shape = &site_alert_public_shape},
    {GET, "/avisos/:id", page_alert, PUBLIC, "An alert; as CAP 1.2 too", .formats = AS_HTML | AS_JSON | AS_CAP,
     .shape = &site_alert_public_shape},
    {GET, "/avisos/:id/fin", page_end, PUBLIC, "The CAP message by which an alert was ended before its time", .formats = AS_CAP},
    {0},
};
