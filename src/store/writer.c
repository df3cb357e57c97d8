/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* writer.c: the thread that writes: one commit for everybody who waits. */
#include "store/writer.h"
#include "base/log.h"
#include "store/db_driver.h"
#include "store/journal.h"

#include <glib.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    WAITING_MAX = 10000,
    BATCH_MAX = 256,
    LOOK_US = 250 * 1000, /* how often others' commits are looked for */
    SLOW_US = 100 * 1000, /* a job that holds up everybody else */
    HEED_TRIES = 30,      /* then an answer goes out though another node may be behind */
};

struct Writer {
    GThread *thread;
    GMutex lock;
    int bell; /* rung for what is in the queue, and for the end */
    WriterJob *first, *last; /* the queue; lock guards it, waiting and stopping */
    size_t waiting;
    bool stopping;

    GMutex answers; /* guards the answers that writer_do() waits for */

    Ctx ctx; /* the thread's own, for begin, commit and looking */
    WriterListener *listener;
    void *to;
    i64 seen; /* the last journal line that the listener was told of */
    i64 next_look;
    _Atomic u64 commits;
};

/* TAKEN_BACK has its own fault; WRITTEN hopes for the commit; LOST never had its turn. */
typedef enum { TAKEN_BACK, WRITTEN, LOST } Fate;

typedef struct Batch {
    WriterJob *jobs[BATCH_MAX];
    Fate fates[BATCH_MAX];
    size_t count; /* taken from the queue */
    size_t from;  /* the first of the open transaction */
    size_t to;    /* the first behind it */
} Batch;

/* ---- the queue ---- */
static void refuse(WriterJob *job, bool stopping)
{
    if (stopping)
        fault(job->ctx, FAULT_BUSY,
              "Vocero is stopping: nothing was saved. Try again in a moment.");
    else
        fault(job->ctx, FAULT_BUSY,
              "Too many changes wait to be saved: this one was not. Try again in a moment.");
    job->done(job->ctx, job);
}

static void ring(Writer *w)
{
    eventfd_write(w->bell, 1);
}

static void append(Writer *w, WriterJob *job)
{
    if (w->last)
        w->last->next = job;
    else
        w->first = job;
    w->last = job;
    if (w->waiting++ == 0)
        ring(w);
}

void writer_submit(Writer *w, WriterJob *job)
{
    job->next = NULL;
    g_mutex_lock(&w->lock);
    bool stopping = w->stopping;
    bool taken = !stopping && w->waiting < WAITING_MAX;
    if (taken)
        append(w, job);
    g_mutex_unlock(&w->lock);
    if (!taken)
        refuse(job, stopping);
}

size_t writer_waiting(const Writer *w)
{
    Writer *locked = (Writer *)w;
    g_mutex_lock(&locked->lock);
    size_t waiting = w->waiting;
    g_mutex_unlock(&locked->lock);
    return waiting;
}

/* Until the bell rings, there is news from elsewhere, or the time of the next look comes. */
static void rest(Writer *w)
{
    struct pollfd wakers[] = {{w->bell, POLLIN, 0}, {db_news_socket(w->ctx.db), POLLIN, 0}};
    i64 wait_us = w->next_look - g_get_monotonic_time();
    eventfd_t rings;
    poll(wakers, COUNT(wakers), wait_us > 0 ? (int)(wait_us / 1000) + 1 : 0);
    if (wakers[0].revents)
        eventfd_read(w->bell, &rings);
    if (wakers[1].revents)
        w->next_look = 0;
}

/* Waits until there is a job, something to look at, or the end. Called with the lock. */
static void wait_for_work(Writer *w)
{
    while (!w->first && !w->stopping && g_get_monotonic_time() < w->next_look) {
        g_mutex_unlock(&w->lock);
        rest(w);
        g_mutex_lock(&w->lock);
    }
}

static void take(Writer *w, Batch *batch)
{
    batch->count = 0;
    while (w->first && batch->count < BATCH_MAX) {
        WriterJob *job = w->first;
        w->first = job->next;
        batch->jobs[batch->count++] = job;
    }
    if (!w->first)
        w->last = NULL;
    w->waiting -= batch->count;
}

/* ---- one transaction ---- */
static Db *writing(Writer *w)
{
    return w->ctx.db;
}

