/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_thumbhash.c: a picture in some 25 bytes, to show before it has come (ThumbHash, Evan Wallace 2023).
 *
 * The lowest frequencies of luminance, of two differences of colours and of transparency, four bits each, behind a head with
 * the means, the scales and the shape; https://evanw.github.io/thumbhash/ draws it again. */
#include "media/worker/work_room.h"

#include <math.h>

enum { SIDE_MAX = 100, TERMS_MAX = 7 * 7 };

/* One of luminance, yellow-blue, red-green, transparency, and what is kept of it. */
typedef struct Channel {
    double *values;
    int across, down;           /* how many frequencies each way */
    double mean, scale;
    double terms[TERMS_MAX];    /* in 0…1 around one half */
    int count;
} Channel;

static double wave(int frequency, int at, int length)
{
    return cos(M_PI / length * frequency * (at + 0.5));
}

static double term(const double *values, int width, int height, int cx, int cy)
{
    double sum = 0, across[SIDE_MAX];
    for (int x = 0; x < width; x++)
        across[x] = wave(cx, x, width);
    for (int y = 0; y < height; y++) {
        double down = wave(cy, y, height);
        for (int x = 0; x < width; x++)
            sum += values[y * width + x] * across[x] * down; /* in the reference's order: its roundings are part of the result */
    }
    return sum / (width * height);
}

/* The frequencies below the diagonal; the first is the mean, which stands apart. */
static void transform(Channel *c, int width, int height)
{
    for (int cy = 0; cy < c->down; cy++)
        for (int cx = 0; cx * c->down < c->across * (c->down - cy); cx++) {
            double f = term(c->values, width, height, cx, cy);
            if (!cx && !cy) {
                c->mean = f;
                continue;
            }
            c->terms[c->count++] = f;
            c->scale = fmax(c->scale, fabs(f));
        }
    for (int i = 0; i < c->count && c->scale > 0; i++)
        c->terms[i] = 0.5 + 0.5 / c->scale * c->terms[i];
}

typedef struct Sums {
    double r, g, b, a;
} Sums;

static Sums average(const Pixels *p)
{
    Sums s = {0};
    for (int i = 0; i < p->width * p->height; i++) {
        const unsigned char *c = p->at + i * p->bands;
        double alpha = p->bands == 4 ? c[3] / 255.0 : 1;
        s.r += alpha / 255 * c[0];
        s.g += alpha / 255 * c[1];
        s.b += alpha / 255 * c[2];
        s.a += alpha;
    }
    if (s.a > 0) {
        s.r /= s.a;
        s.g /= s.a;
        s.b /= s.a;
    }
    return s;
}

/* What is transparent takes the mean colour. */
static void split(const Pixels *p, const Sums *mean, Channel channels[4])
{
    for (int i = 0; i < p->width * p->height; i++) {
        const unsigned char *c = p->at + i * p->bands;
        double alpha = p->bands == 4 ? c[3] / 255.0 : 1;
        double r = mean->r * (1 - alpha) + alpha / 255 * c[0];
        double g = mean->g * (1 - alpha) + alpha / 255 * c[1];
        double b = mean->b * (1 - alpha) + alpha / 255 * c[2];
        channels[0].values[i] = (r + g + b) / 3;
        channels[1].values[i] = (r + g) / 2 - b;
        channels[2].values[i] = r - g;
        channels[3].values[i] = alpha;
    }
}

static int at_least_one(double n)
{
    int whole = (int)floor(n + 0.5);
    return whole < 1 ? 1 : whole;
}

static int at_least_three(int n)
{
    return n < 3 ? 3 : n;
}

/* ---- bytes ---- */

typedef struct Packed {
    unsigned char bytes[64];
    int count, halves;
} Packed;

static void put(Packed *to, unsigned n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to->bytes[to->count++] = (unsigned char)(n >> (8 * i) & 0xff);
}

static void put_terms(Packed *to, const Channel *c)
{
    for (int i = 0; i < c->count; i++, to->halves++) {
        unsigned four = (unsigned)floor(15 * c->terms[i] + 0.5);
        int at = to->count + to->halves / 2;
        to->bytes[at] = (unsigned char)(to->bytes[at] | four << (to->halves % 2 * 4));
    }
}

static unsigned rounded(double n)
{
    return (unsigned)floor(n + 0.5);
}

static void put_head(Packed *to, const Channel c[4], bool clear, bool wide)
{
    unsigned first = rounded(63 * c[0].mean) | rounded(31.5 + 31.5 * c[1].mean) << 6 | rounded(31.5 + 31.5 * c[2].mean) << 12 |
                     rounded(31 * c[0].scale) << 18 | (unsigned)clear << 23;
    unsigned second = (unsigned)(wide ? c[0].down : c[0].across) | rounded(63 * c[1].scale) << 3 | rounded(63 * c[2].scale) << 9 |
                      (unsigned)wide << 15;
    put(to, first, 3);
    put(to, second, 2);
    if (clear)
        put(to, rounded(15 * c[3].mean) | rounded(15 * c[3].scale) << 4, 1);
}

const char *measure_thumbhash(Ctx *ctx, const Pixels *p)
{
    if (p->width > SIDE_MAX || p->height > SIDE_MAX)
        return NULL;
    int pixels = p->width * p->height, longer = p->width > p->height ? p->width : p->height;
    Sums mean = average(p);
    bool clear = mean.a < pixels, wide = p->width > p->height;
    double most = clear ? 5 : 7; /* fewer of luminance where transparency needs room */
    int across = at_least_one(most * p->width / longer), down = at_least_one(most * p->height / longer);
    Channel c[4] = {{.across = at_least_three(across), .down = at_least_three(down)},
                    {.across = 3, .down = 3}, {.across = 3, .down = 3}, {.across = 5, .down = 5}};
    Packed out = {0};
    for (int i = 0; i < 4; i++)
        c[i].values = arena_array(ctx->arena, double, (size_t)pixels);
    split(p, &mean, c);
    for (int i = 0; i < 3 + clear; i++)
        transform(&c[i], p->width, p->height);
    /* the shape is told by the true number of the shorter side, though three at least are kept */
    Channel shape[4] = {c[0], c[1], c[2], c[3]};
    shape[0].across = across;
    shape[0].down = down;
    put_head(&out, shape, clear, wide);
    for (int i = 0; i < 3 + clear; i++)
        put_terms(&out, &c[i]);
    g_autofree char *text = g_base64_encode(out.bytes, (gsize)(out.count + (out.halves + 1) / 2));
    return arena_text(ctx->arena, text);
}
