/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_test.c: rows into structs and back, values, plans. */
#include "store/db_fixture.h"

#include <math.h>

/* ---- shapes ---- */
static void a_row_falls_into_a_struct_and_back(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add, I(7), I(-3), I(ctx->now), R(0.1), B(true),
                           T("Av. \"Carranza\" 'ñ' 漢 🎺 $1 ?"), T("uno\ndos"),
                           W(kind_words, KIND_WIDE), T("Plaza de Armas"), R(22.1517)));
    commit(ctx);
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(7));
    assert_no_fault(ctx);
    g_assert_cmpint(thing->id, ==, 7);
    g_assert_cmpint(thing->count, ==, -3);
    g_assert_cmpint(thing->at, ==, ctx->now);
    g_assert_true(thing->weight == 0.1);
    g_assert_true(thing->open);
    g_assert_cmpstr(thing->title, ==, "Av. \"Carranza\" 'ñ' 漢 🎺 $1 ?");
    g_assert_cmpstr(thing->lines, ==, "uno\ndos");
    g_assert_cmpint(thing->kind, ==, KIND_WIDE);
    g_assert_cmpstr(thing->place.name, ==, "Plaza de Armas");
    g_assert_true(thing->place.lat == 22.1517);
}

static void nothing_comes_back_as_nothing(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add, I(1), I_OR_NULL(0), I_OR_NULL(0), R(NAN), B(false), T(NULL),
                           T(NULL), T(NULL), T(NULL), R(NAN)));
    commit(ctx);
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(1));
    g_assert_cmpint(thing->count, ==, NONE);
    g_assert_cmpint(thing->at, ==, 0);
    g_assert_true(isnan(thing->weight) && isnan(thing->place.lat));
    g_assert_false(thing->open);
    g_assert_null(thing->title);
    g_assert_null(thing->place.name);
    g_assert_cmpint(thing->kind, ==, KIND_TALL);
    g_assert_cmpuint(thing->parts.count, ==, 0);
    g_assert_cmpint(thing->never, ==, NONE);
}

static void numbers_keep_every_bit(StoreTest *t, const void *unused)
{
    static const i64 numbers[] = {INT64_MIN, INT64_MAX,        0,
                                  -1,        INT64_C(1) << 53, (INT64_C(1) << 53) + 1};
    static const double reals[] = {5e-324, 1.7976931348623157e308, -0.1, 1.0 / 3.0, 1e15, 3.0};
    Ctx *ctx = with_tables(t);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        begin(ctx);
        g_assert_true(db_write(ctx, &q_add, I((i64)i + 1), I(numbers[i]), I(0), R(reals[i]),
                               B(false), T(NULL), T(""), T(NULL), T(NULL), R(0.0)));
        commit(ctx);
        const Thing *thing = db_one(ctx, &q_find, &thing_shape, I((i64)i + 1));
        g_assert_cmpint(thing->count, ==, numbers[i]);
        g_assert_true(thing->weight == reals[i]);
        g_assert_cmpstr(thing->lines, ==, "");
    }
}

static void a_text_of_eight_megabytes_comes_back(StoreTest *t, const void *unused)
{
    enum { SIZE = 8 * 1024 * 1024 };
    Ctx *ctx = with_tables(t);
    g_autofree char *large = g_malloc(SIZE + 1);
    for (int i = 0; i < SIZE; i++)
        large[i] = (char)('a' + i % 26);
    large[SIZE] = 0;
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add, I(1), I(0), I(0), R(0.0), B(false), T("x"), T(large),
                           T(NULL), T(NULL), R(0.0)));
    commit(ctx);
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(1));
    assert_no_fault(ctx);
    g_assert_true(strcmp(thing->lines, large) == 0);
}

static void an_unknown_word_is_our_defect(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    test_script(ctx, "UPDATE thing SET kind = 'round'");
    g_assert_null(db_one(ctx, &q_find, &thing_shape, I(1)));
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_cmpuint(db_list(ctx, &q_all, &thing_shape, I(10)).count, ==, 0);
    assert_fault(ctx, FAULT_BROKEN);
}

