/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* queue_test.c: each job is done once, by one, however workers come and go. */
#include "store/queue.h"
#include "store/journal.h"
#include "store/store_test.h"

#define LEASE CLOCK_MINUTE

/* ---- each step in a transaction of its own, as the worker does it ---- */
static i64 add_with(Ctx *ctx, const char *kind, const char *key, i64 due_at)
{
    i64 id = 0;
    g_assert_true(db_begin(ctx));
    g_assert_true(queue_add(ctx, kind, key, "{\"n\":1}", due_at, &id));
    g_assert_true(db_commit(ctx));
    return id;
}

static i64 add(Ctx *ctx)
{
    return add_with(ctx, "report_make", NULL, ctx->now);
}

static const Job *lease(Ctx *ctx)
{
    g_assert_true(db_begin(ctx));
    const Job *job = queue_lease(ctx, LEASE);
    g_assert_true(db_commit(ctx));
    return job;
}

static bool in_transaction(Ctx *ctx, bool (*act)(Ctx *ctx, const Job *job), const Job *job)
{
    g_assert_true(db_begin(ctx));
    if (act(ctx, job))
        return db_commit(ctx);
    db_rollback(ctx);
    return false;
}

static bool fail(Ctx *ctx, const Job *job)
{
    return queue_fail(ctx, job, "the mail server does not answer");
}

static bool extend(Ctx *ctx, const Job *job)
{
    return queue_extend(ctx, job, LEASE);
}

static bool retry(Ctx *ctx, const Job *job)
{
    return queue_retry(ctx, job->id);
}

static bool drop(Ctx *ctx, const Job *job)
{
    return queue_drop(ctx, job->id);
}

static void assert_counts(Ctx *ctx, i64 waiting, i64 leased, i64 dead)
{
    i64 w, l, d;
    queue_counts(ctx, &w, &l, &d);
    g_assert_false(faulted(ctx));
    g_assert_cmpint(w, ==, waiting);
    g_assert_cmpint(l, ==, leased);
    g_assert_cmpint(d, ==, dead);
}

/* Lets it fail until the next failure is its last. */
static const Job *fail_often(Ctx *ctx)
{
    const Job *job = lease(ctx);
    while (job && job->attempts + 1 < job->max_attempts) {
        g_assert_true(in_transaction(ctx, fail, job));
        ctx->now = queue_next_due(ctx);
        job = lease(ctx);
    }
    g_assert_nonnull(job);
    return job;
}

static const Job *dead_one(Ctx *ctx)
{
    const Job *job = fail_often(ctx);
    g_assert_true(in_transaction(ctx, fail, job));
    return job;
}

/* ---- the ordinary way ---- */
static void a_job_is_leased_and_done(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    g_assert_null(lease(ctx));
    g_assert_cmpint(queue_next_due(ctx), ==, NONE);
    i64 id = add(ctx);
    g_assert_cmpint(queue_next_due(ctx), ==, ctx->now);
    assert_counts(ctx, 1, 0, 0);

    const Job *job = lease(ctx);
    g_assert_cmpint(job->id, ==, id);
    g_assert_cmpint(job->state, ==, JOB_LEASED);
    g_assert_cmpint(job->leased_until, ==, ctx->now + LEASE);
    g_assert_cmpint(job->attempts, ==, 0);
    g_assert_cmpstr(job->kind, ==, "report_make");
    g_assert_cmpstr(job->payload, ==, "{\"n\":1}");
    assert_counts(ctx, 0, 1, 0);

    g_assert_null(lease(ctx));
    g_assert_true(in_transaction(ctx, queue_done, job));
    assert_counts(ctx, 0, 0, 0);
    g_assert_null(queue_find(ctx, id));
    assert_fault(ctx, FAULT_NOT_FOUND);
}

static void the_longest_due_comes_first(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 late = add_with(ctx, "late", NULL, ctx->now - CLOCK_SECOND);
    i64 early = add_with(ctx, "early", NULL, ctx->now - CLOCK_HOUR);
    i64 future = add_with(ctx, "future", NULL, ctx->now + CLOCK_HOUR);
    g_assert_cmpint(lease(ctx)->id, ==, early);
    g_assert_cmpint(lease(ctx)->id, ==, late);
    g_assert_null(lease(ctx));
    ctx->now += CLOCK_MINUTE; /* their leases are over: they come before the one in the future */
    g_assert_cmpint(lease(ctx)->id, ==, MIN(early, late));
    g_assert_cmpint(lease(ctx)->id, ==, MAX(early, late));
    ctx->now += CLOCK_HOUR;
    g_assert_cmpint(queue_next_due(ctx), <, ctx->now);
    g_assert_cmpint(lease(ctx)->id, !=, future);
}

