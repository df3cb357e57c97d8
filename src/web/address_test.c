/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* address_test.c: what a request line may hold, and what is refused. */
#include "web/address.h"

#include <glib.h>

static AddressFate fate_of(const char *raw)
{
    Arena *a = arena_new(0);
    const char *path = "untouched";
    AddressFate fate = address_path(a, raw, &path);
    if (fate != ADDRESS_FINE)
        g_assert_cmpstr(path, ==, "untouched");
    arena_free(a);
    return fate;
}

static void paths_are_decoded(void)
{
    Arena *a = arena_new(0);
    const char *path;
    g_assert_cmpint(address_path(a, "/agenda/a%C3%B1o", &path), ==, ADDRESS_FINE);
    g_assert_cmpstr(path, ==, "/agenda/año");
    g_assert_cmpint(address_path(a, "/a+b", &path), ==, ADDRESS_FINE);
    g_assert_cmpstr(path, ==, "/a+b"); /* a plus is a plus in a path */
    g_assert_cmpint(address_path(a, "/", &path), ==, ADDRESS_FINE);
    arena_free(a);
}

static void broken_paths_are_refused(void)
{
    static const char *const broken[] = {
        "/%",     "/%4",    "/%zz",    "/%4g",       "/%00",      "/a%2fb",
        "/a%2Fb", "/%ff",   "/%c0%af", "/%ed%a0%80", "/a%0d%0ab", "/a%7f",
        "",       "agenda", "*",       "/a%252f%",   "/\xff",
    };
    for (size_t i = 0; i < COUNT(broken); i++)
        if (fate_of(broken[i]) != ADDRESS_BROKEN)
            g_error("not broken: %s", broken[i]);
}

static void no_address_has_dots_or_nothing_between_slashes(void)
{
    static const char *const unknown[] = {
        "/.", "/..", "/a/../b", "/a/./b", "/%2e%2e/b", "//", "//evil.example", "/a//b", "/a/.."};
    for (size_t i = 0; i < COUNT(unknown); i++)
        if (fate_of(unknown[i]) != ADDRESS_UNKNOWN)
            g_error("not unknown: %s", unknown[i]);
    g_assert_cmpint(fate_of("/a/"), ==, ADDRESS_FINE);
    g_assert_cmpint(fate_of("/a/..."), ==, ADDRESS_FINE);
    g_assert_cmpint(fate_of("/.well-known/x"), ==, ADDRESS_FINE);
}

static void long_paths_are_refused(void)
{
    char path[ADDRESS_MAX + 2];
    memset(path, 'a', sizeof path);
    path[0] = '/';
    path[ADDRESS_MAX] = '\0';
    g_assert_cmpint(fate_of(path), ==, ADDRESS_FINE);
    path[ADDRESS_MAX] = 'a';
    path[ADDRESS_MAX + 1] = '\0';
    g_assert_cmpint(fate_of(path), ==, ADDRESS_LONG);
}

/* ---- fields ---- */

static bool add(void *to, const char *name, const char *value)
{
    g_string_append_printf(to, "[%s|%s]", name, value);
    return true;
}

static char *fields_of(const char *raw)
{
    Arena *a = arena_new(0);
    GString *out = g_string_new(NULL);
    bool fine = address_fields(a, raw, strlen(raw), add, out);
    arena_free(a);
    if (!fine)
        g_string_assign(out, "refused");
    return g_string_free(out, FALSE);
}

static void assert_fields(const char *raw, const char *wanted)
{
    g_autofree char *found = fields_of(raw);
    g_assert_cmpstr(found, ==, wanted);
}

static void fields_are_decoded(void)
{
    assert_fields("", "");
    assert_fields("a=1&b=2&a=3", "[a|1][b|2][a|3]");
    assert_fields("q=a+b%2Bc&vac%C3%ADo=", "[q|a b+c][vacío|]");
    assert_fields("&&a&=x&", "[a|][|x]");
    assert_fields("a=b=c", "[a|b=c]");
}

static void broken_fields_are_refused(void)
{
    static const char *const broken[] = {"a=%",   "a=%1",   "%zz=1",
                                         "a=%ff", "a=%00b", "a=1&b=%e0%80%80"};
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_fields(broken[i], "refused");
}

static void too_many_fields_are_refused(void)
{
    GString *raw = g_string_new(NULL);
    for (int i = 0; i < FIELDS_MAX; i++)
        g_string_append(raw, "a=1&");
    g_autofree char *fine = fields_of(raw->str);
    g_assert_cmpstr(fine, !=, "refused");
    g_string_append(raw, "a=1");
    assert_fields(raw->str, "refused");
    g_string_free(raw, TRUE);
}

static void encoding_is_undone_by_decoding(void)
{
    Arena *a = arena_new(0);
    const char *odd = "¿qué? a&b=c/d+e%f\r\n\"<>";
    const char *raw = arena_printf(a, "x=%s", address_encoded(a, odd, ""));
    g_assert_null(strpbrk(raw, " \r\n\"<>+&"));
    g_autofree char *wanted = g_strdup_printf("[x|%s]", odd);
    assert_fields(raw, wanted);
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/paths_are_decoded", paths_are_decoded);
    g_test_add_func("/address/broken_paths_are_refused", broken_paths_are_refused);
    g_test_add_func("/address/no_address_has_dots_or_nothing_between_slashes",
                    no_address_has_dots_or_nothing_between_slashes);
    g_test_add_func("/address/long_paths_are_refused", long_paths_are_refused);
    g_test_add_func("/address/fields_are_decoded", fields_are_decoded);
    g_test_add_func("/address/broken_fields_are_refused", broken_fields_are_refused);
    g_test_add_func("/address/too_many_fields_are_refused", too_many_fields_are_refused);
    g_test_add_func("/address/encoding_is_undone_by_decoding", encoding_is_undone_by_decoding);
    return g_test_run();
}
