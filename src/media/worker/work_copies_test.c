/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_copies_test.c: copies: what is in them, what is not, and how they look. */
#include "media/worker/work_test.h"

#include <math.h>
#include <stdlib.h>

static const MediaWords words = {
    .headline = "Desfile del 15 de septiembre",
    .caption = "Niñas y niños en la Plaza de Armas & alrededores",
    .creator = "María López",
    .credit = "Comunicación Social",
    .rights = "© Ayuntamiento",
    .alt = "Un grupo con banderas",
    .source = "https://vocero.example/galerias/1",
    .taken = "2022-09-15T10:00:00",
    .place = "Plaza de Armas",
    .keywords = "desfile\npatria",
    .tongue = "es",
};

/* What a photographer's camera and program write, and nobody else may read. */
static const MediaFacts secret = {
    .taken = "2022-07-14T10:00:00",
    .taken_offset = -300,
    .lat = 22.1512,
    .lon = -100.9764,
    .camera = "Secretcam Mark9",
    .headline = "secreto uno",
    .caption = "secreto dos",
    .creator = "secreto tres",
    .credit = "secreto cuatro",
    .rights = "secreto cinco",
    .place = "secreto seis",
    .people = "secreto siete",
    .keywords = "secreto ocho",
};

static const char *secret_jpeg(Table *t)
{
    const char *scene = picture_scene(t->arena, t->folder, "s.ppm", 5, 900, 600);
    const char *profiled = picture_made(t->arena, "icc_transform", scene, path_at(t, "s.jpg"), "srgb --input-profile srgb");
    return with_facts(t, profiled, &secret);
}

static const MediaWish all[] = {
    {"2048.jpg", "image/jpeg", 2048},  {"640.jpg", "image/jpeg", 640},      {"640.webp", "image/webp", 640},
    {"640.avif", "image/avif", 640},   {"320.png", "image/png", 320},       {"share.jpg", "image/jpeg", 600, 315},
    {"press.jpg", "image/jpeg", 2048, .stamped = true}, {"bare.webp", "image/webp", 320, .bare = true},
    {"bare.jpg", "image/jpeg", 320, .bare = true},      {"bare.avif", "image/avif", 320, .bare = true},
};

static bool holds(Bytes file, const char *text)
{
    return memmem(file.data, file.size, text, strlen(text)) != NULL;
}

/* ---- what is written in them ---- */

static void nothing_of_the_maker_is_in_a_copy(Table *t, const void *unused)
{
    static const char *const traces[] = {"ecreto", "Secretcam", "Exif", "acsp", "GPS", "ICC_PROFILE", "Photoshop"};
    const char *path = secret_jpeg(t);
    g_assert_true(holds(picture_read(t->arena, path), "secreto dos"));
    Made m = copies_of(t, path, &(MediaRecipe){.wishes = all, .wish_count = COUNT(all), .words = words});
    for (size_t i = 0; i < m.count; i++)
        for (size_t k = 0; k < COUNT(traces) - all[i].stamped; k++)
            if (holds(m.files[i], traces[k]))
                g_error("%s holds %s", all[i].variant, traces[k]);
}

/* Groups of ExifTool that say how the pixels are kept, and ours. */
static bool is_expected(const char *line, bool stamped)
{
    static const char *const groups[] = {"[ExifTool]", "[System]", "[File]",     "[Composite]",    "[JFIF]",          "[RIFF]",         "[PNG]",
                                         "[PNG-pHYs]", "[QuickTime]", "[Meta]", "[XMP-dc]", "[XMP-photoshop]", "[XMP-xmpRights]", "[XMP-iptcCore]",
                                         "[XMP-x]"};
    for (size_t i = 0; i < COUNT(groups); i++)
        if (g_str_has_prefix(line, groups[i]))
            return true;
    return stamped && (g_str_has_prefix(line, "[IPTC]") || g_str_has_prefix(line, "[Photoshop]"));
}

