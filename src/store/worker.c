/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker.c: threads that take jobs from the queue, do them, and say how it went. */
#include "store/worker.h"
#include "base/log.h"

#include <glib.h>

#define LEASE      (2 * CLOCK_MINUTE)
#define LOOK_EVERY (1 * CLOCK_SECOND)

struct Worker {
    const char *db_url;
    Writer *writer;
    const JobHandler *const *handlers;
    const City *(*city)(void *to);
    void *to;
    GThread *threads[16];
    int count;
    GMutex mutex;
    GCond stop_asked;
    bool stopping;
};

/* One job on its way through a thread. */
typedef struct Turn {
    const Job *job;
    const JobHandler *handler;
    void *prepared;
    const char *why;
} Turn;

static const JobHandler *handler_of(const Worker *w, const char *kind)
{
    for (const JobHandler *const *table = w->handlers; *table; table++)
        for (const JobHandler *h = *table; h->kind; h++)
            if (strcmp(h->kind, kind) == 0)
                return h;
    return NULL;
}

static bool lease(Ctx *ctx, void *data)
{
    Turn *turn = data;
    turn->job = queue_lease(ctx, LEASE);
    return !faulted(ctx);
}

static bool apply(Ctx *ctx, void *data)
{
    Turn *turn = data;
    return turn->handler->apply(ctx, turn->job, turn->prepared) && queue_done(ctx, turn->job);
}

static bool fail(Ctx *ctx, void *data)
{
    Turn *turn = data;
    return queue_fail(ctx, turn->job, turn->why);
}

static bool do_job(Worker *w, Ctx *ctx, Turn *turn)
{
    turn->handler = handler_of(w, turn->job->kind);
    if (!turn->handler)
        return fault(ctx, FAULT_BROKEN, "No desk of this program does jobs of the kind %s.", turn->job->kind);
    if (turn->handler->prepare && !turn->handler->prepare(ctx, turn->job, &turn->prepared))
        return false;
    return writer_do(w->writer, ctx, apply, turn);
}

static void say_how(Worker *w, Ctx *ctx, Turn *turn, bool done, i64 began)
{
    i64 ms = (clock_monotonic() - began) / 1000;
    if (done) {
        log_line(LOG_INFO, "job", LOG_T("kind", turn->job->kind), LOG_N("ms", ms));
        return;
    }
    Fault f = fault_take(ctx);
    turn->why = f.what ? f.what : say(ctx, "It did not say why.");
    log_line(LOG_WARN, "job_failed", LOG_T("kind", turn->job->kind), LOG_N("attempt", turn->job->attempts + 1),
             LOG_T("where", f.where), LOG_N("ms", ms));
    if (!writer_do(w->writer, ctx, fail, turn))
        fault_take(ctx); /* the lease was lost: another has the job */
}

/* True when there was a job: look again at once. */
static bool turn_once(Worker *w, Db *db)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = {arena, db, &actor_system, w->city(w->to), clock_now(), {0}};
    Turn turn = {0};
    i64 due = queue_next_due(&ctx);
    if (due == NONE || due > ctx.now || faulted(&ctx))
        return false;
    if (!writer_do(w->writer, &ctx, lease, &turn) || !turn.job)
        return false;
    i64 began = clock_monotonic();
    say_how(w, &ctx, &turn, do_job(w, &ctx, &turn), began);
    return true;
}

static bool wait_a_little(Worker *w)
{
    g_mutex_lock(&w->mutex);
    gint64 until = g_get_monotonic_time() + LOOK_EVERY;
    while (!w->stopping && g_cond_wait_until(&w->stop_asked, &w->mutex, until))
        continue;
    bool go_on = !w->stopping;
    g_mutex_unlock(&w->mutex);
    return go_on;
}

static bool asked_to_stop(Worker *w)
{
    g_mutex_lock(&w->mutex);
    bool stop = w->stopping;
    g_mutex_unlock(&w->mutex);
    return stop;
}

static void *work(void *data)
{
    Worker *w = data;
    const char *why = NULL;
    Db *db = db_open(w->db_url, DB_READ, &why);
    if (!db) {
        log_line(LOG_ERROR, "worker_cannot_read", LOG_T("why", why));
        return NULL;
    }
    do {
        while (!asked_to_stop(w) && turn_once(w, db))
            continue;
    } while (wait_a_little(w));
    db_close(db);
    return NULL;
}

Worker *worker_start(const char *db_url, Writer *writer, const JobHandler *const *handlers,
                     const City *(*city)(void *to), void *to, int threads, const char **why_out)
{
    Db *probe = db_open(db_url, DB_READ, why_out);
    if (!probe)
        return NULL;
    db_close(probe);
    Worker *w = g_new0(Worker, 1);
    *w = (Worker){.db_url = db_url, .writer = writer, .handlers = handlers, .city = city, .to = to};
    g_mutex_init(&w->mutex);
    g_cond_init(&w->stop_asked);
    w->count = threads < 1 ? 1 : threads > (int)COUNT(w->threads) ? (int)COUNT(w->threads) : threads;
    for (int i = 0; i < w->count; i++)
        w->threads[i] = g_thread_new("worker", work, w);
    return w;
}

void worker_stop(Worker *w)
{
    if (!w)
        return;
    g_mutex_lock(&w->mutex);
    w->stopping = true;
    g_cond_broadcast(&w->stop_asked);
    g_mutex_unlock(&w->mutex);
    for (int i = 0; i < w->count; i++)
        g_thread_join(w->threads[i]);
    g_mutex_clear(&w->mutex);
    g_cond_clear(&w->stop_asked);
    g_free(w);
}
