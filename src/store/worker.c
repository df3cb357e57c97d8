/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker.c: threads that take jobs from the queue, do them, and say how it went; and one that keeps their leases. */
#include "store/worker.h"
#include "base/log.h"

#include <glib.h>

#define LEASE      (2 * CLOCK_MINUTE)
#define LOOK_EVERY (1 * CLOCK_SECOND)
enum { KEEP_TIMES = 4 }; /* a lease is made longer so many times before it would end */

/* A thread, and the lease that it holds: id and fence of its job, id 0: none. */
typedef struct Hand {
    Worker *worker;
    GThread *thread;
    Job held;
} Hand;

struct Worker {
    WorkerSetup setup;
    Hand hands[WORKER_THREADS_MAX];
    int count;
    GThread *keeper;
    GMutex lock; /* guards what follows, and what each hand holds */
    GCond change;
    bool stopping; /* no job begins any more */
    bool finished; /* no job runs any more */
};

/* One job on its way through a thread. */
typedef struct Turn {
    const Job *job; /* with its tools once it runs */
    const JobHandler *handler;
    void *prepared;
    const char *why;
    i64 lease;
} Turn;

static const JobHandler *handler_of(const Worker *w, const char *kind)
{
    for (const JobHandler *const *table = w->setup.handlers; *table; table++)
        for (const JobHandler *h = *table; h->kind; h++)
            if (strcmp(h->kind, kind) == 0)
                return h;
    return NULL;
}

static Ctx system_ctx(const Worker *w, Arena *arena, Db *db)
{
    return (Ctx){arena, db, &actor_system, w->setup.city(w->setup.to), clock_now(), {0}};
}

/* ---- what runs inside the writer ---- */
static bool lease(Ctx *ctx, void *data)
{
    Turn *turn = data;
    turn->job = queue_lease(ctx, turn->lease);
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

static bool extend(Ctx *ctx, void *data)
{
    Turn *turn = data;
    return queue_extend(ctx, turn->job, turn->lease);
}

static bool give_back(Ctx *ctx, void *data)
{
    Turn *turn = data;
    return queue_give_back(ctx, turn->job);
}

/* ---- a job ---- */
static bool do_job(Worker *w, Ctx *ctx, Turn *turn)
{
    Job *job = arena_new_of(ctx->arena, Job);
    *job = *turn->job;
    job->tools = &w->setup.tools;
    turn->job = job;
    turn->handler = handler_of(w, turn->job->kind);
    if (!turn->handler)
        return fault(ctx, FAULT_BROKEN, "No desk of this program does jobs of the kind %s.", turn->job->kind);
    if (turn->handler->prepare && !turn->handler->prepare(ctx, turn->job, &turn->prepared))
        return false;
    return writer_do(w->setup.writer, ctx, apply, turn);
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
    ctx->now = clock_now(); /* the job may have taken long: the next try is counted from here */
    if (!writer_do(w->setup.writer, ctx, fail, turn))
        fault_take(ctx); /* the lease was lost: another has the job */
}

static void hold(Hand *hand, const Job *job)
{
    g_mutex_lock(&hand->worker->lock);
    hand->held = job ? (Job){.id = job->id, .fence = job->fence} : (Job){0};
    g_mutex_unlock(&hand->worker->lock);
}

static bool asked_to_stop(Worker *w)
{
    g_mutex_lock(&w->lock);
    bool stop = w->stopping;
    g_mutex_unlock(&w->lock);
    return stop;
}

/* True when there was a job: look again at once. */
static bool turn_once(Hand *hand, Db *db)
{
    Worker *w = hand->worker;
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = system_ctx(w, arena, db);
    Turn turn = {.lease = w->setup.lease};
    i64 due = queue_next_due(&ctx);
    if (due == NONE || due > ctx.now || faulted(&ctx))
        return false;
    if (!writer_do(w->setup.writer, &ctx, lease, &turn) || !turn.job)
        return false;
    if (asked_to_stop(w))
        return writer_do(w->setup.writer, &ctx, give_back, &turn);
    i64 began = clock_monotonic();
    hold(hand, turn.job);
    bool done = do_job(w, &ctx, &turn);
    hold(hand, NULL);
    say_how(w, &ctx, &turn, done, began);
    return true;
}

/* ---- the threads ---- */
/* Sleeps until the time is over or the end is near; true: go on. */
static bool rest(Worker *w, const bool *over, i64 us)
{
    i64 until = g_get_monotonic_time() + us;
    g_mutex_lock(&w->lock);
    while (!*over && g_cond_wait_until(&w->change, &w->lock, until))
        continue;
    bool go_on = !*over;
    g_mutex_unlock(&w->lock);
    return go_on;
}

static Db *connect_reader(const Worker *w)
{
    const char *why = NULL;
    Db *db = db_open(w->setup.db_url, DB_READ, &why);
    if (!db)
        log_line(LOG_ERROR, "worker_cannot_read", LOG_T("why", why));
    return db;
}

static void *work(void *data)
{
    Hand *hand = data;
    Worker *w = hand->worker;
    Db *db = NULL;
    do {
        if (!db)
            db = connect_reader(w);
        while (db && !asked_to_stop(w) && turn_once(hand, db))
            continue;
    } while (rest(w, &w->stopping, LOOK_EVERY));
    db_close(db);
    return NULL;
}

static void keep_lease(Worker *w, const Job *held)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = system_ctx(w, arena, NULL);
    Turn turn = {.job = held, .lease = w->setup.lease};
    if (!writer_do(w->setup.writer, &ctx, extend, &turn))
        fault_take(&ctx); /* the job ended just now, or another has it */
}

