/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cascade.h: a trained cascade of stumps over local binary patterns (Liao 2007), as dev/cascadegen.py makes it of OpenCV's file.
 *
 * A window is looked at stage by stage and left at the first that it fails. A feature is nine cells, three by three: each of the
 * eight around says by one bit whether it is at least as light as the middle one. */
#pragma once
#include "base/base.h"

typedef struct CascadeCell {
    int x, y, width, height; /* of the first of nine cells, in pixels of the window */
} CascadeCell;

typedef struct CascadeStump {
    int cell;
    uint32_t subset[8];      /* a bit for each of the 256 patterns */
    float inside, outside;   /* what it adds when the pattern's bit is set, and when not */
} CascadeStump;

typedef struct CascadeStage {
    int count;               /* of stumps */
    float threshold;         /* what they must add up to */
} CascadeStage;

typedef struct Cascade {
    int side;                /* of the window, pixels */
    int stage_count, cell_count;
    const CascadeStage *stages;
    const CascadeStump *stumps;
    const CascadeCell *cells;
} Cascade;

extern const Cascade faces_cascade;

/* The sums of all above and left of each pixel: (width + 1) * (height + 1) of them, the first row and column 0. */
void cascade_sums(const unsigned char *grey, int width, int height, uint32_t *sums_out);

enum { CASCADE_CORNERS = 16 };
/* Where the corners of each feature lie in a table of sums with so many a row: cell_count * CASCADE_CORNERS numbers. */
void cascade_corners(const Cascade *c, int row, int *corners_out);
/* Whether the window whose upper left corner is at this place of the sums passes every stage. */
bool cascade_passes(const Cascade *c, const int *corners, const uint32_t *at);
