/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_head.c: type and size of a picture from its first bytes, bounds checked at each step; nothing is decoded.
 *
 * JPEG: the frame header (ITU T.81, B.2.2); PNG: IHDR (RFC 2083, 4.1.1); WebP: VP8, VP8L or VP8X (RFC 9649);
 * HEIF and AVIF: the brands and the sizes of their parts (ISO/IEC 14496-12, 4.2 and 23008-12, 6.5.3). */
#include "media/media_room.h"

static unsigned byte_at(Bytes b, size_t at)
{
    return (unsigned char)b.data[at];
}

static i64 big16(Bytes b, size_t at)
{
    return byte_at(b, at) << 8 | byte_at(b, at + 1);
}

static i64 big32(Bytes b, size_t at)
{
    return big16(b, at) << 16 | big16(b, at + 2);
}

static i64 little24(Bytes b, size_t at)
{
    return byte_at(b, at) | byte_at(b, at + 1) << 8 | byte_at(b, at + 2) << 16;
}

static bool has(Bytes b, size_t at, const char *bytes, size_t n)
{
    return at <= b.size && n <= b.size - at && !memcmp(b.data + at, bytes, n);
}

/* ---- JPEG ---- */

enum { MARKER_FRAME_FIRST = 0xc0, MARKER_FRAME_LAST = 0xcf, MARKER_SCAN = 0xda, MARKER_END = 0xd9 };

/* Frames of any coding; between them lie the tables DHT (c4), JPG (c8) and DAC (cc). */
static bool is_frame(unsigned marker)
{
    return marker >= MARKER_FRAME_FIRST && marker <= MARKER_FRAME_LAST && marker != 0xc4 && marker != 0xc8 &&
           marker != 0xcc;
}

static bool jpeg_size(Bytes b, PictureHead *head)
{
    size_t at = 2;
    while (at + 4 <= b.size) {
        unsigned marker = byte_at(b, at + 1);
        if (byte_at(b, at) != 0xff)
            return false;
        if (marker == 0xff) { /* a fill byte */
            at++;
            continue;
        }
        if (marker == MARKER_SCAN || marker == MARKER_END)
            return false;
        if (is_frame(marker) && at + 9 <= b.size) {
            head->height = big16(b, at + 5);
            head->width = big16(b, at + 7);
            return true;
        }
        i64 length = big16(b, at + 2);
        if (length < 2)
            return false;
        at += 2 + (size_t)length;
    }
    return false;
}

/* ---- PNG ---- */

static bool png_size(Bytes b, PictureHead *head)
{
    if (b.size < 24 || !has(b, 12, "IHDR", 4))
        return false;
    head->width = big32(b, 16);
    head->height = big32(b, 20);
    return true;
}

/* ---- WebP ---- */

static bool webp_size(Bytes b, PictureHead *head)
{
    if (b.size < 30)
        return false;
    if (has(b, 12, "VP8X", 4)) {
        head->width = little24(b, 24) + 1;
        head->height = little24(b, 27) + 1;
        return true;
    }
    if (has(b, 12, "VP8L", 4) && byte_at(b, 20) == 0x2f) {
        i64 bits = little24(b, 21) | (i64)byte_at(b, 24) << 24;
        head->width = (bits & 0x3fff) + 1;
        head->height = (bits >> 14 & 0x3fff) + 1;
        return true;
    }
    if (has(b, 12, "VP8 ", 4) && has(b, 23, "\x9d\x01\x2a", 3)) {
        head->width = (byte_at(b, 26) | byte_at(b, 27) << 8) & 0x3fff;
        head->height = (byte_at(b, 28) | byte_at(b, 29) << 8) & 0x3fff;
        return true;
    }
    return false;
}

/* ---- HEIF and AVIF: boxes in boxes ---- */

enum { BOX_HEAD = 8, META_HEAD = 12, BRANDS_MAX = 64, PARTS_MAX = 4096 };

typedef struct Box {
    size_t body, end;
} Box;

/* The box that begins at this place, inside of its parent; sizes of 64 bits and "to the end" are no still picture's. */
static bool box_at(Bytes b, size_t at, size_t end, Box *box_out)
{
    if (end > b.size || at + BOX_HEAD > end)
        return false;
    size_t size = (size_t)big32(b, at);
    if (size < BOX_HEAD || size > end - at)
        return false;
    *box_out = (Box){at + BOX_HEAD, at + size};
    return true;
}

static bool find_box(Bytes b, size_t at, size_t end, const char *name, Box *box_out)
{
    for (Box box; box_at(b, at, end, &box); at = box.end)
        if (has(b, at + 4, name, 4)) {
            *box_out = box;
            return true;
        }
    return false;
}

static bool is_brand(Bytes b, size_t at, const char *const *brands)
{
    for (; *brands; brands++)
        if (has(b, at, *brands, 4))
            return true;
    return false;
}

/* The first brand of a still picture decides: "mif1" alone says only that it is one. */
static const char *type_of_brands(Bytes b, const Box *ftyp)
{
    static const char *const heif[] = {"heic", "heix", "heim", "heis", "hevc", "hevx", NULL};
    static const char *const avif[] = {"avif", "avis", NULL};
    for (size_t at = ftyp->body, n = 0; at + 4 <= ftyp->end && n < BRANDS_MAX; at += 4, n++) {
        if (is_brand(b, at, heif))
            return "image/heif";
        if (is_brand(b, at, avif))
            return "image/avif";
    }
    return NULL;
}

/* A picture is put together of tiles, each with its size; the whole has the largest. */
static bool largest_part(Bytes b, const Box *parts, PictureHead *head)
{
    size_t at = parts->body;
    Box box;
    for (int n = 0; n < PARTS_MAX && box_at(b, at, parts->end, &box); n++, at = box.end) {
        if (!has(b, at + 4, "ispe", 4) || box.end - box.body < 12)
            continue;
        i64 width = big32(b, box.body + 4), height = big32(b, box.body + 8);
        if (width > head->width)
            head->width = width;
        if (height > head->height)
            head->height = height;
    }
    return head->width > 0;
}

static bool heif_size(Bytes b, PictureHead *head)
{
    Box ftyp, meta, properties, parts;
    if (!box_at(b, 0, b.size, &ftyp))
        return false;
    head->type = type_of_brands(b, &ftyp);
    return head->type && find_box(b, ftyp.end, b.size, "meta", &meta) && meta.end - meta.body >= META_HEAD - BOX_HEAD &&
           find_box(b, meta.body + 4, meta.end, "iprp", &properties) &&
           find_box(b, properties.body, properties.end, "ipco", &parts) && largest_part(b, &parts, head);
}

/* ---- all ---- */

typedef struct Kind {
    const char *type, *sign;
    size_t size, at;
    bool (*read)(Bytes bytes, PictureHead *head);
} Kind;

static const Kind kinds[] = {
    {"image/jpeg", "\xff\xd8\xff", 3, 0, jpeg_size},
    {"image/png", "\x89PNG\r\n\x1a\n", 8, 0, png_size},
    {"image/webp", "WEBPVP8", 7, 8, webp_size},
    {NULL, "ftyp", 4, 4, heif_size}, /* its brands say which */
};

bool media_head(Bytes bytes, PictureHead *head_out)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        PictureHead head = {.type = kinds[i].type};
        if (!has(bytes, kinds[i].at, kinds[i].sign, kinds[i].size))
            continue;
        if (!kinds[i].read(bytes, &head) || head.width < 1 || head.height < 1)
            return false;
        *head_out = head;
        return true;
    }
    return false;
}
