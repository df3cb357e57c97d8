/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_test.c: a job's result and its end are one; a lease is lost by the dead alone. */
#include "store/worker.h"
#include "store/store_test.h"
#include "store/writer_crowd.h"

#define PATIENCE (20 * CLOCK_SECOND)
#define SHORT_LEASE CLOCK_SECOND

static const Query q_notes = {.name = "notes", .sql = "SELECT count(*) FROM note WHERE id >= 0"};
static const Query q_body = {.name = "note_body", .sql = "SELECT id FROM note WHERE body = $1"};

/* ---- jobs that do as they are told; one worker at a time ---- */
static struct {
    _Atomic int tries;     /* how often a job was prepared */
    _Atomic bool hold;     /* prepare waits while this is true */
    _Atomic bool kept;     /* the lease was seen to grow while it waited */
    StoreTest *thief;      /* prepare takes the job's lease away with a connection of its own */
} told;

static bool note_apply(Ctx *ctx, const Job *job, void *prepared)
{
    return db_write(ctx, &q_note, I(job->id), T(prepared));
}

static bool note_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    told.tries++;
    *prepared_out = arena_printf(ctx->arena, "made of %s", job->payload);
    return true;
}

static bool unlucky_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    if (told.tries++ == 0)
        return fault(ctx, FAULT_BUSY, "the mail server does not answer");
    *prepared_out = "at last";
    return true;
}

static bool slow_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    told.tries++;
    while (told.hold)
        g_usleep(2000);
    *prepared_out = "slow";
    return true;
}

/* Comes back when the lease ends later than it did: a reader sees what the keeper wrote. */
static bool long_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    i64 deadline = clock_monotonic() + PATIENCE;
    while (!told.kept && clock_monotonic() < deadline) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        const Job *now = queue_find(ctx, job->id);
        told.kept = now && now->leased_until > job->leased_until;
        g_usleep(5000);
    }
    *prepared_out = "long";
    return true;
}

static bool robbed_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    told.tries++;
    Ctx thief = {.arena = ctx->arena, .db = store_test_connect(told.thief, DB_WRITE), .actor = &actor_system};
    test_script(&thief, "UPDATE queue_job SET fence = fence + 1");
    db_close(thief.db);
    *prepared_out = "robbed";
    return true;
}

static const JobHandler tests[] = {
    {"note", note_prepare, note_apply},     {"unlucky", unlucky_prepare, note_apply},
    {"slow", slow_prepare, note_apply},     {"long", long_prepare, note_apply},
    {"robbed", robbed_prepare, note_apply}, {0},
};
static const JobHandler *const handlers[] = {tests, NULL};

/* ---- a worker at a database with notes ---- */
static const City *city_of(void *to)
{
    return ((StoreTest *)to)->ctx.city;
}

typedef struct Office {
    StoreTest *t;
    Writer *writer;
    Worker *worker;
} Office;

static void open_office(Office *o, StoreTest *t)
{
    const char *why = NULL;
    told.tries = 0;
    told.hold = told.kept = false;
    told.thief = t;
    test_script(&t->ctx, t->kind == DB_SQLITE ? "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT) STRICT"
                                              : "CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT)");
    *o = (Office){.t = t, .writer = writer_start(t->url, NULL, NULL, &why)};
    g_assert_cmpstr(why, ==, NULL);
}

static void begin_work(Office *o, i64 lease)
{
    const char *why = NULL;
    WorkerSetup setup = {
        .db_url = o->t->url, .writer = o->writer, .handlers = handlers, .city = city_of, .to = o->t, .threads = 1, .lease = lease,
    };
    o->worker = worker_start(&setup, &why);
    g_assert_cmpstr(why, ==, NULL);
}

static void close_office(Office *o)
{
    worker_stop(o->worker);
    writer_stop(o->writer);
}

static bool add_job(Ctx *ctx, void *data)
{
    return queue_add(ctx, data, NULL, "{\"n\":7}", ctx->now, NULL);
}

static void add(Office *o, const char *kind)
{
    test_write(&o->t->ctx, add_job, (void *)kind);
}

static i64 jobs(Ctx *ctx)
{
    i64 waiting, leased, dead;
    queue_counts(ctx, &waiting, &leased, &dead);
    assert_no_fault(ctx);
    return waiting + leased + dead;
}

#define until(condition)                                       \
    do {                                                       \
        i64 deadline = clock_monotonic() + PATIENCE;           \
        while (!(condition) && clock_monotonic() < deadline)   \
            g_usleep(5000);                                    \
        g_assert_true(condition);                              \
    } while (0)

static const Field id_fields[] = {FIELD_INT(Job, id)};
static const Shape id_shape = SHAPE("job_id", Job, id_fields);
static const Query q_any = {.name = "any_job", .sql = "SELECT id FROM queue_job WHERE id > 0 ORDER BY id LIMIT 1"};

static const Job *only_job(Ctx *ctx)
{
    const Job *any = db_one(ctx, &q_any, &id_shape);
    g_assert_nonnull(any);
    return queue_find(ctx, any->id);
}

