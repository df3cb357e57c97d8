/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite.c: the embedded database.
 *
 * WAL with synchronous=FULL: a commit is on disk when it returns.  Checkpoints do not happen inside
 * a commit: the writing connection has a thread (db_sqlite_wal.c) that moves the log's pages into
 * the file; only when it cannot keep up does the writer move them itself.
 * Caches are small because every server thread has a connection: the kernel keeps the pages. */
#include "base/clock.h"
#include "store/db_driver.h"
#include "store/db_sqlite.h"

#include <glib.h>
#include <stdlib.h>

enum {
    READ_SECONDS = 20,         /* one statement of a reader */
    OPS_BETWEEN_LOOKS = 50000, /* virtual machine steps, a few milliseconds */
};

typedef enum {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    DATA_VERSION,
    FIXED
} Fixed;

typedef struct Sqlite {
    sqlite3 *db;
    DbMode mode;
    GHashTable *ready;     /* Query -> DbRows */
    GPtrArray *statements; /* every DbRows: they live as long as the connection */
    sqlite3_stmt *fixed[FIXED];
    SqliteWal *wal; /* NULL on readers and in memory */
    i64 deadline;   /* of the running statement; 0: none */
    i64 data_version;
    DbStep failure;
    char error[512];
} Sqlite;

struct DbRows {
    Sqlite *owner;
    const char *sql;
    sqlite3_stmt *stmt;
    int *places; /* $i of the text is this parameter of the statement */
    size_t count;
    i64 changed;
    int column;           /* of the present row, whose value is at hand; -1: none */
    sqlite3_value *value;
};

/* ---- errors ---- */
static DbStep constraint_class(int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_TRIGGER: return DB_CONSTRAINT;
    default: return DB_ERROR; /* NOT NULL, CHECK, a STRICT table's type */
    }
}

static DbStep step_class(const Sqlite *s, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_ROW: return DB_ROW;
    case SQLITE_OK:
    case SQLITE_DONE: return DB_DONE;
    case SQLITE_CONSTRAINT: return constraint_class(sqlite3_extended_errcode(s->db));
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DB_LOCKED;
    case SQLITE_INTERRUPT: return DB_SLOW;
    case SQLITE_FULL: return DB_FULL;
    case SQLITE_READONLY: return s->mode == DB_READ ? DB_ERROR : DB_REFUSED;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return DB_REFUSED;
    default: return DB_ERROR;
    }
}

static DbStep outcome(Sqlite *s, int rc)
{
    DbStep step = step_class(s, rc);
    if (step != DB_ROW && step != DB_DONE) {
        s->failure = step;
        bool own = (sqlite3_errcode(s->db) & 0xff) == (rc & 0xff);
        g_strlcpy(s->error, own ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc), sizeof s->error);
    }
    return step;
}

static void *refuse(Sqlite *s, const char *why)
{
    s->failure = DB_ERROR;
    g_strlcpy(s->error, why, sizeof s->error);
    return NULL;
}

static DbStep failure(void *handle)
{
    return ((Sqlite *)handle)->failure;
}

static const char *error_text(void *handle)
{
    return ((Sqlite *)handle)->error;
}

/* ---- statements ---- */
static void rows_free(void *p)
{
    DbRows *rows = p;
    sqlite3_finalize(rows->stmt);
    g_free(rows->places);
    g_free(rows);
}

/* SQLite numbers parameters in the order in which the text first names them. */
static bool find_places(DbRows *rows)
{
    rows->count = (size_t)sqlite3_bind_parameter_count(rows->stmt);
    rows->places = g_new0(int, rows->count + 1);
    for (int p = 1; p <= (int)rows->count; p++) {
        const char *name = sqlite3_bind_parameter_name(rows->stmt, p);
        int number = name && name[0] == '$' ? atoi(name + 1) : 0;
        if (number < 1 || (size_t)number > rows->count)
            return false;
        rows->places[number] = p;
    }
    return true;
}

static DbRows *prepare(Sqlite *s, const char *sql)
{
    DbRows *rows = g_new0(DbRows, 1);
    rows->owner = s;
    rows->sql = sql;
    int rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &rows->stmt, NULL);
    if (rc == SQLITE_OK && find_places(rows)) {
        g_ptr_array_add(s->statements, rows);
        return rows;
    }
    if (rc == SQLITE_OK)
        refuse(s, "parameters must be $1, $2 … without a gap");
    else
        outcome(s, rc);
    rows_free(rows);
    return NULL;
}

/* Kept by the Query's address; its text is compared too, because a Query may live on a stack. */
static DbRows *prepared(Sqlite *s, const Query *q)
{
    DbRows *rows = g_hash_table_lookup(s->ready, q);
    if (rows && rows->sql == q->sql)
        return rows;
    rows = prepare(s, q->sql);
    if (rows)
        g_hash_table_insert(s->ready, (void *)q, rows);
    return rows;
}

