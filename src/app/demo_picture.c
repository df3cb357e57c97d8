/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_picture.c: a square at some hour: sky, hills, houses, a church with two towers, trees, people. */
#include "app/demo_picture.h"

#include <cairo.h>

enum { WIDTH = 960, HEIGHT = 640, GROUND = 470 };

typedef struct Colour {
    double r, g, b;
} Colour;

typedef struct Scene {
    cairo_t *cr;
    u64 state; /* of the dice; never 0 */
    int hour;  /* 0 morning, 1 noon, 2 dusk, 3 night */
} Scene;

/* ---- dice: xorshift64*, so that a number is a picture ---- */

static u64 throw_dice(Scene *s)
{
    s->state ^= s->state >> 12;
    s->state ^= s->state << 25;
    s->state ^= s->state >> 27;
    return s->state * 0x2545F4914F6CDD1DULL;
}

static int between(Scene *s, int least, int most)
{
    return least + (int)(throw_dice(s) >> 33) % (most - least + 1);
}

/* ---- colours of the hour ---- */

static const Colour skies[4][2] = {
    {{0.98, 0.80, 0.66}, {0.62, 0.80, 0.88}},
    {{0.80, 0.91, 0.95}, {0.36, 0.64, 0.82}},
    {{0.97, 0.60, 0.42}, {0.36, 0.28, 0.48}},
    {{0.22, 0.27, 0.42}, {0.06, 0.09, 0.18}},
};

static const Colour walls[] = {
    {0.85, 0.55, 0.42}, {0.93, 0.76, 0.55}, {0.72, 0.42, 0.34}, {0.90, 0.84, 0.72}, {0.56, 0.66, 0.62}, {0.80, 0.62, 0.60},
};

static const Colour clothes[] = {
    {0.66, 0.28, 0.20}, {0.07, 0.31, 0.37}, {0.90, 0.70, 0.28}, {0.35, 0.25, 0.55}, {0.95, 0.92, 0.86}, {0.24, 0.52, 0.38},
};

static void paint(Scene *s, Colour c)
{
    double light = s->hour == 3 ? 0.45 : s->hour == 2 ? 0.8 : 1;
    cairo_set_source_rgb(s->cr, c.r * light, c.g * light, c.b * light);
}

/* ---- the parts, from the back to the front ---- */

static void sky(Scene *s)
{
    const Colour *c = skies[s->hour];
    cairo_pattern_t *p = cairo_pattern_create_linear(0, GROUND, 0, 0);
    cairo_pattern_add_color_stop_rgb(p, 0, c[0].r, c[0].g, c[0].b);
    cairo_pattern_add_color_stop_rgb(p, 1, c[1].r, c[1].g, c[1].b);
    cairo_set_source(s->cr, p);
    cairo_paint(s->cr);
    cairo_pattern_destroy(p);
    cairo_set_source_rgba(s->cr, 1, s->hour == 2 ? 0.85 : 0.96, 0.8, 0.85);
    cairo_arc(s->cr, between(s, 120, WIDTH - 120), between(s, 80, 200), s->hour == 3 ? 28 : 44, 0, 6.2832);
    cairo_fill(s->cr);
}

static void hills(Scene *s)
{
    for (int row = 0; row < 2; row++) {
        double height = 330 + row * 60;
        paint(s, row ? (Colour){0.42, 0.55, 0.45} : (Colour){0.55, 0.62, 0.66});
        cairo_move_to(s->cr, 0, GROUND);
        cairo_line_to(s->cr, 0, height);
        for (int x = 0; x <= WIDTH; x += 160)
            cairo_curve_to(s->cr, x + 50, height - between(s, 10, 80), x + 110, height - between(s, 10, 80), x + 160, height);
        cairo_line_to(s->cr, WIDTH, GROUND);
        cairo_close_path(s->cr);
        cairo_fill(s->cr);
    }
}

static void windows(Scene *s, int x, int y, int width, int height)
{
    for (int wy = y + 22; wy + 34 < y + height; wy += 54)
        for (int wx = x + 16; wx + 20 < x + width; wx += 40) {
            bool lit = s->hour >= 2 && between(s, 0, 2);
            cairo_set_source_rgb(s->cr, lit ? 0.98 : 0.25, lit ? 0.82 : 0.30, lit ? 0.45 : 0.36);
            cairo_arc(s->cr, wx + 10, wy + 10, 10, 3.1416, 6.2832);
            cairo_rectangle(s->cr, wx, wy + 10, 20, 24);
            cairo_fill(s->cr);
        }
}

