/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_room.h: shared by the files of this floor only: what is read of pictures without decoding them. */
#pragma once
#include "media/media.h"

enum { LOOK_SIDE = 32 }; /* of the square that a look is made of */

typedef struct PictureHead {
    const char *type;    /* image/jpeg, image/png, image/webp; static */
    i64 width, height;   /* as they are stored: not upright yet */
} PictureHead;
/* Of a whole file, or as much of its beginning as there is. False: no picture of a type that is taken, or its size is not there. */
bool media_head(Bytes bytes, PictureHead *head_out);

/* The pixels of a PPM file (P6, one byte a colour), which is what the decoder hands over; false: it is none, or cut off. */
bool media_pixels(Bytes ppm, i64 *width_out, i64 *height_out, const unsigned char **rgb_out);

/* Of LOOK_SIDE x LOOK_SIDE pixels: the signs of its lowest frequencies against their median. */
u64 media_hash(const unsigned char *rgb);

/* A WebP file without what describes its maker: only the pixels' chunks stay (Debian's libvips 8.14.1 writes EXIF,
 * XMP and a profile even when told not to). False: it is no WebP. The bytes are changed in place. */
bool media_webp_strip(char *bytes, size_t *size);
