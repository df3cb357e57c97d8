/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_test.c: JSON out and JSON in. */
#include "base/json.h"

#include <glib.h>
#include <locale.h>
#include <math.h>

static Arena *arena;

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena, .actor = &actor_nobody};
}

static const Json *read_text(Ctx *ctx, const char *json)
{
    return json_read(ctx, json, strlen(json));
}

static const Json *good(const char *json)
{
    Ctx ctx = new_ctx();
    const Json *v = read_text(&ctx, json);
    if (!v)
        g_error("%s: %s", json, ctx.fault.what);
    return v;
}

static void an_object_is_written_with_commas_where_they_belong(void)
{
    Buf *b = buf_new(arena, 16, 10000);
    JsonOut j = json_out(b);
    json_open(&j, NULL, '{');
    json_text(&j, "title", "Sesión");
    json_text(&j, "lead", NULL);
    json_int(&j, "n", -7);
    json_int(&j, "none", NONE);
    json_real(&j, "lat", 22.1565);
    json_real(&j, "nan", NAN);
    json_bool(&j, "held", true);
    json_open(&j, "items", '[');
    json_text(&j, NULL, "a");
    json_text(&j, NULL, NULL);
    json_int(&j, NULL, NONE);
    json_real(&j, NULL, INFINITY);
    json_open(&j, NULL, '{');
    json_close(&j, '}');
    json_bool(&j, NULL, false);
    json_close(&j, ']');
    json_raw(&j, "raw", "[1]");
    json_close(&j, '}');
    g_assert_cmpstr(buf_data(b), ==,
                    "{\"title\":\"Sesión\",\"n\":-7,\"lat\":22.1565,\"held\":true,"
                    "\"items\":[\"a\",null,null,null,{},false],\"raw\":[1]}");
    g_assert_cmpint(j.depth, ==, 0);
}

static const char *escaped(const char *text, size_t n)
{
    Buf *b = buf_new(arena, 16, 10000);
    json_escape(b, text, n);
    return buf_data(b);
}

static void texts_are_escaped_for_scripts_too(void)
{
    g_assert_cmpstr(escaped("a\"b\\c/\n\r\t\x01\x1f", 11), ==,
                    "\"a\\\"b\\\\c/\\n\\r\\t\\u0001\\u001f\"");
    g_assert_cmpstr(escaped("</script>&", 10), ==, "\"\\u003c/script\\u003e\\u0026\"");
    g_assert_cmpstr(escaped("\xe2\x80\xa8ñ\xe2\x80\xa9", 8), ==, "\"\\u2028ñ\\u2029\"");
    g_assert_cmpstr(escaped("👩\x7f", 5), ==, "\"👩\\u007f\"");
    g_assert_cmpstr(escaped("a\0b", 3), ==, "\"a\\u0000b\"");
    g_assert_cmpstr(escaped("x\xff\xc3", 3), ==, "\"x\xef\xbf\xbd\xef\xbf\xbd\"");
    g_assert_cmpstr(escaped("", 0), ==, "\"\"");
}

static void every_text_comes_back(void)
{
    for (unsigned c = 1; c < 0x3000; c++) {
        char text[8] = {'a'};
        int n = g_unichar_to_utf8(c, text + 1);
        text[n + 1] = '\0';
        const Json *v = good(escaped(text, strlen(text)));
        g_assert_cmpstr(json_text_of(v), ==, text);
    }
}

static const char *real(double d)
{
    Buf *b = buf_new(arena, 16, 100);
    JsonOut j = json_out(b);
    json_real(&j, NULL, d);
    return buf_data(b);
}

static void numbers_are_short_and_come_back(void)
{
    g_assert_cmpstr(real(0.1), ==, "0.1");
    g_assert_cmpstr(real(22.15649), ==, "22.15649");
    g_assert_cmpstr(real(5), ==, "5");
    g_assert_cmpstr(real(1.0 / 3), ==, "0.3333333333333333");
    GRand *random = g_rand_new_with_seed(3);
    for (int i = 0; i < 20000; i++) {
        double d = ldexp(g_rand_double(random) - 0.5, g_rand_int_range(random, -1000, 1000));
        g_assert_true(json_real_of(good(real(d))) == d);
    }
    g_rand_free(random);
}

