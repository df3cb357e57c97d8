/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scenes.c: a camera's card, made up: JPEG files with the noise, the size and the metadata of real ones.
 *
 * usage: scenes FOLDER COUNT WIDTH HEIGHT [YYYY:MM:DD]
 *
 * Every four pictures are a burst: one scene, a second apart, with a new grain, moved by some pixels. Between two bursts ten minutes
 * pass. Each file says when (with its offset), where, with which camera, and who took it; the second of each burst lies on its side. */
#include <gexiv2/gexiv2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <vips/vips.h>

enum { BURST = 4, SMALL = 16, GRAIN = 256, PEOPLE = 7, SIDE = 6 };

typedef struct Card {
    const char *folder, *day;
    int count, width, height;
} Card;

static void die(const char *what)
{
    fprintf(stderr, "scenes: %s: %s\n", what, vips_error_buffer());
    exit(1);
}

static void check(int status, const char *what)
{
    if (status)
        die(what);
}

/* Numbers that look thrown and are always the same. */
static unsigned next(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Clouds of three colours, as small as may be, then large. */
static VipsImage *draw_ground(const Card *card, int scene, VipsObject *context)
{
    VipsImage **t = (VipsImage **)vips_object_local_array(context, 6);
    int w = card->width / SMALL + 2, h = card->height / SMALL + 2;
    double scale[3] = {70 + scene * 13 % 50, 60 + scene * 29 % 60, 55 + scene * 7 % 50};
    double add[3] = {110, 115, 120};
    for (int band = 0; band < 3; band++)
        check(vips_perlin(&t[band], w, h, "cell_size", 40, "seed", scene * 3 + band, NULL), "perlin");
    check(vips_bandjoin(t, &t[3], 3, NULL), "bandjoin");
    check(vips_linear(t[3], &t[4], scale, add, 3, NULL), "linear");
    check(vips_resize(t[4], &t[5], SMALL, "kernel", VIPS_KERNEL_LINEAR, NULL), "resize");
    return t[5];
}

/* Bodies with heads: something with edges, which a burst moves. */
static void draw_people(VipsImage *image, const Card *card, int scene, int moved)
{
    unsigned seed = (unsigned)scene * 7919u + 1;
    for (int i = 0; i < PEOPLE; i++) {
        int x = (int)(next(&seed) % (unsigned)card->width) * 3 / 4 + card->width / 8 + moved;
        int y = card->height / 2 + (int)(next(&seed) % (unsigned)(card->height / 6));
        int r = card->height / 24 + (int)(next(&seed) % (unsigned)(card->height / 40));
        double shirt[3] = {next(&seed) % 200, next(&seed) % 200, next(&seed) % 200};
        double skin[3] = {200, 160 + next(&seed) % 30, 130};
        check(vips_draw_rect(image, shirt, 3, x - r, y + r, 2 * r, card->height / 3, "fill", TRUE, NULL), "rect");
        check(vips_draw_circle(image, skin, 3, x, y, r, "fill", TRUE, NULL), "circle");
    }
}

/* Grain as of a sensor: one tile of it, laid over all. */
static VipsImage *add_grain(VipsImage *image, const Card *card, int seed, VipsObject *context)
{
    VipsImage **t = (VipsImage **)vips_object_local_array(context, 4);
    check(vips_gaussnoise(&t[0], GRAIN, GRAIN, "mean", 0.0, "sigma", 6.0, "seed", seed, NULL), "gaussnoise");
    check(vips_replicate(t[0], &t[1], card->width / GRAIN + 1, card->height / GRAIN + 1, NULL), "replicate");
    check(vips_extract_area(t[1], &t[2], 0, 0, card->width, card->height, NULL), "extract_area");
    check(vips_add(image, t[2], &t[3], NULL), "add");
    return t[3];
}

static void draw(const Card *card, int number, const char *path)
{
    int scene = number / BURST, frame = number % BURST;
    VipsObject *context = VIPS_OBJECT(vips_image_new());
    VipsImage **t = (VipsImage **)vips_object_local_array(context, 6);
    VipsImage *ground = draw_ground(card, scene, context);
    check(vips_extract_area(ground, &t[0], 0, 0, card->width, card->height, NULL), "extract_area");
    check(vips_cast_uchar(t[0], &t[1], NULL), "cast");
    check(vips_copy(t[1], &t[2], "interpretation", VIPS_INTERPRETATION_sRGB, NULL), "copy");
    t[3] = vips_image_copy_memory(t[2]);
    if (!t[3])
        die("memory");
    draw_people(t[3], card, scene, frame * card->width / 1500);
    check(vips_cast_uchar(add_grain(t[3], card, number, context), &t[4], NULL), "cast");
    if (frame == 1)
        check(vips_rot(t[4], &t[5], VIPS_ANGLE_D270, NULL), "rot"); /* as the sensor saw it; its EXIF says how to turn it */
    check(vips_jpegsave(frame == 1 ? t[5] : t[4], path, "Q", 90, NULL), "jpegsave");
    g_object_unref(context);
}

static void say(GExiv2Metadata *metadata, const char *tag, const char *value)
{
    GError *error = NULL;
    if (!gexiv2_metadata_try_set_tag_string(metadata, tag, value, &error)) {
        fprintf(stderr, "scenes: %s: %s\n", tag, error ? error->message : "not taken");
        exit(1);
    }
}

static void describe(const Card *card, int number, const char *path)
{
    GError *error = NULL;
    GExiv2Metadata *m = gexiv2_metadata_new();
    int seconds = number / BURST * 600 + number % BURST;
    char when[40], caption[120];
    snprintf(when, sizeof when, "%s %02d:%02d:%02d", card->day, 10 + seconds / 3600 % 12, seconds / 60 % 60, seconds % 60);
    snprintf(caption, sizeof caption, "Recorrido de obra número %d, con vecinas y vecinos", number / BURST + 1);
    if (!gexiv2_metadata_open_path(m, path, &error)) {
        fprintf(stderr, "scenes: %s: %s\n", path, error->message);
        exit(1);
    }
    say(m, "Exif.Image.Make", "Camarona");
    say(m, "Exif.Image.Model", "CX-24");
    say(m, "Exif.Photo.BodySerialNumber", "SERIE-SECRETA-4711");
    say(m, "Exif.Photo.DateTimeOriginal", when);
    say(m, "Exif.Photo.OffsetTimeOriginal", "-06:00");
    say(m, "Exif.Image.Orientation", number % BURST == 1 ? "6" : "1");
    say(m, "Iptc.Envelope.CharacterSet", "\033%G");
    say(m, "Iptc.Application2.Caption", caption);
    say(m, "Iptc.Application2.Byline", "Ximena Luzdelvalle");
    if (!gexiv2_metadata_try_set_gps_info(m, -100.9763, 22.1513, 1877, &error) || !gexiv2_metadata_save_file(m, path, &error)) {
        fprintf(stderr, "scenes: %s: %s\n", path, error->message);
        exit(1);
    }
    g_object_unref(m);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: scenes FOLDER COUNT WIDTH HEIGHT [YYYY:MM:DD]\n");
        return 2;
    }
    Card card = {argv[1], argc > 5 ? argv[5] : "2022:07:14", atoi(argv[2]), atoi(argv[3]), atoi(argv[4])};
    if (card.count < 1 || card.width < SIDE * SMALL || card.height < SIDE * SMALL) {
        fprintf(stderr, "scenes: at least one picture of %d pixels a side\n", SIDE * SMALL);
        return 2;
    }
    if (VIPS_INIT(argv[0]))
        die("libvips");
    gexiv2_initialize();
    mkdir(card.folder, 0755);
    for (int i = 0; i < card.count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/DSC_%04d.JPG", card.folder, i + 1);
        draw(&card, i, path);
        describe(&card, i, path);
    }
    vips_shutdown();
    return 0;
}
