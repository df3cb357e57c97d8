/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_figure_pages.c: the events behind a figure of pictures. */
#include "desks/photos/figures/photos_figures.h"
#include "desks/photos/photos_pages.h"
#include "web/cursor.h"
#include "web/form.h"
#include "photos_figure_views.h"

/* A month or a year; without one the present month. */
static bool read_measure(Ctx *ctx, const Request *req, Measure *m)
{
    m->period = query_text(req, "mes");
    if (text_blank(m->period))
        m->period = clock_month_text(ctx->arena, ctx->city->zone, ctx->now);
    return strategy_period(ctx, m->period, &m->span) && photos_query_id(ctx, req, "area", &m->area);
}

static Url here(Ctx *ctx, const Measure *m)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/fotos/eventos"), "mes", m->period);
    return m->area ? url_query(ctx->arena, url, "area", id_text(ctx->arena, m->area)) : url;
}

/* GET /mesa/fotos/eventos */
static void page_events(Ctx *ctx, const Request *req, Page *page)
{
    PhotographedShown x = {.req = req};
    i64 at = 0, id = 0, limit = query_limit(req);
    if (!people_may(ctx, RIGHT_PHOTOS_READ) || !read_measure(ctx, req, &x.measure) || (cursor_read(ctx, req, &at, &id), faulted(ctx)))
        return;
    x.events = photos_figure_events(ctx, &x.measure, at, id, limit + 1);
    x.total = photos_figure_events_count(ctx, &x.measure);
    bool more = (i64)x.events.count > limit;
    x.events.count = more ? (size_t)limit : x.events.count;
    const PhotographedEvent *last = more ? (const PhotographedEvent *)x.events.items + limit - 1 : NULL;
    const char *cursor = last ? cursor_make(ctx, req, last->starts_at, last->id) : NULL;
    page->title = say(ctx, "Events with delivered photos");
    page->here = "/mesa/fotos";
    page_list(page, &photos_event_figure_shape, x.events, x.total, cursor);
    if (page->format != FORMAT_HTML || faulted(ctx))
        return;
    x.next = cursor ? url_query(ctx->arena, here(ctx, &x.measure), "after", cursor) : (Url){NULL};
    photos_view_events(page->html, &x);
}

const Route photos_figure_routes[] = {
    {GET, "/mesa/fotos/eventos", page_events, RIGHT_PHOTOS_READ, "Public events of a month or a year with delivered photos, the youngest first",
     .list = true, .query = "mes area limit after", .shape = &photos_event_figure_shape},
    {0},
};
