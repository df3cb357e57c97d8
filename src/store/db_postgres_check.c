/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres_check.c: what PostgreSQL would do for a statement, and whether its rules all hold. */
#include "store/db_postgres.h"

#include <stdlib.h>

/* ---- the plan ---- */
enum { VALUES_MAX = 64 };

/* Nobody says here what the values are: their types are found out or guessed. */
static bool prepare(Pg *pg, const char *sql, size_t count)
{
    Oid types[VALUES_MAX] = {0};
    PGresult *result = pg_prepare(pg, "explained", sql, count, types);
    bool done = pg_outcome(pg, result) == DB_DONE;
    PQclear(result);
    return done;
}

static void read_plan(const PGresult *result, Buf *plan, bool *scans_out)
{
    for (int r = 0; r < PQntuples(result); r++) {
        const char *line = PQgetvalue(result, r, 0);
        buf_printf(plan, "%s\n", line);
        if (strstr(line, "Seq Scan on "))
            *scans_out = true;
    }
}

static bool ask_plan(Pg *pg, size_t count, Buf *plan, bool *scans_out)
{
    g_autoptr(GString) sql = g_string_new("EXPLAIN EXECUTE explained");
    for (size_t i = 0; i < count; i++)
        g_string_append(sql, i ? ", NULL" : "(NULL");
    if (count)
        g_string_append_c(sql, ')');
    PGresult *result = PQexec(pg->conn, sql->str);
    bool done = pg_outcome(pg, result) == DB_DONE;
    if (done)
        read_plan(result, plan, scans_out);
    PQclear(result);
    return done;
}

/* With sequential scans made dear, one that is still there has no index that it could use. The
 * generic plan is asked for, because NULL as a value would be folded away. */
bool pg_explain(Pg *pg, const char *sql, Buf *plan, bool *scans_out)
{
    size_t count = MIN(pg_values_of(sql), VALUES_MAX);
    if (!prepare(pg, sql, count))
        return false;
    bool done = pg_run(pg, "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan") ==
                    DB_DONE &&
                ask_plan(pg, count, plan, scans_out);
    if (PQtransactionStatus(pg->conn) == PQTRANS_INERROR)
        return false;
    return pg_run(pg, "RESET enable_seqscan; RESET plan_cache_mode; DEALLOCATE explained") ==
               DB_DONE &&
           done;
}

/* ---- soundness ---- */
/* The server looks after its files itself; what an interrupted change of tables leaves is found here. */
static const char unsound[] =
    "SELECT 'the index ' || c.relname || ' is not valid'"
    "  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid "
    "UNION ALL SELECT 'the rule ' || conname || ' was never checked'"
    "  FROM pg_constraint WHERE NOT convalidated";

bool pg_integrity(Pg *pg, Buf *trouble)
{
    PGresult *result = PQexec(pg->conn, unsound);
    bool done = pg_outcome(pg, result) == DB_DONE;
    for (int r = 0; done && r < PQntuples(result); r++)
        buf_printf(trouble, "%s\n", PQgetvalue(result, r, 0));
    PQclear(result);
    return done;
}
