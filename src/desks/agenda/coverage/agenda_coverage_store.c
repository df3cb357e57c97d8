/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage_store.c: coverages and their evidence out of the database. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/db.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

enum { EVENT_COVERAGES = 200, SPAN_EVIDENCE = 20000 };

static const Field evidence_fields[] = {
    FIELD_HIDDEN(Evidence, id, FIELD_ID),
    FIELD_HIDDEN(Evidence, coverage, FIELD_ID),
    FIELD_WORD(Evidence, kind, agenda_evidence_words),
    FIELD_TEXT(Evidence, url),
    FIELD_TEXT(Evidence, text),
    FIELD_TIME(Evidence, at),
    FIELD_TEXT(Evidence, by),
    FIELD_HIDDEN(Evidence, sha256, FIELD_TEXT),
    FIELD_TEXT(Evidence, filename),
    FIELD_TEXT(Evidence, type),
    FIELD_INT(Evidence, size),
};
static const Shape evidence_shape = SHAPE("evidence", Evidence, evidence_fields);

static const Field clash_fields[] = {
    FIELD_WORD(Clash, kind, agenda_clash_words), FIELD_ID(Clash, person),       FIELD_ID(Clash, with),
    FIELD_INT(Clash, minutes_missing),           FIELD_TEXT(Clash, message),
};
const Shape agenda_clash_shape = SHAPE("clash", Clash, clash_fields);

static const Field coverage_fields[] = {
    FIELD_ID(Coverage, id),
    FIELD_ID(Coverage, event),
    FIELD_TEXT(Coverage, event_title),
    FIELD_HIDDEN(Coverage, event_slug, FIELD_TEXT),
    FIELD_TIME(Coverage, event_starts_at),
    FIELD_TIME(Coverage, event_ends_at),
    FIELD_WORD(Coverage, kind, agenda_kind_words),
    FIELD_WORD(Coverage, state, agenda_state_words),
    FIELD_ID(Coverage, assignee),
    FIELD_TEXT(Coverage, assignee_name),
    FIELD_ID(Coverage, area),
    FIELD_TEXT(Coverage, area_name),
    FIELD_ID(Coverage, contact),
    FIELD_TEXT(Coverage, contact_name),
    FIELD_WORD(Coverage, news_status, agenda_news_words),
    FIELD_INT(Coverage, priority),
    FIELD_INT(Coverage, quantity_min),
    FIELD_INT(Coverage, quantity_max),
    FIELD_INT(Coverage, quantity_delivered),
    FIELD_INT(Coverage, worked_minutes),
    FIELD_TIME(Coverage, accepted_at),
    FIELD_TIME(Coverage, started_at),
    FIELD_TIME(Coverage, delivered_at),
    FIELD_TIME(Coverage, approved_at),
    FIELD_WORD(Coverage, event_status, agenda_status_words),
    {.name = "event_visibility",
     .kind = FIELD_WORD,
     .offset = offsetof(Coverage, event_visibility),
     .words = agenda_visibility_words,
     .hidden = true},
    FIELD_BOOL(Coverage, event_all_day),
    FIELD_HIDDEN(Coverage, event_tbc, FIELD_BOOL),
    FIELD_TEXT(Coverage, place_name),
    FIELD_TEXT(Coverage, place_address),
    FIELD_HIDDEN(Coverage, place_lat, FIELD_REAL),
    FIELD_HIDDEN(Coverage, place_lon, FIELD_REAL),
    FIELD_TIME(Coverage, due_at),
    FIELD_TEXT(Coverage, brief),
    FIELD_TEXT(Coverage, reason),
    FIELD_MANY(Coverage, evidence, &evidence_shape),
    FIELD_MANY(Coverage, warnings, &agenda_clash_shape),
    FIELD_INT(Coverage, version),
};
const Shape agenda_coverage_shape = SHAPE("coverage", Coverage, coverage_fields);

static i64 counted(i64 number)
{
    return number == NONE ? 0 : number;
}

/* ---- one, with its evidence ---- */

const Coverage *agenda_coverage(Ctx *ctx, i64 id)
{
    Coverage *c = (Coverage *)db_one(ctx, &q_agenda_coverage_find, &agenda_coverage_shape, I(id),
                                     B(agenda_sees_private(ctx)));
    if (c)
        c->evidence = db_list(ctx, &q_agenda_evidence_of, &evidence_shape, I(id));
    return c;
}

const Evidence *agenda_evidence(Ctx *ctx, i64 id)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return NULL;
    return db_one(ctx, &q_agenda_evidence_find, &evidence_shape, I(id), B(agenda_sees_private(ctx)));
}

/* ---- many: evidence comes sorted by coverage, so each takes its run ---- */

static List run_of(List evidence, i64 coverage)
{
    const Evidence *e = evidence.items;
    size_t low = 0, high = evidence.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e[middle].coverage < coverage)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < evidence.count && e[end].coverage == coverage)
        end++;
    return (List){e ? e + low : NULL, end - low};
}

