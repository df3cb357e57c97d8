/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text_test.c: what people write, in many scripts. */
#include "base/text.h"

#include <glib.h>

static Arena *arena;

static void only_well_formed_utf8_is_valid(void)
{
    static const struct {
        const char *bytes;
        size_t n;
        bool valid;
    } table[] = {
        {"", 0, true},
        {"San Luis Potosí", 16, true},
        {"\xf0\x9f\x91\xa9", 4, true},      /* U+1F469 */
        {"\xf4\x8f\xbf\xbf", 4, true},      /* U+10FFFF, the last */
        {"a\0b", 3, false},                 /* NUL */
        {"\xc0\xaf", 2, false},             /* overlong slash */
        {"\xe0\x80\xaf", 3, false},         /* overlong slash */
        {"\xed\xa0\x80", 3, false},         /* a surrogate */
        {"\xf4\x90\x80\x80", 4, false},     /* beyond U+10FFFF */
        {"\xf8\x88\x80\x80\x80", 5, false}, /* five bytes */
        {"\xff", 1, false},
        {"\x80", 1, false},         /* a continuation alone */
        {"\xc3", 1, false},         /* cut off */
        {"\xf0\x9f\x91", 3, false}, /* cut off */
        {"\xe9tat", 4, false},      /* Latin-1 */
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (text_valid(table[i].bytes, table[i].n) != table[i].valid)
            g_error("row %zu", i);
}

static void nfc_composes(void)
{
    g_assert_cmpstr(text_nfc(arena, "Potosi\xcc\x81"), ==, "Potosí");
    g_assert_cmpstr(text_nfc(arena, "n\xcc\x83"), ==, "ñ");
    g_assert_cmpstr(text_nfc(arena, "\xe2\x84\xab"), ==, "\xc3\x85"); /* Angstrom sign */
    g_assert_cmpstr(text_nfc(arena, "plain"), ==, "plain");
    g_assert_cmpstr(text_nfc(arena, ""), ==, "");
}

static void graphemes_are_what_people_count(void)
{
    static const struct {
        const char *text;
        size_t graphemes;
    } table[] = {
        {"", 0},
        {"Potosí", 6},
        {"e\xcc\x81\xcc\x82", 1},         /* two combining marks */
        {"👨‍👩‍👧‍👦", 1}, /* a family */
        {"👨‍👩‍👧‍👦👨‍👩‍👧", 2},
        {"🇲🇽", 1},       /* a flag */
        {"🇲🇽🇪🇸🇲", 3},    /* two flags and a half */
        {"👍🏽", 1}, /* a skin tone */
        {"🏳️‍🌈", 1},
        {"a\xe2\x80\x8d👩", 2}, /* a joiner after a letter joins nothing */
        {"한국", 2},
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 1}, /* Hangul in jamo */
        {"\r\n", 1},
        {"\n\r", 2},
        {"1️⃣", 1},
        {"🏴󠁧󠁢󠁳󠁣󠁴󠁿", 1},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (text_graphemes(table[i].text) != table[i].graphemes)
            g_error("row %zu: %zu", i, text_graphemes(table[i].text));
}

static void points_are_what_a_database_counts(void)
{
    g_assert_cmpint((i64)text_points(""), ==, 0);
    g_assert_cmpint((i64)text_points("año"), ==, 3);
    g_assert_cmpint((i64)text_points("e\u0301"), ==, 2);
    g_assert_cmpint((i64)text_points("👍🏽"), ==, 2);
}

static void clipping_never_cuts_a_grapheme(void)
{
    g_assert_cmpstr(text_clip(arena, "Sesión", 6), ==, "Sesión");
    g_assert_cmpstr(text_clip(arena, "Sesión", 5), ==, "Sesi…");
    g_assert_cmpstr(text_clip(arena, "👨‍👩‍👧‍👦🇲🇽🇪🇸", 2), ==,
                    "👨‍👩‍👧‍👦…");
    g_assert_cmpstr(text_clip(arena, "Cierre vial", 8), ==, "Cierre…");
    g_assert_cmpstr(text_clip(arena, "abc", 1), ==, "…");
    g_assert_cmpstr(text_clip(arena, "abc", 0), ==, "");
    g_assert_cmpstr(text_clip(arena, "", 0), ==, "");
    for (size_t n = 0; n < 12; n++)
        g_assert_cmpuint(
            text_graphemes(text_clip(arena, "🇲🇽 Año 2022, día 👍🏽 catorce", n)), <=,
            n);
}

static void marks_count_where_there_are_too_many(void)
{
    GString *marked = g_string_new("e");
    for (int i = 0; i < 3; i++)
        g_string_append(marked, "\u0301");
    g_assert_true(text_fits(marked->str, 1));
    g_string_append(marked, "\u0301");
    g_assert_false(text_fits(marked->str, 1));
    g_assert_true(text_fits(marked->str, 2));
    g_assert_false(text_fits("tres", 3));
    g_assert_true(text_fits("", 0));
    g_string_free(marked, TRUE);
}

static void white_space_of_unicode_is_trimmed_and_squeezed(void)
{
    g_assert_cmpstr(text_trim(arena, "\t\n  \xc2\xa0 dos  palabras \xe3\x80\x80"), ==,
                    "dos  palabras");
    g_assert_cmpstr(text_trim(arena, " \xe2\x80\xa8"), ==, "");
    g_assert_null(text_trim(arena, NULL));
    g_assert_cmpstr(text_squeeze(arena, " uno \r\n dos\xc2\xa0\xc2\xa0tres "), ==, "uno dos tres");
    g_assert_cmpstr(text_squeeze(arena, " \t"), ==, "");
    g_assert_null(text_squeeze(arena, NULL));
    g_assert_true(text_blank(NULL) && text_blank("") && text_blank(" \xc2\xa0\n"));
    g_assert_false(text_blank(" . "));
}

static void controls_and_bidi_overrides_are_seen(void)
{
    static const char *const bad[] = {
        "a\rb", "\x1b[31m", "\x7f", "\xc2\x85", "abc\xe2\x80\xae cba", "\xe2\x81\xa6", "\x01"};
    for (size_t i = 0; i < COUNT(bad); i++)
        g_assert_true(text_has_control(bad[i]));
    g_assert_false(text_has_control("línea\n\ty otra: \xe2\x80\x8f שלום 👨‍👩‍👧"));
}

static void folding_forgets_case_and_accents(void)
{
    static const char *const table[][2] = {
        {"MUÑOZ", "munoz"},
        {"Potosí", "potosi"},
        {"Potosi\xcc\x81", "potosi"},
        {"STRASSE", "strasse"},
        {"Straße", "strasse"},
        {"ﬁn", "fin"},
        {"ΣΊΣΥΦΟΣ", "σισυφοσ"},
        {"Ⅻ", "xii"},
        {"ℌola", "hola"},
        {"İzmir", "izmir"},
        {"Ａｇｅｎｄａ", "agenda"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        const char *folded = text_fold(arena, table[i][0]);
        g_assert_cmpstr(folded, ==, table[i][1]);
        g_assert_cmpstr(text_fold(arena, folded), ==, folded);
    }
    g_assert_cmpstr(text_lower(arena, "ÁNGEL Ñ 7"), ==, "ángel ñ 7");
    g_assert_cmpstr(text_lower(arena, "AZ az"), ==, "az az");
}

static void slugs_are_plain_words_with_dashes(void)
{
    static const char *const table[][2] = {
        {"Sesión de Cabildo nº 19", "sesion-de-cabildo-no-19"},
        {"  ¡Feria Nacional Potosina 2022! ", "feria-nacional-potosina-2022"},
        {"Straße & Ñandú", "strasse-nandu"},
        {"Smørrebrød, Łódź, Æsir", "smorrebrod-lodz-aesir"},
        {"--a--b--", "a-b"},
        {"🎉🎉", ""},
        {"北京", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        const char *slug = text_slug(arena, table[i][0]);
        g_assert_cmpstr(slug, ==, table[i][1]);
        g_assert_true(text_slug_valid(slug) == (*slug != '\0'));
    }
}

static void a_long_slug_ends_with_a_whole_word(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 30; i++)
        g_string_append(text, "palabra ");
    const char *slug = text_slug(arena, text->str);
    g_assert_cmpuint(strlen(slug), ==, 79); /* ten words of seven with nine dashes */
    g_assert_true(text_ends(slug, "-palabra"));
    g_string_assign(text, "0123456789012345678901234567890123456789"
                          "0123456789012345678901234567890123456789 x");
    g_assert_cmpuint(strlen(text_slug(arena, text->str)), ==, 80);
    g_string_prepend(text, "z");
    g_assert_cmpuint(strlen(text_slug(arena, text->str)), ==, 80);
    g_assert_true(text_slug_valid(text_slug(arena, text->str)));
    g_string_free(text, TRUE);
}

static void other_things_are_no_slugs(void)
{
    static const char *const bad[] = {"", "-a", "a-", "a--b", "A", "á", "a b", "a/b", "a.b"};
    for (size_t i = 0; i < COUNT(bad); i++)
        g_assert_false(text_slug_valid(bad[i]));
    g_assert_false(text_slug_valid(NULL));
    g_assert_true(text_slug_valid("a") && text_slug_valid("0-a-1"));
}

static void initials_pass_over_particles(void)
{
    g_assert_cmpstr(text_initials(arena, "Renata Paz"), ==, "RP");
    g_assert_cmpstr(text_initials(arena, "  ángel  de la Peña Ruiz"), ==, "ÁP");
    g_assert_cmpstr(text_initials(arena, "renata paz"), ==, "RP");
    g_assert_cmpstr(text_initials(arena, "Renata"), ==, "R");
    g_assert_cmpstr(text_initials(arena, ""), ==, "");
}

static void splitting_leaves_out_empty_parts(void)
{
    List parts = text_split(arena, "/a//bc/", '/');
    const char *const *part = parts.items;
    g_assert_cmpuint(parts.count, ==, 2);
    g_assert_cmpstr(part[0], ==, "a");
    g_assert_cmpstr(part[1], ==, "bc");
    g_assert_cmpuint(text_split(arena, "", '/').count, ==, 0);
    g_assert_cmpuint(text_split(arena, "x", '/').count, ==, 1);
}

static void beginnings_and_ends_are_compared(void)
{
    g_assert_true(text_starts("agenda.json", "agenda") && text_ends("agenda.json", ".json"));
    g_assert_false(text_starts("ag", "agenda") || text_ends("n", ".json") ||
                   text_ends("ajson", ".json"));
    g_assert_true(text_same("a", "a") && text_same(NULL, NULL));
    g_assert_false(text_same("a", NULL) || text_same(NULL, "a") || text_same("a", "b"));
}

static void mail_addresses_are_checked(void)
{
    static const char *const good[] = {"a@b.mx", "renata.paz+prensa@sanluis.gob.mx",
                                       "o'neil@x-y.example", "1@2.com"};
    static const char *const bad[] = {"",
                                      "a",
                                      "@b.mx",
                                      "a@",
                                      "a@b",
                                      "a@b..mx",
                                      ".a@b.mx",
                                      "a.@b.mx",
                                      "a..b@c.mx",
                                      "a b@c.mx",
                                      "a@-b.mx",
                                      "a@b-.mx",
                                      "a@b.mx ",
                                      "a@1.2.3.4",
                                      "a@b@c.mx",
                                      "ñ@b.mx",
                                      "a@b.mx\r\nBcc: x@y.mx",
                                      "\"a\"@b.mx",
                                      "a@[1.2.3.4]"};
    for (size_t i = 0; i < COUNT(good); i++)
        g_assert_true(text_mail_valid(good[i]));
    for (size_t i = 0; i < COUNT(bad); i++)
        if (text_mail_valid(bad[i]))
            g_error("\"%s\" passed", bad[i]);
    g_assert_false(text_mail_valid(NULL));
    char local[80];
    memset(local, 'a', sizeof local);
    strcpy(local + 64, "@b.mx");
    g_assert_true(text_mail_valid(local));
    strcpy(local + 65, "@b.mx");
    local[64] = 'a';
    g_assert_false(text_mail_valid(local));
}

static void whole_numbers_are_read_to_the_last_bit(void)
{
    i64 n = 7;
    g_assert_true(text_int("9223372036854775807", &n) && n == INT64_MAX);
    g_assert_true(text_int("-9223372036854775808", &n) && n == INT64_MIN);
    g_assert_true(text_int("007", &n) && n == 7);
    static const char *const bad[] = {
        "",    "-", "+5", " 5", "5 ", "5.0", "0x10", "9223372036854775808", "-9223372036854775809",
        "--1", "١"};
    for (size_t i = 0; i < COUNT(bad); i++)
        g_assert_false(text_int(bad[i], &n));
    g_assert_false(text_int(NULL, &n));
    g_assert_cmpint(n, ==, 7);
}

#define TEST(name) g_test_add_func("/text/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(0);
    TEST(only_well_formed_utf8_is_valid);
    TEST(nfc_composes);
    TEST(graphemes_are_what_people_count);
    TEST(points_are_what_a_database_counts);
    TEST(marks_count_where_there_are_too_many);
    TEST(clipping_never_cuts_a_grapheme);
    TEST(white_space_of_unicode_is_trimmed_and_squeezed);
    TEST(controls_and_bidi_overrides_are_seen);
    TEST(folding_forgets_case_and_accents);
    TEST(slugs_are_plain_words_with_dashes);
    TEST(a_long_slug_ends_with_a_whole_word);
    TEST(other_things_are_no_slugs);
    TEST(initials_pass_over_particles);
    TEST(splitting_leaves_out_empty_parts);
    TEST(beginnings_and_ends_are_compared);
    TEST(mail_addresses_are_checked);
    TEST(whole_numbers_are_read_to_the_last_bit);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
