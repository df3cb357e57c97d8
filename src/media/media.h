/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media.h: pictures: what one is, smaller copies of it, and how it looks.
 *
 * Foreign bytes are decoded only in a process of its own with limits (base/child.h): libvips' own program, which gets an
 * open file and no path. Taken are JPEG, PNG and WebP, by content. Copies are upright, sRGB, and hold nothing of what
 * cameras write into files. */
#pragma once
#include "base/ctx.h"

enum { MEDIA_SIDE_MAX = 20000 };
#define MEDIA_PIXELS_MAX ((i64)100 * 1000 * 1000)

typedef struct Picture {
    i64 width, height;   /* pixels, upright */
    const char *type;    /* image/jpeg */
    u64 look;            /* its perceptual hash */
} Picture;
/* Slow. fd is read from its beginning and stays open. FAULT_INVALID with a sentence when it is no picture, cut off or too large;
 * FAULT_UNSUPPORTED when the program is not installed. */
CHECKED bool media_look(Ctx *ctx, int fd, Picture *picture_out);
/* A copy at most width pixels wide and twice as tall, never enlarged; type image/jpeg, image/webp or image/png. */
CHECKED bool media_copy(Ctx *ctx, int fd, i64 width, const char *type, Bytes *out, i64 *width_out, i64 *height_out);
/* How many bits of two looks differ. */
int media_distance(u64 one, u64 other);
