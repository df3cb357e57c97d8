/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda.h: the door of the agenda room: what happens in the city, and who covers it.
 *
 *   event:    tentative <--> confirmed --> held
 *             both --cancel--> cancelled, --postpone--> postponed --reschedule--> rescheduled (stands again)
 *   coverage: proposed --assign--> assigned --accept--> accepted --start--> in_progress
 *             accepted, in_progress, returned --deliver (evidence)--> delivered --approve--> approved
 *             assigned --decline--> declined --assign--> assigned;  delivered, approved --return--> returned
 *             anything but approved --cancel--> cancelled
 *             also: assigned, accepted, in_progress, returned --assign--> assigned (to somebody else);
 *             accepted --decline--> declined; returned --start--> in_progress
 *
 * An event *stands* when it is public and neither cancelled nor postponed; it is *covered* when at least one of
 * its coverages was delivered and approved.  The month's report counts these (shared facts, §3.5).
 *
 * A series is stored as its rule; its occurrences are events of their own up to a horizon of 400 days, moved on
 * by a job, so that each can be covered, moved and counted (RFC 5545 3.8.5). */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

typedef enum { EVENT_TENTATIVE, EVENT_CONFIRMED, EVENT_CANCELLED, EVENT_POSTPONED, EVENT_RESCHEDULED, EVENT_HELD } EventStatus;
extern const Word agenda_status_words[];

/* CLASS of RFC 5545 3.8.1.3; internal is the desk's own: everybody here, no citizen. */
typedef enum { VISIBLE_PUBLIC, VISIBLE_INTERNAL, VISIBLE_PRIVATE, VISIBLE_CONFIDENTIAL } Visibility;
extern const Word agenda_visibility_words[];

typedef enum { COVER_PHOTO, COVER_VIDEO, COVER_STREAM, COVER_LIVE_TEXT, COVER_RELEASE, COVER_POST, COVER_AUDIO, COVER_DESIGN } CoverageKind;
extern const Word agenda_kind_words[];

typedef enum {
    COVERAGE_PROPOSED, COVERAGE_ASSIGNED, COVERAGE_ACCEPTED, COVERAGE_IN_PROGRESS, COVERAGE_DELIVERED,
    COVERAGE_APPROVED, COVERAGE_DECLINED, COVERAGE_RETURNED, COVERAGE_CANCELLED
} CoverageState;
extern const Word agenda_state_words[];

typedef enum { EVIDENCE_LINK, EVIDENCE_PHOTO, EVIDENCE_RELEASE, EVIDENCE_POST, EVIDENCE_LIVE, EVIDENCE_NOTE, EVIDENCE_FILE } EvidenceKind;
extern const Word agenda_evidence_words[];

/* What an event belongs to: the mayor's agenda, culture. Its colour is the class calendar-1 … calendar-8 of the styles. */
typedef struct EventCalendar {
    i64 id, color, position, version;
    const char *slug, *name;
    bool is_public; /* citizens may subscribe to it, and read its name */
    bool archived;  /* no new events */
} EventCalendar;
extern const Shape agenda_calendar_shape;
enum { AGENDA_COLORS = 8 };

typedef struct Place {
    i64 id;
    const char *name, *address;
    const char *neighbourhood, *district, *postcode; /* colonia, delegación, código postal */
    double lat, lon;            /* WGS84 degrees; NAN when unknown */
    const char *internal_note;  /* in the book of places only */
    bool archived;              /* likewise: not suggested any more */
    i64 version;                /* likewise */
} Place;

/* How sure it is that an event takes place: IPTC eventoccurstatus eos0 … eos6. Screens say the EventStatus. */
typedef enum {
    CERTAINTY_BY_STATUS, /* of a draft: what the status says; never kept */
    CERTAINTY_UNPLANNED, CERTAINTY_PLANNED, CERTAINTY_HIGHLY_UNCERTAIN, CERTAINTY_MAY_OCCUR,
    CERTAINTY_HIGHLY_LIKELY, CERTAINTY_CERTAIN, CERTAINTY_CANCELLED
} Certainty;
extern const Word agenda_certainty_words[]; /* "eos0" … "eos6" */

