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

void cascade_corners(const Cascade *c, int row, int *corners_out)
{
    for (int i = 0; i < c->cell_count; i++) {
        const CascadeCell *cell = &c->cells[i];
        for (int k = 0; k < CASCADE_CORNERS; k++)
            *corners_out++ = (cell->y + k / 4 * cell->height) * row + cell->x + k % 4 * cell->width;
    }
}

/* Of the cell whose upper left corner is the k-th of sixteen. */
static uint32_t cell_sum(const uint32_t sums[CASCADE_CORNERS], int k)
{
    return sums[k + 5] - sums[k + 4] - sums[k + 1] + sums[k];
}

/* The bits go around the middle, from the upper left clockwise, the highest first. */
static unsigned pattern(const int *corners, const uint32_t *at)
{
    static const int around[8] = {0, 1, 2, 6, 10, 9, 8, 4};
    uint32_t sums[CASCADE_CORNERS];
    for (int k = 0; k < CASCADE_CORNERS; k++)
        sums[k] = at[corners[k]];
    uint32_t middle = cell_sum(sums, 5);
    unsigned bits = 0;
    for (int k = 0; k < 8; k++)
        bits = bits << 1 | (cell_sum(sums, around[k]) >= middle);
    return bits;
}

bool cascade_passes(const Cascade *c, const int *corners, const uint32_t *at)
{
    const CascadeStump *stump = c->stumps;
    for (int s = 0; s < c->stage_count; s++) {
        float sum = 0;
        for (int i = 0; i < c->stages[s].count; i++, stump++) {
            unsigned bits = pattern(corners + stump->cell * CASCADE_CORNERS, at);
            sum += stump->subset[bits >> 5] >> (bits & 31) & 1 ? stump->inside : stump->outside;
        }
        if (sum < c->stages[s].threshold)
            return false;
    }
    return true;
}
