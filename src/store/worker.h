/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker.h: does the jobs of the queue: threads that lease, work and report.
 *
 * A job runs like a route: prepare() on the worker's own thread with a reading connection, for what is slow; then
 * apply() inside the writer's transaction together with queue_done(), so that a job's result and its
 * end are on disk together or not at all.  A fault in either becomes queue_fail() with the fault's text.
 * While a job runs its lease is made longer, however long it takes: only a worker that died loses it. */
#pragma once
#include "store/queue.h"
#include "store/writer.h"

/* What jobs need besides the database. Any of it may be NULL: a job that cannot do without says so in a fault. */
typedef struct JobTools {
    struct Vault *vault;
    struct Media *media;            /* media/media.h: who works on pictures */
    const struct SealKey *seal_key; /* the city's signature */
    const unsigned char *secret;    /* 32 bytes, as in web/site.h */
} JobTools;

typedef struct JobHandler {
    const char *kind; /* "agenda_extend_series" */
    bool (*prepare)(Ctx *ctx, const Job *job, void **prepared_out); /* may be NULL */
    bool (*apply)(Ctx *ctx, const Job *job, void *prepared);        /* quick */
} JobHandler;

/* What a worker works with; all of it must live until worker_stop(). */
typedef struct WorkerSetup {
    const char *db_url;
    Writer *writer;
    const JobHandler *const *handlers; /* NULL-ended list of {0}-ended tables */
    const City *(*city)(void *to);     /* asked for at each job: settings may be loaded again */
    void *to;
    JobTools tools;
    int threads; /* jobs at once, 1 to WORKER_THREADS_MAX */
    i64 lease;   /* how long a lost worker's job stays undone, us; 0: two minutes */
} WorkerSetup;

enum { WORKER_THREADS_MAX = 16 };

typedef struct Worker Worker;

/* NULL, and why_out as db_open() says, when the database cannot be read. */
Worker *worker_start(const WorkerSetup *setup, const char **why_out);
/* No job begins any more: what is leased and not begun goes back to the queue. Returns at once; NULL is fine. */
void worker_ask_stop(Worker *w);
/* Asks, and returns when the running jobs are done. NULL is fine. */
void worker_stop(Worker *w);
