/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_request.c: the head comes, the body comes, the answer is due.
 *
 * libmicrohttpd calls once with the head, then with each piece of a body, then once more.  An
 * answer given at the first call closes the connection, so only refusals are; the others wait for
 * the last. */
#include "web/server_room.h"
#include "base/clock.h"
#include <strings.h>

/* The head as it is on the stack during the first call. */
typedef struct Head {
    const char *method, *target, *version;
    Header headers[FRAMING_HEADERS_MAX + 1];
    size_t count; /* may be one too many */
    FramingBody body;
    bool get, head;
    /* the headers that the short way looks at; NULL when absent */
    const char *accept, *accept_language, *accept_encoding, *none_match, *modified_since, *range,
        *if_range, *save_data;
    bool authorized;
} Head;

/* ---- reading the head ---- */

static enum MHD_Result take_header(void *to, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    Head *head = to;
    head->headers[head->count++] = (Header){name, value ? value : ""};
    return head->count < COUNT(head->headers) ? MHD_YES : MHD_NO;
}

static void note_header(Head *head, const Header *h)
{
    switch (h->name[0] | 0x20) {
    case 'a':
        if (strcasecmp(h->name, "Accept") == 0)
            head->accept = h->value;
        else if (strcasecmp(h->name, "Accept-Language") == 0)
            head->accept_language = h->value;
        else if (strcasecmp(h->name, "Accept-Encoding") == 0)
            head->accept_encoding = h->value;
        else if (strcasecmp(h->name, "Authorization") == 0)
            head->authorized = true;
        break;
    case 'i':
        if (strcasecmp(h->name, "If-None-Match") == 0)
            head->none_match = h->value;
        else if (strcasecmp(h->name, "If-Modified-Since") == 0)
            head->modified_since = h->value;
        else if (strcasecmp(h->name, "If-Range") == 0)
            head->if_range = h->value;
        break;
    case 'r':
        if (strcasecmp(h->name, "Range") == 0)
            head->range = h->value;
        break;
    case 's':
        if (strcasecmp(h->name, "Save-Data") == 0)
            head->save_data = h->value;
        break;
    default: break;
    }
}

