/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_pages.h: what app hangs of this room. */
#pragma once
#include "web/page.h"
#include "web/panel.h"

extern const Route site_routes[];      /* what citizens see */
extern const Route site_verify_routes[]; /* is it official? */
extern const Route site_desk_routes[]; /* the desk's hall */
extern const Panel site_panels[];
i64 site_dead_jobs(Ctx *ctx);          /* for the menu */
