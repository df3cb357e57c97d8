/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_room.h: shared by the files of this room only. */
#pragma once
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/photos/photos.h"
#include "media/media.h"
#include "store/vault.h"
#include "web/html.h"

/* ---- photos_store.c: whoever asks; for rules ---- */
Photo *photos_row(Ctx *ctx, i64 id);                         /* FAULT_NOT_FOUND; also a removed one */
Photo *photos_seen(Ctx *ctx, i64 id);                        /* FAULT_NOT_FOUND also where the actor may not see its event */
List photos_with_copies(Ctx *ctx, List photos);              /* of Photo: each with its desk copies, by rule and without asking */
List photos_boxes(Ctx *ctx, i64 photo);                      /* of PhotoBox: proposed and confirmed ones */
List photos_copies(Ctx *ctx, i64 photo, const char *recipe); /* of Rendition */
Gallery *photos_gallery_row(Ctx *ctx, i64 id);               /* with its items; FAULT_NOT_FOUND */
List photos_gallery_ids(Ctx *ctx, i64 gallery);              /* of const i64, in their order */

/* ---- pictures/photos_recipe.c: what the public copies are made of ---- */
#define PHOTOS_DESK "desk" /* the recipe of what the desk looks at: never public */
/* 12 hex digits over everything that goes into the public copies of the photo as it stands. */
const char *photos_recipe(Ctx *ctx, const Photo *photo, List boxes);

/* ---- pictures/photos_facts.c ---- */
bool photos_is_near(const Photo *photo, const Place *place); /* the camera was there, within 200 m; false where one of them is not known */

/* ---- pictures/: copies ---- */
/* Slow, on a thread that may wait. */
CHECKED bool photos_make(Ctx *ctx, Media *media, Vault *vault, const Photo *photo, List boxes, const char *recipe, List *copies_out);
/* In a transaction. */
CHECKED bool photos_note_copies(Ctx *ctx, i64 photo, const char *recipe, List copies);
CHECKED bool photos_queue_public(Ctx *ctx, i64 photo);       /* makes the public copies of what stands at the desk */
const char *photos_public_key(Ctx *ctx, i64 photo);          /* of the job that makes them; NULL with a fault */

/* ---- pictures/photos_bursts.c ---- */
/* After a picture of the event came, went or moved: who is in a burst about that moment, and which frame is the best. */
CHECKED bool photos_bursts_again(Ctx *ctx, i64 event, i64 moment);

/* ---- galleries/photos_out.c: what is public ---- */
/* Freezes the photo as it stands at the desk; its copies must be there (photo->recipe). */
CHECKED bool photos_put_out(Ctx *ctx, const Photo *photo, const char *name);
/* Out of every public gallery, and none of its copies is given any more; with gone: nor those that other records keep. */
CHECKED bool photos_take_in(Ctx *ctx, i64 photo, bool gone, const char *reason);
CHECKED bool photos_take_in_all(Ctx *ctx, List photos /* of const i64 */, bool gone, const char *reason); /* each gallery is indexed once */
/* After copies of a photo were made: galleries that wait for nothing else become public. */
CHECKED bool photos_galleries_go_on(Ctx *ctx, i64 photo);

/* ---- galleries/photos_keepers.c ---- */
CHECKED bool photos_tell_keepers(Ctx *ctx, i64 photo); /* whether it may be shown has changed */

/* ---- consent/photos_consent_end.c ---- */
/* The job of the next consent's end, or of the next warning, is there. */
CHECKED bool photos_consent_plan(Ctx *ctx);

/* ---- photos_index.c: what the search says of it now ---- */
CHECKED bool photos_index(Ctx *ctx, i64 photo);
CHECKED bool photos_gallery_index(Ctx *ctx, i64 gallery);

/* ---- addresses ---- */
const char *photos_path(Arena *a, i64 photo);                    /* /mesa/fotos/… */
const char *photos_copy_path(Arena *a, i64 photo, const char *variant); /* /mesa/fotos/…/640.jpg: for the desk */
const char *photos_gallery_path(Arena *a, i64 gallery);          /* /mesa/galerias/… */
const char *photos_public_path(Arena *a, const char *slug);      /* /galerias/… */
/* /medios/ID/1280-0123456789ab.webp: the recipe is in it, so it is immutable. */
const char *photos_medium_path(Arena *a, i64 photo, const char *recipe, const char *variant);