static Job held_by(Hand *hand)
{
    g_mutex_lock(&hand->worker->lock);
    Job held = hand->held;
    g_mutex_unlock(&hand->worker->lock);
    return held;
}

static void *keep_leases(void *data)
{
    Worker *w = data;
    while (rest(w, &w->finished, w->setup.lease / KEEP_TIMES))
        for (int i = 0; i < w->count; i++) {
            Job held = held_by(&w->hands[i]);
            if (held.id)
                keep_lease(w, &held);
        }
    return NULL;
}

/* ---- the outside ---- */
Worker *worker_start(const WorkerSetup *setup, const char **why_out)
{
    Db *probe = db_open(setup->db_url, DB_READ, why_out);
    if (!probe)
        return NULL;
    db_close(probe);
    Worker *w = g_new0(Worker, 1);
    w->setup = *setup;
    if (!w->setup.lease)
        w->setup.lease = LEASE;
    g_mutex_init(&w->lock);
    g_cond_init(&w->change);
    w->count = CLAMP(setup->threads, 1, WORKER_THREADS_MAX);
    for (int i = 0; i < w->count; i++)
        w->hands[i].worker = w;
    for (int i = 0; i < w->count; i++)
        w->hands[i].thread = g_thread_new("worker", work, &w->hands[i]);
    w->keeper = g_thread_new("leases", keep_leases, w);
    return w;
}

static void raise_flag(Worker *w, bool *flag)
{
    g_mutex_lock(&w->lock);
    *flag = true;
    g_cond_broadcast(&w->change);
    g_mutex_unlock(&w->lock);
}

void worker_ask_stop(Worker *w)
{
    if (w)
        raise_flag(w, &w->stopping);
}

void worker_stop(Worker *w)
{
    if (!w)
        return;
    worker_ask_stop(w);
    for (int i = 0; i < w->count; i++)
        g_thread_join(w->hands[i].thread);
    raise_flag(w, &w->finished); /* running jobs needed their leases until here */
    g_thread_join(w->keeper);
    g_mutex_clear(&w->lock);
    g_cond_clear(&w->change);
    g_free(w);
}
