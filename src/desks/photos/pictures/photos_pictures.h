/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_pictures.h: what is made of pictures, shared by the files of this folder only. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/queue.h"

/* ---- photos_recipe.c ---- */
bool photos_are_all(List copies); /* of Rendition: everything that citizens get */
/* Slow: a copy without words, for another record. */
CHECKED bool photos_make_master(Ctx *ctx, Media *media, Vault *vault, const Photo *photo, List boxes, const MediaCopy **copy_out);

/* ---- photos_copies.c ---- */
/* Are all copies of the recipe there? */
bool photos_copied(Ctx *ctx, i64 photo, const char *recipe);
const char *photos_job_payload(Ctx *ctx, i64 photo);         /* {"photo":"…"} */
i64 photos_job_photo(Ctx *ctx, const Job *job);              /* 0: it says none */

/* ---- photos_facts.c: what its maker wrote, as this room keeps it ---- */
typedef struct PhotoFound { /* by the job that looked, before the writer's turn */
    MediaFacts facts;
    List copies;            /* of MediaCopy: the desk's */
    const char *trouble;    /* why it cannot be read; NULL: it was read */
} PhotoFound;
/* The photo as it is after looking: facts, its time, and words only where nobody wrote any. */
Photo photos_with_facts(Ctx *ctx, const Photo *photo, const MediaFacts *facts);

/* ---- photos_alike.c ---- */
bool photos_alike(const Photo *one, const Photo *other);     /* frames of a burst, or the same picture again */
CHECKED bool photos_note_look(Ctx *ctx, const Photo *photo); /* for finding it by its look */
i64 photos_twin_of(Ctx *ctx, const Photo *photo);            /* an older one that looks the same; 0: none */
