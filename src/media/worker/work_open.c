/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_open.c: a picture's file before anything of it is decoded: what it is, how large, and what is refused from the header. */
#include "media/worker/work_room.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <vips/vips.h>

static bool too_large(Ctx *ctx, i64 width, i64 height)
{
    if (width <= MEDIA_SIDE_MAX && height <= MEDIA_SIDE_MAX && width * height <= MEDIA_PIXELS_MAX)
        return false;
    fault_field(ctx, "file", "The picture is too large: at most 100 million pixels, and 20,000 a side, can be read.");
    return true;
}

/* Upright, as libvips reads the header; false: it does not. */
static bool upright_size(Original *o)
{
    VipsImage *header = vips_image_new_from_buffer(o->bytes.data, o->bytes.size, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!header)
        return false;
    bool swapped = vips_image_get_orientation_swap(header);
    o->width = swapped ? header->Ysize : header->Xsize;
    o->height = swapped ? header->Xsize : header->Ysize;
    g_object_unref(header);
    return true;
}

/* The sentence for what libvips could not read. */
static void *unreadable(Ctx *ctx, const Original *o)
{
    const char *said = vips_error_buffer();
    bool codec = strstr(said, "codec") || strstr(said, "plugin");
    vips_error_clear();
    if (codec && !strcmp(o->type, "image/heif"))
        return fault_field(ctx, "file", "HEIC without codec: this picture cannot be decoded here. A JPEG of it can.");
    return fault_field(ctx, "file", "The picture cannot be read: it is damaged, or was cut off on its way.");
}

static bool known(Ctx *ctx, Original *o)
{
    PictureHead head;
    if (!media_head(o->bytes, &head) || !strcmp(head.type, "image/avif"))
        return fault_field(ctx, "file", "This is no picture that can be read: JPEG, PNG, WebP and HEIC can.");
    o->type = head.type;
    if (too_large(ctx, head.width, head.height))
        return false;
    if (!upright_size(o))
        return unreadable(ctx, o);
    return !too_large(ctx, o->width, o->height);
}

bool original_open(Ctx *ctx, int fd, Original *original_out)
{
    struct stat s;
    if (fstat(fd, &s) != 0)
        return fault(ctx, FAULT_BROKEN, "a picture's file cannot be read");
    if (s.st_size < 1)
        return fault_field(ctx, "file", "The file is empty.");
    size_t size = (size_t)s.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return fault(ctx, FAULT_BROKEN, "a picture's file cannot be mapped");
    Original o = {.bytes = {bytes, size}};
    if (!known(ctx, &o)) {
        original_close(&o);
        return false;
    }
    *original_out = o;
    return true;
}

void original_close(Original *o)
{
    if (o->bytes.data)
        munmap((void *)(uintptr_t)o->bytes.data, o->bytes.size);
    o->bytes = (Bytes){0};
}

/* ---- pixels ---- */

/* A camera's profile is nearly always sRGB itself: then nothing needs to be worked out for each pixel. */
static bool is_srgb(VipsImage *image)
{
    const void *profile;
    size_t size;
    if (!vips_image_get_typeof(image, VIPS_META_ICC_NAME))
        return image->Type != VIPS_INTERPRETATION_CMYK;
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &size) != 0)
        return false;
    return memmem(profile, size, "sRGB", 4) || memmem(profile, size, "s\0R\0G\0B", 7);
}

static bool needs_profile(const Original *o)
{
    VipsImage *header = vips_image_new_from_buffer(o->bytes.data, o->bytes.size, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    bool needs = header && !is_srgb(header);
    g_clear_object(&header);
    return needs;
}

static bool shrunk(const Original *o, i64 width, i64 height, VipsImage **image_out)
{
    static const char whole[] = "fail-on=error"; /* vips_thumbnail_buffer() 8.14 takes "fail_on" and forgets it */
    void *bytes = (void *)(uintptr_t)o->bytes.data;
    if (needs_profile(o))
        return vips_thumbnail_buffer(bytes, o->bytes.size, image_out, (int)width, "height", (int)height, "size", VIPS_SIZE_DOWN,
                                     "option_string", whole, "export_profile", "srgb", "import_profile", "cmyk", NULL) == 0;
    return vips_thumbnail_buffer(bytes, o->bytes.size, image_out, (int)width, "height", (int)height, "size", VIPS_SIZE_DOWN,
                                 "option_string", whole, NULL) == 0;
}

/* Three or four bands of eight bits, whatever it was. */
static bool made_plain(VipsImage **image)
{
    VipsImage *next;
    if ((*image)->Type != VIPS_INTERPRETATION_sRGB) {
        if (vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL) != 0)
            return false;
        g_object_unref(*image);
        *image = next;
    }
    int bands = (*image)->Bands >= 4 ? 4 : 3;
    if ((*image)->Bands > bands) {
        if (vips_extract_band(*image, &next, 0, "n", bands, NULL) != 0)
            return false;
        g_object_unref(*image);
        *image = next;
    }
    if ((*image)->BandFmt != VIPS_FORMAT_UCHAR) {
        if (vips_cast(*image, &next, VIPS_FORMAT_UCHAR, NULL) != 0)
            return false;
        g_object_unref(*image);
        *image = next;
    }
    return (*image)->Bands == bands;
}

