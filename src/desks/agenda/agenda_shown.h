/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_shown.h: what the views of the desk's agenda are given, worked out before anything is drawn. */
#pragma once
#include "desks/agenda/agenda_calendar.h"
#include "desks/agenda/agenda_source_shown.h"
#include "desks/people/people.h"
#include "store/journal.h"
#include "web/form_views.h"

/* ---- agenda_lanes.c: who covers what on a day ---- */
typedef struct LaneBlock {
    const Coverage *coverage;
    int from, to; /* grid lines 2..50: quarters of an hour from 8:00 to 20:00 */
    bool clash, tiny;
    const char *look; /* done, now, next */
} LaneBlock;
typedef struct Lane {
    i64 person;
    const char *name;
    List blocks; /* of LaneBlock, by start */
    bool clash;
} Lane;
typedef struct LanesShown {
    List lanes; /* of Lane, by name */
    i64 clashes;
    int now; /* grid line of this moment; 0: not on this day or not in these hours */
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

/* ---- views that other views of the room call ---- */
void agenda_view_import_lines(Html *h, List lines);
void agenda_view_kinds(Html *h, const Period *p);
void agenda_view_timeline(Html *h, List events);
void agenda_view_chips(Html *h, const Event *e);
void agenda_view_lanes(Html *h, const LanesShown *x);
void agenda_view_journal(Html *h, List lines);

/* ---- what a page is given ---- */
/* A form for an event: what stands in the fields. */
typedef struct EventForm {
    const Form *form;
    const Event *event;                 /* NULL: a new one */
    const char *starts, *ends, *topics; /* as the fields want them */
    Url action, back;
    const char *title;
    List statuses, places; /* of Choice */
} EventForm;

typedef struct EventShown {
    const Event *event;
    const Request *req;
    const char *active; /* the last part of the address whose form is drawn again, or NULL */
    List people;        /* of Choice */
    List journal;       /* of JournalLine */
} EventShown;
void agenda_view_event_coverages(Html *h, const EventShown *x); /* and the form for one more */

typedef struct CoverageShown {
    const Coverage *coverage;
    const Request *req;
    const char *active;
    List people, journal;
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

/* What cannot wait, for the strip on the desk's home. */
typedef struct AttendShown {
    const Event *uncovered; /* the next one that nobody covers; NULL */
    const char *uncovered_when;
    i64 late, clashes, waiting;
    const char *late_title, *clash_name;
} AttendShown;

#include "desks/agenda/agenda_list_shown.h"