static void houses(Scene *s)
{
    for (int x = -20; x < WIDTH;) {
        int width = between(s, 110, 190), height = between(s, 120, 210);
        paint(s, walls[between(s, 0, COUNT(walls) - 1)]);
        cairo_rectangle(s->cr, x, GROUND - height, width, height);
        cairo_fill(s->cr);
        windows(s, x, GROUND - height, width, height);
        x += width + between(s, 0, 6);
    }
}

static void tower(Scene *s, double x)
{
    paint(s, (Colour){0.83, 0.56, 0.45});
    cairo_rectangle(s->cr, x, GROUND - 300, 62, 300);
    cairo_fill(s->cr);
    paint(s, (Colour){0.64, 0.34, 0.26});
    cairo_arc(s->cr, x + 31, GROUND - 300, 31, 3.1416, 6.2832);
    cairo_fill(s->cr);
    cairo_rectangle(s->cr, x + 29, GROUND - 356, 4, 30);
    cairo_fill(s->cr);
    windows(s, (int)x, GROUND - 290, 62, 170);
}

static void church(Scene *s)
{
    int x = between(s, 200, WIDTH - 460);
    tower(s, x);
    tower(s, x + 198);
    paint(s, (Colour){0.88, 0.63, 0.50});
    cairo_rectangle(s->cr, x + 62, GROUND - 220, 136, 220);
    cairo_fill(s->cr);
    paint(s, (Colour){0.36, 0.20, 0.17});
    cairo_arc(s->cr, x + 130, GROUND - 70, 30, 3.1416, 6.2832);
    cairo_rectangle(s->cr, x + 100, GROUND - 70, 60, 70);
    cairo_fill(s->cr);
}

static void tree(Scene *s, int x)
{
    paint(s, (Colour){0.38, 0.27, 0.20});
    cairo_rectangle(s->cr, x - 6, GROUND - 40, 12, 70);
    cairo_fill(s->cr);
    paint(s, (Colour){0.25, 0.47, 0.31});
    for (int i = 0; i < 5; i++) {
        cairo_arc(s->cr, x + between(s, -36, 36), GROUND - 70 + between(s, -34, 20), between(s, 26, 42), 0, 6.2832);
        cairo_fill(s->cr);
    }
}

static void person(Scene *s, double x, double y, double size)
{
    paint(s, clothes[between(s, 0, COUNT(clothes) - 1)]);
    cairo_arc(s->cr, x, y - 46 * size, 17 * size, 3.1416, 6.2832);
    cairo_rectangle(s->cr, x - 17 * size, y - 46 * size, 34 * size, 46 * size);
    cairo_fill(s->cr);
    paint(s, (Colour){0.62 + between(s, 0, 20) / 100.0, 0.44, 0.33});
    cairo_arc(s->cr, x, y - 74 * size, 12 * size, 0, 6.2832);
    cairo_fill(s->cr);
}

static void square(Scene *s)
{
    paint(s, (Colour){0.80, 0.74, 0.66});
    cairo_rectangle(s->cr, 0, GROUND, WIDTH, HEIGHT - GROUND);
    cairo_fill(s->cr);
    for (int x = between(s, 20, 120); x < WIDTH; x += between(s, 150, 320))
        tree(s, x);
    int crowd = between(s, 8, 26);
    for (int i = 0; i < crowd; i++) {
        double y = GROUND + 40 + 120.0 * i / crowd; /* who stands nearer is drawn later, and larger */
        person(s, between(s, 30, WIDTH - 30), y, 0.6 + 0.7 * i / crowd);
    }
}

static cairo_status_t write_out(void *to, const unsigned char *bytes, unsigned n)
{
    buf_add(to, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

bool demo_picture(u64 number, Buf *out)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    Scene s = {cairo_create(surface), number * 0x9E3779B97F4A7C15ULL + 1, 0};
    s.hour = between(&s, 0, 3);
    sky(&s);
    hills(&s);
    houses(&s);
    if (between(&s, 0, 1))
        church(&s);
    square(&s);
    bool done = cairo_surface_write_to_png_stream(surface, write_out, out) == CAIRO_STATUS_SUCCESS && !buf_over(out);
    cairo_destroy(s.cr);
    cairo_surface_destroy(surface);
    return done;
}
