/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker.h: does the jobs of the queue: threads that lease, work and report.
 *
 * A job runs like a route: prepare() on the worker's own thread with a reading connection, for what is slow; then
 * apply() inside the writer's transaction together with queue_done(), so that a job's result and its
 * end are on disk together or not at all.  A fault in either becomes queue_fail() with the fault's text. */
#pragma once
#include "store/queue.h"
#include "store/writer.h"

typedef struct JobHandler {
    const char *kind; /* "agenda_extend_series" */
    bool (*prepare)(Ctx *ctx, const Job *job, void **prepared_out); /* may be NULL */
    bool (*apply)(Ctx *ctx, const Job *job, void *prepared);        /* quick */
} JobHandler;

typedef struct Worker Worker;

/* handlers: NULL-ended list of {0}-ended tables. city is asked for at each job: settings may be loaded again. */
Worker *worker_start(const char *db_url, Writer *writer, const JobHandler *const *handlers,
                     const City *(*city)(void *to), void *to, int threads, const char **why_out);
/* Lets running jobs finish; what is leased and not begun goes back. */
void worker_stop(Worker *w);
