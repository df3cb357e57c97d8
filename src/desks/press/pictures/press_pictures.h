/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pictures.h: covers and attachments as files: what is taken, the copies of pictures that people get, the press kit.
 *
 * The original lies in the vault as it came and is given at the desk only, as a download.  Everybody else gets copies: smaller,
 * upright, without what cameras write (media/media.h).  They are made by a job, once; the one that the desk shows is
 * made at the upload. */
#pragma once
#include "desks/photos/photos.h"
#include "desks/press/press_pages.h"
#include "desks/press/press_room.h"
#include "store/vault.h"
#include "web/page.h"

/* ---- press_file_type.c ---- */
/* Its media type by what is in it, of those that may be published: PDF, office documents without macros, JPEG, PNG, WebP, text,
 * CSV. NULL with FAULT_UNSUPPORTED and a sentence. */
const char *press_file_type(Ctx *ctx, Bytes file, const char *sniffed, const char *filename);
bool press_is_picture(const char *type);

/* ---- press_copies.c ---- */
#define PRESS_DESK_COPY "640.jpg" /* what the desk shows */

List press_copies(Ctx *ctx, i64 file);                                        /* of PictureCopy, at most 20 */
const PictureCopy *press_copy(Ctx *ctx, i64 file, const char *variant);       /* for the desk; FAULT_NOT_FOUND */
const PictureCopy *press_public_copy(Ctx *ctx, i64 file, const char *variant); /* of a release that is public now */
bool press_picture_complete(Ctx *ctx, i64 file);                              /* are all its copies there? */
const PictureCopy *press_largest(List copies);                                /* the largest JPEG; NULL: none */

/* ---- press_photo_look.c ---- */
Url press_copy_url(Arena *a, i64 file, const char *variant);   /* at the desk: /mesa/comunicados/archivos/…/640.jpg */

/* ---- press_bring.c ---- */
/* What comes to a release was found to be this before the writer's turn. The draft's words and is_cover are the caller's. */
typedef struct Brought {
    FileDraft draft;
    bool is_picture;
    PictureFound found;
} Brought;
/* Slow, for a route's prepare: the first file of the request; FAULT_UNSUPPORTED, FAULT_TOO_LARGE, FAULT_INVALID. */
CHECKED bool press_bring_upload(Ctx *ctx, const Request *req, Brought *out);
CHECKED bool press_bring_photo(Ctx *ctx, const Request *req, i64 photo, Brought *out); /* likewise; with the photo's words */
CHECKED bool press_bring_in(Ctx *ctx, i64 release, i64 version, const Brought *brought, i64 *id_out); /* its copies follow by a job */

/* ---- press_kit.c: all of a release in one ZIP: its text, pictures, captions, attachments, what its code is ---- */
typedef struct PressKit {
    i64 release, number, size, at;
    const char *sha256;     /* where it lies in the vault */
} PressKit;
const PressKit *press_kit(Ctx *ctx, i64 release, i64 number);  /* of an edition; NULL without a fault: not made yet, or gone */
i64 press_kit_gone(Ctx *ctx, i64 release, i64 number);         /* how many photos of the edition must not be shown any more */
bool press_kit_waits(Ctx *ctx, i64 release, i64 number);       /* somebody is about to make it, or to make it anew without them */
/* In the transaction of a publication or correction: the job makes it. */
CHECKED bool press_kit_queue(Ctx *ctx, i64 release, i64 number);
/* Slow: writes the ZIP into the vault, in pieces. Of a release as press_public_whole() or press_as_public() give it; the same
 * release gives the same bytes. FAULT_BUSY while copies of its pictures are still being made. */
CHECKED bool press_kit_make(Ctx *ctx, Vault *vault, const PublicRelease *release, const char **sha256_out, i64 *size_out);
