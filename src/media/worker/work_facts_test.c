/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_facts_test.c: what is found out about a picture: its maker's words in all spellings, and how it looks. */
#include "media/worker/work_test.h"

#include <math.h>
#include <vips/vips.h>

static const MediaFacts told = {
    .taken = "2022-07-14T10:00:00",
    .taken_offset = -300,
    .lat = 22.1512,
    .lon = -100.9764,
    .camera = "Canon EOS R5",
    .headline = "Niños en la plaza",
    .caption = "Una tarde, con mucho sol; \"así\" dijo.\nSegunda línea",
    .creator = "María López",
    .credit = "Comunicación",
    .rights = "© 2022",
    .alt = "Tres niños",
    .place = "Plaza de Armas",
    .people = "Ana Ruiz\nLuis Paz",
    .keywords = "plaza\nniñez",
};

static void facts_come_back_as_they_were_told(Table *t, const void *unused)
{
    MediaFacts f = facts_of(t, with_facts(t, scene_jpeg(t, "a.jpg", 1, 300, 200), &told));
    g_assert_cmpstr(f.type, ==, "image/jpeg");
    g_assert_cmpint(f.width, ==, 300);
    g_assert_cmpint(f.height, ==, 200);
    g_assert_cmpstr(f.taken, ==, told.taken);
    g_assert_cmpint(f.taken_offset, ==, told.taken_offset);
    g_assert_cmpfloat(fabs(f.lat - told.lat), <, 0.00001);
    g_assert_cmpfloat(fabs(f.lon - told.lon), <, 0.00001);
    g_assert_cmpstr(f.camera, ==, told.camera);
    g_assert_cmpstr(f.headline, ==, told.headline);
    g_assert_cmpstr(f.caption, ==, told.caption);
    g_assert_cmpstr(f.creator, ==, told.creator);
    g_assert_cmpstr(f.credit, ==, told.credit);
    g_assert_cmpstr(f.rights, ==, told.rights);
    g_assert_cmpstr(f.alt, ==, told.alt);
    g_assert_cmpstr(f.place, ==, told.place);
    g_assert_cmpstr(f.people, ==, told.people);
    g_assert_cmpstr(f.keywords, ==, told.keywords);
}

static void a_picture_that_says_nothing_has_no_facts(Table *t, const void *unused)
{
    MediaFacts f = facts_of(t, scene_jpeg(t, "a.jpg", 1, 300, 200));
    g_assert_null(f.taken);
    g_assert_cmpint(f.taken_offset, ==, NONE);
    g_assert_true(isnan(f.lat) && isnan(f.lon));
    g_assert_true(!f.camera && !f.headline && !f.caption && !f.creator && !f.keywords);
    g_assert_cmpint((int)f.faces.count, ==, 0);
    g_assert_nonnull(f.thumbhash);
}

/* ---- IPTC by hand ---- */

static void put16(GByteArray *b, size_t n)
{
    g_byte_array_append(b, (const guint8[]){(guint8)(n >> 8), (guint8)n}, 2);
}

static void dataset(GByteArray *b, int record, int number, const char *bytes)
{
    g_byte_array_append(b, (const guint8[]){0x1c, (guint8)record, (guint8)number}, 3);
    put16(b, strlen(bytes));
    g_byte_array_append(b, (const guint8 *)bytes, (guint)strlen(bytes));
}

/* Behind the JPEG's first two bytes: APP13 with one resource, 0x0404 (IPTC-IIM; Adobe's Photoshop file formats). */
static const char *with_iptc(Table *t, const char *jpeg, const char *name, GByteArray *iptc, size_t claimed)
{
    Bytes plain = picture_read(t->arena, jpeg);
    GByteArray *b = g_byte_array_append(g_byte_array_new(), (const guint8 *)plain.data, 2);
    g_byte_array_append(b, (const guint8 *)"\xff\xed", 2);
    put16(b, 2 + 14 + 12 + iptc->len + (iptc->len & 1));
    g_byte_array_append(b, (const guint8 *)"Photoshop 3.0\0" "8BIM\4\4\0\0", 22);
    put16(b, claimed >> 16);
    put16(b, claimed & 0xffff);
    g_byte_array_append(b, iptc->data, iptc->len);
    g_byte_array_append(b, (const guint8 *)"", iptc->len & 1);
    g_byte_array_append(b, (const guint8 *)plain.data + 2, (guint)plain.size - 2);
    picture_write(path_at(t, name), (Bytes){(const char *)b->data, b->len});
    g_byte_array_unref(b);
    g_byte_array_unref(iptc);
    return path_at(t, name);
}

