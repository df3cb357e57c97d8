/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_driver.h: what a database must be able to do; private to store/.  db.c does all that both share:
 * faults, shapes, counting, public tables, exactly-one-row.  Only db_sqlite*.c include sqlite3.h, only
 * db_postgres*.c libpq-fe.h. */
#pragma once
#include "store/db.h"

typedef struct DbDriver DbDriver;
typedef enum {
    DB_ROW,
    DB_DONE,
    DB_CONSTRAINT, /* UNIQUE or FOREIGN KEY; NOT NULL and CHECK are DB_ERROR, our defect */
    DB_LOCKED,     /* somebody else writes and did not end in time */
    DB_SLOW,       /* the statement took longer than a statement may */
    DB_FULL,       /* no room on the disk */
    DB_REFUSED,    /* the disk fails or is read-only */
    DB_GONE,       /* the server does not answer */
    DB_UNSURE,     /* the server went away during COMMIT: saved or not, nobody can say */
    DB_ERROR
} DbStep;

typedef struct DbMaps DbMaps; /* db_shape.h */

/* What a transaction has done so far.  A savepoint keeps a copy, and rolling back brings it back. */
typedef struct DbDone {
    bool wrote; /* something changed: a commit is worth its fsync */
    bool touched_public;
    /* the journal's lines, 0: none; journal() calls db_note_journal() */
    i64 journal_first, journal_last;
    char journal_hash[65]; /* of journal_last: the next line goes on from it */
} DbDone;

enum { DB_SAVEPOINTS_MAX = 8 }; /* one inside the other */

struct Db {
    const DbDriver *driver;
    void *handle; /* the driver's own */
    DbMode mode;
    u64 queries;
    u64 commits; /* transactions that reached the disk, reads not counted */
    bool in_transaction;
    bool broken;   /* inside a transaction whose commit cannot succeed any more */
    DbStep failed; /* what broke it, or why begin or commit did not succeed */
    bool (*before_commit)(Ctx *ctx); /* the journal's, once it wrote here: its head, or NULL */
    DbDone done;   /* forgotten at begin, kept after commit */
    DbDone saved[DB_SAVEPOINTS_MAX];
    int savepoints; /* open ones */
    DbMaps *maps;
};

typedef enum { DB_SAVEPOINT, DB_RELEASE, DB_ROLLBACK_TO } DbMark;

/* The fault that a failed step is, in the reader's language; NULL. ctx->db need not be db. */
void *db_fault(Ctx *ctx, const Db *db, DbStep step, const char *query);
/* The same, and logs the database's own words where the sentence has no room for them. */
void *db_fail(Ctx *ctx, DbStep step, const char *query);
/* A why_out text that lives as long as the program. */
const char *db_why(const char *fmt, ...) PRINTF(1, 2);
/* journal() tells the id of each line that it wrote. */
void db_note_journal(Db *db, i64 id);

/* A running statement. Columns are valid until the next step. */
typedef struct DbRows DbRows;

struct DbDriver {
    DbKind kind;
    void *(*open)(const char *url, DbMode mode, const char **why_out);
    void (*close)(void *handle);
    /* NULL, the reason in error() and its class in failure(), when it cannot be prepared. binds[0..n-1] are $1..$n. */
    DbRows *(*start)(void *handle, const Query *q, const Bind *binds, size_t n);
    DbStep (*step)(DbRows *rows);
    int (*columns)(DbRows *rows);
    const char *(*column_name)(DbRows *rows, int c);
    bool (*column_null)(DbRows *rows, int c);
    i64 (*column_int)(DbRows *rows, int c);
    double (*column_real)(DbRows *rows, int c);
    const char *(*column_text)(DbRows *rows, int c, size_t *size_out);
    i64 (*changed)(DbRows *rows); /* rows that a finished write changed */
    void (*finish)(DbRows *rows); /* always; the statement stays prepared */
    /* the same for the same prepared statement: column maps are kept by it */
    const void *(*prepared_key)(DbRows *rows);
    DbStep (*script)(void *handle, const char *sql); /* several statements without values */
    DbStep (*begin)(void *handle);
    DbStep (*commit)(void *handle);
    void (*rollback)(void *handle);
    /* the innermost savepoint; ROLLBACK_TO leaves it open */
    DbStep (*mark)(void *handle, DbMark what);
    bool (*healthy)(void *handle);      /* is a transaction open that can still commit? */
    DbStep (*failure)(void *handle);    /* the class of the last failure */
    const char *(*error)(void *handle); /* what the last failure was, for the log */
    DbElsewhere (*changed_elsewhere)(void *handle);
    int (*news_socket)(void *handle); /* these three may be NULL: nobody else is told */
    void (*heed)(void *handle);
    bool (*heeded)(void *handle);
    bool (*explain)(void *handle, const Query *q, Buf *plan, bool *scans_out);
    bool (*integrity)(void *handle, Buf *trouble);
};

extern const DbDriver db_sqlite, db_postgres;
