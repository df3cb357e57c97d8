/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_store.c: queries in, structs out: events as the desk and as citizens see them. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_queries.h"

static const Field place_fields[] = {
    FIELD_HIDDEN(Place, id, FIELD_ID),
    FIELD_TEXT(Place, name),
    FIELD_TEXT(Place, address),
    FIELD_TEXT(Place, neighbourhood),
    FIELD_TEXT(Place, district),
    FIELD_TEXT(Place, postcode),
    FIELD_REAL(Place, lat),
    FIELD_REAL(Place, lon),
};
const Shape agenda_place_shape = SHAPE("place", Place, place_fields);

static const Field public_fields[] = {
    FIELD_ID(PublicEvent, id),
    FIELD_TEXT(PublicEvent, slug),
    FIELD_TEXT(PublicEvent, uid),
    FIELD_TEXT(PublicEvent, title),
    FIELD_TEXT(PublicEvent, description),
    FIELD_TIME(PublicEvent, starts_at),
    FIELD_TIME(PublicEvent, ends_at),
    FIELD_TEXT(PublicEvent, time_zone),
    FIELD_BOOL(PublicEvent, all_day),
    FIELD_BOOL(PublicEvent, time_to_be_confirmed),
    FIELD_WORD(PublicEvent, status, agenda_status_words),
    FIELD_WORD(PublicEvent, certainty, agenda_certainty_words),
    FIELD_PART(PublicEvent, place, &agenda_place_shape),
    FIELD_LINES(PublicEvent, topics),
    FIELD_ID(PublicEvent, series),
    FIELD_HIDDEN(PublicEvent, recurrence_at, FIELD_TIME),
    FIELD_TEXT(PublicEvent, reason),
    FIELD_TIME(PublicEvent, previous_starts_at),
    FIELD_TIME(PublicEvent, changed_at),
    FIELD_INT(PublicEvent, sequence),
    FIELD_ID(PublicEvent, calendar),
    FIELD_TEXT(PublicEvent, calendar_name),
    FIELD_TEXT(PublicEvent, calendar_slug),
    FIELD_HIDDEN(PublicEvent, calendar_color, FIELD_INT),
    FIELD_TEXT(PublicEvent, area_name),
    FIELD_TEXT(PublicEvent, headed_by),
    FIELD_TEXT(PublicEvent, accreditation),
    FIELD_TIME(PublicEvent, accreditation_until),
    FIELD_MANY(PublicEvent, previous_dates, &agenda_date_shape),
    FIELD_TEXT(PublicEvent, url),
};
const Shape agenda_public_shape = SHAPE("public_event", PublicEvent, public_fields);

static const Field event_fields[] = {
    FIELD_ID(Event, id),
    FIELD_TEXT(Event, slug),
    FIELD_TEXT(Event, uid),
    FIELD_TEXT(Event, title),
    FIELD_TEXT(Event, description),
    FIELD_TIME(Event, starts_at),
    FIELD_TIME(Event, ends_at),
    FIELD_TEXT(Event, time_zone),
    FIELD_TEXT(Event, wall_start),
    FIELD_BOOL(Event, all_day),
    FIELD_BOOL(Event, time_to_be_confirmed),
    FIELD_WORD(Event, status, agenda_status_words),
    FIELD_WORD(Event, certainty, agenda_certainty_words),
    FIELD_WORD(Event, visibility, agenda_visibility_words),
    FIELD_PART(Event, place, &agenda_place_shape),
    FIELD_LINES(Event, topics),
    FIELD_ID(Event, series),
    FIELD_TEXT(Event, rule),
    FIELD_TEXT(Event, reason),
    FIELD_TIME(Event, previous_starts_at),
    FIELD_HIDDEN(Event, recurrence_at, FIELD_TIME),
    FIELD_BOOL(Event, apart),
    FIELD_ID(Event, calendar),
    FIELD_TEXT(Event, calendar_name),
    FIELD_TEXT(Event, calendar_slug),
    FIELD_HIDDEN(Event, calendar_color, FIELD_INT),
    FIELD_ID(Event, area),
    FIELD_TEXT(Event, area_name),
    FIELD_TEXT(Event, headed_by),
    FIELD_LINES(Event, attendees),
    FIELD_INT(Event, attendance),
    FIELD_TEXT(Event, accreditation),
    FIELD_TIME(Event, accreditation_until),
    FIELD_ID(Event, duplicate_of),
    FIELD_ID(Event, source),
    FIELD_TIME(Event, missing_since),
    FIELD_TEXT(Event, internal_note),
    FIELD_TEXT(Event, uncovered_reason),
    FIELD_HIDDEN(Event, coverage_count, FIELD_INT),
    FIELD_HIDDEN(Event, approved_count, FIELD_INT),
    FIELD_TIME(Event, created_at),
    FIELD_TIME(Event, changed_at),
    FIELD_INT(Event, sequence),
    FIELD_MANY(Event, coverages, &agenda_coverage_shape),
    FIELD_MANY(Event, previous_dates, &agenda_date_shape),
    FIELD_INT(Event, version),
    FIELD_TEXT(Event, url),
};
const Shape agenda_event_shape = SHAPE("event", Event, event_fields);

