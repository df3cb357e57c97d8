/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_parts_test.c: the parts of the pictures' work, each by itself: words, times, small pictures, what is hidden, the cascade. */
#include "base/buf.h"
#include "base/text.h"
#include "media/worker/cascade.h"
#include "media/worker/work_room.h"

#include <expat.h>
#include <math.h>

static Arena *arena;
static Ctx ctx;

/* ---- foreign bytes as text ---- */

static void text_is_taken_by_its_character_set(void)
{
    static const struct {
        const char *bytes, *charset, *text;
    } cases[] = {
        {"Ni\xc3\xb1o", "\x1b%G", "Niño"},          /* declared UTF-8 */
        {"Ni\xc3\xb1o", NULL, "Niño"},              /* not declared, but it is */
        {"Ni\xf1o \x93listo\x94", NULL, "Niño “listo”"}, /* Windows */
        {"Ni\xf1o", "\x1b%G", "Niño"},              /* declared wrongly */
        {"Ni\xc3\xb1o", "\x1b.A", "NiÃ±o"},         /* declared Latin-1: believed */
        {"Ni\x96o", NULL, "Ni–o"},                  /* MacRoman says nothing of itself: text all the same */
        {"  uno\r\ndos\ttres\x01 ", NULL, "uno\ndos tres"},
        {"\xe2\x80\xaeonu", NULL, "onu"},           /* a line that turns around */
        {"\x01\x02 ", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        g_assert_cmpstr(metadata_text(arena, cases[i].bytes, strlen(cases[i].bytes), cases[i].charset), ==, cases[i].text);
}

/* Every MacRoman byte becomes something that can be kept. */
static void any_bytes_become_valid_text(void)
{
    char bytes[256];
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)(i ? i : ' ');
    const char *text = metadata_text(arena, bytes, sizeof bytes, NULL);
    g_assert_true(text_valid(text, strlen(text)));
    g_assert_false(text_has_control(text));
}

static void a_text_has_at_most_4_kb(void)
{
    char *much = arena_bytes(arena, 100001);
    for (int i = 0; i < 100000; i += 2)
        memcpy(much + i, "\xc3\xb1", 2);
    const char *text = metadata_text(arena, much, 100000, NULL);
    g_assert_cmpint((int)strlen(text), <=, 4096);
    g_assert_cmpint((int)strlen(text), >, 4000);
    g_assert_true(text_valid(text, strlen(text)));
}

/* ---- times ---- */

static void times_of_all_spellings_are_read(void)
{
    static const struct {
        const char *text, *taken;
        i64 offset;
    } cases[] = {
        {"2022:07:14 10:00:00", "2022-07-14T10:00:00", NONE},
        {"2022-07-14T10:00:00-05:00", "2022-07-14T10:00:00", -300},
        {"2022-07-14T10:00:00.25+0530", "2022-07-14T10:00:00", 330},
        {"2022-07-14T10:00Z", "2022-07-14T10:00:00", 0},
        {"2022-07-14T10:00:00Z", "2022-07-14T10:00:00", 0},
        {"2022:07:14", NULL, NONE},
        {"0000:00:00 00:00:00", NULL, NONE},
        {"2022:02:30 10:00:00", NULL, NONE},
        {"2022:07:14 25:00:00", NULL, NONE},
        {"    :  :     :  :  ", NULL, NONE},
        {"2022:07:14 10:00:00+99:00", "2022-07-14T10:00:00", NONE},
        {"", NULL, NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *taken = NULL;
        i64 offset = NONE;
        g_assert_cmpint(metadata_time(arena, cases[i].text, &taken, &offset), ==, cases[i].taken != NULL);
        g_assert_cmpstr(taken, ==, cases[i].taken);
        g_assert_cmpint(offset, ==, cases[i].offset);
    }
}

/* ---- the packet ---- */

static void well_formed(const char *packet)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, ' ');
    if (XML_Parse(parser, packet, (int)strlen(packet), 1) != XML_STATUS_OK)
        g_error("%s: %s", XML_ErrorString(XML_GetErrorCode(parser)), packet);
    XML_ParserFree(parser);
}

