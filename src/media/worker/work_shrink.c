/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_shrink.c: pixels made smaller by Lanczos' windowed sinc of three lobes, first along a row, then across rows.
 *
 * A pixel is four floats beside each other, which the processor works on at once; of three bands the fourth is idle. */
#include "media/worker/work_shrink.h"

#include <math.h>

typedef float Lanes __attribute__((vector_size(16)));

enum { LOBES = 3, CHUNK = 64 };

/* One axis: each new place is made of taps old ones in a row, from first[i] on. */
typedef struct Filter {
    int taps, *first;
    float *weights;     /* taps of each place */
} Filter;

struct Shrinker {
    int width, height;
    Pixels to;
    Filter across, down;
    Lanes *line;        /* the row that has come */
    Lanes *kept;        /* down.taps rows, narrower already; row y lies at y % taps */
    int come, made;     /* rows */
};

/* ---- weights ---- */

static double lanczos(double x)
{
    if (fabs(x) < 1e-9)
        return 1;
    if (fabs(x) >= LOBES)
        return 0;
    return LOBES * sin(M_PI * x) * sin(M_PI * x / LOBES) / (M_PI * M_PI * x * x);
}

static void weigh(float *weights, int taps, double from_centre, double scale)
{
    double sum = 0;
    for (int k = 0; k < taps; k++)
        sum += lanczos((from_centre + k) / scale);
    for (int k = 0; k < taps; k++)
        weights[k] = (float)(lanczos((from_centre + k) / scale) / sum);
}

static Filter filter_new(int from, int to)
{
    double scale = (double)from / to, wide = scale < 1 ? 1 : scale;
    int taps = from == to ? 1 : 2 * (int)ceil(LOBES * wide);
    taps = taps > from ? from : taps;
    Filter f = {taps, g_new(int, to), g_new(float, (size_t)to * (size_t)taps)};
    for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale - 0.5;
        int first = from == to ? i : (int)floor(centre) - taps / 2 + 1;
        first = first < 0 ? 0 : first > from - taps ? from - taps : first;
        f.first[i] = first;
        weigh(f.weights + (size_t)i * (size_t)taps, taps, first - centre, wide);
    }
    return f;
}

static void filter_drop(Filter *f)
{
    g_free(f->first);
    g_free(f->weights);
}

Shrinker *shrinker_new(int width, int height, int bands, int to_width, int to_height)
{
    Shrinker *s = g_new0(Shrinker, 1);
    s->width = width;
    s->height = height;
    s->to = (Pixels){g_malloc((size_t)to_width * (size_t)to_height * (size_t)bands), to_width, to_height, bands};
    s->across = filter_new(width, to_width);
    s->down = filter_new(height, to_height);
    s->line = g_new(Lanes, width);
    s->kept = g_new(Lanes, (size_t)s->down.taps * (size_t)to_width);
    return s;
}

/* ---- rows ---- */

static void read_row(Shrinker *s, const unsigned char *row)
{
    if (s->to.bands == 3) {
        for (int x = 0; x < s->width; x++, row += 3)
            s->line[x] = (Lanes){row[0], row[1], row[2], 0};
        return;
    }
    for (int x = 0; x < s->width; x++, row += 4) {
        float clear = (float)row[3] / 255;
        s->line[x] = (Lanes){row[0] * clear, row[1] * clear, row[2] * clear, row[3]};
    }
}

static void narrow(Shrinker *s)
{
    const Filter *f = &s->across;
    Lanes *to = s->kept + (size_t)(s->come % s->down.taps) * (size_t)s->to.width;
    const float *weight = f->weights;
    for (int x = 0; x < s->to.width; x++) {
        const Lanes *from = s->line + f->first[x];
        Lanes sum = {0};
        for (int k = 0; k < f->taps; k++)
            sum += from[k] * *weight++;
        to[x] = sum;
    }
}

static unsigned char held(float n)
{
    return (unsigned char)(n <= 0 ? 0 : n >= 255 ? 255 : n + 0.5f);
}

static void put(const Shrinker *s, unsigned char *to, Lanes pixel)
{
    float by = s->to.bands == 4 && pixel[3] > 0 ? 255 / pixel[3] : 1;
    for (int c = 0; c < 3; c++)
        to[c] = held(pixel[c] * by);
    if (s->to.bands == 4)
        to[3] = held(pixel[3]);
}

/* A stretch of the next row, so short that its sums stay near. */
static void make_chunk(const Shrinker *s, int begin, int count)
{
    const Filter *f = &s->down;
    const float *weights = f->weights + (size_t)s->made * (size_t)f->taps;
    Lanes sums[CHUNK] = {0};
    for (int k = 0; k < f->taps; k++) {
        const Lanes *row = s->kept + (size_t)((f->first[s->made] + k) % f->taps) * (size_t)s->to.width + begin;
        float weight = weights[k];
        for (int x = 0; x < count; x++)
            sums[x] += row[x] * weight;
    }
    unsigned char *to = s->to.at + ((size_t)s->made * (size_t)s->to.width + (size_t)begin) * (size_t)s->to.bands;
    for (int x = 0; x < count; x++, to += s->to.bands)
        put(s, to, sums[x]);
}

void shrinker_row(Shrinker *s, const unsigned char *row)
{
    if (s->come >= s->height)
        return;
    read_row(s, row);
    narrow(s);
    s->come++;
    for (; s->made < s->to.height && s->down.first[s->made] + s->down.taps <= s->come; s->made++)
        for (int x = 0; x < s->to.width; x += CHUNK)
            make_chunk(s, x, s->to.width - x < CHUNK ? s->to.width - x : CHUNK);
}

static void end(Shrinker *s)
{
    filter_drop(&s->across);
    filter_drop(&s->down);
    g_free(s->line);
    g_free(s->kept);
    g_free(s);
}

Pixels shrinker_end(Shrinker *s)
{
    Pixels made = s->to;
    end(s);
    return made;
}

void shrinker_drop(Shrinker *s)
{
    pixels_drop(&s->to);
    end(s);
}

/* ---- from pixels to pixels ---- */

bool pixels_resized(Ctx *ctx, const Pixels *p, i64 width, i64 height, Pixels *pixels_out)
{
    if (width < 1 || height < 1)
        return fault(ctx, FAULT_BROKEN, "a picture without pixels");
    Shrinker *s = shrinker_new(p->width, p->height, p->bands, (int)width, (int)height);
    for (int y = 0; y < p->height; y++)
        shrinker_row(s, p->at + (size_t)y * (size_t)p->width * (size_t)p->bands);
    *pixels_out = shrinker_end(s);
    return true;
}
