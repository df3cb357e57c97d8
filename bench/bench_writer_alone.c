/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_writer_alone.c: a writer that commits each job by itself: group commit's peer.
 *
 * It stands behind store/writer.h like the real one and is linked in its place: everything else of
 * the program is the same.  No job waits for another's commit longer than its turn in the queue. */
#include "store/writer.h"

#include <glib.h>

struct Writer {
    GAsyncQueue *queue;
    GThread *thread;
    Ctx ctx;
    WriterListener *listener;
    void *to;
};

static WriterJob stop; /* its address says: no more */

static bool write_alone(Writer *w, WriterJob *job)
{
    if (!db_begin(&w->ctx))
        return false;
    job->ctx->db = w->ctx.db;
    bool done = job->work(job->ctx, job) && !faulted(job->ctx);
    job->ctx->db = NULL;
    if (done)
        return db_commit(&w->ctx);
    db_rollback(&w->ctx);
    return false;
}

static void do_job(Writer *w, WriterJob *job)
{
    fault_take(&w->ctx);
    arena_reset(w->ctx.arena);
    if (!write_alone(w, job) && faulted(&w->ctx))
        fault(job->ctx, FAULT_BUSY, "it was not written");
    else if (w->listener)
        w->listener(w->to, &(WriterNews){0});
    job->done(job->ctx, job);
}

static void *run(void *p)
{
    Writer *w = p;
    for (WriterJob *job; (job = g_async_queue_pop(w->queue)) != &stop;)
        do_job(w, job);
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
    w->queue = g_async_queue_new();
    w->thread = g_thread_new("writer", run, w);
    return w;
}

void writer_submit(Writer *w, WriterJob *job)
{
    g_async_queue_push(w->queue, job);
}

void writer_stop(Writer *w)
{
    if (!w)
        return;
    g_async_queue_push(w->queue, &stop);
    g_thread_join(w->thread);
    g_async_queue_unref(w->queue);
    db_close(w->ctx.db);
    arena_free(w->ctx.arena);
    g_free(w);
}

size_t writer_waiting(const Writer *w)
{
    gint n = g_async_queue_length(w->queue);
    return n > 0 ? (size_t)n : 0;
}

u64 writer_commits(const Writer *w)
{
    return db_commits(w->ctx.db);
}

/* Nobody waits in the measuring program. */
bool writer_do(Writer *w, Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data)
{
    (void)w;
    (void)work;
    (void)data;
    return fault(ctx, FAULT_BROKEN, "this writer is not waited for");
}
