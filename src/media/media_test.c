/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_test.c: pictures of every kind that is taken, of kinds that are not, and how alike they look. */
#include "base/base_test.h"
#include "media/media_room.h"
#include "media/media_test_pictures.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct Table {
    Arena *arena;
    Ctx ctx;
    const char *folder;
    Vault *vault;
    Media *media;
} Table;

/* Refusals are compared with what the code says. */
static const Actor english = {.tongue = TONGUE_EN};

static void set_up(Table *t, const void *unused)
{
    const char *why = NULL;
    t->arena = arena_new(64 * 1024 * 1024);
    t->ctx = (Ctx){.arena = t->arena, .actor = &english};
    t->folder = test_folder();
    t->vault = vault_open(arena_printf(t->arena, "file:%s/vault", t->folder), &why);
    t->media = media_new(NULL, 2);
    g_assert_nonnull(t->vault);
}

static void tear_down(Table *t, const void *unused)
{
    media_free(t->media);
    vault_close(t->vault);
    arena_free(t->arena);
}

static const char *at(Table *t, const char *name)
{
    return arena_printf(t->arena, "%s/%s", t->folder, name);
}

static bool look(Table *t, const char *path, MediaFacts *facts_out)
{
    int fd = open(path, O_RDONLY);
    bool seen = media_inspect(&t->ctx, t->media, fd, false, facts_out);
    close(fd);
    return seen;
}

static MediaFacts looked(Table *t, const char *path)
{
    MediaFacts f = {0};
    if (!look(t, path, &f))
        g_error("%s: %s", path, t->ctx.fault.what);
    return f;
}

static void refused(Table *t, const char *path, const char *because)
{
    MediaFacts facts;
    if (look(t, path, &facts))
        g_error("%s was taken for a picture", path);
    Fault f = fault_take(&t->ctx);
    if (f.kind != FAULT_INVALID || !f.field || strcmp(f.field, "file") != 0 || !strstr(f.what, because))
        g_error("%s was refused for another reason than “%s”: %s", path, because, f.what);
}

static Bytes kept(Table *t, const char *sha256)
{
    i64 size;
    int fd = vault_fd(&t->ctx, t->vault, sha256, &size);
    g_assert_cmpint(fd, >=, 0);
    char *bytes = arena_bytes(t->arena, (size_t)size + 1);
    g_assert_cmpint(read(fd, bytes, (size_t)size), ==, size);
    close(fd);
    return (Bytes){bytes, (size_t)size};
}

/* One copy, at most so wide, without any words. */
static Bytes copied(Table *t, const char *path, i64 width, const char *type, i64 *width_out, i64 *height_out)
{
    const MediaWish wish = {.variant = "copy", .type = type, .width = width, .bare = true};
    const MediaRecipe recipe = {.wishes = &wish, .wish_count = 1, .focal_x = MEDIA_SCALE / 2, .focal_y = MEDIA_SCALE / 2};
    List copies;
    int fd = open(path, O_RDONLY);
    if (!media_make(&t->ctx, t->media, t->vault, fd, &recipe, &copies))
        g_error("%s: %s", path, t->ctx.fault.what);
    close(fd);
    const MediaCopy *c = copies.items;
    *width_out = c->width;
    *height_out = c->height;
    return kept(t, c->sha256);
}

/* ---- what is taken ---- */

static void the_size_of_each_kind_is_known(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 1, 300, 200);
    static const struct {
        const char *file, *type;
    } kinds[] = {{"a.jpg", "image/jpeg"}, {"a.png", "image/png"}, {"a.webp", "image/webp"}, {"b.webp[lossless]", "image/webp"},
                 {"b.jpg[interlace]", "image/jpeg"}};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        MediaFacts p = looked(t, picture_made(t->arena, "copy", scene, at(t, kinds[i].file), NULL));
        g_assert_cmpstr(p.type, ==, kinds[i].type);
        g_assert_cmpint(p.width, ==, 300);
        g_assert_cmpint(p.height, ==, 200);
    }
}

static void unusual_pictures_are_read_too(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 1, 300, 200);
    u64 plain = looked(t, picture_made(t->arena, "copy", scene, at(t, "a.png"), NULL)).look;
    const char *cmyk = picture_made(t->arena, "colourspace", scene, at(t, "cmyk.jpg"), "cmyk");
    const char *deep = picture_made(t->arena, "colourspace", scene, at(t, "deep.png"), "rgb16");
    const char *two = picture_made(t->arena, "copy", picture_scene(t->arena, t->folder, "two.ppm", 1, 300, 400),
                                   at(t, "two.webp[page-height=200]"), NULL);
    i64 width, height;
    g_assert_cmpint(media_distance(looked(t, deep).look, plain), <=, 2);
    g_assert_cmpint(media_distance(looked(t, cmyk).look, plain), <=, 10);
    g_assert_cmpint(looked(t, two).height, ==, 200); /* of an animation the first picture */
    Bytes copy = copied(t, cmyk, 100, "image/jpeg", &width, &height);
    g_assert_cmpint((unsigned char)copy.data[0], ==, 0xff);
    copied(t, deep, 100, "image/webp", &width, &height);
    copied(t, two, 100, "image/webp", &width, &height);
    g_assert_cmpint(width, ==, 100);
}

