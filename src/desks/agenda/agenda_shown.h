/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_shown.h: what the views of the desk's agenda are given, worked out before anything is drawn. */
#pragma once
#include "desks/agenda/lists/agenda_calendar.h"
#include "desks/agenda/events/agenda_place_shown.h"
#include "desks/agenda/events/agenda_undo.h"
#include "desks/agenda/calendars/agenda_source_shown.h"
#include "desks/people/people.h"
#include "store/journal.h"
#include "web/form_views.h"

/* ---- agenda_lanes.c: who covers what on a day ---- */
typedef struct LaneBlock {
    const Coverage *coverage;
    int from, to; /* grid lines 2..50: quarters of an hour, or more when the day needs more than twelve hours */
    int row;      /* 1..4: what would lie on another block goes below it */
    bool clash, tiny;
    const char *look; /* done, now, next */
} LaneBlock;
typedef struct Lane {
    i64 person;  /* or a contact, or a team */
    const char *name;
    List blocks; /* of LaneBlock, by start */
    int rows;
    bool clash;
} Lane;
typedef struct LanesShown {
    List lanes; /* of Lane, by name */
    i64 clashes;
    int now;        /* grid line of this moment; 0: not on this day or not in these hours */
    int first_hour; /* of the grid */
    int hours;      /* that it shows: 12, 16 or 24, in 48 columns */
} LanesShown;
/* coverages: of one day. Who was asked and said no, and what nobody does yet, is not in a lane. */
LanesShown agenda_lanes(Ctx *ctx, Span day, List coverages);

/* ---- what views ask (agenda_look.c) ---- */
const char *agenda_event_look(const Ctx *ctx,
                              const Event *e); /* covered, uncovered, tentative, cancelled or "" */
const char *agenda_timeline_look(const Ctx *ctx, const Event *e); /* done, now, next or cancelled */
const char *agenda_state_look(CoverageState state);               /* good, warn, bad, info or "" */
const char *agenda_status_look(EventStatus status);
const char *agenda_cover_look(const Event *e); /* the chip of how far it is covered */
const char *agenda_cover_icon(const Event *e);
const char *agenda_cover_said(Html *h, const Event *e);
const char *agenda_when_said(Html *h, i64 starts_at, i64 ends_at, bool all_day,
                             bool tbc); /* "jueves 14 de julio de 2022, 17:00–18:30" */
bool agenda_coverage_late(const Ctx *ctx, const Coverage *c);
Url agenda_desk_day_url(Arena *a, const Day *day); /* /mesa/agenda?dia=… */
Url agenda_kind_url(Ctx *ctx, const Period *p,
                    PeriodKind kind);                 /* the same time as month, week or day */
Url agenda_evidence_url(Arena *a, const Evidence *e); /* .s NULL when it has none */
const char *agenda_verb_said(const Html *h, const char *verb); /* of the journal */
bool agenda_is_mine(const Html *h, const Coverage *c);
bool agenda_has(const Html *h, RightName right);
const char *agenda_look_said(Html *h,
                             const Event *e); /* the look in words, for who sees no colours */
const char *agenda_topics_said(const Html *h, const char *topics); /* one line */
const char *agenda_met_said(const Html *h, const char *what);      /* of an ImportLine */
bool agenda_coverage_counts(CoverageState state);                  /* somebody is at it, or was */
bool agenda_coverage_assignable(CoverageState state);
Url agenda_act_url(Arena *a, i64 event, const char *act);     /* /mesa/agenda/:id/cancelar */
Url agenda_step_url(Arena *a, i64 coverage, const char *act); /* /mesa/coberturas/:id/aceptar */

/* ---- who cannot be there (agenda_clash.c) ---- */
typedef enum { CLASH_OVERLAP, CLASH_TRAVEL, CLASH_ABSENT } ClashKind;
extern const Word agenda_clash_words[]; /* overlap, travel, absence */
typedef struct Clash {
    ClashKind kind;
    i64 person;
    i64 with;             /* the coverage that it clashes with; 0: an absence */
    i64 minutes_missing;  /* of travel, or how long both last; NONE with an absence */
    const char *message;  /* a sentence in the actor's tongue */
    const char *brief;    /* a few words, for behind a name in a list */
} Clash;
extern const Shape agenda_clash_shape; /* agenda_coverage_store.c */

