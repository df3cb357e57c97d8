/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_fixture.c: the table, its statements and the short ways to use them. */
#include "store/db_fixture.h"

const Word kind_words[] = {{"tall", "Tall"}, {"wide", "Wide"}, {0}};

static const Field place_fields[] = {FIELD_TEXT(Place, name), FIELD_REAL(Place, lat)};
static const Shape place_shape = SHAPE("place", Place, place_fields);
static const Field thing_fields[] = {
    FIELD_ID(Thing, id),
    FIELD_INT(Thing, count),
    FIELD_TIME(Thing, at),
    FIELD_REAL(Thing, weight),
    FIELD_BOOL(Thing, open),
    FIELD_TEXT(Thing, title),
    FIELD_LINES(Thing, lines),
    FIELD_WORD(Thing, kind, kind_words),
    FIELD_PART(Thing, place, &place_shape),
    FIELD_MANY(Thing, parts, &place_shape),
    FIELD_INT(Thing, never),
};
const Shape thing_shape = SHAPE("thing", Thing, thing_fields);

static const char table_sqlite[] =
    "CREATE TABLE thing (id INTEGER PRIMARY KEY, count INTEGER, at INTEGER, weight REAL,"
    " open INTEGER, title TEXT, lines TEXT, kind TEXT, place_name TEXT, place_lat REAL,"
    " parent INTEGER REFERENCES thing (id)) STRICT;"
    "CREATE UNIQUE INDEX thing_title ON thing (title);"
    "CREATE TABLE promise (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL CHECK (thing > 0)"
    " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
    "CREATE INDEX promise_thing ON promise (thing);";
static const char table_postgres[] =
    "CREATE TABLE thing (id BIGINT PRIMARY KEY, count BIGINT, at BIGINT, weight DOUBLE PRECISION,"
    " open BIGINT, title TEXT, lines TEXT, kind TEXT, place_name TEXT, place_lat DOUBLE PRECISION,"
    " parent BIGINT REFERENCES thing (id));"
    "CREATE UNIQUE INDEX thing_title ON thing (title);"
    "CREATE TABLE promise (id BIGINT PRIMARY KEY, thing BIGINT NOT NULL CHECK (thing > 0)"
    " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED);"
    "CREATE INDEX promise_thing ON promise (thing);";

#define WRITES(name_, sql_)                                                                  \
    {                                                                                        \
        .name = name_, .sql = sql_, .table = "thing", .writes = true, .touches_public = true \
    }

const Query q_add = WRITES(
    "thing_add", "INSERT INTO thing (id, count, at, weight, open, title, lines, kind, place_name,"
                 " place_lat) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
const Query q_add_short =
    WRITES("thing_add_short", "INSERT INTO thing (id, title) VALUES ($1, $2)");
const Query q_add_child =
    WRITES("thing_add_child", "INSERT INTO thing (id, parent) VALUES ($1, $2)");
const Query q_retitle = WRITES("thing_retitle", "UPDATE thing SET title = $2 WHERE id = $1");
const Query q_recount = WRITES("thing_recount", "UPDATE thing SET count = $1");
const Query q_take =
    WRITES("thing_take", "UPDATE thing SET open = 1 WHERE id = $1 RETURNING id, title");
const Query q_promise = {.name = "promise_add",
                         .sql = "INSERT INTO promise (id, thing) VALUES ($1, $2)",
                         .table = "promise",
                         .writes = true};
const Query q_find = {.name = "thing_find", .sql = "SELECT * FROM thing WHERE id = $1"};
const Query q_all = {.name = "thing_all", .sql = "SELECT * FROM thing ORDER BY id LIMIT $1"};
const Query q_how_many = {.name = "thing_how_many", .sql = "SELECT count(*) FROM thing"};
const Query q_sum = {.name = "thing_sum", .sql = "SELECT sum(count) FROM thing"};

void make_tables(Ctx *ctx)
{
    test_script(ctx, db_kind(ctx->db) == DB_SQLITE ? table_sqlite : table_postgres);
}

Ctx *with_tables(StoreTest *t)
{
    make_tables(&t->ctx);
    return &t->ctx;
}

void begin(Ctx *ctx)
{
    g_assert_true(db_begin(ctx));
}

void commit(Ctx *ctx)
{
    bool done = db_commit(ctx);
    assert_no_fault(ctx);
    g_assert_true(done);
}

void add(Ctx *ctx, i64 id, const char *title)
{
    begin(ctx);
    g_assert_true(db_write(ctx, &q_add_short, I(id), T(title)));
    commit(ctx);
}

i64 how_many(Ctx *ctx)
{
    i64 n = db_number(ctx, &q_how_many);
    assert_no_fault(ctx);
    return n;
}

bool noticed(Db *db)
{
    for (int i = 0; i < 200; i++) { /* a notice of PostgreSQL takes a moment */
        if (db_changed_elsewhere(db))
            return true;
        g_usleep(5000);
    }
    return false;
}
