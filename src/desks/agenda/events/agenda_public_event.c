/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_event.c: the page of one public event, and its other forms. */
#include "desks/agenda/events/agenda_public_event.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_public_event_views.h"

/* 20220714T230000Z, or the day: what the address of Google's form takes. */
static const char *compact(Ctx *ctx, i64 at, bool day, const Zone *zone)
{
    Wall w = clock_wall(day ? zone : NULL, at);
    return day ? arena_printf(ctx->arena, "%04d%02d%02d", w.year, w.month, w.day)
               : arena_printf(ctx->arena, "%04d%02d%02dT%02d%02d%02dZ", w.year, w.month, w.day, w.hour, w.minute, w.second);
}

static const char *where_of(Ctx *ctx, const Place *p)
{
    if (!p->name)
        return NULL;
    return p->address ? arena_printf(ctx->arena, "%s, %s", p->name, p->address) : p->name;
}

static Url google_of(Ctx *ctx, const PublicEvent *e)
{
    bool day = e->all_day || e->time_to_be_confirmed;
    const Zone *zone = zone_find(e->time_zone);
    i64 end = day && e->ends_at - e->starts_at < CLOCK_DAY ? clock_day_of(zone, e->starts_at).to : e->ends_at;
    Url url = url_literal("https://calendar.google.com/calendar/render?action=TEMPLATE");
    url = url_query(ctx->arena, url, "text", e->title);
    url = url_query(ctx->arena, url, "dates",
                    arena_printf(ctx->arena, "%s/%s", compact(ctx, e->starts_at, day, zone), compact(ctx, end, day, zone)));
    url = url_query(ctx->arena, url, "location", where_of(ctx, &e->place));
    return url_query(ctx->arena, url, "details", e->url);
}

static void give_ics(Ctx *ctx, const Request *req, Page *page, const PublicEvent *e)
{
    FeedHead head = {.name = e->title, .source = arena_printf(ctx->arena, "/agenda/%s.ics", e->slug),
                     .page = agenda_public_path(ctx->arena, e->slug)};
    agenda_feed_give(ctx, req, page, agenda_feed_of_public(ctx, (List){e, 1}), head,
                     arena_printf(ctx->arena, "%s.ics", e->slug));
}

static void give_ninjs(Ctx *ctx, Page *page, const PublicEvent *e)
{
    Buf *out = buf_new(ctx->arena, 4096, FEED_BYTES_MAX);
    agenda_ninjs_public(ctx, e, out);
    page_bytes(page, "application/json; charset=utf-8", NULL, out);
}

/* The next instant at which something on the page is another: it begins, it ends, the accreditation closes. */
static i64 expiry(const Ctx *ctx, const PublicEvent *e)
{
    const i64 turns[] = {e->starts_at, e->ends_at, e->accreditation_until};
    i64 next = 0;
    for (size_t i = 0; i < COUNT(turns); i++) {
        if (turns[i] > ctx->now && (!next || turns[i] < next))
            next = turns[i];
    }
    return next;
}

static void draw(Ctx *ctx, const Request *req, Page *page, const PublicEvent *e)
{
    PublicEventShown x = {
        .req = req,
        .event = e,
        .month = agenda_period_of(ctx, PERIOD_MONTH, e->starts_at),
        .dates = agenda_public_dates(ctx, e),
        .files = agenda_public_attachments_of(ctx, e->id),
        .ics = url_slug(ctx->arena, "/agenda/", e->slug, ".ics"),
        .google = google_of(ctx, e),
        .json = agenda_jsonld(ctx, e),
    };
    agenda_public_view_event(page->html, &x);
}

void agenda_page_public_event(Ctx *ctx, const Request *req, Page *page)
{
    const PublicEvent *e = agenda_public_by_slug(ctx, req->slug);
    if (!e)
        return;
    page->title = e->title;
    page->here = "/agenda";
    page->description = e->description;
    page->modified = e->changed_at;
    page->alternate_ics = url_slug(ctx->arena, "/agenda/", e->slug, ".ics");
    page->expires = expiry(ctx, e);
    page_one(page, &agenda_public_shape, e);
    if (page->format == FORMAT_ICS)
        give_ics(ctx, req, page, e);
    else if (page->format == FORMAT_NINJS)
        give_ninjs(ctx, page, e);
    else if (page->format == FORMAT_HTML)
        draw(ctx, req, page, e);
}