static void a_list_is_in_order_and_whole(StoreTest *t, const void *unused)
{
    enum { MANY = 100 };
    Ctx *ctx = with_tables(t);
    begin(ctx);
    for (i64 i = 1; i <= MANY; i++)
        g_assert_true(
            db_write(ctx, &q_add_short, I(i), T(arena_printf(ctx->arena, "t%d", (int)i))));
    commit(ctx);
    List list = db_list(ctx, &q_all, &thing_shape, I(1000));
    const Thing *things = list.items;
    g_assert_cmpuint(list.count, ==, MANY);
    for (i64 i = 0; i < MANY; i++) {
        g_assert_cmpint(things[i].id, ==, i + 1);
        g_assert_cmpstr(things[i].title, ==, arena_printf(ctx->arena, "t%d", (int)i + 1));
    }
    g_assert_cmpuint(db_list(ctx, &q_all, &thing_shape, I(3)).count, ==, 3);
}

static void a_list_that_does_not_fit_stops_with_a_fault(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    for (i64 i = 1; i <= 500; i++)
        g_assert_true(
            db_write(ctx, &q_add_short, I(i), T(arena_printf(ctx->arena, "t%d", (int)i))));
    commit(ctx);
    Arena *whole = ctx->arena;
    ctx->arena = arena_new(64 * 1024);
    g_assert_cmpuint(db_list(ctx, &q_all, &thing_shape, I(1000)).count, ==, 0);
    assert_fault(ctx, FAULT_TOO_LARGE);
    arena_free(ctx->arena);
    ctx->arena = whole;
}

static void counts_and_sums_are_numbers(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_cmpint(db_number(ctx, &q_how_many), ==, 0);
    g_assert_cmpint(db_number(ctx, &q_sum), ==, NONE);
    add(ctx, 1, "a");
    add(ctx, 2, "b");
    i64 changed = 0;
    begin(ctx);
    g_assert_true(db_change(ctx, &q_recount, &changed, I(21)));
    commit(ctx);
    g_assert_cmpint(changed, ==, 2);
    g_assert_cmpint(db_number(ctx, &q_sum), ==, 42);
    static const Query q_is = {.name = "is", .sql = "SELECT 2 > 1"};
    static const Query q_mean = {.name = "mean", .sql = "SELECT sum(count) * 1.5 FROM thing"};
    g_assert_cmpint(db_number(ctx, &q_is), ==, 1);
    g_assert_cmpint(db_number(ctx, &q_mean), ==, 63);
}

/* ---- values ---- */
static void values_go_to_their_numbers(StoreTest *t, const void *unused)
{
    static const Query q_turned = {.name = "turned",
                                   .sql = "SELECT id FROM thing WHERE title = $2 AND id = $1"};
    static const Query q_twice = {.name = "twice",
                                  .sql = "SELECT id FROM thing WHERE id = $1 OR id = $1"};
    Ctx *ctx = with_tables(t);
    add(ctx, 5, "five");
    g_assert_cmpint(db_number(ctx, &q_turned, I(5), T("five")), ==, 5);
    g_assert_cmpint(db_number(ctx, &q_twice, I(5)), ==, 5);
}

static void a_value_may_be_nothing_first_and_something_later(StoreTest *t, const void *unused)
{
    static const Query q_or = {.name = "or_nothing",
                               .sql = "SELECT count(*) FROM thing WHERE ($1 IS NULL OR title = $1) "
                                      "AND ($2 IS NULL OR id < $2)"};
    static const Query q_only = {.name = "only_nothing",
                                 .sql = "SELECT count(*) FROM thing WHERE $1 IS NULL"};
    Ctx *ctx = with_tables(t);
    add(ctx, 5, "five");
    i64 found = db_number(ctx, &q_or, T(NULL), I_OR_NULL(0));
    assert_no_fault(ctx);
    g_assert_cmpint(found, ==, 1);
    g_assert_cmpint(db_number(ctx, &q_or, T("six"), I(9)), ==, 0);
    g_assert_cmpint(db_number(ctx, &q_or, T("five"), I(9)), ==, 1);
    begin(ctx);
    g_assert_cmpint(db_number(ctx, &q_only, T(NULL)), ==, 1);
    g_assert_cmpint(db_number(ctx, &q_only, I(1)), ==, 0);
    g_assert_cmpint(db_number(ctx, &q_only, T("x")), ==, 0);
    commit(ctx);
    assert_no_fault(ctx);
}

