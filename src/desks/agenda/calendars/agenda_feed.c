/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_feed.c: what goes into a calendar: public events, the desk's, coverages as if they were events. */
#include "desks/agenda/events/agenda_public_event.h"
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_source_queries.h"

Span agenda_feed_span(const Ctx *ctx)
{
    const Zone *zone = ctx->city->zone;
    return (Span){clock_day_of(zone, ctx->now - FEED_BACK).from, clock_day_of(zone, ctx->now + FEED_AHEAD).to};
}

/* What an event says to a calendar, whether citizens or the desk see it. */
#define FEED_SAME(e) \
    .uid = (e)->uid, .title = (e)->title, .description = (e)->description, \
    .topics = (e)->topics, .time_zone = (e)->time_zone, .reason = (e)->reason, .url = (e)->url, \
    .starts_at = (e)->starts_at, .ends_at = (e)->ends_at, .recurrence_at = (e)->recurrence_at, \
    .changed_at = (e)->changed_at, .sequence = (e)->sequence, .all_day = (e)->all_day, \
    .time_to_be_confirmed = (e)->time_to_be_confirmed, .status = (e)->status, \
    .certainty = (e)->certainty, .place = (e)->place, .color = (e)->calendar_color

List agenda_feed_of_public(Ctx *ctx, List public_events)
{
    const PublicEvent *e = public_events.items;
    FeedEvent *out = arena_array(ctx->arena, FeedEvent, public_events.count + 1);
    for (size_t i = 0; i < public_events.count; i++)
        out[i] = (FeedEvent){FEED_SAME(&e[i]), .created_at = e[i].id ? id_moment(e[i].id) : 0, .visibility = VISIBLE_PUBLIC};
    return (List){out, public_events.count};
}

List agenda_feed_of_events(Ctx *ctx, List events)
{
    const Event *e = events.items;
    FeedEvent *out = arena_array(ctx->arena, FeedEvent, events.count + 1);
    for (size_t i = 0; i < events.count; i++)
        out[i] = (FeedEvent){FEED_SAME(&e[i]), .created_at = e[i].created_at, .visibility = e[i].visibility};
    return (List){out, events.count};
}

/* ---- coverages ---- */

typedef struct CoverageRow {
    i64 id, starts_at, ends_at, created_at, changed_at, sequence;
    CoverageKind kind;
    CoverageState state;
    const char *brief, *title, *time_zone, *assignee_name;
    bool all_day, time_to_be_confirmed;
    EventStatus event_status;
    Place place;
} CoverageRow;

static const Field coverage_fields[] = {
    FIELD_ID(CoverageRow, id),
    FIELD_TIME(CoverageRow, starts_at),
    FIELD_TIME(CoverageRow, ends_at),
    FIELD_TIME(CoverageRow, created_at),
    FIELD_TIME(CoverageRow, changed_at),
    FIELD_INT(CoverageRow, sequence),
    FIELD_WORD(CoverageRow, kind, agenda_kind_words),
    FIELD_WORD(CoverageRow, state, agenda_state_words),
    FIELD_TEXT(CoverageRow, brief),
    FIELD_TEXT(CoverageRow, title),
    FIELD_TEXT(CoverageRow, time_zone),
    FIELD_TEXT(CoverageRow, assignee_name),
    FIELD_BOOL(CoverageRow, all_day),
    FIELD_BOOL(CoverageRow, time_to_be_confirmed),
    FIELD_WORD(CoverageRow, event_status, agenda_status_words),
    FIELD_PART(CoverageRow, place, &agenda_place_shape),
};
static const Shape coverage_shape = SHAPE("coverage_feed", CoverageRow, coverage_fields);

static EventStatus status_of(const CoverageRow *c)
{
    if (c->state == COVERAGE_CANCELLED)
        return EVENT_CANCELLED;
    if (c->event_status == EVENT_CANCELLED || c->event_status == EVENT_POSTPONED)
        return c->event_status;
    return c->state <= COVERAGE_ASSIGNED ? EVENT_TENTATIVE : c->event_status;
}

static const char *description_of(Ctx *ctx, const CoverageRow *c)
{
    const char *state = say_word(ctx, agenda_state_words, (int)c->state);
    const char *who = c->assignee_name ? c->assignee_name : say(ctx, "nobody yet");
    const char *head = arena_printf(ctx->arena, "%s: %s", state, who);
    return text_blank(c->brief) ? head : arena_printf(ctx->arena, "%s\n\n%s", c->brief, head);
}

