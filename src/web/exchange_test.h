/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_test.h: a small room with one page of every sort, for the tests of the exchange. */
#pragma once
#include <glib.h>

#include "web/web_test.h"

enum { RIGHT_TEST = 5 };

/* Its records: notes; each change writes a line of the journal. */
typedef struct Note {
    i64 id, version;
    const char *title;
} Note;

extern const Route test_routes[];
void test_open(PageTest *p, StoreTest *t); /* with those routes, and an editor who asks */
extern const Actor test_editor;            /* has RIGHT_TEST */
extern const Actor test_reader;            /* is logged in, nothing more */
i64 test_changes(PageTest *p);             /* how often something was written so far */
