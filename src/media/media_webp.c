/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_webp.c: a WebP file without what describes its maker (RFC 9649, 2.7). */
#include "media/media_room.h"

enum { FILE_HEAD = 12, CHUNK_HEAD = 8, FLAG_ALPHA = 0x10 };

static u64 little32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (u64)b[0] | (u64)b[1] << 8 | (u64)b[2] << 16 | (u64)b[3] << 24;
}

static void put32(char *at, u64 n)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(n >> (8 * i) & 0xff);
}

static bool is_pixels(const char *chunk)
{
    return !memcmp(chunk, "VP8 ", 4) || !memcmp(chunk, "VP8L", 4) || !memcmp(chunk, "VP8X", 4) ||
           !memcmp(chunk, "ALPH", 4);
}

bool media_webp_strip(char *bytes, size_t *size)
{
    size_t at = FILE_HEAD, to = FILE_HEAD;
    if (*size < FILE_HEAD || memcmp(bytes, "RIFF", 4) != 0 || memcmp(bytes + 8, "WEBP", 4) != 0)
        return false;
    while (at + CHUNK_HEAD <= *size) {
        u64 body = little32(bytes + at + 4);
        u64 whole = CHUNK_HEAD + body + (body & 1);
        if (whole > *size - at)
            return false;
        if (!memcmp(bytes + at, "VP8X", 4) && body >= 1)
            bytes[at + CHUNK_HEAD] &= FLAG_ALPHA; /* no profile, EXIF, XMP or animation is announced any more */
        if (is_pixels(bytes + at)) {
            memmove(bytes + to, bytes + at, whole);
            to += whole;
        }
        at += whole;
    }
    put32(bytes + 4, to - 8);
    *size = to;
    return to > FILE_HEAD;
}
