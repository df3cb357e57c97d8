/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db.h: the struct that dev/sqlgen.py fills, for the generators' tests. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct Query {
    const char *name;
    const char *sql;
    const char *sql_postgres;
    const char *table;
    bool writes;
    bool touches_public;
} Query;
