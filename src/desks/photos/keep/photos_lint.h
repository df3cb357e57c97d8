/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_lint.h: what in a Spanish text may say who a child is: names, schools, addresses, ages.
 *
 * Plain rules over words: they find what is written as people usually write it, and nothing is promised beyond that. What they
 * find is shown to a person as something to look at again. */
#pragma once
#include "base/text.h"

typedef enum { LINT_NAME, LINT_SCHOOL, LINT_ADDRESS, LINT_AGE } LintKind;

typedef struct LintFinding {
    LintKind kind;
    const char *what;  /* as it stands in the text */
} LintFinding;

/* known: folded texts whose words are no person's (the event's title, its place, the city); of const char *. */
List photos_lint(Arena *a, const char *text, List known); /* of LintFinding, in their order, at most 20 */
/* One person a line: also a single given name is one. */
List photos_lint_people(Arena *a, const char *lines, List known);

/* ---- photos_lint_words.c: folded words ---- */
bool photos_lint_is_title(const char *folded);    /* alcalde, maestra, licenciado: whoever follows is grown up */
bool photos_lint_is_office(const char *folded);   /* Ayuntamiento, Parque, Feria, enero: no person's name */
bool photos_lint_is_particle(const char *folded); /* de, del, la, y: inside a name */
bool photos_lint_is_opener(const char *folded);   /* Ayer, El, Niñas: large only because a sentence begins */
bool photos_lint_is_school(const char *folded);
bool photos_lint_is_street(const char *folded);
int photos_lint_number(const char *folded);       /* "ocho", "8": 8; -1: none */
