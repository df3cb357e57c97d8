/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* folded_test.c: what counts when two texts are compared, and what does not. */
#include "base/folded.h"
#include "base/buf.h"
#include "base/text.h"

#include <glib.h>

static const char *spelled(Arena *a, const char *text)
{
    List words = folded_words(a, text);
    const FoldedWord *w = words.items;
    Buf *out = buf_new(a, 256, 1024 * 1024);
    for (size_t i = 0; i < words.count; i++) {
        buf_text(out, i ? " " : "");
        buf_text(out, w[i].folded);
    }
    return buf_data(out);
}

static void is_spelled(const char *text, const char *as)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    g_assert_cmpstr(spelled(a, text), ==, as);
}

static void case_accents_and_signs_do_not_count(void)
{
    is_spelled("El Ayuntamiento de San Luis Potosí, S.L.P. —¡informa!", "el ayuntamiento de san luis potosi s l p informa");
    is_spelled("*Aviso* _oficial_ “sin” comillas… y\u00A0NIÑOS", "aviso oficial sin comillas y ninos");
    is_spelled("Po\u0301tosi\u0301", "potosi");
    is_spelled("", "");
    is_spelled("… — !!", "");
    is_spelled("🚰💧 agua 👩🏽‍🚒 potable 🇲🇽", "agua potable");
}

static void what_nobody_sees_does_not_part_a_word(void)
{
    is_spelled("ofi\u200Bcial comu\u00ADnicado \uFEFFhoy \u202Eaqui\u202C", "oficial comunicado hoy aqui");
    is_spelled("\u200B\u200B", "");
}

static void numbers_and_their_signs_count(void)
{
    is_spelled("68 de 70; 1,236 pesos, $500 y 25% (-5 °C)", "68 de 70 1 236 pesos $ 500 y 25 % - 5 c");
    is_spelled("2022-07-14", "2022 07 14");
    is_spelled("−3 grados", "- 3 grados");
}

static void scripts_without_gaps_have_words_too(void)
{
    is_spelled("市政府通知", "市 政 府 通 知");
    is_spelled("𝐎𝐟𝐢𝐜𝐢𝐚𝐥 ﬁn", "oficial fin");
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    char *long_one = arena_bytes(a, 100001);
    memset(long_one, 'a', 100000);
    g_assert_cmpuint(folded_words(a, long_one).count, ==, 100000 / FOLDED_LETTERS);
}

static void words_know_where_they_stand(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    const char *text = "¿Cuánto  agua?";
    List words = folded_words(a, text);
    const FoldedWord *w = words.items;
    g_assert_cmpuint(words.count, ==, 2);
    g_assert_cmpstr(arena_copy(a, w[0].at, w[0].size), ==, "Cuánto");
    g_assert_cmpstr(arena_copy(a, w[1].at, w[1].size), ==, "agua");
    g_assert_true(w[0].at == text + 2);
}

/* These numbers are kept in databases: another way to make them would find nothing that was noted before. */
static void runs_are_numbered_the_same_for_ever(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    List words = folded_words(a, "el agua es de todos");
    const FoldedWord *w = words.items;
    g_assert_cmphex(w[1].hash, ==, 0x86e54863ab68c11bu);
    g_assert_cmphex(folded_run(w, 4), ==, 0x4b8c193bdc99e5d2u);
    g_assert_cmphex(folded_run(w, 4), !=, folded_run(w + 1, 4));
    g_assert_cmphex(folded_run(w, 3), !=, folded_run(w, 4));
    g_assert_true(folded_same(&w[0], &w[0]));
    g_assert_false(folded_same(&w[0], &w[1]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/folded/case_accents_and_signs_do_not_count", case_accents_and_signs_do_not_count);
    g_test_add_func("/folded/what_nobody_sees_does_not_part_a_word", what_nobody_sees_does_not_part_a_word);
    g_test_add_func("/folded/numbers_and_their_signs_count", numbers_and_their_signs_count);
    g_test_add_func("/folded/scripts_without_gaps_have_words_too", scripts_without_gaps_have_words_too);
    g_test_add_func("/folded/words_know_where_they_stand", words_know_where_they_stand);
    g_test_add_func("/folded/runs_are_numbered_the_same_for_ever", runs_are_numbered_the_same_for_ever);
    return g_test_run();
}
