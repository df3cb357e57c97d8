/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* passages_test.c: what was changed is shown, and nothing else is. */
#include "base/passages.h"
#include "base/buf.h"
#include "base/text.h"

#include <glib.h>

#define WELL \
    "Este jueves se puso en marcha el nuevo pozo de la colonia Las Piedras, que dará agua a 2,350 familias; la obra costó " \
    "once millones de pesos y se concluyó tres semanas antes de lo previsto. Nadie tiene que pagar por la conexión."

/* [-was-], {+is+} and … around what is the same. */
static const char *shown(Arena *a, Passages p)
{
    static const char *const before[] = {"", "[-", "{+", "…"}, *const behind[] = {"", "-]", "+}", ""};
    Buf *out = buf_new(a, 1024, 1 << 20);
    for (const Passage *one = p.list.items, *end = one + p.list.count; one < end; one++)
        buf_printf(out, "%s%s%s%s", buf_size(out) ? " " : "", before[one->kind], one->text ? one->text : "", behind[one->kind]);
    return buf_data(out);
}

static void compared(const char *older, const char *newer, const char *as)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    g_assert_cmpstr(shown(a, passages_compare(a, older, newer)), ==, as);
}

static void what_does_not_count_is_no_change(void)
{
    compared(WELL, WELL, "");
    compared("El agua, hoy.", "*EL AGUA* hoy 💧", "");
    compared("", "", "");
}

static void a_changed_number_is_shown_with_what_stands_around(void)
{
    compared("Son 2,350 familias", "Son 2,950 familias", "Son 2 [-350-] {+950+} familias");
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    g_auto(GStrv) parts = g_strsplit(WELL, "once", 2);
    g_autofree char *newer = g_strjoinv("noventa", parts);
    Passages p = passages_compare(a, WELL, newer);
    g_assert_cmpstr(shown(a, p), ==,
                    "… que dará agua a 2,350 familias; la obra costó [-once-] {+noventa+} millones de pesos y se concluyó tres semanas antes de …");
    g_assert_cmpint(p.changes, ==, 1);
    g_assert_false(p.begins_later || p.ends_sooner || p.cut);
    g_assert_cmpint(p.same, ==, p.older - 1);
}

static void a_part_is_no_change(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Passages p = passages_compare(a, WELL, "que dará agua a 2,350 familias; la obra costó once millones");
    g_assert_cmpint(p.changes, ==, 0);
    g_assert_true(p.begins_later && p.ends_sooner);
    p = passages_compare(a, "Nuevo pozo. " WELL " Fin.", WELL);
    g_assert_cmpint(p.changes, ==, 0); /* however little is left out at the ends */
    g_assert_true(p.begins_later && p.ends_sooner);
    p = passages_compare(a, WELL, "que dará agua a 2,350 familias; la obra costó once millo…");
    g_assert_cmpint(p.changes, ==, 0); /* cut in a word */
    p = passages_compare(a, WELL, "nuevo pozo de la colonia Las Piedras, que dará agua a 2,35");
    g_assert_cmpint(p.changes, ==, 1); /* another number */
    p = passages_compare(a, WELL, "el nuevo pozo");
    g_assert_cmpint(p.changes, ==, 0);
    p = passages_compare(a, WELL, "que dará agua a 2,350 personas; la obra costó once millones");
    g_assert_cmpint(p.changes, ==, 1);
    g_assert_true(p.begins_later && p.ends_sooner);
    p = passages_compare(a, WELL, "que no dará agua a 2,350 familias; la obra costó once millones");
    g_assert_cmpstr(shown(a, p), ==, "que {+no+} dará agua a 2,350 familias; la obra costó once …");
}

static void what_was_added_at_the_ends_is_shown(void)
{
    compared("uno dos tres cuatro cinco seis", "Reenviado urgente: uno dos tres cuatro cinco seis. ¡Compártelo!",
             "{+Reenviado urgente+} uno dos tres cuatro cinco seis {+Compártelo+}");
    compared("uno dos tres cuatro cinco seis", "cero dos tres cuatro cinco seis", "[-uno-] {+cero+} dos tres cuatro cinco seis");
    compared("uno dos tres cuatro cinco seis", "uno dos tres cuatro cinco siete", "uno dos tres cuatro cinco [-seis-] {+siete+}");
}