static void a_second_reader_finds_our_words_only(Table *t, const void *unused)
{
    static const char *const ours[] = {"María López", "© Ayuntamiento", "Comunicación Social", "Un grupo con banderas",
                                       "Niñas y niños en la Plaza de Armas & alrededores", "https://vocero.example/galerias/1",
                                       "desfile, patria", "Plaza de Armas"};
    Made m = copies_of(t, secret_jpeg(t), &(MediaRecipe){.wishes = all, .wish_count = COUNT(all), .words = words});
    for (size_t i = 0; i < m.count; i++) {
        const char *found = second_reader(t, m.files[i], all[i].variant);
        if (!found) {
            g_test_skip("exiftool is not installed");
            return;
        }
        g_auto(GStrv) lines = g_strsplit(found, "\n", -1);
        for (int k = 0; lines[k]; k++)
            if (*lines[k] && !is_expected(lines[k], all[i].stamped))
                g_error("%s: %s", all[i].variant, lines[k]);
        for (size_t k = 0; k < COUNT(ours); k++)
            if (!strstr(found, ours[k]) != all[i].bare)
                g_error("%s %s “%s”: %s", all[i].variant, all[i].bare ? "has" : "lacks", ours[k], found);
        if (strstr(found, "AltTextAccessibility-es") == NULL && !all[i].bare)
            g_error("%s lacks the alternative text in its language", all[i].variant);
        g_assert_cmpint(strstr(found, "[IPTC]") != NULL, ==, all[i].stamped);
    }
}

static void words_in_a_stamped_copy_are_declared_utf8(Table *t, const void *unused)
{
    MediaWish wish = {"p.jpg", "image/jpeg", 400, .stamped = true};
    Made m = copies_of(t, secret_jpeg(t), &(MediaRecipe){.wishes = &wish, .wish_count = 1, .words = words});
    g_assert_true(holds(m.files[0], "\x1c\x01\x5a")); /* 1:90 */
    g_assert_true(holds(m.files[0], "\x1b%G"));
    picture_write(path_at(t, "p.jpg"), m.files[0]);
    MediaFacts f = facts_of(t, path_at(t, "p.jpg"));
    g_assert_cmpstr(f.caption, ==, words.caption);
    g_assert_cmpstr(f.creator, ==, words.creator);
    g_assert_cmpstr(f.alt, ==, words.alt);
    g_assert_cmpstr(f.camera, ==, NULL);
    g_assert_true(isnan(f.lat));
}

/* ---- sizes ---- */

static void copies_come_in_the_order_of_their_wishes(Table *t, const void *unused)
{
    static const i64 sizes[][2] = {{900, 600}, {640, 427}, {640, 427}, {640, 427}, {320, 213},
                                   {600, 315}, {900, 600}, {320, 213}, {320, 213}, {320, 213}};
    Made m = copies_of(t, secret_jpeg(t), &(MediaRecipe){.wishes = all, .wish_count = COUNT(all), .words = words, .focal_x = 5000});
    for (size_t i = 0; i < m.count; i++) {
        PictureHead head;
        g_assert_true(media_head(m.files[i], &head));
        g_assert_cmpstr(m.copies[i].variant, ==, all[i].variant);
        g_assert_cmpstr(head.type, ==, all[i].type);
        g_assert_cmpint(head.width, ==, sizes[i][0]);
        g_assert_cmpint(head.height, ==, sizes[i][1]);
        g_assert_cmpint(m.copies[i].width, ==, head.width);
        g_assert_cmpint(m.copies[i].height, ==, head.height);
    }
}

/* Neither enlarged nor of another shape. */
static void a_small_picture_is_cropped_smaller(Table *t, const void *unused)
{
    MediaWish wish = {"share.jpg", "image/jpeg", 1200, 630};
    Made m = copies_of(t, scene_jpeg(t, "a.jpg", 3, 400, 400), &(MediaRecipe){.wishes = &wish, .wish_count = 1});
    g_assert_cmpint(m.copies[0].width, ==, 400);
    g_assert_cmpint(m.copies[0].height, ==, 210);
}

static const char *two_halves(Table *t)
{
    char *bytes = arena_bytes(t->arena, 15 + 600 * 200 * 3);
    memcpy(bytes, "P6\n600 200\n255\n", 15);
    for (int i = 0; i < 600 * 200; i++)
        bytes[15 + 3 * i + (i % 600 < 300 ? 0 : 2)] = (char)200;
    picture_write(path_at(t, "halves.ppm"), (Bytes){bytes, 15 + 600 * 200 * 3});
    return picture_made(t->arena, "copy", path_at(t, "halves.ppm"), path_at(t, "halves.png"), NULL);
}

static void a_crop_holds_the_focal_point(Table *t, const void *unused)
{
    static const i64 focal[] = {0, 2500, 7500, 10000};
    const char *path = two_halves(t);
    MediaWish wish = {"share.png", "image/png", 100, 100};
    for (size_t i = 0; i < COUNT(focal); i++) {
        MediaRecipe r = {.wishes = &wish, .wish_count = 1, .focal_x = focal[i], .focal_y = 5000};
        Pixels p = pixels_of(t, copies_of(t, path, &r).files[0]);
        const unsigned char *middle = pixel(&p, 0.5, 0.5);
        g_assert_cmpint(p.width, ==, 100);
        g_assert_cmpint(middle[focal[i] < 5000 ? 0 : 2], >, 150);
        g_assert_cmpint(middle[focal[i] < 5000 ? 2 : 0], <, 60);
        pixels_drop(&p);
    }
}

