/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.h: what people write: UTF-8, normal forms, user-perceived characters, slugs, folding. */
#pragma once
#include "base/arena.h"

bool text_valid(const char *bytes, size_t n);           /* well-formed UTF-8 without NUL (RFC 3629) */
const char *text_nfc(Arena *a, const char *s);          /* UAX #15; s must be valid */
size_t text_graphemes(const char *s);                   /* extended grapheme clusters, UAX #29 */
/* At most max user-perceived characters, and no more marks upon them than writing has: four code points a character. */
bool text_fits(const char *s, size_t max);
size_t text_points(const char *s);                      /* Unicode code points, which is what length() of the databases counts */
const char *text_clip(Arena *a, const char *s, size_t graphemes); /* ends in … when something was cut off; … counts */
const char *text_trim(Arena *a, const char *s);         /* white space of Unicode, both ends; NULL stays NULL */
const char *text_squeeze(Arena *a, const char *s);      /* one line: trimmed, runs of white space become one space */
bool text_has_control(const char *s);                   /* C0/C1 or bidi overrides, but for \n and \t */
bool text_blank(const char *s);                         /* NULL, or nothing but white space */
bool text_same(const char *a, const char *b);           /* equal bytes; NULL equals NULL only */
bool text_starts(const char *s, const char *prefix);
bool text_ends(const char *s, const char *suffix);
const char *text_fold(Arena *a, const char *s);         /* for comparing and finding: case and accents gone */
const char *text_lower(Arena *a, const char *s);
const char *text_sentence(Arena *a, const char *s);     /* its first letter large: "julio de 2022" as a heading */
const char *text_slug(Arena *a, const char *s);         /* "Sesión de Cabildo nº 19" -> "sesion-de-cabildo-no-19"; "" when nothing is left; at most 80 bytes */
bool text_slug_valid(const char *s);
const char *text_initials(Arena *a, const char *name);  /* "Renata Paz" -> "RP" */
List text_split(Arena *a, const char *s, char at);      /* of const char *; empty parts left out */
bool text_mail_valid(const char *s);                    /* an address that a mail server would take (RFC 5321 4.5.3: 254 bytes) */
bool text_int(const char *s, i64 *n_out);               /* decimal, whole text, no overflow */
