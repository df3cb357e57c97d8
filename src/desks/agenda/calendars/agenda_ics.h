/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics.h: how a calendar file comes in, step by step; private to the agenda room.
 *
 *   bytes --scan--> components with their lines --read--> events --expand--> occurrences --import--> rows
 *
 * Everything here lives in the arena of the import, which ctx->arena is while it runs. What is wrong with one event
 * is kept at that event (refused), so that all can be told; what is wrong with the file is a fault. */
#pragma once
#include <libical/ical.h>

#include "desks/agenda/agenda_room.h"

/* ---- agenda_ics_scan.c: bytes into components ---- */
typedef struct IcsLine {
    i64 line;         /* of the file, where it begins */
    const char *name; /* upper case */
} IcsLine;

typedef struct IcsComponent {
    i64 line;        /* of its BEGIN */
    char *text;      /* unfolded, from BEGIN:VEVENT to END:VEVENT, terminated */
    List lines;      /* of IcsLine: its own properties, not those of alarms in it */
    i64 bad_line;    /* the first line that is none; 0: all are */
    const char *bad; /* what is wrong with it */
    size_t calendar; /* which VCALENDAR of the file */
} IcsComponent;

#define ICS_PRODUCT "-//Vocero//Agenda//"
typedef struct IcsCalendar {
    bool cancels;          /* METHOD:CANCEL */
    bool vocero;           /* PRODID: made by this program, here or elsewhere */
    const char *zone_name; /* X-WR-TIMEZONE */
} IcsCalendar;

typedef struct IcsZone { /* of a VTIMEZONE: only its names are of use */
    const char *tzid, *location;
} IcsZone;

typedef struct IcsFile {
    List events;    /* of IcsComponent */
    List calendars; /* of IcsCalendar */
    List zones;     /* of IcsZone */
} IcsFile;

/* FAULT_MALFORMED says line and cure: not UTF-8, no calendar, cut off, BEGIN and END that do not match. */
CHECKED
bool agenda_ics_scan(Ctx *ctx, Bytes file, IcsFile *file_out);

/* ---- agenda_ics_zone.c ---- */
/* IANA, a path that ends in one, a Windows name of Mexico's zones, or what the file's VTIMEZONE says; NULL: unknown. */
const Zone *agenda_ics_zone(const IcsFile *file, const char *tzid);

/* ---- agenda_ics_read.c: a component into an event ---- */
typedef struct IcsRule {
    const char *text; /* RRULE value, or NULL */
    List exceptions;  /* of i64: EXDATE, sorted */
    List additions;   /* of Wall: RDATE, in the zone of the series */
} IcsRule;

typedef struct IcsEvent {
    i64 line;
    bool vocero; /* of a file that this program made */
    const char *uid, *title, *description, *topics;
    i64 sequence;
    Place place;
    EventStatus status;
    Visibility visibility;
    bool visibility_said; /* CLASS stood there */
    When when;
    i64 duration;
    bool override; /* RECURRENCE-ID stood there */
    i64 recurrence_at;
    IcsRule rule;
    i64 rule_line;       /* of RRULE */
    const char *hash;    /* of all that we take from it */
    const char *face;    /* of what one occurrence looks like, without rule and SEQUENCE */
    const char *refused; /* why; NULL: it is good */
    i64 refused_line;
} IcsEvent;

/* Never faults: what is wrong is kept in the event. */
IcsEvent agenda_ics_read(Ctx *ctx, const IcsFile *file, const IcsComponent *c);
/* Computes hash and face; again after a change of the event. */
void agenda_ics_print(Ctx *ctx, IcsEvent *e);

/* ---- agenda_ics_time.c: libical's values into walls and instants of our clock ---- */
typedef struct IcsMoment {
    Wall wall; /* in zone */
    const Zone *zone;
    i64 at;
    bool is_date;
} IcsMoment;
/* home: the zone of times without one. A skipped hour is the one after the gap (RFC 5545 3.3.5). */
CHECKED
bool agenda_ics_moment(Ctx *ctx, const IcsFile *file, const Zone *home, icalproperty *property,
                       IcsMoment *moment_out);
/* DTEND or DURATION or neither. */
CHECKED
bool agenda_ics_end(Ctx *ctx, const IcsFile *file, const Zone *home, icalcomponent *c,
                    const IcsMoment *start, i64 *ends_at_out);

/* ---- agenda_series.c: a rule into occurrences ---- */
enum { SERIES_OCCURRENCES = 2000, SERIES_HORIZON_DAYS = 400, SERIES_STEPS = 100000 };

typedef struct Series { /* what expanding needs, from a file or from agenda_series */
    const IcsRule *rule;
    Wall starts;
    const Zone *zone;
} Series;

