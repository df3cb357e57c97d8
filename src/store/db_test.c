/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_test.c: rows into structs and back, one row exactly, faults, transactions, plans. */
#include "store/db_driver.h"
#include "store/store_test.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

/* ---- a table of our own ---- */
typedef enum { KIND_TALL, KIND_WIDE } Kind;
static const Word kind_words[] = {{"tall", "Tall"}, {"wide", "Wide"}, {0}};

typedef struct Place {
    const char *name;
    double lat;
} Place;

typedef struct Thing {
    i64 id, count, at;
    double weight;
    bool open;
    const char *title, *lines;
    Kind kind;
    Place place;
    List parts;
    i64 never; /* no column has it */
} Thing;

static const Field place_fields[] = {FIELD_TEXT(Place, name), FIELD_REAL(Place, lat)};
static const Shape place_shape = SHAPE("place", Place, place_fields);
static const Field thing_fields[] = {
    FIELD_ID(Thing, id),
    FIELD_INT(Thing, count),
    FIELD_TIME(Thing, at),
    FIELD_REAL(Thing, weight),
    FIELD_BOOL(Thing, open),
    FIELD_TEXT(Thing, title),
    FIELD_LINES(Thing, lines),
    FIELD_WORD(Thing, kind, kind_words),
    FIELD_PART(Thing, place, &place_shape),
    FIELD_MANY(Thing, parts, &place_shape),
    FIELD_INT(Thing, never),
};
static const Shape thing_shape = SHAPE("thing", Thing, thing_fields);

static const char table_sqlite[] =
    "CREATE TABLE thing (id INTEGER PRIMARY KEY, count INTEGER, at INTEGER, weight REAL,"
    " open INTEGER, title TEXT, lines TEXT, kind TEXT, place_name TEXT, place_lat REAL,"
    " parent INTEGER REFERENCES thing (id)) STRICT;"
    "CREATE UNIQUE INDEX thing_title ON thing (title);"
    "CREATE TABLE promise (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL CHECK (thing > 0)"
    " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
    "CREATE INDEX promise_thing ON promise (thing);";
static const char table_postgres[] =
    "CREATE TABLE thing (id BIGINT PRIMARY KEY, count BIGINT, at BIGINT, weight DOUBLE PRECISION,"
    " open BIGINT, title TEXT, lines TEXT, kind TEXT, place_name TEXT, place_lat DOUBLE PRECISION,"
    " parent BIGINT REFERENCES thing (id));"
    "CREATE UNIQUE INDEX thing_title ON thing (title);"
    "CREATE TABLE promise (id BIGINT PRIMARY KEY, thing BIGINT NOT NULL CHECK (thing > 0)"
    " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED);"
    "CREATE INDEX promise_thing ON promise (thing);";

#define WRITES(name_, sql_)                                                                  \
    {                                                                                        \
        .name = name_, .sql = sql_, .table = "thing", .writes = true, .touches_public = true \
    }

static const Query q_add = WRITES(
    "thing_add", "INSERT INTO thing (id, count, at, weight, open, title, lines, kind, place_name,"
                 " place_lat) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
static const Query q_add_short =
    WRITES("thing_add_short", "INSERT INTO thing (id, title) VALUES ($1, $2)");
static const Query q_add_child =
    WRITES("thing_add_child", "INSERT INTO thing (id, parent) VALUES ($1, $2)");
static const Query q_retitle = WRITES("thing_retitle", "UPDATE thing SET title = $2 WHERE id = $1");
static const Query q_recount = WRITES("thing_recount", "UPDATE thing SET count = $1");
static const Query q_take =
    WRITES("thing_take", "UPDATE thing SET open = 1 WHERE id = $1 RETURNING id, title");
static const Query q_promise = {.name = "promise_add",
                                .sql = "INSERT INTO promise (id, thing) VALUES ($1, $2)",
                                .table = "promise",
                                .writes = true};
static const Query q_find = {.name = "thing_find", .sql = "SELECT * FROM thing WHERE id = $1"};
static const Query q_all = {.name = "thing_all", .sql = "SELECT * FROM thing ORDER BY id LIMIT $1"};
static const Query q_how_many = {.name = "thing_how_many", .sql = "SELECT count(*) FROM thing"};
static const Query q_sum = {.name = "thing_sum", .sql = "SELECT sum(count) FROM thing"};

static Ctx *with_tables(StoreTest *t)
{
    test_script(&t->ctx, t->kind == DB_SQLITE ? table_sqlite : table_postgres);
    return &t->ctx;
}

static void begin(Ctx *ctx)
{
    g_assert_true(db_begin(ctx));
}

static void commit(Ctx *ctx)
{
    bool done = db_commit(ctx);
    assert_no_fault(ctx);
    g_assert_true(done);
}

static void add(Ctx *ctx, i64 id, const char *title)
{
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(id), T(title)));
    commit(ctx);
}

