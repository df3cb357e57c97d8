/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_fixture.h: a table of our own with a column of every kind, for the tests of the door. */
#pragma once
#include "store/db_driver.h"
#include "store/store_test.h"

typedef enum { KIND_TALL, KIND_WIDE } Kind;
extern const Word kind_words[];

typedef struct Place {
    const char *name;
    double lat;
} Place;

typedef struct Thing {
    i64 id, count, at;
    double weight;
    bool open;
    const char *title, *lines;
    Kind kind;
    Place place;
    List parts;
    i64 never; /* no column has it */
} Thing;
extern const Shape thing_shape;

extern const Query q_add, q_add_short, q_add_child, q_retitle, q_recount, q_take;
extern const Query q_promise, q_find, q_all, q_how_many, q_sum;

Ctx *with_tables(StoreTest *t); /* the test's Ctx, the tables made */
void make_tables(Ctx *ctx);
void begin(Ctx *ctx);
void commit(Ctx *ctx);
void add(Ctx *ctx, i64 id, const char *title); /* a thing, committed */
i64 how_many(Ctx *ctx);                        /* things */
bool noticed(Db *db);                          /* another's commit, within a second */