static void a_key_has_one_live_job(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 first = add_with(ctx, "extend", "series 7", ctx->now);
    g_assert_cmpint(add_with(ctx, "extend", "series 7", ctx->now + 5), ==, first);
    g_assert_cmpint(add_with(ctx, "extend", "series 8", ctx->now), !=, first);
    g_assert_cmpint(add(ctx), !=, add(ctx));
    assert_counts(ctx, 4, 0, 0);
    g_assert_cmpint(queue_find(ctx, first)->due_at, ==, ctx->now);

    const Job *job = lease(ctx); /* still live while it is done */
    g_assert_cmpint(job->id, ==, first);
    g_assert_cmpint(add_with(ctx, "extend", "series 7", ctx->now), ==, first);
    g_assert_true(in_transaction(ctx, queue_done, job));
    g_assert_cmpint(add_with(ctx, "extend", "series 7", ctx->now), !=, first);
}

static void a_job_carries_64_kilobytes(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    char *payload = arena_bytes(ctx->arena, QUEUE_PAYLOAD_MAX + 2);
    memset(payload, 'x', QUEUE_PAYLOAD_MAX);
    i64 id = 5;
    g_assert_true(db_begin(ctx));
    g_assert_true(queue_add(ctx, "big", NULL, payload, ctx->now, NULL));
    payload[QUEUE_PAYLOAD_MAX] = 'x';
    g_assert_false(queue_add(ctx, "big", NULL, payload, ctx->now, &id));
    assert_fault(ctx, FAULT_TOO_LARGE);
    g_assert_cmpint(id, ==, 5);
    db_rollback(ctx);
}

/* ---- lost leases ---- */
static void who_lost_the_lease_is_refused(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    const Job *old = lease(ctx);
    ctx->now += LEASE;
    const Job *young = lease(ctx);
    g_assert_cmpint(young->id, ==, old->id);
    g_assert_cmpint(young->fence, >, old->fence);
    g_assert_cmpint(young->attempts, ==, 1);

    bool (*const late_words[])(Ctx *, const Job *) = {queue_done, fail, extend, queue_give_back};
    for (size_t i = 0; i < COUNT(late_words); i++) {
        g_assert_false(in_transaction(ctx, late_words[i], old));
        assert_fault(ctx, FAULT_CONFLICT);
    }
    g_assert_true(in_transaction(ctx, queue_done, young));
    g_assert_false(in_transaction(ctx, queue_done, young));
    assert_fault(ctx, FAULT_CONFLICT);
}

static void an_extended_lease_is_kept(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    const Job *job = lease(ctx);
    ctx->now += LEASE - 1;
    g_assert_true(in_transaction(ctx, extend, job));
    ctx->now += LEASE - 1;
    g_assert_null(lease(ctx));
    g_assert_true(in_transaction(ctx, queue_done, job));
}

static void a_job_given_back_is_due_for_another(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    const Job *job = lease(ctx);
    g_assert_true(in_transaction(ctx, queue_give_back, job));
    const Job *again = lease(ctx);
    g_assert_cmpint(again->id, ==, job->id);
    g_assert_cmpint(again->attempts, ==, 0);
    g_assert_false(in_transaction(ctx, queue_done, job));
    assert_fault(ctx, FAULT_CONFLICT);
}

/* A job that kills the program each time must not do so for ever. */
static void a_job_that_loses_all_its_workers_dies(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 id = add(ctx);
    int workers = 0;
    for (; lease(ctx); workers++)
        ctx->now += LEASE;
    g_assert_cmpint(workers, ==, QUEUE_ATTEMPTS);
    assert_counts(ctx, 0, 0, 1);
    const Job *job = queue_find(ctx, id);
    g_assert_cmpint(job->state, ==, JOB_DEAD);
    g_assert_cmpint(job->attempts, ==, QUEUE_ATTEMPTS);
    g_assert_nonnull(job->error);
}

static void the_dead_do_not_hold_up_the_living(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    add(ctx);
    for (int i = 0; i < QUEUE_ATTEMPTS; i++) {
        g_assert_nonnull(lease(ctx));
        g_assert_nonnull(lease(ctx));
        ctx->now += LEASE;
    }
    i64 living = add(ctx);
    g_assert_cmpint(lease(ctx)->id, ==, living); /* in one call: two are buried, the third taken */
    assert_counts(ctx, 0, 1, 2);
}