static i64 how_many(Ctx *ctx)
{
    i64 n = db_number(ctx, &q_how_many);
    assert_no_fault(ctx);
    return n;
}

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

/* ---- exactly one row ---- */
static void one_row_or_a_fault(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_null(db_maybe(ctx, &q_find, &thing_shape, I(1)));
    assert_no_fault(ctx);
    g_assert_null(db_one(ctx, &q_find, &thing_shape, I(1)));
    assert_fault(ctx, FAULT_NOT_FOUND);
}

static void who_changes_no_row_was_too_late(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_retitle, I(9), T("x")));
    assert_fault(ctx, FAULT_CONFLICT);
    i64 changed = -1;
    g_assert_true(db_change(ctx, &q_retitle, &changed, I(9), T("x")));
    g_assert_cmpint(changed, ==, 0);
    commit(ctx);
}

static void who_changes_two_rows_has_a_defect(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    add(ctx, 2, "b");
    begin(ctx);
    g_assert_false(db_write(ctx, &q_recount, I(1)));
    assert_fault(ctx, FAULT_BROKEN);
    db_rollback(ctx);
}

static void what_was_changed_is_given_back(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    begin(ctx);
    const Thing *thing = db_one(ctx, &q_take, &thing_shape, I(1));
    g_assert_cmpstr(thing->title, ==, "a");
    g_assert_true(db_touched_public(ctx->db));
    g_assert_true(db_write(ctx, &q_take, I(1)));
    commit(ctx);
    thing = db_one(ctx, &q_find, &thing_shape, I(1));
    g_assert_true(thing->open);
}

static void clashes_are_conflicts(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    begin(ctx);
    g_assert_false(db_write(ctx, &q_add_short, I(2), T("a")));
    assert_fault(ctx, FAULT_CONFLICT);
    db_rollback(ctx);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_add_short, I(1), T("b")));
    assert_fault(ctx, FAULT_CONFLICT);
    db_rollback(ctx);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_add_child, I(3), I(99)));
    assert_fault(ctx, FAULT_CONFLICT);
    db_rollback(ctx);
    g_assert_cmpint(how_many(ctx), ==, 1);
}

static void a_broken_rule_of_the_table_is_our_defect(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_promise, I(1), I_OR_NULL(0)));
    assert_fault(ctx, FAULT_BROKEN);
    db_rollback(ctx);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_promise, I(1), I(-1)));
    assert_fault(ctx, FAULT_BROKEN);
    db_rollback(ctx);
}

static void a_promise_not_kept_fails_the_commit(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(1), T("a")));
    g_assert_true(db_write(ctx, &q_promise, I(1), I(99)));
    g_assert_false(db_commit(ctx));
    assert_fault(ctx, FAULT_CONFLICT);
    g_assert_cmpint(how_many(ctx), ==, 0);
    add(ctx, 1, "the connection goes on");
}