static void a_turned_picture_stands_upright(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 3, 320, 200);
    const char *jpeg = picture_made(t->arena, "copy", scene, at(t, "a.jpg[Q=90]"), NULL);
    const char *turned = picture_made(t->arena, "rot", scene, at(t, "turned.jpg[Q=90]"), "d270");
    const char *marked = picture_with_exif(t->arena, turned, at(t, "marked.jpg"), 6); /* to be turned by 90 degrees */
    i64 width, height;
    MediaFacts p = looked(t, marked);
    g_assert_cmpint(p.width, ==, 320);
    g_assert_cmpint(p.height, ==, 200);
    g_assert_cmpint(media_distance(p.look, looked(t, jpeg).look), <=, 2);
    copied(t, marked, 160, "image/jpeg", &width, &height);
    g_assert_cmpint(width, ==, 160);
    g_assert_cmpint(height, ==, 100);
}

static void copies_are_never_larger(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 3, 320, 200);
    const char *jpeg = picture_made(t->arena, "copy", scene, at(t, "a.jpg"), NULL);
    const char *tall = picture_made(t->arena, "rot", scene, at(t, "tall.png"), "d90");
    i64 width, height;
    copied(t, jpeg, 1280, "image/jpeg", &width, &height);
    g_assert_cmpint(width, ==, 320);
    g_assert_cmpint(height, ==, 200);
    copied(t, tall, 100, "image/png", &width, &height);
    g_assert_cmpint(width, ==, 100);
    g_assert_cmpint(height, ==, 160);
}

static void copies_hold_nothing_but_pixels(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 5, 800, 600);
    const char *jpeg = picture_made(t->arena, "copy", scene, at(t, "a.jpg"), NULL);
    const char *marked = picture_with_exif(t->arena, jpeg, at(t, "marked.jpg"), 1);
    const char *webp = picture_made(t->arena, "copy", marked, at(t, "marked.webp"), NULL);
    g_assert_nonnull(picture_metadata(picture_read(t->arena, marked)));
    g_assert_nonnull(picture_metadata(picture_read(t->arena, webp))); /* the reader sees what is there */
    const char *const sources[] = {marked, webp}, *const types[] = {"image/jpeg", "image/png", "image/webp"};
    for (size_t s = 0; s < COUNT(sources); s++)
        for (size_t i = 0; i < COUNT(types); i++) {
            i64 width, height;
            Bytes copy = copied(t, sources[s], 400, types[i], &width, &height);
            const char *found = picture_metadata(copy);
            if (found)
                g_error("a copy as %s holds %s", types[i], found);
            g_assert_null(memmem(copy.data, copy.size, "Exif", 4));
            const char *again = at(t, "again");
            picture_write(again, copy);
            g_assert_cmpint(looked(t, again).width, ==, 400); /* it is still whole */
        }
}

/* All that can be asked, in the jail: what is loaded only when it is needed would be refused there. */
static void whatever_can_be_asked_is_made_in_the_jail(Table *t, const void *unused)
{
    static const MediaWish wishes[] = {
        {"1280.jpg", "image/jpeg", 1280},           {"640.webp", "image/webp", 640}, {"640.avif", "image/avif", 640},
        {"320.png", "image/png", 320},              {"share.jpg", "image/jpeg", 600, 315},
        {"press.jpg", "image/jpeg", 1280, .stamped = true},
    };
    static const MediaBox box = {1000, 1000, 2000, 2000};
    const MediaRecipe recipe = {.wishes = wishes, .wish_count = COUNT(wishes), .boxes = {&box, 1}, .watermark = "Ñandú ©",
                                .words = {.creator = "Ana", .caption = "Niñas", .tongue = "es"}};
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 7, 1400, 900);
    const char *const paths[] = {
        picture_made(t->arena, "copy", scene, at(t, "a.jpg"), NULL),
        picture_made(t->arena, "icc_transform", scene, at(t, "inks.jpg"), "cmyk --input-profile srgb"),
        picture_made(t->arena, "icc_transform", scene, at(t, "p3.jpg"), "p3 --input-profile srgb"),
        picture_made(t->arena, "copy", scene, at(t, "a.webp"), NULL),
    };
    for (size_t i = 0; i < COUNT(paths); i++) {
        MediaFacts f, told = {.creator = "Ana", .taken = "2022-07-14T10:00:00", .taken_offset = -300, .lat = 22.15, .lon = -100.97};
        List copies;
        const char *sha256;
        i64 size;
        int fd = open(paths[i], O_RDONLY);
        if (!media_inspect(&t->ctx, t->media, fd, true, &f) || !media_make(&t->ctx, t->media, t->vault, fd, &recipe, &copies))
            g_error("%s: %s", paths[i], t->ctx.fault.what);
        g_assert_cmpint((int)copies.count, ==, (int)COUNT(wishes));
        if (i < 3 && !media_write_facts(&t->ctx, t->media, t->vault, fd, &told, &sha256, &size))
            g_error("%s: %s", paths[i], t->ctx.fault.what);
        close(fd);
    }
}

