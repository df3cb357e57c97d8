/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_watch.c: the thread that ends what takes too long.
 *
 * libmicrohttpd's timeout is of inactivity: a client that drips a byte a second is never cut.
 * Here every connection has to be through its phase in time.  The socket is shut down, never
 * closed: closing is libmicrohttpd's, and the number might already mean another connection. */
#include "web/server_room.h"
#include "base/clock.h"
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER_TIME  (2 * CLOCK_SECOND)
#define TICK_MOST    (CLOCK_SECOND / 2)
#define CROWDED_IDLE (CLOCK_SECOND)

/* ---- deadlines ---- */

/* When this phase must be over; 0: it may last. */
static i64 due(const Server *s, const Conn *conn, Phase phase, i64 now, bool crowded)
{
    const WebSettings *set = &s->site->settings;
    i64 since = atomic_load_explicit(&conn->since, memory_order_relaxed);
    i64 moved = atomic_load_explicit(&conn->moved, memory_order_relaxed);
    i64 rate = set->body_rate > 0 ? set->body_rate : 1;
    switch (phase) {
    case PHASE_HEAD: return since + set->head_deadline;
    case PHASE_IDLE: return since + (crowded ? CROWDED_IDLE : set->idle + set->head_deadline);
    case PHASE_BODY: /* slower than the rate on average, but for the first seconds */
    case PHASE_ANSWER: return since + set->head_deadline + moved * CLOCK_SECOND / rate;
    default: return 0;
    }
}

static void end_conn(const Conn *conn)
{
    /* Reset, so that the kernel does not keep unsent bytes for somebody who does not take them. */
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    setsockopt(conn->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    shutdown(conn->fd, SHUT_RDWR);
}

static void check_deadlines(Server *s, i64 now)
{
    pthread_mutex_lock(&s->lock);
    bool crowded = s->open > s->site->settings.connections / 8 * 7;
    for (Conn *conn = s->conns; conn; conn = conn->next) {
        Phase phase = atomic_load_explicit(&conn->phase, memory_order_relaxed);
        i64 limit = due(s, conn, phase, now, crowded);
        if (!limit || now < limit)
            continue;
        end_conn(conn);
        if (phase != PHASE_IDLE)
            atomic_fetch_add(&s->cut, 1);
        atomic_store_explicit(&conn->since, now, memory_order_relaxed);
    }
    pthread_mutex_unlock(&s->lock);
}

int watch_busy(Server *s, bool shut_idle, bool shut_all)
{
    int busy = 0;
    pthread_mutex_lock(&s->lock);
    for (Conn *conn = s->conns; conn; conn = conn->next) {
        Phase phase = atomic_load_explicit(&conn->phase, memory_order_relaxed);
        bool idle = phase == PHASE_IDLE || phase == PHASE_HEAD;
        if (shut_all || (shut_idle && idle))
            shutdown(conn->fd, SHUT_RDWR);
        if (phase == PHASE_WORK || (!idle && !shut_all))
            busy++;
    }
    pthread_mutex_unlock(&s->lock);
    return busy;
}

/* ---- lingering: an answer that was given before the whole request came must not be lost in a
 * reset ---- */

void watch_linger(Server *s, int fd)
{
    if (fd < 0)
        return;
    shutdown(fd, SHUT_WR);
    pthread_mutex_lock(&s->lock);
    bool room = s->watching && s->lingering_count < LINGER_MAX;
    if (room) {
        s->lingering[s->lingering_count] = fd;
        s->lingering_until[s->lingering_count++] = clock_monotonic() + LINGER_TIME;
    }
    pthread_mutex_unlock(&s->lock);
    if (!room)
        close(fd);
}

/* Throws away what still comes; true when there is nothing left to wait for. */
static bool drained(int fd)
{
    char scrap[16 * 1024];
    ssize_t n;
    int turns = 0;
    while ((n = recv(fd, scrap, sizeof scrap, MSG_DONTWAIT)) > 0)
        if (++turns > 64)
            return false;
    return n == 0;
}

static void check_lingering(Server *s, i64 now)
{
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < s->lingering_count;) {
        if (!drained(s->lingering[i]) && now < s->lingering_until[i]) {
            i++;
            continue;
        }
        close(s->lingering[i]);
        s->lingering_count--;
        s->lingering[i] = s->lingering[s->lingering_count];
        s->lingering_until[i] = s->lingering_until[s->lingering_count];
    }
    pthread_mutex_unlock(&s->lock);
}

static void close_lingering(Server *s)
{
    for (int i = 0; i < s->lingering_count; i++)
        close(s->lingering[i]);
    s->lingering_count = 0;
}

/* ---- the thread ---- */

static int tick_ms(Server *s)
{
    i64 tick = s->site->settings.head_deadline / 8;
    tick = tick < TICK_MOST ? tick : TICK_MOST;
    pthread_mutex_lock(&s->lock);
    bool lingering = s->lingering_count > 0;
    pthread_mutex_unlock(&s->lock);
    return lingering ? 50 : (int)(tick / 1000) + 1;
}

static void *watch(void *data)
{
    Server *s = data;
    i64 next_beat = 0;
    struct pollfd stop = {.fd = s->watch_wake, .events = POLLIN};
    while (poll(&stop, 1, tick_ms(s)) == 0) {
        i64 now = clock_monotonic();
        check_deadlines(s, now);
        check_lingering(s, now);
        if (now >= next_beat) {
            live_beat(s->site->live, now);
            next_beat = now + CLOCK_SECOND;
        }
    }
    return NULL;
}

bool watch_start(Server *s)
{
    s->watch_wake = eventfd(0, EFD_CLOEXEC);
    s->watching = s->watch_wake >= 0 && pthread_create(&s->watch, NULL, watch, s) == 0;
    return s->watching;
}

void watch_stop(Server *s)
{
    if (!s->watching)
        return;
    u64 one = 1;
    if (write(s->watch_wake, &one, sizeof one) != sizeof one)
        log_line(LOG_ERROR, "watch_not_stopped");
    pthread_join(s->watch, NULL);
    pthread_mutex_lock(&s->lock);
    s->watching = false;
    close_lingering(s);
    pthread_mutex_unlock(&s->lock);
    close(s->watch_wake);
}
