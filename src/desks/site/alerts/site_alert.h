/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert.h: warnings above every public page and in the CAP feed (OASIS CAP 1.2).
 *
 *   draft --confirm, by another person--> active --its time is over, end, or an update takes its place--> ended
 *   draft --refuse--> refused
 *
 * Who raised an alert, or changed its draft last, never confirms it, whatever the city says of four eyes.  What was
 * confirmed is never changed: an update is an alert of its own that takes the place of the one before.  These are the
 * words of this office and not of a national alert system: every page and message says so. */
#pragma once
#include "base/shape.h"
#include "desks/people/people.h"
#include "web/html.h"
#include "web/page.h"
#include "web/panel.h"

typedef enum { ALERT_NOTICE, ALERT_WARNING, ALERT_DANGER } AlertLevel;
extern const Word site_level_words[];
typedef enum { ALERT_DRAFT, ALERT_ACTIVE, ALERT_ENDED, ALERT_REFUSED } AlertState;
extern const Word site_alert_words[];
/* As CAP 1.2 spells them (3.2.2). */
extern const Word site_category_words[], site_urgency_words[], site_severity_words[], site_certainty_words[];

enum {
    ALERT_HEADLINE_MAX = 160, ALERT_EVENT_MAX = 80, ALERT_AREA_MAX = 200, ALERT_TEXT_MAX = 2000, /* characters */
    ALERT_SHOWN_MOST = 5,    /* above a page at once */
    ALERT_DAYS_MOST = 30     /* an alert ends by itself within these days */
};

typedef struct Alert {
    i64 id, raised_by, raised_at, confirmed_by, confirmed_at, expires_at, ended_by, ended_at;
    i64 updates;             /* the alert that this one takes the place of; 0: none */
    i64 follower;            /* the one that took this one's place; 0: none */
    i64 version;
    AlertLevel level;
    AlertState state;
    bool exercise;           /* a drill */
    int category, urgency, severity, certainty;
    const char *event, *headline, *text, *instruction, *area, *url, *reason;
    const char *raised_name, *confirmed_name, *ended_name; /* for the desk */
} Alert;
extern const Shape site_alert_shape;        /* for the desk */
extern const Shape site_alert_public_shape; /* without who did what, and why a draft was refused */

/* ---- reading: RIGHT_SITE_ALERT is asked by the pages ---- */
const Alert *site_alert(Ctx *ctx, i64 id);            /* FAULT_NOT_FOUND */
List site_alerts_open(Ctx *ctx);                      /* of Alert: drafts, then what is shown now */
List site_alerts_before(Ctx *ctx, i64 before, i64 limit); /* newest first; before 0: from the end */
i64 site_alerts_waiting(Ctx *ctx);                    /* drafts that the actor may confirm: for the menu */
bool site_alert_over(const Ctx *ctx, const Alert *alert); /* ended, or its time is over */

/* ---- what citizens see: no right is asked ---- */
List site_alerts_shown(Ctx *ctx);                     /* of Alert: above the pages now, the worst first */
List site_alerts_public(Ctx *ctx, i64 after_at, i64 after_id, i64 limit); /* confirmed ones, newest first; after 0: from the end */
i64 site_alerts_public_count(Ctx *ctx);
const Alert *site_alert_public(Ctx *ctx, i64 id);     /* FAULT_NOT_FOUND for what was never confirmed */
/* When what is shown above the pages changes by time alone; 0: nothing is shown. */
i64 site_alerts_until(Ctx *ctx);

/* ---- changing: RIGHT_SITE_ALERT ---- */
typedef struct AlertDraft {
    AlertLevel level;
    bool exercise;
    int category, urgency, severity, certainty;
    const char *event, *headline, *text, *instruction, *area, *url;
    i64 expires_at, updates;
} AlertDraft;
CHECKED bool site_alert_raise(Ctx *ctx, const AlertDraft *draft, i64 *id_out);
CHECKED bool site_alert_change(Ctx *ctx, i64 id, i64 version, const AlertDraft *draft); /* a draft; the changer becomes who raised it */
CHECKED bool site_alert_confirm(Ctx *ctx, i64 id, i64 version);  /* FAULT_FORBIDDEN to who raised it */
CHECKED bool site_alert_refuse(Ctx *ctx, i64 id, i64 version, const char *reason);
CHECKED bool site_alert_end(Ctx *ctx, i64 id, i64 version, const char *reason); /* before its time; the reason is public */

/* ---- CAP 1.2 (site_cap.c) ---- */
/* The message by which the alert was given, or (end) that by which it was ended before its time. */
Buf *site_cap(Ctx *ctx, const Alert *alert, const Alert *updated, bool end);

/* ---- addresses ---- */
Url site_alert_url(Arena *a, i64 id, const char *after);      /* /avisos/…; after may be NULL */
Url site_alert_desk_url(Arena *a, i64 id, const char *after); /* /mesa/sitio/avisos/… */

/* ---- for views ---- */
const char *site_level_icon(AlertLevel level);
const char *site_level_look(AlertLevel level);                /* a class: "", "warn", "bad" */
const char *site_alert_by(const char *name);                  /* the program itself when there is no name */
const char *site_alert_state_said(Ctx *ctx, const Alert *alert);

void site_view_alert_facts(Html *h, const Alert *alert);      /* of site_alert_public_views.html */

extern const Route site_alert_routes[], site_alert_public_routes[];
extern const Panel site_alert_panels[];
