/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite_wal.c: checkpoints on a thread of their own.
 *
 * SQLite would move the log's pages into the file inside somebody's COMMIT, which then takes a
 * hundred times as long.  Here a thread with its own connection does it (PASSIVE: it waits for
 * nobody) once the log has SOFT_PAGES.  Under a load that never pauses such a checkpoint never ends
 * at the log's end, so that the log would never begin anew; at HARD_PAGES the writer does one itself,
 * between two transactions, which always gets there unless a reader holds an old snapshot. */
#include "store/db_sqlite.h"
#include "base/log.h"

#include <glib.h>

enum { SOFT_PAGES = 1000, HARD_PAGES = 6000 }; /* 4 MB and 24 MB with pages of 4 KB */

struct SqliteWal {
    int pages, seen;          /* in the log after the last commit, and the one before */
    int next_soft, next_hard; /* not at each commit, also while a reader holds an old snapshot */
    sqlite3 *db;              /* the thread's own connection */
    GThread *thread;
    GMutex lock;
    GCond wake;
    bool wanted, stopping;
};

static int note_pages(void *p, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    ((SqliteWal *)p)->pages = pages;
    return SQLITE_OK;
}

static void checkpoint(sqlite3 *db)
{
    int rc = sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        log_line(LOG_WARN, "db_checkpoint_failed", LOG_T("error", sqlite3_errmsg(db)));
}

static void *run(void *p)
{
    SqliteWal *wal = p;
    g_mutex_lock(&wal->lock);
    while (!wal->stopping) {
        if (!wal->wanted) {
            g_cond_wait(&wal->wake, &wal->lock);
            continue;
        }
        wal->wanted = false;
        g_mutex_unlock(&wal->lock);
        checkpoint(wal->db);
        g_mutex_lock(&wal->lock);
    }
    g_mutex_unlock(&wal->lock);
    return NULL;
}

/* A second connection that only moves pages; NULL leaves all of it to the writer. */
static sqlite3 *connect_helper(const char *path)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK &&
        sqlite3_exec(db,
                     "PRAGMA synchronous = FULL; PRAGMA cache_size = -64;"
                     "SELECT count(*) FROM sqlite_schema;",
                     NULL, NULL, NULL) == SQLITE_OK)
        return db;
    sqlite3_close(db);
    return NULL;
}

SqliteWal *sqlite_wal_start(sqlite3 *writer, const char *path)
{
    SqliteWal *wal = g_new0(SqliteWal, 1);
    wal->next_soft = SOFT_PAGES;
    wal->next_hard = HARD_PAGES;
    g_mutex_init(&wal->lock);
    g_cond_init(&wal->wake);
    sqlite3_wal_hook(writer, note_pages, wal);
    wal->db = connect_helper(path);
    if (wal->db)
        wal->thread = g_thread_new("checkpoint", run, wal);
    return wal;
}

static void wake(SqliteWal *wal)
{
    g_mutex_lock(&wal->lock);
    wal->wanted = true;
    g_cond_signal(&wal->wake);
    g_mutex_unlock(&wal->lock);
}

/* A transaction that wrote nothing calls no hook, so pages may still be those of the one before. */
void sqlite_wal_committed(SqliteWal *wal, sqlite3 *writer)
{
    if (wal->pages < wal->seen) { /* the log began anew */
        wal->next_soft = SOFT_PAGES;
        wal->next_hard = HARD_PAGES;
    }
    wal->seen = wal->pages;
    if (wal->pages >= wal->next_hard) {
        wal->next_hard = wal->pages + HARD_PAGES;
        checkpoint(writer);
    } else if (wal->pages >= wal->next_soft) {
        wal->next_soft = wal->pages + SOFT_PAGES;
        wake(wal);
    }
}

void sqlite_wal_stop(SqliteWal *wal)
{
    if (!wal)
        return;
    g_mutex_lock(&wal->lock);
    wal->stopping = true;
    g_cond_signal(&wal->wake);
    g_mutex_unlock(&wal->lock);
    if (wal->thread)
        g_thread_join(wal->thread);
    sqlite3_close(wal->db);
    g_mutex_clear(&wal->lock);
    g_cond_clear(&wal->wake);
    g_free(wal);
}
