/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_encode.c: pixels into files that hold nothing else.
 *
 * JPEG, WebP and PNG by libvips, from pixels in memory that never had a field of the original's; what libvips would write of its
 * own (an EXIF block with a resolution) is left out. AVIF by libheif, which takes the XMP packet at once. */
#include "media/worker/work_room.h"

#include <libheif/heif.h>
#include <vips/vips.h>

enum { JPEG_QUALITY = 82, WEBP_QUALITY = 79, WEBP_EFFORT = 2, AVIF_QUALITY = 55, AVIF_SPEED = 7, PNG_EFFORT = 6 };

static const char *const types[ENCODE_KINDS] = {"image/jpeg", "image/webp", "image/avif", "image/png"};

bool encode_kind(const char *type, EncodeKind *kind_out)
{
    for (int i = 0; i < ENCODE_KINDS; i++)
        if (type && !strcmp(type, types[i])) {
            *kind_out = (EncodeKind)i;
            return true;
        }
    return false;
}

void encode_drop(GByteArray **bytes)
{
    if (*bytes)
        g_byte_array_unref(*bytes);
    *bytes = NULL;
}

/* ---- libvips ---- */

static VipsImage *image_of(const Pixels *p)
{
    size_t size = (size_t)p->width * (size_t)p->height * (size_t)p->bands;
    VipsImage *raw = vips_image_new_from_memory(p->at, size, p->width, p->height, p->bands, VIPS_FORMAT_UCHAR), *image = NULL;
    if (raw && vips_copy(raw, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0)
        image = NULL;
    g_clear_object(&raw);
    return image;
}

static int save(VipsImage *image, EncodeKind kind, void **bytes, size_t *size)
{
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    int wrong;
    if (kind == ENCODE_JPEG)
        wrong = vips_jpegsave_buffer(image, bytes, size, "Q", JPEG_QUALITY, "strip", TRUE, "optimize_coding", TRUE, "interlace",
                                     TRUE, "background", white, NULL);
    else if (kind == ENCODE_WEBP)
        wrong = vips_webpsave_buffer(image, bytes, size, "Q", WEBP_QUALITY, "strip", TRUE, "effort", WEBP_EFFORT, NULL);
    else
        wrong = vips_pngsave_buffer(image, bytes, size, "strip", TRUE, "compression", PNG_EFFORT, NULL);
    vips_area_unref(VIPS_AREA(white));
    return wrong;
}

static GByteArray *saved(const Pixels *p, EncodeKind kind)
{
    VipsImage *image = image_of(p);
    void *bytes = NULL;
    size_t size = 0;
    bool done = image && save(image, kind, &bytes, &size) == 0;
    g_clear_object(&image);
    return done ? g_byte_array_new_take(bytes, size) : NULL;
}

/* ---- libheif ---- */

static struct heif_error take(struct heif_context *c, const void *bytes, size_t size, void *to)
{
    g_byte_array_append(to, bytes, (guint)size);
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, "Success"};
}

static bool is_fine(struct heif_error e)
{
    return e.code == heif_error_Ok;
}

static struct heif_image *planes_of(const Pixels *p)
{
    bool clear = p->bands == 4;
    struct heif_image *image = NULL;
    enum heif_chroma chroma = clear ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    if (!is_fine(heif_image_create(p->width, p->height, heif_colorspace_RGB, chroma, &image)))
        return NULL;
    if (!is_fine(heif_image_add_plane(image, heif_channel_interleaved, p->width, p->height, clear ? 32 : 24))) {
        heif_image_release(image);
        return NULL;
    }
    int stride;
    uint8_t *at = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    size_t row = (size_t)p->width * (size_t)p->bands;
    for (int y = 0; y < p->height; y++)
        memcpy(at + (size_t)y * (size_t)stride, p->at + (size_t)y * row, row);
    return image;
}

static bool heif_written(struct heif_context *c, struct heif_encoder *encoder, struct heif_image *image, const char *xmp,
                         GByteArray *out)
{
    struct heif_image_handle *handle = NULL;
    struct heif_writer writer = {.writer_api_version = 1, .write = take};
    bool done = is_fine(heif_encoder_set_lossy_quality(encoder, AVIF_QUALITY)) &&
                is_fine(heif_encoder_set_parameter_integer(encoder, "speed", AVIF_SPEED)) &&
                is_fine(heif_encoder_set_parameter_integer(encoder, "threads", 1)) &&
                is_fine(heif_context_encode_image(c, image, encoder, NULL, &handle)) &&
                (!xmp || is_fine(heif_context_add_XMP_metadata(c, handle, xmp, (int)strlen(xmp)))) &&
                is_fine(heif_context_write(c, &writer, out));
    if (handle)
        heif_image_handle_release(handle);
    return done;
}

static GByteArray *avif(const Pixels *p, const char *xmp)
{
    struct heif_context *c = heif_context_alloc();
    struct heif_encoder *encoder = NULL;
    struct heif_image *image = planes_of(p);
    GByteArray *out = g_byte_array_new();
    bool done = image && is_fine(heif_context_get_encoder_for_format(c, heif_compression_AV1, &encoder)) &&
                heif_written(c, encoder, image, xmp, out);
    if (encoder)
        heif_encoder_release(encoder);
    if (image)
        heif_image_release(image);
    heif_context_free(c);
    if (!done)
        encode_drop(&out);
    return out;
}

bool encode(Ctx *ctx, const Pixels *p, EncodeKind kind, const char *xmp, GByteArray **bytes_out)
{
    GByteArray *bytes = kind == ENCODE_AVIF ? avif(p, xmp) : saved(p, kind);
    if (!bytes) {
        fault(ctx, FAULT_BROKEN, "a copy of type %s could not be made: %s", types[kind], vips_error_buffer());
        vips_error_clear();
        return false;
    }
    *bytes_out = bytes;
    return true;
}
