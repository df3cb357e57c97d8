/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_hash.c: how a picture looks, in 64 bits that hardly change when it is made smaller, lighter or worse.
 *
 * The discrete cosine transform of 32 x 32 greys; of its 8 x 8 lowest frequencies the signs against their
 * median (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions", 3.2.1). */
#include "media/media_room.h"

#include <math.h>
#include <stdlib.h>

enum { LOW = 8, BITS = LOW * LOW };

/* Rec. 601 luma. */
static double grey(const unsigned char *rgb)
{
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

static double wave(int frequency, int at)
{
    return cos(M_PI * frequency * (2 * at + 1) / (2.0 * LOOK_SIDE));
}

/* The lowest frequencies but the mean and the pure stripes: those of 1 to LOW in both directions. */
static void transform(const unsigned char *rgb, double low[BITS])
{
    double rows[LOOK_SIDE][LOW] = {{0}};
    for (int y = 0; y < LOOK_SIDE; y++)
        for (int u = 0; u < LOW; u++)
            for (int x = 0; x < LOOK_SIDE; x++)
                rows[y][u] += grey(rgb + 3 * (y * LOOK_SIDE + x)) * wave(u + 1, x);
    for (int v = 0; v < LOW; v++)
        for (int u = 0; u < LOW; u++) {
            double sum = 0;
            for (int y = 0; y < LOOK_SIDE; y++)
                sum += rows[y][u] * wave(v + 1, y);
            low[v * LOW + u] = sum;
        }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double low[BITS])
{
    double sorted[BITS];
    memcpy(sorted, low, sizeof sorted);
    qsort(sorted, BITS, sizeof sorted[0], by_size);
    return (sorted[BITS / 2 - 1] + sorted[BITS / 2]) / 2;
}

u64 media_hash(const unsigned char *rgb)
{
    double low[BITS];
    transform(rgb, low);
    double middle = median(low);
    u64 hash = 0;
    for (int i = 0; i < BITS; i++)
        hash = hash << 1 | (low[i] > middle);
    return hash;
}

int media_distance(u64 one, u64 other)
{
    return __builtin_popcountll(one ^ other);
}
