/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_card.h: the picture that stands for a page where it is shared: 1200 by 630, by type alone.
 *
 * A photograph is not in it: foreign pictures are not decoded here.  The same words give the same bytes. */
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630, CARD_BYTES_MAX = 120 * 1024 };

/* All text comes in ready, as in paper.h; NULL is left out. */
typedef struct ShareCard {
    const char *organisation; /* "San Luis Potosí" */
    const char *unit;         /* "Comunicación Social del Ayuntamiento" */
    const char *eyebrow;      /* "Comunicado CS/0214/2022 · 14 de julio de 2022" */
    const char *title;        /* as large as four lines of it fit; what is longer ends in … */
    const char *chip;         /* "Obra pública" */
    const char *address;      /* "comunicacion.sanluis.example" */
} ShareCard;
/* As PNG. FAULT_BROKEN when it cannot be drawn. */
CHECKED bool paper_card(Ctx *ctx, const ShareCard *card, Buf *png_out);
