/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite_check.c: what SQLite would do for a statement, and whether its file is sound. */
#include "store/db_sqlite.h"

#include <glib.h>

static const char *column(sqlite3_stmt *stmt, int c)
{
    const char *text = (const char *)sqlite3_column_text(stmt, c);
    return text ? text : "";
}

/* "MATERIALIZE due" and "CO-ROUTINE due" say that a later "SCAN due" reads a result, not a table. */
static void note_result(GHashTable *results, const char *line)
{
    static const char *const makers[] = {"MATERIALIZE ", "CO-ROUTINE "};
    for (size_t i = 0; i < COUNT(makers); i++)
        if (g_str_has_prefix(line, makers[i]))
            g_hash_table_add(results, g_strdup(line + strlen(makers[i])));
}

static bool scans_a_table(GHashTable *results, const char *line)
{
    if (!g_str_has_prefix(line, "SCAN "))
        return false;
    if (strstr(line, " USING ") || strstr(line, " VIRTUAL TABLE ") || strstr(line, "CONSTANT ROW"))
        return false;
    const char *what = line + strlen("SCAN ");
    if (*what == '(') /* a subquery without a name */
        return false;
    g_autofree char *name = g_strndup(what, strcspn(what, " "));
    return !g_hash_table_contains(results, name);
}

int sqlite_explain(sqlite3 *db, const char *sql, Buf *plan, bool *scans_out)
{
    g_autofree char *asking = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, asking, -1, &stmt, NULL);
    if (rc != SQLITE_OK)
        return rc;
    g_autoptr(GHashTable) results = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *line = column(stmt, 3);
        buf_printf(plan, "%s\n", line);
        note_result(results, line);
        if (scans_a_table(results, line))
            *scans_out = true;
    }
    sqlite3_finalize(stmt);
    return rc;
}

/* ---- soundness ---- */
static int each_row(sqlite3 *db, const char *sql, void (*row)(sqlite3_stmt *, Buf *), Buf *trouble)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (rc != SQLITE_OK)
        return rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        row(stmt, trouble);
    sqlite3_finalize(stmt);
    return rc;
}

static void page_trouble(sqlite3_stmt *stmt, Buf *trouble)
{
    if (strcmp(column(stmt, 0), "ok") != 0)
        buf_printf(trouble, "%s\n", column(stmt, 0));
}

static void key_trouble(sqlite3_stmt *stmt, Buf *trouble)
{
    buf_printf(trouble, "a row of %s points to a row of %s that is not there\n", column(stmt, 0),
               column(stmt, 2));
}

int sqlite_integrity(sqlite3 *db, Buf *trouble)
{
    int rc = each_row(db, "PRAGMA integrity_check(20)", page_trouble, trouble);
    if (rc != SQLITE_DONE)
        return rc;
    return each_row(db, "PRAGMA foreign_key_check", key_trouble, trouble);
}
