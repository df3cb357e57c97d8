/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_hop.c: one request through libcurl and its answer, bounded in every direction. */
#include "net/net_room.h"
#include "base/text.h"

#include <glib.h>
#include <pthread.h>
#include <stdlib.h>

#define CONNECT_TIMEOUT (5 * CLOCK_SECOND)

typedef struct Call {
    Ctx *ctx;
    const NetHop *hop;
    NetAnswer answer;
    GByteArray *body; /* the arena's */
    size_t head_bytes, max_bytes;
    bool refused; /* an address that may not be connected to */
    bool too_large;
    bool enough; /* a redirect's head is here */
} Call;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void drop_list(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

static void drop_curl(CURL **curl)
{
    curl_easy_cleanup(*curl);
}

static void release_body(void *body)
{
    g_byte_array_unref(body);
}

/* ---- what libcurl asks and tells ---- */
static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
    Call *call = data;
    if (purpose != CURLSOCKTYPE_IPCXN ||
        !net_address_allowed(&address->addr, call->hop->req->inside_allowed)) {
        call->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* The text behind the name of a header line, or NULL when it is another header or no sound text. */
static const char *value_of(Arena *a, const char *line, const char *name)
{
    size_t n = strlen(name);
    if (g_ascii_strncasecmp(line, name, n) != 0 || line[n] != ':')
        return NULL;
    const char *value = line + n + 1;
    if (!text_valid(value, strlen(value)))
        return NULL;
    value = text_trim(a, value);
    return *value && !text_has_control(value) ? value : NULL;
}

static void note_header(Call *call, const char *line)
{
    NetAnswer *answer = &call->answer;
    const struct {
        const char *name, **value;
    } headers[] = {
        {"Content-Type", &answer->type},           {"ETag", &answer->etag},
        {"Last-Modified", &answer->last_modified}, {"Location", &answer->location},
        {"Retry-After", &answer->retry_after},
    };
    for (size_t i = 0; i < COUNT(headers); i++)
        if (!*headers[i].value)
            *headers[i].value = value_of(call->ctx->arena, line, headers[i].name);
}

static size_t take_header(char *data, size_t size, size_t count, void *to)
{
    Call *call = to;
    size_t n = size * count;
    call->head_bytes += n;
    if (call->head_bytes > NET_HEAD_MAX) {
        call->too_large = true;
        return 0;
    }
    const char *line = arena_copy(call->ctx->arena, data, n);
    if (text_starts(line, "HTTP/")) /* the next answer: this was a 1xx */
        call->answer = (NetAnswer){.status = atoi(line + strcspn(line, " "))};
    else if (!call->body->len) /* not a trailer */
        note_header(call, line);
    return n;
}

bool net_redirects(const NetAnswer *answer)
{
    int s = answer->status;
    return answer->location && (s == 301 || s == 302 || s == 303 || s == 307 || s == 308);
}

static size_t take_body(char *data, size_t size, size_t count, void *to)
{
    Call *call = to;
    size_t n = size * count;
    call->enough = call->hop->follow && net_redirects(&call->answer);
    call->too_large = !call->enough && n > call->max_bytes - call->body->len;
    if (call->enough || call->too_large)
        return 0;
    g_byte_array_append(call->body, (const unsigned char *)data, (unsigned)n);
    return n;
}

/* Bytes as they came: what unpacks to nothing is also counted. */
static int watch(void *to, curl_off_t all, curl_off_t now, curl_off_t up_all, curl_off_t up)
{
    Call *call = to;
    call->too_large = call->too_large || now > (curl_off_t)(call->max_bytes + NET_HEAD_MAX);
    return call->too_large;
}

/* ---- the request ---- */
/* What a stranger may see of a request that was meant for somebody else. */
static bool harmless(const char *header)
{
    static const char *const names[] = {"Accept:", "Accept-Language:", "If-"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (g_ascii_strncasecmp(header, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static bool add_header(struct curl_slist **list, const char *header)
{
    struct curl_slist *longer = curl_slist_append(*list, header);
    if (longer)
        *list = longer;
    return longer != NULL;
}

/* Names without a value take out what libcurl would say by itself. */
static bool headers_of(Ctx *ctx, const NetHop *hop, struct curl_slist **list_out)
{
    bool typed = false, added = add_header(list_out, "Expect:");
    for (const char *const *h = hop->req->headers; added && h && *h; h++) {
        if (strpbrk(*h, "\r\n") || !strchr(*h, ':'))
            return fault(ctx, FAULT_BROKEN, "this is no header: %s", *h);
        typed = typed || g_ascii_strncasecmp(*h, "Content-Type:", 13) == 0;
        added = (hop->foreign && !harmless(*h)) || add_header(list_out, *h);
    }
    added = added && (typed || add_header(list_out, "Content-Type:"));
    if (!added)
        return fault(ctx, FAULT_BROKEN, "libcurl has no memory for headers");
    return true;
}

static void ask_for(CURL *curl, const NetRequest *req)
{
    const char *method = req->method ? req->method : req->body.size ? "POST" : "GET";
    if (req->body.size || text_same(method, "POST")) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, req->body.size ? req->body.data : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)req->body.size);
    }
    if (text_same(method, "HEAD"))
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    else if (!text_same(method, "GET") && !text_same(method, "POST"))
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
}

static void keep_to_ourselves(CURL *curl, Call *call)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* not the environment's */
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* many threads */
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT,
                     1L); /* a resolver that hangs is left behind, not waited for */
}

static void listen_to(CURL *curl, Call *call, i64 left)
{
    i64 connect = left < CONNECT_TIMEOUT ? left : CONNECT_TIMEOUT;
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(left / 1000 + 1));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(connect / 1000 + 1));
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, call);
}