static void words_are_escaped(void)
{
    MediaWords w = {.creator = "Ana & <b>\nLuis \"L\"", .caption = "]]> <!-- \xff\xc3 \xef\xbf\xbf \x01 ñ", .tongue = "es\"><x"};
    const char *packet = xmp_packet(arena, &w);
    well_formed(packet);
    g_assert_nonnull(strstr(packet, "<rdf:li>Ana &amp; &lt;b&gt;</rdf:li><rdf:li>Luis &quot;L&quot;</rdf:li>"));
    g_assert_nonnull(strstr(packet, "]]&gt; &lt;!--    ñ"));
}

static void no_words_make_no_packet(void)
{
    g_assert_null(xmp_packet(arena, &(MediaWords){.tongue = "es"}));
    g_assert_null(xmp_packet(arena, &(MediaWords){.caption = ""}));
}

static void a_packet_fits_into_a_jpeg(void)
{
    char *much = arena_bytes(arena, 20001);
    memset(much, '&', 20000);
    MediaWords w = {.headline = much, .caption = much, .creator = much, .credit = much, .rights = much,  .alt = much,
                    .source = much,   .place = much,   .people = much,  .keywords = much, .tongue = "es"};
    const char *packet = xmp_packet(arena, &w);
    g_assert_nonnull(packet);
    g_assert_cmpint((int)strlen(packet), <=, XMP_BYTES_MAX);
    well_formed(packet);
}

/* ---- pixels ---- */

static Pixels made(int width, int height, int bands)
{
    return (Pixels){g_malloc0((size_t)width * (size_t)height * (size_t)bands), width, height, bands};
}

static unsigned char *at(const Pixels *p, int x, int y)
{
    return p->at + ((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->bands;
}

/* Rising evenly across and down: smaller pixels lie in the middle of those that they stand for. */
static void a_smaller_ramp_is_the_same_ramp(void)
{
    static const int sizes[][2] = {{200, 160}, {101, 80}, {37, 53}, {3, 2}, {400, 320}};
    Pixels p = made(400, 320, 3);
    for (int y = 0; y < p.height; y++)
        for (int x = 0; x < p.width; x++) {
            at(&p, x, y)[0] = (unsigned char)(x * 255 / 399);
            at(&p, x, y)[1] = (unsigned char)(y * 255 / 319);
            at(&p, x, y)[2] = 77;
        }
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Pixels s;
        g_assert_true(pixels_resized(&ctx, &p, sizes[i][0], sizes[i][1], &s));
        for (int y = s.height / 8; y < s.height - s.height / 8; y++)
            for (int x = s.width / 8; x < s.width - s.width / 8; x++) {
                double across = ((x + 0.5) * 400 / s.width - 0.5) * 255 / 399, down = ((y + 0.5) * 320 / s.height - 0.5) * 255 / 319;
                double room = s.width < 10 ? 20 : 1.6; /* at the edge the window is cut off */
                g_assert_cmpfloat(fabs(at(&s, x, y)[0] - across), <=, room);
                g_assert_cmpfloat(fabs(at(&s, x, y)[1] - down), <=, room);
                g_assert_cmpint(abs(at(&s, x, y)[2] - 77), <=, 1);
            }
        pixels_drop(&s);
    }
    pixels_drop(&p);
}

/* What is invisible must not show at the edge of what is not. */
static void transparent_colours_do_not_bleed(void)
{
    Pixels p = made(64, 64, 4), s;
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 64; x++)
            memcpy(at(&p, x, y), x < 32 ? "\xff\0\0\xff" : "\0\0\xff\0", 4);
    g_assert_true(pixels_resized(&ctx, &p, 13, 13, &s));
    for (int x = 0; x < 13; x++)
        if (at(&s, x, 6)[3] > 8)
            g_assert_cmpint(at(&s, x, 6)[2], <=, 8);
    pixels_drop(&s);
    pixels_drop(&p);
}

/* ---- what is hidden ---- */

static Pixels noisy(unsigned seed)
{
    Pixels p = made(300, 200, 3);
    GRand *rand = g_rand_new_with_seed(seed);
    for (int i = 0; i < 300 * 200 * 3; i++)
        p.at[i] = (unsigned char)g_rand_int_range(rand, 0, 256);
    g_rand_free(rand);
    return p;
}

static const MediaBox box = {2000, 3000, 2000, 3000}; /* 60…120, 60…120 */

static bool inside(int x, int y)
{
    return x >= 60 && x < 120 && y >= 60 && y < 120;
}

