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
    i64 row;             /* of the index: where a next page goes on */
} SearchHit;
extern const Shape search_shape;

/* In the change's transaction. public_text NULL: citizens cannot find it. desk_text holds what the desk may find besides. */
typedef struct SearchEntry {
    const char *subject;
    i64 id;
    const char *title, *public_text, *desk_text;
    const char *public_address, *desk_address;
    i64 at;
    const char *topics;  /* what it is about, one a line; citizens filter by it; NULL: nothing */
} SearchEntry;
/* Writes nothing where nothing changed: not even what citizens see when only internal text did. */
CHECKED bool search_put(Ctx *ctx, const SearchEntry *entry);
CHECKED bool search_remove(Ctx *ctx, const char *subject, i64 id);
/* FAULT_INVALID (field "q") past 400 bytes or 16 words, or for what is no UTF-8. All words must match; the last one also as a beginning. At most limit hits, best first; at the desk the youngest first where more than SEARCH_FEW match. A query of nothing finds nothing. */
List search_find(Ctx *ctx, SearchAudience audience, const char *words, i64 limit);
/* At the desk, records of one kind that have the words, the youngest first, behind (before_at, before_id): of SearchHit, whose
 * id and at alone are filled in. For a room's own list, which filters besides and goes on behind the last one. */
List search_desk_kind(Ctx *ctx, const char *words, const char *subject, i64 before_at, i64 before_id, i64 limit);

/* ---- what citizens ask: filtered and paged ----
 * Up to SEARCH_FEW records that match are ranked, the best first.  A word that stands in more of them tells nothing
 * apart: then the youngest come first, read off an index by time as far as the page goes (search_age.c). */
enum { SEARCH_FEW = 300 };
typedef struct SearchAsk {
    const char *words;
    const char *subject; /* a kind of record; NULL: any */
    const char *topic;   /* a slug; NULL: any */
    Span span;           /* of `at`; {0, 0}: any */
    i64 after_at, after_row; /* the last hit of the page before: its at and row; 0, 0: from the beginning */
    i64 offset;          /* of ranked hits: how many came before */
    i64 limit;
} SearchAsk;
typedef struct SearchKind {
    const char *subject;
    i64 records;
} SearchKind;
typedef struct SearchFound {
    List hits;           /* of SearchHit */
    List kinds;          /* of SearchKind; empty when very many match */
    i64 total;           /* NONE when very many match */
    bool by_age, more;   /* the youngest first instead of the best; there are more behind these */
} SearchFound;
extern const Shape search_kind_shape;
/* Faults as search_find(). Empty words find nothing. The last word counts as a beginning only where whole words find nothing. */
SearchFound search_ask(Ctx *ctx, const SearchAsk *ask);

/* Where in a text the words stand that somebody looked for. */
typedef struct SearchMark {
    size_t at, size;     /* bytes */
} SearchMark;
List search_marks(Arena *a, const char *text, const char *words); /* of SearchMark, in order, at most 50 */

const char *search_terms(Arena *a, const char *text); /* folded, stemmed, separated by spaces */
