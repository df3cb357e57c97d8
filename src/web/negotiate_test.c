/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate_test.c: media types and what a header wants. */
#include "web/negotiate.h"

#include <glib.h>

static int chosen(const char *accept, unsigned formats, bool program)
{
    Format format = FORMAT_COUNT;
    return negotiate(accept, formats, program, &format) ? (int)format : -1;
}

static void the_best_liked_is_taken(void)
{
    const unsigned all = AS_HTML | AS_JSON | AS_CSV;
    g_assert_cmpint(chosen("text/html;q=0.1, application/json;q=0.2", all, false), ==, FORMAT_JSON);
    g_assert_cmpint(chosen("text/*;q=0.9, text/html;q=0.1", all, false), ==, FORMAT_CSV);
    g_assert_cmpint(chosen("*/*;q=0.1, application/json", all, false), ==, FORMAT_JSON);
    g_assert_cmpint(chosen("TEXT/HTML", all, false), ==, FORMAT_HTML);
    g_assert_cmpint(chosen("text/html ; q=0.2 , text/csv ; q=0.3", all, false), ==, FORMAT_CSV);
    g_assert_cmpint(chosen("text/html;level=1;q=0.2,text/csv;q=0.1", all, false), ==, FORMAT_HTML);
}

static void zero_is_a_no(void)
{
    g_assert_cmpint(chosen("text/html;q=0, */*", AS_HTML | AS_JSON, false), ==, FORMAT_JSON);
    g_assert_cmpint(chosen("text/html;q=0.000, */*", AS_HTML, false), ==, -1);
    g_assert_cmpint(chosen("image/png", AS_HTML | AS_JSON, false), ==, -1);
    g_assert_cmpint(chosen("", AS_HTML, false), ==, -1);
    g_assert_cmpint(chosen("text", AS_HTML, false), ==, -1);
}

static void a_tie_is_broken_by_who_asks(void)
{
    g_assert_cmpint(chosen(NULL, AS_HTML | AS_JSON, false), ==, FORMAT_HTML);
    g_assert_cmpint(chosen(NULL, AS_HTML | AS_JSON, true), ==, FORMAT_JSON);
    g_assert_cmpint(chosen("*/*", AS_HTML | AS_CSV, true), ==, FORMAT_CSV);
    g_assert_cmpint(chosen(NULL, AS_STREAM, false), ==, FORMAT_STREAM);
    g_assert_cmpint(chosen("text/html,*/*;q=0.8", AS_ATOM, false), ==, FORMAT_ATOM);
}

static void nonsense_does_no_harm(void)
{
    static const char *const nonsense[] = {
        ",,,", ";q=1", "text/html;q",    "text/html;q=", "text/html;q=x", "text/html;;;q=2",
        "*/",  "/*",   "text/html;q=-1", "a;b;c;q=0;d"};
    for (size_t i = 0; i < COUNT(nonsense); i++)
        chosen(nonsense[i], AS_HTML | AS_JSON, false);
    GString *many = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append(many, "a/b,");
    g_assert_cmpint(chosen(many->str, AS_HTML, false), ==, -1);
    g_string_free(many, TRUE);
}

static void types_are_read(void)
{
    Arena *a = arena_new(0);
    g_assert_cmpstr(media_type(a, " Text/HTML ;charset=utf-8"), ==, "text/html");
    g_assert_null(media_type(a, NULL));
    g_assert_null(media_type(a, ""));
    g_assert_null(media_type(a, "text"));
    g_assert_null(media_type(a, "text/"));
    g_assert_null(media_type(a, "/html"));
    g_assert_null(media_type(a, "te xt/html"));
    g_assert_null(media_type(a, "text/html/x"));
    arena_free(a);
}

static void parameters_are_read(void)
{
    Arena *a = arena_new(0);
    const char *header = "form-data; name=\"a \\\"b\\\"; c\"; filename=x.txt;flag; Boundary=\"y\"";
    g_assert_cmpstr(media_param(a, header, "name"), ==, "a \"b\"; c");
    g_assert_cmpstr(media_param(a, header, "filename"), ==, "x.txt");
    g_assert_cmpstr(media_param(a, header, "boundary"), ==, "y");
    g_assert_null(media_param(a, header, "flag"));
    g_assert_null(media_param(a, header, "nothing"));
    g_assert_null(media_param(a, "a; name=\"no end", "name"));
    g_assert_null(media_param(a, "a; name=", "name"));
    g_assert_null(media_param(a, NULL, "name"));
    g_assert_cmpstr(media_param(a, "a; xname=1; name=2", "name"), ==, "2");
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/negotiate/the_best_liked_is_taken", the_best_liked_is_taken);
    g_test_add_func("/negotiate/zero_is_a_no", zero_is_a_no);
    g_test_add_func("/negotiate/a_tie_is_broken_by_who_asks", a_tie_is_broken_by_who_asks);
    g_test_add_func("/negotiate/nonsense_does_no_harm", nonsense_does_no_harm);
    g_test_add_func("/negotiate/types_are_read", types_are_read);
    g_test_add_func("/negotiate/parameters_are_read", parameters_are_read);
    return g_test_run();
}