static void outside_of_the_box_nothing_changes(void)
{
    Pixels before = noisy(1), after = noisy(1);
    int changed = 0;
    pixels_hide(&after, &box);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 300; x++)
            if (inside(x, y))
                changed += memcmp(at(&before, x, y), at(&after, x, y), 3) != 0;
            else
                g_assert_cmpmem(at(&before, x, y), 3, at(&after, x, y), 3);
    g_assert_cmpint(changed, >, 3500); /* of 3600 */
    pixels_drop(&before);
    pixels_drop(&after);
}

/* How much of what differs within a block goes along with the original: nothing. */
static double correlation(const Pixels *before, const Pixels *after)
{
    double ab = 0, aa = 0, bb = 0;
    for (int block = 0; block < 36; block++) {
        int left = 60 + block % 6 * 10, top = 60 + block / 6 * 10;
        double a_mean = 0, b_mean = 0;
        for (int i = 0; i < 100; i++) {
            a_mean += at(before, left + i % 10, top + i / 10)[0] / 100.0;
            b_mean += at(after, left + i % 10, top + i / 10)[0] / 100.0;
        }
        for (int i = 0; i < 100; i++) {
            double a = at(before, left + i % 10, top + i / 10)[0] - a_mean, b = at(after, left + i % 10, top + i / 10)[0] - b_mean;
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }
    }
    return ab / sqrt(aa * bb);
}

static void nothing_of_what_is_hidden_can_be_worked_back(void)
{
    Pixels before = noisy(2), after = noisy(2), again = noisy(2);
    pixels_hide(&after, &box);
    pixels_hide(&again, &box);
    g_assert_cmpfloat(fabs(correlation(&before, &after)), <, 0.08);
    int moved = 0; /* the averages are not the true ones, and other ones each time */
    for (int block = 0; block < 36; block++) {
        int x = 65 + block % 6 * 10, y = 65 + block / 6 * 10;
        moved += abs(at(&after, x, y)[0] - at(&again, x, y)[0]) > 4;
    }
    g_assert_cmpint(moved, >, 12);
    pixels_drop(&before);
    pixels_drop(&after);
    pixels_drop(&again);
}

/* A box that a hand drew too far, or numbers that make no sense, hide what lies in the picture of them. */
static void a_box_over_the_edge_hides_up_to_the_edge(void)
{
    static const struct {
        MediaBox box;
        bool corner; /* whether the upper left pixel is in it */
    } cases[] = {
        {{-500, -500, 1500, 1500}, true},
        {{0, 0, 20000, INT64_MAX}, true},
        {{9000, 9000, 5000, 5000}, false},
        {{0, 0, 0, 0}, false},
        {{-4000, 0, 3000, 3000}, false},
        {{INT64_MIN, INT64_MIN, -1, -1}, false},
        {{INT64_MAX, 0, INT64_MAX, 100}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Pixels p = made(300, 200, 4);
        memset(p.at, 200, 300 * 200 * 4);
        pixels_hide(&p, &cases[i].box);
        g_assert_cmpint(at(&p, 0, 0)[3] == 255, ==, cases[i].corner);
        pixels_drop(&p);
    }
}

/* ---- in 25 bytes ---- */

/* The head is the same; a frequency that lies between two steps may fall to either, as the last bit of a cosine wills. */
static void same_hash(const char *made_hash, const char *reference)
{
    gsize n, m;
    g_autofree guchar *a = g_base64_decode(made_hash, &n), *b = g_base64_decode(reference, &m);
    g_assert_cmpint((int)n, ==, (int)m);
    g_assert_cmpmem(a, 5, b, 5);
    for (gsize i = 5; i < n; i++) {
        g_assert_cmpint(abs((a[i] & 15) - (b[i] & 15)), <=, 1);
        g_assert_cmpint(abs((a[i] >> 4) - (b[i] >> 4)), <=, 1);
    }
}

/* As the program that ThumbHash's author published makes it of the same pixels. */
static void thumbhash_is_that_of_the_reference(void)
{
    static const struct {
        int width, height;
        bool clear;
        const char *hash;
    } cases[] = {
        {100, 67, false, "3/cJPZqAh3eAiIh4eHiIeHBwB/h4"},
        {40, 100, false, "3wcKMxpwgHd3h3d3gHAI+Hg="},
        {60, 60, true, "YSiKLRQrkYaQaHd3eJGQGPl2cHp4iIeIiA=="},
        {100, 20, true, "YSiKMZQrkXaQaHeSoBj5doCKeIiIiIg="},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int w = cases[i].width, h = cases[i].height;
        Pixels p = made(w, h, 4);
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                unsigned char *c = at(&p, x, y);
                c[0] = (unsigned char)(x * 255 / (w - 1));
                c[1] = (unsigned char)(y * 255 / (h - 1));
                c[2] = (unsigned char)((x * 7 + y * 13) % 256);
                c[3] = cases[i].clear && 2 * x < w ? 128 : 255;
            }
        same_hash(measure_thumbhash(&ctx, &p), cases[i].hash);
        pixels_drop(&p);
    }
}

