/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres_nodes.c: what is public is new on every node before the one that wrote it answers.
 *
 * A node that keeps pages in memory holds a shared advisory lock. It lets go of it, for a moment,
 * when it has heard of a commit and dropped its pages. Who committed waits for that lock alone: it
 * is granted when all others have let go, and at once when there are none. A node that does not
 * answer holds nobody up for longer than the timeouts; one that is gone holds no lock. */
#include "store/db_postgres.h"

#define PAGES_LOCK "130220781040240"

static const char hold[] = "SELECT pg_advisory_lock_shared(" PAGES_LOCK ")";
static const char let_go_and_hold[] = "SELECT pg_advisory_unlock_shared(" PAGES_LOCK ");"
                                      "SELECT pg_advisory_lock_shared(" PAGES_LOCK ")";
static const char tell[] = "NOTIFY vocero, 'public'";
static const char wait_for_all[] = "BEGIN; SET LOCAL lock_timeout = '30ms';"
                                   "SELECT pg_advisory_xact_lock(" PAGES_LOCK "); COMMIT";

void pg_heed(Pg *pg)
{
    if (pg_lost(pg))
        return;
    bool held = pg->holds_in == pg->life;
    pg->holds_in = pg_run(pg, held ? let_go_and_hold : hold) == DB_DONE ? pg->life : 0;
}

/* Twice: the first time a node may have let go for an earlier commit that it had just heard of. */
bool pg_heeded(Pg *pg)
{
    if (pg_lost(pg) || (pg_run(pg, wait_for_all) == DB_DONE && pg_run(pg, tell) == DB_DONE && pg_run(pg, wait_for_all) == DB_DONE))
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