/* ---- who may write, and when ---- */
static void a_reader_cannot_write(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    Db *writer = ctx->db;
    ctx->db = store_test_connect(t, DB_READ);
    g_assert_true(db_readonly(ctx->db));
    g_assert_cmpint(how_many(ctx), ==, 1);
    g_assert_false(db_write(ctx, &q_retitle, I(1), T("x")));
    assert_fault(ctx, FAULT_BROKEN);
    begin(ctx);
    g_assert_false(db_write(ctx, &q_retitle, I(1), T("x")));
    assert_fault(ctx, FAULT_BROKEN);
    /* one that lies about itself does not get through either */
    static const Query q_liar = {.name = "liar",
                                 .sql = "UPDATE thing SET title = 'x' WHERE id = 1 RETURNING id"};
    db_number(ctx, &q_liar);
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_false(db_run_script(ctx, "DELETE FROM thing"));
    assert_fault(ctx, FAULT_BROKEN);
    db_rollback(ctx);
    db_close(ctx->db);
    ctx->db = writer;
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(1));
    g_assert_cmpstr(thing->title, ==, "a");
}

static void nobody_writes_outside_a_transaction(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_false(db_write(ctx, &q_add_short, I(1), T("a")));
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_null(db_maybe(ctx, &q_take, &thing_shape, I(1)));
    assert_fault(ctx, FAULT_BROKEN);
    g_assert_false(db_commit(ctx));
    assert_fault(ctx, FAULT_BROKEN);
    begin(ctx);
    g_assert_false(db_begin(ctx));
    assert_fault(ctx, FAULT_BROKEN);
    db_rollback(ctx);
    g_assert_cmpint(how_many(ctx), ==, 0);
}

static void the_first_fault_wins(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    begin(ctx);
    fault(ctx, FAULT_FORBIDDEN, "no");
    g_assert_false(db_write(ctx, &q_retitle, I(1), T("x")));
    g_assert_null(db_one(ctx, &q_find, &thing_shape, I(1)));
    g_assert_cmpuint(db_list(ctx, &q_all, &thing_shape, I(9)).count, ==, 0);
    g_assert_cmpint(db_number(ctx, &q_how_many), ==, NONE);
    g_assert_false(db_commit(ctx));
    assert_fault(ctx, FAULT_FORBIDDEN);
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(1));
    g_assert_cmpstr(thing->title, ==, "a");
}

static void a_failed_statement_spoils_a_postgres_transaction(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    begin(ctx);
    g_assert_false(db_write(ctx, &q_add_short, I(2), T("a")));
    assert_fault(ctx, FAULT_CONFLICT);
    bool spoilt = t->kind == DB_POSTGRES;
    g_assert_true(ctx->db->broken == spoilt);
    g_assert_true(db_write(ctx, &q_add_short, I(3), T("c")) == !spoilt);
    fault_take(ctx);
    g_assert_true(db_commit(ctx) == !spoilt);
    fault_take(ctx);
    g_assert_cmpint(how_many(ctx), ==, spoilt ? 1 : 2);
    add(ctx, 4, "the connection goes on");
}

/* ---- savepoints ---- */
static void a_savepoint_takes_back_its_part_only(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(1), T("a")));
    g_assert_true(db_savepoint(ctx));
    g_assert_true(db_write(ctx, &q_add_short, I(2), T("b")));
    g_assert_true(db_savepoint(ctx));
    g_assert_false(db_write(ctx, &q_add_short, I(3), T("a")));
    assert_fault(ctx, FAULT_CONFLICT);
    db_rollback_to_savepoint(ctx);
    g_assert_cmpint(how_many(ctx), ==, 2);
    db_rollback_to_savepoint(ctx);
    g_assert_cmpint(how_many(ctx), ==, 1);
    g_assert_true(db_savepoint(ctx));
    g_assert_true(db_write(ctx, &q_add_short, I(4), T("d")));
    g_assert_true(db_release(ctx));
    commit(ctx);
    g_assert_cmpint(how_many(ctx), ==, 2);
}

