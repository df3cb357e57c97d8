/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_hide.c: a part of a picture made unrecognisable: six coarse blocks each way, with noise.
 *
 * What is left of the part is 36 averages, each moved by noise: too little to know a face by, and nothing to work back from.
 * The noise comes from a seed that only this process has, so that it cannot be taken off again. */
#include "media/worker/work_room.h"

#include <sys/random.h>

enum { BLOCKS = 6, BLOCK_NOISE = 24, PIXEL_NOISE = 6 };

static u64 seed;

bool pixels_hide_begin(void)
{
    return getrandom(&seed, sizeof seed, 0) == (ssize_t)sizeof seed;
}

/* Vigna 2015, splitmix64. */
static u64 noise(void)
{
    seed += 0x9e3779b97f4a7c15u;
    u64 z = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int noise_within(int most)
{
    return (int)(noise() % (u64)(2 * most + 1)) - most;
}

static unsigned char held(int colour)
{
    return (unsigned char)(colour < 0 ? 0 : colour > 255 ? 255 : colour);
}

typedef struct Part {
    int left, top, right, bottom;
} Part;

static void average(const Pixels *p, const Part *part, int mean_out[3])
{
    u64 sum[3] = {0}, n = (u64)(part->right - part->left) * (u64)(part->bottom - part->top);
    for (int y = part->top; y < part->bottom; y++)
        for (int x = part->left; x < part->right; x++)
            for (int c = 0; c < 3; c++)
                sum[c] += p->at[((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->bands + (size_t)c];
    for (int c = 0; c < 3; c++)
        mean_out[c] = (int)(sum[c] / n) + noise_within(BLOCK_NOISE);
}

static void fill(Pixels *p, const Part *part, const int mean[3])
{
    for (int y = part->top; y < part->bottom; y++)
        for (int x = part->left; x < part->right; x++) {
            unsigned char *at = p->at + ((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->bands;
            int grain = noise_within(PIXEL_NOISE);
            for (int c = 0; c < 3; c++)
                at[c] = held(mean[c] + grain);
            if (p->bands == 4)
                at[3] = 255;
        }
}

static i64 within(i64 n, i64 least)
{
    return n < least ? least : n > MEDIA_SCALE ? MEDIA_SCALE : n;
}

/* From begin on for length parts of the scale, in pixels of a side; rounded outward: a pixel half inside is inside. What
 * reaches outside of the picture ends at its edge. */
static void span(i64 begin, i64 length, i64 side, int *from_out, int *to_out)
{
    i64 from = within(begin, -MEDIA_SCALE), to = within(from + within(length, 0), 0);
    *from_out = (int)(within(from, 0) * side / MEDIA_SCALE);
    *to_out = (int)((to * side + MEDIA_SCALE - 1) / MEDIA_SCALE);
}

void pixels_hide(Pixels *p, const MediaBox *box)
{
    Part all;
    span(box->x, box->width, p->width, &all.left, &all.right);
    span(box->y, box->height, p->height, &all.top, &all.bottom);
    int width = all.right - all.left, height = all.bottom - all.top;
    for (int row = 0; row < BLOCKS; row++)
        for (int column = 0; column < BLOCKS; column++) {
            Part block = {all.left + width * column / BLOCKS, all.top + height * row / BLOCKS,
                          all.left + width * (column + 1) / BLOCKS, all.top + height * (row + 1) / BLOCKS};
            int mean[3];
            if (block.right <= block.left || block.bottom <= block.top)
                continue;
            average(p, &block, mean);
            fill(p, &block, mean);
        }
}