List agenda_feed_of_coverages(Ctx *ctx, const CoverageFeed *w)
{
    List rows = db_list(ctx, &q_agenda_feed_coverages, &coverage_shape, I(w->span.from), I(w->span.to),
                        B(agenda_sees_private(ctx)), I(w->person), T(w->kind ? w->kind : ""), I(FEED_MOST));
    const CoverageRow *c = rows.items;
    FeedEvent *out = arena_array(ctx->arena, FeedEvent, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const char *id = id_text(ctx->arena, c[i].id);
        out[i] = (FeedEvent){
            .uid = arena_printf(ctx->arena, "coverage-%s@vocero", id),
            .title = arena_printf(ctx->arena, "%s · %s", say_word(ctx, agenda_kind_words, (int)c[i].kind), c[i].title),
            .description = description_of(ctx, &c[i]),
            .time_zone = c[i].time_zone,
            .url = arena_printf(ctx->arena, "%s/mesa/coberturas/%s", ctx->city->base_url, id),
            .starts_at = c[i].starts_at,
            .ends_at = c[i].ends_at,
            .created_at = c[i].created_at,
            .changed_at = c[i].changed_at,
            .sequence = c[i].sequence,
            .all_day = c[i].all_day,
            .time_to_be_confirmed = c[i].time_to_be_confirmed,
            .status = status_of(&c[i]),
            .visibility = VISIBLE_INTERNAL,
            .place = c[i].place,
        };
    }
    return (List){out, rows.count};
}

/* ---- answers ---- */

static i64 newest_of(List feed_events)
{
    const FeedEvent *e = feed_events.items;
    i64 newest = 0;
    for (size_t i = 0; i < feed_events.count; i++)
        newest = e[i].changed_at > newest ? e[i].changed_at : newest;
    return newest;
}

void agenda_feed_give(Ctx *ctx, const Request *req, Page *page, List feed_events, FeedHead head, const char *filename)
{
    const char *cancelled = query_text(req, "cancelled");
    Buf *out = buf_new(ctx->arena, 1024 + feed_events.count * 640, FEED_BYTES_MAX);
    if (faulted(ctx))
        return;
    head.cancelled_shown = text_same(cancelled, "show");
    if (!text_blank(cancelled) && !head.cancelled_shown && !text_same(cancelled, "hide")) {
        fault_field(ctx, "cancelled", "cancelled= is show (in the title) or hide (as RFC 5545 says).");
        return;
    }
    agenda_feed_write(ctx, feed_events, &head, out);
    if (buf_over(out)) {
        fault(ctx, FAULT_TOO_LARGE, "There is too much for one calendar: ask for a month.");
        return;
    }
    page->modified = newest_of(feed_events);
    page_bytes(page, "text/calendar; charset=utf-8", filename, out);
}

void agenda_feed_desk(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter)
{
    AgendaFilter f = *filter;
    if (!f.span.to) {
        f.span = agenda_feed_span(ctx);
        f.overlapping = true;
    }
    const char *said = agenda_filter_said(ctx, &f);
    FeedHead head = {
        .name = said ? arena_printf(ctx->arena, "%s · %s", say(ctx, "Agenda of the desk"), said) : say(ctx, "Agenda of the desk"),
        .page = "/mesa/agenda",
    };
    agenda_feed_give(ctx, req, page, agenda_feed_of_events(ctx, agenda_list(ctx, &f, 0, 0, FEED_MOST)), head, "agenda.ics");
}

bool agenda_list_as_feed(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter, bool span_given)
{
    AgendaFilter f = *filter;
    if (page->format == FORMAT_NINJS) {
        agenda_give_ninjs_list(ctx, page, filter);
    } else if (page->format == FORMAT_ICS) {
        f.span = span_given ? f.span : (Span){0, 0};
        agenda_feed_desk(ctx, req, page, &f);
    }
    return page->format == FORMAT_NINJS || page->format == FORMAT_ICS;
}

bool agenda_event_as_feed(Ctx *ctx, const Request *req, Page *page, const Event *e)
{
    FeedHead head = {.name = e->title, .page = agenda_desk_path(ctx->arena, e->id)};
    if (page->format == FORMAT_NINJS)
        agenda_give_ninjs(ctx, page, e);
    else if (page->format == FORMAT_ICS)
        agenda_feed_give(ctx, req, page, agenda_feed_of_events(ctx, (List){e, 1}), head, "evento.ics");
    return page->format == FORMAT_NINJS || page->format == FORMAT_ICS;
}

void agenda_feed_mine(Ctx *ctx, const Request *req, Page *page)
{
    CoverageFeed wanted = {agenda_feed_span(ctx), ctx->actor->id, NULL};
    FeedHead head = {.name = say(ctx, "My coverages"), .page = "/mesa/coberturas"};
    agenda_feed_give(ctx, req, page, agenda_feed_of_coverages(ctx, &wanted), head, "coberturas.ics");
}

void agenda_public_ics(Ctx *ctx, List public_events, const char *name, Buf *out)
{
    agenda_feed_write(ctx, agenda_feed_of_public(ctx, public_events), &(FeedHead){.name = name, .page = "/agenda"}, out);
}