/* ---- the rules ---- */
static void what_was_prepared_is_applied_and_the_job_is_gone(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "note");
    begin_work(&o, 0);
    until(jobs(&t->ctx) == 0);
    g_assert_cmpint(db_number(&t->ctx, &q_body, T("made of {\"n\":7}")), !=, NONE);
    g_assert_cmpint(told.tries, ==, 1);
    close_office(&o);
}

static void a_job_that_fails_waits_and_is_tried_again(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "unlucky");
    i64 began = clock_now();
    begin_work(&o, 0);
    until(only_job(&t->ctx)->attempts == 1);
    const Job *job = only_job(&t->ctx);
    g_assert_cmpint(job->state, ==, JOB_WAITING);
    g_assert_cmpstr(job->error, ==, "the mail server does not answer");
    g_assert_cmpint(job->due_at, >=, began + 10 * CLOCK_SECOND);
    g_assert_cmpint(db_number(&t->ctx, &q_notes), ==, 0);

    test_script(&t->ctx, "UPDATE queue_job SET due_at = 1");
    until(jobs(&t->ctx) == 0);
    g_assert_cmpint(db_number(&t->ctx, &q_body, T("at last")), !=, NONE);
    close_office(&o);
}

static void a_job_of_an_unknown_kind_says_so(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "made_by_a_newer_program");
    begin_work(&o, 0);
    until(only_job(&t->ctx)->error != NULL);
    g_assert_nonnull(strstr(only_job(&t->ctx)->error, "made_by_a_newer_program"));
    close_office(&o);
}

static bool lease_and_die(Ctx *ctx, void *data)
{
    return queue_lease(ctx, 1) != NULL; /* in the past of the worker's clock */
}

static void a_lost_worker_s_job_is_taken_over(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "slow");
    test_write(&t->ctx, lease_and_die, NULL);
    told.hold = true;
    begin_work(&o, 0);
    until(told.tries == 1);
    g_assert_cmpint(only_job(&t->ctx)->attempts, ==, 1);
    told.hold = false;
    until(jobs(&t->ctx) == 0);
    close_office(&o);
}

static void the_result_of_a_lost_lease_is_taken_back(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "robbed");
    begin_work(&o, 0);
    until(told.tries == 1);
    close_office(&o); /* the job has run to its end now */
    g_assert_cmpint(db_number(&t->ctx, &q_notes), ==, 0);
    g_assert_cmpint(only_job(&t->ctx)->state, ==, JOB_LEASED);
    g_assert_cmpint(only_job(&t->ctx)->attempts, ==, 0);
}

static void a_long_job_keeps_its_lease(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    add(&o, "long");
    begin_work(&o, SHORT_LEASE);
    until(jobs(&t->ctx) == 0);
    g_assert_true(told.kept);
    close_office(&o);
}

static void what_is_leased_and_not_begun_goes_back(StoreTest *t, const void *unused)
{
    Office o;
    Crowd *crowd = crowd_new(0);
    open_office(&o, t);
    add(&o, "note");
    close_gate(crowd, o.writer);
    begin_work(&o, 0);
    until(writer_waiting(o.writer) == 1); /* the worker's lease */
    worker_ask_stop(o.worker);
    open_gate(crowd);
    close_office(&o);
    const Job *job = only_job(&t->ctx);
    g_assert_cmpint(job->state, ==, JOB_WAITING);
    g_assert_cmpint(job->attempts, ==, 0);
    g_assert_cmpint(job->fence, >, 0);
    g_assert_cmpint(told.tries, ==, 0);
    crowd_free(crowd);
}

static void a_running_job_is_finished_before_the_end(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    told.hold = true;
    add(&o, "slow");
    begin_work(&o, 0);
    until(told.tries == 1);
    worker_ask_stop(o.worker);
    told.hold = false;
    close_office(&o);
    g_assert_cmpint(jobs(&t->ctx), ==, 0);
    g_assert_cmpint(db_number(&t->ctx, &q_notes), ==, 1);
}

static void a_database_that_is_not_there_is_said_at_the_start(void)
{
    const char *why = NULL;
    WorkerSetup setup = {.db_url = "sqlite:/nowhere/at/all.db", .handlers = handlers, .threads = 1};
    g_assert_null(worker_start(&setup, &why));
    g_assert_nonnull(why);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("worker", what_was_prepared_is_applied_and_the_job_is_gone);
    STORE_TEST("worker", a_job_that_fails_waits_and_is_tried_again);
    STORE_TEST("worker", a_job_of_an_unknown_kind_says_so);
    STORE_TEST("worker", a_lost_worker_s_job_is_taken_over);
    STORE_TEST("worker", the_result_of_a_lost_lease_is_taken_back);
    STORE_TEST("worker", a_long_job_keeps_its_lease);
    STORE_TEST("worker", what_is_leased_and_not_begun_goes_back);
    STORE_TEST("worker", a_running_job_is_finished_before_the_end);
    g_test_add_func("/worker/a_database_that_is_not_there_is_said_at_the_start",
                    a_database_that_is_not_there_is_said_at_the_start);
    return g_test_run();
}
