/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pieces.h: an answer that is put together while it is sent: bytes of ours and files of the vault, one after the other.
 *
 * Its size is known before the first byte, parts of it may be asked for, and it is never whole in memory or on disk: an
 * archive of a gigabyte costs one open file and one buffer. */
#pragma once
#include "web/page.h"

typedef struct PagePiece {
    Bytes bytes;          /* of ours, in the request's arena; or */
    const char *sha256;   /* a file of the vault; NULL: bytes */
    i64 size;             /* of that file: what the vault has must be as long */
} PagePiece;

typedef struct PagePieces {
    const PagePiece *items;
    size_t count;
    i64 size;             /* of all together; page_pieces() counts */
    /* Asked again, with a reading connection, when something public changed while it is sent: false ends the connection,
     * so that not one byte more leaves. NULL: nothing is asked. */
    bool (*still)(Ctx *ctx, const void *what);
    const void *what;
} PagePieces;

/* As a download. tag: what tells these bytes from any others, for ETag and If-Range. what and all pieces live as long as the request. */
void page_pieces(Page *page, PagePieces *pieces, const char *tag, const char *type, const char *filename);

/* ---- for the server ---- */
typedef struct PieceReader {
    const PagePieces *pieces;
    struct Vault *vault;
    size_t at;            /* the piece that is read */
    i64 begins;           /* where it begins in the whole */
    int fd;               /* of that piece; -1: none is open */
} PieceReader;
PieceReader piece_reader(const PagePieces *pieces, struct Vault *vault);
/* At most n bytes from place on; what the places go forward is cheap. -1: a file is not what it was announced to be. */
i64 pieces_read(Ctx *ctx, PieceReader *reader, i64 place, char *out, size_t n);
void piece_reader_close(PieceReader *reader);