static void iptc_is_read_in_its_character_set(Table *t, const void *unused)
{
    static const struct {
        const char *charset, *bytes, *text;
    } cases[] = {
        {"\x1b%G", "Ni\xc3\xb1o", "Niño"}, {NULL, "Ni\xc3\xb1o", "Niño"},  {NULL, "Ni\xf1o \x96 uno", "Niño – uno"},
        {"\x1b%G", "Ni\xf1o", "Niño"},     {"\x1b.A", "Ni\xf1o", "Niño"}, {NULL, "Ni\x96o", "Ni–o"},
    };
    const char *jpeg = scene_jpeg(t, "a.jpg", 1, 64, 64);
    for (size_t i = 0; i < COUNT(cases); i++) {
        GByteArray *iptc = g_byte_array_new();
        if (cases[i].charset)
            dataset(iptc, 1, 90, cases[i].charset);
        dataset(iptc, 2, 120, cases[i].bytes);
        dataset(iptc, 2, 25, cases[i].bytes);
        dataset(iptc, 2, 25, "dos");
        MediaFacts f = facts_of(t, with_iptc(t, jpeg, "i.jpg", iptc, iptc->len));
        g_assert_cmpstr(f.caption, ==, cases[i].text);
        g_assert_cmpstr(f.keywords, ==, arena_printf(t->arena, "%s\ndos", cases[i].text));
    }
}

static void iptc_tells_the_time_in_two_parts(Table *t, const void *unused)
{
    GByteArray *iptc = g_byte_array_new();
    dataset(iptc, 2, 55, "20220714");
    dataset(iptc, 2, 60, "101500-0500");
    MediaFacts f = facts_of(t, with_iptc(t, scene_jpeg(t, "a.jpg", 1, 64, 64), "i.jpg", iptc, iptc->len));
    g_assert_cmpstr(f.taken, ==, "2022-07-14T10:15:00");
    g_assert_cmpint(f.taken_offset, ==, -300);
}

/* A length beyond the end, a length of nothing, a record that is cut off: the picture is taken, the words are missing. */
static void broken_iptc_is_left_out(Table *t, const void *unused)
{
    static const size_t claims[] = {0xffffffff, 100000, 3, 0};
    const char *jpeg = scene_jpeg(t, "a.jpg", 1, 64, 64);
    for (size_t i = 0; i < COUNT(claims); i++) {
        GByteArray *iptc = g_byte_array_new();
        dataset(iptc, 2, 120, "una");
        g_byte_array_append(iptc, (const guint8 *)"\x1c\x02\x78\xff\xff\xff\xff", 7);
        MediaFacts f = facts_of(t, with_iptc(t, jpeg, "i.jpg", iptc, claims[i]));
        g_assert_cmpint(f.width, ==, 64);
        g_assert_true(!f.caption || !strcmp(f.caption, "una"));
    }
}

/* ---- who is believed ---- */

static void xmp_goes_before_iptc_before_exif(Table *t, const void *unused)
{
    const char *jpeg = scene_jpeg(t, "a.jpg", 1, 64, 64);
    const char *exif = picture_with_exif(t->arena, jpeg, path_at(t, "e.jpg"), 1);
    g_assert_cmpstr(facts_of(t, exif).creator, ==, "Ana");
    GByteArray *iptc = g_byte_array_new();
    dataset(iptc, 2, 80, "Berta");
    const char *both = with_iptc(t, exif, "b.jpg", iptc, iptc->len);
    g_assert_cmpstr(facts_of(t, both).creator, ==, "Berta");
    Bytes file = picture_read(t->arena, both);
    GByteArray *all = g_byte_array_new();
    g_assert_true(container_with_xmp(&t->ctx, ENCODE_JPEG, file, xmp_packet(t->arena, &(MediaWords){.creator = "Carla"}), all));
    picture_write(path_at(t, "x.jpg"), (Bytes){(const char *)all->data, all->len});
    g_byte_array_unref(all);
    g_assert_cmpstr(facts_of(t, path_at(t, "x.jpg")).creator, ==, "Carla");
}

static void the_words_of_every_format_are_read(Table *t, const void *unused)
{
    static const MediaWish wishes[] = {{"a.jpg", "image/jpeg", 200}, {"a.webp", "image/webp", 200}, {"a.png", "image/png", 200}};
    MediaWords w = {.caption = "Niños & niñas", .alt = "alt", .creator = "Ana\nLuis", .taken = "2022-07-14T10:00:00", .tongue = "es"};
    Made m = copies_of(t, scene_jpeg(t, "a.jpg", 1, 300, 200), &(MediaRecipe){.wishes = wishes, .wish_count = 3, .words = w});
    for (size_t i = 0; i < m.count; i++) {
        picture_write(path_at(t, wishes[i].variant), m.files[i]);
        MediaFacts f = facts_of(t, path_at(t, wishes[i].variant));
        g_assert_cmpstr(f.caption, ==, w.caption);
        g_assert_cmpstr(f.alt, ==, w.alt);
        g_assert_cmpstr(f.creator, ==, w.creator);
        g_assert_cmpstr(f.taken, ==, w.taken);
        g_assert_cmpint(f.taken_offset, ==, NONE);
    }
}

