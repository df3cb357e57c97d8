/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_words_test.c: Spanish words into terms, and the piece of text that shows a match. */
#include "store/search_words.h"
#include "base/buf.h"
#include "base/text.h"
#include "store/search.h"

#include <glib.h>

typedef struct WordsTest {
    Ctx ctx;
} WordsTest;

static void set_up(WordsTest *t, const void *unused)
{
    t->ctx = (Ctx){.arena = arena_new(0), .actor = &actor_system};
}

static void tear_down(WordsTest *t, const void *unused)
{
    arena_free(t->ctx.arena);
}

/* ---- words ---- */
static void words_become_stems_without_accents(WordsTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    g_assert_cmpstr(search_terms(a, "sesión"), ==, "sesion");
    g_assert_cmpstr(search_terms(a, "Las SESIONES del Cabildo"), ==, "sesion cabild");
    g_assert_cmpstr(search_terms(a, "19 de julio, 2022"), ==, "19 juli 2022");
    g_assert_cmpstr(search_terms(a, ""), ==, "");
    g_assert_cmpstr(search_terms(a, NULL), ==, "");
    g_assert_cmpstr(search_terms(a, "de la \"*'"), ==, "");
    /* the accent as a sign of its own */
    g_assert_cmpstr(search_terms(a, "inundacio\xCC\x81n"), ==, "inund");
}

static void assert_same_term(Arena *a, const char *one, const char *other)
{
    g_assert_cmpstr(search_terms(a, one), ==, search_terms(a, other));
}

static void one_and_many_are_the_same_word(WordsTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    assert_same_term(a, "obra", "obras");
    assert_same_term(a, "luz", "luces");
    assert_same_term(a, "año", "años");
    assert_same_term(a, "día", "días");
    assert_same_term(a, "inundación", "INUNDACION");
    assert_same_term(a, "inundación", "inundaciones");
    assert_same_term(a, "luminaria", "luminarias");
    assert_same_term(a, "calle", "calles");
    assert_same_term(a, "árbol", "arboles");
    assert_same_term(a, "mes", "meses");
}

/* A term must never hold what FTS5 or tsquery reads, whatever the text is. */
static void terms_hold_letters_and_digits_only(WordsTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    Buf *text = buf_new(a, 4096, 8 * 1024 * 1024);
    for (gunichar c = 1; c < 0x30000; c++) {
        char utf8[8] = "";
        if (c >= 0xD800 && c < 0xE000)
            continue;
        utf8[g_unichar_to_utf8(c, utf8)] = '\0';
        buf_text(text, utf8);
        if (c % 3 == 0)
            buf_char(text, ' ');
    }
    const char *all = buf_data(text);
    for (size_t at = 0; at < buf_size(text); at += SEARCH_TEXT_MAX / 2) {
        while (((unsigned char)all[at] & 0xC0) == 0x80)
            at++;
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        for (const char *p = search_index_terms(t->ctx.arena, all + at); *p;
             p = g_utf8_next_char(p))
            g_assert_true(*p == ' ' || *p == '_' || g_unichar_isalnum(g_utf8_get_char(p)));
    }
}

/* ---- snippets ---- */
static const char *snippet_of(Arena *a, const char *text, const char *query)
{
    return search_snippet(a, text, search_words(a, query));
}

static void a_snippet_shows_the_match(WordsTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    Buf *text = buf_new(a, 4096, 65536);
    for (int i = 0; i < 60; i++)
        buf_text(text, "palabras que no importan y\nsaltos de línea. ");
    buf_text(text, "Aquí hablan de las Inundaciones del río.");
    for (int i = 0; i < 60; i++)
        buf_text(text, " Más palabras de relleno.");
    const char *snippet = snippet_of(a, buf_data(text), "inundacion");
    g_assert_nonnull(strstr(snippet, "las Inundaciones del río."));
    g_assert_true(text_starts(snippet, "…"));
    g_assert_true(text_ends(snippet, "…"));
    g_assert_null(strchr(snippet, '\n'));
    g_assert_cmpuint(text_graphemes(snippet), <=, SEARCH_SNIPPET_GRAPHEMES + 1);
}

static void a_short_text_is_shown_whole(WordsTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    g_assert_cmpstr(snippet_of(a, "En la  plaza,\nhoy", "hoy"), ==, "En la plaza, hoy");
    g_assert_cmpstr(snippet_of(a, "En la plaza", "otra"), ==, "En la plaza");
    g_assert_cmpstr(snippet_of(a, "", "otra"), ==, "");
}

static void snippets_cut_between_graphemes(WordsTest *t, const void *unused)
{
    static const char family[] = "👩‍👩‍👧‍👦"; /* one grapheme of seven characters */
    Arena *a = t->ctx.arena;
    Buf *text = buf_new(a, 4096, 65536);
    for (int i = 0; i < 100; i++)
        buf_text(text, family);
    buf_text(text, "fiesta");
    for (int i = 0; i < 300; i++)
        buf_text(text, family);
    const char *snippet = snippet_of(a, buf_data(text), "fiesta");
    g_assert_true(text_starts(snippet, "…fiesta👩‍👩‍👧‍👦"));
    g_assert_true(text_ends(snippet, "👩‍👩‍👧‍👦…"));
}

#define WORDS_TEST(fn) g_test_add("/search_words/" #fn, WordsTest, NULL, set_up, fn, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    WORDS_TEST(words_become_stems_without_accents);
    WORDS_TEST(one_and_many_are_the_same_word);
    WORDS_TEST(terms_hold_letters_and_digits_only);
    WORDS_TEST(a_snippet_shows_the_match);
    WORDS_TEST(a_short_text_is_shown_whole);
    WORDS_TEST(snippets_cut_between_graphemes);
    return g_test_run();
}
