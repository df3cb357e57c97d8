/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store_test.c: a fresh database for each test.
 *
 * SQLite: the steps run once in the process, and each test gets a copy of that file.  PostgreSQL takes
 * half a second to make or drop a database, so that one is kept for the next test and emptied down to
 * what the steps had put into it; where a test changed the tables themselves, a new one is made. */
#include "store/store_test.h"
#include "base/base_test.h"
#include "base/log.h"
#include "store/db_driver.h"
#include "store/seal_room.h"
#include "store/steps.h"

#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#define TEST_NOW INT64_C(1657810800000000) /* 2022-07-14T10:00:00-05:00 */

/* ---- what the process keeps ---- */
static bool begun;
static char *sqlite_model; /* the file that each test gets a copy of */
static char *postgres_admin; /* the cluster's address; NULL: none */
static char *postgres_spare; /* the name of a database that no test uses just now */
static unsigned databases;

static void say_why(const char *what, const char *why)
{
    g_error("%s: %s", what, why);
}

static Db *connect_to(const char *url, DbMode mode)
{
    const char *why = "";
    Db *db = db_open(url, mode, &why);
    if (!db)
        say_why(url, why);
    return db;
}

/* CREATE DATABASE runs in no transaction, so db_run_script() is not asked. */
static void admin(const char *sql)
{
    Db *db = connect_to(postgres_admin, DB_WRITE);
    if (db->driver->script(db->handle, sql) != DB_DONE)
        say_why(sql, db->driver->error(db->handle));
    db_close(db);
}

static void drop_database(const char *name)
{
    g_autofree char *sql = g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    admin(sql);
}

static void end_process(void)
{
    if (postgres_spare)
        drop_database(postgres_spare);
}

static void begin_process(void)
{
    if (begun)
        return;
    begun = true;
    postgres_admin = g_strdup(g_getenv("VOCERO_TEST_POSTGRES"));
    if (!g_getenv("VOCERO_TEST_LOG"))
        log_level(LOG_SILENT);
    atexit(end_process);
}

/* ---- databases ---- */
static char *postgres_url(const char *name)
{
    return g_strdup_printf("%s%cdbname=%s", postgres_admin, strchr(postgres_admin, '?') ? '&' : '?',
                           name);
}

static void run_steps(const char *url)
{
    Ctx ctx = {.arena = arena_new(0), .actor = &actor_system, .now = TEST_NOW};
    ctx.db = connect_to(url, DB_WRITE);
    if (!steps_run(&ctx, store_steps, store_steps_count, NULL))
        say_why("steps", ctx.fault.what);
    db_close(ctx.db);
    arena_free(ctx.arena);
}

static char *new_database(void)
{
    char *name = g_strdup_printf("vocero_test_%d_%u", (int)getpid(), ++databases);
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s TEMPLATE template0", name);
    admin(sql);
    return name;
}

/* ---- PostgreSQL: one database for many tests ---- */
#define SHAPE_OF_TABLES                                                                    \
    "(SELECT md5(string_agg(format('%s %s %s %s', c.relname, c.relkind, a.attname,"        \
    " a.atttypid), ',' ORDER BY c.relname, a.attnum)) FROM pg_class c JOIN pg_attribute a" \
    " ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace)"

static const char remember[] =
    "CREATE SCHEMA seed;"
    "CREATE TABLE seed.shape AS SELECT " SHAPE_OF_TABLES " AS md5;"
    "CREATE TABLE seed.names AS SELECT tablename FROM pg_tables WHERE schemaname = 'public';"
    "DO $$ DECLARE t name; filled boolean; BEGIN"
    "  FOR t IN SELECT tablename FROM seed.names LOOP"
    "    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;"
    "    IF filled THEN EXECUTE format('CREATE TABLE seed.%I AS TABLE public.%I', 's_' || t, t);"
    "    END IF;"
    "  END LOOP;"
    "END $$";

/* Foreign keys are not looked at while the seeds go in, whatever their order. */
static const char restore[] =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid();"
    "DO $$ DECLARE t name; filled boolean; list text; BEGIN"
    "  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    "    AND tablename NOT IN (SELECT tablename FROM seed.names) LOOP"
    "    EXECUTE format('DROP TABLE public.%I CASCADE', t);"
    "  END LOOP;"
    "  IF " SHAPE_OF_TABLES " <> (SELECT md5 FROM seed.shape) THEN"
    "    RAISE 'the tables have another shape';"
    "  END IF;"
    "  FOR t IN SELECT tablename FROM seed.names LOOP"
    "    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;"
    "    IF filled THEN list := concat_ws(', ', list, format('public.%I', t)); END IF;"
    "  END LOOP;"
    "  IF list IS NOT NULL THEN EXECUTE 'TRUNCATE ' || list || ' CASCADE'; END IF;"
    "  SET LOCAL session_replication_role = replica;"
    "  FOR t IN SELECT substr(tablename, 3) FROM pg_tables"
    "    WHERE schemaname = 'seed' AND tablename LIKE 's\\_%' LOOP"
    "    EXECUTE format('INSERT INTO public.%I SELECT * FROM seed.%I', t, 's_' || t);"
    "  END LOOP;"
    "END $$";

static bool run_in(const char *url, const char *sql)
{
    Db *db = connect_to(url, DB_WRITE);
    bool done = db->driver->script(db->handle, sql) == DB_DONE;
    if (!done)
        g_test_message("a new database is needed: %s", db->driver->error(db->handle));
    db_close(db);
    return done;
}

static char *use_spare(void)
{
    if (!postgres_spare)
        return NULL;
    g_autofree char *name = g_steal_pointer(&postgres_spare);
    g_autofree char *url = postgres_url(name);
    if (run_in(url, restore))
        return g_steal_pointer(&url);
    drop_database(name);
    return NULL;
}

