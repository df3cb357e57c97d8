/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_pictures.c: the copies of some photographs, as vocero-pictures makes them.
 *
 * usage: bench_pictures avif|plain PHOTO…     prints seconds of CPU, seconds, and the peak of memory in KB */
#include "media/worker/work.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const MediaWish wishes[] = {
    {"2048.jpg", "image/jpeg", 2048}, {"1280.jpg", "image/jpeg", 1280}, {"640.jpg", "image/jpeg", 640},
    {"1280.webp", "image/webp", 1280}, {"640.webp", "image/webp", 640}, {"320.webp", "image/webp", 320},
    {"share.jpg", "image/jpeg", 1200, 630}, {"1280.avif", "image/avif", 1280},
};

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

static bool copies_of(const char *path, int out, size_t count)
{
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    MediaRecipe recipe = {.wishes = wishes, .wish_count = count, .focal_x = 5000, .focal_y = 5000,
                          .words = {.creator = "María López", .caption = "Una tarde en la plaza", .tongue = "es"}};
    List copies;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && lseek(out, 0, SEEK_SET) == 0 && work_make(&ctx, fd, &recipe, out, &copies);
    if (!done)
        fprintf(stderr, "bench_pictures: %s: %s\n", path, ctx.fault.what ? ctx.fault.what : "cannot be read");
    if (fd >= 0)
        close(fd);
    return done;
}

int main(int argc, char **argv)
{
    const char *why = "there is no memory file";
    int out = memfd_create("copies", MFD_CLOEXEC);
    if (argc < 3 || out < 0 || !work_begin(&why)) {
        fprintf(stderr, "bench_pictures: %s\n", argc < 3 ? "usage: bench_pictures avif|plain PHOTO…" : why);
        return 2;
    }
    size_t count = COUNT(wishes) - (strcmp(argv[1], "avif") != 0);
    double used = cpu(), began = seconds_now();
    for (int i = 2; i < argc; i++)
        if (!copies_of(argv[i], out, count))
            return 1;
    struct rusage most;
    getrusage(RUSAGE_SELF, &most);
    printf("%.3f %.3f %ld\n", cpu() - used, seconds_now() - began, most.ru_maxrss);
    return 0;
}
