/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* log.c: lines wait in one buffer; whoever writes takes the whole of it and writes small pieces.
 *
 * A reader of standard error that stands still must not stop the city's page: each piece waits a
 * moment for room, then is left for the next turn; past BUFFER_MAX lines are dropped and counted. */
#include "base/log.h"
#include "base/clock.h"
#include "base/escape.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    LINE_MAX_BYTES = 4000, /* below PIPE_BUF: a line goes into a pipe whole */
    BUFFER_MAX = 1024 * 1024,
    BUFFER_WAKE = 64 * 1024,
    PIECE = 4096,
    TURN_MS = 100,
    PATIENCE_MS = 50,
    LAST_TURNS = 20, /* log_stop() waits a second at the most */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards what follows */
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static char *waiting;
static size_t waiting_size, waiting_room;
static u64 dropped;
static bool running, stopping;
static pthread_t writer;

/* Taken before lock; guards what follows. */
static pthread_mutex_t out_lock = PTHREAD_MUTEX_INITIALIZER;
static char *leaving;
static size_t leaving_size, leaving_room, leaving_done;

static _Atomic int least_level = LOG_INFO;

/* ---- one line ---- */

typedef struct Line {
    char bytes[LINE_MAX_BYTES];
    size_t size;
} Line;

enum { LINE_ROOM = LINE_MAX_BYTES - 32 }; /* what closes a line must always fit */

static void line_add(Line *line, const char *bytes, size_t n)
{
    if (n <= LINE_ROOM - line->size) {
        memcpy(line->bytes + line->size, bytes, n);
        line->size += n;
    }
}

static void line_raw(Line *line, const char *text)
{
    line_add(line, text, strlen(text));
}

/* A text that is too long for the line is cut. */
static void line_quote(Line *line, const char *text)
{
    size_t n = strlen(text);
    line->bytes[line->size++] = '"';
    while (n) {
        char form[ESCAPE_MAX];
        size_t length, used = escape_next(text, n, form, &length);
        if (length + 1 > LINE_ROOM - line->size)
            break;
        line_add(line, form, length);
        text += used;
        n -= used;
    }
    line->bytes[line->size++] = '"';
}

static void line_item(Line *line, const LogItem *item)
{
    char number[24];
    if (line->size + strlen(item->key) * ESCAPE_MAX + 64 > LINE_ROOM)
        return; /* no room for a whole item */
    line_raw(line, ",");
    line_quote(line, item->key);
    line_raw(line, ":");
    if (item->text) {
        line_quote(line, item->text);
    } else {
        snprintf(number, sizeof number, "%" PRId64, item->number);
        line_raw(line, number);
    }
}

static void line_write(Line *line, LogLevel level, const char *event, const LogItem *items,
                       size_t n)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    i64 now = clock_now();
    Wall w = clock_wall(NULL, now);
    line->size = (size_t)snprintf(
        line->bytes, LINE_ROOM, "{\"ts\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\",\"level\":\"%s\"",
        w.year, w.month, w.day, w.hour, w.minute, w.second, (int)(now % CLOCK_SECOND / 1000),
        names[level]);
    line_item(line, &LOG_T("event", event));
    for (size_t i = 0; i < n; i++)
        line_item(line, &items[i]);
    memcpy(line->bytes + line->size, "}\n", 2);
    line->size += 2;
}

/* ---- writing ---- */

/* Takes over what waits; with out_lock. False when there is nothing. */
static bool take_waiting(void)
{
    pthread_mutex_lock(&lock);
    char *bytes = leaving;
    size_t room = leaving_room;
    leaving = waiting;
    leaving_size = waiting_size;
    leaving_room = waiting_room;
    leaving_done = 0;
    waiting = bytes;
    waiting_size = 0;
    waiting_room = room;
    pthread_mutex_unlock(&lock);
    return leaving_size > 0;
}

/* One piece that a pipe takes without blocking; false when there is no room in time. */
static bool write_piece(void)
{
    struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&out, 1, PATIENCE_MS) <= 0)
        return false;
    size_t n = leaving_size - leaving_done;
    ssize_t done = write(STDERR_FILENO, leaving + leaving_done, n < PIECE ? n : PIECE);
    if (done < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    leaving_done += done < 0 ? n : (size_t)done; /* nobody there to read: the lines are lost */
    return true;
}

