/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres.c: the database server, for a city that outgrows one machine.
 *
 * Values go and come as text: PostgreSQL gives sum() as numeric and comparisons as boolean, and text
 * is the form in which all of these can be read as a number.  Writers take one advisory lock, so
 * that nodes write one after the other, as with SQLite. A transaction that wrote something says
 * NOTIFY; the other nodes hear it in changed_elsewhere(). */
#include "store/db_driver.h"
#include "store/db_postgres.h"

#include <stdlib.h>

enum { NUMBER_TEXT = 32 };

struct DbRows {
    Pg *owner;
    const char *sql;
    bool writes, public;
    char name[16];
    unsigned life; /* the connection in which it is prepared; 0: none */
    size_t count;  /* values */
    Oid *types;    /* as declared; 0: PostgreSQL finds out */
    const char **values;
    char (*numbers)[NUMBER_TEXT];
    PGresult *result;
    int row;
};

static void *refuse(Pg *pg, const char *why)
{
    pg->failure = DB_ERROR;
    g_strlcpy(pg->error, why, sizeof pg->error);
    return NULL;
}

static DbStep failure(void *handle)
{
    return ((Pg *)handle)->failure;
}

static const char *error_text(void *handle)
{
    return ((Pg *)handle)->error;
}

/* ---- statements ---- */
static void rows_free(void *p)
{
    DbRows *rows = p;
    PQclear(rows->result);
    g_free(rows->types);
    g_free(rows->values);
    g_free(rows->numbers);
    g_free(rows);
}

static DbRows *rows_new(Pg *pg, const Query *q, const char *sql)
{
    size_t n = pg_values_of(sql);
    DbRows *rows = g_new0(DbRows, 1);
    rows->owner = pg;
    rows->sql = sql;
    rows->writes = q->writes;
    rows->public = q->touches_public;
    rows->count = n;
    rows->types = g_new0(Oid, n + 1);
    rows->values = g_new0(const char *, n + 1);
    rows->numbers = g_malloc0((n + 1) * sizeof *rows->numbers);
    g_ptr_array_add(pg->statements, rows);
    g_hash_table_insert(pg->ready, (void *)q, rows);
    return rows;
}

/* Kept by the Query's address; its text is compared too, because a Query may live on a stack. */
static DbRows *rows_of(Pg *pg, const Query *q, size_t n)
{
    const char *sql = q->sql_postgres ? q->sql_postgres : q->sql;
    DbRows *rows = g_hash_table_lookup(pg->ready, q);
    if (!rows || rows->sql != sql)
        rows = rows_new(pg, q, sql);
    if (rows->count != n)
        return refuse(pg, "takes another number of values");
    return rows;
}

static Oid type_of(const Bind *bind)
{
    switch (bind->kind) {
    case BIND_INT: return PG_INT8;
    case BIND_REAL: return PG_FLOAT8;
    case BIND_TEXT: return PG_TEXT;
    default: return 0;
    }
}

static const char *text_of(const Bind *bind, char number[NUMBER_TEXT])
{
    switch (bind->kind) {
    case BIND_INT: g_snprintf(number, NUMBER_TEXT, "%" PRId64, bind->number); return number;
    case BIND_REAL: return g_ascii_dtostr(number, NUMBER_TEXT, bind->real);
    case BIND_TEXT: return bind->text;
    default: return NULL;
    }
}

/* The first value that is not NULL says what a parameter is; one of another type prepares it anew. */
static void set_value(DbRows *rows, size_t i, const Bind *bind)
{
    Oid type = type_of(bind);
    rows->values[i] = text_of(bind, rows->numbers[i]);
    if (!type || rows->types[i] == type)
        return;
    rows->types[i] = type;
    rows->life = 0;
}

static DbRows *start(void *handle, const Query *q, const Bind *binds, size_t n)
{
    DbRows *rows = rows_of(handle, q, n);
    if (!rows)
        return NULL;
    if (rows->result)
        return refuse(handle, "is running already");
    for (size_t i = 0; i < n; i++)
        set_value(rows, i, &binds[i]);
    return rows;
}