static void a_savepoint_takes_back_what_was_noted(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    begin(ctx);
    g_assert_true(db_savepoint(ctx));
    g_assert_true(db_write(ctx, &q_add_short, I(1), T("a")));
    db_note_journal(ctx->db, 5);
    g_assert_true(db_touched_public(ctx->db));
    db_rollback_to_savepoint(ctx);
    g_assert_false(db_touched_public(ctx->db));
    g_assert_false(ctx->db->done.wrote);
    g_assert_cmpint(ctx->db->done.journal_last, ==, 0);
    g_assert_true(db_write(ctx, &q_add_short, I(2), T("b")));
    db_note_journal(ctx->db, 5);
    db_note_journal(ctx->db, 6);
    commit(ctx);
    g_assert_true(db_touched_public(ctx->db));
    g_assert_cmpint(ctx->db->done.journal_first, ==, 5);
    g_assert_cmpint(ctx->db->done.journal_last, ==, 6);
    begin(ctx);
    g_assert_false(db_touched_public(ctx->db));
    db_rollback(ctx);
}

static bool add_then_fail(Ctx *ctx, void *unused)
{
    return db_write(ctx, &q_add_short, I(1), T("a")) && fault(ctx, FAULT_FORBIDDEN, "no");
}

static bool add_then_say_no(Ctx *ctx, void *unused)
{
    bool added = db_write(ctx, &q_add_short, I(1), T("a"));
    g_assert_true(added);
    return false;
}

static void work_that_fails_leaves_nothing(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_false(db_transact(ctx, add_then_fail, NULL));
    assert_fault(ctx, FAULT_FORBIDDEN);
    g_assert_false(db_transact(ctx, add_then_say_no, NULL));
    assert_no_fault(ctx);
    g_assert_cmpint(how_many(ctx), ==, 0);
    g_assert_false(ctx->db->in_transaction);
}

/* ---- others ---- */
static bool noticed(Db *db)
{
    for (int i = 0; i < 200; i++) { /* a notice of PostgreSQL takes a moment */
        if (db_changed_elsewhere(db))
            return true;
        g_usleep(5000);
    }
    return false;
}

static void a_commit_of_another_connection_is_noticed(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    Db *other = store_test_connect(t, DB_WRITE);
    db_changed_elsewhere(other);
    g_assert_false(db_changed_elsewhere(other));
    add(ctx, 1, "a");
    g_assert_true(noticed(other));
    g_assert_false(db_changed_elsewhere(other));
    db_changed_elsewhere(ctx->db);
    add(ctx, 2, "b");
    g_assert_false(db_changed_elsewhere(ctx->db));
    db_close(other);
}

static void a_snapshot_does_not_move(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    Ctx reader = *ctx;
    reader.db = store_test_connect(t, DB_READ);
    begin(&reader);
    g_assert_cmpint(how_many(&reader), ==, 0);
    add(ctx, 1, "a");
    g_assert_cmpint(how_many(&reader), ==, 0);
    db_rollback(&reader);
    g_assert_cmpint(how_many(&reader), ==, 1);
    db_close(reader.db);
}

static void who_waits_too_long_for_the_writer_is_told(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    Ctx second = *ctx;
    second.db = store_test_connect(t, DB_WRITE);
    begin(ctx);
    g_assert_false(db_begin(&second));
    assert_fault(&second, FAULT_BUSY);
    commit(ctx);
    g_assert_true(db_begin(&second));
    db_rollback(&second);
    db_close(second.db);
}

static void what_is_committed_survives_a_restart(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(2), T("b")));
    store_test_again(t);
    g_assert_cmpint(how_many(ctx), ==, 1);
    const char *trouble = NULL;
    g_assert_true(db_integrity(ctx, &trouble));
}

