/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_field_shown.h: the page for the telephone in the street: what somebody has to cover today and in the next
 * two days, with all that is needed there.  It works without a network; what is done without one is sent later. */
#pragma once
#include "desks/agenda/agenda.h"
#include "web/html.h"

enum { FIELD_DAYS = 3, FIELD_TASKS = 60 };

/* A coverage with all that one wants to know on the spot. */
typedef struct FieldTask {
    i64 id, event, assignee, area, due_at, version, priority;
    i64 quantity_min, quantity_max;
    CoverageKind kind;
    CoverageState state;
    const char *brief, *reason;       /* reason: why it was returned */
    const char *event_title, *event_note, *headed_by, *accreditation;
    i64 event_starts_at, event_ends_at;
    bool event_all_day, event_tbc;
    EventStatus event_status;
    const char *place_name, *place_address, *place_neighbourhood, *place_district, *place_note;
    double place_lat, place_lon;
    const char *assigned_by, *assigned_by_mail; /* who gave it last; NULL: nobody knows any more */
    const char *area_name;
    /* worked out: what comes next for whoever asks */
    bool late, may_accept, may_decline, may_start, may_deliver, may_note;
} FieldTask;

/* The page's data. The token and the person are for what the telephone sends afterwards. */
typedef struct FieldDay {
    i64 person, at;
    const char *person_name, *csrf;
    List coverages; /* of FieldTask, late ones first, then by the event's start */
} FieldDay;
extern const Shape agenda_field_shape;

FieldDay agenda_field_day(Ctx *ctx);

/* Tasks under one heading. */
typedef struct FieldGroup {
    const char *title;
    bool late;
    List tasks; /* of FieldTask */
} FieldGroup;
List agenda_field_groups(Ctx *ctx, const FieldDay *day); /* of FieldGroup; empty ones are left out */

/* ---- what the view asks ---- */
const char *agenda_field_may(Arena *a, const FieldTask *t);  /* "accept decline note" */
bool agenda_field_has_hours(const FieldTask *t);              /* and lasts less than a day */
const char *agenda_field_where(Arena *a, const FieldTask *t); /* address, colonia, delegación; NULL: not known */
Url agenda_field_map(Arena *a, const FieldTask *t);           /* .s NULL: not on the map */
const char *agenda_field_pieces(Html *h, const FieldTask *t); /* "10 to 20"; NULL: not said */
