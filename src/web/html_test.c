/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* html_test.c: what is escaped, where, and which addresses become links. */
#include "web/html.h"

#include <glib.h>

static const City city = {.name = "San Luis Potosí",
                          .office = "Comunicación Social",
                          .base_url = "https://vocero.example"};

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena_new(0), .actor = &actor_nobody, .city = &city};
}

static void assert_drawn(Html *h, const char *wanted)
{
    g_assert_cmpstr(html_finish(h).s, ==, wanted);
    arena_free(html_arena(h));
}

static void text_cannot_become_a_tag(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    put(h, "<script>alert('x')</script> & \"comillas\"");
    assert_drawn(h, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;comillas&quot;");
}

static void text_cannot_leave_its_attribute(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    put_attr(h, "\" onmouseover=\"alert(1)");
    put_attr(h, "' autofocus '");
    assert_drawn(h, "&quot; onmouseover=&quot;alert(1)&#39; autofocus &#39;");
}

static void an_address_is_escaped_too(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    put_url(h, url_query(ctx.arena, url_literal("/buscar"), "q", "a&b=\"c\" <d>"));
    assert_drawn(h, "/buscar?q=a%26b%3D%22c%22%20%3Cd%3E");
}

static void nothing_prints_nothing(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    put(h, (const char *)NULL);
    put(h, "");
    g_assert_cmpuint(html_size(h), ==, 0);
    assert_drawn(h, "");
}

static void numbers_are_grouped_in_text_only(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    static const i64 numbers[] = {0, 999, 1000, -1000, 1234567, -999, INT64_MIN};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        put(h, numbers[i]);
        html_raw(h, " ", 1);
    }
    put_attr(h, (i64)1234567);
    assert_drawn(h, "0 999 1,000 -1,000 1,234,567 -999 -9,223,372,036,854,775,808 1234567");
}

static void safe_html_goes_in_as_it_is(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    put(h, safe_literal("<b>sí</b>"));
    assert_drawn(h, "<b>sí</b>");
}

static void a_page_ends_at_its_maximum(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    char kilobyte[1025] = "";
    memset(kilobyte, 'x', 1024);
    for (int i = 0; i < HTML_MAX / 1024; i++)
        html_text(h, kilobyte);
    g_assert_false(html_over(h));
    html_text(h, "x");
    g_assert_true(html_over(h));
    g_assert_cmpuint(html_size(h), <=, HTML_MAX);
    arena_free(ctx.arena);
}

static void an_icon_says_nothing_to_a_screen_reader(void)
{
    Ctx ctx = new_ctx();
    Html *h = html_new(&ctx);
    html_icon(h, "calendar-event");
    g_assert_true(g_str_has_prefix(html_finish(h).s,
                                   "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/"));
    g_assert_true(g_str_has_suffix(html_finish(h).s, "#i-calendar-event\"/></svg>"));
    arena_free(ctx.arena);
}

/* ---- addresses ---- */

static void only_the_web_is_outside(void)
{
    static const char *const refused[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/inside",
        "http:evil.example",
        "http://",
        "https:///path",
        "https://a b/",
        "https://a\nb/",
        "ftp://a/",
        "https://us\\er@evil/",
        "https://user:pass@host/",
        "",
        "mailto:a@b",
        "https://a/ b",
        "https://a/\"x",
        "https://a/<b>",
        "https://a/\\b",
        "https://a/\xff",
        "https://ho<st/",
        "http://?x",
    };
    Arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT(refused); i++) {
        Url url = url_literal("untouched");
        if (url_outside(a, refused[i], &url))
            g_error("taken: %s", refused[i]);
        g_assert_cmpstr(url.s, ==, "untouched");
    }
    Url url;
    g_assert_true(url_outside(a, " https://www.sanluis.gob.mx/nota?id=1#a ", &url));
    g_assert_cmpstr(url.s, ==, "https://www.sanluis.gob.mx/nota?id=1#a");
    g_assert_true(url_outside(a, "HTTP://[::1]:8080/", &url));
    g_assert_true(url_outside(a, "https://es.wikipedia.org/wiki/San_Luis_Potosí", &url));
    g_assert_cmpstr(url.s, ==, "https://es.wikipedia.org/wiki/San_Luis_Potos%C3%AD");
    arena_free(a);
}

static void the_way_back_stays_inside(void)
{
    static const char *const refused[] = {
        "//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\nb",
        "/a\tb",          "/\x7f",           "javascript:alert(1)"};
    Arena *a = arena_new(0);
    Url url;
    for (size_t i = 0; i < COUNT(refused); i++)
        if (url_inside(a, refused[i], &url))
            g_error("taken: %s", refused[i]);
    g_assert_false(url_inside(a, NULL, &url));
    g_assert_true(url_inside(a, "/mesa/agenda?mes=2022-07#h", &url));
    g_assert_cmpstr(url.s, ==, "/mesa/agenda?mes=2022-07#h");
    arena_free(a);
}

static void queries_are_put_before_the_part(void)
{
    Arena *a = arena_new(0);
    Url url = url_query(a, url_literal("/agenda#hoy"), "mes", "2022-07");
    g_assert_cmpstr(url.s, ==, "/agenda?mes=2022-07#hoy");
    g_assert_cmpstr(url_query(a, url, "q", "año").s, ==, "/agenda?mes=2022-07&q=a%C3%B1o#hoy");
    g_assert_cmpstr(url_query(a, url, "q", NULL).s, ==, url.s);
    g_assert_cmpstr(url_slug(a, "/agenda/", "a/../b?c", ".ics").s, ==,
                    "/agenda/a%2F..%2Fb%3Fc.ics");
    g_assert_cmpstr(url_mailto(a, "a?bcc=x@b.mx").s, ==, "mailto:a%3Fbcc%3Dx@b.mx");
    arena_free(a);
}

static void data_for_machines_cannot_be_ended_from_inside(void)
{
    Arena *a = arena_new(0);
    Ctx ctx = {.arena = a, .actor = &actor_nobody};
    Html *h = html_new(&ctx);
    Buf *json = buf_new(a, 64, 1024);
    buf_text(json, "{\"name\":\"</script><script>alert(1)\"}");
    html_data(h, json);
    g_assert_cmpstr(html_finish(h).s, ==,
                    "<script type=\"application/ld+json\">{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\"}</script>");
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/html/text_cannot_become_a_tag", text_cannot_become_a_tag);
    g_test_add_func("/html/data_for_machines_cannot_be_ended_from_inside", data_for_machines_cannot_be_ended_from_inside);
    g_test_add_func("/html/text_cannot_leave_its_attribute", text_cannot_leave_its_attribute);
    g_test_add_func("/html/an_address_is_escaped_too", an_address_is_escaped_too);
    g_test_add_func("/html/nothing_prints_nothing", nothing_prints_nothing);
    g_test_add_func("/html/numbers_are_grouped_in_text_only", numbers_are_grouped_in_text_only);
    g_test_add_func("/html/safe_html_goes_in_as_it_is", safe_html_goes_in_as_it_is);
    g_test_add_func("/html/a_page_ends_at_its_maximum", a_page_ends_at_its_maximum);
    g_test_add_func("/html/an_icon_says_nothing_to_a_screen_reader",
                    an_icon_says_nothing_to_a_screen_reader);
    g_test_add_func("/html/only_the_web_is_outside", only_the_web_is_outside);
    g_test_add_func("/html/the_way_back_stays_inside", the_way_back_stays_inside);
    g_test_add_func("/html/queries_are_put_before_the_part", queries_are_put_before_the_part);
    return g_test_run();
}
