/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_decode.c: a picture's file into upright sRGB pixels, no larger in memory on the way than they need to be.
 *
 * The loader gives rows from above, shrunk while decoding where the format can do that (JPEG by 2, 4 or 8, WebP by any number);
 * they are made smaller as they come, and turned upright at the end. */
#include "media/worker/work_shrink.h"

#include <vips/vips.h>

enum { STRIP = 16 };

/* ---- colours ---- */

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

/* The next step takes the place of the one before; false: it failed. */
static bool becomes(VipsImage **image, VipsImage **next, int wrong)
{
    if (wrong)
        return false;
    g_object_unref(*image);
    *image = *next;
    return true;
}

/* A profile that makes no sense is as good as none. */
static bool to_profile(VipsImage **image)
{
    VipsImage *next = NULL;
    if (!is_srgb(*image) && !becomes(image, &next, vips_icc_transform(*image, &next, "srgb", "embedded", TRUE, "input_profile", "cmyk",
                                                                      "intent", VIPS_INTENT_RELATIVE, NULL)))
        vips_error_clear();
    return true;
}

/* Three or four bands of eight bits, whatever it was. */
static bool to_plain(VipsImage **image)
{
    VipsImage *next = NULL;
    if ((*image)->Type != VIPS_INTERPRETATION_sRGB &&
        !becomes(image, &next, vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL)))
        return false;
    int bands = (*image)->Bands >= 4 ? 4 : 3;
    if ((*image)->Bands > bands && !becomes(image, &next, vips_extract_band(*image, &next, 0, "n", bands, NULL)))
        return false;
    if ((*image)->BandFmt != VIPS_FORMAT_UCHAR && !becomes(image, &next, vips_cast(*image, &next, VIPS_FORMAT_UCHAR, NULL)))
        return false;
    return (*image)->Bands == bands;
}

/* ---- rows ---- */

static VipsImage *loaded(const Original *o, const char *options)
{
    return vips_image_new_from_buffer(o->bytes.data, o->bytes.size, options, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                      VIPS_FAIL_ON_ERROR, NULL);
}

/* How many times smaller it may come while it is decoded, for what is wanted. */
static double spare(const Original *o, i64 width, i64 height)
{
    double across = (double)o->width / (double)width, down = (double)o->height / (double)height;
    return across < down ? across : down;
}

static VipsImage *opened(const Original *o, i64 width, i64 height)
{
    double by = spare(o, width, height);
    if (by >= 2 && !strcmp(o->type, "image/jpeg"))
        return loaded(o, by >= 8 ? "[shrink=8]" : by >= 4 ? "[shrink=4]" : "[shrink=2]");
    if (by < 2 || strcmp(o->type, "image/webp") != 0)
        return loaded(o, "");
    g_autofree char *options = g_strdup_printf("[scale=%.6f]", 1.01 / (int)by); /* it rounds to the nearest pixel */
    return loaded(o, options);
}

static bool read_rows(VipsImage *image, Shrinker *s)
{
    VipsRegion *region = vips_region_new(image);
    bool fine = true;
    for (int y = 0; fine && y < image->Ysize; y += STRIP) {
        VipsRect strip = {0, y, image->Xsize, image->Ysize - y < STRIP ? image->Ysize - y : STRIP};
        fine = vips_region_prepare(region, &strip) == 0;
        for (int row = 0; fine && row < strip.height; row++)
            shrinker_row(s, VIPS_REGION_ADDR(region, 0, y + row));
    }
    g_object_unref(region);
    return fine;
}

static bool taken_out(VipsImage *image, int width, int height, Pixels *pixels_out)
{
    width = width > image->Xsize ? image->Xsize : width;
    height = height > image->Ysize ? image->Ysize : height;
    Shrinker *s = shrinker_new(image->Xsize, image->Ysize, image->Bands, width, height);
    if (!read_rows(image, s)) {
        shrinker_drop(s);
        return false;
    }
    *pixels_out = shrinker_end(s);
    return true;
}

/* ---- upright (Exif 2.32, 4.6.4 A, 0112) ---- */

/* Where the pixel at x, y of the upright picture lies in the one that is stored. */
static size_t stored_at(const Pixels *from, int orientation, int x, int y)
{
    int right = from->width - 1, bottom = from->height - 1;
    int to_x = orientation < 5 ? x : y, to_y = orientation < 5 ? y : x;
    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        to_x = right - to_x;
    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        to_y = bottom - to_y;
    return ((size_t)to_y * (size_t)from->width + (size_t)to_x) * (size_t)from->bands;
}

static void set_upright(Pixels *p, int orientation)
{
    if (orientation < 2 || orientation > 8)
        return;
    bool swapped = orientation >= 5;
    Pixels up = {g_malloc((size_t)p->width * (size_t)p->height * (size_t)p->bands), swapped ? p->height : p->width,
                 swapped ? p->width : p->height, p->bands};
    unsigned char *to = up.at;
    for (int y = 0; y < up.height; y++)
        for (int x = 0; x < up.width; x++, to += p->bands)
            memcpy(to, p->at + stored_at(p, orientation, x, y), (size_t)p->bands);
    pixels_drop(p);
    *p = up;
}

/* ---- all of it ---- */

/* Within width x height of the upright picture, as the shape wants it. */
static void fit(const Original *o, i64 *width, i64 *height)
{
    double across = (double)*width / (double)o->width, down = (double)*height / (double)o->height;
    double by = across < down ? across : down;
    by = by > 1 ? 1 : by;
    *width = (i64)((double)o->width * by + 0.5);
    *height = (i64)((double)o->height * by + 0.5);
    *width = *width < 1 ? 1 : *width;
    *height = *height < 1 ? 1 : *height;
}

static bool decoded(const Original *o, i64 width, i64 height, Pixels *pixels_out)
{
    VipsImage *image = opened(o, width, height);
    if (!image)
        return false;
    int orientation = vips_image_get_orientation(image);
    bool swapped = orientation >= 5;
    bool done = to_profile(&image) && to_plain(&image) &&
                taken_out(image, (int)(swapped ? height : width), (int)(swapped ? width : height), pixels_out);
    g_object_unref(image);
    if (done)
        set_upright(pixels_out, orientation);
    return done;
}

bool pixels_decode(Ctx *ctx, const Original *original, i64 width, i64 height, Pixels *pixels_out)
{
    fit(original, &width, &height);
    if (!decoded(original, width, height, pixels_out))
        return original_unreadable(ctx, original);
    vips_error_clear();
    return true;
}