static const Field key_fields[] = {
    FIELD_ID(EventKey, id),
    FIELD_TIME(EventKey, recurrence_at),
    FIELD_ID(EventKey, series),
    FIELD_ID(EventKey, source),
    FIELD_TIME(EventKey, missing_since),
    FIELD_TEXT(EventKey, uid),
    FIELD_TEXT(EventKey, title),
    FIELD_INT(EventKey, source_sequence),
    FIELD_INT(EventKey, sequence),
    FIELD_TIME(EventKey, starts_at),
    FIELD_TEXT(EventKey, source_hash),
    FIELD_TEXT(EventKey, source_visibility),
    FIELD_TEXT(EventKey, slug),
    FIELD_TEXT(EventKey, internal_note),
    FIELD_TEXT(EventKey, reason),
    FIELD_WORD(EventKey, status, agenda_status_words),
    FIELD_WORD(EventKey, visibility, agenda_visibility_words),
};
const Shape agenda_key_shape = SHAPE("event_key", EventKey, key_fields);

/* ---- the desk ---- */

static void with_url(Ctx *ctx, Event *e)
{
    const char *path = e->visibility == VISIBLE_PUBLIC ? agenda_public_path(ctx->arena, e->slug)
                                                       : agenda_desk_path(ctx->arena, e->id);
    e->url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path);
}

const Event *agenda_find(Ctx *ctx, i64 id)
{
    Event *e = (Event *)db_one(ctx, &q_agenda_find, &agenda_event_shape, I(id),
                               B(agenda_sees_private(ctx)));
    if (!e)
        return NULL;
    with_url(ctx, e);
    e->coverages = agenda_coverages_of(ctx, id);
    e->previous_dates = agenda_dates_of(ctx, id);
    return e;
}

const char *agenda_topic_line(Ctx *ctx, const char *topic)
{
    return topic ? arena_printf(ctx->arena, "\n%s\n", topic) : "";
}

i64 agenda_earliest(const AgendaFilter *f)
{
    return f->overlapping ? f->span.from - (AGENDA_DAYS_MAX + 1) * CLOCK_DAY : f->span.from;
}

/* Of an overlapping list: it must end behind this. */
static i64 ends_after(const AgendaFilter *f)
{
    return f->overlapping ? f->span.from : INT64_MIN;
}

#define FILTER_BINDS(ctx, f)                                                                     \
    I(agenda_earliest(f)), I((f)->span.to), I(ends_after(f)), B(agenda_sees_private(ctx)),              \
        W(agenda_figure_words, (f)->figure), I((f)->calendar), I((f)->area), I((f)->place),      \
        I((f)->person), T(agenda_topic_line(ctx, (f)->topic)), T((f)->status ? (f)->status : ""),      \
        T((f)->kind ? (f)->kind : "")

List agenda_list(Ctx *ctx, const AgendaFilter *f, i64 after_at, i64 after_id, i64 limit)
{
    List events = f->figure > AGENDA_NOT_COVERED
                      ? agenda_figure_rows(ctx, &agenda_event_shape, &(Measure){.span = f->span, .area = f->area}, f->figure, after_at, after_id, limit)
                      : db_list(ctx, &q_agenda_list, &agenda_event_shape, FILTER_BINDS(ctx, f),
                                I(after_at), I(after_id), I(limit));
    for (size_t i = 0; i < events.count; i++)
        with_url(ctx, (Event *)events.items + i);
    return events;
}

static i64 counted(i64 number)
{
    return number == NONE ? 0 : number;
}

i64 agenda_list_count(Ctx *ctx, const AgendaFilter *f)
{
    if (f->figure > AGENDA_NOT_COVERED)
        return agenda_figure_count(ctx, &(Measure){.span = f->span, .area = f->area}, f->figure);
    return counted(db_number(ctx, &q_agenda_list_count, FILTER_BINDS(ctx, f)));
}

List agenda_by_span(Ctx *ctx, Span span, AgendaFigure figure, i64 after_at, i64 after_id, i64 limit)
{
    return agenda_list(ctx, &(AgendaFilter){.span = span, .figure = figure}, after_at, after_id, limit);
}

i64 agenda_count(Ctx *ctx, Span span, AgendaFigure figure)
{
    return agenda_list_count(ctx, &(AgendaFilter){.span = span, .figure = figure});
}

/* ---- citizens ---- */

static List with_public_urls(Ctx *ctx, List events)
{
    PublicEvent *e = (PublicEvent *)events.items;
    for (size_t i = 0; i < events.count; i++)
        e[i].url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url,
                                agenda_public_path(ctx->arena, e[i].slug));
    return events;
}

List agenda_public_by_span(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit)
{
    return with_public_urls(ctx,
                            db_list(ctx, &q_agenda_public_by_span, &agenda_public_shape,
                                    I(span.from), I(span.to), I(after_at), I(after_id), I(limit)));
}

List agenda_public_brief(Ctx *ctx, Span span, i64 limit)
{
    return db_list(ctx, &q_agenda_public_brief, &agenda_public_shape, I(span.from), I(span.to), I(limit));
}

i64 agenda_public_count(Ctx *ctx, Span span)
{
    return counted(db_number(ctx, &q_agenda_public_count, I(span.from), I(span.to)));
}

const PublicEvent *agenda_public_by_slug(Ctx *ctx, const char *slug)
{
    PublicEvent *e =
        (PublicEvent *)db_one(ctx, &q_agenda_public_by_slug, &agenda_public_shape, T(slug));
    if (!e)
        return NULL;
    e->previous_dates = agenda_dates_of(ctx, e->id);
    return with_public_urls(ctx, (List){e, 1}).items;
}

List agenda_public_changed(Ctx *ctx, i64 limit)
{
    return with_public_urls(ctx,
                            db_list(ctx, &q_agenda_public_changed, &agenda_public_shape, I(limit)));
}
