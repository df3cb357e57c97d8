/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_test_pictures_harness.c: pictures made for tests, and a second reader of what is written into them. */
#include "media/media_test_pictures.h"

#include <glib.h>

/* ---- scenes ---- */

typedef struct Disc {
    double x, y, radius;
    int colour[3];
} Disc;

enum { DISCS = 14 };

static void paint(const Disc *discs, double x, double y, unsigned char *rgb)
{
    for (int c = 0; c < 3; c++)
        rgb[c] = (unsigned char)(90 + 60 * y + 40 * x);
    for (int i = 0; i < DISCS; i++) {
        double dx = x - discs[i].x, dy = y - discs[i].y;
        if (dx * dx + dy * dy < discs[i].radius * discs[i].radius)
            for (int c = 0; c < 3; c++)
                rgb[c] = (unsigned char)discs[i].colour[c];
    }
}

const char *picture_scene(Arena *a, const char *folder, const char *name, unsigned seed, int width, int height)
{
    GRand *rand = g_rand_new_with_seed(seed);
    Disc discs[DISCS];
    for (int i = 0; i < DISCS; i++)
        discs[i] = (Disc){g_rand_double(rand), g_rand_double(rand), 0.05 + 0.22 * g_rand_double(rand),
                          {g_rand_int_range(rand, 0, 256), g_rand_int_range(rand, 0, 256), g_rand_int_range(rand, 0, 256)}};
    g_rand_free(rand);
    char head[64];
    int n = g_snprintf(head, sizeof head, "P6\n%d %d\n255\n", width, height);
    size_t size = (size_t)n + (size_t)width * (size_t)height * 3;
    g_autofree char *bytes = g_malloc(size);
    memcpy(bytes, head, (size_t)n);
    unsigned char *at = (unsigned char *)bytes + n;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++, at += 3)
            paint(discs, (double)x / width, (double)y / height, at);
    const char *path = arena_printf(a, "%s/%s", folder, name);
    picture_write(path, (Bytes){bytes, size});
    return path;
}

const char *picture_made(Arena *a, const char *command, const char *from, const char *to, const char *more)
{
    g_autofree char *line = g_strdup_printf("vips %s '%s' '%s' %s", command, from, to, more ? more : "");
    g_autofree char *said = NULL;
    int status = 0;
    g_assert_true(g_spawn_command_line_sync(line, NULL, &said, &status, NULL));
    if (status)
        g_error("%s: %s", line, said);
    return arena_copy(a, to, strcspn(to, "["));
}

/* ---- files ---- */

Bytes picture_read(Arena *a, const char *path)
{
    g_autofree char *bytes = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    return (Bytes){arena_copy(a, bytes, size), size};
}

void picture_write(const char *path, Bytes bytes)
{
    g_assert_true(g_file_set_contents(path, bytes.data, (gssize)bytes.size, NULL));
}

/* TIFF, little endian: Orientation, Artist, and a GPS block with a latitude of 22 degrees. */
static size_t exif_block(char *out, int orientation)
{
    static const char block[] = "Exif\0\0II*\0\10\0\0\0\3\0"
                                "\x12\1\3\0\1\0\0\0" "O\0\0\0"
                                "\x3b\1\2\0\4\0\0\0" "Ana\0"
                                "\x25\x88\4\0\1\0\0\0" "\x32\0\0\0"
                                "\0\0\0\0"
                                "\2\0" "\1\0\2\0\2\0\0\0" "N\0\0\0"
                                "\2\0\5\0\3\0\0\0" "\x50\0\0\0"
                                "\0\0\0\0"
                                "\x16\0\0\0\1\0\0\0" "\x09\0\0\0\1\0\0\0" "\0\0\0\0\1\0\0\0";
    memcpy(out, block, sizeof block - 1);
    out[6 + 18] = (char)orientation;
    return sizeof block - 1;
}

const char *picture_with_exif(Arena *a, const char *jpeg, const char *to, int orientation)
{
    Bytes plain = picture_read(a, jpeg);
    char block[256];
    size_t n = exif_block(block, orientation);
    char *bytes = arena_bytes(a, plain.size + n + 4);
    memcpy(bytes, plain.data, 2);
    bytes[2] = (char)0xff;
    bytes[3] = (char)0xe1;
    bytes[4] = (char)((n + 2) >> 8);
    bytes[5] = (char)((n + 2) & 0xff);
    memcpy(bytes + 6, block, n);
    memcpy(bytes + 6 + n, plain.data + 2, plain.size - 2);
    picture_write(to, (Bytes){bytes, plain.size + n + 4});
    return to;
}

/* ---- the second reader: every block of a file by its name ---- */

static const char *of_jpeg(const unsigned char *b, size_t size)
{
    for (size_t at = 2; at + 4 <= size && b[at] == 0xff && b[at + 1] != 0xda; at += 2 + (size_t)(b[at + 2] << 8 | b[at + 3])) {
        if (b[at + 1] == 0xe1)
            return "APP1 (EXIF or XMP)";
        if (b[at + 1] == 0xe2)
            return "APP2 (a profile)";
        if (b[at + 1] == 0xed)
            return "APP13 (IPTC)";
        if (b[at + 1] == 0xfe)
            return "COM";
    }
    return NULL;
}

static const char *of_png(const unsigned char *b, size_t size)
{
    static const char *const names[] = {"eXIf", "iTXt", "tEXt", "zTXt", "iCCP", "tIME"};
    for (size_t at = 8; at + 12 <= size;
         at += 12 + (size_t)((unsigned)b[at] << 24 | b[at + 1] << 16 | b[at + 2] << 8 | b[at + 3]))
        for (size_t i = 0; i < COUNT(names); i++)
            if (!memcmp(b + at + 4, names[i], 4))
                return names[i];
    return NULL;
}

static const char *of_webp(const unsigned char *b, size_t size)
{
    static const char *const names[] = {"EXIF", "XMP ", "ICCP"};
    for (size_t at = 12; at + 8 <= size;) {
        for (size_t i = 0; i < COUNT(names); i++)
            if (!memcmp(b + at, names[i], 4))
                return names[i];
        size_t body = b[at + 4] | b[at + 5] << 8 | b[at + 6] << 16 | (size_t)b[at + 7] << 24;
        at += 8 + body + (body & 1);
    }
    return NULL;
}

const char *picture_metadata(Bytes bytes)
{
    const unsigned char *b = (const unsigned char *)bytes.data;
    g_assert_cmpint((int)bytes.size, >, 12);
    return b[0] == 0xff ? of_jpeg(b, bytes.size) : b[0] == 0x89 ? of_png(b, bytes.size) : of_webp(b, bytes.size);
}
