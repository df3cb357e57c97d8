/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_hints.h: what a reader of a draft would remark: how long, how hard, what is missing, what may be misspelt.
 *
 * Hints hold nothing up: what must be there before publication is told by press_obstacles(). */
#pragma once
#include "desks/press/press_room.h"
#include "web/html.h"

/* ---- press_reading.c: how hard a text is to read ---- */
typedef struct Reading {
    i64 words, sentences, syllables;
    i64 ease;                 /* 0 to 100 and beyond: Szigriszt's perspicuity (1993), of Spanish; NONE: too short to say */
} Reading;
Reading press_reading(const char *text, i64 sentences);
i64 press_syllables(const char *word, size_t n);   /* of a Spanish word, lower or upper case; at least 1 */
/* The INFLESZ scale (Barrio Cantalejo 2008) of an ease: "very hard" (below 40) … "very easy" (above 80). */
const char *press_ease_said(Ctx *ctx, i64 ease);

/* ---- press_sentences.c ---- */
/* Of const char *: full stops of abbreviations, initials and numbers end none; lines do. */
List press_sentences(Ctx *ctx, const char *text);
i64 press_word_count(const char *text);

/* ---- press_spelling.c: by hunspell, where it is installed ---- */
typedef struct Misspelling {
    const char *word, *sentence;
} Misspelling;
typedef enum { SPELLING_DONE, SPELLING_MISSING, SPELLING_LATE } SpellingFate;
/* known: words of the city's own, one a line; case and accents count. At most SPELLING_MOST, in the order of the text. */
enum { SPELLING_MOST = 30 };
SpellingFate press_spelling(Ctx *ctx, const char *text, const char *known, List *words_out);

/* ---- press_hints.c ---- */
typedef struct Hint {
    const char *field;        /* title, lead, body, topics, files, contact */
    const char *text;         /* a sentence: what it is and what would be better */
    const char *quote;        /* the passage; NULL: all of the field */
    bool serious;             /* most readers stumble over it */
} Hint;
typedef struct Hints {
    i64 title_characters, lead_characters, words, sentences, minutes, ease;
    const char *ease_said;
    List hints;               /* of Hint */
    List misspelt;            /* of Misspelling */
    const char *spelling;     /* why spelling was not looked at; NULL: it was */
} Hints;
extern const Shape press_hints_shape;
const Hints *press_hints(Ctx *ctx, const Release *release);
