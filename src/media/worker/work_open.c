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

void *original_unreadable(Ctx *ctx, const Original *o)
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
        return fault_field(ctx, "file", "This is no picture that can be read: JPEG, PNG, WebP and HEIF can.");
    o->type = head.type;
    if (too_large(ctx, head.width, head.height))
        return false;
    if (!upright_size(o))
        return original_unreadable(ctx, o);
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