/* ---- failing ---- */
static void failures_wait_four_times_longer_each(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 id = add(ctx);
    i64 expected = 10 * CLOCK_SECOND;
    for (int attempt = 1; attempt < QUEUE_ATTEMPTS; attempt++) {
        g_assert_true(in_transaction(ctx, fail, lease(ctx)));
        const Job *job = queue_find(ctx, id);
        i64 wait = job->due_at - ctx->now;
        g_assert_cmpint(job->attempts, ==, attempt);
        g_assert_cmpint(job->state, ==, JOB_WAITING);
        g_assert_cmpstr(job->error, ==, "the mail server does not answer");
        g_assert_cmpint(wait, >=, expected < 6 * CLOCK_HOUR ? expected : expected - expected / 10);
        g_assert_cmpint(wait, <=, MIN(expected + expected / 10, 6 * CLOCK_HOUR));
        g_assert_null(lease(ctx));
        ctx->now = job->due_at;
        expected = MIN(4 * expected, 6 * CLOCK_HOUR);
    }
    g_assert_true(in_transaction(ctx, fail, lease(ctx)));
    assert_counts(ctx, 0, 0, 1);
}

static void jobs_that_fail_together_come_back_apart(StoreTest *t, const void *unused)
{
    enum { JOBS = 8 };
    Ctx *ctx = &t->ctx;
    for (int i = 0; i < JOBS; i++)
        add(ctx);
    i64 dues[JOBS];
    for (int i = 0; i < JOBS; i++) {
        const Job *job = lease(ctx);
        g_assert_true(in_transaction(ctx, fail, job));
        dues[i] = queue_find(ctx, job->id)->due_at;
        for (int k = 0; k < i; k++)
            g_assert_cmpint(ABS(dues[i] - dues[k]), >, 100);
    }
}

static void errors_are_kept_short_and_whole(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    const Job *job = lease(ctx);
    char *why = arena_bytes(ctx->arena, 9001);
    for (int i = 0; i < 9000; i += 2)
        memcpy(why + i, "ñ", 2);
    g_assert_true(db_begin(ctx));
    g_assert_true(queue_fail(ctx, job, why));
    g_assert_true(db_commit(ctx));
    const char *error = queue_find(ctx, job->id)->error;
    g_assert_true(g_utf8_validate(error, -1, NULL));
    g_assert_cmpuint(strlen(error), <, 2000);

    ctx->now = queue_next_due(ctx);
    job = lease(ctx);
    g_assert_true(db_begin(ctx));
    g_assert_true(queue_fail(ctx, job, "\xff\xfe from a foreign program"));
    g_assert_true(db_commit(ctx));
    g_assert_true(g_utf8_validate(queue_find(ctx, job->id)->error, -1, NULL));
}

/* ---- the dead ---- */
static void a_person_sees_and_retries_a_dead_job(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 id = add(ctx);
    const Job *job = dead_one(ctx);
    g_assert_null(lease(ctx));
    List dead = queue_dead(ctx, 10);
    g_assert_cmpuint(dead.count, ==, 1);
    g_assert_cmpint(((const Job *)dead.items)->id, ==, id);
    g_assert_cmpstr(((const Job *)dead.items)->error, ==, "the mail server does not answer");

    g_assert_true(in_transaction(ctx, retry, job));
    g_assert_cmpuint(queue_dead(ctx, 10).count, ==, 0);
    const Job *again = lease(ctx);
    g_assert_cmpint(again->id, ==, id);
    g_assert_cmpint(again->attempts, ==, 0);
    g_assert_cmpint(again->fence, >, job->fence);
    g_assert_true(in_transaction(ctx, queue_done, again));

    List life = journal_of(ctx, "queue_job", id, 10);
    g_assert_cmpuint(life.count, ==, 2);
    g_assert_cmpstr(((const JournalLine *)life.items)[0].verb, ==, "retried");
    g_assert_cmpstr(((const JournalLine *)life.items)[1].verb, ==, "gave_up");
}

static void a_dropped_job_is_gone_and_journalled(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 id = add(ctx);
    const Job *job = dead_one(ctx);
    g_assert_true(in_transaction(ctx, drop, job));
    assert_counts(ctx, 0, 0, 0);
    const JournalLine *line = journal_of(ctx, "queue_job", id, 1).items;
    g_assert_cmpstr(line->verb, ==, "dropped");
    g_assert_cmpstr(line->detail, ==, "report_make");
    g_assert_false(in_transaction(ctx, drop, job));
    assert_fault(ctx, FAULT_NOT_FOUND);
}

