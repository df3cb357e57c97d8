/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_test.c: what foreign HTML and Markdown become, word for word; that nothing else gets through; that bombs do not go off. */
#include "web/markdown.h"

#include <glib.h>

#include "base/json.h"
#include "web/sanitize_fuzz_check.h"

#define VECTORS "trials/fixtures/sanitize.json"

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena_new(256 * 1024 * 1024), .actor = &actor_nobody};
}

static const char *same(UNUSED Ctx *ctx, const char *src, UNUSED void *data)
{
    return src;
}

static const SanitizeRules all = {.images = true, .image_url = same, .anchors = true};

/* As it comes out; read again, it is allowed; once more through, it is the same. */
static void assert_clean(const char *html, size_t n, const char *wanted)
{
    Ctx ctx = new_ctx();
    Sanitized clean = {0};
    g_assert_true(sanitize(&ctx, html, n, &all, &clean));
    g_assert_cmpstr(clean.html.s, ==, wanted);
    g_assert_true(check_allowed(clean.html.s));
    g_assert_true(check_settled(&ctx, clean.html.s, &all));
    arena_free(ctx.arena);
}

static void assert_html(const char *html, const char *wanted)
{
    assert_clean(html, strlen(html), wanted);
}

/* The same file is what the browser trial shows in a page. */
static void every_vector_comes_out_as_written(void)
{
    Ctx ctx = new_ctx();
    char *text;
    gsize n;
    g_assert_true(g_file_get_contents(VECTORS, &text, &n, NULL));
    const Json *vectors = json_read(&ctx, text, n);
    g_assert_nonnull(vectors);
    g_assert_cmpuint(json_count(vectors), >, 120);
    for (size_t i = 0; i < json_count(vectors); i++) {
        const Json *v = json_at(vectors, i);
        assert_html(json_text_of(json_get(v, "html")), json_text_of(json_get(v, "wanted")));
    }
    g_free(text);
    arena_free(ctx.arena);
}

static void bytes_that_are_no_text_do_no_harm(void)
{
    static const char zero[] = "a\0b<scr\0ipt>c";
    assert_clean(zero, sizeof zero - 1, "<p>abc</p>");
    assert_html("a\xff\xc3(b", "<p>a\xef\xbf\xbd\xef\xbf\xbd(b</p>");
    assert_html("a\xed\xa0\x80z", "<p>a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz</p>"); /* half a surrogate */
    assert_html("a\xc0\xbcscript>z", "<p>a\xef\xbf\xbd\xef\xbf\xbdscript&gt;z</p>"); /* < in too many bytes */
}

static void what_is_too_deep_keeps_its_text(void)
{
    GString *html = g_string_new(NULL);
    for (int i = 0; i < 200; i++)
        g_string_append(html, "<blockquote>");
    g_string_append(html, "dentro");
    Ctx ctx = new_ctx();
    Sanitized clean = {0};
    g_assert_true(sanitize(&ctx, html->str, html->len, NULL, &clean));
    g_assert_cmpstr(clean.text, ==, "dentro");
    g_assert_true(check_settled(&ctx, clean.html.s, NULL));
    g_string_free(html, true);
    arena_free(ctx.arena);
}

/* Refused with a sentence or taken, but soon: a second under the sanitizers, where all is ten times slower. */
/* AddressSanitizer copies at every realloc, of which md4c asks one for each few levels: that is its time and not ours. */
#ifdef __SANITIZE_ADDRESS__
#define BOMB_MOST (60 * CLOCK_SECOND)
#else
#define BOMB_MOST (3 * CLOCK_SECOND)
#endif

static void assert_no_bang(bool markdown, const char *before, const char *each, size_t size)
{
    GString *text = g_string_new(before);
    while (text->len + strlen(each) < size)
        g_string_append(text, each);
    Ctx ctx = new_ctx();
    Sanitized clean = {0};
    i64 from = clock_monotonic();
    bool done = markdown ? markdown_html(&ctx, text->str, &all, &clean) : sanitize(&ctx, text->str, text->len, &all, &clean);
    i64 took = clock_monotonic() - from;
    g_test_message("%s… %s in %" PRId64 " ms", each, done ? "taken" : ctx.fault.what, took / 1000);
    if (!done)
        g_assert_cmpint(ctx.fault.kind, ==, FAULT_TOO_LARGE);
    g_assert_cmpint(took, <, BOMB_MOST);
    g_string_free(text, true);
    arena_free(ctx.arena);
}