/* libmicrohttpd left NULs where its parser cut; every one must be where it belongs. */
static bool seamless(Conn *conn, const Head *head)
{
    if (MHD_get_version()[0] != '0')
        return true; /* from 1.0 on it looks itself, and does not say where the pieces lay */
    const char *version_end = head->version + strlen(head->version);
    size_t size =
        MHD_get_connection_info(conn->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
    const char *end = head->method + size;
    return head->target == head->method + strlen(head->method) + 1 &&
           head->version == conn->target_end + 1 && version_end + 2 <= end &&
           version_end[1] == '\0' &&
           framing_seamless(version_end + 2, end, head->headers, head->count);
}

static const char *head_wrong(Conn *conn, Head *head, int *status_out)
{
    MHD_get_connection_values(conn->mhd, MHD_HEADER_KIND, take_header, head);
    const char *why = framing_line_wrong(head->method, head->target, head->version, status_out);
    if (why)
        return why;
    if (conn->query && strlen(head->target) + strlen(conn->query) > FRAMING_TARGET_MAX) {
        *status_out = 414;
        return "the address is too long";
    }
    why =
        framing_wrong(head->headers, head->count, head->version[7] == '1', &head->body, status_out);
    if (why)
        return why;
    *status_out = 400;
    return seamless(conn, head) ? NULL : "the head has a NUL, a folded line or a bare line feed";
}

/* "http://host/path" is as good as "/path" (RFC 9112 3.2.2). */
static const char *path_of(const char *target)
{
    if (target[0] == '/' || target[0] == '*')
        return target;
    const char *host = strstr(target, "://");
    const char *path = host ? strchr(host + 3, '/') : NULL;
    return path ? path : "/";
}

/* ---- the short way: assets, and pages in memory by their raw request ---- */

static void make_ready(Conn *conn, const Head *head, Served *page, const Variant *variant)
{
    served_ready(conn, page, variant, head->none_match, head->modified_since);
    conn->step = STEP_READY;
    log_from_memory(conn, head->method, page->address, (int)conn->ready_status, conn->ready_size);
}

static bool take_asset(Conn *conn, const Head *head)
{
    Served *page = asset_served(conn->server, head->target);
    if (!page)
        return false;
    if (head->range && head->get && !head->none_match)
        return false; /* a part is made at the last call, see carry */
    i64 grew = 0;
    make_ready(conn, head, page,
               served_variant(page, codings_wanted(head->accept_encoding), &grew));
    return true;
}

static bool take_quick(Conn *conn, const Head *head)
{
    if (head->authorized || head->range)
        return false;
    char key[RAW_KEY_MAX];
    unsigned codings = codings_wanted(head->accept_encoding);
    size_t n =
        raw_key(head->target, conn->query, head->accept, head->accept_language,
                head->save_data, codings, key);
    PageCache *cache = conn->server->site->cache;
    CacheEntry *entry = n ? cache_quick(cache, key, n, clock_now) : NULL;
    if (!entry)
        return false;
    i64 grew = 0;
    const Variant *variant = served_variant(entry->page, codings, &grew);
    if (grew)
        cache_grew(cache, entry, grew);
    conn->entry = entry;
    make_ready(conn, head, entry->page, variant);
    return true;
}

/* ---- the long way ---- */

static void make_exchange(Conn *conn, const Head *head)
{
    Server *s = conn->server;
    Arena *a = arena_new(0);
    Exchange *ex = arena_new_of(a, Exchange);
    Header *headers = arena_array(a, Header, head->count + 1);
    memcpy(headers, head->headers, head->count * sizeof *headers);
    *ex = (Exchange){
        .site = s->site,
        .ctx = {.arena = a, .actor = &actor_nobody, .city = site_city(s->site), .now = clock_now()},
        .method = head->method,
        .target = head->target,
        .query = conn->query,
        .headers = headers,
        .header_count = head->count,
        .peer = arena_text(a, conn->peer),
        .began = clock_monotonic(),
        .is_head = head->head,
    };
    id_write(ex->request_id, id_new(ex->ctx.now));
    ex->request.address = conn_address(conn, a, headers, head->count);
    conn->ex = ex;
    conn->step = STEP_CARRY;
    conn_phase(conn, PHASE_WORK);
}

/* A body that nobody wants and that is too long to be read for politeness. */
static bool not_worth_reading(const FramingBody *body)
{
    return body->expects || body->chunked || body->length > DRAIN_MAX;
}

static enum MHD_Result body_announced(Conn *conn, const FramingBody *body)
{
    Exchange *ex = conn->ex;
    carry_open(conn);
    conn_phase(conn, PHASE_BODY);
    conn->step = ex->stage == STAGE_BODY ? STEP_BODY : STEP_DRAIN;
    if (conn->step == STEP_BODY || !not_worth_reading(body))
        return MHD_YES;
    conn->linger = true;
    if (ex->stage != STAGE_ANSWER)
        exchange_refuse(ex, FAULT_MALFORMED, say(&ex->ctx, "this address takes no body"));
    return answer(conn);
}

static enum MHD_Result refuse(Conn *conn, int status, const char *why)
{
    atomic_fetch_add(&conn->server->refused, 1);
    conn->linger = true;
    log_line(LOG_INFO, "request_refused", LOG_N("status", status), LOG_T("why", why));
    return answer_plain(conn, status, why);
}

static enum MHD_Result head_came(Conn *conn, const char *method, const char *target,
                                 const char *version)
{
    Head head = {.method = method, .target = target, .version = version};
    int status = 400;
    const char *why = head_wrong(conn, &head, &status);
    if (why)
        return refuse(conn, status, why);
    head.target = path_of(target);
    head.get = strcmp(method, "GET") == 0;
    head.head = strcmp(method, "HEAD") == 0;
    conn->is_head = head.head;
    bool body = head.body.chunked || head.body.length > 0;
    if ((head.get || head.head) && !body) {
        for (size_t i = 0; i < head.count; i++)
            note_header(&head, &head.headers[i]);
        if (take_asset(conn, &head) || take_quick(conn, &head))
            return MHD_YES;
    }
    make_exchange(conn, &head);
    return body ? body_announced(conn, &head.body) : MHD_YES;
}

static enum MHD_Result body_came(Conn *conn, const char *bytes, size_t n)
{
    atomic_fetch_add_explicit(&conn->moved, (i64)n, memory_order_relaxed);
    if (conn->step == STEP_BODY) {
        if (!exchange_body(conn->ex, bytes, n))
            conn->step = STEP_DRAIN;
        return MHD_YES;
    }
    conn->drained += (i64)n;
    if (conn->drained <= DRAIN_MAX)
        return MHD_YES;
    if (conn->ex->stage != STAGE_ANSWER)
        exchange_refuse(conn->ex, FAULT_TOO_LARGE,
                        say(&conn->ex->ctx, "this address takes no such body"));
    return answer_raw(conn);
}

static enum MHD_Result body_ended(Conn *conn)
{
    if (conn->step == STEP_BODY)
        exchange_closed(conn->ex);
    conn->step = STEP_CARRY;
    conn_phase(conn, PHASE_WORK);
    return carry(conn);
}

enum MHD_Result request_step(void *server, struct MHD_Connection *mhd, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **con_cls)
{
    (void)server;
    (void)mhd;
    Conn *conn = *con_cls;
    if (*upload_size > 0) {
        enum MHD_Result result = body_came(conn, upload, *upload_size);
        *upload_size = 0;
        return result;
    }
    switch (conn->step) {
    case STEP_HEAD: return head_came(conn, method, url, version);
    case STEP_BODY:
    case STEP_DRAIN: return body_ended(conn);
    case STEP_READY: return answer_ready(conn);
    case STEP_WAITED:
    case STEP_CARRY: return carry(conn);
    }
    return MHD_NO;
}
