/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* arena_test.c: memory and the bytes that grow in it. */
#include "base/buf.h"

#include <glib.h>
#include <stdalign.h>

#if defined(__SANITIZE_ADDRESS__)
#define FENCED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FENCED 1
#endif
#endif

static void pieces_are_zeroed_and_aligned(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    for (size_t n = 0; n < 200000; n = n * 2 + 1) {
        char *p = arena_bytes(a, n);
        g_assert_cmpuint((uintptr_t)p % alignof(max_align_t), ==, 0);
        for (size_t i = 0; i < n; i++)
            g_assert_cmpint(p[i], ==, 0);
        memset(p, 'x', n);
    }
}

static void a_reset_gives_zeroed_pieces_again(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    memset(arena_bytes(a, 1000), 'x', 1000);
    memset(arena_bytes(a, 100000), 'x', 100000);
    arena_reset(a);
    g_assert_cmpuint(arena_used(a), ==, 0);
    const char *p = arena_bytes(a, 1000);
    for (int i = 0; i < 1000; i++)
        g_assert_cmpint(p[i], ==, 0);
}

static void pieces_do_not_overlap(void)
{
    enum { PIECES = 3000 };
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    unsigned char *piece[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        size_t n = 1 + i * 37 % 4000;
        piece[i] = arena_bytes(a, n);
        memset(piece[i], (int)(i % 251), n);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < 1 + i * 37 % 4000; k++)
            g_assert_cmpint(piece[i][k], ==, (int)(i % 251));
}

static void texts_are_copied(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    char text[] = "cabildo";
    const char *copy = arena_text(a, text), *part = arena_copy(a, text, 3);
    text[0] = 'x';
    g_assert_cmpstr(copy, ==, "cabildo");
    g_assert_cmpstr(part, ==, "cab");
    g_assert_null(arena_text(a, NULL));
}

static void printf_takes_short_and_long_texts(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    g_assert_cmpstr(arena_printf(a, "%d de %s", 14, "julio"), ==, "14 de julio");
    for (int n = 250; n < 260; n++) {
        const char *text = arena_printf(a, "%*d", n, 7);
        g_assert_cmpuint(strlen(text), ==, (size_t)n);
        g_assert_cmpint(text[n - 1], ==, '7');
    }
}

static void it_is_full_only_past_its_maximum(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(100000);
    arena_bytes(a, 90000);
    g_assert_false(arena_full(a));
    arena_bytes(a, 20000);
    g_assert_true(arena_full(a));
    g_assert_cmpuint(arena_used(a), >=, 110000);
    arena_reset(a);
    g_assert_false(arena_full(a));
}

static void at_four_times_the_maximum_it_aborts(void)
{
    if (g_test_subprocess()) {
        Arena *a = arena_new(1000);
        for (int i = 0; i < 100; i++)
            arena_bytes(a, 100);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*arena_full*");
}

static void a_size_that_overflows_aborts(void)
{
    if (g_test_subprocess()) {
        Arena *a = arena_new(0);
        arena_array(a, i64, SIZE_MAX / 4);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*address space*");
}

static char order[8];

static void note(void *thing)
{
    strcat(order, thing);
}

static void the_youngest_thing_is_released_first(void)
{
    Arena *a = arena_new(0);
    arena_own(a, "1", note);
    arena_own(a, "2", note);
    arena_own(a, "3", note);
    order[0] = '\0';
    arena_reset(a);
    g_assert_cmpstr(order, ==, "321");
    arena_reset(a);
    g_assert_cmpstr(order, ==, "321"); /* once each */
    arena_own(a, "4", note);
    arena_drop(&a);
    g_assert_cmpstr(order, ==, "3214");
    g_assert_null(a);
    arena_free(NULL);
}

static void the_fence_behind_a_piece_is_watched(void)
{
#ifdef FENCED
    if (g_test_subprocess()) {
        Arena *a = arena_new(0);
        volatile char *p = arena_bytes(a, 13);
        arena_bytes(a, 13);
        p[13] = 'x';
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*use-after-poison*");
#else
    g_test_skip("needs AddressSanitizer");
#endif
}

static void what_was_reset_must_not_be_read(void)
{
#ifdef FENCED
    if (g_test_subprocess()) {
        Arena *a = arena_new(0);
        volatile char *p = arena_text(a, "gone");
        arena_reset(a);
        g_print("%c", p[0]);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*use-after-poison*");
#else
    g_test_skip("needs AddressSanitizer");
#endif
}

static void a_buf_grows_and_is_terminated(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    Buf *b = buf_new(a, 0, 1 << 20);
    GString *want = g_string_new(NULL);
    for (int i = 0; i < 2000; i++) {
        buf_text(b, "línea ");
        buf_int(b, i - 1000);
        buf_char(b, ' ');
        buf_printf(b, "%*d", i % 300, i);
        buf_text(b, NULL);
        g_string_append_printf(want, "línea %d %*d", i - 1000, i % 300, i);
    }
    g_assert_cmpuint(buf_size(b), ==, want->len);
    g_assert_cmpstr(buf_data(b), ==, want->str);
    g_assert_false(buf_over(b));
    g_string_free(want, TRUE);
}

static void a_buf_writes_the_extremes_of_numbers(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    Buf *b = buf_new(a, 8, 1000);
    buf_int(b, INT64_MIN);
    buf_int(b, 0);
    buf_int(b, INT64_MAX);
    g_assert_cmpstr(buf_data(b), ==, "-922337203685477580809223372036854775807");
}

static void past_its_maximum_a_buf_takes_nothing_more(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    Buf *b = buf_new(a, 100, 10);
    buf_text(b, "0123456789");
    g_assert_false(buf_over(b));
    buf_text(b, "");
    g_assert_false(buf_over(b));
    buf_char(b, 'x');
    g_assert_true(buf_over(b));
    buf_cut(b, 4);
    buf_char(b, 'x');
    buf_printf(b, "%d", 5);
    g_assert_cmpstr(buf_data(b), ==, "0123");
    g_assert_true(buf_over(b));
}

static void a_buf_is_cut_but_never_lengthened(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    Buf *b = buf_new(a, 100, 100);
    buf_text(b, "agenda");
    buf_cut(b, 50);
    g_assert_cmpstr(buf_data(b), ==, "agenda");
    buf_cut(b, 2);
    buf_text(b, "ua");
    g_assert_cmpstr(buf_data(b), ==, "agua");
}

#define TEST(name) g_test_add_func("/arena/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST(pieces_are_zeroed_and_aligned);
    TEST(a_reset_gives_zeroed_pieces_again);
    TEST(pieces_do_not_overlap);
    TEST(texts_are_copied);
    TEST(printf_takes_short_and_long_texts);
    TEST(it_is_full_only_past_its_maximum);
    TEST(at_four_times_the_maximum_it_aborts);
    TEST(a_size_that_overflows_aborts);
    TEST(the_youngest_thing_is_released_first);
    TEST(the_fence_behind_a_piece_is_watched);
    TEST(what_was_reset_must_not_be_read);
    TEST(a_buf_grows_and_is_terminated);
    TEST(a_buf_writes_the_extremes_of_numbers);
    TEST(past_its_maximum_a_buf_takes_nothing_more);
    TEST(a_buf_is_cut_but_never_lengthened);
    return g_test_run();
}
