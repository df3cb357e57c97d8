/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_container.c: a packet of words put into a file of pixels; what stands beside the pixels otherwise is left out.
 *
 * JPEG: APP1 (XMP part 3, 1.1.3); WebP: VP8X and "XMP " (RFC 9649, 2.7); PNG: iTXt (XMP part 3, 1.1.5). */
#include "media/worker/work_room.h"

#include <zlib.h>

static void put(GByteArray *out, const void *bytes, size_t n)
{
    g_byte_array_append(out, bytes, (guint)n);
}

static void put_big(GByteArray *out, u64 n, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        put(out, &(unsigned char){(unsigned char)(n >> (8 * i) & 0xff)}, 1);
}

static void put_little(GByteArray *out, u64 n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        put(out, &(unsigned char){(unsigned char)(n >> (8 * i) & 0xff)}, 1);
}

static u64 little32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (u64)b[0] | (u64)b[1] << 8 | (u64)b[2] << 16 | (u64)b[3] << 24;
}

/* ---- JPEG ---- */

static const char xmp_sign[] = "http://ns.adobe.com/xap/1.0/"; /* with its NUL */

/* Behind the JFIF segment, which must be the first (JFIF 1.02). */
static bool jpeg(Bytes file, const char *xmp, GByteArray *out)
{
    size_t head = 2, length = strlen(xmp);
    if (file.size < 20 || memcmp(file.data, "\xff\xd8", 2) != 0 || length > XMP_BYTES_MAX)
        return false;
    if (!memcmp(file.data + 2, "\xff\xe0", 2))
        head += 2 + ((size_t)(unsigned char)file.data[4] << 8 | (unsigned char)file.data[5]);
    if (head > file.size)
        return false;
    put(out, file.data, head);
    put(out, "\xff\xe1", 2);
    put_big(out, 2 + sizeof xmp_sign + length, 2);
    put(out, xmp_sign, sizeof xmp_sign);
    put(out, xmp, length);
    put(out, file.data + head, file.size - head);
    return true;
}

/* ---- WebP ---- */

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8, FLAG_XMP = 4, FLAG_ALPHA = 16 };

static bool is_pixels(const char *chunk)
{
    return !memcmp(chunk, "VP8 ", 4) || !memcmp(chunk, "VP8L", 4) || !memcmp(chunk, "ALPH", 4);
}

/* The chunks of pixels, and whether one of them is transparency. */
static bool webp_pixels(Bytes file, GByteArray *out, bool *clear_out)
{
    bool clear = false;
    size_t at = RIFF_HEAD;
    while (at + CHUNK_HEAD <= file.size) {
        const char *chunk = file.data + at;
        u64 body = little32(chunk + 4), whole = CHUNK_HEAD + body + (body & 1);
        if (whole > file.size - at)
            return false;
        if (is_pixels(chunk))
            put(out, chunk, whole);
        clear = clear || !memcmp(chunk, "ALPH", 4) || (!memcmp(chunk, "VP8L", 4) && body > 4 && chunk[12] & 0x10);
        at += whole;
    }
    *clear_out = clear;
    return out->len > 0;
}

static void webp_chunk(GByteArray *out, const char *name, const char *body, size_t n)
{
    put(out, name, 4);
    put_little(out, n, 4);
    put(out, body, n);
    if (n & 1)
        put(out, "", 1);
}

static void webp_features(GByteArray *out, const PictureHead *head, bool clear, bool words)
{
    put(out, "VP8X\12\0\0", 7);
    put(out, "", 1);
    put_little(out, (clear ? FLAG_ALPHA : 0) | (words ? FLAG_XMP : 0), 4);
    put_little(out, (u64)head->width - 1, 3);
    put_little(out, (u64)head->height - 1, 3);
}

static bool webp(Bytes file, const char *xmp, GByteArray *out)
{
    PictureHead head;
    bool clear = false;
    if (file.size < RIFF_HEAD || !media_head(file, &head) || strcmp(head.type, "image/webp") != 0)
        return false;
    GByteArray *pixels = g_byte_array_new();
    bool done = webp_pixels(file, pixels, &clear);
    put(out, "RIFF\0\0\0\0WEBP", RIFF_HEAD);
    if (xmp || clear)
        webp_features(out, &head, clear, xmp);
    put(out, pixels->data, pixels->len);
    if (xmp)
        webp_chunk(out, "XMP ", xmp, strlen(xmp));
    for (int i = 0; i < 4; i++)
        out->data[4 + i] = (unsigned char)((out->len - 8) >> (8 * i) & 0xff);
    g_byte_array_unref(pixels);
    return done;
}

/* ---- PNG ---- */

enum { PNG_SIGN = 8, PNG_HEAD = PNG_SIGN + 25 };

/* Keyword, no compression, no language, no translated keyword. */
static const char png_words[] = "iTXtXML:com.adobe.xmp\0\0\0\0"; /* with a fifth NUL */

static bool png(Bytes file, const char *xmp, GByteArray *out)
{
    size_t length = strlen(xmp);
    if (file.size < PNG_HEAD || memcmp(file.data + 12, "IHDR", 4) != 0)
        return false;
    put(out, file.data, PNG_HEAD);
    put_big(out, sizeof png_words - 4 + length, 4);
    guint body = out->len;
    put(out, png_words, sizeof png_words);
    put(out, xmp, length);
    put_big(out, crc32(0, out->data + body, out->len - body), 4);
    put(out, file.data + PNG_HEAD, file.size - PNG_HEAD);
    return true;
}

bool container_with_xmp(Ctx *ctx, EncodeKind kind, Bytes file, const char *xmp, GByteArray *out)
{
    bool done = true;
    if (kind == ENCODE_WEBP)
        done = webp(file, xmp, out); /* also without words: libvips 8.14.1 writes a block of EXIF even when told not to */
    else if (!xmp || kind == ENCODE_AVIF)
        put(out, file.data, file.size);
    else
        done = kind == ENCODE_JPEG ? jpeg(file, xmp, out) : png(file, xmp, out);
    return done || fault(ctx, FAULT_BROKEN, "a copy's file is not as it should be");
}
