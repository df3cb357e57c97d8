/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_pages.h: what app hangs of this room. */
#pragma once
#include "store/queue.h"
#include "store/worker.h"
#include "web/page.h"
#include "web/panel.h"

extern const Route photos_upload_routes[];  /* tus 1.0: /mesa/fotos/subidas */
extern const Route photos_hand_in_routes[]; /* /mesa/fotos/subir, and POST /mesa/fotos */
extern const Route photos_routes[];         /* the desk: the grid, one photo, its words, marks and boxes */
extern const Route photos_sort_routes[];    /* an event's pictures: culling, handing in */
extern const Route photos_consent_routes[]; /* consent */
extern const Route photos_gallery_routes[]; /* galleries at the desk */
extern const Route photos_figure_routes[];  /* /mesa/fotos/eventos: the events behind a figure */
extern const Route photos_public_routes[];  /* /galerias */
extern const Panel photos_panels[], photos_public_panels[];
extern const JobHandler photos_jobs[], photos_consent_jobs[], photos_upload_jobs[];
CHECKED bool photos_begin(Ctx *ctx);        /* at start: the daily round is queued */
i64 photos_menu_count(Ctx *ctx);            /* pictures of the actor's that wait for a word or a look; 0 for who has none */