static void numbers_do_not_know_the_locale(void)
{
    const char *old = g_strdup(setlocale(LC_NUMERIC, NULL));
    bool comma = setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "es_ES.UTF-8");
    g_assert_cmpstr(real(0.5), ==, "0.5");
    g_assert_true(json_real_of(good("0.5")) == 0.5);
    setlocale(LC_NUMERIC, old);
    g_free((char *)old);
    if (!comma)
        g_test_skip("no locale with a decimal comma is installed");
}

static void values_are_read_by_kind(void)
{
    const Json *v =
        good(" {\"t\":\"\\u00f1\\ud83d\\ude00\",\"i\":-9223372036854775808,\"r\":1.5e3,\"f\":0.25,"
             "\"b\":true,\"n\":null,\"l\":[1,[2],{}],\"o\":{\"k\":0}}\n");
    g_assert_cmpint(json_kind(v), ==, JSON_OBJECT);
    g_assert_cmpstr(json_text_of(json_get(v, "t")), ==, "ñ😀");
    g_assert_cmpint(json_kind(json_get(v, "t")), ==, JSON_TEXT);
    g_assert_cmpint(json_int_of(json_get(v, "i")), ==, INT64_MIN);
    g_assert_cmpint(json_int_of(json_get(v, "r")), ==, 1500);
    g_assert_cmpint(json_int_of(json_get(v, "f")), ==, NONE);
    g_assert_true(json_real_of(json_get(v, "f")) == 0.25);
    g_assert_cmpint(json_kind(json_get(v, "f")), ==, JSON_REAL);
    g_assert_true(json_bool_of(json_get(v, "b")));
    g_assert_cmpint(json_kind(json_get(v, "b")), ==, JSON_BOOL);
    g_assert_cmpint(json_kind(json_get(v, "n")), ==, JSON_NULL);
    g_assert_nonnull(json_get(v, "n"));
    g_assert_null(json_get(v, "absent"));
    const Json *list = json_get(v, "l");
    g_assert_cmpint(json_kind(list), ==, JSON_LIST);
    g_assert_cmpuint(json_count(list), ==, 3);
    g_assert_cmpint(json_int_of(json_at(list, 0)), ==, 1);
    g_assert_cmpint(json_kind(json_at(list, 0)), ==, JSON_INT);
    g_assert_null(json_at(list, 3));
}

static void asking_the_wrong_kind_gives_nothing(void)
{
    const Json *text = good("\"x\""), *list = good("[1]");
    g_assert_null(json_get(text, "x"));
    g_assert_null(json_get(NULL, "x"));
    g_assert_cmpuint(json_count(text), ==, 0);
    g_assert_null(json_at(text, 0));
    g_assert_null(json_text_of(list));
    g_assert_null(json_text_of(NULL));
    g_assert_false(json_bool_of(good("1")) || json_bool_of(NULL) || json_bool_of(good("false")));
    g_assert_cmpint(json_int_of(text), ==, NONE);
    g_assert_cmpint(json_int_of(good("1e300")), ==, NONE);
    g_assert_true(isnan(json_real_of(text)) && isnan(json_real_of(NULL)));
    g_assert_true(json_real_of(good("7")) == 7);
    g_assert_cmpint(json_kind(NULL), ==, JSON_NULL);
}

static void gather(void *to, const char *key, const Json *v)
{
    g_string_append_printf(to, "%s=%d ", key, (int)json_int_of(v));
}

static void members_are_visited_in_their_order(void)
{
    GString *seen = g_string_new(NULL);
    json_each(good("{\"z\":1,\"a\":2,\"m\":3}"), gather, seen);
    json_each(good("[1]"), gather, seen);
    json_each(NULL, gather, seen);
    g_assert_cmpstr(seen->str, ==, "z=1 a=2 m=3 ");
    g_string_free(seen, TRUE);
}

static const char *const broken[] = {
    "",
    " ",
    "{",
    "[",
    "[1,]",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "[1 2]",
    "nul",
    "NaN",
    "Infinity",
    "-",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "0x10",
    "\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\\u0000\"",
    "{\"\\u0000\":1}",
    "\"a\nb\"",
    "\"\t\"",
    "{\"a\":1,\"a\":2}",
    "[1]]",
    "{}{}",
    "[1]x",
    "// c\n1",
    "/* c */1",
    "\xef\xbb\xbf{}",
    "\"\xff\"",
    "\"\xed\xa0\x80\"",
    "\"\xc0\xaf\"",
    "9223372036854775808",
    "1e999",
    "]",
    "}",
    "{\"a\"}",
    "{\"a\":}",
    "[,]",
    "tru e",
    "\x01",
};