static void bombs_of_html_do_not_go_off(void)
{
    static const char *const each[] = {
        "<b>", "<ul><li>", "<b><p></b>", "<table>", "<table><tr><td>", "<a href=/x>", "<", "&", "<br>", "<svg>", "<select><option>",
        "<!--", "<p><font a>x", "<button>", "<h2>a", "<template>", "<td>", "<a><div>", " a=b", "<b><p>1<i></b>2</p></i>",
    };
    for (size_t i = 0; i < COUNT(each); i++)
        assert_no_bang(false, i == 18 ? "<a" : "", each[i], SANITIZE_MAX);
}

static void bombs_of_markdown_do_not_go_off(void)
{
    static const char *const each[] = {"[", "[a](", "![", "*", "*a ", "_*", "`a", "> ", "- ", "1. ", "www.", "a@a.", "~a_", "<a ",
                                       "\\", "&a;", "[x][", "[](", "a**b", "# a\n", "- a\n\n", "> a\n> — b\n\n", "https://x.mx/("};
    for (size_t i = 0; i < COUNT(each); i++)
        assert_no_bang(true, "", each[i], MARKDOWN_MAX);
    assert_no_bang(true, "|a|b|\n|---|---|\n", "|\n", MARKDOWN_MAX);
    assert_no_bang(true, "[a]: /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\n", "[a]", MARKDOWN_MAX);
}

static void a_wide_table_is_refused(void)
{
    GString *text = g_string_new(NULL);
    for (int row = 0; row < 2; row++) {
        for (int i = 0; i < 60; i++)
            g_string_append(text, row ? "|---" : "|a");
        g_string_append(text, "|\n");
    }
    Ctx ctx = new_ctx();
    Sanitized clean;
    g_assert_false(markdown_html(&ctx, text->str, NULL, &clean));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_TOO_LARGE);
    g_string_free(text, true);
    arena_free(ctx.arena);
}

/* ---- Markdown ---- */

static void assert_markdown(const char *text, const char *wanted)
{
    Ctx ctx = new_ctx();
    Sanitized clean = {0};
    g_assert_true(markdown_html(&ctx, text, NULL, &clean));
    g_assert_cmpstr(clean.html.s, ==, wanted);
    arena_free(ctx.arena);
}

static void markdown_becomes_what_it_says(void)
{
    assert_markdown("# Uno\n\nHola **mundo** y <b>esto</b>", "<h2>Uno</h2>\n<p>Hola <strong>mundo</strong> y &lt;b&gt;esto&lt;/b&gt;</p>");
    assert_markdown("[a](javascript:alert(1)) [b](/c)", "<p>a <a href=\"/c\">b</a></p>");
    assert_markdown("    con sangría", "<p>con sangría</p>");
    assert_markdown("![foto](https://e.example/x.jpg)", "<p>foto</p>");
    assert_markdown("www.slp.example", "<p><a href=\"http://www.slp.example\" rel=\"noopener noreferrer nofollow\">www.slp.example</a></p>");
    assert_markdown(NULL, "");
}

static void the_last_line_of_a_quote_names_its_source(void)
{
    assert_markdown("> Vamos.\n> — Ana", "<blockquote>\n<p>Vamos.</p>\n<p><cite>— Ana</cite></p></blockquote>");
    assert_markdown("> Vamos.\n>\n> -- Ana *Ruiz*", "<blockquote>\n<p>Vamos.</p>\n<p><cite>— Ana <em>Ruiz</em></cite></p></blockquote>");
    assert_markdown("> Sin fuente", "<blockquote>\n<p>Sin fuente</p></blockquote>");
    assert_markdown("— Ana", "<p>— Ana</p>");
}