static void finish(DbRows *rows)
{
    PQclear(rows->result);
    rows->result = NULL;
}

static PGresult *execute(Pg *pg, DbRows *rows)
{
    if (rows->life != pg->life) {
        g_snprintf(rows->name, sizeof rows->name, "v%u", ++pg->names);
        PGresult *result = pg_prepare(pg, rows->name, rows->sql, rows->count, rows->types);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            return result;
        PQclear(result);
        rows->life = pg->life;
    }
    return PQexecPrepared(pg->conn, rows->name, (int)rows->count, rows->values, NULL, NULL, 0);
}

/* A step changed a table under a prepared statement, or a pooler forgot it. */
static bool stale(const PGresult *result)
{
    return pg_state_is(result, "26000") || pg_state_is(result, "0A000");
}

/* Outside a transaction there are only reads: after a lost connection they may run once more. */
static DbStep run(DbRows *rows)
{
    Pg *pg = rows->owner;
    rows->row = -1;
    rows->result = execute(pg, rows);
    DbStep step = pg_outcome(pg, rows->result);
    bool again = !pg->in_transaction && step != DB_DONE &&
                 (pg_lost(pg) ? pg_reconnect(pg) : stale(rows->result));
    if (!again)
        return step;
    rows->life = 0;
    PQclear(rows->result);
    rows->result = execute(pg, rows);
    return pg_outcome(pg, rows->result);
}

static i64 changed(DbRows *rows)
{
    const char *text = PQcmdTuples(rows->result);
    return *text ? strtoll(text, NULL, 10) : 0;
}

static void note_written(const DbRows *rows)
{
    rows->owner->wrote = true;
    rows->owner->public = rows->owner->public || rows->public;
}

static DbStep step(DbRows *rows)
{
    if (!rows->result) {
        DbStep ran = run(rows);
        if (ran != DB_DONE)
            return ran;
        if (rows->writes && changed(rows) > 0)
            note_written(rows);
    }
    return ++rows->row < PQntuples(rows->result) ? DB_ROW : DB_DONE;
}

/* ---- columns ---- */
static int columns(DbRows *rows)
{
    return PQnfields(rows->result);
}

static const char *column_name(DbRows *rows, int c)
{
    return PQfname(rows->result, c);
}

static bool column_null(DbRows *rows, int c)
{
    return PQgetisnull(rows->result, rows->row, c);
}

static i64 column_int(DbRows *rows, int c)
{
    const char *text = PQgetvalue(rows->result, rows->row, c);
    if (PQftype(rows->result, c) == PG_BOOL)
        return *text == 't';
    char *end;
    i64 n = strtoll(text, &end, 10);
    return *end ? (i64)g_ascii_strtod(text, NULL) : n;
}

static double column_real(DbRows *rows, int c)
{
    return g_ascii_strtod(PQgetvalue(rows->result, rows->row, c), NULL);
}

static const char *column_text(DbRows *rows, int c, size_t *size_out)
{
    *size_out = (size_t)PQgetlength(rows->result, rows->row, c);
    return PQgetvalue(rows->result, rows->row, c);
}

static const void *prepared_key(DbRows *rows)
{
    return rows;
}

/* ---- transactions ---- */
/* 'vocero' in ASCII; the lock goes with the transaction. */
static const char begin_writing[] = "BEGIN; SELECT pg_advisory_xact_lock(130220781040239);"
                                    "SELECT pg_current_xact_id()";
