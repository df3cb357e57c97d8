/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps_test.c: the data model grows step by step, each whole or not at all, and never by surprise. */
#include "store/steps.h"
#include "store/store_test.h"

static const Step steps[] = {
    {
        .number = 1,
        .name = "0001_first",
        .sqlite =
            "CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first VALUES (1);",
        .postgres = "CREATE TABLE first (id BIGINT PRIMARY KEY); INSERT INTO first VALUES (1);",
        .checksum = "aaaa",
    },
    {
        .number = 2,
        .name = "0002_second",
        .sqlite = "CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT;",
        .postgres = "CREATE TABLE second (id BIGINT PRIMARY KEY);",
        .checksum = "bbbb",
    },
};

static const Step broken = {
    .number = 3,
    .name = "0003_broken",
    .sqlite = "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first VALUES (2);"
              "INSERT INTO nowhere VALUES (1);",
    .postgres = "CREATE TABLE third (id BIGINT PRIMARY KEY); INSERT INTO first VALUES (2);"
                "INSERT INTO nowhere VALUES (1);",
    .checksum = "cccc",
};

static i64 count_of(Ctx *ctx, const char *table)
{
    Query q = {.name = "count_of",
               .sql = arena_printf(ctx->arena, "SELECT count(*) FROM %s", table)};
    return db_number(ctx, &q);
}

static int run(Ctx *ctx, const Step *list, size_t count)
{
    int ran = -1;
    bool done = steps_run(ctx, list, count, &ran);
    assert_no_fault(ctx);
    g_assert_true(done);
    return ran;
}

static void assert_says(Ctx *ctx, const char *part)
{
    g_assert_nonnull(ctx->fault.what);
    g_test_message("%s", ctx->fault.what);
    g_assert_nonnull(strstr(ctx->fault.what, part));
    assert_fault(ctx, FAULT_CONFLICT);
}

/* These tests begin with an empty database, not with the program's own tables. */
static void on_both(void (*test)(StoreTest *t), DbKind kind)
{
    StoreTest t;
    if (!store_test_open_empty(&t, kind)) {
        g_test_skip("VOCERO_TEST_POSTGRES is not set (dev/with-postgres sets it)");
        return;
    }
    Actor english = actor_system;
    english.tongue = TONGUE_EN;
    t.ctx.actor = &english;
    test(&t);
    store_test_close(&t);
}

static void each_step_runs_once(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    g_assert_cmpint(run(ctx, steps, 1), ==, 1);
    g_assert_cmpint(run(ctx, steps, 2), ==, 1);
    g_assert_cmpint(run(ctx, steps, 2), ==, 0);
    g_assert_cmpint(count_of(ctx, "first"), ==, 1);
    g_assert_cmpint(count_of(ctx, "second"), ==, 0);
    g_assert_true(steps_check(ctx, steps, 2));
}

static void a_step_in_between_comes_late(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    g_assert_cmpint(run(ctx, steps + 1, 1), ==, 1);
    g_assert_cmpint(run(ctx, steps, 2), ==, 1);
    g_assert_cmpint(count_of(ctx, "first"), ==, 1);
}

static void an_altered_step_is_refused(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    run(ctx, steps, 2);
    Step altered[] = {steps[0], steps[1]};
    altered[1].checksum = "bbbc";
    g_assert_false(steps_run(ctx, altered, 2, NULL));
    assert_says(ctx, "0002_second");
    g_assert_false(steps_check(ctx, altered, 2));
    assert_says(ctx, "0002_second");
}

static void a_newer_database_is_refused(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    run(ctx, steps, 2);
    g_assert_false(steps_run(ctx, steps, 1, NULL));
    assert_says(ctx, "newer");
    g_assert_false(steps_check(ctx, steps, 1));
    assert_says(ctx, "newer");
}

static void a_step_that_fails_leaves_nothing(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    const Step with_broken[] = {steps[0], steps[1], broken};
    int ran = -1;
    g_assert_false(steps_run(ctx, with_broken, 3, &ran));
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_cmpint(ran, ==, -1);
    g_assert_cmpint(count_of(ctx, "first"), ==, 1);
    count_of(ctx, "third");
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_true(steps_check(ctx, steps, 2));
}

