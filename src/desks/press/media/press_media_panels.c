/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_panels.c: what the press room shows elsewhere: on a release, on an event, in the month's report, on the desk's home. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "press_media_panel_views.h"
#include "press_pickup_views.h"

enum { PICKUPS_MOST = 50, OF_EVENT_MOST = 20, TODAY_MOST = 10, LATEST_MOST = 8 };

/* ---- on a release ---- */

static bool is_public_now(const Release *r)
{
    return r->state == RELEASE_PUBLISHED || r->state == RELEASE_CORRECTED;
}

static void panel_pickups(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    const Release *r = press_row(ctx, id);
    if (r && r->edition)
        press_view_pickups_panel(h, &(PickupPanel){req, r, press_pickups_of(ctx, id, PICKUPS_MOST), people_has(ctx, RIGHT_PRESS_MEDIA)});
}

/* Sent to lists once public; given to accredited media before. */
static void panel_media(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    const Release *r = press_row(ctx, id);
    if (!r)
        return;
    bool embargoed = r->embargo_until > ctx->now && (r->state == RELEASE_EMBARGOED || r->state == RELEASE_APPROVED);
    if (embargoed || is_public_now(r))
        press_view_media_panel(h, r, embargoed ? press_previews(ctx, id, NULL) : (List){0}, is_public_now(r) ? press_sendings(ctx, id) : (List){0});
}

/* ---- on an event ---- */

static void panel_of_event(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    press_view_of_event(h, press_of_event(ctx, id, OF_EVENT_MOST), id, people_has(ctx, RIGHT_PRESS_WRITE));
}

/* ---- in the month's report; id: the month's first instant ---- */

static void panel_of_month(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    Span span = clock_month_of(ctx->city->zone, id);
    ReleaseFilter published = {.span = span, .figure = "releases_published"}, corrected = {.span = span, .figure = "releases_corrected"};
    List releases = press_list(ctx, &published, 0, 0, LATEST_MOST), mended = press_list(ctx, &corrected, 0, 0, LATEST_MOST);
    List pickups = press_pickups(ctx, span, 0, 0, 0, LATEST_MOST);
    if (releases.count || mended.count || pickups.count)
        press_view_of_month(h, clock_month_text(ctx->arena, ctx->city->zone, span.from), releases, mended, pickups);
}

/* ---- on the desk's home ---- */

static i64 missed(Ctx *ctx, List approved, const Release **first_out)
{
    i64 n = 0;
    for (const Release *r = approved.items, *end = r + approved.count; r < end; r++) {
        if (!r->missed_at)
            continue;
        if (!n++)
            *first_out = r;
    }
    return n;
}

static void panel_attend(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    AttendPress x = {0};
    List approved = press_list(ctx, &(ReleaseFilter){.state = "approved"}, 0, 0, OF_EVENT_MOST);
    x.missed_count = missed(ctx, approved, &x.missed);
    if (people_has(ctx, RIGHT_PRESS_APPROVE)) {
        x.in_review = press_count(ctx, &(ReleaseFilter){.state = "in_review"});
        List review = x.in_review ? press_list(ctx, &(ReleaseFilter){.state = "in_review"}, 0, 0, 1) : (List){0};
        x.review = review.count ? review.items : NULL;
    }
    x.requests = press_accreditations_waiting(ctx);
    if (!faulted(ctx))
        press_view_attend(h, &x);
}

static bool is_today(Ctx *ctx, const Release *r)
{
    Span today = clock_day_of(ctx->city->zone, ctx->now);
    return r->publish_at >= today.from && r->publish_at < today.to;
}

static void panel_today(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    static const char *const states[] = {"scheduled", "embargoed"};
    Release *today = arena_array(ctx->arena, Release, 2 * TODAY_MOST);
    size_t n = 0;
    for (size_t s = 0; s < COUNT(states); s++) {
        List waiting = press_list(ctx, &(ReleaseFilter){.state = states[s]}, 0, 0, TODAY_MOST);
        for (const Release *r = waiting.items, *end = r + waiting.count; r < end; r++)
            if (is_today(ctx, r))
                today[n++] = *r;
    }
    if (n && !faulted(ctx))
        press_view_today(h, (List){today, n});
}

i64 press_media_menu_count(Ctx *ctx)
{
    return press_accreditations_waiting(ctx);
}

const Panel press_media_panels[] = {
    {"press_release", "main", 20, RIGHT_PRESS_READ, panel_pickups, NULL},
    {"press_release", "side", 20, RIGHT_PRESS_MEDIA, panel_media, NULL},
    {"agenda_event", "main", 30, RIGHT_PRESS_READ, panel_of_event, NULL},
    {"report", "main", 20, RIGHT_PRESS_READ, panel_of_month, NULL},
    {"desk_home", "first", 20, RIGHT_PRESS_READ, panel_attend, NULL},
    {"desk_home", "side", 20, RIGHT_PRESS_READ, panel_today, NULL},
    {0},
};
