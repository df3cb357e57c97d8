/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages.h: what app hangs of the agenda: addresses, panels, jobs. */
#pragma once
#include "store/worker.h"
#include "web/page.h"
#include "web/panel.h"

extern const Route agenda_routes[];          /* the desk's events as lists */
extern const Route agenda_event_routes[];    /* one of them, its form, what is done with it */
extern const Route agenda_coverage_routes[]; /* the desk's coverages */
extern const Route agenda_import_routes[];   /* calendars in */
extern const Route agenda_public_routes[];   /* what citizens read */
extern const Panel agenda_panels[];          /* the desk's home */
extern const Panel agenda_public_panels[];   /* the front page */
extern const JobHandler agenda_jobs[];
i64 agenda_menu_count(Ctx *ctx); /* open coverages of who asks */
