/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_conn.c: a connection from its accept to its close, and what must be known of it
 * meanwhile. */
#include "web/server_room.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* ---- who is at the other end ---- */

static void peer_text(const struct sockaddr *addr, char out[PEER_TEXT])
{
    strcpy(out, "unix");
    if (!addr)
        return;
    if (addr->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)addr)->sin_addr, out, PEER_TEXT);
    if (addr->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)addr)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six))
            inet_ntop(AF_INET, &six->s6_addr[12], out, PEER_TEXT);
        else
            inet_ntop(AF_INET6, six, out, PEER_TEXT);
    }
}

/* Is it one of the words of the setting? */
static bool listed(const char *list, const char *address, size_t n)
{
    for (const char *at = list ? list : ""; *at;) {
        at += strspn(at, " ,\t");
        size_t size = strcspn(at, " ,\t");
        if (size == n && strncasecmp(at, address, n) == 0)
            return true;
        at += size;
    }
    return false;
}

static bool is_proxy(const Server *s, const char *peer)
{
    return listed(s->site->settings.proxies, peer, strlen(peer));
}

static const char *value_of(const Header *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(headers[i].name, name) == 0)
            return headers[i].value;
    return NULL;
}

/* The last address of X-Forwarded-For that is no proxy of ours: what stands before it anybody may
 * have written. */
static const char *forwarded(const Server *s, Arena *a, const char *list)
{
    const char *end = list + strlen(list);
    const char *found = NULL;
    while (end > list) {
        const char *start = end;
        while (start > list && start[-1] != ',')
            start--;
        const char *from = start + strspn(start, " \t");
        size_t n = strcspn(from, " \t,");
        unsigned char bytes[16];
        char *text = arena_copy(a, from, n);
        if (inet_pton(AF_INET, text, bytes) != 1 && inet_pton(AF_INET6, text, bytes) != 1)
            break;
        found = text;
        if (!listed(s->site->settings.proxies, text, n))
            break;
        end = start > list ? start - 1 : list;
    }
    return found;
}

const char *conn_address(Conn *conn, Arena *a, const Header *headers, size_t n)
{
    const char *list = conn->proxied ? value_of(headers, n, "X-Forwarded-For") : NULL;
    const char *said = list ? forwarded(conn->server, a, list) : NULL;
    return said ? said : arena_text(a, conn->peer);
}

/* ---- accept ---- */

enum MHD_Result conn_allowed(void *server, const struct sockaddr *addr, socklen_t size)
{
    Server *s = server;
    char peer[PEER_TEXT];
    peer_text(size >= sizeof(sa_family_t) ? addr : NULL, peer);
    const WebSettings *set = &s->site->settings;
    pthread_mutex_lock(&s->lock);
    bool room = s->open < set->connections;
    pthread_mutex_unlock(&s->lock);
    u64 key = throttle_key_of_address(s->limits, peer);
    bool few = strcmp(peer, "unix") == 0 || is_proxy(s, peer) ||
               set->connections_per_address <= 0 ||
               throttle_entered(s->limits, key) < set->connections_per_address;
    if (room && few)
        return MHD_YES;
    atomic_fetch_add(&s->turned_away, 1);
    return MHD_NO;
}

static void register_conn(Server *s, Conn *conn)
{
    pthread_mutex_lock(&s->lock);
    conn->next = s->conns;
    conn->at = &s->conns;
    if (conn->next)
        conn->next->at = &conn->next;
    s->conns = conn;
    s->open++;
    pthread_mutex_unlock(&s->lock);
}

static Conn *started(Server *s, struct MHD_Connection *mhd)
{
    Conn *conn = calloc(1, sizeof *conn);
    conn->server = s;
    conn->mhd = mhd;
    conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    peer_text(MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
              conn->peer);
    conn->proxied = is_proxy(s, conn->peer);
    conn->address_key = throttle_key_of_address(s->limits, conn->peer);
    throttle_enter(s->limits, conn->address_key);
    conn_phase(conn, PHASE_HEAD);
    register_conn(s, conn);
    return conn;
}

void conn_left(Server *s, u64 address_key)
{
    throttle_leave(s->limits, address_key);
    pthread_mutex_lock(&s->lock);
    s->open--;
    pthread_mutex_unlock(&s->lock);
}

/* Comes before libmicrohttpd closes the socket, so that the watch thread never sees a number that
 * means another one. */
static void closed(Server *s, Conn *conn)
{
    pthread_mutex_lock(&s->lock);
    *conn->at = conn->next;
    if (conn->next)
        conn->next->at = conn->at;
    pthread_mutex_unlock(&s->lock);
    if (!conn->handed_over)
        conn_left(s, conn->address_key);
    if (conn->linger)
        watch_linger(s, dup(conn->fd));
    free(conn->query);
    free(conn);
}

void conn_notify(void *server, struct MHD_Connection *mhd, void **socket_context,
                 enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = started(server, mhd);
    } else if (*socket_context) {
        closed(server, *socket_context);
        *socket_context = NULL;
    }
}

/* ---- requests ---- */

/* To a few milliseconds, which is enough for deadlines and costs a fifth. */
static i64 about_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
    return (i64)ts.tv_sec * CLOCK_SECOND + ts.tv_nsec / 1000;
}

void conn_phase(Conn *conn, Phase phase)
{
    atomic_store_explicit(&conn->moved, 0, memory_order_relaxed);
    atomic_store_explicit(&conn->since, about_now(), memory_order_relaxed);
    atomic_store_explicit(&conn->phase, phase, memory_order_relaxed);
}

/* The request line is there, still in one piece: libmicrohttpd cuts the query to pieces after
 * this. */
void *conn_line(void *server, const char *uri, struct MHD_Connection *mhd)
{
    (void)server;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Conn *conn = info->socket_context;
    conn->step = STEP_HEAD;
    const char *mark = strchr(uri, '?');
    conn->target_end = mark ? mark + strlen(mark) : uri + strlen(uri);
    conn->query = mark ? strdup(mark + 1) : NULL;
    conn_phase(conn, PHASE_HEAD);
    return conn;
}

void exchange_drop(Exchange *ex)
{
    if (!ex)
        return;
    Arena *a = ex->ctx.arena; /* the exchange itself lives in it */
    exchange_free(ex);
    arena_free(a);
}

void conn_completed(void *server, struct MHD_Connection *mhd, void **con_cls,
                    enum MHD_RequestTerminationCode code)
{
    (void)server;
    (void)mhd;
    (void)code;
    Conn *conn = *con_cls;
    if (!conn)
        return;
    *con_cls = NULL;
    exchange_drop(conn->ex);
    cache_release(conn->entry);
    free(conn->query);
    conn->ex = NULL;
    conn->entry = NULL;
    conn->query = NULL;
    conn->ready = NULL;
    conn->drained = conn->retry_after = 0;
    conn->opened = conn->alone = conn->is_head = conn->answered = false;
    conn->step = STEP_HEAD;
    conn_phase(conn, PHASE_IDLE);
}
