/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* journal_test.c: the chain holds, and whatever somebody does to it behind our back is found. */
#include "store/journal.h"
#include "store/store_test.h"

static void three_lines(Ctx *ctx)
{
    g_assert_true(db_begin(ctx));
    g_assert_true(journal(ctx, "agenda_event", 12, "created"));
    g_assert_true(journal_detail(ctx, "agenda_event", 12, "approved", "Sesión de Cabildo"));
    g_assert_true(journal(ctx, "press_release", 7, "created"));
    g_assert_true(db_commit(ctx));
}

static void assert_whole(Ctx *ctx, i64 expected)
{
    i64 lines = -1, broken = -1;
    g_assert_true(journal_verify(ctx, &lines, &broken));
    g_assert_cmpint(lines, ==, expected);
    g_assert_cmpint(broken, ==, -1);
}

static void assert_broken(Ctx *ctx, i64 expected)
{
    i64 lines = -1, broken = -1;
    g_assert_false(journal_verify(ctx, &lines, &broken));
    g_assert_false(faulted(ctx));
    g_assert_cmpint(broken, ==, expected);
}

static const JournalLine *line_at(List lines, size_t i)
{
    g_assert_cmpuint(i, <, lines.count);
    return (const JournalLine *)lines.items + i;
}

static void each_change_is_a_line(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    g_assert_cmpint(journal_last(ctx), ==, 0);
    assert_whole(ctx, 0);
    three_lines(ctx);
    g_assert_cmpint(journal_last(ctx), ==, 3);

    const JournalLine *line = line_at(journal_after(ctx, 1, 1), 0);
    g_assert_cmpint(line->id, ==, 2);
    g_assert_cmpint(line->at, ==, ctx->now);
    g_assert_cmpint(line->actor, ==, 0);
    g_assert_cmpstr(line->actor_name, ==, ctx->actor->name);
    g_assert_cmpstr(line->subject, ==, "agenda_event");
    g_assert_cmpint(line->subject_id, ==, 12);
    g_assert_cmpstr(line->verb, ==, "approved");
    g_assert_cmpstr(line->detail, ==, "Sesión de Cabildo");
    assert_whole(ctx, 3);
}

static void lines_are_read_from_both_ends(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    three_lines(ctx);
    g_assert_cmpuint(journal_after(ctx, 0, 10).count, ==, 3);
    g_assert_cmpuint(journal_after(ctx, 3, 10).count, ==, 0);
    g_assert_cmpint(line_at(journal_recent(ctx, 0, 2), 0)->id, ==, 3);
    g_assert_cmpint(line_at(journal_recent(ctx, 3, 2), 0)->id, ==, 2);

    List life = journal_of(ctx, "agenda_event", 12, 10);
    g_assert_cmpuint(life.count, ==, 2);
    g_assert_cmpstr(line_at(life, 0)->verb, ==, "approved");
    g_assert_cmpstr(line_at(life, 1)->verb, ==, "created");
}

/* Computed with sha256sum from the netstrings that journal.c describes. */
static void the_hash_can_be_computed_by_anybody(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const Actor lupita = {.id = 7, .name = "Lupita Ríos", .rights = UINT64_MAX};
    ctx->actor = &lupita;
    ctx->now = INT64_C(1657200000000000);
    g_assert_true(db_begin(ctx));
    g_assert_true(journal_detail(ctx, "agenda_event", 12, "approved", "Sesión"));
    g_assert_true(journal(ctx, "agenda_event", 12, "held"));
    g_assert_true(db_commit(ctx));
    List lines = journal_after(ctx, 0, 10);
    g_assert_cmpstr(line_at(lines, 0)->hash, ==,
                    "f8a595e6d77fc6a545312a8457b25376c544a736170421d0000901af31cc4a04");
    g_assert_cmpstr(line_at(lines, 1)->hash, ==,
                    "b13f445f457e16fdd148cf8c4e964739a39eae76da118638b5c5299f2667cc9f");
}