/* ---- the cascade ---- */

/* A window of 3 x 3 whose only feature is its nine pixels; the pattern is worked out by hand. */
static bool tiny_passes(const unsigned char grey[9], unsigned pattern, float threshold)
{
    static const CascadeCell cell = {0, 0, 1, 1};
    CascadeStump stump = {.cell = 0, .inside = 1, .outside = -1};
    CascadeStage stage = {1, threshold};
    Cascade tiny = {3, 1, 1, &stage, &stump, &cell};
    uint32_t sums[16];
    int corners[CASCADE_CORNERS];
    stump.subset[pattern >> 5] = 1u << (pattern & 31);
    cascade_sums(grey, 3, 3, sums);
    cascade_corners(&tiny, 4, corners);
    return cascade_passes(&tiny, corners, sums);
}

static void a_pattern_goes_around_its_middle(void)
{
    /* lighter or equal: upper left, upper right, lower right, left -> 1 0 1 0 1 0 0 1 */
    static const unsigned char grey[9] = {9, 1, 9, 5, 5, 1, 1, 1, 9};
    g_assert_true(tiny_passes(grey, 0xa9, 0.5f));
    g_assert_false(tiny_passes(grey, 0xa8, 0.5f));
    g_assert_true(tiny_passes(grey, 0xa8, -1));
    g_assert_true(tiny_passes((const unsigned char[9]){7, 7, 7, 7, 7, 7, 7, 7, 7}, 0xff, 1));
}

/* What opencv-data's file says of itself, so that a generator that loses something is noticed. */
static void the_cascade_is_whole(void)
{
    int stumps = 0;
    for (int i = 0; i < faces_cascade.stage_count; i++)
        stumps += faces_cascade.stages[i].count;
    g_assert_cmpint(faces_cascade.side, ==, 45);
    g_assert_cmpint(faces_cascade.stage_count, ==, 19);
    g_assert_cmpint(faces_cascade.cell_count, ==, 142);
    g_assert_cmpint(stumps, ==, 149);
    g_assert_cmpfloat(fabs(faces_cascade.stages[0].threshold + 4.16179), <, 0.0001);
}

static void a_flat_picture_has_no_face(void)
{
    Pixels p = made(200, 150, 3);
    memset(p.at, 140, 200 * 150 * 3);
    g_assert_cmpint((int)measure_faces(&ctx, &p).count, ==, 0);
    pixels_drop(&p);
    p = made(20, 2, 3);
    g_assert_cmpint((int)measure_faces(&ctx, &p).count, ==, 0);
    pixels_drop(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const Actor english = {.tongue = TONGUE_EN};
    arena = arena_new(0);
    ctx = (Ctx){.arena = arena, .actor = &english};
    g_assert_true(pixels_hide_begin());
#define T(name) g_test_add_func("/work/" #name, name)
    T(text_is_taken_by_its_character_set);
    T(any_bytes_become_valid_text);
    T(a_text_has_at_most_4_kb);
    T(times_of_all_spellings_are_read);
    T(words_are_escaped);
    T(no_words_make_no_packet);
    T(a_packet_fits_into_a_jpeg);
    T(a_smaller_ramp_is_the_same_ramp);
    T(transparent_colours_do_not_bleed);
    T(outside_of_the_box_nothing_changes);
    T(nothing_of_what_is_hidden_can_be_worked_back);
    T(a_box_over_the_edge_hides_up_to_the_edge);
    T(thumbhash_is_that_of_the_reference);
    T(a_pattern_goes_around_its_middle);
    T(the_cascade_is_whole);
    T(a_flat_picture_has_no_face);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
