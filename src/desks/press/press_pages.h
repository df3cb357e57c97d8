/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pages.h: what app hangs of this room. */
#pragma once
#include "store/queue.h"
#include "store/worker.h"
#include "web/page.h"
#include "web/panel.h"

extern const Route press_routes[];          /* the desk: one release and its editor */
extern const Route press_list_routes[];     /* the desk's list */
extern const Route press_way_routes[];      /* to review, publication, correction, withdrawal */
extern const Route press_review_routes[];   /* comments, versions, differences */
extern const Route press_file_routes[];     /* covers and attachments; /medios/:id/:variant */
extern const Route press_share_routes[];    /* the card for sharing, the press kit */
extern const Route press_hint_routes[];     /* remarks on a draft */
extern const Route press_set_up_routes[];   /* topics, templates, silence */
extern const Route press_contact_routes[], press_media_list_routes[], press_sending_routes[], press_pickup_routes[]; /* media people */
extern const Route press_accreditation_routes[], press_newsroom_routes[]; /* /prensa */
extern const Route press_embargo_routes[];  /* links for accredited media: at the desk */
extern const Route press_public_routes[];   /* /comunicados */
extern const Route press_preview_routes[];  /* what accredited media read before */
extern const Panel press_panels[], press_public_panels[], press_media_panels[];
extern const JobHandler press_jobs[], press_media_jobs[], press_picture_jobs[], press_kit_jobs[], press_hub_jobs[];
CHECKED bool press_seed(Ctx *ctx);          /* in a new city: topics that offices have, and three templates; what is there stays */
CHECKED bool press_begin(Ctx *ctx);         /* at start: minutes of publication are worked out anew, and their jobs are there */
i64 press_media_menu_count(Ctx *ctx);       /* requests for accreditation that wait */
i64 press_menu_count(Ctx *ctx);             /* what waits for the actor's approval */