/* ---- what is not ---- */

static void other_files_are_no_pictures(Table *t, const void *unused)
{
    static const char *const texts[] = {
        "", "x", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>", "GIF89a\1\0\1\0\0\0\0;", "%PDF-1.7",
        "push graphic-context\nimage over 0,0 0,0 'https://x/'", "MZ\x90", "\177ELF\2\1\1", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF\4\0\0\0WEBPVP8",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        picture_write(at(t, "foto.jpg"), (Bytes){texts[i], strlen(texts[i])});
        refused(t, at(t, "foto.jpg"), "no picture");
    }
}

static void a_picture_cut_off_is_an_error(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 5, 800, 600);
    static const char *const files[] = {"a.jpg", "a.png", "a.webp"};
    for (size_t i = 0; i < COUNT(files); i++) {
        Bytes whole = picture_read(t->arena, picture_made(t->arena, "copy", scene, at(t, files[i]), NULL));
        picture_write(at(t, "cut"), (Bytes){whole.data, whole.size * 6 / 10});
        refused(t, at(t, "cut"), "cut off");
    }
}

static void too_many_pixels_are_refused_before_they_are_decoded(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 5, 64, 64);
    Bytes png = picture_read(t->arena, picture_made(t->arena, "copy", scene, at(t, "a.png"), NULL));
    static const unsigned sizes[][2] = {{30000, 30000}, {20001, 10}, {10, 20001}, {19000, 19000}, {0xffffffff, 0xffffffff}};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char *bomb = arena_copy(t->arena, png.data, png.size);
        for (int b = 0; b < 8; b++)
            bomb[16 + b] = (char)(sizes[i][b / 4] >> (24 - 8 * (b % 4)));
        picture_write(at(t, "bomb.png"), (Bytes){bomb, png.size});
        refused(t, at(t, "bomb.png"), "100 million");
    }
}

static void a_picture_that_lies_about_its_size_is_refused(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 5, 64, 64);
    Bytes png = picture_read(t->arena, picture_made(t->arena, "copy", scene, at(t, "a.png"), NULL));
    char *lie = arena_copy(t->arena, png.data, png.size);
    lie[18] = 0x10; /* 4160 pixels wide */
    picture_write(at(t, "lie.png"), (Bytes){lie, png.size});
    refused(t, at(t, "lie.png"), "damaged");
}

/* ---- large ones ---- */

static i64 peak_of(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/status", (int)pid);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    const char *line = strstr(text, "VmHWM:");
    return line ? g_ascii_strtoll(line + 6, NULL, 10) : 0;
}

static i64 peak_of_one(Table *t)
{
    pid_t pids[POOL_MAX];
    g_assert_cmpint(pool_processes(media_pool(t->media), pids), ==, 1);
    return peak_of(pids[0]);
}

static const char *large(Table *t, const char *name, int width, int height)
{
    const char *scene = picture_scene(t->arena, t->folder, "large.ppm", 7, width / 8, height / 8);
    return picture_made(t->arena, "zoom", scene, at(t, name), "8 8");
}

