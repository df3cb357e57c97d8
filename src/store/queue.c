/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* queue.c: jobs as rows; who may take one, who may still speak for it, when it is tried again.
 *
 * due_at is the one instant that a job waits for: its time while it waits, the lease's end while it is
 * leased.  So "the next one" is the first entry of one index, and a lost worker's job becomes due by
 * itself.  Losing the worker counts as an attempt: a job that kills the program cannot do so for
 * ever. */
#include "store/queue.h"
#include "base/id.h"
#include "base/text.h"
#include "store/journal.h"
#include "store_queries.h"

#define BACKOFF_FIRST (10 * CLOCK_SECOND)
#define BACKOFF_MAX   (6 * CLOCK_HOUR)
enum { BACKOFF_FACTOR = 4, ERROR_GRAPHEMES = 500 };

const Word job_state_words[] = {
    [JOB_WAITING] = {"waiting", N_("Waiting")},
    [JOB_LEASED] = {"leased", N_("Being done")},
    [JOB_DEAD] = {"dead", N_("Given up")},
    {0},
};

static const Field job_fields[] = {
    FIELD_ID(Job, id),
    FIELD_TIME(Job, due_at),
    FIELD_TIME(Job, leased_until),
    FIELD_INT(Job, fence),
    FIELD_INT(Job, attempts),
    FIELD_INT(Job, max_attempts),
    FIELD_TIME(Job, created_at),
    FIELD_WORD(Job, state, job_state_words),
    FIELD_TEXT(Job, kind),
    FIELD_HIDDEN(Job, payload, FIELD_TEXT),
    FIELD_TEXT(Job, key),
    FIELD_TEXT(Job, error),
};
const Shape job_shape = SHAPE("job", Job, job_fields);

/* ---- asking for work ---- */
bool queue_add(Ctx *ctx, const char *kind, const char *key, const char *payload, i64 due_at,
               i64 *id_out)
{
    const char *content = payload ? payload : "{}";
    if (strlen(content) > QUEUE_PAYLOAD_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "A job carries at most %d bytes.", QUEUE_PAYLOAD_MAX);
    i64 id = id_new(ctx->now), changed = 0;
    if (!db_change(ctx, &q_store_queue_add, &changed, I(id), T(kind), T(content), T(key), I(due_at),
                   I(QUEUE_ATTEMPTS), I(ctx->now)))
        return false;
    if (changed == 0)
        id = db_number(ctx, &q_store_queue_live, T(key));
    if (faulted(ctx))
        return false;
    if (id_out)
        *id_out = id;
    return true;
}

/* ---- doing it ---- */
static bool bury(Ctx *ctx, const Job *job)
{
    const char *why = say(ctx, "The worker was lost while it did this, again and again.");
    return db_write(ctx, &q_store_queue_bury, I(job->id), I(ctx->now), T(why)) &&
           journal_detail(ctx, "queue_job", job->id, "gave_up", job->kind);
}

const Job *queue_lease(Ctx *ctx, i64 lease_us)
{
    i64 until = ctx->now + lease_us;
    const Job *job = db_maybe(ctx, &q_store_queue_lease, &job_shape, I(ctx->now), I(until));
    while (job && job->state == JOB_DEAD) {
        if (!bury(ctx, job))
            return NULL;
        job = db_maybe(ctx, &q_store_queue_lease, &job_shape, I(ctx->now), I(until));
    }
    return job;
}

/* The row was not there with this fence: another worker has the job, or finished it. */
static bool still_ours(Ctx *ctx, i64 changed)
{
    if (changed == 1)
        return true;
    return fault(ctx, FAULT_CONFLICT,
                 "The lease on this job was lost: another worker has taken it.");
}

bool queue_extend(Ctx *ctx, const Job *job, i64 lease_us)
{
    i64 changed = 0;
    return db_change(ctx, &q_store_queue_extend, &changed, I(job->id), I(job->fence),
                     I(ctx->now + lease_us)) &&
           still_ours(ctx, changed);
}

bool queue_done(Ctx *ctx, const Job *job)
{
    i64 changed = 0;
    return db_change(ctx, &q_store_queue_done, &changed, I(job->id), I(job->fence)) &&
           still_ours(ctx, changed);
}