/* Of the desk's own: whether there will be coverage. IPTC newscoveragestatus. */
typedef enum { NEWS_INTENDED, NEWS_NOT_DECIDED, NEWS_NOT_INTENDED, NEWS_ON_REQUEST } NewsStatus;
extern const Word agenda_news_words[]; /* "int", "notdec", "notint", "onreq" */

typedef struct Evidence {
    i64 id, coverage, at;
    EvidenceKind kind;
    const char *url, *text, *by;
    const char *sha256, *filename, *type; /* of a file: in the vault; url is then its address at the desk */
    i64 size;
} Evidence;

typedef struct Coverage {
    i64 id, event, assignee, due_at, version;
    i64 area, contact;                     /* a team, or somebody outside, does it; 0: a person of the desk, or nobody yet */
    CoverageKind kind;
    CoverageState state;
    NewsStatus news_status;
    const char *assignee_name, *brief, *reason; /* assignee_name also names the team or the contact */
    const char *area_name, *contact_name;
    i64 quantity_min, quantity_max, quantity_delivered; /* pieces; NONE: not said */
    i64 priority;                          /* 1 the most urgent … 5 */
    i64 accepted_at, started_at, delivered_at, approved_at;
    i64 worked_minutes;                    /* as who did it says; NONE: not said */
    const char *event_title, *event_slug;  /* for lists */
    i64 event_starts_at, event_ends_at;
    EventStatus event_status;
    Visibility event_visibility;           /* not in JSON */
    bool event_all_day, event_tbc;         /* whole days; the hour is not sure yet */
    const char *place_name, *place_address;
    double place_lat, place_lon;
    List evidence;                         /* of Evidence, where the record is shown alone or on its event */
    List warnings;                         /* of what clashes for who does it: on its own page and in the answer of assigning */
} Coverage;
extern const Shape agenda_coverage_shape;

/* A date that an event had and lost. */
typedef struct EventDate {
    i64 starts_at, ends_at;
    bool all_day;
    const char *verb;   /* postponed, rescheduled, changed, cancelled */
    const char *reason; /* as citizens read it; NULL: none, or the event was not public then */
    i64 at;             /* when it was lost */
    i64 event;          /* whose */
} EventDate;
extern const Shape agenda_date_shape;

/* What anybody may see: read only through the view agenda_public_event, which has nothing else. */
typedef struct PublicEvent {
    i64 id, starts_at, ends_at, series, previous_starts_at, changed_at, sequence;
    i64 recurrence_at;                /* which occurrence of its series: where the rule puts it; 0: no series */
    const char *slug, *uid, *title, *description, *topics, *time_zone, *reason;
    bool all_day, time_to_be_confirmed;
    EventStatus status;
    Certainty certainty;
    Place place;
    i64 calendar, calendar_color;     /* calendars that citizens may see; 0: none */
    const char *calendar_name, *calendar_slug;
    const char *area_name, *headed_by;/* who convenes, who heads */
    const char *accreditation;        /* how media get in */
    i64 accreditation_until;
    List previous_dates;              /* of EventDate, the first one first */
    const char *url; /* absolute; the rule fills it in */
} PublicEvent;
extern const Shape agenda_public_shape;

/* What the desk sees. */
typedef struct Event {
    i64 id, starts_at, ends_at, series, previous_starts_at, changed_at, sequence, version, created_at;
    const char *slug, *uid, *title, *description, *topics, *time_zone, *reason, *internal_note, *uncovered_reason;
    const char *wall_start;           /* as planned, in time_zone: 2022-07-14T10:00:00 */
    bool all_day, time_to_be_confirmed;
    bool apart;                       /* an occurrence that was edited alone */
    EventStatus status;
    Certainty certainty;
    Visibility visibility;
    Place place;
    i64 recurrence_at;                /* as in PublicEvent */
    i64 calendar, calendar_color, area;
    const char *calendar_name, *calendar_slug, *area_name;
    const char *headed_by, *accreditation;
    i64 accreditation_until;
    const char *attendees;            /* internal: who else comes, one a line */
    i64 attendance;                   /* how many people came, before: are expected; NONE: not said */
    i64 duplicate_of, source, missing_since;
    i64 coverage_count, approved_count; /* how many live coverages it has; how many of them approved */
    const char *url;
    const char *rule;                   /* RRULE of its series, where the record is shown alone */
    List coverages;                     /* of Coverage, where the record is shown alone */
    List previous_dates;                /* of EventDate, the first one first; likewise */
} Event;
extern const Shape agenda_event_shape;

