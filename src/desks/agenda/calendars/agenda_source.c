/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source.c: the rules of sources: who may change them, what an address must be, when the next look is. */
#include "desks/agenda/calendars/agenda_ics.h"
#include "desks/agenda/calendars/agenda_source.h"
#include "net/net.h"
#include "store/journal.h"
#include "store/queue.h"
#include "agenda_source_queries.h"

static const Field source_fields[] = {
    FIELD_ID(Source, id),
    FIELD_TEXT(Source, name),
    FIELD_TEXT(Source, url),
    FIELD_ID(Source, calendar),
    FIELD_TEXT(Source, calendar_name),
    FIELD_HIDDEN(Source, calendar_color, FIELD_INT),
    FIELD_INT(Source, minutes),
    FIELD_BOOL(Source, active),
    FIELD_HIDDEN(Source, etag, FIELD_TEXT),
    FIELD_HIDDEN(Source, last_modified, FIELD_TEXT),
    FIELD_TIME(Source, fetched_at),
    FIELD_TIME(Source, changed_at),
    FIELD_TIME(Source, next_at),
    FIELD_INT(Source, failures),
    FIELD_TEXT(Source, error),
    FIELD_INT(Source, events),
    FIELD_INT(Source, created),
    FIELD_INT(Source, changed),
    FIELD_INT(Source, cancelled),
    FIELD_INT(Source, unchanged),
    FIELD_INT(Source, refused),
    FIELD_INT(Source, missing),
    FIELD_INT(Source, held_missing),
    FIELD_INT(Source, held_known),
    FIELD_HIDDEN(Source, allowed, FIELD_INT),
    FIELD_HIDDEN(Source, report, FIELD_TEXT),
    FIELD_MANY(Source, lines, &agenda_import_line_shape),
    FIELD_INT(Source, version),
};
const Shape agenda_source_shape = SHAPE("source", Source, source_fields);

/* ---- reading ---- */

List agenda_sources(Ctx *ctx, i64 after, i64 limit)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return (List){0};
    return db_list(ctx, &q_agenda_source_list, &agenda_source_shape, I(after), I(limit));
}

static List lines_of(Ctx *ctx, const char *report)
{
    const Json *list = report ? json_read(ctx, report, strlen(report)) : NULL;
    size_t n = list ? json_count(list) : 0;
    ImportLine *lines = arena_array(ctx->arena, ImportLine, n + 1);
    for (size_t i = 0; i < n; i++) {
        const Json *v = json_at(list, i);
        lines[i] = (ImportLine){
            .line = json_int_of(json_get(v, "line")),
            .what = json_text_of(json_get(v, "what")),
            .title = json_text_of(json_get(v, "title")),
            .why = json_text_of(json_get(v, "why")),
        };
    }
    return (List){lines, n};
}

const Source *agenda_source(Ctx *ctx, i64 id)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return NULL;
    Source *s = (Source *)db_one(ctx, &q_agenda_source_find, &agenda_source_shape, I(id));
    if (s)
        s->lines = lines_of(ctx, s->report);
    return s;
}

/* ---- checking ---- */

/* What calendar programs hand out as webcal: is fetched like any other page (no RFC; Apple's habit since 2002). */
static const char *fetchable(Arena *a, const char *url)
{
    static const char *const others[] = {"webcal://", "webcals://"};
    for (size_t i = 0; i < COUNT(others); i++) {
        size_t n = strlen(others[i]);
        if (url && strlen(url) > n && !strncasecmp(url, others[i], n))
            return arena_printf(a, "https://%s", url + n);
    }
    return url;
}

static bool check_url(Ctx *ctx, const char *url, i64 id)
{
    if (text_blank(url))
        return fault_field(ctx, "url", "Write the calendar's address: https://…/basic.ics");
    if (strlen(url) > SOURCE_URL_MAX)
        return fault_field(ctx, "url", "The address is too long: at most %d characters.", SOURCE_URL_MAX);
    if (!net_url_check(ctx, url, ctx->city->net_inside)) {
        ctx->fault.field = "url";
        return false;
    }
    if (db_number(ctx, &q_agenda_source_taken, T(url), I(id)) != NONE)
        return fault_field(ctx, "url", "There is a source with this address already.");
    return !faulted(ctx);
}

static bool check(Ctx *ctx, const SourceDraft *draft, const char *url, i64 id)
{
    if (text_blank(draft->name) || text_points(draft->name) > SOURCE_NAME_MAX)
        return fault_field(ctx, "name", "Give the source a name of at most %d characters.", SOURCE_NAME_MAX);
    if (draft->minutes < SOURCE_MINUTES_LEAST || draft->minutes > SOURCE_MINUTES_MOST)
        return fault_field(ctx, "minutes", "From one look to the next are %d minutes to %d (a week).",
                           SOURCE_MINUTES_LEAST, SOURCE_MINUTES_MOST);
    if (draft->calendar && !db_maybe(ctx, &q_agenda_source_calendar, &agenda_source_shape, I(draft->calendar)))
        return fault_field(ctx, "calendar", "There is no such calendar.");
    return check_url(ctx, url, id);
}