/* ---- a link that answers (agenda_answer.c) ---- */
typedef struct AnswerShown { /* what whoever has the link may read, and nothing more */
    i64 coverage, expires_at, used_at, starts_at, ends_at;
    const char *answer; /* accepted, declined; NULL: not yet */
    CoverageState state;
    const char *title, *place_name, *place_address, *brief, *who;
    CoverageKind kind;
    bool all_day, time_to_be_confirmed;
    EventStatus event_status;
    i64 assignee, contact, now_assignee, now_contact; /* who was asked; who has it now */
    double lat, lon;
    i64 quantity_min, quantity_max;
    bool blocked; /* who was asked does not work here any more */
} AnswerShown;

/* ---- the board and the month of coverages (agenda_board.c) ---- */
enum { BOARD_MOST = 50 };
typedef struct BoardCard {
    const Coverage *coverage;
    unsigned moves; /* a bit for each CoverageState that a click is enough for */
} BoardCard;
typedef struct BoardColumn {
    CoverageState state;
    List cards; /* of BoardCard, soonest due first */
    i64 total;
} BoardColumn;

enum { HEAT_DAYS = 31 };
typedef struct HeatLane {
    i64 person;
    const char *name;
    bool active;
    i64 days[HEAT_DAYS], total; /* coverages by the day that their event begins */
    bool away[HEAT_DAYS];
} HeatLane;
typedef struct HeatShown {
    const Period *month;
    int days;
    List lanes;             /* of HeatLane */
    const HeatLane *nobody; /* events that nobody was asked for */
    i64 totals[HEAT_DAYS], total;
} HeatShown;
int agenda_shade(i64 n);    /* 0 … 5 */
bool agenda_is_today(const Ctx *ctx, const Period *month, int day);
extern const Word agenda_whynot_words[]; /* why nobody covered it */

typedef struct LanesDay {
    Period day;
    LanesShown lanes;
    i64 uncovered;
} LanesDay;

/* ---- what is said of a coverage (agenda_cover_look.c) ---- */
Url agenda_contact_url(Arena *a, i64 id);
extern const Word agenda_priority_words[];                      /* 1 … 5; [0] is nothing */
const char *agenda_pieces_said(Ctx *ctx, i64 least, i64 most);  /* "3 pieces", "3 to 5 pieces"; NULL: not said */
const char *agenda_delivered_said(Ctx *ctx, const Coverage *c); /* "2 of 3"; NULL */
bool agenda_enough(const Coverage *c);                          /* at least as many as wanted */
const char *agenda_hours_said(Ctx *ctx, i64 minutes);           /* "1 h 30 min" */
const char *agenda_number_text(Ctx *ctx, i64 n);                /* for a field; NULL: nothing */
const char *agenda_local_text(Ctx *ctx, i64 at);                /* for datetime-local */
i64 agenda_minutes_proposed(const Coverage *c);                 /* what was said, else how long the event lasts */
i64 agenda_worked(List coverages);                              /* minutes of all of them */
const char *agenda_doer_value(Arena *a, const Coverage *c);     /* what the select of doers calls it; NULL: nobody */

/* ---- views that other views of the room call ---- */
void agenda_view_ways(Html *h, const char *here);
void agenda_view_import_lines(Html *h, List lines);
void agenda_view_kinds(Html *h, const Period *p);
void agenda_view_timeline(Html *h, List events);
void agenda_view_chips(Html *h, const Event *e);
void agenda_view_lanes(Html *h, const LanesShown *x);
void agenda_view_lane_grid(Html *h, const LanesShown *x); /* without its card */
void agenda_view_period_nav(Html *h, Url page, const Period *p, const char *id);
void agenda_view_journal(Html *h, List lines);

/* ---- whom a coverage can be given to (agenda_cover_fields.c) ---- */
typedef struct Doers {
    List people, teams, contacts; /* of Choice; people with what they have at that time */
} Doers;
Doers agenda_doers_of_event(Ctx *ctx, const Event *e);
void agenda_view_doers(Html *h, const Form *form, const Doers *doers, const char *value, bool required);

/* ---- what a page is given ---- */
/* A field of the form in which what was typed and what is there now are not the same. */
typedef struct FieldDifference {
    const char *name, *label;
    const char *mine, *theirs; /* as a person reads them */
    bool taken;                /* only the others changed it: theirs stands in the form already */
} FieldDifference;

