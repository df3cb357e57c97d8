/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite_rank.c: hit_rank(), by which FTS5 orders hits: how often the terms stand in a record, the title's weighing more.
 *
 * As its bm25(), but for how rare a word is and how long the record, which PostgreSQL's ts_rank() does not ask either: all hits
 * have all words, so that rareness says little, and to know it bm25() reads every record of every word.  One that most records
 * have would make a search for a name cost milliseconds. */
#include "store/db_sqlite.h"

enum { TERMS_MAX = 64, TITLE = 0 }; /* 16 words, three spellings each (search_words.h); the column of titles */

static const double title_weight = 8, saturation = 1.2; /* from where on another occurrence hardly counts: as in bm25() */

/* How often each term stands in the record, the title's weighing more. */
static int occurrences(const Fts5ExtensionApi *api, Fts5Context *fts, double *often)
{
    int n = 0, rc = api->xInstCount(fts, &n);
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        int term, column, place;
        rc = api->xInst(fts, i, &term, &column, &place);
        if (rc == SQLITE_OK && term < TERMS_MAX)
            often[term] += column == TITLE ? title_weight : 1;
    }
    return rc;
}

/* The best has the least. */
static void hit_rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *result, int values, sqlite3_value **unused)
{
    double often[TERMS_MAX] = {0}, rank = 0;
    int rc = occurrences(api, fts, often);
    for (int term = 0; term < TERMS_MAX; term++)
        rank -= often[term] * (saturation + 1) / (often[term] + saturation);
    if (rc == SQLITE_OK)
        sqlite3_result_double(result, rank);
    else
        sqlite3_result_error_code(result, rc);
}

int sqlite_rank(sqlite3 *db)
{
    fts5_api *fts5 = NULL;
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_pointer(stmt, 1, &fts5, "fts5_api_ptr", NULL);
    sqlite3_step(stmt);
    rc = sqlite3_finalize(stmt);
    if (rc != SQLITE_OK || !fts5)
        return rc == SQLITE_OK ? SQLITE_ERROR : rc;
    return fts5->xCreateFunction(fts5, "hit_rank", NULL, hit_rank, NULL);
}
