/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_room.h: what the files of the agenda room share, and nobody else. */
#pragma once
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/agenda/lists/agenda_calendar.h"
#include "desks/agenda/lists/agenda_public_list.h"
#include "desks/agenda/series/agenda_repeat_shown.h"
#include "desks/agenda/agenda_shown.h"
#include "desks/people/people.h"
#include "web/form.h"
#include "web/panel.h"

/* ---- agenda_words.c: a leaf ---- */
const char *agenda_kind_icon(CoverageKind kind);
/* What is kept: what was said where it fits the status, else what the status says. */
Certainty agenda_certainty_for(Certainty said, EventStatus status);
bool agenda_stands(EventStatus status, Visibility visibility); /* for the public: see agenda.h */
bool agenda_coverage_is_open(CoverageState state);
const char *agenda_public_path(Arena *a, const char *slug);
const char *agenda_desk_path(Arena *a, i64 id);
Url agenda_url(Arena *a, i64 id);
Url agenda_coverage_url(Arena *a, i64 id);

/* ---- agenda_store.c ---- */
/* A topic as statements look for it among an event's: between two line ends; "" for none. */
const char *agenda_topic_line(Ctx *ctx, const char *topic);
/* From where on a list looks. What began before and goes on: no event is longer than AGENDA_DAYS_MAX days. */
i64 agenda_earliest(const AgendaFilter *f);
extern const Shape agenda_place_shape;

enum {
    AGENDA_TITLE_MAX = 200,
    AGENDA_TEXT_MAX = 20000,
    AGENDA_NOTE_MAX = 4000,
    AGENDA_DAYS_MAX = 60
};

/* A row of agenda_event as an import compares it. */
typedef struct EventKey {
    i64 id, recurrence_at, series, source, missing_since, source_sequence, sequence, starts_at;
    const char *uid, *title;
    const char *source_hash, *source_visibility, *slug, *internal_note, *reason;
    EventStatus status;
    Visibility visibility;
} EventKey;
extern const Shape agenda_key_shape;

/* ---- agenda_when.c ---- */
/* Where an event's wall times fall on the line of instants. */
typedef struct When {
    i64 starts_at, ends_at;
    Wall starts, ends;
    const Zone *zone;
    bool all_day;
} When;
/* Checks and computes; faults name the field starts_at, ends_at or time_zone. zone NULL: the city's. */
CHECKED
bool agenda_when(Ctx *ctx, const char *zone, Wall starts, Wall ends, bool all_day, When *when_out);
/* An hour that is twice in autumn; the first one is taken. */
bool agenda_is_twice(const char *zone, Wall wall);
/* The zone of an IANA name, with FAULT_INVALID on time_zone when there is none such; NULL and blank are the city's. */
CHECKED
bool agenda_zone(Ctx *ctx, const char *name, const Zone **zone_out);

/* ---- agenda_check.c ---- */
bool agenda_sees_private(const Ctx *ctx);
CHECKED
bool agenda_check_draft(Ctx *ctx, const EventDraft *draft, const Event *before); /* before NULL: a new one */
/* What of a draft only its times tell. */
CHECKED
bool agenda_check_times(Ctx *ctx, const EventDraft *draft, const When *when);
CHECKED
bool agenda_check_new_status(Ctx *ctx, EventStatus status, i64 starts_at);
CHECKED
bool agenda_check_reason(Ctx *ctx, const char *reason);
CHECKED
bool agenda_check_version(Ctx *ctx, i64 seen, i64 real);

/* ---- agenda_row.c ---- */
/* A whole row of agenda_event, for whoever makes one. */
typedef struct EventRow {
    i64 id, recurrence_at, series, place, sequence, source_sequence;
    const char *slug, *uid, *title, *description, *internal_note, *topics, *source_hash,
        *source_visibility;
    When when;
    bool time_to_be_confirmed;
    EventStatus status;
    Certainty certainty;
    Visibility visibility;
    i64 calendar, area, accreditation_until, attendance, duplicate_of, source; /* 0: none */
    const char *headed_by, *attendees, *accreditation;
} EventRow;
CHECKED
bool agenda_row_insert(Ctx *ctx, const EventRow *row);

/* ---- agenda_place.c ---- */
/* The id of the place that is meant, made when it is new; 0 when none is said. */
CHECKED
bool agenda_place_keep(Ctx *ctx, const Place *wanted, i64 *id_out);
const Place *agenda_place(Ctx *ctx, i64 id);
bool agenda_place_known(Ctx *ctx, i64 id);
List agenda_places(Ctx *ctx, i64 limit); /* of Place, by name */
/* What makes two places the same: folded name and address. */
const char *agenda_place_key(Ctx *ctx, const char *name, const char *address,
                             const char **folded_out);
