/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* passages.h: what a text in hand changed in one that was published, as passages to be read.
 *
 * Words are compared as folded.h has them: case, accents and punctuation do not count.  The text in hand may be a part of
 * the older one: what that says before and behind is no change.  Long texts are laid beside each other at runs of words that
 * stand only once in both (the idea of patience diff, Bram Cohen), so that even tens of thousands of words take milliseconds. */
#pragma once
#include "base/arena.h"

enum { PASSAGE_SAME, PASSAGE_WAS, PASSAGE_IS, PASSAGE_GAP }; /* GAP: words that are the same, or are not of this part, and not shown */

enum { PASSAGES_CHANGES = 50, PASSAGES_CONTEXT = 10, PASSAGES_WORDS = 120 };

typedef struct Passage {
    int kind;
    const char *text;  /* as it stands in its text: SAME and WAS in the older, IS in the one in hand; NULL: GAP */
} Passage;

typedef struct Passages {
    List list;         /* of Passage; around each change at most PASSAGES_CONTEXT words that are the same */
    i64 changes;       /* places that differ; also where not all are in the list */
    bool cut;          /* there are more than PASSAGES_CHANGES, or one of more than PASSAGES_WORDS words */
    i64 same, longest; /* words that both have; the most in a row */
    i64 older, newer;  /* words of each text */
    bool begins_later, ends_sooner; /* the text in hand is a part: the older one says more before, behind */
} Passages;

/* Both are valid UTF-8. */
Passages passages_compare(Arena *a, const char *older, const char *newer);
