/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rooms.h: the table of contents of the running program. */
#pragma once
#include "store/worker.h"
#include "web/site.h"

extern const Route *const all_routes[];
extern const char *const route_rooms[]; /* whose routes these are: a name for each table of all_routes */
extern const Panel *const all_panels[];
extern const JobHandler *const all_jobs[];
extern const MenuItem desk_menu[], site_menu[];

/* Everything that web is given by the rooms: routes, panels, menus, who a person is, what rights are called. */
void rooms_hang(Site *site);

/* What the rooms want to have going while the program works: jobs that queue themselves again. In a transaction. */
bool rooms_begin(Ctx *ctx, void *unused);
