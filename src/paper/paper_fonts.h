/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_fonts.h: the fonts that are in the program, and no other. */
#pragma once
#include "base/base.h"

#include <pango/pangocairo.h>

extern const Bytes paper_fonts[]; /* font files, made by dev/fontgen.py */
extern const size_t paper_fonts_count;

/* The one map of these fonts.  Pango's fonts belong to one thread at a time: who takes the map has it until
 * paper_fonts_leave(), and everything made with it is released before.  NULL (and nothing to leave) when the
 * system gives no memory file. */
CHECKED PangoFontMap *paper_fonts_take(void);
void paper_fonts_leave(void);