/* ---- EXIF that cannot be ---- */

/* The count of the Artist's letters; the type's size makes it 4 GB and more. */
static void exif_that_claims_4_gb_is_left_out(Table *t, const void *unused)
{
    const char *jpeg = picture_with_exif(t->arena, scene_jpeg(t, "a.jpg", 1, 64, 64), path_at(t, "e.jpg"), 1);
    Bytes b = picture_read(t->arena, jpeg);
    char *bytes = arena_copy(t->arena, b.data, b.size);
    char *artist = memmem(bytes, b.size, "\x3b\1\2\0\4\0\0\0", 8);
    g_assert_nonnull(artist);
    memcpy(artist + 2, "\5\0\xff\xff\xff\xff", 6);
    picture_write(path_at(t, "huge.jpg"), (Bytes){bytes, b.size});
    MediaFacts f = facts_of(t, path_at(t, "huge.jpg"));
    g_assert_null(f.creator);
    g_assert_cmpint(f.width, ==, 64);
}

/* The harness' block says a latitude and no longitude. */
static void half_a_place_is_none(Table *t, const void *unused)
{
    const char *jpeg = scene_jpeg(t, "a.jpg", 1, 64, 64);
    g_assert_true(isnan(facts_of(t, picture_with_exif(t->arena, jpeg, path_at(t, "e.jpg"), 1)).lat));
    MediaFacts nowhere = {.taken_offset = NONE, .lat = 0, .lon = 0};
    g_assert_true(isnan(facts_of(t, with_facts(t, jpeg, &nowhere)).lat));
}

static void times_with_and_without_offset(Table *t, const void *unused)
{
    static const i64 offsets[] = {NONE, 0, -360, 330, -210};
    const char *jpeg = scene_jpeg(t, "a.jpg", 1, 64, 64);
    for (size_t i = 0; i < COUNT(offsets); i++) {
        MediaFacts f = {.taken = "2022-07-14T10:00:00", .taken_offset = offsets[i], .lat = NAN, .lon = NAN};
        MediaFacts back = facts_of(t, with_facts(t, jpeg, &f));
        g_assert_cmpstr(back.taken, ==, f.taken);
        g_assert_cmpint(back.taken_offset, ==, offsets[i]);
    }
}

/* ---- how it looks ---- */

typedef struct Look {
    int look, edges;
} Look;

static Look apart(Table *t, const char *one, const char *other)
{
    MediaFacts a = facts_of(t, one), b = facts_of(t, other);
    return (Look){media_distance(a.look, b.look), media_distance(a.edges, b.edges)};
}

/* Drawn scenes have flat parts, where an edge is a matter of one grey more or less; a photograph's copies differ by nothing. */
static void the_same_scene_looks_alike(Table *t, const void *unused)
{
    for (unsigned seed = 1; seed <= 6; seed++) {
        const char *jpeg = scene_jpeg(t, "a.jpg", seed, 1200, 800);
        Look worse = apart(t, jpeg, picture_made(t->arena, "copy", jpeg, path_at(t, "q.jpg[Q=40]"), NULL));
        Look smaller = apart(t, jpeg, picture_made(t->arena, "resize", jpeg, path_at(t, "s.jpg"), "0.6666"));
        Look cut = apart(t, jpeg, picture_made(t->arena, "crop", jpeg, path_at(t, "c.jpg"), "12 8 1176 784"));
        g_assert_cmpint(worse.look, <=, 4);
        g_assert_cmpint(worse.edges, <=, 5);
        g_assert_cmpint(smaller.look, <=, 4);
        g_assert_cmpint(smaller.edges, <=, 5);
        g_assert_cmpint(cut.look, <=, 12);
        g_assert_cmpint(cut.edges, <=, 8);
    }
}

static void another_scene_looks_different(Table *t, const void *unused)
{
    const char *first = scene_jpeg(t, "a.jpg", 1, 600, 400);
    for (unsigned seed = 2; seed <= 8; seed++) {
        Look other = apart(t, first, scene_jpeg(t, "b.jpg", seed, 600, 400));
        g_assert_cmpint(other.look, >=, 16);
        g_assert_cmpint(other.edges, >=, 12);
    }
}