/* ---- the answer ---- */
static bool blame(Ctx *ctx, const Call *call, CURLcode code)
{
    const char *host = net_url_part(ctx->arena, call->hop->url, CURLUPART_HOST);
    if (call->too_large)
        return fault(ctx, FAULT_TOO_LARGE,
                     "%s answered with more than %" PRId64 " KB, which is not taken.", host,
                     ((i64)call->max_bytes + 1023) / 1024);
    if (call->refused)
        return net_inside_fault(ctx, host);
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return fault(ctx, FAULT_BUSY,
                     "%s cannot be found on the Internet. Look whether it is spelt right.", host);
    case CURLE_COULDNT_CONNECT:
        return fault(ctx, FAULT_BUSY, "%s does not answer. Try again later.", host);
    case CURLE_OPERATION_TIMEDOUT:
        return fault(ctx, FAULT_BUSY, "%s did not answer in time. Try again later.", host);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return fault(ctx, FAULT_BUSY,
                     "%s has no valid certificate, so it may be somebody else. Tell its owner.",
                     host);
    default: return fault(ctx, FAULT_BUSY, "%s broke off its answer. Try again later.", host);
    }
}

static CURLcode perform(Call *call, CURL *curl, struct curl_slist *headers, i64 left)
{
    const City *city = call->ctx->city;
    const char *agent = city && city->base_url ? arena_printf(call->ctx->arena, "Vocero/%s (+%s)",
                                                              VOCERO_VERSION, city->base_url)
                                               : "Vocero/" VOCERO_VERSION;
    keep_to_ourselves(curl, call);
    listen_to(curl, call, left);
    ask_for(curl, call->hop->req);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_CURLU, call->hop->url);
    CURLcode code = curl_easy_perform(curl);
    return code == CURLE_WRITE_ERROR && call->enough ? CURLE_OK : code;
}

static size_t bytes_of(const NetRequest *req)
{
    i64 asked = req->max_bytes > 0 ? req->max_bytes : NET_BYTES_MAX;
    return (size_t)(asked < NET_BYTES_CAP ? asked : NET_BYTES_CAP);
}

bool net_hop(Ctx *ctx, const NetHop *hop, NetAnswer *answer_out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_curl);
    CURL *curl CLEANUP(drop_curl)
    = curl_easy_init();
    struct curl_slist *headers CLEANUP(drop_list)
    = NULL;
    Call call = {
        .ctx = ctx,
        .hop = hop,
        .body = g_byte_array_new(),
        .max_bytes = bytes_of(hop->req),
    };
    arena_own(ctx->arena, call.body, release_body);
    if (!curl)
        return fault(ctx, FAULT_BROKEN, "libcurl cannot start");
    if (!headers_of(ctx, hop, &headers))
        return false;
    i64 left = hop->deadline - clock_monotonic();
    CURLcode code = left > 0 ? perform(&call, curl, headers, left) : CURLE_OPERATION_TIMEDOUT;
    if (code != CURLE_OK)
        return blame(ctx, &call, code);
    *answer_out = call.answer;
    answer_out->final_url = net_url_part(ctx->arena, hop->url, CURLUPART_URL);
    answer_out->body = (Bytes){
        .data = call.body->len ? (const char *)call.body->data : "",
        .size = call.body->len,
    };
    return true;
}
