/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_answer.c: an answer leaves: status, headers and bytes become a libmicrohttpd response. */
#include "web/server_room.h"
#include "base/clock.h"
#include <glib.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>

static void drop_with_response(void *ex)
{
    exchange_drop(ex);
}

static void add_exchange_headers(struct MHD_Response *response, const Exchange *ex)
{
    for (size_t i = 0; i < ex->out_count; i++)
        MHD_add_response_header(response, ex->out[i].name, ex->out[i].value);
}

/* ---- the last steps ---- */

static enum MHD_Result queue(Conn *conn, unsigned status, struct MHD_Response *response, i64 size)
{
    conn_phase(conn, PHASE_ANSWER);
    atomic_store_explicit(&conn->moved, size, memory_order_relaxed);
    return MHD_queue_response(conn->mhd, status, response);
}

/* For responses that are this request's only. */
static enum MHD_Result queue_once(Conn *conn, unsigned status, struct MHD_Response *response,
                                  i64 size)
{
    if (!response)
        return MHD_NO;
    if (atomic_load_explicit(&conn->server->stopping, memory_order_relaxed))
        MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result queued = queue(conn, status, response, size);
    MHD_destroy_response(response);
    return queued;
}

static void count(Conn *conn, int status, i64 began, const Arena *arena)
{
    Lane *lane = lane_here(conn->server);
    lane_count(lane, status, clock_monotonic() - began);
    u64 used = arena ? arena_used(arena) : 0;
    if (used > atomic_load_explicit(&lane->arena_max, memory_order_relaxed))
        atomic_store_explicit(&lane->arena_max, used, memory_order_relaxed);
}

/* ---- answers of an exchange ---- */

/* The body stays where it is: the exchange goes when the response does. */
static struct MHD_Response *response_of(Exchange *ex, const char *bytes, size_t n)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        n, (void *)bytes, drop_with_response, ex);
    if (!response) {
        exchange_drop(ex);
        return NULL;
    }
    add_exchange_headers(response, ex);
    if (ex->close)
        MHD_add_response_header(response, "Connection", "close");
    return response;
}

/* Files and the like, given whole from memory, may be asked for in parts. */
static bool part_wanted(const Exchange *ex)
{
    bool file = ex->page.bytes || ex->page.file.data;
    return ex->status == 200 && file && ex->etag && ex->body.size > 0 && !ex->is_head &&
           ex->request.method == GET && exchange_header(ex, "Range");
}

static bool range_still_fits(const char *if_range, const char *etag)
{
    return !if_range || (etag && strcmp(if_range, etag) == 0);
}

static const char *outside_text(i64 size, char out[64])
{
    snprintf(out, 64, "bytes */%" PRId64, size);
    return out;
}

static const char *part_text(i64 first, i64 last, i64 size, char out[64])
{
    snprintf(out, 64, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, first, last, size);
    return out;
}

static enum MHD_Result answer_exchange_part(Conn *conn, Exchange *ex, i64 first, i64 last)
{
    char text[64];
    i64 n = last - first + 1;
    struct MHD_Response *response = response_of(ex, ex->body.data + first, (size_t)n);
    if (response)
        MHD_add_response_header(response, "Content-Range",
                                part_text(first, last, (i64)ex->body.size, text));
    return queue_once(conn, 206, response, n);
}

void answer_make(Conn *conn)
{
    Exchange *ex = conn->ex;
    if (!conn->answered)
        exchange_answer(ex);
    conn->answered = true;
    for (size_t i = 0; conn->retry_after && i < ex->out_count; i++)
        if (strcmp(ex->out[i].name, "Retry-After") == 0)
            ex->out[i].value = arena_printf(ex->ctx.arena, "%" PRId64, conn->retry_after);
}

/* Many pieces: whole, a part of them, or what lies outside of them. */
static enum MHD_Result answer_pieces(Conn *conn, Exchange *ex)
{
    const char *range = exchange_header(ex, "Range");
    i64 size = (i64)ex->body.size, first = 0, last = size - 1;
    bool asked = range && !conn->is_head && range_still_fits(exchange_header(ex, "If-Range"), ex->etag);
    RangeFate fate = asked ? range_read(range, size, &first, &last) : RANGE_WHOLE;
    static const unsigned statuses[] = {[RANGE_WHOLE] = 200, [RANGE_PART] = 206, [RANGE_OUTSIDE] = 416};
    i64 n = fate == RANGE_PART ? last - first + 1 : fate == RANGE_WHOLE ? size : 0;
    char text[64];
    struct MHD_Response *response =
        fate == RANGE_OUTSIDE ? response_of(ex, "", 0) : pieces_response(conn->server, ex, fate == RANGE_PART ? first : 0, n);
    if (!response)
        return MHD_NO;
    if (fate != RANGE_OUTSIDE) /* that one has them already */
        add_exchange_headers(response, ex);
    if (fate != RANGE_WHOLE)
        MHD_add_response_header(response, "Content-Range",
                                fate == RANGE_PART ? part_text(first, last, size, text) : outside_text(size, text));
    return queue_once(conn, statuses[fate], response, conn->is_head ? 0 : n);
}

