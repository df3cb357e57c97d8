/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_find.h: what the page of the public search gives its view. */
#pragma once
#include "store/search.h"
#include "web/html.h"
#include "web/page.h"

/* A kind of record as citizens choose it. */
typedef struct FindKind {
    const char *word;      /* of ?tipo= */
    const char *subject;   /* of the index */
    const char *label, *icon; /* a msgid; a name of ui/icons.txt */
} FindKind;
extern const FindKind site_find_kinds[]; /* {0}-ended */
const FindKind *site_find_kind(const char *word);       /* NULL: no such kind */
const FindKind *site_find_kind_of(const char *subject); /* likewise */

typedef struct FindShown {
    const char *words;     /* NULL: nothing was asked */
    const char *topic, *year;
    const FindKind *kind;  /* NULL: any */
    List topics;           /* of Choice */
    List years;            /* of Choice, the youngest first */
    SearchFound found;
    Url next;              /* .s NULL: there are no more */
} FindShown;

i64 site_find_count(const FindShown *x, const FindKind *kind); /* NONE: not counted; kind NULL: all */
Url site_find_url(Arena *a, const FindShown *x, const FindKind *kind);
Url site_find_hit(Arena *a, const SearchHit *hit);

extern const Route site_find_routes[];
