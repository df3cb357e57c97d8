/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store_test.h: a fresh database for each test, on SQLite and on PostgreSQL.
 *
 *     static void a_rule_in_a_sentence(StoreTest *t, const void *unused) { … }
 *     STORE_TEST("press", a_rule_in_a_sentence);
 *
 * runs /press/a_rule_in_a_sentence/sqlite and …/postgres.  Every table of src/store/steps is there and
 * holds what the steps put into it.  SQLite's file lies in memory where the machine has /dev/shm.
 * PostgreSQL needs VOCERO_TEST_POSTGRES (dev/with-postgres sets it); without it that half is skipped. */
#pragma once
#include "store/db.h"
#include "store/seal.h"

#include <glib.h>

typedef struct StoreTest {
    /* a writing connection, no transaction open; the system asks, on 2022-07-14 at 10:00 */
    Ctx ctx;
    City city;          /* San Luis Potosí, four eyes */
    DbKind kind;
    const char *url;    /* for further connections to the same database */
    const char *folder; /* SQLite's, for files beside it; NULL on PostgreSQL */
    bool empty;         /* no step has run in it */
} StoreTest;

typedef void StoreTestFunction(StoreTest *t, const void *unused);

#define STORE_TEST(room, function) store_test_add(room, #function, function)
void store_test_add(const char *room, const char *name, StoreTestFunction *function);
/* For what only one of the databases can do. */
#define STORE_TEST_ONLY(room, function, kind) store_test_add_only(room, #function, function, kind)
void store_test_add_only(const char *room, const char *name, StoreTestFunction *function,
                         DbKind kind);

/* For harnesses that stand on this one. False: PostgreSQL was asked for and is not there. */
bool store_test_open(StoreTest *t, DbKind kind);
bool store_test_open_empty(StoreTest *t, DbKind kind); /* without any table */
void store_test_close(StoreTest *t);
void store_test_again(StoreTest *t); /* connects anew, as a restart would */
Db *store_test_connect(StoreTest *t, DbMode mode); /* a further connection; the caller closes it */

/* The city's key in every test; and others, the same for the same number. */
const SealKey *test_key(void);
SealKey test_key_of(unsigned char first);

/* The work in a transaction of its own, which must succeed. */
void test_write(Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data);
void test_script(Ctx *ctx, const char *sql);

/* The fault is there and of this kind; it is taken, so that the test can go on. */
#define assert_fault(ctx, kind) store_test_fault(ctx, kind, __FILE__, __LINE__)
void store_test_fault(Ctx *ctx, FaultKind kind, const char *file, int line);
#define assert_no_fault(ctx) store_test_fault(ctx, FAULT_NONE, __FILE__, __LINE__)
