/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_logo.h: the mark of ui/icons/logo.svg, drawn. */
#pragma once
#include <cairo.h>

/* scale 1: 40 by 40 units, its upper left corner at x, y. */
void paper_logo(cairo_t *cr, double x, double y, double scale);
