/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.h: finding records by words, in Spanish: accents folded, words stemmed, on both databases.
 *
 * SQLite: FTS5 over text that search_terms() has folded and stemmed; PostgreSQL: a tsvector of the same
 * terms with the simple configuration, so that both find the same.  A desk gives a record's
 * title and text whenever it changes; audience decides who may find it. */
#pragma once
#include "store/db.h"

typedef enum { SEARCH_PUBLIC, SEARCH_DESK } SearchAudience;

typedef struct SearchHit {
    i64 id;
    const char *subject; /* "agenda_event" */
    const char *title;
    const char *snippet; /* text around the match, plain */
    const char *address; /* path to open: public or desk by audience */
    i64 at;              /* what it is ordered by when words match equally */
} SearchHit;
extern const Shape search_shape;

/* In the change's transaction. public_text NULL: citizens cannot find it. desk_text holds what the desk may find besides. */
typedef struct SearchEntry {
    const char *subject;
    i64 id;
    const char *title, *public_text, *desk_text;
    const char *public_address, *desk_address;
    i64 at;
} SearchEntry;
/* Writes nothing where nothing changed: not even what citizens see when only internal text did. */
CHECKED bool search_put(Ctx *ctx, const SearchEntry *entry);
CHECKED bool search_remove(Ctx *ctx, const char *subject, i64 id);
/* FAULT_INVALID (field "q") past 400 bytes or 16 words, or for what is no UTF-8. All words must match; the last one also as a beginning. At most limit hits, best first. A query of nothing finds nothing. */
List search_find(Ctx *ctx, SearchAudience audience, const char *words, i64 limit);
const char *search_terms(Arena *a, const char *text); /* folded, stemmed, separated by spaces */
