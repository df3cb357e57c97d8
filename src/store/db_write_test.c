/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_write_test.c: one row exactly, who may write, transactions, other connections. */
#include "store/db_fixture.h"
#include "store/db_postgres.h"

/* ---- exactly one row ---- */
static void one_row_or_a_fault(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    g_assert_null(db_maybe(ctx, &q_find, &thing_shape, I(1)));
    assert_no_fault(ctx);
    g_assert_null(db_one(ctx, &q_find, &thing_shape, I(1)));
    assert_fault(ctx, FAULT_NOT_FOUND);
}

static void only_what_changed_something_counts_as_a_commit(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    u64 before = db_commits(ctx->db);
    begin(ctx);
    g_assert_cmpint(how_many(ctx), ==, 1);
    commit(ctx);
    g_assert_cmpuint(db_commits(ctx->db), ==, before);
    add(ctx, 2, "b");
    g_assert_cmpuint(db_commits(ctx->db), ==, before + 1);
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

/* The answer to COMMIT never comes: the server is asked again what became of it. */
static void a_commit_without_an_answer_is_looked_up(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    test_script(ctx, "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                     " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
                     "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON thing"
                     " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die();");
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(1), T("a")));
    g_assert_false(db_commit(ctx));
    g_assert_cmpint(ctx->db->failed, ==, DB_GONE); /* it knows: nothing was saved */
    assert_fault(ctx, FAULT_BUSY);
    g_assert_cmpint(how_many(ctx), ==, 0);
    test_script(ctx, "DROP FUNCTION die() CASCADE");
    add(ctx, 2, "the connection goes on");
}

static void a_commit_that_was_saved_is_known_to_be(StoreTest *t, const void *unused)
{
    Ctx *ctx = with_tables(t);
    add(ctx, 1, "a");
    g_assert_cmpint(pg_ask_fate(ctx->db->handle), ==, DB_DONE);
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(2), T("b")));
    db_rollback(ctx);
    g_assert_cmpint(pg_ask_fate(ctx->db->handle), ==, DB_GONE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("db_write", one_row_or_a_fault);
    STORE_TEST("db_write", only_what_changed_something_counts_as_a_commit);
    STORE_TEST("db_write", who_changes_no_row_was_too_late);
    STORE_TEST("db_write", who_changes_two_rows_has_a_defect);
    STORE_TEST("db_write", what_was_changed_is_given_back);
    STORE_TEST("db_write", clashes_are_conflicts);
    STORE_TEST("db_write", a_broken_rule_of_the_table_is_our_defect);
    STORE_TEST("db_write", a_promise_not_kept_fails_the_commit);
    STORE_TEST("db_write", a_reader_cannot_write);
    STORE_TEST("db_write", nobody_writes_outside_a_transaction);
    STORE_TEST("db_write", the_first_fault_wins);
    STORE_TEST("db_write", a_failed_statement_spoils_a_postgres_transaction);
    STORE_TEST("db_write", a_savepoint_takes_back_its_part_only);
    STORE_TEST("db_write", a_savepoint_takes_back_what_was_noted);
    STORE_TEST("db_write", work_that_fails_leaves_nothing);
    STORE_TEST("db_write", a_commit_of_another_connection_is_noticed);
    STORE_TEST("db_write", a_snapshot_does_not_move);
    STORE_TEST("db_write", who_waits_too_long_for_the_writer_is_told);
    STORE_TEST("db_write", what_is_committed_survives_a_restart);
    STORE_TEST_ONLY("db_write", a_lost_connection_is_made_anew, DB_POSTGRES);
    STORE_TEST_ONLY("db_write", a_commit_without_an_answer_is_looked_up, DB_POSTGRES);
    STORE_TEST_ONLY("db_write", a_commit_that_was_saved_is_known_to_be, DB_POSTGRES);
    return g_test_run();
}
