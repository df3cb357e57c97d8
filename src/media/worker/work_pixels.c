/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_pixels.c: pixels in memory: ended, cut, and as greys. */
#include "media/worker/work_room.h"

void pixels_drop(Pixels *p)
{
    g_free(p->at);
    p->at = NULL;
}

bool pixels_cut(Ctx *ctx, const Pixels *p, i64 left, i64 top, i64 width, i64 height, Pixels *pixels_out)
{
    if (left < 0 || top < 0 || width < 1 || height < 1 || left + width > p->width || top + height > p->height)
        return fault(ctx, FAULT_BROKEN, "a part outside of the picture");
    size_t row = (size_t)width * (size_t)p->bands;
    Pixels cut = {g_malloc(row * (size_t)height), (int)width, (int)height, p->bands};
    for (i64 y = 0; y < height; y++)
        memcpy(cut.at + (size_t)y * row, p->at + (((size_t)(top + y) * (size_t)p->width) + (size_t)left) * (size_t)p->bands, row);
    *pixels_out = cut;
    return true;
}

unsigned char *pixels_grey(Arena *a, const Pixels *p)
{
    size_t n = (size_t)p->width * (size_t)p->height;
    unsigned char *grey = arena_bytes(a, n);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *c = p->at + i * (size_t)p->bands;
        int luma = (299 * c[0] + 587 * c[1] + 114 * c[2] + 500) / 1000;
        grey[i] = (unsigned char)(p->bands == 4 ? (luma * c[3] + 255 * (255 - c[3])) / 255 : luma);
    }
    return grey;
}