bool queue_give_back(Ctx *ctx, const Job *job)
{
    i64 changed = 0;
    return db_change(ctx, &q_store_queue_give_back, &changed, I(job->id), I(job->fence),
                     I(ctx->now)) &&
           still_ours(ctx, changed);
}

/* Up to a tenth later or, at the maximum, earlier: jobs that failed together do not come back together.
 * From the id and not from chance, so that it can be tested; the factor spreads neighbouring ids. */
static i64 backoff(const Job *job)
{
    i64 delay = BACKOFF_FIRST;
    for (i64 i = 0; i < job->attempts && delay < BACKOFF_MAX; i++)
        delay *= BACKOFF_FACTOR;
    delay = delay < BACKOFF_MAX ? delay : BACKOFF_MAX;
    u64 spread = ((u64)job->id + (u64)job->attempts) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    i64 jitter = (i64)(spread % (u64)(delay / 10));
    return delay < BACKOFF_MAX ? delay + jitter : delay - jitter;
}

static const char *short_error(Ctx *ctx, const char *why)
{
    if (!why || !text_valid(why, strlen(why)))
        return say(ctx, "It did not say why.");
    return text_clip(ctx->arena, why, ERROR_GRAPHEMES);
}

bool queue_fail(Ctx *ctx, const Job *job, const char *why)
{
    bool last = job->attempts + 1 >= job->max_attempts;
    i64 due_at = ctx->now + (last ? 0 : backoff(job));
    i64 changed = 0;
    if (!db_change(ctx, &q_store_queue_fail, &changed, I(job->id), I(job->fence),
                   W(job_state_words, last ? JOB_DEAD : JOB_WAITING), I(due_at),
                   T(short_error(ctx, why))))
        return false;
    if (!still_ours(ctx, changed))
        return false;
    return !last || journal_detail(ctx, "queue_job", job->id, "gave_up", job->kind);
}

bool queue_waits(Ctx *ctx, const char *key)
{
    i64 live = db_number(ctx, &q_store_queue_live, T(key));
    return !faulted(ctx) && live != NONE;
}

/* ---- what a person decides ---- */
List queue_dead(Ctx *ctx, i64 limit)
{
    return db_list(ctx, &q_store_queue_dead, &job_shape, I(limit));
}

const Job *queue_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_store_queue_find, &job_shape, I(id));
}

static const Job *find_dead(Ctx *ctx, i64 id)
{
    const Job *job = queue_find(ctx, id);
    if (job && job->state != JOB_DEAD)
        return fault(ctx, FAULT_CONFLICT,
                     "This job is still being tried: there is nothing to decide yet.");
    return job;
}

bool queue_retry(Ctx *ctx, i64 id)
{
    const Job *job = find_dead(ctx, id);
    if (!job)
        return false;
    if (job->key && db_number(ctx, &q_store_queue_live, T(job->key)) != NONE)
        return fault(ctx, FAULT_CONFLICT,
                     "The same work was asked for again meanwhile: this job can only be dropped.");
    return db_write(ctx, &q_store_queue_retry, I(id), I(ctx->now)) &&
           journal_detail(ctx, "queue_job", id, "retried", job->kind);
}

bool queue_drop(Ctx *ctx, i64 id)
{
    const Job *job = find_dead(ctx, id);
    return job && db_write(ctx, &q_store_queue_drop, I(id)) &&
           journal_detail(ctx, "queue_job", id, "dropped", job->kind);
}

/* ---- how it stands ---- */
i64 queue_next_due(Ctx *ctx)
{
    return db_number(ctx, &q_store_queue_next_due);
}

static i64 count(Ctx *ctx, JobState state)
{
    i64 n = db_number(ctx, &q_store_queue_count, W(job_state_words, state));
    return n == NONE ? 0 : n;
}

i64 queue_count_dead(Ctx *ctx)
{
    return count(ctx, JOB_DEAD);
}

void queue_counts(Ctx *ctx, i64 *waiting_out, i64 *leased_out, i64 *dead_out)
{
    *waiting_out = count(ctx, JOB_WAITING);
    *leased_out = count(ctx, JOB_LEASED);
    *dead_out = count(ctx, JOB_DEAD);
}