typedef struct Occurrence {
    i64 at;
    Wall wall;
} Occurrence;

typedef struct Occurrences {
    List list;  /* of Occurrence, by time; at most SERIES_OCCURRENCES, the newest */
    bool ended; /* the rule gives no more after those */
    bool cut;   /* there were more; the oldest are left out */
} Occurrences;

i64 agenda_series_horizon(i64 now, i64 starts_at);
/* Of all that start before `before`. FAULT_INVALID when the rule repeats without end or measure. */
CHECKED
bool agenda_series_expand(Ctx *ctx, const Series *s, i64 before, Occurrences *out);
/* Where an instant stands in what the rule gives; exceptions and additions are left aside. */
typedef struct SeriesPlace {
    i64 before;      /* how many it gives before that instant */
    bool found;      /* it gives something at it or after it */
    Occurrence next; /* the first of those */
} SeriesPlace;
CHECKED
bool agenda_series_place(Ctx *ctx, const Series *s, i64 at, SeriesPlace *out);
/* What the rule itself gives first: also when that is not where the series starts. The series has a rule. */
CHECKED
bool agenda_series_first(Ctx *ctx, const Series *s, SeriesPlace *out);
/* The times of one occurrence, as long as the first. */
When agenda_series_when(const Series *s, i64 duration, bool all_day, const Occurrence *o);
/* FAULT_INVALID with a sentence when it is no rule that we follow. */
CHECKED
bool agenda_series_check(Ctx *ctx, const char *rule);

/* A row of agenda_series. */
typedef struct SeriesRow {
    i64 id, duration, expanded_to, sequence, place, source, calendar;
    const char *uid, *rule, *wall_start, *time_zone, *exceptions, *additions;
    const char *title, *description, *topics, *source_hash, *face;
    bool ended, all_day;
    EventStatus status;
    Visibility visibility;
    i64 area, split_from, version;
    const char *headed_by, *attendees, *internal_note, *accreditation;
    Certainty certainty;
    bool time_to_be_confirmed;
    bool made_here; /* at the desk, not by a file */
} SeriesRow;
extern const Shape agenda_series_shape;

/* ---- agenda_import.c: a source's answer ---- */
extern const Shape agenda_import_line_shape;
typedef struct ImportFrom {
    i64 source;   /* 0: a file, which has none */
    i64 calendar; /* of what is new */
    i64 allowed;  /* a person said that so many events may be missing */
} ImportFrom;
typedef struct ImportFate {
    ImportResult result;
    i64 known;         /* events to come that the source had and nobody marked */
    i64 missing, back; /* of them: lacking in this answer; there again */
    bool held;         /* too many are missing: nothing was written */
} ImportFate;
/* In the caller's transaction. What cannot be read is listed and left out. */
CHECKED
bool agenda_import_source(Ctx *ctx, Bytes file, const ImportFrom *from, ImportFate *fate_out);

/* ---- agenda_import_row.c: one event or occurrence against what is here ---- */
typedef struct Wanted {
    const IcsEvent *event;
    When when;
    i64 recurrence_at, series;
    const char *hash;
    const ImportFrom *from;
} Wanted;
/* The print of one occurrence of a series. */
const char *agenda_occurrence_hash(Arena *a, const char *face, i64 at);
typedef enum { MET_NEW, MET_CHANGED, MET_CANCELLED, MET_UNCHANGED, MET_REFUSED } Met;
extern const char *const agenda_met_words[];
typedef struct Meeting {
    Met met;
    const char *why;
    bool hidden; /* what stands here is private: no report of a source names it */
} Meeting;
CHECKED
bool agenda_import_row(Ctx *ctx, const Wanted *wanted, Meeting *meeting_out);
CHECKED
bool agenda_import_cancel(Ctx *ctx, const EventKey *key, const IcsEvent *event, const char *why);

/* ---- agenda_import_series.c ---- */
/* The series' row for its master; unchanged_out: it is as it was. */
CHECKED
bool agenda_series_keep(Ctx *ctx, const IcsEvent *master, const Occurrences *found, i64 expanded_to,
                        i64 *id_out);
const SeriesRow *agenda_series_of_uid(Ctx *ctx, const char *uid);
/* As the columns exceptions (of i64) and additions (of Wall) keep them; NULL: none. */
const char *agenda_instants_text(Ctx *ctx, List instants);
const char *agenda_walls_text(Ctx *ctx, List walls);

/* ---- agenda_extend.c ---- */
/* Sees to it that a job moves the horizon of series without an end. */
CHECKED
bool agenda_series_watch(Ctx *ctx);
/* Makes the occurrences up to the horizon of some series that need it. */
CHECKED
bool agenda_series_extend(Ctx *ctx);
