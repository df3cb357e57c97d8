/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_postgres_link.c: the connection to the server: made, lost, made anew; its errors, sorted. */
#include "store/db_postgres.h"
#include "base/clock.h"

#include <stdlib.h>

enum {
    OLDEST_SERVER = 130000, /* pg_current_xact_id() */
    PAUSE_FIRST_MS = 100,
    PAUSE_MOST_MS = 2000,
    FATE_CALLS = 5,
};

/* ---- errors ---- */
typedef struct StateClass {
    const char *prefix; /* of the SQLSTATE; the first that fits counts */
    DbStep step;
} StateClass;

/* PostgreSQL 15, appendix A. */
static const StateClass classes[] = {
    {"23001", DB_CONSTRAINT}, {"23503", DB_CONSTRAINT}, {"23505", DB_CONSTRAINT},
    {"23P01", DB_CONSTRAINT}, {"40001", DB_LOCKED},     {"40P01", DB_LOCKED},
    {"55P03", DB_LOCKED},     {"57014", DB_SLOW},       {"53100", DB_FULL},
    {"58030", DB_REFUSED},    {"53", DB_GONE},          {"57P", DB_GONE},
    {"08", DB_GONE},          {"25P03", DB_GONE},       {"25P02", DB_ERROR},
};

static DbStep state_class(const Pg *pg, const char *state)
{
    if (!state)
        return DB_ERROR;
    if (strcmp(state, "25006") == 0) /* read-only: the address is a replica's */
        return pg->mode == DB_WRITE ? DB_REFUSED : DB_ERROR;
    for (size_t i = 0; i < COUNT(classes); i++)
        if (g_str_has_prefix(state, classes[i].prefix))
            return classes[i].step;
    return DB_ERROR;
}

bool pg_state_is(const PGresult *result, const char *sqlstate)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state && strcmp(state, sqlstate) == 0;
}

bool pg_lost(const Pg *pg)
{
    return PQstatus(pg->conn) != CONNECTION_OK;
}

static char *one_line(const char *text)
{
    return g_strdelimit(g_strstrip(g_strdup(text)), "\r\n\t", ' ');
}

static DbStep note(Pg *pg, DbStep step, const char *why)
{
    g_autofree char *line = one_line(why);
    pg->failure = step;
    g_strlcpy(pg->error, line, sizeof pg->error);
    return step;
}

DbStep pg_outcome(Pg *pg, const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return DB_DONE;
    if (pg_lost(pg))
        return note(pg, DB_GONE, PQerrorMessage(pg->conn));
    /* the primary message alone: the detail quotes what people wrote */
    const char *why = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return note(pg, state_class(pg, state), why ? why : PQerrorMessage(pg->conn));
}

DbStep pg_run(Pg *pg, const char *sql)
{
    PGresult *result = PQexec(pg->conn, sql);
    DbStep step = pg_outcome(pg, result);
    PQclear(result);
    return step;
}

/* ---- connecting ---- */
static void silent(void *unused, const PGresult *notice)
{
}

static PGconn *call(const char *url)
{
    /* what the address says later counts more */
    static const char *const keys[] = {"application_name",
                                       "connect_timeout",
                                       "keepalives_idle",
                                       "keepalives_interval",
                                       "keepalives_count",
                                       "tcp_user_timeout",
                                       "dbname",
                                       "client_encoding",
                                       NULL};
    const char *const values[] = {"vocero", "3", "10", "5", "2", "10000", url, "UTF8", NULL};
    PGconn *conn = PQconnectdbParams(keys, values, 1);
    PQsetNoticeReceiver(conn, silent, NULL);
    return conn;
}

static const char settings_both[] =
    "SET timezone = 'UTC'; SET jit = off; SET lock_timeout = '5s'; SET client_min_messages = "
    "'warning';"
    "SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on;"
    "SET default_transaction_isolation = 'read committed';"
    /* answered means on disk, whatever the server is set to; stricter settings stay */
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'";
static const char settings_reader[] = "SET default_transaction_read_only = on;"
                                      "SET statement_timeout = '20s'";
static const char settings_writer[] = "SET default_transaction_read_only = off;"
                                      "SET statement_timeout = '30s'";

bool pg_listen(Pg *pg)
{
    pg->listening = true;
    return pg_run(pg, "LISTEN vocero") == DB_DONE;
}

static bool settle(Pg *pg)
{
    bool writer = pg->mode == DB_WRITE;
    pg->listening = pg->listening || writer;
    return pg_run(pg, settings_both) == DB_DONE &&
           pg_run(pg, writer ? settings_writer : settings_reader) == DB_DONE &&
           (!pg->listening || pg_listen(pg));
}

static const char *why_not(const Pg *pg)
{
    const char *encoding = PQparameterStatus(pg->conn, "server_encoding");
    if (pg_lost(pg))
        return db_why("The database server cannot be reached: %s. Look whether it runs, and "
                      "whether the address given with --db is right.",
                      pg->error);
    if (PQserverVersion(pg->conn) < OLDEST_SERVER)
        return db_why("Vocero needs PostgreSQL 13 or newer. Upgrade the server.");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return db_why("The database is not kept in UTF-8. Make one with ENCODING 'UTF8'.");
    return db_why("The database server refuses what Vocero needs: %s.", pg->error);
}

bool pg_connect(Pg *pg, const char **why_out)
{
    PQfinish(pg->conn);
    pg->conn = call(pg->url);
    pg->life++;
    const char *encoding = PQparameterStatus(pg->conn, "server_encoding");
    bool good = !pg_lost(pg) && PQserverVersion(pg->conn) >= OLDEST_SERVER && encoding &&
                strcmp(encoding, "UTF8") == 0 && settle(pg);
    if (good)
        return true;
    if (pg_lost(pg))
        note(pg, DB_GONE, PQerrorMessage(pg->conn));
    if (why_out)
        *why_out = why_not(pg);
    return false;
}

bool pg_reconnect(Pg *pg)
{
    pg->failure = DB_GONE;
    if (pg->in_transaction || clock_monotonic() < pg->retry_at)
        return false;
    if (pg_connect(pg, NULL)) {
        pg->missed = true;
        pg->pause = 0;
        return true;
    }
    pg->pause = pg->pause ? MIN(2 * pg->pause, PAUSE_MOST_MS) : PAUSE_FIRST_MS;
    pg->retry_at = clock_monotonic() + pg->pause * 1000;
    return false;
}

/* ---- a commit without an answer ---- */
static DbStep fate(Pg *pg)
{
    const char *const values[] = {pg->xid};
    PGresult *result =
        PQexecParams(pg->conn, "SELECT pg_xact_status($1::xid8)", 1, NULL, values, NULL, NULL, 0);
    bool known = pg_outcome(pg, result) == DB_DONE && PQntuples(result) == 1;
    const char *word = known ? PQgetvalue(result, 0, 0) : "";
    DbStep step = strcmp(word, "committed") == 0 ? DB_DONE
                  : strcmp(word, "aborted") == 0 ? DB_GONE
                                                 : DB_UNSURE;
    PQclear(result);
    return step;
}

DbStep pg_ask_fate(Pg *pg)
{
    DbStep step = DB_UNSURE;
    for (int i = 0; i < FATE_CALLS && step == DB_UNSURE; i++) {
        if (i)
            g_usleep((gulong)i * PAUSE_FIRST_MS * 1000);
        if (pg_connect(pg, NULL))
            step = fate(pg);
    }
    pg->missed = true;
    pg->failure = step;
    return step;
}
