/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_pictures_vips.c: the same copies by libvips as its manual would make them: what bench_pictures is compared with.
 *
 * usage: bench_pictures_vips avif|plain PHOTO…     prints seconds of CPU, seconds, and the peak of memory in KB */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <vips/vips.h>

static double cpu(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(int wrong)
{
    if (wrong) {
        fprintf(stderr, "bench_pictures_vips: %s", vips_error_buffer());
        exit(1);
    }
}

static void save(VipsImage *image, const char *kind)
{
    void *bytes;
    size_t size;
    if (!strcmp(kind, "jpeg"))
        must(vips_jpegsave_buffer(image, &bytes, &size, "Q", 82, "strip", TRUE, "optimize_coding", TRUE, "interlace", TRUE, NULL));
    else if (!strcmp(kind, "webp"))
        must(vips_webpsave_buffer(image, &bytes, &size, "Q", 79, "strip", TRUE, "effort", 2, NULL));
    else
        must(vips_heifsave_buffer(image, &bytes, &size, "Q", 55, "strip", TRUE, "effort", 2, "compression",
                                  VIPS_FOREIGN_HEIF_COMPRESSION_AV1, NULL));
    g_free(bytes);
}

/* In memory, so that it is worked out once for all that is made of it. */
static VipsImage *kept(VipsImage *image)
{
    VipsImage *memory = vips_image_copy_memory(image);
    must(!memory);
    g_object_unref(image);
    return memory;
}

static VipsImage *smaller(VipsImage *image, int width)
{
    VipsImage *next;
    must(vips_resize(image, &next, (double)width / image->Xsize, NULL));
    return kept(next);
}

static void copies_of(const char *path, gboolean avif)
{
    VipsImage *large, *cut;
    must(vips_thumbnail(path, &large, 2048, "height", 4096, "size", VIPS_SIZE_DOWN, NULL));
    large = kept(large);
    save(large, "jpeg");
    VipsImage *middle = smaller(large, 1280), *small = smaller(middle, 640), *tiny = smaller(small, 320);
    VipsImage *share = smaller(large, 1200);
    must(vips_crop(share, &cut, 0, (share->Ysize - 630) / 2, 1200, 630, NULL));
    save(cut, "jpeg");
    save(middle, "jpeg");
    save(middle, "webp");
    if (avif)
        save(middle, "avif");
    save(small, "jpeg");
    save(small, "webp");
    save(tiny, "webp");
    VipsImage *all[] = {large, middle, small, tiny, share, cut};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_object_unref(all[i]);
}

int main(int argc, char **argv)
{
    if (argc < 3 || VIPS_INIT(argv[0]) != 0)
        return 2;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    double used = cpu(), began = seconds_now();
    for (int i = 2; i < argc; i++)
        copies_of(argv[i], !strcmp(argv[1], "avif"));
    struct rusage most;
    getrusage(RUSAGE_SELF, &most);
    printf("%.3f %.3f %ld\n", cpu() - used, seconds_now() - began, most.ru_maxrss);
    return 0;
}