static bool taken_out(VipsImage *image, Pixels *pixels_out)
{
    size_t size;
    Pixels p = {.width = image->Xsize, .height = image->Ysize, .bands = image->Bands};
    p.at = vips_image_write_to_memory(image, &size);
    if (!p.at)
        return false;
    *pixels_out = p;
    return true;
}

bool pixels_decode(Ctx *ctx, const Original *original, i64 width, i64 height, Pixels *pixels_out)
{
    VipsImage *image = NULL;
    bool done = shrunk(original, width, height, &image) && made_plain(&image) && taken_out(image, pixels_out);
    g_clear_object(&image);
    if (!done)
        return unreadable(ctx, original);
    vips_error_clear();
    return true;
}

void pixels_drop(Pixels *p)
{
    g_free(p->at);
    p->at = NULL;
}

/* ---- smaller ones ---- */

static VipsImage *wrapped(const Pixels *p)
{
    size_t size = (size_t)p->width * (size_t)p->height * (size_t)p->bands;
    VipsImage *raw = vips_image_new_from_memory(p->at, size, p->width, p->height, p->bands, VIPS_FORMAT_UCHAR), *image = NULL;
    if (raw && vips_copy(raw, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0)
        image = NULL;
    g_clear_object(&raw);
    return image;
}

/* With transparency, colours are weighed by it: else what is invisible would bleed into what is not. */
static bool scaled(VipsImage *image, double across, double down, VipsImage **scaled_out)
{
    VipsImage *t[4] = {0};
    bool clear = vips_image_hasalpha(image);
    bool done = clear ? vips_premultiply(image, &t[0], NULL) == 0 && vips_resize(t[0], &t[1], across, "vscale", down, NULL) == 0 &&
                            vips_unpremultiply(t[1], &t[2], NULL) == 0 && vips_cast(t[2], scaled_out, VIPS_FORMAT_UCHAR, NULL) == 0
                      : vips_resize(image, scaled_out, across, "vscale", down, NULL) == 0;
    for (size_t i = 0; i < COUNT(t); i++)
        g_clear_object(&t[i]);
    return done;
}

bool pixels_resized(Ctx *ctx, const Pixels *p, i64 width, i64 height, Pixels *pixels_out)
{
    VipsImage *image = wrapped(p), *smaller = NULL;
    bool done = image && scaled(image, (double)width / p->width, (double)height / p->height, &smaller) &&
                taken_out(smaller, pixels_out);
    g_clear_object(&smaller);
    g_clear_object(&image);
    if (!done) {
        fault(ctx, FAULT_BROKEN, "%s", vips_error_buffer());
        vips_error_clear();
    }
    return done;
}

bool pixels_cut(Ctx *ctx, const Pixels *p, i64 left, i64 top, i64 width, i64 height, Pixels *pixels_out)
{
    if (left < 0 || top < 0 || width < 1 || height < 1 || left + width > p->width || top + height > p->height)
        return fault(ctx, FAULT_BROKEN, "a part outside of the picture");
    size_t row = (size_t)width * (size_t)p->bands;
    Pixels cut = {g_malloc(row * (size_t)height), (int)width, (int)height, p->bands};
    for (i64 y = 0; y < height; y++)
        memcpy(cut.at + (size_t)y * row, p->at + (((size_t)(top + y) * (size_t)p->width) + (size_t)left) * (size_t)p->bands, row);
    *pixels_out = cut;
    return true;
}

unsigned char *pixels_grey(Arena *a, const Pixels *p)
{
    size_t n = (size_t)p->width * (size_t)p->height;
    unsigned char *grey = arena_bytes(a, n);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *c = p->at + i * (size_t)p->bands;
        int luma = (299 * c[0] + 587 * c[1] + 114 * c[2] + 500) / 1000;
        grey[i] = (unsigned char)(p->bands == 4 ? (luma * c[3] + 255 * (255 - c[3])) / 255 : luma);
    }
    return grey;
}
