/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_fields.c: what a form or a program says about an event or a delivery, read into drafts.
 *
 * A field that was not sent keeps what the record has, so that a program may send one key only. */
#include "desks/agenda/agenda_fields.h"

#include <math.h>

enum { TIME_MAX = 40, LINKS_MAX = 50 };

/* ---- times ---- */

/* RFC 3339 with an offset, or a wall time of the zone. False when blank or wrong; wrong is also a fault. */
static bool read_wall(Ctx *ctx, const Request *req, const char *name, const Zone *zone,
                      Wall *wall_out)
{
    const char *text = form_text(ctx, req, name, TIME_MAX);
    i64 instant;
    if (!text)
        return false;
    if (clock_parse_rfc3339(text, &instant)) {
        *wall_out = clock_wall(zone, instant);
        return true;
    }
    if (wall_parse(text, wall_out))
        return true;
    return fault_field(ctx, name, "\"%s\" is no date and time: write it like 2022-07-14T10:00.",
                       text);
}

/* What the event has now, moved along when only its beginning was said. */
static void read_times(Ctx *ctx, const Request *req, const Event *e, EventDraft *draft)
{
    const Zone *zone;
    if (!agenda_zone(ctx, draft->time_zone, &zone))
        return;
    Wall start = e ? clock_wall(zone, e->starts_at) : (Wall){0},
         end = e ? clock_wall(zone, e->ends_at) : (Wall){0};
    bool start_said = read_wall(ctx, req, "starts_at", zone, &start);
    if (e && start_said && !form_has(req, "ends_at") && wall_valid(start))
        end = clock_wall(zone, clock_instant(zone, start, NULL) + e->ends_at - e->starts_at);
    if (form_has(req, "ends_at") && !read_wall(ctx, req, "ends_at", zone, &end))
        end = (Wall){0};
    draft->starts = start;
    draft->ends = end;
}

/* ---- the place ---- */

/* A part of the place: {"place": {"lat": …}} arrives as place_lat. */
static double read_degree(Ctx *ctx, const Request *req, const char *name, double most,
                          double otherwise)
{
    return form_has(req, name) ? form_real(ctx, req, name, -most, most) : otherwise;
}

static Place read_place(Ctx *ctx, const Request *req, const Event *e)
{
    bool said = form_has(req, "place") || form_has(req, "place_name") ||
                form_has(req, "place_address") || form_has(req, "place_lat") ||
                form_has(req, "place_lon");
    if (!said)
        return e ? (Place){.id = e->place.id} : (Place){.lat = NAN, .lon = NAN};
    const char *field = form_has(req, "place_name") ? "place_name" : "place";
    const char *name = form_has(req, field) ? form_text(ctx, req, field, 200)
                       : e                  ? e->place.name
                                            : NULL;
    i64 id;
    if (name && strlen(name) == ID_TEXT && id_parse(name, &id) && agenda_place_known(ctx, id))
        return (Place){.id = id};
    bool same = e && text_same(e->place.name, name);
    return (Place){
        .name = name,
        .address = form_has(req, "place_address") ? form_text(ctx, req, "place_address", 300)
                   : same                         ? e->place.address
                                                  : NULL,
        .lat = read_degree(ctx, req, "place_lat", 90, NAN),
        .lon = read_degree(ctx, req, "place_lon", 180, NAN),
    };
}

/* ---- an event ---- */

static const char *kept_text(Ctx *ctx, const Request *req, const char *name, size_t max,
                             const char *otherwise)
{
    return form_has(req, name) ? form_text(ctx, req, name, max) : otherwise;
}

static bool kept_bool(const Request *req, const char *name, bool otherwise)
{
    return form_has(req, name) ? form_bool(req, name) : otherwise;
}

EventDraft agenda_read_event(Ctx *ctx, const Request *req, const Event *e)
{
    EventDraft draft = {
        .title = form_has(req, "title") || !e ? form_need(ctx, req, "title", AGENDA_TITLE_MAX)
                                              : e->title,
        .description =
            kept_text(ctx, req, "description", AGENDA_TEXT_MAX, e ? e->description : NULL),
        .internal_note =
            kept_text(ctx, req, "internal_note", AGENDA_NOTE_MAX, e ? e->internal_note : NULL),
        .topics = form_has(req, "topics") ? form_lines(ctx, req, "topics", 20)
                  : e                     ? e->topics
                                          : NULL,
        .uid = e ? NULL : form_text(ctx, req, "uid", 255),
        .time_zone = kept_text(ctx, req, "time_zone", 64, e ? e->time_zone : NULL),
        .all_day = kept_bool(req, "all_day", e && e->all_day),
        .time_to_be_confirmed =
            kept_bool(req, "time_to_be_confirmed", e && e->time_to_be_confirmed),
        .status = (EventStatus)form_word(ctx, req, "status", agenda_status_words,
                                         e ? (int)e->status : EVENT_CONFIRMED),
        .certainty = (Certainty)form_word(ctx, req, "certainty", agenda_certainty_words,
                                          e && !form_has(req, "status") ? (int)e->certainty : 0),
        .calendar = form_has(req, "calendar") ? form_id(ctx, req, "calendar") : e ? e->calendar : 0,
        .area = form_has(req, "area") ? form_id(ctx, req, "area") : e ? e->area : 0,
        .headed_by = kept_text(ctx, req, "headed_by", 200, e ? e->headed_by : NULL),
        .attendees = form_has(req, "attendees") ? form_lines(ctx, req, "attendees", 50)
                     : e                        ? e->attendees
                                                : NULL,
        .attendance = form_has(req, "attendance") ? form_int(ctx, req, "attendance", 0, 1000000)
                      : e                         ? e->attendance
                                                  : NONE,
        .accreditation = kept_text(ctx, req, "accreditation", 500, e ? e->accreditation : NULL),
        .accreditation_until = form_has(req, "accreditation_until")
                                   ? form_instant(ctx, req, "accreditation_until", ctx->city->zone)
                               : e ? e->accreditation_until
                                   : 0,
        .visibility = (Visibility)form_word(ctx, req, "visibility", agenda_visibility_words,
                                            e ? (int)e->visibility : VISIBLE_PUBLIC),
    };
    if (!e && !form_has(req, "starts_at"))
        form_need(ctx, req, "starts_at", TIME_MAX);
    draft.place = read_place(ctx, req, e);
    read_times(ctx, req, e, &draft);
    return draft;
}