static List with_evidence(List coverages, List evidence)
{
    Coverage *c = (Coverage *)coverages.items;
    for (size_t i = 0; i < coverages.count; i++)
        c[i].evidence = run_of(evidence, c[i].id);
    return coverages;
}

List agenda_coverages_of(Ctx *ctx, i64 event)
{
    List coverages = db_list(ctx, &q_agenda_coverages_of, &agenda_coverage_shape, I(event));
    if (!coverages.count)
        return coverages;
    return with_evidence(coverages,
                         db_list(ctx, &q_agenda_evidence_of_event, &evidence_shape, I(event)));
}

List agenda_coverages_by_span(Ctx *ctx, Span span, i64 limit)
{
    return db_list(ctx, &q_agenda_coverages_by_span, &agenda_coverage_shape, I(span.from),
                   I(span.to), B(agenda_sees_private(ctx)), I(limit));
}

/* Coverages come sorted by their event's start and id, as the events do. */
List agenda_with_coverages(Ctx *ctx, List events)
{
    Event *e = (Event *)events.items;
    if (!events.count)
        return events;
    Span span = {e[0].starts_at, e[events.count - 1].starts_at + 1};
    List coverages = agenda_coverages_by_span(ctx, span, (i64)events.count * EVENT_COVERAGES);
    with_evidence(coverages, db_list(ctx, &q_agenda_evidence_by_span, &evidence_shape, I(span.from),
                                     I(span.to), I(SPAN_EVIDENCE)));
    const Coverage *c = coverages.items;
    for (size_t i = 0; i < events.count; i++) {
        size_t from = 0;
        while (from < coverages.count && c[from].event != e[i].id)
            from++;
        size_t to = from;
        while (to < coverages.count && c[to].event == e[i].id)
            to++;
        e[i].coverages = (List){c ? c + from : NULL, to - from};
    }
    return events;
}

/* ---- lists of coverages ---- */

List agenda_coverages_list(Ctx *ctx, CoverageFilter f, i64 limit)
{
    Bind due = I(f.after_due), id = I(f.after_id), hidden = B(agenda_sees_private(ctx)),
         most = I(limit);
    if (f.state >= 0)
        return db_list(ctx, &q_agenda_coverages_in, &agenda_coverage_shape, due, id, hidden, most,
                       W(agenda_state_words, f.state));
    if (f.assignee)
        return db_list(ctx, &q_agenda_coverages_open_of, &agenda_coverage_shape, due, id, hidden,
                       most, I(f.assignee));
    return db_list(ctx, &q_agenda_coverages_open, &agenda_coverage_shape, due, id, hidden, most);
}

List agenda_coverages_with_evidence(Ctx *ctx, List coverages)
{
    Coverage *c = (Coverage *)coverages.items;
    for (size_t i = 0; i < coverages.count; i++) {
        bool delivered = c[i].state == COVERAGE_DELIVERED || c[i].state == COVERAGE_APPROVED ||
                         c[i].state == COVERAGE_RETURNED;
        if (delivered)
            c[i].evidence = db_list(ctx, &q_agenda_evidence_of, &evidence_shape, I(c[i].id));
    }
    return coverages;
}

/* All, less what the actor may not see. */
static i64 seen(Ctx *ctx, const Query *all, const Query *hidden, Bind value)
{
    i64 n = counted(value.kind ? db_number(ctx, all, value) : db_number(ctx, all));
    if (agenda_sees_private(ctx))
        return n;
    return n - counted(value.kind ? db_number(ctx, hidden, value) : db_number(ctx, hidden));
}

i64 agenda_coverages_count(Ctx *ctx, CoverageFilter f)
{
    if (f.state >= 0)
        return seen(ctx, &q_agenda_coverages_in_count, &q_agenda_coverages_in_hidden,
                    W(agenda_state_words, f.state));
    if (f.assignee)
        return seen(ctx, &q_agenda_coverages_open_of_count, &q_agenda_coverages_open_of_hidden,
                    I(f.assignee));
    return seen(ctx, &q_agenda_coverages_open_count, &q_agenda_coverages_open_hidden, (Bind){0});
}

List agenda_coverages_open(Ctx *ctx, i64 assignee, i64 limit)
{
    return agenda_coverages_list(ctx, (CoverageFilter){.assignee = assignee, .state = -1}, limit);
}

i64 agenda_coverages_waiting(Ctx *ctx)
{
    return seen(ctx, &q_agenda_coverages_waiting, &q_agenda_coverages_open_of_hidden,
                I(ctx->actor->id));
}

i64 agenda_coverages_late(Ctx *ctx)
{
    return seen(ctx, &q_agenda_coverages_late, &q_agenda_coverages_late_hidden, I(ctx->now));
}
