/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_card.c: a card drawn from top to bottom; the title takes the largest size at which it fits. */
#include "paper/paper_card.h"
#include "base/text.h"
#include "paper/paper_fonts.h"
#include "paper/paper_logo.h"

#include <math.h>

#define SANS    "Public Sans,Noto Emoji"
#define SANS600 "Public Sans SemiBold,Public Sans,Noto Emoji"
#define DISPLAY "Bricolage Grotesque,Public Sans,Noto Emoji"

enum {
    MARGIN = 72, INSIDE = CARD_WIDTH - 2 * MARGIN, FOOT = 26, TITLE_TOP = 216, TITLE_BOTTOM = 512, TITLE_LINES = 4,
    TITLE_LARGEST = 76, TITLE_SMALLEST = 40, TITLE_STEP = 4, TEXT_MAX = 400
};

enum { GROUND = 0xF5F1EA, BAND = 0x0D2A32, STONE = 0xA94A32, STONE_SOFT = 0xF0E2D8, TINT = 0xF8E5DC, DARK = 0x172328, QUIET = 0x4A585E };

typedef struct Easel {
    cairo_t *cr;
    PangoContext *pango;
    Arena *arena;
} Easel;

typedef struct Hand {
    const char *family;
    double size;
    bool bold;
    unsigned colour;
} Hand;

