/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite.h: the parts of the SQLite driver; only db_sqlite*.c include it, or sqlite3.h. */
#pragma once
#include "store/db_driver.h"

#include <sqlite3.h>

/* ---- db_sqlite_open.c ---- */
/* Limits and settings of a new connection: SQLite's result code. */
int sqlite_settle(sqlite3 *db, DbMode mode, bool is_file);
void sqlite_create_private(const char *path);
/* Why a database cannot be opened and what to do, in one sentence that lives for ever. */
const char *sqlite_why_not(const char *path, DbMode mode, const char *error);

/* ---- db_sqlite_wal.c: the log's pages go into the file without making a commit wait ---- */
typedef struct SqliteWal SqliteWal;

SqliteWal *sqlite_wal_start(sqlite3 *writer, const char *path);
void sqlite_wal_committed(SqliteWal *wal, sqlite3 *writer); /* after each commit, by its thread */
void sqlite_wal_stop(SqliteWal *wal); /* before the writer is closed; NULL is fine */

/* ---- db_sqlite_check.c: both give SQLite's result code ---- */
int sqlite_explain(sqlite3 *db, const char *sql, Buf *plan, bool *scans_out);
int sqlite_integrity(sqlite3 *db, Buf *trouble); /* a line for each trouble, if any */

/* ---- db_sqlite_rank.c ---- */
int sqlite_rank(sqlite3 *db); /* hit_rank() for a new connection; SQLite's result code */