/* ---- how they look ---- */

static double difference(const Pixels *a, const Pixels *b)
{
    double sum = 0;
    g_assert_cmpint(a->width, ==, b->width);
    g_assert_cmpint(a->height, ==, b->height);
    for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++)
            for (int c = 0; c < 3; c++)
                sum += abs(a->at[(y * a->width + x) * a->bands + c] - b->at[(y * b->width + x) * b->bands + c]);
    return sum / (3.0 * a->width * a->height);
}

/* Turned by us as libvips' own program turns it. */
static void each_orientation_stands_upright(Table *t, const void *unused)
{
    const char *plain = scene_jpeg(t, "a.jpg", 9, 240, 160);
    for (int orientation = 1; orientation <= 8; orientation++) {
        const char *turned = picture_with_exif(t->arena, plain, path_at(t, arena_printf(t->arena, "%d.jpg", orientation)), orientation);
        const char *theirs = picture_made(t->arena, "autorot", turned, path_at(t, arena_printf(t->arena, "%d.png", orientation)), NULL);
        MediaFacts f = facts_of(t, turned);
        Pixels a = seen(t, turned, 240), b = seen(t, theirs, 240);
        g_assert_cmpfloat(difference(&a, &b), <, 0.5);
        g_assert_cmpint(f.width, ==, a.width);
        g_assert_cmpint(f.height, ==, a.height);
        pixels_drop(&a);
        pixels_drop(&b);
    }
}

static void unusual_colours_look_as_they_should(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 4, 300, 200);
    struct {
        const char *path;
        double room;
        bool grey;
    } kinds[] = {
        {picture_made(t->arena, "icc_transform", scene, path_at(t, "cmyk.jpg"), "cmyk --input-profile srgb"), 14, false},
        {picture_made(t->arena, "icc_transform", scene, path_at(t, "p3.jpg[Q=95]"), "p3 --input-profile srgb"), 4, false},
        {picture_made(t->arena, "colourspace", scene, path_at(t, "deep.png"), "rgb16"), 2, false},
        {picture_made(t->arena, "copy", scene, path_at(t, "laced.png[interlace]"), NULL), 1, false},
        {picture_made(t->arena, "copy", scene, path_at(t, "p.jpg[interlace,Q=95]"), NULL), 4, false},
        {picture_made(t->arena, "copy", scene, path_at(t, "w.webp[Q=95]"), NULL), 8, false},
        {picture_made(t->arena, "colourspace", scene, path_at(t, "grey.png"), "b-w"), 0, true},
    };
    Pixels plain = seen(t, picture_made(t->arena, "copy", scene, path_at(t, "a.png"), NULL), 300);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Pixels p = seen(t, kinds[i].path, 300);
        const unsigned char *c = pixel(&p, 0.3, 0.6);
        if (kinds[i].grey)
            g_assert_true(c[0] == c[1] && c[1] == c[2]);
        else if (difference(&p, &plain) > kinds[i].room)
            g_error("%s differs by %f", kinds[i].path, difference(&p, &plain));
        pixels_drop(&p);
    }
    pixels_drop(&plain);
}

/* PNG, WebP and AVIF keep it; JPEG lies on white. */
static void transparency_is_kept_where_it_can_be(Table *t, const void *unused)
{
    static const MediaWish wishes[] = {{"a.png", "image/png", 50}, {"a.webp", "image/webp", 50}, {"a.avif", "image/avif", 50},
                                       {"a.jpg", "image/jpeg", 50}};
    const char *black = picture_made(t->arena, "linear", picture_scene(t->arena, t->folder, "a.ppm", 1, 100, 100),
                                     path_at(t, "b.png"), "0 0 --uchar");
    const char *clear = picture_made(t->arena, "bandjoin_const", black, path_at(t, "clear.png"), "0");
    Made m = copies_of(t, clear, &(MediaRecipe){.wishes = wishes, .wish_count = 4, .words = words});
    for (size_t i = 0; i < 4; i++) {
        Pixels p = pixels_of(t, m.files[i]);
        g_assert_cmpint(p.bands, ==, i < 3 ? 4 : 3);
        g_assert_cmpint(pixel(&p, 0.5, 0.5)[i < 3 ? 3 : 0], ==, i < 3 ? 0 : 255);
        pixels_drop(&p);
    }
}

