/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages.h: what app hangs of the agenda: addresses, panels, jobs. */
#pragma once
#include "store/worker.h"
#include "web/page.h"
#include "web/panel.h"

extern const Route agenda_routes[];          /* the desk's events as lists */
extern const Route agenda_list_routes[];     /* saved views, a day as text */
extern const Route agenda_move_routes[];     /* an event to another time */
extern const Route agenda_event_routes[];    /* one of them, its form, what is done with it */
extern const Route agenda_calendar_routes[];   /* the calendars that events belong to */
extern const Route agenda_place_routes[];      /* the book of places */
extern const Route agenda_attachment_routes[]; /* the files of events, also for citizens */
extern const Route agenda_coverage_routes[]; /* the desk's coverages */
extern const Route agenda_answer_routes[];   /* yes or no by a link; what was delivered */
extern const Route agenda_contact_routes[];  /* who covers from outside */
extern const Route agenda_board_routes[];    /* lanes, board and month of coverages */
extern const Route agenda_field_routes[];    /* the page for the telephone, and what makes it an app */
extern const Route agenda_import_routes[];   /* calendars in */
extern const Route agenda_source_routes[];   /* by address, again and again */
extern const Panel agenda_source_panels[];   /* on an event that its source lacks */
extern const Route agenda_feed_routes[];     /* calendars out: the desk's, and secret addresses */
extern const Route agenda_repeat_routes[];   /* series: how an event repeats */
extern const Route agenda_public_routes[];   /* what citizens read */
extern const Panel agenda_panels[];          /* the desk's home */
extern const Panel agenda_public_panels[];   /* the front page */
extern const JobHandler agenda_jobs[];
i64 agenda_menu_count(Ctx *ctx); /* open coverages of who asks */
/* The watch over what nobody covers and what is late: begins it anew, in a transaction, at every start. */
CHECKED bool agenda_watch_begin(Ctx *ctx);
CHECKED bool agenda_watch(Ctx *ctx); /* one round, and the next one queued */
