/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pages.h: what app hangs of this room. */
#pragma once
#include "store/queue.h"
#include "store/vault.h"
#include "store/worker.h"
#include "web/page.h"
#include "web/panel.h"

extern const Route press_routes[];          /* the desk: one release and its editor */
extern const Route press_list_routes[];     /* the desk's list */
extern const Route press_way_routes[];      /* to review, publication, correction, withdrawal */
extern const Route press_review_routes[];   /* comments, versions, differences */
extern const Route press_file_routes[];     /* covers and attachments; /medios/:id/:variant */
extern const Route press_photo_routes[];    /* a release's pictures chosen from the photos */
extern const Route press_share_routes[];    /* the card for sharing, the press kit */
extern const Route press_hint_routes[];     /* remarks on a draft */
extern const Route press_set_up_routes[];   /* topics, templates, silence */
extern const Route press_contact_routes[], press_media_list_routes[], press_sending_routes[], press_pickup_routes[]; /* media people */
extern const Route press_accreditation_routes[], press_newsroom_routes[]; /* /prensa */
extern const Route press_embargo_routes[];  /* links for accredited media: at the desk */
extern const Route press_public_routes[];   /* /comunicados */
extern const Route press_preview_routes[];  /* what accredited media read before */
extern const Panel press_panels[], press_public_panels[], press_media_panels[], press_photo_panels[];
extern const JobHandler press_jobs[], press_media_jobs[], press_picture_jobs[], press_kit_jobs[], press_hub_jobs[];
CHECKED bool press_seed(Ctx *ctx);          /* in a new city: topics that offices have, and three templates; what is there stays */
CHECKED bool press_begin(Ctx *ctx);         /* at start: minutes of publication are worked out anew, and their jobs are there */
i64 press_media_menu_count(Ctx *ctx);       /* requests for accreditation that wait */
i64 press_menu_count(Ctx *ctx);             /* what waits for the actor's approval */

/* ---- pictures, for who brings them without a page: the demo, an import (pictures/press_pictures.h) ---- */
typedef struct PictureCopy {
    i64 file, width, height, size;
    const char *variant, *type, *sha256; /* 640.webp, image/webp; where it lies in the vault */
} PictureCopy;
/* What a picture is found to be, and the copies that were made of it: by threads that may wait. */
typedef struct PictureFound {
    i64 width, height, look;  /* NONE: it could not be read */
    const char *trouble;      /* why not; NULL: it could */
    PictureCopy copies[8];
    size_t count;
} PictureFound;
/* Makes those variants that wanted names (NULL: all that are not there yet) into the vault. */
CHECKED bool press_picture_make(Ctx *ctx, struct Media *media, Vault *vault, const char *sha256, const char *wanted, List there, PictureFound *found_out);
/* In a transaction: notes it all, and queues the job that makes what is missing. */
CHECKED bool press_picture_note(Ctx *ctx, i64 file, const PictureFound *found, bool more);
/* For who adds pictures without looking at them (an import): the job looks. */
CHECKED bool press_picture_queue(Ctx *ctx, i64 file);