enum MHD_Result answer(Conn *conn)
{
    Exchange *ex = conn->ex;
    answer_make(conn);
    conn->ex = NULL;
    bool silent = conn->is_head || ex->status == 204 || ex->status == 304;
    i64 size = silent ? 0 : (i64)ex->body.size;
    count(conn, ex->status, ex->began, ex->ctx.arena);
    exchange_log(ex, size);
    if (ex->page.pieces && ex->status == 200)
        return answer_pieces(conn, ex);
    i64 first = 0, last = 0;
    if (part_wanted(ex) && range_still_fits(exchange_header(ex, "If-Range"), ex->etag) &&
        range_read(exchange_header(ex, "Range"), (i64)ex->body.size, &first, &last) == RANGE_PART)
        return answer_exchange_part(conn, ex, first, last);
    unsigned status = (unsigned)ex->status;
    return queue_once(conn, status,
                      response_of(ex, ex->body.data ? ex->body.data : "", ex->body.size), size);
}

enum MHD_Result answer_raw(Conn *conn)
{
    Exchange *ex = conn->ex;
    answer_make(conn);
    Buf *head = buf_new(ex->ctx.arena, 1024, 64 * 1024);
    buf_printf(head, "HTTP/1.1 %d %s\r\n", ex->status,
               MHD_get_reason_phrase_for((unsigned)ex->status));
    for (size_t i = 0; i < ex->out_count; i++)
        buf_printf(head, "%s: %s\r\n", ex->out[i].name, ex->out[i].value);
    buf_printf(head, "Content-Length: %zu\r\nConnection: close\r\n\r\n", ex->body.size);
    buf_add(head, ex->body.data ? ex->body.data : "", ex->body.data ? ex->body.size : 0);
    count(conn, ex->status, ex->began, ex->ctx.arena);
    exchange_log(ex, (i64)ex->body.size);
    /* What does not fit into the socket's buffer is lost: whoever sends so much does not read
     * anyway. */
    if (send(conn->fd, buf_data(head), buf_size(head), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        log_line(LOG_DEBUG, "answer_lost", LOG_T("id", ex->request_id));
    shutdown(conn->fd, SHUT_WR);
    conn->linger = true;
    return MHD_NO;
}

/* ---- answers from memory ---- */

enum MHD_Result answer_ready(Conn *conn)
{
    return queue(conn, conn->ready_status, conn->ready, conn->ready_size);
}

/* The long way ended at a page in memory: from now on the short way knows this raw request too. */
static void learn(Conn *conn, unsigned codings)
{
    const Exchange *ex = conn->ex;
    if (exchange_header(ex, "Authorization"))
        return;
    char key[RAW_KEY_MAX];
    size_t n = raw_key(ex->target, conn->query, exchange_header(ex, "Accept"),
                       exchange_header(ex, "Accept-Language"), exchange_header(ex, "Save-Data"),
                       codings, key);
    if (n)
        cache_quick_add(conn->server->site->cache, key, n, conn->entry);
}

enum MHD_Result answer_entry(Conn *conn)
{
    Exchange *ex = conn->ex;
    Served *page = conn->entry->page;
    unsigned codings = codings_wanted(exchange_header(ex, "Accept-Encoding"));
    i64 grew = 0;
    const Variant *variant = served_variant(page, codings, &grew);
    if (grew)
        cache_grew(conn->server->site->cache, conn->entry, grew);
    served_ready(conn, page, variant, exchange_header(ex, "If-None-Match"),
                 exchange_header(ex, "If-Modified-Since"));
    learn(conn, codings);
    ex->status = (int)conn->ready_status;
    count(conn, ex->status, ex->began, ex->ctx.arena);
    exchange_log(ex, conn->ready_size);
    exchange_drop(ex);
    conn->ex = NULL;
    return answer_ready(conn);
}

static void add_kept_headers(struct MHD_Response *response, const Served *page)
{
    for (size_t i = 0; i < page->header_count; i++)
        MHD_add_response_header(response, page->headers[i].name, page->headers[i].value);
}

enum MHD_Result answer_part(Conn *conn, const Served *page, const char *range, const char *if_range)
{
    i64 size = (i64)page->body.size, first = 0, last = size - 1;
    char text[64];
    RangeFate fate = range_still_fits(if_range, page->etag) ? range_read(range, size, &first, &last)
                                                            : RANGE_WHOLE;
    if (fate != RANGE_PART)
        first = 0, last = fate == RANGE_OUTSIDE ? -1 : size - 1;
    i64 n = last - first + 1;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        (size_t)n, (void *)(page->body.data + first), MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_kept_headers(response, page);
    if (fate != RANGE_WHOLE)
        MHD_add_response_header(response, "Content-Range",
                                fate == RANGE_PART ? part_text(first, last, size, text)
                                                   : outside_text(size, text));
    static const unsigned statuses[] = {
        [RANGE_WHOLE] = 200, [RANGE_PART] = 206, [RANGE_OUTSIDE] = 416};
    log_from_memory(conn, conn->ex->method, page->address, (int)statuses[fate], n);
    return queue_once(conn, statuses[fate], response, n);
}

enum MHD_Result answer_plain(Conn *conn, int status, const char *what)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%d %s: %s\n", status,
                     MHD_get_reason_phrase_for((unsigned)status), what);
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)n, text, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    lane_count(lane_here(conn->server), status, 0);
    return queue_once(conn, (unsigned)status, response, n);
}
