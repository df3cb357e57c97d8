/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_pdf.c: a paper as PDF: set, paged, drawn, tagged. */
#include "paper/paper_check.h"
#include "paper/paper_fonts.h"
#include "paper/paper_galley.h"

#include <glib-object.h>

const char paper_pdf_type[] = "application/pdf";

/* Bytes: of the galley's arena, a third of which PAPER_CELLS_MAX cells take; and of what Cairo writes. */
enum { GALLEY_MAX = 96 * 1024 * 1024, DRAWN_MAX = 32 * 1024 * 1024 };

static PangoContext *context_new(PangoFontMap *map, const char *language)
{
    PangoContext *pango = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(pango, pango_language_from_string(language));
    pango_context_set_base_dir(pango, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(pango, FALSE);
    return pango;
}

static bool make(Galley *g, Buf *out)
{
    g->layouts = g_ptr_array_new_with_free_func(g_object_unref);
    g->root = elem_new(g, NULL, "Document");
    set_head(g);
    set_blocks(g, g->root, g->paper->blocks, SHEET_MARGIN, SHEET_BODY);
    int pages;
    Sheet *sheets = flow_pages(g, &pages);
    Buf *drawn = buf_new(g->arena, 64 * 1024, DRAWN_MAX);
    bool good = draw_pages(g, sheets, drawn) &&
                tags_write(g, pages, (Bytes){buf_data(drawn), buf_size(drawn)}, out);
    g_ptr_array_unref(g->layouts);
    return good;
}

bool paper_pdf(Ctx *ctx, const Paper *paper, Buf *out)
{
    if (!check_paper(ctx, paper))
        return false;
    PangoFontMap *map = paper_fonts_take();
    if (!map)
        return fault(ctx, FAULT_BROKEN, "the embedded fonts cannot be opened");
    Arena *arena CLEANUP(arena_drop)
    = arena_new(GALLEY_MAX);
    Galley g = {
        .ctx = ctx, .arena = arena, .paper = paper, .pango = context_new(map, paper->language)};
    bool good = make(&g, out);
    g_object_unref(g.pango);
    paper_fonts_leave();
    return good;
}
