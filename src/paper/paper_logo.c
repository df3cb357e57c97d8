/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_logo.c: an arch that is a speech bubble, and a smaller one in it. */
#include "paper/paper_logo.h"

#include <math.h>

void paper_logo(cairo_t *cr, double x, double y, double scale)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, scale, scale);
    cairo_set_source_rgb(cr, 0xA9 / 255.0, 0x4A / 255.0, 0x32 / 255.0);
    cairo_move_to(cr, 4, 31);
    cairo_line_to(cr, 4, 18);
    cairo_arc(cr, 20, 18, 16, M_PI, 2 * M_PI);
    cairo_line_to(cr, 36, 31);
    cairo_line_to(cr, 17, 31);
    cairo_line_to(cr, 10, 38);
    cairo_line_to(cr, 10, 31);
    cairo_close_path(cr);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 0xF6 / 255.0, 0xEE / 255.0);
    cairo_move_to(cr, 12, 31);
    cairo_line_to(cr, 12, 19);
    cairo_arc(cr, 20, 19, 8, M_PI, 2 * M_PI);
    cairo_line_to(cr, 28, 31);
    cairo_line_to(cr, 24, 31);
    cairo_line_to(cr, 24, 19.5);
    cairo_arc_negative(cr, 20, 19.5, 4, 0, M_PI);
    cairo_line_to(cr, 16, 31);
    cairo_close_path(cr);
    cairo_fill(cr);
    cairo_restore(cr);
}