/* True when everything is out. */
static bool flush(void)
{
    bool out = true;
    i64 deadline = clock_monotonic() + 2 * TURN_MS * 1000;
    pthread_mutex_lock(&out_lock);
    while (out && (leaving_done < leaving_size || take_waiting()))
        out = write_piece() && clock_monotonic() < deadline;
    pthread_mutex_unlock(&out_lock);
    return out;
}

/* Sleeps until somebody says something, then gathers for a turn; with a rest, for a turn only. */
static void wait_for_lines(bool rest)
{
    pthread_mutex_lock(&lock);
    while (!rest && waiting_size == 0 && !stopping)
        pthread_cond_wait(&wake, &lock);
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TURN_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    int late = 0;
    while (waiting_size < BUFFER_WAKE && !stopping && !late)
        late = pthread_cond_clockwait(&wake, &lock, CLOCK_MONOTONIC, &until);
    pthread_mutex_unlock(&lock);
}

static bool must_stop(void)
{
    pthread_mutex_lock(&lock);
    bool stop = stopping;
    pthread_mutex_unlock(&lock);
    return stop;
}

static void *write_lines(void *unused)
{
    (void)unused;
    bool rest = false;
    while (!must_stop()) {
        wait_for_lines(rest);
        rest = !flush();
    }
    return NULL;
}

/* ---- the outside ---- */

void log_level(LogLevel least)
{
    atomic_store(&least_level, (int)least);
}

/* With lock. */
static bool make_room(size_t n)
{
    if (waiting_size + n > BUFFER_MAX)
        return false;
    if (waiting_size + n <= waiting_room)
        return true;
    size_t room = waiting_room ? waiting_room * 2 : 2 * LINE_MAX_BYTES;
    char *bytes = realloc(waiting, room);
    if (!bytes)
        return false;
    waiting = bytes;
    waiting_room = room;
    return true;
}

/* With lock. */
static bool append(const char *bytes, size_t n)
{
    if (!make_room(n))
        return false;
    memcpy(waiting + waiting_size, bytes, n);
    waiting_size += n;
    return true;
}

/* With lock: says how many lines are missing as soon as there is room again. */
static void confess(void)
{
    Line line;
    if (!dropped)
        return;
    line_write(&line, LOG_WARN, "log_dropped", &LOG_N("lines", (i64)dropped), 1);
    if (append(line.bytes, line.size))
        dropped = 0;
}

bool log_wants(LogLevel level)
{
    return (int)level >= atomic_load_explicit(&least_level, memory_order_relaxed) &&
           level < LOG_SILENT;
}

static void put(LogLevel level, const char *bytes, size_t n)
{
    pthread_mutex_lock(&lock);
    confess();
    bool first = waiting_size == 0, was_small = waiting_size < BUFFER_WAKE;
    if (!append(bytes, n))
        dropped++;
    bool at_once = !running || level >= LOG_WARN;
    if (running && (first || (was_small && waiting_size >= BUFFER_WAKE)))
        pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    if (at_once)
        flush();
}

void log_write(LogLevel level, const char *event, const LogItem *items, size_t n)
{
    Line line;
    if (!log_wants(level))
        return;
    line_write(&line, level, event, items, n);
    put(level, line.bytes, line.size);
}

void log_ready(LogLevel level, const char *line, size_t n)
{
    if (log_wants(level))
        put(level, line, n);
}

static void before_fork(void)
{
    pthread_mutex_lock(&out_lock);
    pthread_mutex_lock(&lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&out_lock);
}

/* The child has no writer, and the lines that wait are its parent's. */
static void after_fork_in_child(void)
{
    running = stopping = false;
    wake = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    waiting_size = leaving_size = leaving_done = 0;
    dropped = 0;
    after_fork();
}

static void register_once(void)
{
    pthread_atfork(before_fork, after_fork, after_fork_in_child);
    atexit(log_stop);
}

void log_start(void)
{
    static pthread_once_t registered = PTHREAD_ONCE_INIT;
    pthread_once(&registered, register_once);
    pthread_mutex_lock(&lock);
    if (!running) {
        stopping = false;
        running = pthread_create(&writer, NULL, write_lines, NULL) == 0;
    }
    pthread_mutex_unlock(&lock);
}

void log_stop(void)
{
    pthread_mutex_lock(&lock);
    bool was_running = running;
    running = false;
    stopping = true;
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    if (was_running)
        pthread_join(writer, NULL);
    for (int i = 0; i < LAST_TURNS && !flush(); i++)
        ;
}
