/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite.h: the parts of the SQLite driver; only db_sqlite*.c include it, or sqlite3.h. */
#pragma once
#include "base/buf.h"

#include <sqlite3.h>

/* ---- db_sqlite_wal.c: the log's pages go into the file without making a commit wait ---- */
typedef struct SqliteWal SqliteWal;

SqliteWal *sqlite_wal_start(sqlite3 *writer, const char *path);
void sqlite_wal_committed(SqliteWal *wal, sqlite3 *writer); /* after each commit, by its thread */
void sqlite_wal_stop(SqliteWal *wal); /* before the writer is closed; NULL is fine */

/* ---- db_sqlite_check.c: both give SQLite's result code ---- */
int sqlite_explain(sqlite3 *db, const char *sql, Buf *plan, bool *scans_out);
int sqlite_integrity(sqlite3 *db, Buf *trouble); /* a line for each trouble, if any */
