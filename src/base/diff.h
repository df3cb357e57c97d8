/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* diff.h: which words of a text another text has changed. */
#pragma once
#include "base/arena.h"

typedef struct DiffChange {
    const char *was, *is;   /* the words, one space between them; "" where words were added or left out */
    const char *before;     /* up to six words that stand in front of them in the older text */
    size_t at;              /* byte of the older text where the change begins */
} DiffChange;

enum { DIFF_WORDS = 2000 }; /* between the first and the last difference, in each text */

/* The fewest words that differ, from the beginning on (Myers' shortest edit, by a table); words are what white
 * space parts.  False when more than DIFF_WORDS are in doubt: then the texts have little in common. */
CHECKED bool diff_words(Arena *a, const char *older, const char *newer, List *changes_out /* of DiffChange */);