static int bind_one(sqlite3_stmt *stmt, int place, const Bind *bind)
{
    switch (bind->kind) {
    case BIND_INT: return sqlite3_bind_int64(stmt, place, bind->number);
    case BIND_REAL: return sqlite3_bind_double(stmt, place, bind->real);
    case BIND_TEXT: return sqlite3_bind_text(stmt, place, bind->text, -1, SQLITE_STATIC);
    default: return sqlite3_bind_null(stmt, place);
    }
}

static void finish(DbRows *rows)
{
    sqlite3_reset(rows->stmt);
    sqlite3_clear_bindings(rows->stmt);
}

static DbRows *start(void *handle, const Query *q, const Bind *binds, size_t n)
{
    Sqlite *s = handle;
    DbRows *rows = prepared(s, q);
    if (!rows)
        return NULL;
    if (n != rows->count)
        return refuse(s, "takes another number of values");
    if (sqlite3_stmt_busy(rows->stmt))
        return refuse(s, "is running already");
    for (size_t i = 0; i < n; i++) {
        int rc = bind_one(rows->stmt, rows->places[i + 1], &binds[i]);
        if (rc == SQLITE_OK)
            continue;
        outcome(s, rc);
        finish(rows);
        return NULL;
    }
    rows->changed = 0;
    s->deadline = s->mode == DB_READ ? clock_monotonic() + READ_SECONDS * CLOCK_SECOND : 0;
    return rows;
}

static DbStep step(DbRows *rows)
{
    rows->column = -1;
    DbStep step = outcome(rows->owner, sqlite3_step(rows->stmt));
    if (step == DB_DONE)
        rows->changed = sqlite3_changes64(rows->owner->db);
    return step;
}

static int columns(DbRows *rows)
{
    return sqlite3_column_count(rows->stmt);
}

static const char *column_name(DbRows *rows, int c)
{
    return sqlite3_column_name(rows->stmt, c);
}

/* The value that the four functions below are asked about one after the other.  The connection has no mutex and
 * belongs to one thread, so an unprotected value is as good as any (sqlite.org/c3ref/value.html). */
static sqlite3_value *value_at(DbRows *rows, int c)
{
    if (rows->column != c) {
        rows->column = c;
        rows->value = sqlite3_column_value(rows->stmt, c);
    }
    return rows->value;
}

static bool column_null(DbRows *rows, int c)
{
    return sqlite3_value_type(value_at(rows, c)) == SQLITE_NULL;
}

static i64 column_int(DbRows *rows, int c)
{
    return sqlite3_value_int64(value_at(rows, c));
}

static double column_real(DbRows *rows, int c)
{
    return sqlite3_value_double(value_at(rows, c));
}

static const char *column_text(DbRows *rows, int c, size_t *size_out)
{
    const char *text = (const char *)sqlite3_value_text(value_at(rows, c));
    *size_out = (size_t)sqlite3_value_bytes(value_at(rows, c));
    return text ? text : "";
}

static i64 changed(DbRows *rows)
{
    return rows->changed;
}

static const void *prepared_key(DbRows *rows)
{
    return rows;
}

/* ---- transactions ---- */
static const char *const fixed_sql[FIXED] = {
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [SAVEPOINT] = "SAVEPOINT vocero",
    [RELEASE] = "RELEASE vocero",
    [ROLLBACK_TO] = "ROLLBACK TO vocero",
    [DATA_VERSION] = "PRAGMA data_version",
};

static const char *fixed_text(const Sqlite *s, Fixed what)
{
    if (what != BEGIN)
        return fixed_sql[what];
    return s->mode == DB_READ ? "BEGIN" : "BEGIN IMMEDIATE";
}

static DbStep run_fixed(Sqlite *s, Fixed what, i64 *number_out)
{
    sqlite3_stmt **stmt = &s->fixed[what];
    int rc = SQLITE_OK;
    if (!*stmt)
        rc = sqlite3_prepare_v3(s->db, fixed_text(s, what), -1, SQLITE_PREPARE_PERSISTENT, stmt,
                                NULL);
    if (rc != SQLITE_OK)
        return outcome(s, rc);
    s->deadline = 0;
    DbStep step = outcome(s, sqlite3_step(*stmt));
    if (step == DB_ROW) {
        *number_out = sqlite3_column_int64(*stmt, 0);
        step = DB_DONE;
    }
    sqlite3_reset(*stmt);
    return step;
}

static DbStep begin(void *handle)
{
    return run_fixed(handle, BEGIN, NULL);
}

