/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_stream.c: a viewer's connection: a response that never ends, suspended while there is nothing to say. */
#include "web/server_room.h"
#include "base/clock.h"
#include <stdlib.h>
#include <sys/socket.h>

enum {
    BLOCK = 1024,            /* bytes that libmicrohttpd asks for at once; it keeps as many a viewer */
    SEND_BUFFER = 16 * 1024, /* the kernel doubles it; a slow viewer must not take megabytes there */
    REPLAY_MAX = 256 * 1024
};

static void rest(void *conn)
{
    MHD_suspend_connection(((Conn *)conn)->mhd);
}

static void wake(void *conn)
{
    MHD_resume_connection(((Conn *)conn)->mhd);
}

static void cut(void *conn)
{
    shutdown(((Conn *)conn)->fd, SHUT_RDWR);
}

const LiveHands stream_hands = {.rest = rest, .wake = wake, .cut = cut};

static ssize_t read_more(void *viewer, uint64_t position, char *out, size_t max)
{
    (void)position;
    ssize_t n = live_read(viewer, out, max, clock_monotonic());
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void leave(void *viewer)
{
    live_leave(viewer);
}

static i64 last_event(const Exchange *ex)
{
    const char *text = exchange_header(ex, "Last-Event-ID");
    char *end = NULL;
    long long id = text && *text >= '0' && *text <= '9' ? strtoll(text, &end, 10) : 0;
    return end && !*end ? (i64)id : NONE;
}

/* What the ring no longer has comes from the database. */
static void replay(Exchange *ex, Viewer *v, i64 after, Db *reader)
{
    const Stream *stream = ex->page.stream;
    if (!stream->replay || !live_needs_replay(v) || !reader)
        return;
    Buf *out = buf_new(ex->ctx.arena, 4096, REPLAY_MAX);
    ex->ctx.db = reader;
    stream->replay(&ex->ctx, after, out);
    ex->ctx.db = NULL;
    if (!faulted(&ex->ctx) && !buf_over(out))
        live_prepend(v, buf_data(out), buf_size(out));
}

static Viewer *join(Conn *conn)
{
    static const char hello[] = "retry: 3000\n\n";
    Exchange *ex = conn->ex;
    i64 after = last_event(ex);
    Viewer *v = live_join(conn->server->site->live, ex->page.stream->channel, after, conn);
    live_prepend(v, hello, strlen(hello));
    replay(ex, v, after, lane_reader(lane_here(conn->server)));
    return v;
}

enum MHD_Result stream_start(Conn *conn)
{
    Exchange *ex = conn->ex;
    answer_make(conn);
    if (ex->status != 200 || conn->is_head)
        return answer(conn);
    int room = SEND_BUFFER;
    setsockopt(conn->fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_more, join(conn), leave);
    if (!response)
        return MHD_NO;
    answer_add_headers(response, ex);
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    MHD_add_response_header(response, "Connection", "close");
    lane_count(lane_here(conn->server), 200, clock_monotonic() - ex->began);
    exchange_log(ex, 0);
    exchange_drop(ex); /* a viewer must not hold an arena for hours */
    conn->ex = NULL;
    free(conn->query);
    conn->query = NULL;
    conn_phase(conn, PHASE_STREAM);
    enum MHD_Result queued = MHD_queue_response(conn->mhd, 200, response);
    MHD_destroy_response(response);
    return queued;
}
