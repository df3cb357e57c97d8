/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_type.c: the styles, and text laid out into lines. */
#include "paper/paper_galley.h"
#include "paper/paper_check.h"

#define SANS    "Public Sans,Noto Emoji"
#define SANS600 "Public Sans SemiBold,Public Sans,Noto Emoji"
#define DISPLAY "Bricolage Grotesque,Public Sans,Noto Emoji"

static const struct {
    const char *family;
    double size;
    bool bold;
    double spacing; /* of lines, a factor of the font's own height */
    unsigned colour;
} styles[TYPE_COUNT] = {
    [TYPE_TITLE] = {DISPLAY, 27, true, 1.05, INK},
    [TYPE_SUBTITLE] = {SANS, 11, false, 1.16, INK_SOFT},
    [TYPE_ORGANISATION] = {SANS600, 8.5, false, 1.14, INK},
    [TYPE_UNIT] = {SANS, 8.5, false, 1.14, INK_GREY},
    [TYPE_DRAFT] = {SANS, 8.5, true, 1.14, ACCENT},
    [TYPE_H2] = {DISPLAY, 13.5, true, 1.1, INK},
    [TYPE_H3] = {SANS, 10.5, true, 1.2, INK},
    [TYPE_H4] = {SANS600, 9.4, false, 1.2, INK_SOFT},
    [TYPE_BODY] = {SANS, 9.4, false, 1.3, INK_BODY},
    [TYPE_NOTE] = {SANS, 8.5, false, 1.3, INK_SOFT},
    [TYPE_FIGURE] = {DISPLAY, 22, true, 1.05, ACCENT},
    [TYPE_CARD_LABEL] = {SANS600, 8.8, false, 1.08, INK},
    [TYPE_CARD_SMALL] = {SANS, 8, false, 1.08, INK_GREY},
    [TYPE_CAPTION] = {SANS600, 9, false, 1.2, INK_SOFT},
    [TYPE_HEAD] = {SANS600, 9, false, 1.08, WHITE},
    [TYPE_CELL] = {SANS, 9, false, 1.08, INK},
    [TYPE_CELL_STRONG] = {SANS600, 9, false, 1.08, INK},
    [TYPE_AXIS] = {SANS, 7.5, false, 1.2, INK_GREY},
    [TYPE_LEGEND] = {SANS, 8, false, 1.2, INK},
    [TYPE_NAME] = {SANS, 9, false, 1.2, INK_BODY},
    [TYPE_ROLE] = {SANS600, 8.5, false, 1.2, INK},
    [TYPE_SMALL] = {SANS, 8, false, 1.2, INK_GREY},
    [TYPE_FOOTER] = {SANS, 7.5, false, 1.2, INK_GREY},
};

static double points(int pango)
{
    return (double)pango / PANGO_SCALE;
}

static PangoFontDescription *style_font(TypeStyle style)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, styles[style].family);
    pango_font_description_set_absolute_size(font, styles[style].size * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      styles[style].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    return font;
}

static PangoLayout *layout_new(Galley *g, TypeStyle style, double width, PaperAlign align)
{
    static const PangoAlignment alignments[] = {
        [PAPER_LEFT] = PANGO_ALIGN_LEFT,
        [PAPER_RIGHT] = PANGO_ALIGN_RIGHT,
        [PAPER_CENTRE] = PANGO_ALIGN_CENTER,
    };
    PangoLayout *layout = pango_layout_new(g->pango);
    g_ptr_array_add(g->layouts, layout);
    PangoFontDescription *font = style_font(style);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignments[align]);
    return layout;
}

/* The bold words, the line under a link; and no hyphen where a word is broken that nobody hyphenates. */
static void add_attributes(PangoLayout *layout, size_t from, size_t to, bool link)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    if (to > from) {
        PangoAttribute *family = pango_attr_family_new(SANS);
        PangoAttribute *weight = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        family->start_index = weight->start_index = (unsigned)from;
        family->end_index = weight->end_index = (unsigned)to;
        pango_attr_list_insert(list, family);
        pango_attr_list_insert(list, weight);
    }
    if (link)
        pango_attr_list_insert(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

typedef struct LinePlace {
    double top, bottom, baseline, x0, x1;
} LinePlace;

/* Equal leading above and below each line, wherever it comes to stand: Pango's own gives the first and last less. */
static LinePlace place_line(PangoLayoutIter *iter, double top, double spacing)
{
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    double height = points(logical.height), lead = height * (spacing - 1) / 2;
    double ascent = points(pango_layout_iter_get_baseline(iter) - logical.y);
    return (LinePlace){top, top + height * spacing, top + lead + ascent, points(logical.x),
                       points(logical.x + logical.width)};
}

static const Type *measure(Galley *g, PangoLayout *layout, TypeStyle style, const char *text)
{
    size_t count = (size_t)pango_layout_get_line_count(layout);
    double *places = arena_array(g->arena, double, count * 5), at = 0;
    Type *t = arena_new_of(g->arena, Type);
    *t = (Type){.layout = layout,
                .count = (int)count,
                .colour = styles[style].colour,
                .text = text,
                .top = places,
                .bottom = places + count,
                .baseline = places + 2 * count,
                .x0 = places + 3 * count,
                .x1 = places + 4 * count};
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    size_t i = 0;
    do {
        LinePlace line = place_line(iter, at, styles[style].spacing);
        places[i] = line.top;
        places[count + i] = at = line.bottom;
        places[2 * count + i] = line.baseline;
        places[3 * count + i] = line.x0;
        places[4 * count + i] = line.x1;
    } while (pango_layout_iter_next_line(iter) && ++i < count);
    pango_layout_iter_free(iter);
    return t;
}

static const Type *set(Galley *g, TypeStyle style, Words words, double width, PaperAlign align,
                       bool link)
{
    const char *plain = check_clean(g->arena, words.plain),
               *bold = check_clean(g->arena, words.bold);
    if (!plain && !bold)
        return NULL;
    const char *first = words.bold_last ? plain : bold, *last = words.bold_last ? bold : plain;
    const char *text = first && last ? arena_printf(g->arena, "%s %s", first, last)
                       : first       ? first
                                     : last;
    size_t from = words.bold_last && plain && bold ? strlen(plain) + 1 : 0;
    PangoLayout *layout = layout_new(g, style, width, align);
    pango_layout_set_text(layout, text, -1);
    add_attributes(layout, from, bold ? from + strlen(bold) : from, link);
    return measure(g, layout, style, text);
}

const Type *type_set(Galley *g, TypeStyle style, Words words, double width, PaperAlign align)
{
    return set(g, style, words, width, align, false);
}

const Type *type_set_link(Galley *g, TypeStyle style, Words words, double width, PaperAlign align)
{
    return set(g, style, words, width, align, true);
}

const Type *type_set_short(Galley *g, TypeStyle style, const char *text, double width,
                           PaperAlign align, int lines)
{
    text = check_clean(g->arena, text);
    if (!text)
        return NULL;
    PangoLayout *layout = layout_new(g, style, width, align);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -lines);
    pango_layout_set_text(layout, text, -1);
    return measure(g, layout, style, text);
}

double type_height(const Type *t)
{
    return t ? lines_height(t, 0, t->count) : 0;
}
