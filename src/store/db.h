/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db.h: named statements in, arena structs out.  No other folder sees sqlite3.h or libpq-fe.h.
 *
 * A Db is one connection and belongs to one thread at a time.  Statements come from .sql files by
 * name (dev/sqlgen.py), are prepared once a connection and take their values as $1, $2.  Times are
 * UTC microseconds, truth is 0/1, ids are made by id_new().  A reader refuses to write; SQLite
 * opens it query_only, PostgreSQL as default_transaction_read_only.
 *
 * Errors: a connection or disk that fails is FAULT_BROKEN or, when trying again may help (locked,
 * full, server gone), FAULT_BUSY with a sentence; a broken UNIQUE or FOREIGN KEY is FAULT_CONFLICT. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

typedef enum { DB_SQLITE, DB_POSTGRES } DbKind;
typedef enum { DB_READ, DB_WRITE } DbMode;

typedef struct Query {
    const char *name;
    const char *sql;
    const char *sql_postgres; /* NULL: sql does for both */
    const char *table;        /* what a write changes; NULL for reads */
    bool writes;
    bool touches_public;      /* the table holds what citizens can see: public pages are made anew */
} Query;

typedef struct Bind {
    enum { BIND_NULL = 1, BIND_INT, BIND_REAL, BIND_TEXT } kind;
    i64 number;
    double real;
    const char *text;
} Bind;
#define I(n)           ((Bind){.kind = BIND_INT, .number = (n)})
#define I_OR_NULL(n)   ((Bind){.kind = (n) ? BIND_INT : BIND_NULL, .number = (n)}) /* ids and instants: 0 is nothing */
#define R(x)           ((Bind){.kind = (x) == (x) ? BIND_REAL : BIND_NULL, .real = (x)}) /* NAN is nothing */
#define B(yes)         ((Bind){.kind = BIND_INT, .number = (yes) ? 1 : 0})
#define T(s)           ((Bind){.kind = (s) ? BIND_TEXT : BIND_NULL, .text = (s)})
#define W(words, v)    ((Bind){.kind = BIND_TEXT, .text = word_name(words, (int)(v))})

/* ---- connections ---- */
/* url: sqlite:PATH, sqlite::memory:, sqlite:memory:NAME (in memory, shared by all who say NAME while
 * one of them has it open; for tests), postgresql://… ; NULL and why_out (static or malloc'd for ever) when it cannot be opened. */
Db *db_open(const char *url, DbMode mode, const char **why_out);
void db_close(Db *db); /* NULL is fine */
DbKind db_kind(const Db *db);
bool db_readonly(const Db *db);
u64 db_queries(const Db *db); /* statements run so far on this connection, for the request's log line */
u64 db_commits(const Db *db); /* transactions that changed something and reached the disk */

/* ---- reading: never more rows than the statement's own LIMIT ---- */
#define BINDS(...) \
    (Bind[]){{.kind = 0}, __VA_ARGS__}, sizeof((Bind[]){{.kind = 0}, __VA_ARGS__}) / sizeof(Bind) - 1
/* One row, or FAULT_NOT_FOUND. */
#define db_one(ctx, query, shape, ...)   db_one_(ctx, query, shape, BINDS(__VA_ARGS__))
/* One row, or NULL without a fault. */
#define db_maybe(ctx, query, shape, ...) db_maybe_(ctx, query, shape, BINDS(__VA_ARGS__))
#define db_list(ctx, query, shape, ...)  db_list_(ctx, query, shape, BINDS(__VA_ARGS__))
/* The first column of the first row as a number; NONE when there is no row or it is NULL. */
#define db_number(ctx, query, ...)       db_number_(ctx, query, BINDS(__VA_ARGS__))
const void *db_one_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n);
const void *db_maybe_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n);
List db_list_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n);
i64 db_number_(Ctx *ctx, const Query *q, const Bind *binds, size_t n);

/* ---- writing: inside a transaction only ---- */
/* True when exactly one row changed; no row is FAULT_CONFLICT: somebody else changed it first.
 * A write that fails makes a PostgreSQL transaction fail as a whole, unless a savepoint is rolled back. */
#define db_write(ctx, query, ...)        db_write_(ctx, query, NULL, BINDS(__VA_ARGS__))
/* Any number of rows; how many in changed_out. */
#define db_change(ctx, query, changed_out, ...) db_write_(ctx, query, changed_out, BINDS(__VA_ARGS__))
CHECKED bool db_write_(Ctx *ctx, const Query *q, i64 *changed_out, const Bind *binds, size_t n);

/* ---- transactions: the writer's, the command line's and the tests'; desks never call these ---- */
CHECKED bool db_begin(Ctx *ctx);  /* SQLite BEGIN IMMEDIATE; PostgreSQL also takes the house's advisory lock, so that nodes write one after the other */
CHECKED bool db_commit(Ctx *ctx); /* true: it is on disk */
void db_rollback(Ctx *ctx);
CHECKED bool db_savepoint(Ctx *ctx);
CHECKED bool db_release(Ctx *ctx);
void db_rollback_to_savepoint(Ctx *ctx);
bool db_touched_public(const Db *db); /* did the open transaction write to a public table? forgotten at begin */
typedef enum { ELSEWHERE_NOTHING, ELSEWHERE_SOMETHING, ELSEWHERE_PUBLIC } DbElsewhere; /* the last: perhaps in a public table */
DbElsewhere db_changed_elsewhere(Db *db); /* SQLite: another process committed since the last call; PostgreSQL: a NOTIFY came */
int db_news_socket(Db *db);           /* can be read from when there is news from elsewhere; -1: it has to be asked for */
void db_heed(Db *db);                 /* whatever was kept in memory of before the news is dropped: others need not wait for this connection */
bool db_heeded(Db *db);               /* after a commit: did all who ever said db_heed() do so again? false: not within some 30 ms; ask again */

/* Runs the work in one transaction of its own: for the command line, jobs at start-up and tests. */
bool db_transact(Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data);

/* ---- checks ---- */
/* For the EXPLAIN test: the plan as text, and whether it scans a whole table. */
bool db_explain(Ctx *ctx, const Query *q, const char **plan_out, bool *scans_out);
bool db_run_script(Ctx *ctx, const char *sql); /* steps only */
bool db_integrity(Ctx *ctx, const char **trouble_out); /* PRAGMA integrity_check; foreign keys */
