/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_fields.c: what a form or a program says about an event, read into drafts.
 *
 * A field that was not sent keeps what the record has, so that a program may send one key only. */
#include "desks/agenda/events/agenda_book.h"
#include "desks/agenda/events/agenda_fields.h"

#include <math.h>

enum { TIME_MAX = 40 };

/* Was the field sent, and meant? After two people changed an event, a field may be left to the other one. */
static bool sent(Ctx *ctx, const Request *req, const char *name)
{
    if (!form_has(req, name))
        return false;
    const char *theirs = form_has(req, "theirs") ? form_lines(ctx, req, "theirs", 40) : NULL;
    List names = theirs ? text_split(ctx->arena, theirs, '\n') : (List){0};
    for (size_t i = 0; i < names.count; i++)
        if (text_same(((const char *const *)names.items)[i], name))
            return false;
    return true;
}

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
    bool start_said = sent(ctx, req, "starts_at") && read_wall(ctx, req, "starts_at", zone, &start);
    if (e && start_said && !form_has(req, "ends_at") && wall_valid(start))
        end = clock_wall(zone, clock_instant(zone, start, NULL) + e->ends_at - e->starts_at);
    if (sent(ctx, req, "ends_at") && !read_wall(ctx, req, "ends_at", zone, &end))
        end = (Wall){0};
    draft->starts = start;
    draft->ends = end;
    draft->accreditation_until = sent(ctx, req, "accreditation_until")
                                     ? form_instant(ctx, req, "accreditation_until", zone)
                                 : e ? e->accreditation_until
                                     : 0;
}

/* ---- the place ---- */

static const char *const place_parts[] = {"place_address",     "place_lat",      "place_lon",
                                          "place_coordinates", "place_district", "place_postcode",
                                          "place_neighbourhood"};

/* Something of it that was typed, beside its name: blank fields of a form say nothing. */
static bool has_parts(Ctx *ctx, const Request *req)
{
    for (size_t i = 0; i < COUNT(place_parts); i++)
        if (form_has(req, place_parts[i]) && form_text(ctx, req, place_parts[i], 300))
            return true;
    return false;
}

static bool any_place_said(Ctx *ctx, const Request *req)
{
    for (size_t i = 0; i < COUNT(place_parts); i++)
        if (form_has(req, place_parts[i]))
            return true;
    return sent(ctx, req, "place") || form_has(req, "place_name");
}

/* {"place": {"lat": …}} arrives as place_lat; a form takes both in one line. */
static void read_degrees(Ctx *ctx, const Request *req, Place *place)
{
    place->lat = place->lon = NAN;
    const char *line = form_text(ctx, req, "place_coordinates", 80);
    if (line) {
        if (!agenda_coordinates(ctx, "place_coordinates", line, &place->lat, &place->lon) ||
            !agenda_check_coordinates(ctx, "place_coordinates", place->lat, place->lon, true))
            return;
    } else {
        place->lat = form_real(ctx, req, "place_lat", -90, 90);
        place->lon = form_real(ctx, req, "place_lon", -180, 180);
    }
}

static const char *part(Ctx *ctx, const Request *req, const char *name, size_t max,
                        const char *otherwise)
{
    return form_has(req, name) ? form_text(ctx, req, name, max) : otherwise;
}

static Place read_place(Ctx *ctx, const Request *req, const Event *e)
{
    Place nowhere = {.lat = NAN, .lon = NAN};
    if (!any_place_said(ctx, req))
        return e ? (Place){.id = e->place.id} : nowhere;
    const char *field = form_has(req, "place_name") ? "place_name" : "place";
    const char *name = sent(ctx, req, field) ? form_text(ctx, req, field, 400)
                       : e                   ? e->place.name
                                             : NULL;
    if (!name)
        return nowhere;
    const Place *said = agenda_place_said(ctx, name);
    if (said)
        return (Place){.id = said->id};
    bool same = e && text_same(e->place.name, name);
    if (same && !has_parts(ctx, req) && !form_has(req, "place_name"))
        return (Place){.id = e->place.id};
    Place place = {
        .name = name,
        .address = part(ctx, req, "place_address", 300, same ? e->place.address : NULL),
        .neighbourhood = part(ctx, req, "place_neighbourhood", 120, same ? e->place.neighbourhood : NULL),
        .district = part(ctx, req, "place_district", 120, same ? e->place.district : NULL),
        .postcode = part(ctx, req, "place_postcode", 5, same ? e->place.postcode : NULL),
    };
    read_degrees(ctx, req, &place);
    return place;
}