/* A camera's picture, and all the copies of it that the public gets. */
static void twenty_four_megapixels_take_little_memory(Table *t, const void *unused)
{
    static const MediaWish wishes[] = {
        {"2048.jpg", "image/jpeg", 2048, 0, false, false}, {"1280.jpg", "image/jpeg", 1280, 0, false, false},
        {"640.jpg", "image/jpeg", 640, 0, false, false},   {"1280.webp", "image/webp", 1280, 0, false, false},
        {"640.webp", "image/webp", 640, 0, false, false},  {"320.webp", "image/webp", 320, 0, false, false},
        {"1280.avif", "image/avif", 1280, 0, false, false}, {"share.jpg", "image/jpeg", 1200, 630, false, false},
    };
    const MediaRecipe recipe = {.wishes = wishes, .wish_count = COUNT(wishes), .focal_x = 5000, .focal_y = 5000,
                                .words = {.creator = "R. Paz", .tongue = "es"}};
    List copies;
    const char *path = large(t, "camera.jpg[Q=93]", 6000, 4000);
    g_assert_cmpint(looked(t, path).width, ==, 6000);
    int fd = open(path, O_RDONLY);
    if (!media_make(&t->ctx, t->media, t->vault, fd, &recipe, &copies))
        g_error("%s", t->ctx.fault.what);
    close(fd);
    g_assert_cmpint((i64)copies.count, ==, COUNT(wishes));
    g_test_message("peak: %d KiB", (int)peak_of_one(t));
    g_assert_cmpint(peak_of_one(t), <=, 130 * 1024);
}

/* Its coefficients lie in memory all at once: 300 MB and more. It is read, or refused; the process stays below its limit. */
static void a_hundred_progressive_megapixels_are_borne(Table *t, const void *unused)
{
    MediaFacts f;
    const char *path = large(t, "progressive.jpg[interlace,Q=60]", 10000, 10000);
    if (look(t, path, &f))
        g_assert_cmpint(f.width, ==, 10000);
    else
        g_assert_cmpint(fault_take(&t->ctx).kind, ==, FAULT_INVALID);
    g_assert_cmpint(peak_of_one(t), <=, 1024 * 1024);
}

/* ---- how alike ---- */

static void a_worse_copy_looks_the_same(Table *t, const void *unused)
{
    for (unsigned seed = 1; seed <= 6; seed++) {
        const char *scene = picture_scene(t->arena, t->folder, "a.ppm", seed, 1200, 800);
        u64 plain = looked(t, picture_made(t->arena, "copy", scene, at(t, "a.jpg[Q=92]"), NULL)).look;
        const struct {
            const char *what, *made;
            int most;
        } worse[] = {
            {"quality 30", picture_made(t->arena, "copy", scene, at(t, "q.jpg[Q=30]"), NULL), 4},
            {"a quarter of the size", picture_made(t->arena, "resize", scene, at(t, "s.jpg"), "0.25"), 4},
            {"2 % cut off", picture_made(t->arena, "crop", scene, at(t, "c.jpg"), "12 8 1176 784"), 12},
            {"gamma", picture_made(t->arena, "gamma", scene, at(t, "g.jpg"), "--exponent 1.4"), 12},
        };
        for (size_t i = 0; i < COUNT(worse); i++) {
            int bits = media_distance(looked(t, worse[i].made).look, plain);
            if (bits > worse[i].most)
                g_error("scene %u with %s: %d bits differ", seed, worse[i].what, bits);
        }
    }
}

static void another_picture_looks_different(Table *t, const void *unused)
{
    enum { SCENES = 16 };
    u64 looks[SCENES];
    for (unsigned i = 0; i < SCENES; i++) {
        const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 100 + i, 480, 320);
        looks[i] = looked(t, picture_made(t->arena, "copy", scene, at(t, "a.jpg"), NULL)).look;
    }
    for (int i = 0; i < SCENES; i++)
        for (int j = 0; j < i; j++)
            if (media_distance(looks[i], looks[j]) < 16)
                g_error("scenes %d and %d differ in only %d bits", i, j, media_distance(looks[i], looks[j]));
}

static void looks_are_compared_bit_by_bit(Table *t, const void *unused)
{
    g_assert_cmpint(media_distance(0, 0), ==, 0);
    g_assert_cmpint(media_distance(0, UINT64_MAX), ==, 64);
    g_assert_cmpint(media_distance(5, 6), ==, 2);
}

#define CASE(name) g_test_add("/media/" #name, Table, NULL, set_up, name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    CASE(the_size_of_each_kind_is_known);
    CASE(unusual_pictures_are_read_too);
    CASE(a_turned_picture_stands_upright);
    CASE(copies_are_never_larger);
    CASE(copies_hold_nothing_but_pixels);
    CASE(whatever_can_be_asked_is_made_in_the_jail);
    CASE(other_files_are_no_pictures);
    CASE(a_picture_cut_off_is_an_error);
    CASE(too_many_pixels_are_refused_before_they_are_decoded);
    CASE(a_picture_that_lies_about_its_size_is_refused);
    CASE(twenty_four_megapixels_take_little_memory);
    CASE(a_hundred_progressive_megapixels_are_borne);
    CASE(a_worse_copy_looks_the_same);
    CASE(another_picture_looks_different);
    CASE(looks_are_compared_bit_by_bit);
    return g_test_run();
}
