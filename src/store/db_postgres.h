/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres.h: the parts of the PostgreSQL driver; only db_postgres*.c include it, or libpq-fe.h. */
#pragma once
#include "store/db_driver.h"

#include <glib.h>
#include <libpq-fe.h>

/* The types that values are declared as (src/include/catalog/pg_type.dat). */
enum { PG_BOOL = 16, PG_INT8 = 20, PG_TEXT = 25, PG_FLOAT8 = 701 };

typedef struct Pg {
    PGconn *conn;
    char *url;
    DbMode mode;
    unsigned life;         /* counts connections: statements are prepared in each anew */
    unsigned names;        /* of prepared statements, so far */
    GHashTable *ready;     /* Query -> DbRows */
    GPtrArray *statements; /* every DbRows: they live as long as the Pg */
    i64 retry_at;          /* not before this (monotonic) is a lost server called again */
    i64 pause;             /* the wait after the next failed call */
    bool listening;
    bool missed; /* connected anew: notices may have been lost */
    bool in_transaction;
    bool wrote;   /* in the open transaction */
    bool public;  /* so, and to a public table */
    unsigned holds_in; /* the life in which it holds the lock of those who keep pages; 0: none */
    char xid[32]; /* of the open transaction, a writer's */
    DbStep failure;
    char error[512];
} Pg;

/* ---- db_postgres_link.c: the connection and its errors ---- */
bool pg_connect(Pg *pg, const char **why_out); /* why_out may be NULL */
/* Connects anew, unless it has just failed or a transaction is open; false: failure and error are set. */
bool pg_reconnect(Pg *pg);
bool pg_lost(const Pg *pg);
DbStep pg_outcome(Pg *pg, const PGresult *result); /* DB_DONE, or notes failure and error */
DbStep pg_run(Pg *pg, const char *sql);            /* without values */
bool pg_state_is(const PGresult *result, const char *sqlstate);
bool pg_listen(Pg *pg);
/* After the server went away during COMMIT: DB_DONE, DB_GONE (not saved) or DB_UNSURE. */
DbStep pg_ask_fate(Pg *pg);

/* ---- db_postgres_nodes.c: as db_heed(), db_heeded() ---- */
void pg_heed(Pg *pg);
bool pg_heeded(Pg *pg);
DbElsewhere pg_heard(Pg *pg); /* what came in by now */

/* ---- db_postgres_check.c ---- */
bool pg_explain(Pg *pg, const char *sql, Buf *plan, bool *scans_out);
bool pg_integrity(Pg *pg, Buf *trouble);

/* ---- db_postgres_prepare.c ---- */
size_t pg_values_of(const char *sql); /* the largest $N in it */
/* types: of the values, 0 where nobody knows; what was guessed is written there. The caller clears the result. */
PGresult *pg_prepare(Pg *pg, const char *name, const char *sql, size_t count, Oid *types);
