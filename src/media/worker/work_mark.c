/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_mark.c: a line of text over a picture's lower right corner: white, with a shadow that carries it over light ground.
 *
 * The font is in the program (work_font.S), so nothing is opened for it in the jail. */
#include "base/text.h"
#include "media/worker/work_room.h"

#include <ft2build.h>
#include FT_FREETYPE_H

extern const unsigned char work_font[], work_font_end[];

/* The letters are a part of the picture's width, the margin a part of theirs. */
enum { WIDTH_PART = 48, LEAST_PIXELS = 10, LETTERS_MAX = 120, WHITE = 235, BLACK = 20, STRENGTH = 200, SHADOW = 120 };

static FT_Library library;
static FT_Face face;

bool watermark_begin(const char **why_out)
{
    if (FT_Init_FreeType(&library) != 0 ||
        FT_New_Memory_Face(library, work_font, (FT_Long)((uintptr_t)work_font_end - (uintptr_t)work_font), 0, &face) != 0) {
        *why_out = "the font in the program cannot be read";
        return false;
    }
    return true;
}

void watermark_end(void)
{
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

static int width_of(const gunichar *letters, glong count)
{
    FT_Pos width = 0;
    for (glong i = 0; i < count; i++)
        if (FT_Get_Char_Index(face, letters[i]) && FT_Load_Char(face, letters[i], FT_LOAD_DEFAULT) == 0)
            width += face->glyph->advance.x;
    return (int)(width >> 6);
}

/* Sets the size at which it fits into nine tenths of the width; its width in pixels. */
static int fit(const Pixels *p, const gunichar *letters, glong count)
{
    int size = p->width / WIDTH_PART < LEAST_PIXELS ? LEAST_PIXELS : p->width / WIDTH_PART;
    FT_Set_Pixel_Sizes(face, 0, (FT_UInt)size);
    int width = width_of(letters, count), room = p->width * 9 / 10;
    if (width <= room)
        return width;
    size = size * room / width;
    FT_Set_Pixel_Sizes(face, 0, (FT_UInt)(size < 4 ? 4 : size));
    return width_of(letters, count);
}

static void blend(Pixels *p, int x, int y, int alpha, int colour)
{
    if (x < 0 || y < 0 || x >= p->width || y >= p->height)
        return;
    unsigned char *at = p->at + ((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->bands;
    for (int c = 0; c < 3; c++)
        at[c] = (unsigned char)((at[c] * (255 - alpha) + colour * alpha) / 255);
    if (p->bands == 4)
        at[3] = (unsigned char)(at[3] + (255 - at[3]) * alpha / 255);
}

static void letter(Pixels *p, int left, int base, int strength, int colour)
{
    const FT_GlyphSlot slot = face->glyph;
    for (unsigned y = 0; y < slot->bitmap.rows; y++)
        for (unsigned x = 0; x < slot->bitmap.width; x++) {
            int alpha = slot->bitmap.buffer[(int)y * slot->bitmap.pitch + (int)x] * strength / 255;
            blend(p, left + slot->bitmap_left + (int)x, base - slot->bitmap_top + (int)y, alpha, colour);
        }
}

static void line(Pixels *p, const gunichar *letters, glong count, int left, int base, int strength, int colour)
{
    FT_Pos at = (FT_Pos)left << 6;
    for (glong i = 0; i < count; i++) {
        if (!FT_Get_Char_Index(face, letters[i]) || FT_Load_Char(face, letters[i], FT_LOAD_RENDER) != 0)
            continue;
        letter(p, (int)(at >> 6), base, strength, colour);
        at += face->glyph->advance.x;
    }
}

void pixels_mark(Ctx *ctx, Pixels *p, const char *text)
{
    glong count;
    const char *whole = text_nfc(ctx->arena, text_squeeze(ctx->arena, text));
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(whole, -1, &count);
    count = count > LETTERS_MAX ? LETTERS_MAX : count;
    int width = fit(p, letters, count), size = face->size->metrics.y_ppem, margin = size * 3 / 4;
    int left = p->width - margin - width, base = p->height - margin;
    int shift = size / 16 < 1 ? 1 : size / 16;
    line(p, letters, count, left + shift, base + shift, SHADOW, BLACK);
    line(p, letters, count, left, base, STRENGTH, WHITE);
}