static bool run_work(Writer *w, WriterJob *job)
{
    Ctx *ctx = job->ctx;
    if (faulted(ctx))
        return false;
    Db *before = ctx->db;
    ctx->db = writing(w);
    i64 began = clock_monotonic();
    bool done = job->work(ctx, job) && !faulted(ctx);
    i64 took = clock_monotonic() - began;
    ctx->db = before;
    if (took > SLOW_US)
        log_line(LOG_WARN, "writer_slow_job", LOG_N("ms", took / 1000));
    return done;
}

/* Alone in its transaction a job needs no savepoint: all of it is rolled back. */
static Fate run_alone(Writer *w, WriterJob *job)
{
    if (run_work(w, job))
        return WRITTEN;
    db_rollback(&w->ctx);
    return TAKEN_BACK;
}

static Fate run_among_others(Writer *w, WriterJob *job)
{
    if (!db_savepoint(&w->ctx))
        return LOST;
    bool done = run_work(w, job);
    if (done && db_release(&w->ctx))
        return WRITTEN;
    db_rollback_to_savepoint(&w->ctx);
    return done ? LOST : TAKEN_BACK;
}

/* Stops early when the whole transaction is lost: a full disk, a server that went away. */
static void run_jobs(Writer *w, Batch *batch)
{
    bool alone = batch->count == 1;
    for (batch->to = batch->from; batch->to < batch->count && !writing(w)->broken; batch->to++) {
        WriterJob *job = batch->jobs[batch->to];
        batch->fates[batch->to] = alone ? run_alone(w, job) : run_among_others(w, job);
    }
}

/* DB_DONE: what the jobs wrote is on disk, or nobody wrote. */
static DbStep save(Writer *w)
{
    Db *db = writing(w);
    if (!db->in_transaction)
        return DB_DONE; /* the only job has failed */
    if (db->broken || !db->done.wrote) {
        DbStep step = db->broken ? db->failed : DB_DONE;
        db_rollback(&w->ctx);
        return step;
    }
    return db_commit(&w->ctx) ? DB_DONE : db->failed;
}

static void tell(Writer *w, i64 first, i64 last, bool touched_public)
{
    WriterNews news = {first, last, touched_public};
    if (last)
        w->seen = last;
    if (w->listener)
        w->listener(w->to, &news);
}

/* The range begins behind the last line that was told: another node's lines may lie between. */
static void tell_own(Writer *w)
{
    const DbDone *done = &writing(w)->done;
    if (done->wrote)
        tell(w, done->journal_last ? w->seen + 1 : 0, done->journal_last, done->touched_public);
}

static void answer(Writer *w, Batch *batch, DbStep step)
{
    for (size_t i = batch->from; i < batch->to; i++) {
        WriterJob *job = batch->jobs[i];
        if (step != DB_DONE && batch->fates[i] != TAKEN_BACK)
            db_fault(job->ctx, writing(w), step, "COMMIT");
        job->done(job->ctx, job);
    }
}

static void fresh(Writer *w)
{
    fault_take(&w->ctx);
    arena_reset(w->ctx.arena);
    w->ctx.now = clock_now();
}

/* ---- others' commits ---- */
static void look(Writer *w)
{
    w->next_look = g_get_monotonic_time() + LOOK_US;
    DbElsewhere what = db_changed_elsewhere(writing(w));
    if (what == ELSEWHERE_NOTHING)
        return;
    fresh(w);
    i64 last = journal_last(&w->ctx);
    bool lines = !faulted(&w->ctx) && last > w->seen;
    tell(w, lines ? w->seen + 1 : 0, lines ? last : 0, what == ELSEWHERE_PUBLIC);
    if (what == ELSEWHERE_PUBLIC)
        db_heed(writing(w));
}

/* Meanwhile others may wait for this node in the same way. */
static void wait_for_others(Writer *w)
{
    bool heeded = db_heeded(writing(w));
    for (int i = 1; i < HEED_TRIES && !heeded; i++) {
        look(w);
        heeded = db_heeded(writing(w));
    }
    if (!heeded)
        log_line(LOG_WARN, "other_node_is_slow");
}

static void lose(Batch *batch)
{
    for (batch->to = batch->from; batch->to < batch->count; batch->to++)
        batch->fates[batch->to] = LOST;
}

