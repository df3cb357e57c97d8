/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_pixels.c: reading the plainest of picture files: "P6", width, height, 255, then three bytes a pixel. */
#include "media/media_room.h"

/* White space and comments go before each number. */
static void skip(Bytes b, size_t *at)
{
    while (*at < b.size && strchr(" \t\r\n#", b.data[*at]) && b.data[*at]) {
        if (b.data[*at] == '#')
            while (*at < b.size && b.data[*at] != '\n')
                (*at)++;
        else
            (*at)++;
    }
}

static i64 number(Bytes b, size_t *at)
{
    i64 n = 0;
    skip(b, at);
    for (; *at < b.size && b.data[*at] >= '0' && b.data[*at] <= '9'; (*at)++)
        n = n < MEDIA_SIDE_MAX ? n * 10 + (b.data[*at] - '0') : MEDIA_SIDE_MAX + 1;
    return n;
}

bool media_pixels(Bytes ppm, i64 *width_out, i64 *height_out, const unsigned char **rgb_out)
{
    size_t at = 2;
    if (ppm.size < 3 || memcmp(ppm.data, "P6", 2) != 0)
        return false;
    i64 width = number(ppm, &at), height = number(ppm, &at), most = number(ppm, &at);
    at++; /* one white space */
    if (width < 1 || height < 1 || width > MEDIA_SIDE_MAX || height > MEDIA_SIDE_MAX || most != 255)
        return false;
    if (at > ppm.size || (u64)(width * height * 3) > ppm.size - at)
        return false;
    *width_out = width;
    *height_out = height;
    *rgb_out = (const unsigned char *)ppm.data + at;
    return true;
}