/* ---- an event ---- */

static const char *kept_text(Ctx *ctx, const Request *req, const char *name, size_t max,
                             const char *otherwise)
{
    return sent(ctx, req, name) ? form_text(ctx, req, name, max) : otherwise;
}

static const char *kept_lines(Ctx *ctx, const Request *req, const char *name, size_t max,
                              const char *otherwise)
{
    return sent(ctx, req, name) ? form_lines(ctx, req, name, max) : otherwise;
}

static bool kept_bool(Ctx *ctx, const Request *req, const char *name, bool otherwise)
{
    return sent(ctx, req, name) ? form_bool(req, name) : otherwise;
}

static i64 kept_id(Ctx *ctx, const Request *req, const char *name, i64 otherwise)
{
    return sent(ctx, req, name) ? form_id(ctx, req, name) : otherwise;
}

static int kept_word(Ctx *ctx, const Request *req, const char *name, const Word *words,
                     int otherwise)
{
    return sent(ctx, req, name) ? form_word(ctx, req, name, words, otherwise) : otherwise;
}

/* How sure it is: what was said; with another state and nothing said what that state says. */
static Certainty read_certainty(Ctx *ctx, const Request *req, const Event *e, EventStatus status)
{
    bool same = e && e->status == status;
    return (Certainty)kept_word(ctx, req, "certainty", agenda_certainty_words,
                                same ? (int)e->certainty : CERTAINTY_BY_STATUS);
}

/* Who comes, what is said to media, how many. */
static void read_people(Ctx *ctx, const Request *req, const Event *e, EventDraft *draft)
{
    draft->area = kept_id(ctx, req, "area", e ? e->area : 0);
    draft->headed_by = kept_text(ctx, req, "headed_by", 200, e ? e->headed_by : NULL);
    draft->attendees = kept_lines(ctx, req, "attendees", 50, e ? e->attendees : NULL);
    draft->accreditation = kept_text(ctx, req, "accreditation", 500, e ? e->accreditation : NULL);
    draft->attendance = sent(ctx, req, "attendance") ? form_int(ctx, req, "attendance", 0, 1000000)
                        : e                          ? e->attendance
                                                     : NONE;
}

EventDraft agenda_read_event(Ctx *ctx, const Request *req, const Event *e)
{
    EventDraft draft = {
        .title = sent(ctx, req, "title") || !e ? form_need(ctx, req, "title", AGENDA_TITLE_MAX)
                                               : e->title,
        .description =
            kept_text(ctx, req, "description", AGENDA_TEXT_MAX, e ? e->description : NULL),
        .internal_note =
            kept_text(ctx, req, "internal_note", AGENDA_NOTE_MAX, e ? e->internal_note : NULL),
        .topics = kept_lines(ctx, req, "topics", 20, e ? e->topics : NULL),
        .uid = e ? NULL : form_text(ctx, req, "uid", 255),
        .time_zone = kept_text(ctx, req, "time_zone", 64, e ? e->time_zone : NULL),
        .all_day = kept_bool(ctx, req, "all_day", e && e->all_day),
        .time_to_be_confirmed =
            kept_bool(ctx, req, "time_to_be_confirmed", e && e->time_to_be_confirmed),
        .status = (EventStatus)kept_word(ctx, req, "status", agenda_status_words,
                                         e ? (int)e->status : EVENT_CONFIRMED),
        .visibility = (Visibility)kept_word(ctx, req, "visibility", agenda_visibility_words,
                                            e ? (int)e->visibility : VISIBLE_PUBLIC),
        .calendar = kept_id(ctx, req, "calendar", e ? e->calendar : 0),
        .reason = form_text(ctx, req, "reason", 500),
    };
    draft.certainty = read_certainty(ctx, req, e, draft.status);
    read_people(ctx, req, e, &draft);
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
