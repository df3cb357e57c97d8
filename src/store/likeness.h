/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness.h: is this text, or this picture, almost one that the office published?
 *
 * Texts: words folded (case, accents, punctuation), runs of LIKENESS_RUN words hashed, of every LIKENESS_WINDOW neighbours the least
 * hash is kept (winnowing; Schleimer, Wilkerson, Aiken 2003): a passage of LIKENESS_RUN + LIKENESS_WINDOW - 1 words that two texts share is always
 * noticed. A run that many texts have says little and is not followed.
 * Pictures: 64-bit perceptual hashes (media/media.h), found when at most LIKENESS_BITS differ. */
#pragma once
#include "store/db.h"
#include "store/seal.h"

enum { LIKENESS_RUN = 4, LIKENESS_WINDOW = 8, LIKENESS_BITS = 12, LIKENESS_TEXT_MAX = 64 * 1024 };

/* In the transaction that seals. */
CHECKED bool likeness_note_text(Ctx *ctx, i64 seal, const char *text);
CHECKED bool likeness_note_picture(Ctx *ctx, i64 seal, const char *sha256, u64 look, const char *name);

typedef struct Likeness {
    const Seal *seal;
    const char *text;        /* of the seal, as it was published; NULL: a picture */
    i64 shared, asked;       /* runs in common, of those that were asked for */
    int bits;                /* of a picture: how many differ; 0: the same */
    const char *name;        /* of a picture */
} Likeness;
/* Best first, at most limit; the youngest version where a subject has several that fit as well. */
List likeness_find_text(Ctx *ctx, const char *text, i64 limit);
const char *likeness_text(Ctx *ctx, i64 seal); /* that was noted; NULL without a fault: none */
List likeness_find_picture(Ctx *ctx, u64 look, const char *sha256, i64 limit);