static char *open_postgres(bool empty)
{
    char *url = empty ? NULL : use_spare();
    if (url)
        return url;
    g_autofree char *name = new_database();
    url = postgres_url(name);
    if (empty)
        return url;
    run_steps(url);
    if (!run_in(url, remember))
        say_why(name, "cannot be prepared");
    return url;
}

static void close_postgres(const StoreTest *t)
{
    const char *name = strstr(t->url, "dbname=") + strlen("dbname=");
    if (!t->empty && !postgres_spare)
        postgres_spare = g_strdup(name);
    else
        drop_database(name);
}

/* ---- SQLite: a copy of a file ---- */
static void copy_file(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    size_t size = 0;
    if (!g_file_get_contents(from, &bytes, &size, NULL) ||
        !g_file_set_contents_full(to, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
        say_why(to, "cannot be written");
}

static char *open_sqlite(StoreTest *t, bool empty)
{
    if (!empty && !sqlite_model) {
        sqlite_model = g_build_filename(test_folder_in_memory(), "model.db", NULL);
        g_autofree char *url = g_strconcat("sqlite:", sqlite_model, NULL);
        run_steps(url);
    }
    t->folder = test_folder_in_memory();
    g_autofree char *path = g_build_filename(t->folder, "vocero.db", NULL);
    if (!empty)
        copy_file(sqlite_model, path);
    return g_strconcat("sqlite:", path, NULL);
}

static bool open_either(StoreTest *t, DbKind kind, bool empty)
{
    begin_process();
    *t = (StoreTest){.kind = kind, .empty = empty};
    if (kind == DB_POSTGRES && !postgres_admin)
        return false;
    t->url = kind == DB_POSTGRES ? open_postgres(empty) : open_sqlite(t, empty);
    t->city = (City){
        .name = "San Luis Potosí",
        .office = "Comunicación Social del Ayuntamiento",
        .zone = zone_find("America/Mexico_City"),
        .base_url = "https://vocero.example",
        .four_eyes = true,
    };
    t->ctx = (Ctx){
        .arena = arena_new(0),
        .db = connect_to(t->url, DB_WRITE),
        .actor = &actor_system,
        .city = &t->city,
        .now = TEST_NOW,
    };
    return true;
}

bool store_test_open(StoreTest *t, DbKind kind)
{
    return open_either(t, kind, false);
}

bool store_test_open_empty(StoreTest *t, DbKind kind)
{
    return open_either(t, kind, true);
}

void store_test_close(StoreTest *t)
{
    if (!t->url)
        return;
    db_close(t->ctx.db);
    arena_free(t->ctx.arena);
    if (t->kind == DB_POSTGRES)
        close_postgres(t);
    else
        test_folder_drop(t->folder);
    g_free((char *)t->url);
    *t = (StoreTest){0};
}

void store_test_again(StoreTest *t)
{
    db_close(t->ctx.db);
    t->ctx.db = connect_to(t->url, DB_WRITE);
}

Db *store_test_connect(StoreTest *t, DbMode mode)
{
    return connect_to(t->url, mode);
}

/* ---- keys ---- */
SealKey test_key_of(unsigned char first)
{
    SealKey key;
    unsigned char seed[crypto_sign_SEEDBYTES];
    g_assert_cmpint(sodium_init(), >=, 0);
    for (size_t i = 0; i < sizeof seed; i++)
        seed[i] = (unsigned char)(first + i);
    crypto_sign_seed_keypair(key.public_key, key.secret, seed);
    seal_key_name(key.public_key, key.id);
    return key;
}

const SealKey *test_key(void)
{
    static SealKey key;
    static gsize once;
    if (g_once_init_enter(&once)) {
        key = test_key_of(0);
        g_once_init_leave(&once, 1);
    }
    return &key;
}

/* ---- tests ---- */
typedef struct Case {
    StoreTestFunction *function;
    DbKind kind;
} Case;

static void run_case(const void *data)
{
    const Case *test = data;
    StoreTest t;
    if (!store_test_open(&t, test->kind)) {
        g_test_skip("VOCERO_TEST_POSTGRES is not set (dev/with-postgres sets it)");
        return;
    }
    test->function(&t, NULL);
    store_test_close(&t);
}

void store_test_add_only(const char *room, const char *name, StoreTestFunction *function,
                         DbKind kind)
{
    Case *test = g_new0(Case, 1);
    test->function = function;
    test->kind = kind;
    g_autofree char *path =
        g_strdup_printf("/%s/%s/%s", room, name, kind == DB_SQLITE ? "sqlite" : "postgres");
    g_test_add_data_func_full(path, test, run_case, g_free);
}

void store_test_add(const char *room, const char *name, StoreTestFunction *function)
{
    store_test_add_only(room, name, function, DB_SQLITE);
    store_test_add_only(room, name, function, DB_POSTGRES);
}

/* ---- helpers ---- */
void test_write(Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data)
{
    bool done = db_transact(ctx, work, data);
    assert_no_fault(ctx);
    g_assert_true(done);
}

static bool run_script(Ctx *ctx, void *sql)
{
    return db_run_script(ctx, sql);
}

void test_script(Ctx *ctx, const char *sql)
{
    test_write(ctx, run_script, (void *)sql);
}

void store_test_fault(Ctx *ctx, FaultKind kind, const char *file, int line)
{
    Fault fault = fault_take(ctx);
    if (fault.kind == kind)
        return;
    g_error("%s:%d: the fault is %s, not %s: %s (%s)", file, line,
            word_name(fault_words, fault.kind), word_name(fault_words, kind),
            fault.what ? fault.what : "", fault.where ? fault.where : "");
}
