/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work.c: before the jail, and what is found out about one picture: measures of its pixels, and its maker's words. */
#include "media/worker/work_room.h"

#include <gexiv2/gexiv2.h>
#include <locale.h>
#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>

enum { LOOK_WIDE = 1280, SHARP_SIDE = 640, HASH_SIDE = 100 };

/* ---- before the jail ---- */

/* By VipsForeignLoad all loaders are shut, and those of four formats opened again: also what a later libvips brings is shut. */
static void allow_loaders(void)
{
    static const char *const allowed[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"};
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < COUNT(allowed); i++)
        vips_operation_block_set(allowed[i], FALSE);
}

/* One of each kind is made and read once: libraries load tables and codecs when they are first asked. */
static bool warm_up(const char **why_out)
{
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    unsigned char grey[64 * 64 * 3];
    memset(grey, 128, sizeof grey);
    Pixels p = {grey, 64, 64, 3};
    for (int kind = 0; kind < ENCODE_KINDS; kind++) {
        GByteArray *bytes = NULL;
        Pixels again = {0};
        if (!encode(&ctx, &p, (EncodeKind)kind, NULL, &bytes)) {
            *why_out = "libvips or libheif cannot write one of JPEG, WebP, AVIF and PNG";
            return false;
        }
        Original o = {.bytes = {(const char *)bytes->data, bytes->len}, .type = "image/heif"};
        bool read = pixels_decode(&ctx, &o, 32, 32, &again);
        pixels_drop(&again);
        encode_drop(&bytes);
        if (!read) {
            *why_out = "libvips cannot read one of JPEG, WebP, AVIF and PNG";
            return false;
        }
    }
    return true;
}

/* Colour profiles are in libvips; the two that are converted with are made known to it by using them. */
static bool warm_profiles(const char **why_out)
{
    VipsBlob *blob = NULL;
    static const char *const names[] = {"srgb", "cmyk"};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (vips_profile_load(names[i], &blob, NULL) != 0 || !blob) {
            *why_out = "libvips has no colour profiles";
            return false;
        }
        vips_area_unref(VIPS_AREA(blob));
    }
    return true;
}

static void say_nothing(const char *domain, GLogLevelFlags level, const char *text, void *unused)
{
}

bool work_begin(const char **why_out)
{
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, say_nothing, NULL); /* what is wrong with a picture is said to its owner */
    setlocale(LC_ALL, "C.UTF-8");
    g_setenv("VIPS_DISC_THRESHOLD", "4g", TRUE); /* never a temporary file */
    g_setenv("VIPS_NOVECTOR", "1", TRUE);        /* Orc wants memory that is written and run, which the jail denies */
    if (VIPS_INIT("vocero-pictures") != 0) {
        *why_out = "libvips cannot be used";
        return false;
    }
    vips_vector_set_enabled(FALSE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    allow_loaders();
    if (!pixels_hide_begin()) {
        *why_out = "the system gives no random numbers";
        return false;
    }
    gexiv2_log_set_level(GEXIV2_LOG_LEVEL_MUTE);
    return gexiv2_initialize() && watermark_begin(why_out) && warm_profiles(why_out) && warm_up(why_out);
}

void work_end(void)
{
    watermark_end();
    vips_shutdown();
}

/* ---- one picture ---- */

/* Within a square of the side, smaller only; a copy where it is small enough. */
static bool within(Ctx *ctx, const Pixels *p, int side, Pixels *pixels_out)
{
    int longer = p->width > p->height ? p->width : p->height;
    if (longer <= side)
        return pixels_cut(ctx, p, 0, 0, p->width, p->height, pixels_out);
    i64 width = ((i64)p->width * side + longer / 2) / longer, height = ((i64)p->height * side + longer / 2) / longer;
    return pixels_resized(ctx, p, width < 1 ? 1 : width, height < 1 ? 1 : height, pixels_out);
}

/* On white, as media_hash() has always been given it. */
static bool look(Ctx *ctx, const Pixels *p, u64 *look_out)
{
    Pixels small;
    unsigned char rgb[LOOK_SIDE * LOOK_SIDE * 3];
    if (!pixels_resized(ctx, p, LOOK_SIDE, LOOK_SIDE, &small))
        return false;
    for (int i = 0; i < LOOK_SIDE * LOOK_SIDE; i++)
        for (int c = 0; c < 3; c++) {
            int alpha = small.bands == 4 ? small.at[i * 4 + 3] : 255;
            rgb[3 * i + c] = (unsigned char)((small.at[i * small.bands + c] * alpha + 255 * (255 - alpha)) / 255);
        }
    pixels_drop(&small);
    *look_out = media_hash(rgb);
    return true;
}

/* Each measure wants a smaller picture than the one before. */
static bool measured(Ctx *ctx, const Pixels *p, MediaFacts *f)
{
    Pixels sharp = {0}, tiny = {0};
    bool done = within(ctx, p, SHARP_SIDE, &sharp) && within(ctx, &sharp, HASH_SIDE, &tiny) && look(ctx, &sharp, &f->look);
    if (done) {
        f->sharpness = measure_sharpness(ctx, &sharp);
        f->edges = measure_edges(&sharp);
        f->thumbhash = measure_thumbhash(ctx, &tiny);
    }
    pixels_drop(&sharp);
    pixels_drop(&tiny);
    return done;
}

static bool inspected(Ctx *ctx, const Original *o, bool faces, MediaFacts *f)
{
    Pixels p = {0};
    i64 side = faces ? LOOK_WIDE : SHARP_SIDE;
    bool done = pixels_decode(ctx, o, side, side, &p) && measured(ctx, &p, f);
    if (done && faces)
        f->faces = measure_faces(ctx, &p);
    pixels_drop(&p);
    return done;
}

bool work_inspect(Ctx *ctx, int fd, bool faces, MediaFacts *facts_out)
{
    Original o;
    if (!original_open(ctx, fd, &o))
        return false;
    MediaFacts f = {.type = o.type, .width = o.width, .height = o.height};
    bool done = inspected(ctx, &o, faces, &f);
    if (done)
        metadata_read(ctx, &o, &f);
    original_close(&o);
    if (done)
        *facts_out = f;
    return done;
}

/* ---- facts into a JPEG ---- */

static bool write_all(Ctx *ctx, int fd, const GByteArray *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        ssize_t n = write(fd, bytes->data + at, bytes->len - at);
        if (n <= 0)
            return fault(ctx, FAULT_BROKEN, "the picture could not be written");
        at += (size_t)n;
    }
    return true;
}

bool work_write_facts(Ctx *ctx, int fd, const MediaFacts *facts, int out_fd, i64 *size_out)
{
    Original o;
    if (!original_open(ctx, fd, &o))
        return false;
    GByteArray *bytes = g_byte_array_append(g_byte_array_new(), (const guint8 *)o.bytes.data, (guint)o.bytes.size);
    bool jpeg = !strcmp(o.type, "image/jpeg");
    original_close(&o);
    if (!jpeg)
        fault_field(ctx, "file", "Facts are written into a JPEG only.");
    bool done = jpeg && stamp_facts(ctx, facts, bytes) && write_all(ctx, out_fd, bytes);
    if (done)
        *size_out = bytes->len;
    encode_drop(&bytes);
    return done;
}
