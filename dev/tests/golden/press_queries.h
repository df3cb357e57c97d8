/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* made by dev/sqlgen.py from press_queries.sql: do not edit */
#pragma once
#include "store/db.h"

/* one release; "quoted" */
static const Query q_press_find __attribute__((unused)) = {
    .name = "press_find",
    .sql = "SELECT id, '-- no comment; $9' AS said FROM press_release WHERE id = $1",
    .table = NULL,
    .writes = false,
    .touches_public = false,
};

static const Query q_press_keep __attribute__((unused)) = {
    .name = "press_keep",
    .sql = "WITH old AS (SELECT 1) INSERT INTO press_release (id, title) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET title = $2",
    .table = "press_release",
    .writes = true,
    .touches_public = true,
};

/* takes the author's releases along */
static const Query q_press_forget_author __attribute__((unused)) = {
    .name = "press_forget_author",
    .sql = "DELETE FROM person WHERE id = $1",
    .table = "person",
    .writes = true,
    .touches_public = true,
};

static const Query q_press_note_set __attribute__((unused)) = {
    .name = "press_note_set",
    .sql = "UPDATE press_note SET release = $2 WHERE id = $1",
    .table = "press_note",
    .writes = true,
    .touches_public = false,
};

/* by words */
static const Query q_press_search __attribute__((unused)) = {
    .name = "press_search",
    .sql = "SELECT rowid FROM person_text WHERE person_text MATCH $1 LIMIT $2",
    .sql_postgres = "SELECT id FROM person_text WHERE words @@ to_tsquery($1) LIMIT $2 FOR UPDATE SKIP LOCKED",
    .table = NULL,
    .writes = false,
    .touches_public = false,
};

static const Query *const press_queries[] __attribute__((unused)) = {
    &q_press_find,
    &q_press_keep,
    &q_press_forget_author,
    &q_press_note_set,
    &q_press_search,
};

enum { press_queries_count = 5 };