/* ---- the server goes away ---- */
static void a_lost_connection_is_made_anew(StoreTest *t, const void *unused)
{
    static const Query q_end = {
        .name = "end_others",
        .sql = "SELECT 1",
        .sql_postgres = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"};
    Ctx *ctx = with_tables(t);
    Ctx other = *ctx;
    other.db = store_test_connect(t, DB_WRITE);
    add(ctx, 1, "a");
    db_number(&other, &q_end);
    g_assert_cmpint(how_many(ctx), ==, 1); /* read again by itself */
    db_number(&other, &q_end);
    add(ctx, 2, "b");
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(3), T("c")));
    db_number(&other, &q_end);
    g_assert_false(db_write(ctx, &q_add_short, I(4), T("d"))); /* not in half a transaction */
    assert_fault(ctx, FAULT_BUSY);
    db_rollback(ctx);
    db_number(&other, &q_end);
    g_assert_true(noticed(ctx->db)); /* what happened meanwhile is not known */
    g_assert_cmpint(how_many(ctx), ==, 2);
    db_close(other.db);
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

/* ---- opening ---- */
static void assert_why(const char *url, DbMode mode, const char *part)
{
    const char *why = NULL;
    g_assert_null(db_open(url, mode, &why));
    g_assert_nonnull(why);
    g_test_message("%s", why);
    g_assert_nonnull(strstr(why, part));
    g_assert_null(strchr(why, '\n'));
}

static void what_cannot_be_opened_says_why(void)
{
    g_autofree char *folder = g_dir_make_tmp("vocero-open-XXXXXX", NULL);
    g_autofree char *missing = g_strdup_printf("sqlite:%s/no/x.db", folder);
    g_autofree char *absent = g_strdup_printf("sqlite:%s/x.db", folder);
    g_autofree char *itself = g_strdup_printf("sqlite:%s", folder);
    g_autofree char *other_path = g_build_filename(folder, "letter.txt", NULL);
    g_autofree char *other = g_strconcat("sqlite:", other_path, NULL);
    g_assert_true(
        g_file_set_contents(other_path, "Dear Sir, this is no database at all.", -1, NULL));
    assert_why(missing, DB_WRITE, "does not exist");
    assert_why(absent, DB_READ, "no database");
    assert_why(itself, DB_WRITE, "folder");
    assert_why(other, DB_WRITE, "not a database of Vocero");
    assert_why("mysql://x", DB_WRITE, "postgresql://");
    assert_why("postgresql:///x?host=/nowhere", DB_READ, "cannot be reached");
    g_unlink(other_path);
    g_rmdir(folder);
}