static void a_wrong_number_of_values_is_our_defect(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_null(db_maybe(ctx, &q_find, &thing_shape, I(1), I(2)));
    assert_fault(ctx, FAULT_BROKEN);
    static const Query q_gap = {.name = "gap", .sql = "SELECT id FROM thing WHERE id = $2"};
    db_number(ctx, &q_gap, I(1));
    if (t->kind == DB_SQLITE)
        assert_fault(ctx, FAULT_BROKEN);
}

static void a_query_that_moved_is_not_confused(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 5, "five");
    Query q = {.name = "one", .sql = "SELECT id FROM thing WHERE id = $1"};
    g_assert_cmpint(db_number(ctx, &q, I(5)), ==, 5);
    q = (Query){.name = "two", .sql = "SELECT id + 1 FROM thing WHERE id = $1"};
    g_assert_cmpint(db_number(ctx, &q, I(5)), ==, 6);
}

/* ---- plans ---- */
static bool scans(Ctx *ctx, const char *sql)
{
    Query q = {.name = "explained", .sql = sql};
    const char *plan = NULL;
    bool found = false;
    g_assert_true(db_explain(ctx, &q, &plan, &found));
    assert_no_fault(ctx);
    g_test_message("%s\n%s", sql, plan);
    return found;
}

static void a_plan_tells_whether_it_scans(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_false(scans(ctx, "SELECT * FROM thing WHERE id = $1"));
    g_assert_false(scans(ctx, "SELECT * FROM thing WHERE title = $1 AND $2 IS NULL LIMIT $3"));
    g_assert_false(scans(ctx, "WITH near AS (SELECT id FROM thing WHERE id > $1 LIMIT 5)"
                              " SELECT count(*) FROM near"));
    g_assert_false(scans(ctx, "INSERT INTO thing (id, title) VALUES ($1, $2)"));
    g_assert_false(scans(ctx, "UPDATE thing SET count = $2 WHERE id = $1"));
    g_assert_true(scans(ctx, "SELECT id FROM thing WHERE count = $1"));
    g_assert_true(scans(ctx, "UPDATE thing SET count = 0 WHERE place_name = $1"));
    g_assert_true(scans(ctx, "SELECT id FROM promise WHERE id = $1 AND thing <"
                             " (SELECT count(*) FROM thing WHERE weight = $2)"));
    Query q = {.name = "wrong", .sql = "SELECT nothing FROM nowhere"};
    const char *plan = NULL;
    bool found = false;
    g_assert_false(db_explain(ctx, &q, &plan, &found));
    assert_fault(ctx, FAULT_BROKEN);
}

static void only_our_own_text_runs_where_the_databases_differ(StoreTest *t, const void *unused)
{
    static const Query q_which = {.name = "which", .sql = "SELECT 1", .sql_postgres = "SELECT 2"};
    g_assert_cmpint(db_number(&t->ctx, &q_which), ==, t->kind == DB_SQLITE ? 1 : 2);
    static const Query q_wrong = {.name = "wrong", .sql = "SELEC 1"};
    db_number(&t->ctx, &q_wrong);
    assert_fault(&t->ctx, FAULT_BROKEN);
    u64 before = db_queries(t->ctx.db);
    db_number(&t->ctx, &q_which);
    g_assert_cmpuint(db_queries(t->ctx.db), ==, before + 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("db", a_row_falls_into_a_struct_and_back);
    STORE_TEST("db", nothing_comes_back_as_nothing);
    STORE_TEST("db", numbers_keep_every_bit);
    STORE_TEST("db", a_text_of_eight_megabytes_comes_back);
    STORE_TEST("db", an_unknown_word_is_our_defect);
    STORE_TEST("db", a_list_is_in_order_and_whole);
    STORE_TEST("db", a_list_that_does_not_fit_stops_with_a_fault);
    STORE_TEST("db", counts_and_sums_are_numbers);
    STORE_TEST("db", values_go_to_their_numbers);
    STORE_TEST("db", a_value_may_be_nothing_first_and_something_later);
    STORE_TEST("db", a_wrong_number_of_values_is_our_defect);
    STORE_TEST("db", a_query_that_moved_is_not_confused);
    STORE_TEST("db", a_plan_tells_whether_it_scans);
    STORE_TEST("db", only_our_own_text_runs_where_the_databases_differ);
    return g_test_run();
}
