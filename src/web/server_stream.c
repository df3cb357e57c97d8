/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_stream.c: viewers: thousands of sockets on one thread that only ever writes.
 *
 * A viewer's request is read by libmicrohttpd; then its socket is taken over (a second descriptor
 * of it; the daemon's own is closed, and in turbo mode closing does not shut the socket down).
 * So a viewer costs some hundred bytes instead of a connection's memory, a client that went away
 * is noticed at once, and libmicrohttpd, which looks through all suspended connections whenever
 * one is resumed, has none of these to look through. */
#include "web/server_room.h"
#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PIECE = 16 * 1024, /* read from the channel at once */
    SEND_BUFFER =
        16 * 1024, /* the kernel doubles it; a slow viewer must not take megabytes there */
    REPLAY_MAX = 256 * 1024,
    EVENTS_AT_ONCE = 256
};

/* One viewer's socket; the stream thread's, but for the links of the list of those that are to be
 * served. */
typedef struct Outlet {
    Server *server;
    Viewer *viewer;
    int fd;
    bool polled;
    u64 address_key;
    char *unsent; /* what the socket did not take; NULL: nothing */
    size_t unsent_size, unsent_done;
    struct Outlet *next, **at;         /* among all; under lock */
    struct Outlet *due_next, **due_at; /* at NULL: not in the list; under lock */
} Outlet;

struct Streams {
    Server *server;
    pthread_t thread;
    pthread_mutex_t lock; /* taken after a channel's */
    Outlet *all, *due;
    int epoll, wake;
    bool stopping;
};

/* ---- who is to be served ---- */

static void ring(const Streams *st)
{
    u64 one = 1;
    if (write(st->wake, &one, sizeof one) != sizeof one)
        log_line(LOG_ERROR, "streams_not_woken");
}

static void wake(void *outlet)
{
    Outlet *o = outlet;
    Streams *st = o->server->streams;
    pthread_mutex_lock(&st->lock);
    bool first = !st->due;
    if (!o->due_at) {
        o->due_next = st->due;
        o->due_at = &st->due;
        if (o->due_next)
            o->due_next->due_at = &o->due_next;
        st->due = o;
    }
    pthread_mutex_unlock(&st->lock);
    if (first)
        ring(st);
}

/* With the lock. */
static void undue(Outlet *o)
{
    if (!o->due_at)
        return;
    *o->due_at = o->due_next;
    if (o->due_next)
        o->due_next->due_at = o->due_at;
    o->due_at = NULL;
}

static Outlet *next_due(Streams *st)
{
    pthread_mutex_lock(&st->lock);
    Outlet *o = st->due;
    if (o)
        undue(o);
    pthread_mutex_unlock(&st->lock);
    return o;
}

static void cut(void *outlet)
{
    shutdown(((Outlet *)outlet)->fd, SHUT_RDWR);
}

const LiveHands stream_hands = {.wake = wake, .cut = cut};

/* ---- the thread ---- */

static void forget(Outlet *o)
{
    Server *s = o->server;
    live_leave(o->viewer); /* nobody wakes it after this */
    pthread_mutex_lock(&s->streams->lock);
    undue(o);
    *o->at = o->next;
    if (o->next)
        o->next->at = o->at;
    pthread_mutex_unlock(&s->streams->lock);
    /* Said, not left to close(): as long as libmicrohttpd has its descriptor, the socket would
     * stay in the poll. */
    epoll_ctl(s->streams->epoll, EPOLL_CTL_DEL, o->fd, NULL);
    close(o->fd);
    conn_left(s, o->address_key);
    free(o->unsent);
    free(o);
}

typedef enum { SENT, FULL, LOST } SendFate;

static SendFate send_bytes(int fd, const char *bytes, size_t n, size_t *done_out)
{
    ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
    *done_out = sent > 0 ? (size_t)sent : 0;
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return LOST;
    return *done_out == n ? SENT : FULL;
}

static SendFate send_unsent(Outlet *o)
{
    size_t done;
    SendFate fate =
        send_bytes(o->fd, o->unsent + o->unsent_done, o->unsent_size - o->unsent_done, &done);
    o->unsent_done += done;
    if (fate == SENT) {
        free(o->unsent);
        o->unsent = NULL;
    }
    return fate;
}

static void keep_unsent(Outlet *o, const char *bytes, size_t n)
{
    o->unsent = malloc(n);
    memcpy(o->unsent, bytes, n);
    o->unsent_size = n;
    o->unsent_done = 0;
}

/* Sends until there is nothing left (the viewer rests) or the socket is full (the poll tells when
 * not); false: it is over. */
static bool serve(Outlet *o, i64 now)
{
    char bytes[PIECE];
    SendFate fate = o->unsent ? send_unsent(o) : SENT;
    while (fate == SENT) {
        size_t done = 0;
        ssize_t n = live_read(o->viewer, bytes, sizeof bytes, now);
        if (n <= 0)
            return n == 0;
        fate = send_bytes(o->fd, bytes, (size_t)n, &done);
        if (fate == FULL)
            keep_unsent(o, bytes + done, (size_t)n - done);
    }
    return fate == FULL;
}

