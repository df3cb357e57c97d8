/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_sqlite_open.c: how a connection is set up, and why one cannot be. */
#include "store/db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <unistd.h>

enum {
    BUSY_MS = 5000,
    TEXT_MAX = 32 * 1024 * 1024, /* bytes in one value */
    SQL_MAX = 1024 * 1024,
};

/* ---- settings ---- */
static void set_limits(sqlite3 *db)
{
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, TEXT_MAX);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, SQL_MAX);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 10);
    sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BUSY_MS);
}

/* cache_size: negative is KiB.  mmap stays off: each connection's map would count as its own memory,
 * and a truncated file would be a SIGBUS instead of an error. */
static const char settings_both[] = "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                                    "PRAGMA mmap_size = 0; PRAGMA synchronous = FULL;";
static const char settings_writer[] = "PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 0;"
                                      "PRAGMA journal_size_limit = 33554432;";
static const char settings_reader[] = "PRAGMA cache_size = -1024; PRAGMA query_only = ON;"
                                      "SELECT count(*) FROM sqlite_schema;";

/* SQLite does not fail where it cannot have a log, but answers with the mode that it stays in. */
static int note_mode(void *is_wal, int columns, char **values, char **names)
{
    *(bool *)is_wal = columns == 1 && g_strcmp0(values[0], "wal") == 0;
    return 0;
}

static int use_wal(sqlite3 *db)
{
    bool is_wal = false;
    int rc = sqlite3_exec(db, "PRAGMA journal_mode = WAL", note_mode, &is_wal, NULL);
    if (rc != SQLITE_OK)
        return rc;
    return is_wal && sqlite3_db_readonly(db, "main") != 1 ? SQLITE_OK : SQLITE_READONLY;
}

int sqlite_settle(sqlite3 *db, DbMode mode, bool is_file)
{
    set_limits(db);
    int rc = sqlite3_exec(db, settings_both, NULL, NULL, NULL);
    if (rc == SQLITE_OK && mode == DB_WRITE && is_file)
        rc = use_wal(db);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, mode == DB_WRITE ? settings_writer : settings_reader, NULL, NULL,
                          NULL);
    return rc == SQLITE_OK ? sqlite_rank(db) : rc;
}

/* Nobody but the owner reads what citizens wrote; SQLite gives the log files the same permissions. */
void sqlite_create_private(const char *path)
{
    int fd = open(path, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);
    if (fd >= 0)
        close(fd);
}

/* ---- what went wrong ---- */
const char *sqlite_why_not(const char *path, DbMode mode, const char *error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    bool there = access(path, F_OK) == 0;
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
        return db_why("The folder %s does not exist. Make it, or name another with --data.",
                      folder);
    if (!there && mode == DB_READ)
        return db_why("There is no database %s yet. Make one with vocero init.", path);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return db_why("%s is a folder, not a database. Name a file.", path);
    if (access(there ? path : folder, R_OK | W_OK) != 0 || access(folder, W_OK) != 0)
        return db_why("%s cannot be written (%s). Give the user that runs vocero the right to read "
                      "and write it and its folder.",
                      path, g_strerror(errno));
    if (strstr(error, "not a database"))
        return db_why("%s is not a database of Vocero. Move it away, or name another file.", path);
    return db_why("The database %s cannot be opened: %s. Look whether its disk is sound and local: "
                  "a network share will not do.",
                  path, error);
}