/* ---- what must not be seen ---- */

static void a_hidden_part_is_hidden_in_every_copy(Table *t, const void *unused)
{
    static const MediaWish wishes[] = {{"a.png", "image/png", 300}, {"b.png", "image/png", 600}, {"c.png", "image/png", 300, 300},
                                       {"d.webp", "image/webp", 600}, {"e.avif", "image/avif", 300}};
    static const MediaBox box = {2500, 2500, 5000, 5000};
    const char *ppm = picture_scene(t->arena, t->folder, "a.ppm", 8, 600, 600);
    const char *path = picture_made(t->arena, "copy", ppm, path_at(t, "a.png"), NULL);
    Made m = copies_of(t, path, &(MediaRecipe){.wishes = wishes, .wish_count = COUNT(wishes), .boxes = {&box, 1}});
    for (size_t i = 0; i < m.count; i++) {
        Pixels p = pixels_of(t, m.files[i]), plain = seen(t, path, p.width);
        double same = 0, n = 0;
        for (double y = 0.27; y < 0.73; y += 0.01)
            for (double x = 0.27; x < 0.73; x += 0.01, n++)
                same += abs(pixel(&p, x, y)[1] - pixel(&plain, x, y)[1]) < 4;
        g_assert_cmpfloat(same / n, <, 0.5);
        g_assert_cmpint(abs(pixel(&p, 0.1, 0.1)[1] - pixel(&plain, 0.1, 0.1)[1]), <, 12);
        pixels_drop(&p);
        pixels_drop(&plain);
    }
}

/* ---- whose it is ---- */

static int changed_in(const Pixels *a, const Pixels *b, double left, double top)
{
    int changed = 0;
    for (int y = (int)(top * a->height); y < (int)((top + 0.5) * a->height); y++)
        for (int x = (int)(left * a->width); x < (int)((left + 0.5) * a->width); x++)
            changed += memcmp(a->at + (y * a->width + x) * 3, b->at + (y * b->width + x) * 3, 3) != 0;
    return changed;
}

static void a_watermark_stands_in_the_lower_right_corner(Table *t, const void *unused)
{
    MediaWish wishes[] = {{"a.png", "image/png", 600}, {"c.png", "image/png", 400, 200}};
    const char *path = scene_jpeg(t, "a.jpg", 2, 600, 400);
    Made plain = copies_of(t, path, &(MediaRecipe){.wishes = wishes, .wish_count = 2});
    Made marked = copies_of(t, path, &(MediaRecipe){.wishes = wishes, .wish_count = 2, .watermark = "Ñandú © SLP"});
    Made long_one = copies_of(t, path, &(MediaRecipe){.wishes = wishes, .wish_count = 2,
        .watermark = "un texto que es mucho más largo de lo que cabe en el ancho de una imagen tan chica como esta de aquí, y más"});
    for (size_t i = 0; i < 2; i++) {
        Pixels a = pixels_of(t, plain.files[i]), b = pixels_of(t, marked.files[i]), c = pixels_of(t, long_one.files[i]);
        g_assert_cmpint(changed_in(&a, &b, 0.5, 0.5), >, 100);
        g_assert_cmpint(changed_in(&a, &b, 0, 0) + changed_in(&a, &b, 0.5, 0) + changed_in(&a, &b, 0, 0.5), ==, 0);
        g_assert_cmpint(changed_in(&a, &c, 0, 0.5), >, 100);
        g_assert_cmpint(changed_in(&a, &c, 0, 0), ==, 0);
        pixels_drop(&a);
        pixels_drop(&b);
        pixels_drop(&c);
    }
}

int main(int argc, char **argv)
{
    const char *why = NULL;
    g_test_init(&argc, &argv, NULL);
    g_log_set_always_fatal(G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libvips warns of each AVIF */
    if (!work_begin(&why))
        g_error("%s", why);
#define T(name) g_test_add("/copies/" #name, Table, NULL, table_up, name, table_down)
    T(nothing_of_the_maker_is_in_a_copy);
    T(a_second_reader_finds_our_words_only);
    T(words_in_a_stamped_copy_are_declared_utf8);
    T(copies_come_in_the_order_of_their_wishes);
    T(a_small_picture_is_cropped_smaller);
    T(a_crop_holds_the_focal_point);
    T(each_orientation_stands_upright);
    T(unusual_colours_look_as_they_should);
    T(transparency_is_kept_where_it_can_be);
    T(a_hidden_part_is_hidden_in_every_copy);
    T(a_watermark_stands_in_the_lower_right_corner);
    int failed = g_test_run();
    work_end();
    return failed;
}