static void broken_json_is_malformed(void)
{
    for (size_t i = 0; i < COUNT(broken); i++) {
        Ctx ctx = new_ctx();
        if (read_text(&ctx, broken[i]))
            g_error("%s passed", broken[i]);
        g_assert_cmpint(ctx.fault.kind, ==, FAULT_MALFORMED);
        g_assert_true(g_str_has_prefix(ctx.fault.what, "JSON, línea "));
    }
    Ctx ctx = new_ctx();
    g_assert_null(json_read(&ctx, "[1]\0", 4));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_MALFORMED);
}

static void the_fault_says_line_and_column_in_the_readers_language(void)
{
    Ctx ctx = new_ctx();
    Actor english = {.tongue = TONGUE_EN};
    ctx.actor = &english;
    g_assert_null(read_text(&ctx, "{\"a\": 1,\n \"a\": 2}"));
    g_assert_cmpstr(ctx.fault.what, ==, "JSON, line 2, column 4: a key stands twice in one object");
    ctx = new_ctx();
    g_assert_null(read_text(&ctx, "[\n1,\n x]"));
    g_assert_cmpstr(ctx.fault.what, ==, "JSON, línea 3, columna 2: esto no es JSON válido");
}

static char *nested(int depth)
{
    char *text = arena_bytes(arena, (size_t)depth * 2 + 1);
    for (int i = 0; i < depth; i++) {
        text[i] = '[';
        text[2 * depth - 1 - i] = ']';
    }
    return text;
}

static void it_is_at_most_64_deep(void)
{
    Ctx ctx = new_ctx();
    g_assert_nonnull(good(nested(64)));
    g_assert_null(read_text(&ctx, nested(65)));
    g_assert_cmpstr(ctx.fault.what, ==,
                    "JSON, línea 1, columna 65: hay más de 64 niveles anidados");
    ctx = new_ctx();
    g_assert_null(read_text(&ctx, nested(100000)));
    GString *wide = g_string_new("[\"[[[[\\\"[[[[[\\\\\"");
    for (int i = 0; i < 200; i++)
        g_string_append(wide, ",[{}],\"[\"");
    g_string_append(wide, "]");
    g_assert_cmpuint(json_count(good(wide->str)), ==, 401);
    g_string_free(wide, TRUE);
}

static void after_a_fault_nothing_is_read(void)
{
    Ctx ctx = new_ctx();
    fault(&ctx, FAULT_CONFLICT, "first");
    g_assert_null(read_text(&ctx, "{}"));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_CONFLICT);
}

static void damaged_json_never_does_harm(void)
{
    static const char seed[] =
        "{\"a\":[1,2.5,-3e2,true,null],\"b\":{\"c\":\"\\u00f1\\n\"},\"d\":\"ñ😀\"}";
    GRand *random = g_rand_new_with_seed(5);
    Arena *own CLEANUP(arena_drop)
    = arena_new(0);
    int read = 0;
    for (int i = 0; i < 20000; i++) {
        char text[sizeof seed];
        memcpy(text, seed, sizeof seed);
        for (int k = g_rand_int_range(random, 0, 4); k > 0; k--)
            text[g_rand_int_range(random, 0, (int)sizeof seed - 1)] =
                (char)g_rand_int_range(random, 0, 256);
        Ctx ctx = {.arena = own, .actor = &actor_nobody};
        const Json *v =
            json_read(&ctx, text, (size_t)g_rand_int_range(random, 0, (int)sizeof seed));
        g_assert_true((v != NULL) != faulted(&ctx));
        read += v != NULL;
        arena_reset(own);
    }
    g_assert_cmpint(read, >, 0);
    g_rand_free(random);
}

#define TEST(name) g_test_add_func("/json/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(256 * 1024 * 1024);
    TEST(an_object_is_written_with_commas_where_they_belong);
    TEST(texts_are_escaped_for_scripts_too);
    TEST(every_text_comes_back);
    TEST(numbers_are_short_and_come_back);
    TEST(numbers_do_not_know_the_locale);
    TEST(values_are_read_by_kind);
    TEST(asking_the_wrong_kind_gives_nothing);
    TEST(members_are_visited_in_their_order);
    TEST(broken_json_is_malformed);
    TEST(the_fault_says_line_and_column_in_the_readers_language);
    TEST(it_is_at_most_64_deep);
    TEST(after_a_fault_nothing_is_read);
    TEST(damaged_json_never_does_harm);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