static void what_was_left_out_or_moved_is_shown(void)
{
    compared("uno dos tres cuatro cinco seis siete ocho nueve", "uno dos tres cuatro seis siete ocho nueve",
             "uno dos tres cuatro [-cinco-] seis siete ocho nueve");
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Passages p = passages_compare(a, "a b c d e f g h i j k l", "g h i j k l a b c d e f");
    g_assert_cmpint(p.changes, >, 0);
    g_assert_cmpint(p.longest, ==, 6);
}

static void texts_without_anything_in_common_are_no_passages(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Passages p = passages_compare(a, WELL, "Otra cosa muy distinta, dicha con palabras diferentes");
    g_assert_cmpint(p.longest, <=, 1);
    p = passages_compare(a, WELL, "");
    g_assert_cmpint(p.same, ==, 0);
    p = passages_compare(a, "", WELL);
    g_assert_cmpint(p.changes, ==, 1);
}

/* ---- any edit of any text ---- */
typedef struct Edit {
    GString *older, *newer;
    GRand *random;
    int changes;
} Edit;

static void say_word(GString *to, int n)
{
    g_string_append_printf(to, "%spal%d", to->len ? " " : "", n);
}

/* Words from a small stock, so that runs come again; every tenth word or so is changed, added or left out. */
static void make(Edit *e, int words, int stock)
{
    for (int i = 0; i < words; i++) {
        int n = g_rand_int_range(e->random, 0, stock), what = g_rand_int_range(e->random, 0, 30);
        say_word(e->older, n);
        if (what == 0)
            say_word(e->newer, n + stock);
        if (what == 1) {
            say_word(e->newer, n);
            say_word(e->newer, n + stock);
        }
        if (what > 2)
            say_word(e->newer, n);
        e->changes += what <= 2;
    }
}

/* What is shown as published stands in what was published, word for word, and so for the text in hand. */
static void check(Edit *e)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Passages p = passages_compare(a, e->older->str, e->newer->str);
    for (const Passage *one = p.list.items, *end = one + p.list.count; one < end; one++)
        if (one->kind != PASSAGE_GAP)
            g_assert_nonnull(strstr(one->kind == PASSAGE_IS ? e->newer->str : e->older->str, one->text));
    g_assert_cmpint(p.same, <=, p.older);
    g_assert_cmpint(p.same, <=, p.newer);
    g_assert_cmpint(p.changes, <=, e->changes);
    g_assert_true(p.cut || p.changes <= PASSAGES_CHANGES);
    g_assert_true(e->changes == 0 || p.changes > 0 || p.begins_later || p.ends_sooner);
}

static void any_edit_is_shown_truly(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    for (int turn = 0; turn < 300; turn++) {
        Edit e = {g_string_new(NULL), g_string_new(NULL), random, 0};
        make(&e, g_rand_int_range(random, 1, 300), turn % 3 ? 5000 : 300);
        check(&e);
        g_string_free(e.older, TRUE);
        g_string_free(e.newer, TRUE);
    }
}

static void very_long_and_very_dull_texts_are_compared_soon(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(12);
    Edit e = {g_string_new(NULL), g_string_new(NULL), random, 0};
    make(&e, 20000, 1000000);
    i64 began = g_get_monotonic_time();
    check(&e);
    g_string_assign(e.older, "");
    g_string_assign(e.newer, "");
    for (int i = 0; i < 10000; i++) {
        say_word(e.older, i % 2);
        say_word(e.newer, i % 3);
    }
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    g_assert_true(passages_compare(a, e.older->str, e.newer->str).cut);
    g_assert_cmpint(passages_compare(a, e.older->str, e.older->str).changes, ==, 0);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 20 * G_USEC_PER_SEC); /* a square of it would take minutes */
    g_string_free(e.older, TRUE);
    g_string_free(e.newer, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/passages/what_does_not_count_is_no_change", what_does_not_count_is_no_change);
    g_test_add_func("/passages/a_changed_number_is_shown_with_what_stands_around", a_changed_number_is_shown_with_what_stands_around);
    g_test_add_func("/passages/a_part_is_no_change", a_part_is_no_change);
    g_test_add_func("/passages/what_was_added_at_the_ends_is_shown", what_was_added_at_the_ends_is_shown);
    g_test_add_func("/passages/what_was_left_out_or_moved_is_shown", what_was_left_out_or_moved_is_shown);
    g_test_add_func("/passages/texts_without_anything_in_common_are_no_passages", texts_without_anything_in_common_are_no_passages);
    g_test_add_func("/passages/any_edit_is_shown_truly", any_edit_is_shown_truly);
    g_test_add_func("/passages/very_long_and_very_dull_texts_are_compared_soon", very_long_and_very_dull_texts_are_compared_soon);
    return g_test_run();
}