static void a_blurred_frame_is_less_sharp(Table *t, const void *unused)
{
    const char *jpeg = scene_jpeg(t, "a.jpg", 4, 1200, 800);
    i64 sharp = facts_of(t, jpeg).sharpness;
    i64 soft = facts_of(t, picture_made(t->arena, "gaussblur", jpeg, path_at(t, "b.jpg"), "3")).sharpness;
    i64 softer = facts_of(t, picture_made(t->arena, "gaussblur", jpeg, path_at(t, "c.jpg"), "8")).sharpness;
    g_assert_cmpint(sharp, >, soft);
    g_assert_cmpint(soft, >, softer);
}

/* ---- what is refused ---- */

static void heic_is_read_where_the_codec_is(Table *t, const void *unused)
{
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 6, 400, 300), *heic = path_at(t, "a.heic");
    g_autofree char *line = g_strdup_printf("vips heifsave '%s' '%s' --compression hevc", scene, heic);
    int status = 1;
    if (!g_spawn_command_line_sync(line, NULL, NULL, &status, NULL) || status) {
        g_test_skip("HEIC without codec: none can be made here");
        return;
    }
    MediaFacts f = facts_of(t, heic), plain = facts_of(t, scene_jpeg(t, "b.jpg", 6, 400, 300));
    g_assert_cmpstr(f.type, ==, "image/heif");
    g_assert_cmpint(f.width, ==, 400);
    g_assert_cmpint(media_distance(f.look, plain.look), <=, 4);
}

/* In libheif's words, of the version here and of later ones. */
static void heic_without_codec_is_told_so(Table *t, const void *unused)
{
    static const char *const said[] = {"Unsupported feature: Unsupported codec (4.3000)",
                                       "Unsupported feature: No decoding plugin installed for this compression format (4.3000)"};
    for (size_t i = 0; i < COUNT(said); i++) {
        vips_error("heif", "%s", said[i]);
        g_assert_null(original_unreadable(&t->ctx, &(Original){.type = "image/heif"}));
        Fault f = fault_take(&t->ctx);
        g_assert_true(g_str_has_prefix(f.what, "HEIC without codec"));
        g_assert_cmpstr(vips_error_buffer(), ==, "");
    }
}

static void what_is_cut_off_is_told_so(Table *t, const void *unused)
{
    static const char *const files[] = {"a.jpg", "a.png", "a.webp", "p.jpg[interlace]"};
    const char *scene = picture_scene(t->arena, t->folder, "a.ppm", 6, 800, 600);
    for (size_t i = 0; i < COUNT(files); i++) {
        Bytes whole = picture_read(t->arena, picture_made(t->arena, "copy", scene, path_at(t, files[i]), NULL));
        picture_write(path_at(t, "half"), (Bytes){whole.data, whole.size / 2});
        refused(t, path_at(t, "half"), "cut off");
    }
}

static void what_is_no_picture_is_told_so(Table *t, const void *unused)
{
    static const char *const files[] = {"<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7 and more", "GIF89a and more of it",
                                        "push graphic-context", "MZ\x90 a program", "\x89PNG"};
    for (size_t i = 0; i < COUNT(files); i++) {
        picture_write(path_at(t, "x.jpg"), (Bytes){files[i], strlen(files[i])});
        refused(t, path_at(t, "x.jpg"), "no picture");
    }
    picture_write(path_at(t, "x.jpg"), (Bytes){"", 0});
    refused(t, path_at(t, "x.jpg"), "empty");
}

int main(int argc, char **argv)
{
    const char *why = NULL;
    g_test_init(&argc, &argv, NULL);
    g_log_set_always_fatal(G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libvips warns of each AVIF */
    if (!work_begin(&why))
        g_error("%s", why);
#define T(name) g_test_add("/facts/" #name, Table, NULL, table_up, name, table_down)
    T(facts_come_back_as_they_were_told);
    T(a_picture_that_says_nothing_has_no_facts);
    T(iptc_is_read_in_its_character_set);
    T(iptc_tells_the_time_in_two_parts);
    T(broken_iptc_is_left_out);
    T(xmp_goes_before_iptc_before_exif);
    T(the_words_of_every_format_are_read);
    T(exif_that_claims_4_gb_is_left_out);
    T(half_a_place_is_none);
    T(times_with_and_without_offset);
    T(the_same_scene_looks_alike);
    T(another_scene_looks_different);
    T(a_blurred_frame_is_less_sharp);
    T(heic_is_read_where_the_codec_is);
    T(heic_without_codec_is_told_so);
    T(what_is_cut_off_is_told_so);
    T(what_is_no_picture_is_told_so);
    int failed = g_test_run();
    work_end();
    return failed;
}