/* ---- events: reading ---- */
const Event *agenda_find(Ctx *ctx, i64 id); /* private ones: FAULT_NOT_FOUND without RIGHT_AGENDA_PRIVATE */
/* Which events of a span a list shows. */
typedef enum {
    AGENDA_ALL, AGENDA_HELD, AGENDA_COVERED, AGENDA_NOT_COVERED,
    /* of the report; with one of these only the span and the area of a filter count: agenda_figures.h */
    AGENDA_UNEXPLAINED, AGENDA_LIVE, AGENDA_PHOTOGRAPHED, AGENDA_CANCELLED, AGENDA_POSTPONED, AGENDA_DELIVERED
} AgendaFigure;
extern const Word agenda_figure_words[]; /* "all", "events_held", "events_covered", "events_not_covered" */
/* What a list shows; a member left 0 or NULL does not filter. */
typedef struct AgendaFilter {
    Span span;
    AgendaFigure figure;
    bool overlapping;    /* also what began before the span and goes on in it */
    i64 calendar, area, place;
    i64 person;          /* who covers it */
    const char *topic;   /* one of the event's topics, exactly */
    const char *status;  /* a word of agenda_status_words */
    const char *kind;    /* a word of agenda_kind_words: some coverage of this kind that is not declined or cancelled */
} AgendaFilter;
List agenda_list(Ctx *ctx, const AgendaFilter *filter, i64 after_at, i64 after_id, i64 limit); /* of Event, by start */
i64 agenda_list_count(Ctx *ctx, const AgendaFilter *filter);                                   /* what agenda_list would list in all */
/* The same with nothing but a span and a figure. */
List agenda_by_span(Ctx *ctx, Span span, AgendaFigure figure, i64 after_at, i64 after_id, i64 limit);
i64 agenda_count(Ctx *ctx, Span span, AgendaFigure figure);

List agenda_public_by_span(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit); /* of PublicEvent */
/* For a page's list: only id, slug, title, times, status and the place's name are filled in. */
List agenda_public_brief(Ctx *ctx, Span span, i64 limit);           /* of PublicEvent */
i64 agenda_public_count(Ctx *ctx, Span span);
const PublicEvent *agenda_public_by_slug(Ctx *ctx, const char *slug);
List agenda_public_changed(Ctx *ctx, i64 limit);                    /* newest change first, for feeds */

/* Every date that it had and lost, the first one first, of an event that the caller may see. */
List agenda_dates_of(Ctx *ctx, i64 event); /* of EventDate */
/* Gives the events of one list, by start, theirs. */
List agenda_with_dates(Ctx *ctx, List events);        /* of Event */
List agenda_public_with_dates(Ctx *ctx, List events); /* of PublicEvent */

/* ---- events: changing ---- */
typedef struct EventDraft {
    const char *title, *description, *internal_note, *topics, *uid, *time_zone;
    Wall starts, ends;                /* in time_zone; ends.year 0: one hour, or the day */
    bool all_day, time_to_be_confirmed;
    EventStatus status;
    Certainty certainty;              /* must fit the status: eos1 to eos4 are tentative, eos6 is cancelled */
    Visibility visibility;
    Place place;                      /* id, or name and the rest; name NULL: nowhere said */
    i64 calendar, area;               /* 0: none */
    const char *headed_by, *attendees, *accreditation;
    i64 accreditation_until;          /* 0: none */
    i64 attendance;                   /* people; NONE or 0: not said */
    i64 duplicate_of;                 /* of a new one */
    const char *reason;               /* of a change: why a public event that is confirmed moves to another day */
} EventDraft;
CHECKED bool agenda_create(Ctx *ctx, const EventDraft *draft, i64 *id_out);
/* The date that a public event loses is kept. One that is confirmed and moves to another day wants draft->reason and
 * becomes rescheduled; within its day, or when all of it is over, it is corrected without one. */