static void use(cairo_t *cr, unsigned colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

/* ---- text ---- */

/* Controls become spaces; nothing is longer than what could be seen. */
static const char *clean(Arena *a, const char *text)
{
    char *copy = arena_text(a, text_clip(a, text_squeeze(a, text), TEXT_MAX));
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            *p = ' ';
    return copy;
}

static PangoLayout *set(const Easel *e, const Hand *hand, const char *text, double width, int lines)
{
    PangoLayout *layout = pango_layout_new(e->pango);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, hand->family);
    pango_font_description_set_absolute_size(font, hand->size * PANGO_SCALE);
    pango_font_description_set_weight(font, hand->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -lines);
    pango_layout_set_line_spacing(layout, 1.06f);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static void draw(const Easel *e, PangoLayout *layout, unsigned colour, double x, double y)
{
    use(e->cr, colour);
    cairo_move_to(e->cr, x, y);
    pango_cairo_show_layout(e->cr, layout);
}

static void line(const Easel *e, const Hand *hand, const char *text, double x, double y, double width)
{
    if (!text)
        return;
    PangoLayout *layout = set(e, hand, clean(e->arena, text), width, 1);
    draw(e, layout, hand->colour, x, y);
    g_object_unref(layout);
}

/* Does it all stand there at this size, without a word broken or cut off? */
static bool fits(PangoLayout *layout, double height)
{
    int h;
    pango_layout_get_pixel_size(layout, NULL, &h);
    return !pango_layout_is_ellipsized(layout) && h <= height;
}

static void title(const Easel *e, const char *text, double width)
{
    const char *said = clean(e->arena, text ? text : "");
    for (int size = TITLE_LARGEST;; size -= TITLE_STEP) {
        Hand hand = {DISPLAY, size, true, DARK};
        PangoLayout *layout = set(e, &hand, said, width, TITLE_LINES);
        bool last = size <= TITLE_SMALLEST || fits(layout, TITLE_BOTTOM - TITLE_TOP);
        if (last)
            draw(e, layout, DARK, MARGIN, TITLE_TOP);
        g_object_unref(layout);
        if (last)
            return;
    }
}

/* ---- shapes ---- */

static void arch(cairo_t *cr, double x, double width, double top, double bottom, unsigned colour)
{
    double r = width / 2;
    use(cr, colour);
    cairo_move_to(cr, x, bottom);
    cairo_line_to(cr, x, top + r);
    cairo_arc(cr, x + r, top + r, r, M_PI, 2 * M_PI);
    cairo_line_to(cr, x + width, bottom);
    cairo_close_path(cr);
    cairo_fill(cr);
}

/* Doors of quarry stone one behind the other, quiet enough to be written over. */
static void ground(cairo_t *cr)
{
    use(cr, GROUND);
    cairo_paint(cr);
    arch(cr, 810, 460, 60, CARD_HEIGHT, STONE_SOFT);
    arch(cr, 890, 300, 200, CARD_HEIGHT, GROUND);
    arch(cr, 960, 160, 330, CARD_HEIGHT, STONE_SOFT);
    use(cr, BAND);
    cairo_rectangle(cr, 0, CARD_HEIGHT - FOOT, CARD_WIDTH, FOOT);
    cairo_fill(cr);
    use(cr, STONE);
    cairo_rectangle(cr, 0, CARD_HEIGHT - FOOT, CARD_WIDTH / 4.0, FOOT);
    cairo_fill(cr);
}

static void pill(cairo_t *cr, double x, double y, double w, double h)
{
    double r = h / 2;
    use(cr, TINT);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + w - r, y + r, r, -M_PI / 2, M_PI / 2);
    cairo_arc(cr, x + r, y + r, r, M_PI / 2, 1.5 * M_PI);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void chip(const Easel *e, const char *text)
{
    static const Hand hand = {SANS600, 25, false, 0x8B3A26};
    int w, h;
    if (!text)
        return;
    PangoLayout *layout = set(e, &hand, clean(e->arena, text), INSIDE / 2, 1);
    pango_layout_get_pixel_size(layout, &w, &h);
    pill(e->cr, MARGIN, 532, w + 44, 46);
    draw(e, layout, hand.colour, MARGIN + 22, 532 + (46 - h) / 2.0);
    g_object_unref(layout);
}

static void address(const Easel *e, const char *text)
{
    static const Hand hand = {SANS600, 25, false, QUIET};
    int w, h;
    if (!text)
        return;
    PangoLayout *layout = set(e, &hand, clean(e->arena, text), INSIDE / 2, 1);
    pango_layout_get_pixel_size(layout, &w, &h);
    draw(e, layout, hand.colour, CARD_WIDTH - MARGIN - w, 532 + (46 - h) / 2.0);
    g_object_unref(layout);
}

static void draw_card(const Easel *e, const ShareCard *card)
{
    static const Hand organisation = {DISPLAY, 34, true, DARK}, unit = {SANS, 23, false, QUIET}, eyebrow = {SANS600, 26, false, STONE};
    ground(e->cr);
    paper_logo(e->cr, MARGIN - 8, 48, 2.0);
    line(e, &organisation, card->organisation, MARGIN + 88, 52, INSIDE - 88);
    line(e, &unit, card->unit, MARGIN + 88, 94, INSIDE - 88);
    line(e, &eyebrow, card->eyebrow, MARGIN, 164, INSIDE);
    title(e, card->title, INSIDE);
    chip(e, card->chip);
    address(e, card->address);
}

/* ---- all of it ---- */

static cairo_status_t collect(void *out, const unsigned char *bytes, unsigned n)
{
    buf_add(out, bytes, n);
    return buf_over(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

bool paper_card(Ctx *ctx, const ShareCard *card, Buf *png_out)
{
    PangoFontMap *fonts = paper_fonts_take();
    if (!fonts)
        return fault(ctx, FAULT_BROKEN, "the fonts of the papers cannot be opened");
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CARD_WIDTH, CARD_HEIGHT);
    Easel e = {cairo_create(surface), pango_font_map_create_context(fonts), ctx->arena};
    draw_card(&e, card);
    cairo_status_t status = cairo_status(e.cr);
    if (!status)
        status = cairo_surface_write_to_png_stream(surface, collect, png_out);
    g_object_unref(e.pango);
    cairo_destroy(e.cr);
    cairo_surface_destroy(surface);
    paper_fonts_leave();
    return !status || fault(ctx, FAULT_BROKEN, "the card was not drawn: %s", cairo_status_to_string(status));
}