static void an_altered_line_is_found(StoreTest *t, const void *unused)
{
    static const char *const changes[] = {
        "at = at + 1",          "actor = 9",
        "actor_name = 'Otro'",  "subject = 'agenda_even'",
        "subject_id = 13",      "verb = 'rejected'",
        "detail = 'Otra cosa'", "detail = NULL",
        "hash = lower('A')",    "subject = 'agenda_eventa', verb = 'pproved'",
    };
    Ctx *ctx = &t->ctx;
    three_lines(ctx);
    for (size_t i = 0; i < COUNT(changes); i++) {
        test_script(ctx, "CREATE TABLE kept AS SELECT * FROM journal_line WHERE id = 2;");
        test_script(
            ctx, arena_printf(ctx->arena, "UPDATE journal_line SET %s WHERE id = 2;", changes[i]));
        g_test_message("%s", changes[i]);
        assert_broken(ctx, 2);
        test_script(ctx, "DELETE FROM journal_line WHERE id = 2;"
                         "INSERT INTO journal_line SELECT * FROM kept; DROP TABLE kept;");
        assert_whole(ctx, 3);
    }
}

static void nothing_and_an_empty_detail_differ(StoreTest *t, const void *unused)
{
    three_lines(&t->ctx);
    test_script(&t->ctx, "UPDATE journal_line SET detail = '' WHERE id = 3;");
    assert_broken(&t->ctx, 3);
}

static void a_line_taken_out_is_found(StoreTest *t, const void *unused)
{
    three_lines(&t->ctx);
    test_script(&t->ctx, "DELETE FROM journal_line WHERE id = 2;");
    assert_broken(&t->ctx, 2);
}

static void closing_the_hole_does_not_help(StoreTest *t, const void *unused)
{
    three_lines(&t->ctx);
    test_script(&t->ctx, "DELETE FROM journal_line WHERE id = 2;"
                         "UPDATE journal_line SET id = 2 WHERE id = 3;"
                         "UPDATE journal_head SET lines = 2;");
    assert_broken(&t->ctx, 2);
}

/* Every hash is right here; only the count is not. */
static void a_hole_with_right_hashes_is_found(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    three_lines(ctx);
    test_script(ctx, "UPDATE journal_head SET lines = 4;");
    g_assert_true(db_begin(ctx));
    g_assert_true(journal(ctx, "press_release", 7, "approved"));
    g_assert_true(db_commit(ctx));
    g_assert_cmpint(journal_last(ctx), ==, 5);
    assert_broken(ctx, 4);
}

static void a_missing_beginning_is_found(StoreTest *t, const void *unused)
{
    three_lines(&t->ctx);
    test_script(&t->ctx, "DELETE FROM journal_line WHERE id = 1;");
    assert_broken(&t->ctx, 1);
}

static void a_missing_end_is_found(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    three_lines(ctx);
    test_script(ctx, "DELETE FROM journal_line WHERE id = 3;");
    assert_broken(ctx, 0);
    test_script(ctx, "DELETE FROM journal_line;");
    assert_broken(ctx, 0);
}

static void a_line_that_the_head_does_not_know_is_found(StoreTest *t, const void *unused)
{
    three_lines(&t->ctx);
    test_script(&t->ctx, "UPDATE journal_head SET lines = 2, hash ="
                         " (SELECT hash FROM journal_line WHERE id = 2);");
    assert_broken(&t->ctx, 0);
    test_script(&t->ctx, "UPDATE journal_head SET lines = 3;");
    assert_broken(&t->ctx, 0);
}

/* Who owns the database can make all of it consistent again, but not the seal that was noted before. */
static void a_noted_seal_proves_the_past(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    three_lines(ctx);
    i64 lines = 0, after = 0;
    const char *seal = NULL, *other = NULL;
    g_assert_true(journal_seal(ctx, &lines, &seal));
    g_assert_cmpint(lines, ==, 3);
    g_assert_cmpstr(seal, ==, line_at(journal_recent(ctx, 0, 1), 0)->hash);

    test_script(ctx, "DELETE FROM journal_line; UPDATE journal_head SET lines = 0, hash = '';");
    ctx->now++;
    three_lines(ctx);
    assert_whole(ctx, 3);
    g_assert_true(journal_seal(ctx, &after, &other));
    g_assert_cmpint(after, ==, lines);
    g_assert_cmpstr(other, !=, seal);
}