/* A viewer says nothing after its request; what it does say is thrown away. */
static bool still_there(int fd)
{
    char scrap[512];
    ssize_t n;
    while ((n = recv(fd, scrap, sizeof scrap, MSG_DONTWAIT)) > 0)
        ;
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static void handle(Outlet *o, unsigned events, i64 now)
{
    bool there = !(events & (EPOLLHUP | EPOLLERR)) &&
                 (!(events & (EPOLLIN | EPOLLRDHUP)) || still_there(o->fd));
    if (there && (events & EPOLLOUT) && o->unsent)
        there = serve(o, now);
    if (!there)
        forget(o);
}

/* A new viewer is polled from its first turn on, by this thread: another could find it gone
 * already. */
static bool begin(const Streams *st, Outlet *o)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = o};
    o->polled = true;
    return epoll_ctl(st->epoll, EPOLL_CTL_ADD, o->fd, &event) == 0;
}

static void serve_due(Streams *st)
{
    i64 now = clock_monotonic();
    for (Outlet *o = next_due(st); o; o = next_due(st)) {
        bool there = o->polled || begin(st, o);
        if (!there || (!o->unsent && !serve(o, now)))
            forget(o);
    }
}

static void hear_ring(const Streams *st)
{
    u64 count;
    if (read(st->wake, &count, sizeof count) < 0 && errno != EAGAIN)
        log_line(LOG_ERROR, "streams_deaf");
}

static void *run(void *data)
{
    Streams *st = data;
    struct epoll_event events[EVENTS_AT_ONCE];
    bool stop = false;
    while (!stop) {
        int n = epoll_wait(st->epoll, events, EVENTS_AT_ONCE, -1);
        i64 now = clock_monotonic();
        for (int i = 0; i < n; i++)
            if (events[i].data.ptr)
                handle(events[i].data.ptr, events[i].events, now);
            else
                hear_ring(st);
        serve_due(st);
        pthread_mutex_lock(&st->lock);
        stop = st->stopping;
        pthread_mutex_unlock(&st->lock);
    }
    while (st->all)
        forget(st->all);
    return NULL;
}

bool streams_start(Server *s)
{
    Streams *st = calloc(1, sizeof *st);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    s->streams = st;
    st->server = s;
    pthread_mutex_init(&st->lock, NULL);
    st->epoll = epoll_create1(EPOLL_CLOEXEC);
    st->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (st->epoll >= 0 && st->wake >= 0 &&
        epoll_ctl(st->epoll, EPOLL_CTL_ADD, st->wake, &event) == 0 &&
        pthread_create(&st->thread, NULL, run, st) == 0)
        return true;
    close(st->epoll);
    close(st->wake);
    pthread_mutex_destroy(&st->lock);
    free(st);
    s->streams = NULL;
    return false;
}

void streams_stop(Server *s)
{
    Streams *st = s->streams;
    if (!st)
        return;
    pthread_mutex_lock(&st->lock);
    st->stopping = true;
    pthread_mutex_unlock(&st->lock);
    ring(st);
    pthread_join(st->thread, NULL);
    close(st->epoll);
    close(st->wake);
    pthread_mutex_destroy(&st->lock);
    free(st);
    s->streams = NULL;
}

/* ---- a viewer comes ---- */

static void prepend_head(Viewer *v, const Exchange *ex)
{
    Arena *a = ex->ctx.arena;
    Buf *head = buf_new(a, 1024, 64 * 1024);
    buf_printf(head, "HTTP/1.1 200 OK\r\nDate: %s\r\n", clock_http(a, ex->ctx.now));
    for (size_t i = 0; i < ex->out_count; i++)
        buf_printf(head, "%s: %s\r\n", ex->out[i].name, ex->out[i].value);
    /* X-Accel-Buffering: nginx passes events on at once; retry: browsers come back after three
     * seconds */
    buf_text(head, "X-Accel-Buffering: no\r\nConnection: close\r\n\r\nretry: 3000\n\n");
    live_prepend(v, buf_data(head), buf_size(head));
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

static Outlet *outlet_new(Conn *conn, int fd)
{
    Outlet *o = calloc(1, sizeof *o);
    *o = (Outlet){.server = conn->server, .fd = fd, .address_key = conn->address_key};
    int room = SEND_BUFFER;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    return o;
}

/* From here on the thread has it; it may be gone when this returns. */
static void hand_over(Streams *st, Outlet *o)
{
    pthread_mutex_lock(&st->lock);
    o->next = st->all;
    o->at = &st->all;
    if (o->next)
        o->next->at = &o->next;
    st->all = o;
    pthread_mutex_unlock(&st->lock);
    wake(o);
}

enum MHD_Result stream_start(Conn *conn)
{
    Exchange *ex = conn->ex;
    Server *s = conn->server;
    answer_make(conn);
    if (ex->status != 200 || conn->is_head)
        return answer(conn);
    int fd = fcntl(conn->fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return MHD_NO;
    Outlet *o = outlet_new(conn, fd);
    i64 after = last_event(ex);
    o->viewer = live_join(s->site->live, ex->page.stream->channel, after, o);
    prepend_head(o->viewer, ex);
    replay(ex, o->viewer, after, lane_reader(lane_here(s)));
    lane_count(lane_here(s), 200, clock_monotonic() - ex->began);
    exchange_log(ex, 0);
    conn->handed_over = true;
    hand_over(s->streams, o);
    return MHD_NO; /* libmicrohttpd lets go of its descriptor */
}
