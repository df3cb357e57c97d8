/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* writer.h: one thread writes; whoever asked is answered after the fsync.
 *
 *   submit --> queue --> BEGIN, a SAVEPOINT for each job, COMMIT --> done() of each job
 *
 * All jobs that wait when a commit ends share the next one (group commit): 64 clients cost one fsync.
 * A job that faults is rolled back to its savepoint and hurts nobody else. When the COMMIT itself
 * fails, every job of the batch gets that fault and nothing of it is in the database. */
#pragma once
#include "store/db.h"

typedef struct Writer Writer;

/* work runs on the writer's thread with ctx->db set to the writing connection, and must be quick. What it
 * returns decides: false, or a fault in ctx, takes back what it wrote.  done runs on the writer's thread
 * after the commit (or the failure, then ctx->fault says why) and must not block.  A job that is refused
 * is told by done on the thread that submits it.  ctx is the caller's and must live until done; its
 * own db is back in place by then.  A ctx that has a fault already is not worked on. */
typedef struct WriterJob WriterJob;
struct WriterJob {
    Ctx *ctx;
    bool (*work)(Ctx *ctx, WriterJob *job);
    void (*done)(Ctx *ctx, WriterJob *job);
    void *data;
    WriterJob *next; /* the writer's */
};

/* Told once a commit that changed something, before those who asked for it are answered: the journal's
 * lines that nobody was told of yet (first..last id, 0 when none; another node's may be among them) and
 * whether citizens can see it. A commit of another process counts as seen by citizens. */
typedef struct WriterNews {
    i64 journal_first, journal_last;
    bool touched_public;
} WriterNews;
typedef void WriterListener(void *to, const WriterNews *news);

Writer *writer_start(const char *db_url, WriterListener *listener, void *to, const char **why_out);
void writer_submit(Writer *w, WriterJob *job);   /* never blocks; refused with FAULT_BUSY through done() when 10,000 wait or the writer stops */
/* For threads that may wait: runs the work and returns after the commit. */
CHECKED bool writer_do(Writer *w, Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data);
/* Also called a few times a second on the writer's thread when it is idle: notices other processes' commits and tells the listener. */
void writer_stop(Writer *w);                      /* finishes what waits */
size_t writer_waiting(const Writer *w);
u64 writer_commits(const Writer *w);