const Place *agenda_place_by_key(Ctx *ctx, const char *key); /* NULL without a fault */
const Place *agenda_place_by_name(Ctx *ctx, const char *folded_name); /* the oldest of that name; likewise */
/* As it is suggested: "Plaza de Armas · Centro Histórico". */
const char *agenda_place_label(Arena *a, const Place *p);
/* The place that an id or a suggestion means; NULL without a fault: it is a name. */
const Place *agenda_place_said(Ctx *ctx, const char *text);

/* Words in use, for suggesting them. */
typedef struct Named {
    const char *name;
} Named;
extern const Shape agenda_named_shape;
List agenda_topics_used(Ctx *ctx); /* of Named, by name: of the last two years */

/* ---- agenda_slug.c ---- */
/* Free, from title and day for the public; from the id for everything else, so that nothing shows through. */
const char *agenda_slug_free(Ctx *ctx, const char *title, const char *day, Visibility visibility,
                             i64 id);
/* An event that becomes public gets its address then; one that has been public keeps it. */
const char *agenda_slug_after(Ctx *ctx, i64 id, const char *slug, const char *title,
                              const char *day, Visibility visibility);

/* ---- agenda_index.c ---- */
typedef struct IndexEntry {
    i64 id, starts_at;
    const char *slug, *title, *description, *topics, *internal_note, *place_name, *place_address;
    Visibility visibility;
} IndexEntry;
/* Tells the search what may be found of the event, and by whom; private ones by nobody. */
CHECKED
bool agenda_index_entry(Ctx *ctx, const IndexEntry *e);

/* ---- agenda_coverage.c ---- */
CHECKED
bool agenda_cancel_coverages(Ctx *ctx, i64 event, const char *reason);
/* The list pages of coverages: whose, in which state, from which place on. */
typedef struct CoverageFilter {
    i64 assignee; /* 0: everybody's; counts for open ones only */
    int state;    /* a CoverageState, or -1: the open ones */
    i64 after_due, after_id;
} CoverageFilter;
List agenda_coverages_list(Ctx *ctx, CoverageFilter filter, i64 limit);
i64 agenda_coverages_count(Ctx *ctx, CoverageFilter filter);
i64 agenda_coverages_late(Ctx *ctx);
i64 agenda_coverages_waiting(Ctx *ctx); /* for who asks; at most 999 */
List agenda_coverages_with_evidence(Ctx *ctx, List coverages); /* at most 200: asks for each */
/* Gives events (of one list, by start) their coverages with evidence. */
List agenda_with_coverages(Ctx *ctx, List events);

/* ---- agenda_date.c ---- */
/* Notes the date that the event has now as one that it loses. verb: see EventDate. */
CHECKED
bool agenda_date_lost(Ctx *ctx, const Event *e, const char *verb, const char *reason);

/* ---- agenda_duplicate.c ---- */
/* The event a week later, as a form begins with it; its id is the original's. */
const Event *agenda_duplicate_of(Ctx *ctx, const Event *e);
/* What would be said to leave it as it is. */
EventDraft agenda_draft_of(const Event *e);

/* ---- agenda_base.c ---- */
/* The record, whoever asks: inside of a rule that checked already. */
const Event *agenda_find_any(Ctx *ctx, i64 id);
/* Tells the search how the event is now. */
CHECKED
bool agenda_index_now(Ctx *ctx, i64 id);
/* RFC 5545 UID of what is made here. */
const char *agenda_own_uid(Ctx *ctx, i64 id);
/* Private events are made and shown by whom may see them. */
CHECKED
bool agenda_may_set(Ctx *ctx, Visibility visibility);
/* For somebody who may change it, of the version that was seen. */
const Event *agenda_to_change(Ctx *ctx, i64 id, i64 version);

/* ---- agenda_calendar_store.c, agenda_event_look.c ---- */
/* A calendar that takes events; before: the one that the event has, which may stay. */
CHECKED
bool agenda_check_calendar(Ctx *ctx, i64 id, i64 before);
extern const Word agenda_color_words[]; /* 1..8 */
Url agenda_calendar_url(Arena *a, i64 id);

/* ---- agenda_tell.c: who is told, and what became different ---- */
/* After every change of an event, in its transaction, with the record as it was and as it is now: the live assignees
 * (of the desk; a team's members) get what differs.  Nothing differs: nobody is told.  A cancelled event tells
 * nothing here: agenda_cancel_coverages() does. */
CHECKED
bool agenda_tell_change(Ctx *ctx, const Event *before, const Event *after);
/* Who does the coverage (a person, or every member of the team) is told what happened to it: a word of
 * people_notice_words. changes: of NoticeChange. key: told once; NULL each time. */
CHECKED
bool agenda_tell_coverage(Ctx *ctx, const Coverage *c, const char *kind, List changes, const char *key);
/* One person is told of a coverage that she does not do (any more). */
CHECKED
bool agenda_tell_person(Ctx *ctx, i64 person, const Coverage *c, const char *kind, List changes, const char *key);
/* Who may assign is told of a coverage: somebody said no. */
CHECKED
bool agenda_tell_assigners(Ctx *ctx, const Coverage *c, const char *kind, List changes);
