/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multipart_test.c: parts, boundaries that are cut anywhere, and names that cannot be trusted. */
#include "web/multipart.h"

#include <glib.h>

static bool begin(void *to, const Part *part)
{
    g_string_append_printf(to, "[%s|%s|%s:", part->name, part->filename ? part->filename : "-",
                           part->type ? part->type : "-");
    return true;
}

static bool data(void *to, const char *bytes, size_t n)
{
    g_string_append_len(to, bytes, (ssize_t)n);
    return true;
}

static bool end(void *to)
{
    g_string_append_c(to, ']');
    return true;
}

static const PartSink sink = {begin, data, end};

/* What came out, or the trouble. */
static char *parsed(const char *body, size_t n, size_t chunk, int parts_max)
{
    Arena *a = arena_new(0);
    GString *out = g_string_new(NULL);
    Multipart *m = multipart_new(a, "b", parts_max, &sink, out);
    bool fine = true;
    for (size_t at = 0; at < n && fine; at += chunk)
        fine = multipart_feed(m, body + at, at + chunk < n ? chunk : n - at);
    if (!fine || !multipart_closed(m))
        g_string_assign(out, multipart_trouble(m));
    arena_free(a);
    return g_string_free(out, FALSE);
}

static void assert_parsed(const char *body, const char *wanted)
{
    for (size_t chunk = 1; chunk <= strlen(body) + 1; chunk++) {
        g_autofree char *found = parsed(body, strlen(body), chunk, 10);
        g_assert_cmpstr(found, ==, wanted);
    }
}

#define HEAD "Content-Disposition: form-data; name=\"a\"\r\n\r\n"

static void what_looks_like_a_boundary_is_data(void)
{
    assert_parsed("--b\r\n" HEAD "x\r\n--c\r\n-b\r\r\n\r\n--\r\n--b--\r\n",
                  "[a|-|-:x\r\n--c\r\n-b\r\r\n\r\n--]");
    assert_parsed("--b\r\n" HEAD "\r\n--b--", "[a|-|-:]");
    assert_parsed("--b\r\n" HEAD "\r\r\n--b--\r\n", "[a|-|-:\r]");
    assert_parsed("--b\r\n" HEAD "--b\r\n--b--\r\n", "[a|-|-:--b]");
    assert_parsed("\r\n--b\r\n" HEAD "1\r\n--b\r\n" HEAD "2\r\n--b--\r\n\r\n",
                  "[a|-|-:1][a|-|-:2]");
}

static void a_longer_boundary_is_none(void)
{
    assert_parsed("--b\r\n" HEAD "1\r\n--bb\r\n--b--\r\n", "a boundary of the form is broken");
}

static void a_cut_form_is_said_to_be_cut(void)
{
    static const char body[] = "--b\r\n" HEAD "x\r\n--b--";
    for (size_t n = 0; n < sizeof body - 1; n++) {
        g_autofree char *found = parsed(body, n, 1000, 10);
        g_assert_cmpstr(found, ==, "the form ended before its last boundary: send it again");
    }
    g_autofree char *whole = parsed(body, sizeof body - 1, 1000, 10);
    g_assert_cmpstr(whole, ==, "[a|-|-:x]");
}

static void heads_have_an_end(void)
{
    GString *body = g_string_new("--b\r\nX: ");
    while (body->len < 2 * MULTIPART_HEAD_MAX)
        g_string_append_c(body, 'x');
    g_autofree char *found = parsed(body->str, body->len, 100, 10);
    g_assert_cmpstr(found, ==, "the head of a part is too long");
    g_string_free(body, TRUE);
}

static void parts_are_counted(void)
{
    static const char body[] = "--b\r\n" HEAD "1\r\n--b\r\n" HEAD "2\r\n--b--";
    g_autofree char *two = parsed(body, strlen(body), 7, 2);
    g_assert_cmpstr(two, ==, "[a|-|-:1][a|-|-:2]");
    g_autofree char *one = parsed(body, strlen(body), 7, 1);
    g_assert_cmpstr(one, ==, "the form has too many parts");
}

static void names_are_read_as_browsers_write_them(void)
{
    assert_parsed(
        "--b\r\ncontent-disposition: form-data; name=\"a%22b\"; filename=\"año %0d%0A.txt\"\r\n"
        "CONTENT-TYPE:  Text/Plain; charset=x\r\n\r\nx\r\n--b--\r\n",
        "[a\"b|año .txt|text/plain:x]");
}

static void two_dispositions_are_refused(void)
{
    assert_parsed("--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: "
                  "form-data; name=\"b\""
                  "\r\n\r\nx\r\n--b--",
                  "a line in the head of a part is broken");
}

static void file_names_lose_their_folders(void)
{
    static const char *const names[][2] = {
        {"foto.jpg", "foto.jpg"},
        {"/etc/passwd", "passwd"},
        {"..\\..\\a.exe", "a.exe"},
        {"a/../..", "archivo"},
        {"..", "archivo"},
        {".", "archivo"},
        {"a/", "archivo"},
        {"  ", "archivo"},
        {"a\x01\nb.txt", "a b.txt"},
        {"gpj.\xe2\x80\xae"
         "exe",
         "archivo"},
        {"señal ñ.png", "señal ñ.png"},
    };
    Arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT(names); i++)
        g_assert_cmpstr(multipart_filename(a, names[i][0]), ==, names[i][1]);
    g_autofree char *longest = g_strnfill(5000, 'x');
    g_assert_cmpuint(strlen(multipart_filename(a, longest)), <, 200);
    arena_free(a);
}

static void boundaries_are_checked(void)
{
    Arena *a = arena_new(0);
    g_autofree char *longest = g_strnfill(70, 'x');
    g_autofree char *too_long = g_strnfill(71, 'x');
    g_assert_nonnull(multipart_new(a, longest, 1, &sink, NULL));
    g_assert_null(multipart_new(a, too_long, 1, &sink, NULL));
    g_assert_null(multipart_new(a, "", 1, &sink, NULL));
    g_assert_null(multipart_new(a, NULL, 1, &sink, NULL));
    g_assert_null(multipart_new(a, "a\r\n", 1, &sink, NULL));
    g_assert_null(multipart_new(a, "a ", 1, &sink, NULL));
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multipart/what_looks_like_a_boundary_is_data",
                    what_looks_like_a_boundary_is_data);
    g_test_add_func("/multipart/a_longer_boundary_is_none", a_longer_boundary_is_none);
    g_test_add_func("/multipart/a_cut_form_is_said_to_be_cut", a_cut_form_is_said_to_be_cut);
    g_test_add_func("/multipart/heads_have_an_end", heads_have_an_end);
    g_test_add_func("/multipart/parts_are_counted", parts_are_counted);
    g_test_add_func("/multipart/names_are_read_as_browsers_write_them",
                    names_are_read_as_browsers_write_them);
    g_test_add_func("/multipart/two_dispositions_are_refused", two_dispositions_are_refused);
    g_test_add_func("/multipart/file_names_lose_their_folders", file_names_lose_their_folders);
    g_test_add_func("/multipart/boundaries_are_checked", boundaries_are_checked);
    return g_test_run();
}