/* ---- changing ---- */

bool agenda_source_plan(Ctx *ctx, i64 id, i64 due)
{
    const char *key = arena_printf(ctx->arena, "agenda_fetch_source:%s:%" PRId64, id_text(ctx->arena, id), due);
    const char *payload = arena_printf(ctx->arena, "{\"source\":%" PRId64 ",\"due\":%" PRId64 "}", id, due);
    i64 job;
    return queue_add(ctx, "agenda_fetch_source", key, payload, due, &job);
}

bool agenda_source_create(Ctx *ctx, const SourceDraft *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return false;
    const char *url = fetchable(ctx->arena, draft->url);
    if (!check(ctx, draft, url, 0))
        return false;
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_agenda_source_insert, I(id), T(draft->name), T(url), I_OR_NULL(draft->calendar),
                  I(draft->minutes), B(draft->active), I_OR_NULL(draft->active ? ctx->now : 0)) ||
        (draft->active && !agenda_source_plan(ctx, id, ctx->now)) || !journal(ctx, "agenda_source", id, "created"))
        return false;
    *id_out = id;
    return true;
}

bool agenda_source_change(Ctx *ctx, i64 id, i64 version, const SourceDraft *draft)
{
    const Source *s = agenda_source(ctx, id);
    if (!s || !agenda_check_version(ctx, version, s->version))
        return false;
    const char *url = fetchable(ctx->arena, draft->url);
    if (!check(ctx, draft, url, id))
        return false;
    i64 next = draft->active ? ctx->now : 0;
    return db_write(ctx, &q_agenda_source_update, I(id), I(s->version), T(draft->name), T(url),
                    I_OR_NULL(draft->calendar), I(draft->minutes), B(draft->active), I_OR_NULL(next)) &&
           (!next || agenda_source_plan(ctx, id, next)) && journal(ctx, "agenda_source", id, "changed");
}

bool agenda_source_remove(Ctx *ctx, i64 id, i64 version)
{
    const Source *s = agenda_source(ctx, id);
    i64 events, series;
    return s && agenda_check_version(ctx, version, s->version) &&
           db_change(ctx, &q_agenda_source_free_series, &series, I(id)) &&
           db_change(ctx, &q_agenda_source_free_events, &events, I(id)) &&
           db_write(ctx, &q_agenda_source_delete, I(id), I(s->version)) &&
           journal_detail(ctx, "agenda_source", id, "removed", s->name);
}

bool agenda_source_look(Ctx *ctx, i64 id)
{
    const Source *s = agenda_source(ctx, id);
    if (!s)
        return false;
    if (!s->active)
        return fault(ctx, FAULT_CONFLICT, "The source is switched off: switch it on first.");
    return db_write(ctx, &q_agenda_source_next, I(id), I(ctx->now)) && agenda_source_plan(ctx, id, ctx->now);
}

bool agenda_source_allow(Ctx *ctx, i64 id)
{
    const Source *s = agenda_source(ctx, id);
    if (!s)
        return false;
    if (!s->held_missing || !s->active)
        return fault(ctx, FAULT_CONFLICT, "Nothing of this source is held back any more: look at it again.");
    return db_write(ctx, &q_agenda_source_again, I(id), I(ctx->now), I(s->held_missing)) &&
           agenda_source_plan(ctx, id, ctx->now) &&
           journal_detail(ctx, "agenda_source", id, "allowed",
                          arena_printf(ctx->arena, "%" PRId64, s->held_missing));
}

/* ---- what a source lacks ---- */

List agenda_source_missing(Ctx *ctx, i64 source, i64 after, i64 limit)
{
    return db_list(ctx, &q_agenda_source_missing, &agenda_event_shape, I(source),
                   B(agenda_sees_private(ctx)), I(after), I(limit));
}

static const Event *missing_event(Ctx *ctx, i64 id)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, id) : NULL;
    if (e && (!e->missing_since || e->status == EVENT_CANCELLED))
        return fault(ctx, FAULT_CONFLICT,
                     "The event is not missing any more: its source has it again, or somebody decided before.");
    return e;
}

bool agenda_missing_keep(Ctx *ctx, i64 event)
{
    const Event *e = missing_event(ctx, event);
    return e && db_write(ctx, &q_agenda_source_keep, I(e->id)) && journal(ctx, "agenda_event", e->id, "kept");
}

bool agenda_missing_cancel(Ctx *ctx, i64 event, const char *reason)
{
    const Event *e = missing_event(ctx, event);
    return e && agenda_cancel(ctx, e->id, NONE, reason);
}