CHECKED bool agenda_change(Ctx *ctx, i64 id, i64 version, const EventDraft *draft);
CHECKED bool agenda_cancel(Ctx *ctx, i64 id, i64 version, const char *reason);   /* open coverages are cancelled too */
CHECKED bool agenda_postpone(Ctx *ctx, i64 id, i64 version, const char *reason);
CHECKED bool agenda_reschedule(Ctx *ctx, i64 id, i64 version, Wall starts, Wall ends, const char *reason);
CHECKED bool agenda_set_uncovered_reason(Ctx *ctx, i64 id, i64 version, const char *reason);

/* The next week, the same hours; with coverages: those that are live, as proposed ones. draft NULL: just so. */
CHECKED bool agenda_duplicate(Ctx *ctx, i64 id, const EventDraft *draft, bool coverages, i64 *id_out);
/* Takes back the actor's last step with the event, within a day and as long as nobody changed it since. */
CHECKED bool agenda_undo(Ctx *ctx, i64 id);

/* ---- calendars ---- */
typedef struct CalendarDraft {
    const char *name;
    i64 color;    /* 1..8 */
    bool is_public;
    i64 position; /* small ones first */
} CalendarDraft;
List agenda_calendars(Ctx *ctx, bool archived);                     /* of EventCalendar, in their order; archived: those too */
const EventCalendar *agenda_calendar_find(Ctx *ctx, i64 id);
const EventCalendar *agenda_calendar_by_slug(Ctx *ctx, const char *slug); /* NULL without a fault */
CHECKED bool agenda_calendar_add(Ctx *ctx, const CalendarDraft *draft, i64 *id_out);
CHECKED bool agenda_calendar_change(Ctx *ctx, i64 id, i64 version, const CalendarDraft *draft);
CHECKED bool agenda_calendar_archive(Ctx *ctx, i64 id, i64 version, bool archived);

/* ---- the book of places ---- */
CHECKED bool agenda_place_change(Ctx *ctx, i64 id, i64 version, const Place *draft);
CHECKED bool agenda_place_archive(Ctx *ctx, i64 id, i64 version, bool archived);
CHECKED bool agenda_place_merge(Ctx *ctx, i64 id, i64 into, i64 *events_out); /* its events move; it is gone then */

/* ---- files of an event ---- */
typedef struct Attachment {
    i64 id, event, size, at;
    const char *sha256, *filename, *type, *title;
    const char *person_name; /* who put it there */
    bool is_public;
} Attachment;
extern const Shape agenda_attachment_shape;
List agenda_attachments_of(Ctx *ctx, i64 event);                    /* for the desk, of an event that the caller may see */
List agenda_public_attachments_of(Ctx *ctx, i64 event);             /* public ones of a public event; nothing else */

