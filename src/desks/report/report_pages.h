/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages.h: what app hangs of this room. */
#pragma once
#include "web/page.h"
#include "web/panel.h"

extern const Route report_routes[];        /* /mesa/informes */
extern const Route report_public_routes[]; /* /informes */
extern const Route report_goal_routes[];   /* /mesa/estrategias/metas: the strategy's goals with what the indicators say */
extern const Panel report_panels[];        /* desk_home */
extern const Panel report_public_panels[]; /* site_home */
