/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_words.h: how Spanish text becomes the terms that are found; private to store/.
 *
 * Words are runs of letters and digits.  Each gives two terms, both in lower case and without accents:
 *   the stem  "sesion"    what sesión, sesiones and SESION have in common (Snowball's Spanish stemmer,
 *                         which wants the accents, so they are taken off afterwards)
 *   the form  "_sesiones" the word itself, for finding by its beginning while somebody types
 * Terms are letters, digits and the form's "_" only: nothing that a database's query language reads.
 * Articles, prepositions and their like are no words here, neither in texts nor in queries. */
#pragma once
#include "base/arena.h"

enum {
    SEARCH_QUERY_MAX = 400,         /* bytes */
    SEARCH_WORDS_MAX = 16,
    SEARCH_TEXT_MAX = 256 * 1024,   /* bytes of a text that are looked at */
    SEARCH_SNIPPET_GRAPHEMES = 200
};

/* A word that somebody looks for. */
typedef struct SearchWord {
    const char *stem;
    const char *other; /* the stem if the typist left out an accent (energias), or NULL */
    const char *form;  /* without "_" */
} SearchWord;

List search_words(Arena *a, const char *text);            /* of SearchWord */
const char *search_index_terms(Arena *a, const char *text); /* stems and forms, separated by spaces; "" for NULL */
/* The text around the first word that was looked for, else its beginning; one line; whole graphemes. */
const char *search_snippet(Arena *a, const char *text, List words);
const char *search_cut(Arena *a, const char *text, size_t max); /* the first max bytes or a few less: whole words; "" for NULL */
