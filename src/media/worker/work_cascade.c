/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_cascade.c: one window of a picture against a cascade. */
#include "media/worker/cascade.h"

void cascade_sums(const unsigned char *grey, int width, int height, uint32_t *sums_out)
{
    size_t row = (size_t)width + 1;
    memset(sums_out, 0, row * sizeof *sums_out);
    for (int y = 0; y < height; y++) {
        uint32_t *at = sums_out + (size_t)(y + 1) * row, so_far = 0;
        at[0] = 0;
        for (int x = 0; x < width; x++) {
            so_far += grey[(size_t)y * (size_t)width + (size_t)x];
            at[x + 1] = at[x + 1 - (i64)row] + so_far;
        }
    }
}

/* The bits go around the middle, from the upper left clockwise, the highest first. */
static unsigned pattern(const CascadeCell *cell, const uint32_t *at, int row)
{
    static const int around[8][2] = {{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
    uint32_t corner[4][4], middle;
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++)
            corner[j][i] = at[(cell->y + j * cell->height) * row + cell->x + i * cell->width];
    middle = corner[2][2] - corner[2][1] - corner[1][2] + corner[1][1];
    unsigned bits = 0;
    for (int k = 0; k < 8; k++) {
        int i = around[k][0], j = around[k][1];
        uint32_t sum = corner[j + 1][i + 1] - corner[j + 1][i] - corner[j][i + 1] + corner[j][i];
        bits = bits << 1 | (sum >= middle);
    }
    return bits;
}

bool cascade_passes(const Cascade *c, const uint32_t *sums, int row, int x, int y, float *score_out)
{
    const uint32_t *at = sums + (size_t)y * (size_t)row + x;
    const CascadeStump *stump = c->stumps;
    float score = 0;
    for (int s = 0; s < c->stage_count; s++) {
        float sum = 0;
        for (int i = 0; i < c->stages[s].count; i++, stump++) {
            unsigned bits = pattern(&c->cells[stump->cell], at, row);
            sum += stump->subset[bits >> 5] >> (bits & 31) & 1 ? stump->inside : stump->outside;
        }
        if (sum < c->stages[s].threshold)
            return false;
        score = sum - c->stages[s].threshold;
    }
    *score_out = score;
    return true;
}