/* The listener here, and those of other nodes, hear of a commit before those who asked for it: the pages that they ask for
 * next are new. */
static void run_transaction(Writer *w, Batch *batch)
{
    fresh(w);
    DbStep step;
    if (db_begin(&w->ctx)) {
        run_jobs(w, batch);
        step = save(w);
    } else {
        lose(batch);
        step = writing(w)->failed;
    }
    if (step == DB_DONE)
        tell_own(w);
    if (step == DB_DONE && writing(w)->done.wrote && writing(w)->done.touched_public)
        wait_for_others(w);
    w->commits = db_commits(writing(w));
    answer(w, batch, step);
}

/* ---- the thread ---- */
static void *run(void *p)
{
    Writer *w = p;
    Batch *batch = g_new0(Batch, 1);
    for (;;) {
        g_mutex_lock(&w->lock);
        wait_for_work(w);
        bool over = w->stopping && !w->first;
        take(w, batch);
        g_mutex_unlock(&w->lock);
        if (over)
            break;
        for (batch->from = 0; batch->from < batch->count; batch->from = batch->to)
            run_transaction(w, batch);
        if (db_news_socket(writing(w)) >= 0 || g_get_monotonic_time() >= w->next_look)
            look(w);
    }
    g_free(batch);
    return NULL;
}

Writer *writer_start(const char *db_url, WriterListener *listener, void *to, const char **why_out)
{
    Db *db = db_open(db_url, DB_WRITE, why_out);
    if (!db)
        return NULL;
    Writer *w = g_new0(Writer, 1);
    w->ctx = (Ctx){.arena = arena_new(0), .db = db, .actor = &actor_system, .now = clock_now()};
    w->listener = listener;
    w->to = to;
    g_mutex_init(&w->lock);
    g_mutex_init(&w->answers);
    w->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    w->seen = journal_last(&w->ctx);
    if (fault_take(&w->ctx).kind || w->seen < 0) /* no tables yet */
        w->seen = 0;
    w->next_look = g_get_monotonic_time() + LOOK_US;
    db_heed(db);
    w->thread = g_thread_new("writer", run, w);
    return w;
}

void writer_stop(Writer *w)
{
    if (!w)
        return;
    g_mutex_lock(&w->lock);
    w->stopping = true;
    ring(w);
    g_mutex_unlock(&w->lock);
    g_thread_join(w->thread);
    db_close(w->ctx.db);
    arena_free(w->ctx.arena);
    g_mutex_clear(&w->lock);
    g_mutex_clear(&w->answers);
    close(w->bell);
    g_free(w);
}

u64 writer_commits(const Writer *w)
{
    return w->commits;
}

/* ---- for threads that wait ---- */
typedef struct Waiting {
    WriterJob job;
    Writer *writer;
    bool (*work)(Ctx *ctx, void *data);
    void *data;
    bool done_well, answered;
    GCond wake;
} Waiting;

static bool waiting_work(Ctx *ctx, WriterJob *job)
{
    Waiting *waiting = job->data;
    waiting->done_well = waiting->work(ctx, waiting->data);
    return waiting->done_well;
}

static void waiting_done(Ctx *ctx, WriterJob *job)
{
    (void)ctx;
    Waiting *waiting = job->data;
    Writer *w = waiting->writer;
    g_mutex_lock(&w->answers);
    waiting->answered = true;
    g_cond_signal(&waiting->wake);
    g_mutex_unlock(&w->answers);
}

bool writer_do(Writer *w, Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data)
{
    if (g_thread_self() == w->thread)
        return fault(ctx, FAULT_BROKEN, "the writer cannot wait for itself");
    Waiting waiting = {.writer = w, .work = work, .data = data};
    waiting.job =
        (WriterJob){.ctx = ctx, .work = waiting_work, .done = waiting_done, .data = &waiting};
    g_cond_init(&waiting.wake);
    writer_submit(w, &waiting.job);
    g_mutex_lock(&w->answers);
    while (!waiting.answered)
        g_cond_wait(&waiting.wake, &w->answers);
    g_mutex_unlock(&w->answers);
    g_cond_clear(&waiting.wake);
    return waiting.done_well && !faulted(ctx);
}
