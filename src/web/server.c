/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server.c: the daemon: started, told of commits, stopped. */
#include "web/server_room.h"
#include "base/clock.h"
#include "web/router.h"
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    THREADS_MAX = 8,
    POOL_THREADS = 3,
    /* A connection's memory in libmicrohttpd: its half is the first reading buffer, the rest is
     * for the parsed head and the answer's; only touched pages cost. */
    MEMORY_OF_CONNECTION = 16 * 1024,
    DESCRIPTORS_BESIDE = 128
};

static int thread_count(const WebSettings *set)
{
    long cores = set->threads > 0 ? set->threads : sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
}

/* As many descriptors as connections may come, or as the system gives. */
static void raise_descriptors(WebSettings *set)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return;
    rlim_t wanted = (rlim_t)set->connections + DESCRIPTORS_BESIDE;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted)
        return;
    int possible = (int)limit.rlim_cur - DESCRIPTORS_BESIDE;
    log_line(LOG_WARN, "fewer_connections", LOG_N("wanted", set->connections),
             LOG_N("possible", possible));
    set->connections = possible > 16 ? possible : 16;
}

/* The address stays as it came: decoding is the exchange's. */
static size_t leave_escaped(void *to, struct MHD_Connection *mhd, char *text)
{
    (void)to;
    (void)mhd;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(Server *s)
{
    const WebSettings *set = &s->site->settings;
    unsigned idle = (unsigned)((set->idle + CLOCK_SECOND - 1) / CLOCK_SECOND);
    unsigned limit = (unsigned)(set->connections + DESCRIPTORS_BESIDE) * (unsigned)s->threads;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, s->threads > 1 ? s->threads : 0, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)idle, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)limit, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_OF_CONNECTION, NULL},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)conn_notify, s},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)conn_completed, s},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)conn_line, s},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_TURBO |
            MHD_USE_NO_LISTEN_SOCKET,
        0, conn_allowed, s, request_step, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static Server *server_new(Site *site)
{
    Server *s = calloc(1, sizeof *s);
    s->site = site;
    s->listen_fd = -1;
    s->threads = thread_count(&site->settings);
    s->limits = throttle_new();
    pthread_mutex_init(&s->lock, NULL);
    pthread_key_create(&s->lane_key, NULL);
    site->cache = cache_new(site->settings.cache_max);
    site->live = live_new(&stream_hands);
    site->router = router_new(site->routes);
    site->server = s;
    assets_load(s);
    return s;
}

static void server_free(Server *s)
{
    Site *site = s->site;
    site->server = NULL;
    cache_free(site->cache);
    live_free(site->live);
    router_free(site->router);
    site->cache = NULL;
    site->live = NULL;
    site->router = NULL;
    assets_unload(s);
    lanes_free(s);
    throttle_free(s->limits);
    pthread_key_delete(s->lane_key);
    pthread_mutex_destroy(&s->lock);
    if (s->listen_fd >= 0)
        close(s->listen_fd);
    if (s->unix_path)
        unlink(s->unix_path);
    free(s->unix_path);
    free(s->address);
    free(s);
}

static Server *give_up(Server *s, const char *why, const char **why_out)
{
    if (why)
        *why_out = why;
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    watch_stop(s);
    streams_stop(s);
    pool_stop(s->pool);
    server_free(s);
    return NULL;
}

Server *server_start(Site *site, const char **why_out)
{
    raise_descriptors(&site->settings);
    Server *s = server_new(site);
    s->listen_fd = listen_open(site->settings.listen, &s->address, &s->unix_path, why_out);
    if (s->listen_fd < 0)
        return give_up(s, NULL, why_out);
    s->pool = pool_start(POOL_THREADS);
    if (!s->pool || !streams_start(s) || !watch_start(s))
        return give_up(s, "the system gives no more threads", why_out);
    s->daemon = start_daemon(s);
    if (!s->daemon)
        return give_up(s, "libmicrohttpd could not be started: out of memory or descriptors", why_out);
    return accept_start(s) ? s : give_up(s, "the system gives no more threads", why_out);
}

const char *server_address(const Server *s)
{
    return s->address;
}

void server_news(Server *s, const WriterNews *news)
{
    if (news->touched_public)
        cache_new_generation(s->site->cache);
}

bool server_healthy(const Server *s)
{
    return !atomic_load(&s->stopping);
}

/* Nobody new; the socket's file goes too, so that a successor may take its place at once. */
static void stop_listening(Server *s)
{
    accept_stop(s);
    close(s->listen_fd);
    s->listen_fd = -1;
    if (s->unix_path)
        unlink(s->unix_path);
    free(s->unix_path);
    s->unix_path = NULL;
}

void server_stop(Server *s, i64 grace)
{
    if (!s)
        return;
    i64 until = clock_monotonic() + grace;
    atomic_store(&s->stopping, true);
    stop_listening(s);
    live_end(s->site->live);
    while ((watch_busy(s, true, false) || live_viewers(s->site->live)) && clock_monotonic() < until)
        usleep(5000);
    atomic_store(&s->sealed, true); /* also for bodies that were read before their sockets were shut */
    /* What is at the pool or the writer comes back soon, and libmicrohttpd cannot stop before. */
    while (watch_busy(s, true, true) || atomic_load(&s->handed))
        usleep(5000);
    pool_stop(s->pool);
    MHD_stop_daemon(s->daemon);
    watch_stop(s);
    streams_stop(s);
    server_free(s);
}
