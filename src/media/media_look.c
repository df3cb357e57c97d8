/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_look.c: the decoder behind its door: libvips' own programs, each picture in a process of its own. */
#include "base/child.h"
#include "media/media_room.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ORIENTATION_SWAPS = 5, COPY_BYTES_MAX = 8 * 1024 * 1024, LOOK_BYTES_MAX = 64 * 1024 };

/* No loader that libvips itself does not trust; one thread; no file on disk, which code made at run time (Orc) would want too. */
static const char *const environment[] = {
    "VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1", "VIPS_NOVECTOR=1", "VIPS_DISC_THRESHOLD=4g", "MALLOC_ARENA_MAX=2", NULL,
};

static const ChildLimits look_limits = {1536LL << 20, 30, 60 * CLOCK_SECOND, LOOK_BYTES_MAX, environment};
static const ChildLimits copy_limits = {1536LL << 20, 30, 60 * CLOCK_SECOND, COPY_BYTES_MAX, environment};

/* ---- before anything is decoded ---- */

/* The size stands behind previews and profiles that are as long as they like, so the file is mapped, not read. */
static bool head_in_file(int fd, PictureHead *head_out)
{
    struct stat s;
    if (fstat(fd, &s) != 0 || s.st_size < 1)
        return false;
    size_t size = (size_t)s.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    bool known = media_head((Bytes){bytes, size}, head_out);
    munmap(bytes, size);
    return known;
}

static bool head_of(Ctx *ctx, int fd, PictureHead *head_out)
{
    if (!head_in_file(fd, head_out))
        return fault_field(ctx, "file", "This is no picture that can be read: JPEG, PNG and WebP can.");
    if (head_out->width > MEDIA_SIDE_MAX || head_out->height > MEDIA_SIDE_MAX ||
        head_out->width * head_out->height > MEDIA_PIXELS_MAX)
        return fault_field(ctx, "file", "The picture has %d × %d pixels: at most 100 million, and %d a side, can be read.",
                           (int)head_out->width, (int)head_out->height, MEDIA_SIDE_MAX);
    return true;
}

/* ---- the decoder ---- */

static bool decode(Ctx *ctx, int fd, const char *const *argv, const ChildLimits *limits, Bytes *out)
{
    if (lseek(fd, 0, SEEK_SET) != 0)
        return fault(ctx, FAULT_BROKEN, "a picture's file cannot be read from its beginning");
    switch (child_run(ctx->arena, argv, fd, limits, out)) {
    case CHILD_DONE:
        return true;
    case CHILD_MISSING:
        return fault(ctx, FAULT_UNSUPPORTED, "Pictures cannot be read here: the package libvips-tools is not installed.");
    case CHILD_TALKS:
        return fault_field(ctx, "file", "The picture is too large even when it is made smaller.");
    case CHILD_LATE:
        return fault_field(ctx, "file", "Reading the picture took too long.");
    default:
        return fault_field(ctx, "file", "The picture cannot be read: it is damaged, or was cut off on its way.");
    }
}

/* Of the EXIF value 1 to 8; 1 when the file says none, which the program answers as an error. */
static int orientation(Ctx *ctx, int fd)
{
    const char *const argv[] = {"vipsheader", "-f", "orientation", "stdin", NULL};
    Bytes out;
    if (lseek(fd, 0, SEEK_SET) != 0 || child_run(ctx->arena, argv, fd, &look_limits, &out) != CHILD_DONE)
        return 1;
    return atoi(arena_copy(ctx->arena, out.data, out.size));
}

bool media_look(Ctx *ctx, int fd, Picture *picture_out)
{
    static const char *const argv[] = {"vipsthumbnail",  "stdin[fail-on=error]", "--size", "32x32!", "--export-profile",
                                       "srgb", "-o",     ".ppm[background=255]", NULL};
    PictureHead head;
    Bytes ppm;
    i64 width, height;
    const unsigned char *rgb;
    if (!head_of(ctx, fd, &head) || !decode(ctx, fd, argv, &look_limits, &ppm))
        return false;
    if (!media_pixels(ppm, &width, &height, &rgb) || width != LOOK_SIDE || height != LOOK_SIDE)
        return fault(ctx, FAULT_BROKEN, "the decoder gave something else than %d × %d pixels", LOOK_SIDE, LOOK_SIDE);
    bool turned = orientation(ctx, fd) >= ORIENTATION_SWAPS;
    *picture_out = (Picture){
        .width = turned ? head.height : head.width,
        .height = turned ? head.width : head.height,
        .type = head.type,
        .look = media_hash(rgb),
    };
    return true;
}

/* ---- copies ---- */

typedef struct Encoder {
    const char *type, *output;
} Encoder;

static const Encoder encoders[] = {
    {"image/jpeg", ".jpg[Q=82,strip,interlace,optimize-coding,background=255]"},
    {"image/webp", ".webp[Q=80,strip,effort=2]"},
    {"image/png", ".png[strip]"},
};

static const char *output_for(const char *type)
{
    for (size_t i = 0; i < COUNT(encoders); i++)
        if (!strcmp(encoders[i].type, type))
            return encoders[i].output;
    return NULL;
}

/* What came out must be what was asked for, and hold nothing but pixels. */
static bool accept(Ctx *ctx, const char *type, Bytes *copy, PictureHead *head_out)
{
    bool webp = !strcmp(type, "image/webp");
    char *bytes = arena_copy(ctx->arena, copy->data, copy->size);
    size_t size = copy->size;
    if ((webp && !media_webp_strip(bytes, &size)) || !media_head((Bytes){bytes, size}, head_out) ||
        strcmp(head_out->type, type) != 0)
        return fault(ctx, FAULT_BROKEN, "the decoder gave something else than %s", type);
    *copy = (Bytes){bytes, size};
    return true;
}

bool media_copy(Ctx *ctx, int fd, i64 width, const char *type, Bytes *out, i64 *width_out, i64 *height_out)
{
    const char *output = output_for(type);
    const char *size = arena_printf(ctx->arena, "%dx%d>", (int)width, (int)width * 2);
    const char *const argv[] = {"vipsthumbnail", "stdin[fail-on=error]", "--size", size, "--export-profile", "srgb",
                                "-o", output, NULL};
    PictureHead head;
    Bytes copy;
    if (!output || width < 1 || width > MEDIA_SIDE_MAX)
        return fault(ctx, FAULT_BROKEN, "no copy of type %s, %d pixels wide, can be made", type, (int)width);
    if (!head_of(ctx, fd, &head) || !decode(ctx, fd, argv, &copy_limits, &copy) || !accept(ctx, type, &copy, &head))
        return false;
    *out = copy;
    *width_out = head.width;
    *height_out = head.height;
    return true;
}