static DbStep commit(void *handle)
{
    Sqlite *s = handle;
    DbStep step = run_fixed(s, COMMIT, NULL);
    if (step == DB_DONE && s->wal)
        sqlite_wal_committed(s->wal, s->db);
    return step;
}

static void rollback(void *handle)
{
    Sqlite *s = handle;
    if (!sqlite3_get_autocommit(s->db)) /* a full disk has rolled back already */
        run_fixed(s, ROLLBACK, NULL);
}

static DbStep mark(void *handle, DbMark what)
{
    static const Fixed statements[] = {SAVEPOINT, RELEASE, ROLLBACK_TO};
    return run_fixed(handle, statements[what], NULL);
}

static bool healthy(void *handle)
{
    return !sqlite3_get_autocommit(((Sqlite *)handle)->db);
}

static DbStep script(void *handle, const char *sql)
{
    Sqlite *s = handle;
    s->deadline = 0;
    return outcome(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

static DbElsewhere changed_elsewhere(void *handle)
{
    Sqlite *s = handle;
    i64 version = 0;
    if (run_fixed(s, DATA_VERSION, &version) != DB_DONE || version == s->data_version)
        return ELSEWHERE_NOTHING;
    s->data_version = version;
    return ELSEWHERE_PUBLIC;
}

/* ---- opening ---- */
static int past_deadline(void *p)
{
    const Sqlite *s = p;
    return s->deadline && clock_monotonic() > s->deadline;
}

static void close_db(void *handle)
{
    Sqlite *s = handle;
    sqlite_wal_stop(s->wal);
    for (int f = 0; f < FIXED; f++)
        sqlite3_finalize(s->fixed[f]);
    g_hash_table_destroy(s->ready);
    g_ptr_array_unref(s->statements);
    sqlite3_close(s->db);
    g_free(s);
}

static Sqlite *sqlite_new(DbMode mode)
{
    Sqlite *s = g_new0(Sqlite, 1);
    s->mode = mode;
    s->ready = g_hash_table_new(NULL, NULL);
    s->statements = g_ptr_array_new_with_free_func(rows_free);
    return s;
}

static void *open_file(const char *name, const char *path, DbMode mode, int extra_flags,
                       const char **why_out)
{
    Sqlite *s = sqlite_new(mode);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | extra_flags;
    int rc = sqlite3_open_v2(name, &s->db, flags, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite_settle(s->db, mode, path != NULL);
    if (outcome(s, rc) == DB_DONE) {
        if (mode == DB_READ)
            sqlite3_progress_handler(s->db, OPS_BETWEEN_LOOKS, past_deadline, s);
        if (path && mode == DB_WRITE)
            s->wal = sqlite_wal_start(s->db, path);
        run_fixed(s, DATA_VERSION, &s->data_version);
        return s;
    }
    *why_out = sqlite_why_not(path ? path : name, mode, s->error);
    close_db(s);
    return NULL;
}

static void *open_db(const char *url, DbMode mode, const char **why_out)
{
    const char *rest = url + strlen("sqlite:");
    if (strcmp(rest, ":memory:") == 0)
        return open_file(rest, NULL, mode, 0, why_out);
    if (g_str_has_prefix(rest, "memory:")) {
        g_autofree char *uri = g_strdup_printf("file:/%s?vfs=memdb", rest + strlen("memory:"));
        return open_file(uri, NULL, mode, SQLITE_OPEN_URI | SQLITE_OPEN_CREATE, why_out);
    }
    if (mode == DB_WRITE)
        sqlite_create_private(rest);
    return open_file(rest, rest, mode, 0, why_out);
}

/* ---- checks ---- */
static bool explain(void *handle, const Query *q, Buf *plan, bool *scans_out)
{
    Sqlite *s = handle;
    int rc = sqlite_explain(s->db, q->sql, plan, scans_out);
    return outcome(s, rc) == DB_DONE;
}

static bool integrity(void *handle, Buf *trouble)
{
    Sqlite *s = handle;
    s->deadline = 0;
    return outcome(s, sqlite_integrity(s->db, trouble)) == DB_DONE;
}

const DbDriver db_sqlite = {
    .kind = DB_SQLITE,
    .open = open_db,
    .close = close_db,
    .start = start,
    .step = step,
    .columns = columns,
    .column_name = column_name,
    .column_null = column_null,
    .column_int = column_int,
    .column_real = column_real,
    .column_text = column_text,
    .changed = changed,
    .finish = finish,
    .prepared_key = prepared_key,
    .script = script,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .mark = mark,
    .healthy = healthy,
    .failure = failure,
    .error = error_text,
    .changed_elsewhere = changed_elsewhere,
    .explain = explain,
    .integrity = integrity,
};