bool agenda_read_span(Ctx *ctx, const Request *req, const Event *e, Wall *starts_out,
                      Wall *ends_out)
{
    const Zone *zone;
    Wall none = {0};
    *starts_out = *ends_out = none;
    if (!agenda_zone(ctx, e->time_zone, &zone))
        return false;
    if (!read_wall(ctx, req, "starts_at", zone, starts_out) && !faulted(ctx))
        form_need(ctx, req, "starts_at", TIME_MAX);
    read_wall(ctx, req, "ends_at", zone, ends_out);
    return !faulted(ctx);
}

CoverageDraft agenda_read_coverage(Ctx *ctx, const Request *req)
{
    CoverageDraft draft = {
        .kind = (CoverageKind)form_word(ctx, req, "kind", agenda_kind_words, -1),
        .assignee = form_text(ctx, req, "assignee", 254),
        .due_at = form_instant(ctx, req, "due_at", ctx->city->zone),
        .brief = form_text(ctx, req, "brief", 2000),
        .area = form_id(ctx, req, "area"),
        .contact = form_id(ctx, req, "contact"),
        .quantity_min = form_int(ctx, req, "quantity_min", 1, 10000),
        .quantity_max = form_int(ctx, req, "quantity_max", 1, 10000),
        .priority = form_has(req, "priority") ? form_int(ctx, req, "priority", 1, 5) : 3,
        .news_status = (NewsStatus)form_word(ctx, req, "news_status", agenda_news_words, NEWS_INTENDED),
    };
    if ((int)draft.kind < 0 && !faulted(ctx))
        form_need(ctx, req, "kind", 40);
    return draft;
}

/* ---- what is delivered ---- */

static EvidenceDraft read_one(Ctx *ctx, const Request *req, const char *kind, const char *url,
                              const char *text)
{
    EvidenceDraft e = {.url = form_text(ctx, req, url, 2000),
                       .text = form_text(ctx, req, text, AGENDA_NOTE_MAX)};
    int otherwise = e.url ? EVIDENCE_LINK : EVIDENCE_NOTE;
    e.kind = (EvidenceKind)form_word(ctx, req, kind, agenda_evidence_words, otherwise);
    return e;
}

static const char *item_field(Ctx *ctx, int i, const char *name)
{
    return arena_printf(ctx->arena, "evidence.%d.%s", i, name);
}

List agenda_read_evidence(Ctx *ctx, const Request *req)
{
    EvidenceDraft *list = arena_array(ctx->arena, EvidenceDraft, LINKS_MAX + 3);
    size_t n = 0;
    for (int i = 0; i < LINKS_MAX; i++) {
        const char *kind = item_field(ctx, i, "kind"), *url = item_field(ctx, i, "url"),
                   *text = item_field(ctx, i, "text");
        if (form_has(req, kind) || form_has(req, url) || form_has(req, text))
            list[n++] = read_one(ctx, req, kind, url, text);
    }
    const char *url = form_text(ctx, req, "url", 2000),
               *text = form_text(ctx, req, "text", AGENDA_NOTE_MAX);
    if (url || text)
        list[n++] = read_one(ctx, req, "kind", "url", "text");
    const char *link = form_text(ctx, req, "link", 2000),
               *note = form_text(ctx, req, "note", AGENDA_NOTE_MAX);
    if (link)
        list[n++] = (EvidenceDraft){EVIDENCE_LINK, link, NULL};
    if (note)
        list[n++] = (EvidenceDraft){EVIDENCE_NOTE, NULL, note};
    return (List){list, n};
}

List agenda_people_choices(Ctx *ctx)
{
    List people = people_active(ctx);
    const Person *p = people.items;
    Choice *choices = arena_array(ctx->arena, Choice, people.count + 1);
    for (size_t i = 0; i < people.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, p[i].id), p[i].name};
    return (List){choices, people.count};
}