static void what_is_rolled_back_leaves_no_line(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    g_assert_true(db_begin(ctx));
    g_assert_true(journal(ctx, "a", 1, "kept"));
    g_assert_true(db_savepoint(ctx));
    g_assert_true(journal(ctx, "a", 1, "lost"));
    g_assert_true(journal(ctx, "a", 1, "lost"));
    db_rollback_to_savepoint(ctx);
    g_assert_true(journal(ctx, "a", 1, "kept"));
    g_assert_true(db_commit(ctx));
    assert_whole(ctx, 2);
    g_assert_cmpuint(journal_of(ctx, "a", 1, 10).count, ==, 2);
    g_assert_cmpstr(line_at(journal_of(ctx, "a", 1, 10), 0)->verb, ==, "kept");
}

static void no_line_without_a_transaction(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    g_assert_false(journal(ctx, "a", 1, "created"));
    assert_fault(ctx, FAULT_BROKEN);
    assert_whole(ctx, 0);
}

static void many_lines(Ctx *ctx, int n)
{
    g_assert_true(db_begin(ctx));
    for (int i = 0; i < n; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        g_assert_true(journal(ctx, "agenda_event", i + 1, "imported"));
    }
    g_assert_true(db_commit(ctx));
}

static void a_long_chain_is_walked_in_little_memory(StoreTest *t, const void *unused)
{
    enum { LINES = 1700 };
    Ctx *ctx = &t->ctx;
    many_lines(ctx, LINES);
    size_t before = arena_used(ctx->arena);
    assert_whole(ctx, LINES);
    g_assert_cmpuint(arena_used(ctx->arena) - before, <, 4096);
    test_script(ctx, "UPDATE journal_line SET verb = 'importe' WHERE id = 1499;");
    assert_broken(ctx, 1499);
}

typedef struct Others {
    const char *url;
    int stop;
    int wrote;
} Others;

static void *write_meanwhile(void *data)
{
    Others *o = data;
    const char *why = NULL;
    Db *db = db_open(o->url, DB_WRITE, &why);
    g_assert_nonnull(db);
    while (!g_atomic_int_get(&o->stop)) {
        Arena *arena CLEANUP(arena_drop) = arena_new(0);
        Ctx ctx = {.arena = arena, .db = db, .actor = &actor_system, .now = 1};
        many_lines(&ctx, 20);
        g_atomic_int_add(&o->wrote, 20);
    }
    db_close(db);
    return NULL;
}

static void verifying_goes_on_while_others_write(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    many_lines(ctx, 600);
    Others others = {.url = t->url};
    GThread *thread = g_thread_new("others", write_meanwhile, &others);
    while (g_atomic_int_get(&others.wrote) < 200) {
        i64 lines = 0, broken = -1;
        g_assert_true(journal_verify(ctx, &lines, &broken));
        g_assert_cmpint(lines, >=, 600);
    }
    g_atomic_int_set(&others.stop, 1);
    g_thread_join(thread);
    assert_whole(ctx, 600 + others.wrote);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("journal", each_change_is_a_line);
    STORE_TEST("journal", lines_are_read_from_both_ends);
    STORE_TEST("journal", the_hash_can_be_computed_by_anybody);
    STORE_TEST("journal", an_altered_line_is_found);
    STORE_TEST("journal", nothing_and_an_empty_detail_differ);
    STORE_TEST("journal", a_line_taken_out_is_found);
    STORE_TEST("journal", closing_the_hole_does_not_help);
    STORE_TEST("journal", a_hole_with_right_hashes_is_found);
    STORE_TEST("journal", a_missing_beginning_is_found);
    STORE_TEST("journal", a_missing_end_is_found);
    STORE_TEST("journal", a_line_that_the_head_does_not_know_is_found);
    STORE_TEST("journal", a_noted_seal_proves_the_past);
    STORE_TEST("journal", what_is_rolled_back_leaves_no_line);
    STORE_TEST("journal", no_line_without_a_transaction);
    STORE_TEST("journal", a_long_chain_is_walked_in_little_memory);
    STORE_TEST("journal", verifying_goes_on_while_others_write);
    return g_test_run();
}
