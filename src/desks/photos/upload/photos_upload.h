/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload.h: pictures on their way in, shared by the files of this folder only: tus 1.0.0 (tus.io/protocols/resumable-upload).
 *
 *   begun --pieces--> … --the last one--> a photo
 *     | PHOTOS_UPLOAD_LIFE without a piece, or taken back: gone, and its bytes too
 *
 * An upload is a row; its bytes are the vault's part of the same id. What was acknowledged is on the disk. The last byte counts
 * only once the photo's record is written: until then the upload says one byte less, so that who was cut off in between (or whose
 * server was) sends that byte again and gets the photo. It is the sender's alone: to anybody else it is not there.
 *
 * With a checksum a piece counts whole or not at all; without one whatever came stays when the connection is cut.
 * Two at one upload: the second is refused (423) while the first is sending; one that sent nothing for five seconds, because its
 * network is gone, loses the upload to the second. HEAD says by Vocero-Held: 1 that a piece would be refused now: a sender whose
 * old connection is still dying need not send five megabytes to hear it. */
#pragma once
#include "base/hash.h"
#include "desks/photos/photos_room.h"
#include "web/page.h"

enum { UPLOAD_NAME_MAX = 200, UPLOADS_UNFINISHED_MAX = 500 };
#define UPLOAD_BYTES_UNFINISHED ((i64)4 * 1024 * 1024 * 1024) /* announced and not whole, of one person */

typedef struct PhotoUpload {
    i64 id, person, event, coverage, size, photo, expires_at, at;
    const char *filename, *metadata;
} PhotoUpload;

/* What a sender announces. */
typedef struct UploadWish {
    const char *filename, *metadata;         /* metadata: Upload-Metadata, word for word */
    i64 size, event, coverage;
} UploadWish;

/* What a piece must hash to. */
typedef struct UploadSum {
    HashKind kind;
    Bytes digest;
} UploadSum;

/* ---- photos_upload_head.c: foreign headers; NULL where there is none. What is wrong is FAULT_MALFORMED with a sentence ---- */
CHECKED bool photos_upload_number(Ctx *ctx, const char *header, const char *value, i64 *n_out); /* 0 and more */
CHECKED bool photos_upload_metadata(Ctx *ctx, const char *value, UploadWish *wish_out);         /* FAULT_INVALID: a name or event is missing */
CHECKED bool photos_upload_checksum(Ctx *ctx, const char *value, UploadSum *sum_out);

/* ---- photos_upload.c: the rules: RIGHT_PHOTOS_UPLOAD, and the sender's own ---- */
const PhotoUpload *photos_upload_find(Ctx *ctx, i64 id);                  /* FAULT_NOT_FOUND; FAULT_GONE when it expired */
CHECKED bool photos_upload_may_begin(Ctx *ctx, const UploadWish *wish);   /* FAULT_TOO_LARGE, FAULT_TOO_MANY */
CHECKED bool photos_upload_begin(Ctx *ctx, i64 id, const UploadWish *wish);
CHECKED bool photos_upload_lives_on(Ctx *ctx, i64 id, i64 *expires_out);  /* a piece came */
CHECKED bool photos_upload_end(Ctx *ctx, i64 id, const char *sha256, i64 *photo_out); /* whole: it becomes a photo */
CHECKED bool photos_upload_forget(Ctx *ctx, i64 id);
/* Some of those that nobody goes on with. ids_out: their parts may go. */
CHECKED bool photos_upload_expire(Ctx *ctx, List *ids_out /* of i64 */);

/* ---- photos_upload_turn.c: one request's bytes ---- */
typedef struct UploadTurn {
    i64 id, at;                              /* at: bytes that are there now, as the sender is told */
    UploadWish wish;
    bool whole, held;                        /* held: another connection is sending */
    const char *sha256;                      /* of a whole one that is no photo yet */
    i64 photo;                               /* it is one already; 0: not yet */
} UploadTurn;
extern const BodySink photos_upload_first, photos_upload_next;            /* of POST and of PATCH */
bool photos_upload_speaks(Ctx *ctx, const Request *req);                  /* FAULT_STALE: another version of the protocol */
PagePrepare photos_upload_prepare_first, photos_upload_prepare_next, photos_upload_prepare_look; /* leave an UploadTurn */