static void the_file_is_the_owners_alone(void)
{
    StoreTest t;
    g_assert_true(store_test_open_empty(&t, DB_SQLITE));
    GStatBuf status;
    g_assert_cmpint(g_stat(t.url + strlen("sqlite:"), &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    store_test_close(&t);
}

static void a_named_memory_is_shared(void)
{
    const char *why = NULL;
    Db *writer = db_open("sqlite:memory:shared", DB_WRITE, &why);
    Db *reader = db_open("sqlite:memory:shared", DB_READ, &why);
    Db *another = db_open("sqlite:memory:another", DB_READ, &why);
    Ctx ctx = {.arena = arena_new(0), .db = writer, .actor = &actor_system};
    test_script(&ctx, table_sqlite);
    add(&ctx, 1, "a");
    ctx.db = reader;
    g_assert_cmpint(how_many(&ctx), ==, 1);
    ctx.db = another;
    db_number(&ctx, &q_how_many);
    assert_fault(&ctx, FAULT_BROKEN);
    db_close(another);
    db_close(reader);
    db_close(writer);
    arena_free(ctx.arena);
}

/* ---- the disk ---- */
static void a_full_disk_is_said_and_loses_nothing(void)
{
    StoreTest t;
    g_assert_true(store_test_open(&t, DB_SQLITE));
    Ctx *ctx = with_tables(&t);
    add(ctx, 1, "a");
    g_autofree char *large = g_strnfill(1024 * 1024, 'x');
    static const Query q_limit = {.name = "limit", .sql = "PRAGMA max_page_count = 1"};
    db_number(ctx, &q_limit); /* SQLite takes the pages that are there as the least */
    begin(ctx);
    g_assert_false(db_write(ctx, &q_retitle, I(1), T(large)));
    g_assert_nonnull(strstr(ctx->fault.what, "disk"));
    assert_fault(ctx, FAULT_BUSY);
    db_rollback(ctx);
    const Thing *thing = db_one(ctx, &q_find, &thing_shape, I(1));
    g_assert_cmpstr(thing->title, ==, "a");
    store_test_close(&t);
}

static i64 size_of(const char *url)
{
    g_autofree char *path = g_strconcat(url + strlen("sqlite:"), "-wal", NULL);
    GStatBuf status;
    return g_stat(path, &status) == 0 ? status.st_size : 0;
}

static void the_log_does_not_grow_without_end(void)
{
    StoreTest t;
    g_assert_true(store_test_open(&t, DB_SQLITE));
    Ctx *ctx = with_tables(&t);
    add(ctx, 1, "a");
    g_autofree char *large = g_strnfill(256 * 1024, 'x');
    for (int i = 0; i < 400; i++) { /* 100 MB */
        large[0] = (char)('a' + i % 26);
        begin(ctx);
        g_assert_true(db_write(ctx, &q_retitle, I(1), T(large)));
        commit(ctx);
    }
    g_assert_cmpint(size_of(t.url), <, 40 * 1024 * 1024);
    store_test_close(&t);
}

#define DB_TEST(function)  STORE_TEST("db", function)
#define ONE_TEST(function) g_test_add_func("/db/" #function, function)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    DB_TEST(a_row_falls_into_a_struct_and_back);
    DB_TEST(nothing_comes_back_as_nothing);
    DB_TEST(numbers_keep_every_bit);
    DB_TEST(a_text_of_eight_megabytes_comes_back);
    DB_TEST(an_unknown_word_is_our_defect);
    DB_TEST(a_list_is_in_order_and_whole);
    DB_TEST(a_list_that_does_not_fit_stops_with_a_fault);
    DB_TEST(counts_and_sums_are_numbers);
    DB_TEST(values_go_to_their_numbers);
    DB_TEST(a_value_may_be_nothing_first_and_something_later);
    DB_TEST(a_wrong_number_of_values_is_our_defect);
    DB_TEST(a_query_that_moved_is_not_confused);
    DB_TEST(one_row_or_a_fault);
    DB_TEST(who_changes_no_row_was_too_late);
    DB_TEST(who_changes_two_rows_has_a_defect);
    DB_TEST(what_was_changed_is_given_back);
    DB_TEST(clashes_are_conflicts);
    DB_TEST(a_broken_rule_of_the_table_is_our_defect);
    DB_TEST(a_promise_not_kept_fails_the_commit);
    DB_TEST(a_reader_cannot_write);
    DB_TEST(nobody_writes_outside_a_transaction);
    DB_TEST(the_first_fault_wins);
    DB_TEST(a_failed_statement_spoils_a_postgres_transaction);
    DB_TEST(a_savepoint_takes_back_its_part_only);
    DB_TEST(a_savepoint_takes_back_what_was_noted);
    DB_TEST(work_that_fails_leaves_nothing);
    DB_TEST(a_commit_of_another_connection_is_noticed);
    DB_TEST(a_snapshot_does_not_move);
    DB_TEST(who_waits_too_long_for_the_writer_is_told);
    DB_TEST(what_is_committed_survives_a_restart);
    STORE_TEST_ONLY("db", a_lost_connection_is_made_anew, DB_POSTGRES);
    DB_TEST(a_plan_tells_whether_it_scans);
    DB_TEST(only_our_own_text_runs_where_the_databases_differ);
    ONE_TEST(what_cannot_be_opened_says_why);
    ONE_TEST(the_file_is_the_owners_alone);
    ONE_TEST(a_named_memory_is_shared);
    ONE_TEST(a_full_disk_is_said_and_loses_nothing);
    ONE_TEST(the_log_does_not_grow_without_end);
    return g_test_run();
}