static void headings_make_a_table_of_contents(void)
{
    Ctx ctx = new_ctx();
    Sanitized clean = {0};
    g_assert_true(markdown_html(&ctx, "## Qué sigue\n\nx\n\n### Qué sigue", &all, &clean));
    const Heading *h = clean.headings.items;
    g_assert_cmpuint(clean.headings.count, ==, 2);
    g_assert_cmpstr(h[0].id, ==, "t-que-sigue");
    g_assert_cmpstr(h[1].id, ==, "t-que-sigue-2");
    g_assert_cmpint(h[1].level, ==, 3);
    g_assert_cmpstr(clean.text, ==, "Qué sigue\nx\nQué sigue");
    arena_free(ctx.arena);
}

/* ---- and back ---- */

static void assert_back(const char *html, const char *wanted)
{
    Ctx ctx = new_ctx();
    g_assert_cmpstr(sanitize_markdown(&ctx, html, strlen(html), &all), ==, wanted);
    g_assert_false(faulted(&ctx));
    arena_free(ctx.arena);
}

static void html_becomes_markdown(void)
{
    assert_back("<h2>A * b</h2><p>c <b>d</b> <i>e</i>f_g</p>", "## A \\* b\n\nc **d** *e*f_g");
    assert_back("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c");
    assert_back("<ol start=3><li>a<li><p>b<p>c</ol>", "3. a\n4. b\n\n   c");
    assert_back("<blockquote><p>a</p><cite>b</cite></blockquote>", "> a\n>\n> — b");
    assert_back("<table><tr><th>a|b<th>c<tr><td>1</table>", "| a\\|b | c |\n|---|---|\n| 1 | |");
    assert_back("<a href='https://e.example/(x)'>l</a><br>1. x", "[l](<https://e.example/(x)>)\\\n1\\. x");
    assert_back("<p>a<br></p><figure>b</figure>c<br>d<br>", "a\n\nb\n\nc\\\nd");
    assert_back("<pre>a\n ```b</pre>", "````\na\n ```b\n````");
    assert_back("<p># a</p><p>- b</p><p>&amp;lt; &lt;b></p>", "\\# a\n\n\\- b\n\n\\&lt; \\<b>");
}

/* Made into Markdown and back, a text loses nothing. */
static void what_was_turned_twice_says_the_same(void)
{
    static const char *const texts[] = {
        "<p>**a** __b__ ~~c~~ `d` [e](f) ![g](h) <i>i.</i>j <b>k </b>l<b>m</b></p>", "<p>a<br>- b<br>+ c<br>2) d<br>## e<br>> f<br>| g |<br>---</p>",
        "<p>https://e.example/a_b_c*d* www.x_y_.mx a_b@c.mx</p>", "<ul><li><b>a</b>b<p>c</p><table><tr><td>d</table></ul>",
        "<blockquote><ul><li>a<blockquote>b</blockquote></ul></blockquote>", "<p><b><i>a</i></b><i><b>b</b></i></p>", "<pre>`</pre><p>\\</p><p>&amp;copy;</p>",
        "<details><summary>s</summary>x</details><dl><dt>a<dd>b</dl><hr>", "<p>=</p><p>===</p>a<br>===",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        Ctx ctx = new_ctx();
        Sanitized clean = {0}, again = {0};
        g_assert_true(sanitize(&ctx, texts[i], strlen(texts[i]), NULL, &clean));
        g_assert_true(markdown_html(&ctx, sanitize_markdown(&ctx, texts[i], strlen(texts[i]), NULL), NULL, &again));
        g_auto(GStrv) before = g_strsplit_set(clean.text, " \n\t", -1), after = g_strsplit_set(again.text, " \n\t", -1);
        g_autofree char *one = g_strjoinv("", before), *other = g_strjoinv("", after);
        g_assert_cmpstr(one, ==, other);
        arena_free(ctx.arena);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(f) g_test_add_func("/sanitize/" #f, f)
    TEST(every_vector_comes_out_as_written);
    TEST(bytes_that_are_no_text_do_no_harm);
    TEST(what_is_too_deep_keeps_its_text);
    TEST(bombs_of_html_do_not_go_off);
    TEST(bombs_of_markdown_do_not_go_off);
    TEST(a_wide_table_is_refused);
    TEST(markdown_becomes_what_it_says);
    TEST(the_last_line_of_a_quote_names_its_source);
    TEST(headings_make_a_table_of_contents);
    TEST(html_becomes_markdown);
    TEST(what_was_turned_twice_says_the_same);
    return g_test_run();
}
