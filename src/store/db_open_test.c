/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_open_test.c: databases that cannot be opened, full disks, the log. */
#include "base/base_test.h"
#include "store/db_fixture.h"

#include <glib/gstdio.h>

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
    const char *folder = test_folder();
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
    make_tables(&ctx);
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
    g_assert_cmpint(ctx->db->driver->failure(ctx->db->handle), ==, DB_FULL);
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db_open/what_cannot_be_opened_says_why", what_cannot_be_opened_says_why);
    g_test_add_func("/db_open/the_file_is_the_owners_alone", the_file_is_the_owners_alone);
    g_test_add_func("/db_open/a_named_memory_is_shared", a_named_memory_is_shared);
    g_test_add_func("/db_open/a_full_disk_is_said_and_loses_nothing",
                    a_full_disk_is_said_and_loses_nothing);
    g_test_add_func("/db_open/the_log_does_not_grow_without_end",
                    the_log_does_not_grow_without_end);
    return g_test_run();
}
