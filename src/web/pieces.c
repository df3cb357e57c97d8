/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pieces.c: an answer of many pieces is counted, and read piece by piece. */
#include "web/pieces.h"
#include "store/vault.h"

#include <fcntl.h>
#include <unistd.h>

static i64 size_of(const PagePiece *p)
{
    return p->sha256 ? p->size : (i64)p->bytes.size;
}

void page_pieces(Page *page, PagePieces *pieces, const char *tag, const char *type, const char *filename)
{
    pieces->size = 0;
    for (size_t i = 0; i < pieces->count; i++)
        pieces->size += size_of(&pieces->items[i]);
    page->pieces = pieces;
    page->tag = tag;
    page->type = type;
    page->filename = filename;
}

PieceReader piece_reader(const PagePieces *pieces, Vault *vault)
{
    return (PieceReader){.pieces = pieces, .vault = vault, .fd = -1};
}

void piece_reader_close(PieceReader *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
}

/* Whoever goes back begins at the first piece again. */
static void find_piece(PieceReader *r, i64 place)
{
    size_t before = r->at;
    if (place < r->begins)
        r->at = 0, r->begins = 0;
    while (r->at < r->pieces->count && place >= r->begins + size_of(&r->pieces->items[r->at]))
        r->begins += size_of(&r->pieces->items[r->at++]);
    if (r->at != before)
        piece_reader_close(r);
}

static bool open_piece(Ctx *ctx, PieceReader *r, const PagePiece *p)
{
    i64 size = 0;
    if (r->fd >= 0)
        return true;
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    r->fd = vault_fd(ctx, r->vault, p->sha256, &size);
    if (r->fd >= 0 && size != p->size)
        piece_reader_close(r);
    return r->fd >= 0;
}

static i64 read_file(Ctx *ctx, PieceReader *r, const PagePiece *p, i64 from, char *out, size_t n)
{
    if (!open_piece(ctx, r, p))
        return -1;
    ssize_t got = pread(r->fd, out, n, from);
    return got > 0 ? got : -1;
}

/* From one piece; 0: behind the last one. */
static i64 read_some(Ctx *ctx, PieceReader *r, i64 place, char *out, size_t n)
{
    find_piece(r, place);
    if (r->at >= r->pieces->count)
        return 0;
    const PagePiece *p = &r->pieces->items[r->at];
    i64 from = place - r->begins, left = size_of(p) - from;
    size_t wanted = left < (i64)n ? (size_t)left : n;
    if (p->sha256)
        return read_file(ctx, r, p, from, out, wanted);
    memcpy(out, p->bytes.data + from, wanted);
    return (i64)wanted;
}

i64 pieces_read(Ctx *ctx, PieceReader *r, i64 place, char *out, size_t n)
{
    size_t done = 0;
    while (done < n) {
        i64 got = read_some(ctx, r, place + (i64)done, out + done, n - done);
        if (got < 0)
            return -1;
        if (!got)
            break;
        done += (size_t)got;
    }
    return (i64)done;
}
