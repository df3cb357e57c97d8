/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_panels.c: pictures on the desk's other pages: of an event, in the month's report, on the desk's home. */
#include "desks/photos/figures/photos_figures.h"
#include "desks/photos/photos_pages.h"
#include "photos_panel_views.h"

enum { OF_EVENT = 6, GALLERIES = 4, PEOPLE = 20 };

static void panel_event(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    EventPanel x = {
        .counts = photos_event_counts(ctx, id),
        .may_upload = people_has(ctx, RIGHT_PHOTOS_UPLOAD),
        .may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT),
    };
    x.photos = photos_list(ctx, &(PhotoFilter){.event = id}, 0, 0, OF_EVENT);
    x.galleries = photos_galleries(ctx, NULL, id, 0, 0, GALLERIES);
    if (!faulted(ctx))
        photos_view_event_panel(h, &x);
}

/* id: the month's first instant */
static void panel_month(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    Measure m = {.span = clock_month_of(ctx->city->zone, id)};
    m.period = clock_month_text(ctx->arena, ctx->city->zone, m.span.from);
    MonthPanel x = {.month = m.period, .people = photos_by_photographer(ctx, m.span, PEOPLE)};
    x.delivered = photos_count(ctx, &(PhotoFilter){.figure = "photos_delivered", .span = m.span});
    x.published = photos_count(ctx, &(PhotoFilter){.figure = "photos_published", .span = m.span});
    x.events = photos_figure_events_count(ctx, &m);
    if (!faulted(ctx) && (x.delivered || x.published))
        photos_view_month_panel(h, &x);
}

static void panel_attend(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    AttendPhotos x = {.mine = photos_menu_count(ctx)};
    if (people_has(ctx, RIGHT_PHOTOS_PUBLISH)) {
        x.unreviewed = photos_count(ctx, &(PhotoFilter){.minors = "unreviewed", .mark = "keep"});
        x.publishing = photos_gallery_count(ctx, "publishing", 0);
    }
    if (people_has(ctx, RIGHT_PHOTOS_EDIT))
        x.failed = photos_count(ctx, &(PhotoFilter){.state = "failed"});
    if (!faulted(ctx))
        photos_view_attend(h, &x);
}

const Panel photos_panels[] = {
    {"agenda_event", "main", 25, RIGHT_PHOTOS_READ, panel_event, NULL},
    {"report", "main", 25, RIGHT_PHOTOS_READ, panel_month, NULL},
    {"desk_home", "first", 25, RIGHT_PHOTOS_READ, panel_attend, NULL},
    {0},
};