/* A form for an event: what stands in the fields. */
typedef struct EventForm {
    const Form *form;
    const Event *event;  /* NULL: a new one */
    bool duplicate;      /* event is the copy that is about to be made */
    bool moves;          /* another day wants a reason */
    const char *starts;  /* of a new one: what ?dia= and ?hora= ask for; NULL */
    Url action, back, lease; /* lease.s NULL: nobody else can have it open */
    const char *title;
    List statuses, calendars, areas, zones; /* of Choice */
    List places;         /* of Place */
    List topics;         /* of Named */
    List leases;         /* of Lease: who else has it open */
    List differences;    /* of FieldDifference: somebody else was first */
    const char *changed_by;
    const ScopeShown *scope; /* which events of its series; NULL: it happens once */
} EventForm;
/* What the event says in a control of the form; NULL: nothing. */
const char *agenda_control(Ctx *ctx, const Event *e, const char *name);
/* The form for a control: NULL when the others' value goes before what was typed. */
const Form *agenda_form_of(const EventForm *f, const char *name);
List agenda_differences(Ctx *ctx, const EventForm *f, const Event *base); /* of FieldDifference; base NULL: unknown */

typedef struct EventShown {
    const Event *event;
    const Request *req;
    const char *active; /* the last part of the address whose form is drawn again, or NULL */
    Doers doers;        /* of who may assign */
    List journal;       /* of EventLine, newest first */
    List attachments;   /* of Attachment */
    List leases;        /* of Lease */
    const UndoStep *undo; /* NULL: nothing that the reader can take back */
    const Event *original; /* that it was copied from; NULL */
    const char *repeats;   /* the rule of its series in words; NULL: it happens once */
    const ScopeShown *moves, *cancels; /* which events of the series; NULL likewise */
    bool clashes; /* a coverage was asked of somebody who cannot: asks once more */
} EventShown;

/* A line of the event's history: its own, or one of its coverages'. */
typedef struct EventLine {
    const JournalLine *line;
    const Coverage *coverage; /* NULL: of the event itself */
} EventLine;
List agenda_history(Ctx *ctx, const Event *e, i64 limit);

/* ---- agenda_event_look.c ---- */
const char *agenda_file_icon(const char *type);
const char *agenda_size_said(Html *h, i64 bytes); /* "1.2 MB" */
Url agenda_public_file_url(Arena *a, const char *slug, i64 id);
const char *agenda_place_where(Html *h, const Place *p); /* its address, one line; "" when nothing is known */
const char *agenda_lost_said(Html *h, const EventDate *d);
const char *agenda_certainty_look(Certainty c);
bool agenda_certainty_tells(const Event *e); /* more than the state does */
const char *agenda_step_said(const Html *h, const char *verb); /* "the cancellation" */
const char *agenda_detail_said(Html *h, const JournalLine *line);
void agenda_view_attachments(Html *h, const EventShown *x);
void agenda_view_public_attachments(Html *h, List files, const char *slug); /* of Attachment: public ones */
void agenda_view_leases(Html *h, List leases, Url lease, bool writes);
void agenda_view_event_coverages(Html *h, const EventShown *x); /* and the form for one more */

typedef struct CoverageShown {
    const Coverage *coverage;
    const Request *req;
    const char *active;
    Doers doers;
    List journal;
    bool clashes;     /* it was asked to be given to somebody who cannot: asks once more */
    const char *link, *message; /* just made: shown once; with the words for a messaging app */
} CoverageShown;

typedef struct CoveragesShown {
    List coverages; /* of Coverage */
    i64 total;
    const char *next;
    const char *state; /* ?estado= */
    bool mine;
    List states, whose; /* of Choice */
} CoveragesShown;
Url agenda_coverages_next(Arena *a, const CoveragesShown *x);

/* ---- agenda_figure_pages.c: the coverages behind a figure of the report ---- */
typedef struct WorkShown {
    List coverages; /* of Coverage */
    i64 total;
    const char *title, *month;
    Url report, csv, next; /* next.s NULL: this is all */
} WorkShown;
void agenda_page_figure(Ctx *ctx, const Request *req, Page *page); /* /mesa/coberturas?figura=…&mes=… */

/* What nobody covers yet, for the desk's home. */
typedef struct UncoveredRow {
    const Event *event;
    List people; /* of Choice, each with what she has then */
} UncoveredRow;
typedef struct UncoveredShown {
    List rows; /* of UncoveredRow */
    i64 total;
    const Form *form;
} UncoveredShown;

/* What cannot wait, for the strip on the desk's home. */
typedef struct AttendShown {
    const Event *uncovered; /* the next one that nobody covers; NULL */
    const char *uncovered_when;
    i64 late, clashes, waiting;
    const char *late_title, *clash_name;
} AttendShown;

#include "desks/agenda/field/agenda_field_shown.h"
#include "desks/agenda/lists/agenda_list_shown.h"
