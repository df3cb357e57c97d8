/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_metadata_fuzz.c: any bytes as a picture's file, or as its EXIF, IPTC or XMP: facts that can be kept, or none. */
#include "base/text.h"
#include "media/worker/work_room.h"

#include <gexiv2/gexiv2.h>
#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What exiv2 prints is not what is looked for. */
static void begin(void)
{
    static bool begun;
    if (begun)
        return;
    gexiv2_log_set_level(GEXIV2_LOG_LEVEL_MUTE);
    begun = gexiv2_initialize();
    if (!begun)
        abort();
}

/* A JPEG of one grey pixel, without its beginning. */
static const char pixel[] =
    "\xff\xdb\0\x43\0" "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1"
    "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1"
    "\xff\xc0\0\x0b\x08\0\1\0\1\1\1\x11\0\xff\xc4\0\x14\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\xff\xda\0\x08\1\1\0\0\x3f\0\xd2\xff\xd9";

typedef struct Wrap {
    unsigned char marker;
    const char *sign;
    size_t size;
} Wrap;

static const Wrap wraps[] = {
    {0xe1, "Exif\0", 6},
    {0xe1, "http://ns.adobe.com/xap/1.0/", 29},
    {0xed, "Photoshop 3.0\0" "8BIM\4\4\0\0", 22}, /* then four bytes of length, which the fuzzer writes too */
};

static GByteArray *wrapped(const uint8_t *data, size_t size, const Wrap *w)
{
    GByteArray *b = g_byte_array_append(g_byte_array_new(), (const guint8 *)"\xff\xd8\xff", 3);
    size_t n = 2 + w->size + size;
    g_byte_array_append(b, (const guint8[]){w->marker, (guint8)(n >> 8), (guint8)n}, 3);
    g_byte_array_append(b, (const guint8 *)w->sign, (guint)w->size);
    g_byte_array_append(b, data, (guint)size);
    return g_byte_array_append(b, (const guint8 *)pixel, sizeof pixel - 1);
}

static void must_be_text(const char *text)
{
    if (text && (!*text || strlen(text) > 4096 || !text_valid(text, strlen(text)) || text_has_control(text)))
        abort();
}

static void check(const MediaFacts *f)
{
    const char *const texts[] = {f->headline, f->caption, f->creator, f->credit,   f->rights, f->alt,
                                 f->place,    f->people,  f->camera,  f->keywords, f->taken};
    for (size_t i = 0; i < COUNT(texts); i++)
        must_be_text(texts[i]);
    if (isnan(f->lat) != isnan(f->lon) || fabs(f->lat) > 90 || fabs(f->lon) > 180)
        abort();
    if (f->taken && strlen(f->taken) != 19)
        abort();
    if (f->taken_offset != NONE && llabs(f->taken_offset) > 15 * 60)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 60000)
        return 0;
    begin();
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    size_t how = data[0] % (COUNT(wraps) + 1);
    GByteArray *file = how ? wrapped(data + 1, size - 1, &wraps[how - 1])
                           : g_byte_array_append(g_byte_array_new(), data + 1, (guint)(size - 1));
    Original o = {.bytes = {(const char *)file->data, file->len}};
    PictureHead head;
    MediaFacts facts = {0};
    if (media_head(o.bytes, &head)) { /* as in the program: nothing else is given to exiv2 */
        metadata_read(&ctx, &o, &facts);
        check(&facts);
    }
    must_be_text(metadata_text(arena, (const char *)data, size, NULL));
    g_byte_array_unref(file);
    return 0;
}
