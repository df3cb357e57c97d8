/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_pieces.c: an answer of many pieces leaves: each is read when the socket takes more. */
#include "web/server_room.h"
#include "web/pieces.h"
#include <stdlib.h>

enum { BLOCK = 256 * 1024 };

typedef struct Sending {
    Exchange *ex;     /* ours: the pieces stand in its arena */
    Server *server;
    PieceReader reader;
    i64 first;        /* where the part that was asked for begins */
    u64 generation;   /* of what is public, when it was last seen to be right; 0: not since the server began */
} Sending;

/* Something public changed: is this still to be given? */
static bool may_go_on(Sending *s)
{
    const PagePieces *pieces = s->ex->page.pieces;
    u64 now = cache_figures(s->server->site->cache).generation;
    if (now == s->generation || !pieces->still)
        return true;
    Ctx *ctx = &s->ex->ctx;
    ctx->db = lane_reader(lane_here(s->server));
    bool still = false;
    if (ctx->db) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        still = pieces->still(ctx, pieces->what) && !faulted(ctx);
    }
    ctx->db = NULL;
    s->generation = now;
    return still;
}

static ssize_t send_more(void *data, uint64_t place, char *out, size_t n)
{
    Sending *s = data;
    if (!may_go_on(s))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    i64 got = pieces_read(&s->ex->ctx, &s->reader, s->first + (i64)place, out, n);
    if (got > 0)
        return (ssize_t)got;
    log_line(LOG_ERROR, "piece_lost", LOG_T("id", s->ex->request_id), LOG_N("at", s->first + (i64)place));
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

static void sent(void *data)
{
    Sending *s = data;
    piece_reader_close(&s->reader);
    exchange_drop(s->ex);
    free(s);
}

struct MHD_Response *pieces_response(Server *server, Exchange *ex, i64 first, i64 n)
{
    Sending *s = malloc(sizeof *s);
    *s = (Sending){.ex = ex, .server = server, .reader = piece_reader(ex->page.pieces, ex->site->vault), .first = first};
    struct MHD_Response *response = MHD_create_response_from_callback((uint64_t)n, BLOCK, send_more, s, sent);
    if (!response)
        sent(s);
    return response;
}
