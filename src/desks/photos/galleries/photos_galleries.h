/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_galleries.h: galleries and what of them is public, shared by the files of this folder only. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "store/journal.h"

enum { GALLERY_TITLE_MAX = 160, GALLERY_LEAD_MAX = 600, GALLERY_REASON_MAX = 1000 }; /* characters */

/* ---- photos_gallery_check.c: what must hold ---- */
/* The gallery, when it is still what the caller saw (version NONE: whatever it is). FAULT_STALE. */
Gallery *photos_gallery_in(Ctx *ctx, i64 id, i64 version);
/* Likewise, and nobody is publishing it just now. FAULT_CONFLICT. */
Gallery *photos_gallery_still(Ctx *ctx, i64 id, i64 version);
/* Tidies its words. An event that it had before stays even where it is gone. */
CHECKED bool photos_gallery_check(Ctx *ctx, GalleryDraft *draft, i64 event_before);
/* Each once, at most PHOTOS_AT_ONCE, there and not taken away; those in before need not be looked at. */
CHECKED bool photos_gallery_check_photos(Ctx *ctx, List photos, List before);
CHECKED bool photos_gallery_check_cover(Ctx *ctx, List photos, i64 cover);
CHECKED bool photos_gallery_check_reason(Ctx *ctx, const char *reason);
bool photos_is_among(List ids, i64 id);

/* ---- photos_gallery_store.c ---- */
bool photos_gallery_is_public(Ctx *ctx, i64 id); /* citizens can open it now, perhaps as it was before */

/* ---- photos_gallery_slug.c ---- */
/* Of its title and its event's day (without event: that of `at`), free. before: what it has now stays where it still fits; NULL: none. */
const char *photos_gallery_slug(Ctx *ctx, const char *title, i64 event, i64 at, const char *before);

/* ---- photos_halt.c ---- */
/* A gallery that is being published goes back to where it was; who published it is told why. True also when it is not. */
CHECKED bool photos_gallery_halt(Ctx *ctx, i64 gallery, const char *why);

/* ---- photos_stall.c ---- */
typedef struct GalleryStall { /* why a gallery that is being published does not get there by itself */
    bool stalled;
    i64 photos;            /* pictures whose copies nobody makes any more */
    const char *why;       /* what the last attempt at one of them said; NULL: not known */
} GalleryStall;
/* Publishing it again queues what is missing. */
GalleryStall photos_gallery_stall(Ctx *ctx, const Gallery *gallery);
const char *photos_stall_said(Ctx *ctx, const GalleryStall *stall); /* a sentence: what nobody does any more */
/* That, and what stands against its pictures. */
List photos_gallery_trouble(Ctx *ctx, const Gallery *gallery);      /* of GalleryTrouble */

/* ---- photos_out_name.c: what a download is called ---- */
enum { NAME_RUNS = 16 };
typedef struct OutNames { /* while one gallery is frozen */
    const char *otherwise; /* where the event is not public: the gallery's address */
    struct {
        const char *base;
        int last;
    } runs[NAME_RUNS];
    List known;            /* of the names that its pictures have already */
} OutNames;
OutNames photos_out_names(Ctx *ctx, const Gallery *gallery);
const char *photos_out_name(Ctx *ctx, OutNames *names, const Photo *photo);

/* ---- photos_out.c ---- */
/* In no public gallery any more: not public any more. True also when it is in one. */
CHECKED bool photos_leave_public(Ctx *ctx, i64 photo, const char *why);
/* Its address answers 410 with the reason, and its pictures are public only where another gallery shows them. */
CHECKED bool photos_gallery_take_down(Ctx *ctx, i64 gallery, const char *reason);

/* ---- photos_freeze.c ---- */
/* The first that stands against publishing it, with the picture's name; NULL: nothing does. */
const char *photos_gallery_obstacle(Ctx *ctx, const Gallery *gallery);
/* Public as it stands at the desk when nothing is in its way and every copy is made; halted where something is. */
CHECKED bool photos_gallery_freeze(Ctx *ctx, i64 gallery);
