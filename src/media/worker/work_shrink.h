/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_shrink.h: pixels made smaller row by row, as they come; only as many rows are kept as one new row is made of.
 *
 * libvips does that too, but fast only with code that it makes at run time, which the jail denies. */
#pragma once
#include "media/worker/work_room.h"

typedef struct Shrinker Shrinker;
/* bands: 3, or 4 with transparency, by which colours are weighed. */
Shrinker *shrinker_new(int width, int height, int bands, int to_width, int to_height);
/* The next row from above, width * bands bytes. */
void shrinker_row(Shrinker *s, const unsigned char *row);
/* After the last row: what came of it. */
Pixels shrinker_end(Shrinker *s);
/* Before the last row: nothing comes of it. */
void shrinker_drop(Shrinker *s);
