/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_measure.c: how a picture looks in 64 signs, and how sharp it is beside others of the same burst. */
#include "media/worker/work_room.h"

enum { EDGES = 8 };

static int luma(const Pixels *p, int x, int y)
{
    const unsigned char *c = p->at + ((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->bands;
    return (299 * c[0] + 587 * c[1] + 114 * c[2]) / 1000;
}

/* The mean of one field of a grid of columns x EDGES, times 256. */
static i64 field(const Pixels *p, int column, int row, int columns)
{
    int left = column * p->width / columns, right = (column + 1) * p->width / columns;
    int top = row * p->height / EDGES, bottom = (row + 1) * p->height / EDGES;
    i64 sum = 0, n = 0;
    for (int y = top; y < bottom || y == top; y++)
        for (int x = left; x < right || x == left; x++, n++)
            sum += luma(p, x, y);
    return sum * 256 / n;
}

/* Whether it becomes lighter from each field to the next (Krawetz 2013, "Kind of like that"). */
u64 measure_edges(const Pixels *p)
{
    u64 edges = 0;
    for (int row = 0; row < EDGES; row++)
        for (int column = 0; column < EDGES; column++)
            edges = edges << 1 | (field(p, column, row, EDGES + 1) < field(p, column + 1, row, EDGES + 1));
    return edges;
}

/* The variance of the Laplacian (Pech-Pacheco 2000). */
i64 measure_sharpness(Ctx *ctx, const Pixels *p)
{
    if (p->width < 3 || p->height < 3)
        return 0;
    const unsigned char *grey = pixels_grey(ctx->arena, p);
    double sum = 0, squares = 0, n = (double)(p->width - 2) * (p->height - 2);
    for (int y = 1; y < p->height - 1; y++)
        for (int x = 1; x < p->width - 1; x++) {
            const unsigned char *at = grey + (size_t)y * (size_t)p->width + x;
            double curve = at[-1] + at[1] + at[-p->width] + at[p->width] - 4 * at[0];
            sum += curve;
            squares += curve * curve;
        }
    double mean = sum / n;
    return (i64)(squares / n - mean * mean + 0.5);
}
