/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres_prepare.c: prepares a statement whose values' types are only partly known.
 *
 * PostgreSQL finds most types out by itself, but not in `$1 IS NULL OR day = $1`.  Where nobody knows
 * (the value is NULL, or there is none), the types that our tables have are tried one after the other:
 * only one of them fits the columns that the value is compared with.  An error would end the open
 * transaction, hence the savepoint. */
#include "store/db_postgres.h"

#include <stdlib.h>

enum { GUESSES_MAX = 5 };

static const Oid candidates[] = {PG_INT8, PG_TEXT, PG_FLOAT8};

typedef struct Guesses {
    Oid *types;
    size_t at[GUESSES_MAX];     /* the parameter, counted from 0 */
    size_t choice[GUESSES_MAX]; /* its candidate */
    size_t count;
} Guesses;

size_t pg_values_of(const char *sql)
{
    size_t most = 0;
    for (const char *at = strchr(sql, '$'); at; at = strchr(at + 1, '$'))
        most = MAX(most, strtoul(at + 1, NULL, 10));
    return most;
}

/* Which $N does the error say that it finds no type for? 0 when it says something else. */
static size_t untyped(const PGresult *result)
{
    /* indeterminate_datatype, ambiguous_parameter */
    if (!pg_state_is(result, "42P18") && !pg_state_is(result, "42P08"))
        return 0;
    const char *why = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *at = why ? strchr(why, '$') : NULL; /* the words depend on the server's language */
    return at ? strtoul(at + 1, NULL, 10) : 0;
}

/* No such operator or function, or two types that cannot be one. */
static bool misfit(const PGresult *result)
{
    return pg_state_is(result, "42883") || pg_state_is(result, "42804") ||
           pg_state_is(result, "42846");
}

static void choose(Guesses *guesses, size_t g, size_t choice)
{
    guesses->choice[g] = choice;
    guesses->types[guesses->at[g]] = candidates[choice];
}

static bool guess_one_more(Guesses *guesses, size_t parameter, size_t count)
{
    if (parameter < 1 || parameter > count || guesses->types[parameter - 1] ||
        guesses->count == GUESSES_MAX)
        return false;
    guesses->at[guesses->count++] = parameter - 1;
    choose(guesses, guesses->count - 1, 0);
    return true;
}

/* Counts up like an odometer; false when every combination was tried. */
static bool guess_otherwise(Guesses *guesses)
{
    for (size_t g = 0; g < guesses->count; g++) {
        if (guesses->choice[g] + 1 < COUNT(candidates)) {
            choose(guesses, g, guesses->choice[g] + 1);
            return true;
        }
        choose(guesses, g, 0);
    }
    return false;
}

static bool worth_another(Guesses *guesses, const PGresult *result, size_t count)
{
    size_t parameter = untyped(result);
    if (parameter)
        return guess_one_more(guesses, parameter, count);
    return misfit(result) && guess_otherwise(guesses);
}

PGresult *pg_prepare(Pg *pg, const char *name, const char *sql, size_t count, Oid *types)
{
    Guesses guesses = {.types = types};
    for (;;) {
        bool guard = PQtransactionStatus(pg->conn) == PQTRANS_INTRANS &&
                     pg_run(pg, "SAVEPOINT vocero_prepare") == DB_DONE;
        PGresult *result = PQprepare(pg->conn, name, sql, (int)count, types);
        bool again = worth_another(&guesses, result, count);
        if (guard && again)
            pg_run(pg, "ROLLBACK TO vocero_prepare");
        if (guard && (again || PQresultStatus(result) == PGRES_COMMAND_OK))
            pg_run(pg, "RELEASE vocero_prepare");
        if (!again)
            return result;
        PQclear(result);
    }
}
