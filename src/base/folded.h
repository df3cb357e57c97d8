/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* folded.h: the words of a text as far as they count when two texts are compared.
 *
 * Case, accents, punctuation, emoji and signs that nobody sees do not count; a letter of Chinese or Japanese is a word, and
 * so are $ and %, and a minus right before a number.  More than FOLDED_LETTERS letters without a gap are several words. */
#pragma once
#include "base/arena.h"

enum { FOLDED_LETTERS = 40 };

typedef struct FoldedWord {
    const char *at;     /* in the text itself */
    size_t size;        /* bytes there, accents and all */
    const char *folded; /* how it counts: "numero" */
    u64 hash;           /* of folded; the same for ever: it is kept in databases */
} FoldedWord;

/* text is valid UTF-8 and outlives the list. */
List folded_words(Arena *a, const char *text); /* of FoldedWord */
bool folded_same(const FoldedWord *one, const FoldedWord *other);
/* One number for n words in this order; the same for ever. */
u64 folded_run(const FoldedWord *words, size_t n);