static const char begin_reading[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static DbStep try_begin(Pg *pg)
{
    PGresult *result = PQexec(pg->conn, pg->mode == DB_WRITE ? begin_writing : begin_reading);
    DbStep step = pg_outcome(pg, result);
    if (step == DB_DONE && pg->mode == DB_WRITE)
        g_strlcpy(pg->xid, PQgetvalue(result, 0, 0), sizeof pg->xid);
    PQclear(result);
    return step;
}

static DbStep begin(void *handle)
{
    Pg *pg = handle;
    DbStep step = try_begin(pg);
    if (step == DB_GONE && pg_lost(pg) && pg_reconnect(pg))
        step = try_begin(pg);
    pg->wrote = pg->public = false;
    pg->in_transaction = step == DB_DONE;
    if (step != DB_DONE && !pg_lost(pg))
        PQclear(PQexec(pg->conn, "ROLLBACK"));
    return step;
}

/* COMMIT of a transaction that has failed is answered with ROLLBACK. */
static DbStep commit_outcome(Pg *pg, PGresult *result)
{
    DbStep step = pg_outcome(pg, result);
    if (step == DB_DONE && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        refuse(pg, "the transaction had failed before");
        return DB_ERROR;
    }
    return step;
}

static DbStep commit(void *handle)
{
    Pg *pg = handle;
    bool wrote = pg->wrote;
    const char *sql = pg->public ? "NOTIFY vocero, 'public'; COMMIT" : "NOTIFY vocero; COMMIT";
    PGresult *result = PQexec(pg->conn, wrote ? sql : "COMMIT");
    DbStep step = commit_outcome(pg, result);
    PQclear(result);
    pg->in_transaction = false;
    if (step != DB_DONE && wrote && pg_lost(pg))
        return pg_ask_fate(pg);
    return step;
}

static void rollback(void *handle)
{
    Pg *pg = handle;
    pg->in_transaction = false;
    if (!pg_lost(pg) && PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
        PQclear(PQexec(pg->conn, "ROLLBACK"));
}

static DbStep mark(void *handle, DbMark what)
{
    static const char *const statements[] = {"SAVEPOINT vocero", "RELEASE vocero",
                                             "ROLLBACK TO vocero"};
    return pg_run(handle, statements[what]);
}

static bool healthy(void *handle)
{
    return PQtransactionStatus(((Pg *)handle)->conn) == PQTRANS_INTRANS;
}

static DbStep script(void *handle, const char *sql)
{
    Pg *pg = handle;
    DbStep step = pg_run(pg, "SET LOCAL statement_timeout = 0");
    if (step == DB_DONE)
        step = pg_run(pg, sql);
    pg->wrote = pg->public = true;
    return step;
}

/* ---- others' commits ---- */
static DbElsewhere changed_elsewhere(void *handle)
{
    Pg *pg = handle;
    if (!pg->listening && !pg_lost(pg)) {
        pg_listen(pg);
        return ELSEWHERE_PUBLIC; /* nobody knows what happened before */
    }
    if (!PQconsumeInput(pg->conn) || pg_lost(pg))
        pg_reconnect(pg);
    return pg_lost(pg) ? ELSEWHERE_NOTHING : pg_heard(pg);
}

static int news_socket(void *handle)
{
    const Pg *pg = handle;
    return pg->listening && !pg_lost(pg) ? PQsocket(pg->conn) : -1;
}

static void heed(void *handle)
{
    pg_heed(handle);
}

static bool heeded(void *handle)
{
    return pg_heeded(handle);
}

/* ---- opening ---- */
static void close_db(void *handle)
{
    Pg *pg = handle;
    g_hash_table_destroy(pg->ready);
    g_ptr_array_unref(pg->statements);
    PQfinish(pg->conn);
    g_free(pg->url);
    g_free(pg);
}

static void *open_db(const char *url, DbMode mode, const char **why_out)
{
    Pg *pg = g_new0(Pg, 1);
    pg->url = g_strdup(url);
    pg->mode = mode;
    pg->ready = g_hash_table_new(NULL, NULL);
    pg->statements = g_ptr_array_new_with_free_func(rows_free);
    if (pg_connect(pg, why_out))
        return pg;
    close_db(pg);
    return NULL;
}

/* ---- checks ---- */
static bool explain(void *handle, const Query *q, Buf *plan, bool *scans_out)
{
    return pg_explain(handle, q->sql_postgres ? q->sql_postgres : q->sql, plan, scans_out);
}

static bool integrity(void *handle, Buf *trouble)
{
    return pg_integrity(handle, trouble);
}

const DbDriver db_postgres = {
    .kind = DB_POSTGRES,
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
    .news_socket = news_socket,
    .heed = heed,
    .heeded = heeded,
    .explain = explain,
    .integrity = integrity,
};
