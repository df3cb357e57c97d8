/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* diff_test.c: which words changed. */
#include "base/diff.h"
#include "base/buf.h"

#include <glib.h>

/* "was>is|…" */
static const char *changes(Arena *a, const char *older, const char *newer)
{
    List list;
    Buf *out = buf_new(a, 64, 4096);
    g_assert_true(diff_words(a, older, newer, &list));
    const DiffChange *c = list.items;
    for (size_t i = 0; i < list.count; i++)
        buf_printf(out, "%s%s>%s", i ? "|" : "", c[i].was, c[i].is);
    return buf_data(out);
}

static void the_changed_words_are_found(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    g_assert_cmpstr(changes(a, "", ""), ==, "");
    g_assert_cmpstr(changes(a, "Eventos cubiertos 68 de 70", "Eventos   cubiertos\n68 de 70"), ==, "");
    g_assert_cmpstr(changes(a, "Eventos cubiertos 68 de 70", "Eventos cubiertos 70 de 70"), ==, "68>70");
    g_assert_cmpstr(changes(a, "uno dos tres", "cero uno tres"), ==, ">cero|dos>");
    g_assert_cmpstr(changes(a, "a b c d e", "a x c d y"), ==, "b>x|e>y");
    g_assert_cmpstr(changes(a, "", "todo es nuevo"), ==, ">todo es nuevo");
    g_assert_cmpstr(changes(a, "todo se fue", " \n"), ==, "todo se fue>");
}

static void a_change_says_what_stood_before_it(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    List list;
    g_assert_true(diff_words(a, "uno dos tres cuatro cinco seis siete ocho", "uno dos tres cuatro cinco seis siete nueve", &list));
    const DiffChange *c = list.items;
    g_assert_cmpuint(list.count, ==, 1);
    g_assert_cmpstr(c->before, ==, "dos tres cuatro cinco seis siete");
    g_assert_cmpuint(c->at, ==, strlen("uno dos tres cuatro cinco seis siete "));
}

static void too_many_words_in_doubt_are_refused(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Buf *one = buf_new(a, 1024, 1 << 20), *other = buf_new(a, 1024, 1 << 20);
    for (int i = 0; i <= DIFF_WORDS; i++) {
        buf_printf(one, "a%d ", i);
        buf_printf(other, "b%d ", i);
    }
    List list;
    g_assert_false(diff_words(a, buf_data(one), buf_data(other), &list));
    g_assert_true(diff_words(a, buf_data(one), buf_data(one), &list));
    g_assert_cmpuint(list.count, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diff/the_changed_words_are_found", the_changed_words_are_found);
    g_test_add_func("/diff/a_change_says_what_stood_before_it", a_change_says_what_stood_before_it);
    g_test_add_func("/diff/too_many_words_in_doubt_are_refused", too_many_words_in_doubt_are_refused);
    return g_test_run();
}