static void a_database_that_lags_is_said(StoreTest *t)
{
    Ctx *ctx = &t->ctx;
    g_assert_false(steps_check(ctx, steps, 2));
    assert_says(ctx, "empty");
    run(ctx, steps, 1);
    g_assert_false(steps_check(ctx, steps, 2));
    assert_says(ctx, "0002_second");
}

static void a_reader_can_check(StoreTest *t)
{
    run(&t->ctx, steps, 2);
    Ctx reader = t->ctx;
    reader.db = store_test_connect(t, DB_READ);
    g_assert_true(steps_check(&reader, steps, 2));
    g_assert_true(steps_run(&reader, steps, 2, NULL)); /* there is nothing to do */
    g_assert_false(steps_run(&reader, steps + 1, 1, NULL));
    assert_fault(&reader, FAULT_CONFLICT);
    db_close(reader.db);
}

static void *run_them_too(void *url)
{
    const char *why = NULL;
    Ctx ctx = {.arena = arena_new(0), .actor = &actor_system};
    ctx.db = db_open(url, DB_WRITE, &why);
    int ran = run(&ctx, steps, 2);
    db_close(ctx.db);
    arena_free(ctx.arena);
    return GINT_TO_POINTER(ran);
}

static void nodes_that_start_together_run_each_step_once(StoreTest *t)
{
    enum { NODES = 4 };
    GThread *nodes[NODES];
    int ran = 0;
    for (int i = 0; i < NODES; i++)
        nodes[i] = g_thread_new("node", run_them_too, (void *)t->url);
    for (int i = 0; i < NODES; i++)
        ran += GPOINTER_TO_INT(g_thread_join(nodes[i]));
    g_assert_cmpint(ran, ==, 2);
    g_assert_cmpint(count_of(&t->ctx, "first"), ==, 1);
}

static void our_own_steps_are_in_order(void)
{
    for (size_t i = 1; i < store_steps_count; i++)
        g_assert_cmpint(store_steps[i - 1].number, <, store_steps[i].number);
}

static void our_own_steps_run(StoreTest *t)
{
    g_assert_cmpint(run(&t->ctx, store_steps, store_steps_count), ==, (int)store_steps_count);
    g_assert_true(steps_check(&t->ctx, store_steps, store_steps_count));
    const char *trouble = NULL;
    bool sound = db_integrity(&t->ctx, &trouble);
    g_assert_cmpstr(trouble, ==, NULL);
    g_assert_true(sound);
}

#define STEPS_TEST(function)                 \
    static void function##_on_sqlite(void)   \
    {                                        \
        on_both(function, DB_SQLITE);        \
    }                                        \
    static void function##_on_postgres(void) \
    {                                        \
        on_both(function, DB_POSTGRES);      \
    }
STEPS_TEST(each_step_runs_once)
STEPS_TEST(a_step_in_between_comes_late)
STEPS_TEST(an_altered_step_is_refused)
STEPS_TEST(a_newer_database_is_refused)
STEPS_TEST(a_step_that_fails_leaves_nothing)
STEPS_TEST(a_database_that_lags_is_said)
STEPS_TEST(a_reader_can_check)
STEPS_TEST(nodes_that_start_together_run_each_step_once)
STEPS_TEST(our_own_steps_run)

#define ADD(function)                                                     \
    g_test_add_func("/steps/" #function "/sqlite", function##_on_sqlite); \
    g_test_add_func("/steps/" #function "/postgres", function##_on_postgres)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(each_step_runs_once);
    ADD(a_step_in_between_comes_late);
    ADD(an_altered_step_is_refused);
    ADD(a_newer_database_is_refused);
    ADD(a_step_that_fails_leaves_nothing);
    ADD(a_database_that_lags_is_said);
    ADD(a_reader_can_check);
    ADD(nodes_that_start_together_run_each_step_once);
    ADD(our_own_steps_run);
    g_test_add_func("/steps/our_own_steps_are_in_order", our_own_steps_are_in_order);
    return g_test_run();
}