static void only_the_dead_are_retried_or_dropped(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    add(ctx);
    const Job *job = lease(ctx);
    g_assert_false(in_transaction(ctx, drop, job));
    assert_fault(ctx, FAULT_CONFLICT);
    g_assert_false(in_transaction(ctx, retry, job));
    assert_fault(ctx, FAULT_CONFLICT);
    assert_counts(ctx, 0, 1, 0);
}

static void a_dead_job_gives_its_key_to_the_next(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 id = add_with(ctx, "extend", "series 7", ctx->now);
    const Job *job = dead_one(ctx);
    g_assert_cmpint(add_with(ctx, "extend", "series 7", ctx->now), !=, id);
    g_assert_true(db_begin(ctx));
    g_assert_false(queue_retry(ctx, id));
    assert_fault(ctx, FAULT_CONFLICT);
    g_assert_true(queue_drop(ctx, job->id)); /* the transaction is as good as before */
    g_assert_true(db_commit(ctx));
    assert_counts(ctx, 1, 0, 0);
}

/* ---- many workers ---- */
enum { CROWD = 4, CROWD_JOBS = 60 };

typedef struct Crowd {
    const char *url;
    GMutex mutex;
    GHashTable *taken; /* id -> how often */
} Crowd;

static bool lease_and_do(Ctx *ctx, void *data)
{
    const Job **job_out = data;
    *job_out = queue_lease(ctx, CLOCK_HOUR);
    return !faulted(ctx);
}

static void *crowd_work(void *data)
{
    Crowd *crowd = data;
    const char *why = NULL;
    Db *db = db_open(crowd->url, DB_WRITE, &why);
    g_assert_nonnull(db);
    const Job *job = NULL;
    do {
        Arena *arena CLEANUP(arena_drop) = arena_new(0);
        Ctx ctx = {.arena = arena, .db = db, .actor = &actor_system, .now = clock_now()};
        g_assert_true(db_transact(&ctx, lease_and_do, &job));
        if (!job)
            break;
        g_mutex_lock(&crowd->mutex);
        g_assert_true(g_hash_table_add(crowd->taken, g_memdup2(&job->id, sizeof job->id)));
        g_mutex_unlock(&crowd->mutex);
        g_assert_true(in_transaction(&ctx, queue_done, job));
    } while (true);
    db_close(db);
    return NULL;
}

static void many_workers_never_take_the_same_job(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    ctx->now = clock_now();
    for (int i = 0; i < CROWD_JOBS; i++)
        add(ctx);
    Crowd crowd = {.url = t->url,
                   .taken = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)};
    g_mutex_init(&crowd.mutex);
    GThread *threads[CROWD];
    for (int i = 0; i < CROWD; i++)
        threads[i] = g_thread_new("crowd", crowd_work, &crowd);
    for (int i = 0; i < CROWD; i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(g_hash_table_size(crowd.taken), ==, CROWD_JOBS);
    assert_counts(ctx, 0, 0, 0);
    g_hash_table_destroy(crowd.taken);
    g_mutex_clear(&crowd.mutex);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("queue", a_job_is_leased_and_done);
    STORE_TEST("queue", the_longest_due_comes_first);
    STORE_TEST("queue", a_key_has_one_live_job);
    STORE_TEST("queue", a_job_carries_64_kilobytes);
    STORE_TEST("queue", who_lost_the_lease_is_refused);
    STORE_TEST("queue", an_extended_lease_is_kept);
    STORE_TEST("queue", a_job_given_back_is_due_for_another);
    STORE_TEST("queue", a_job_that_loses_all_its_workers_dies);
    STORE_TEST("queue", the_dead_do_not_hold_up_the_living);
    STORE_TEST("queue", failures_wait_four_times_longer_each);
    STORE_TEST("queue", jobs_that_fail_together_come_back_apart);
    STORE_TEST("queue", errors_are_kept_short_and_whole);
    STORE_TEST("queue", a_person_sees_and_retries_a_dead_job);
    STORE_TEST("queue", a_dropped_job_is_gone_and_journalled);
    STORE_TEST("queue", only_the_dead_are_retried_or_dropped);
    STORE_TEST("queue", a_dead_job_gives_its_key_to_the_next);
    STORE_TEST("queue", many_workers_never_take_the_same_job);
    return g_test_run();
}
