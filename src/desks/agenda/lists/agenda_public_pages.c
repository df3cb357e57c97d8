/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_pages.c: the addresses that citizens read. They ask the view agenda_public_event and nothing else. */
#include "desks/agenda/agenda_room.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/lists/agenda_public_list.h"
#include "web/cursor.h"
#include "web/feed.h"
#include "agenda_public_views.h"

enum { MONTH_MOST = 500, NEWS_MOST = 50 };

/* ---- data ---- */
static void page_data(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List list = agenda_public_filtered(ctx, filter, at, id, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const PublicEvent *last = list.count ? (const PublicEvent *)list.items + list.count - 1 : NULL;
    agenda_public_with_dates(ctx, list);
    page_list(page, &agenda_public_shape, list, agenda_public_filtered_count(ctx, filter),
              more ? cursor_make(ctx, req, last->starts_at, last->id) : NULL);
}

/* A subscribed calendar shows the last month, and as far as series are laid out. */
static void page_ics(Ctx *ctx, const Request *req, Page *page, const PublicShown *x)
{
    AgendaFilter filter = x->filter;
    filter.span = x->period.given ? x->period.span : agenda_feed_span(ctx);
    filter.overlapping = !x->period.given;
    const char *said = agenda_filter_said(ctx, &filter), *name = say(ctx, "Public agenda");
    const char *query = agenda_filter_query(ctx, &filter);
    FeedHead head = {
        .name = said ? arena_printf(ctx->arena, "%s · %s", name, said) : name,
        .source = arena_printf(ctx->arena, "/agenda.ics%s%s", *query ? "?" : "", query),
        .page = "/agenda",
    };
    page->expires = ctx->now + CLOCK_HOUR;
    agenda_feed_give(ctx, req, page, agenda_feed_of_public(ctx, agenda_public_filtered(ctx, &filter, 0, 0, FEED_MOST)),
                     head, "agenda.ics");
}

static void page_atom(Ctx *ctx, Page *page)
{
    List events = agenda_public_changed(ctx, NEWS_MOST);
    FeedEntry *entries = arena_array(ctx->arena, FeedEntry, events.count + 1);
    for (size_t i = 0; i < events.count; i++) {
        const PublicEvent *e = (const PublicEvent *)events.items + i;
        entries[i] = (FeedEntry){
            .id = arena_printf(ctx->arena, "tag:vocero,2022:event:%s", id_text(ctx->arena, e->id)), .title = e->title,
            .summary = e->description, .path = agenda_public_path(ctx->arena, e->slug),
            .published = id_moment(e->id), .updated = e->changed_at,
        };
    }
    feed_atom(ctx, page, arena_printf(ctx->arena, "%s · %s", ctx->city->name, say(ctx, "Agenda")), "/agenda.atom", "/agenda", entries, events.count);
}

/* ---- the month, the week, the day ---- */
static Calendar calendar_of(Ctx *ctx, Span span, List list, i64 *standing_out)
{
    const PublicEvent *e = list.items;
    DayEntry *entries = arena_array(ctx->arena, DayEntry, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        entries[i] = (DayEntry){e[i].starts_at, e[i].ends_at, agenda_stands(e[i].status, VISIBLE_PUBLIC),
                                e[i].all_day || e[i].time_to_be_confirmed};
        *standing_out += entries[i].standing;
    }
    return agenda_calendar(ctx, span, entries, list.count);
}

static void draw_period(Ctx *ctx, Page *page, PublicShown *x)
{
    const Span *span = &x->period.span;
    x->filter.overlapping = true;
    x->events = agenda_public_listed(ctx, &x->filter, MONTH_MOST);
    x->calendar = calendar_of(ctx, *span, x->events, &x->standing);
    x->calendars = agenda_calendar_names(ctx, true);
    x->query = agenda_filter_query(ctx, &x->filter);
    x->parts = agenda_filter_parts(ctx, &x->filter);
    page->title = arena_printf(ctx->arena, "%s · %s", say(ctx, "Agenda"), x->period.label);
    page->description = say(ctx, "The public agenda of the city government: where, when and with whom.");
    page->expires = clock_day_of(ctx->city->zone, ctx->now).to;
    if (page->expires > ctx->now + 5 * CLOCK_MINUTE && ctx->now >= span->from && ctx->now < span->to)
        page->expires = ctx->now + 5 * CLOCK_MINUTE; /* what is going on now is marked */
    agenda_public_view_page(page->html, x);
}

/* A day, for messaging apps: today when none is said. */
static void give_text(Ctx *ctx, const Request *req, Page *page, const Period *period)
{
    TextTone tone;
    Period day = *period;
    if (!agenda_tone_read(ctx, req, &tone))
        return;
    if (day.kind != PERIOD_DAY)
        day = agenda_period_of(ctx, PERIOD_DAY, day.given ? day.span.from : ctx->now);
    page->expires = clock_day_of(ctx->city->zone, ctx->now).to;
    const char *text = agenda_text_public(ctx, &day, tone);
    if (text)
        agenda_page_text(ctx, page, text);
}

/* GET /agenda */
static void page_agenda(Ctx *ctx, const Request *req, Page *page)
{
    PublicShown x = {0};
    if (!agenda_period(ctx, req, &x.period) || !agenda_filter_read_public(ctx, req, &x.filter))
        return;
    x.filter.span = x.period.span;
    page->here = "/agenda";
    page->alternate_atom = url_literal("/agenda.atom");
    page->alternate_ics = url_literal("/agenda.ics");
    if (page->format == FORMAT_ATOM) {
        page_atom(ctx, page);
    } else if (page->format == FORMAT_TEXT) {
        give_text(ctx, req, page, &x.period);
    } else if (page->format == FORMAT_ICS) {
        page_ics(ctx, req, page, &x);
    } else if (page->format == FORMAT_HTML) {
        draw_period(ctx, page, &x);
    } else {
        page_data(ctx, req, page, &x.filter);
    }
}

/* ---- the front page's week ---- */
static void panel_week(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    const Zone *zone = ctx->city->zone;
    Span week = clock_week_of(zone, ctx->now), day = clock_day_of(zone, ctx->now);
    List list = agenda_public_listed(ctx, &(AgendaFilter){.span = week, .overlapping = true}, MONTH_MOST);
    i64 standing = 0;
    Calendar calendar = calendar_of(ctx, week, list, &standing);
    agenda_public_view_week(h, &calendar, agenda_public_listed(ctx, &(AgendaFilter){.span = day, .overlapping = true}, 12));
}

const Panel agenda_public_panels[] = {
    {"site_home", "main", 20, PUBLIC, panel_week},
    {0},
};

const Route agenda_public_routes[] = {
    {GET, "/agenda", page_agenda, PUBLIC, "The public agenda of a month, a week or a day", .list = true, .formats = AS_HTML | AS_JSON | AS_ICS | AS_ATOM | AS_TEXT,
     .query = "mes semana dia calendario tema tono cancelled limit after", .shape = &agenda_public_shape},
    {GET, "/agenda/:slug", agenda_page_public_event, PUBLIC, "A public event", .formats = AS_HTML | AS_JSON | AS_ICS | AS_NINJS,
     .query = "cancelled", .shape = &agenda_public_shape},
    {0},
};
