/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres_nodes.c: what is public is new on every node before the one that wrote it answers.
 *
 * A node that keeps pages in memory holds a shared advisory lock. It lets go of it, for a moment,
 * when it has heard of a commit and dropped its pages. Who committed waits for that lock alone: it
 * is granted when all others have let go, and at once when there are none. A node that does not
 * answer holds nobody up for longer than the timeouts; one that is gone holds no lock. */
#include "store/db_postgres.h"

#define PAGES_LOCK "130220781040240"

static const char let_go[] = "SELECT pg_advisory_unlock_shared(" PAGES_LOCK ")";
static const char hold[] = "SELECT pg_advisory_lock_shared(" PAGES_LOCK ")";
static const char wait_for_all[] = "BEGIN; SET LOCAL lock_timeout = '30ms';"
                                   "SELECT pg_advisory_xact_lock(" PAGES_LOCK "); COMMIT";

void pg_heed(Pg *pg)
{
    if (pg_lost(pg))
        return;
    if (pg->holds_in == pg->life)
        pg_run(pg, let_go);
    pg->holds_in = pg_run(pg, hold) == DB_DONE ? pg->life : 0;
}

bool pg_heeded(Pg *pg)
{
    if (pg_lost(pg) || pg_run(pg, wait_for_all) == DB_DONE)
        return true; /* who lost the server cannot wait for others */
    pg_run(pg, "ROLLBACK; NOTIFY vocero, 'public'");
    return pg_lost(pg);
}

DbElsewhere pg_heard(Pg *pg)
{
    DbElsewhere what = pg->missed ? ELSEWHERE_PUBLIC : ELSEWHERE_NOTHING;
    pg->missed = false;
    PGnotify *notice;
    while ((notice = PQnotifies(pg->conn))) {
        if (notice->be_pid != PQbackendPID(pg->conn)) {
            DbElsewhere this = strcmp(notice->extra, "public") ? ELSEWHERE_SOMETHING
                                                               : ELSEWHERE_PUBLIC;
            what = MAX(what, this);
        }
        PQfreemem(notice);
    }
    return what;
}
