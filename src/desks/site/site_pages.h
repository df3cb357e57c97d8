/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_pages.h: what app hangs of this room. */
#pragma once
#include "web/page.h"
#include "web/frame.h"
#include "web/panel.h"

extern const Route site_routes[];      /* what citizens see */
extern const Route site_about_routes[];  /* who the city is: organisation, contact, privacy, accessibility */
extern const Route site_find_routes[];   /* the public search */
extern const Route site_alert_public_routes[]; /* alerts, CAP */
extern const Route site_alert_routes[];  /* alerts at the desk */
extern const Route site_set_up_routes[]; /* /mesa/sitio */
extern const Route site_verify_routes[]; /* is it official? */
extern const Route site_desk_routes[]; /* the desk's hall */
extern const Panel site_panels[];
extern const Panel site_public_panels[]; /* the front page, and the page of an address that leads nowhere */
extern const Panel site_alert_panels[];  /* above every public page */
i64 site_dead_jobs(Ctx *ctx);          /* for the menu */
i64 site_alerts_waiting(Ctx *ctx);     /* likewise */
void site_look(Ctx *ctx, FrameLook *look_out); /* for the frame */
CHECKED bool site_begin(Ctx *ctx);     /* at start, in a transaction */
