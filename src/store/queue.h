/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* queue.h: jobs are rows.  The row is the only scheduler: due time, lease, fencing number, attempts.
 *
 *   waiting --lease--> leased --done--> (deleted)
 *      ^                 | fail: attempts+1, due later (backoff); lease lost: taken by another
 *      +-----------------+ after max attempts --> dead (a person sees it, tries again or drops it)
 *
 * A worker that dies loses its lease and nothing else.  Its fencing number is old by then, so a late
 * "done" or "fail" of its is refused (FAULT_CONFLICT). */
#pragma once
#include "store/db.h"

enum {
    QUEUE_ATTEMPTS = 10,            /* with the backoff below: 23 hours or so */
    QUEUE_PAYLOAD_MAX = 64 * 1024   /* bytes */
};

typedef enum { JOB_WAITING, JOB_LEASED, JOB_DEAD } JobState;
extern const Word job_state_words[];

typedef struct Job {
    i64 id, due_at, leased_until, fence, attempts, max_attempts, created_at;
    JobState state;
    const char *kind;    /* "agenda_extend_series" */
    const char *payload; /* JSON, at most 64 KB */
    const char *key;     /* at most one live job has it; NULL: any number */
    const char *error;   /* what the last attempt said */
    const struct JobTools *tools; /* what the worker that runs it works with: store/worker.h; else NULL */
} Job;
extern const Shape job_shape;

/* In the caller's transaction. With a key that a live job has: that one stays, true. */
CHECKED bool queue_add(Ctx *ctx, const char *kind, const char *key, const char *payload, i64 due_at, i64 *id_out);
/* The next due job of these kinds, leased for lease_us; NULL without a fault when there is none. Writes. */
const Job *queue_lease(Ctx *ctx, i64 lease_us);
CHECKED bool queue_extend(Ctx *ctx, const Job *job, i64 lease_us);
CHECKED bool queue_done(Ctx *ctx, const Job *job);
CHECKED bool queue_fail(Ctx *ctx, const Job *job, const char *why); /* backoff 10 s, 40 s, 160 s … at most 6 h, then dead */
CHECKED bool queue_give_back(Ctx *ctx, const Job *job); /* the worker stops: due now for another, no attempt counted */
bool queue_waits(Ctx *ctx, const char *key); /* a live job has it: one that waits, or is being done */
List queue_dead(Ctx *ctx, i64 limit);
CHECKED bool queue_retry(Ctx *ctx, i64 id); /* a dead one: attempts 0, due now */
CHECKED bool queue_drop(Ctx *ctx, i64 id);  /* a dead one: gone, journalled */
const Job *queue_find(Ctx *ctx, i64 id);    /* FAULT_NOT_FOUND: also when it was done */
/* When there may be something to lease: a due time or the end of a lease. NONE: all is done or dead. */
i64 queue_next_due(Ctx *ctx);
i64 queue_count_dead(Ctx *ctx); /* few; of those that wait there may be very many */
void queue_counts(Ctx *ctx, i64 *waiting_out, i64 *leased_out, i64 *dead_out);