/* ---- coverages ---- */
typedef struct CoverageDraft {
    CoverageKind kind;
    const char *assignee; /* mail or id of a person; NULL: proposed, or one of the two below */
    i64 area, contact;    /* a team; somebody outside; 0: neither */
    i64 due_at;           /* 0: a day after the event */
    const char *brief;
    i64 quantity_min, quantity_max; /* NONE or 0: not said */
    i64 priority;         /* 1..5; 0: 3 */
    NewsStatus news_status;
} CoverageDraft;
typedef struct EvidenceDraft {
    EvidenceKind kind;
    const char *url, *text;
    const char *sha256, *filename, *type; /* of a file that is in the vault already */
    i64 size;
    const char *client_key; /* of a telephone that was offline: the same key is kept once; NULL */
} EvidenceDraft;
const Coverage *agenda_coverage(Ctx *ctx, i64 id);
List agenda_coverages_of(Ctx *ctx, i64 event);                      /* with their evidence */
List agenda_coverages_open(Ctx *ctx, i64 assignee, i64 limit);      /* assignee 0: everybody's; not approved, cancelled or declined; soonest due first */
List agenda_coverages_by_span(Ctx *ctx, Span span, i64 limit);      /* of events that start in the span, for lanes */
CHECKED bool agenda_cover(Ctx *ctx, i64 event, const CoverageDraft *draft, i64 *id_out);
CHECKED bool agenda_assign(Ctx *ctx, i64 coverage, i64 version, const char *assignee);
CHECKED bool agenda_accept(Ctx *ctx, i64 coverage, i64 version);    /* the assignee, or who may assign */
CHECKED bool agenda_start(Ctx *ctx, i64 coverage, i64 version);
CHECKED bool agenda_decline(Ctx *ctx, i64 coverage, i64 version, const char *reason);
CHECKED bool agenda_deliver(Ctx *ctx, i64 coverage, i64 version, List evidence /* of EvidenceDraft, at least one */);
CHECKED bool agenda_approve(Ctx *ctx, i64 coverage, i64 version);
CHECKED bool agenda_return(Ctx *ctx, i64 coverage, i64 version, const char *reason);
CHECKED bool agenda_uncover(Ctx *ctx, i64 coverage, i64 version, const char *reason); /* cancels the coverage */
/* The same with everything that can be said: agenda_assign gives it to a person, agenda_deliver says neither hours nor pieces. */
CHECKED bool agenda_assign_to(Ctx *ctx, i64 coverage, i64 version, const CoverageDraft *who); /* assignee, area or contact */
CHECKED bool agenda_coverage_change(Ctx *ctx, i64 coverage, i64 version, const CoverageDraft *draft); /* not whom it goes to */
typedef struct Delivery {
    List evidence;          /* of EvidenceDraft, at least one */
    i64 quantity;           /* pieces; NONE or 0: not said */
    i64 worked_minutes;     /* NONE or 0: not said */
    const char *client_key; /* of a telephone: the same delivery sent again changes nothing; NULL */
} Delivery;
CHECKED bool agenda_deliver_all(Ctx *ctx, i64 coverage, i64 version, const Delivery *delivery);
/* A few words while it goes on; its state stays. client_key as in a delivery. */
CHECKED bool agenda_note(Ctx *ctx, i64 coverage, const char *text, const char *client_key);
const Evidence *agenda_evidence(Ctx *ctx, i64 id);                  /* of a coverage that the actor may see */
/* By who handed it in or may assign, before approval; when nothing is left, a delivered coverage is in progress again. */
CHECKED bool agenda_withdraw(Ctx *ctx, i64 evidence, const char *reason);

/* ---- contacts: who covers from outside ---- */
typedef struct Contact {
    i64 id, version;
    const char *name, *organisation, *mail, *phone, *note;
    bool active;            /* offered in lists */
} Contact;
extern const Shape agenda_contact_shape;
const Contact *agenda_contact(Ctx *ctx, i64 id);
List agenda_contacts(Ctx *ctx, bool active, i64 limit);             /* of Contact, by name; active false: archived ones */
CHECKED bool agenda_contact_add(Ctx *ctx, const Contact *draft, i64 *id_out);
CHECKED bool agenda_contact_change(Ctx *ctx, i64 id, i64 version, const Contact *draft);
CHECKED bool agenda_contact_archive(Ctx *ctx, i64 id, i64 version, bool archived);
/* version NONE everywhere: the caller does not mind. */

/* ---- calendars in and out (RFC 5545) ---- */
typedef struct ImportLine {
    i64 line;          /* of the file where the component begins */
    const char *what;  /* "new", "changed", "cancelled", "unchanged", "refused" */
    const char *title, *why;
} ImportLine;
typedef struct ImportResult {
    i64 events, created, changed, cancelled, unchanged, refused;
    List lines;        /* of ImportLine: what changed and what was refused; at most 1,000 */
} ImportResult;
extern const Shape agenda_import_shape;
enum { AGENDA_ICS_MAX = 10 * 1024 * 1024, AGENDA_ICS_EVENTS = 20000 };
/* All or nothing, unless skip_bad: then what is refused is listed and the rest is taken. In the caller's transaction. */
CHECKED bool agenda_import_ics(Ctx *ctx, Bytes file, bool skip_bad, ImportResult *result_out);
void agenda_public_ics(Ctx *ctx, List public_events, const char *name, Buf *out);

#include "desks/agenda/figures/agenda_figures.h"
