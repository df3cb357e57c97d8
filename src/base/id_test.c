/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* id_test.c: ids are unique, in order, and read as people type them. */
#include "base/id.h"
#include "base/clock.h"

#include <glib.h>
#include <stdlib.h>

enum { THREADS = 4, EACH = 250000 };

static i64 made[THREADS * EACH];

static void *make(void *to)
{
    i64 *ids = to;
    i64 now = clock_now();
    for (int i = 0; i < EACH; i++)
        ids[i] = id_new(now);
    return NULL;
}

static int ascending(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

static void a_million_ids_of_four_threads_are_all_different(void)
{
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("ids", make, made + (size_t)i * EACH);
    for (int i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    for (int i = 0; i < THREADS; i++)
        for (int k = 1; k < EACH; k++)
            g_assert_cmpint(made[i * EACH + k - 1], <, made[i * EACH + k]);
    qsort(made, COUNT(made), sizeof made[0], ascending);
    g_assert_cmpint(made[0], >, 0);
    for (size_t i = 1; i < COUNT(made); i++)
        g_assert_cmpint(made[i - 1], !=, made[i]);
}

static void ids_follow_the_clock_but_never_back(void)
{
    i64 now = clock_now() + CLOCK_HOUR;
    i64 first = id_new(now), second = id_new(now + CLOCK_SECOND),
        third = id_new(now - CLOCK_HOUR / 2);
    g_assert_cmpint(first, <, second);
    g_assert_cmpint(second, <, third);
    g_assert_cmpint(id_moment(first), ==, now / 1000 * 1000);
    g_assert_cmpint(id_moment(second) - id_moment(first), ==, CLOCK_SECOND);
    g_assert_cmpint(id_moment(third), ==, id_moment(second));
}

static void the_count_begins_at_random_in_its_lower_quarter(void)
{
    i64 now = clock_now() + 2 * CLOCK_HOUR;
    unsigned different = 0, before = 0;
    for (int i = 0; i < 100; i++) {
        unsigned count = (unsigned)id_new(now + i * CLOCK_SECOND) & 0x7fff;
        g_assert_cmpuint(count, <, 8192);
        different += count != before;
        before = count;
    }
    g_assert_cmpuint(different, >, 90);
}

static void a_full_millisecond_moves_on_to_the_next(void)
{
    i64 now = clock_now() + 3 * CLOCK_HOUR, first = id_new(now), before = first, last = first;
    for (int i = 0; i < 40000; i++) {
        last = id_new(now);
        g_assert_cmpint(last, >, before);
        before = last;
    }
    g_assert_cmpint(id_moment(last) - id_moment(first), ==, 1000);
}

static void the_next_millisecond_begins_at_random_too(void)
{
    i64 now = clock_now() + 5 * CLOCK_HOUR, before = id_new(now);
    unsigned seen = 0, counts = 0;
    while (seen < 4) {
        i64 id = id_new(now);
        if (id_moment(id) != id_moment(before)) {
            seen++;
            counts |= (unsigned)id & 0x7fff;
        }
        before = id;
    }
    g_assert_cmpuint(counts, >, 0);
}

static void the_node_stands_in_its_six_bits(void)
{
    i64 now = clock_now() + 6 * CLOCK_HOUR;
    id_node(63);
    g_assert_cmpint(id_new(now) >> 15 & 63, ==, 63);
    id_node(5);
    g_assert_cmpint(id_new(now) >> 15 & 63, ==, 5);
    id_node(0);
}

static void a_node_beyond_63_aborts(void)
{
    if (g_test_subprocess()) {
        id_node(64);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*node 64*");
}

static void ids_are_written_and_read_back_in_order(void)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    static const i64 table[] = {1, 31, 32, INT64_C(1) << 40, INT64_MAX};
    const char *before = "";
    for (size_t i = 0; i < COUNT(table); i++) {
        const char *text = id_text(a, table[i]);
        i64 back;
        g_assert_true(id_parse(text, &back));
        g_assert_cmpint(back, ==, table[i]);
        g_assert_cmpuint(strlen(text), ==, ID_TEXT);
        g_assert_cmpstr(before, <, text);
        before = text;
    }
    g_assert_cmpstr(id_text(a, 31), ==, "000000000000Z");
    g_assert_cmpstr(id_text(a, INT64_MAX), ==, "7ZZZZZZZZZZZZ");
}

static void ids_are_read_as_people_type_them(void)
{
    i64 id;
    g_assert_true(id_parse("oOiIlL0000001", &id));
    i64 want;
    g_assert_true(id_parse("0011110000001", &want));
    g_assert_cmpint(id, ==, want);
    g_assert_true(id_parse("7zzzzzzzzzzzz", &id) && id == INT64_MAX);
}

static void other_texts_are_no_ids(void)
{
    static const char *const bad[] = {"",
                                      "1",
                                      "000000000001",
                                      "00000000000001",
                                      "0000000000000",
                                      "8000000000000",
                                      "000000000000U",
                                      "000000000000u",
                                      "00000000000-1",
                                      "000000000 001",
                                      "00000000000\xc3\xb1",
                                      "zzzzzzzzzzzzz"};
    i64 id = 7;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (id_parse(bad[i], &id))
            g_error("\"%s\" passed", bad[i]);
    g_assert_false(id_parse(NULL, &id));
    g_assert_cmpint(id, ==, 7);
}

#define TEST(name) g_test_add_func("/id/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST(a_million_ids_of_four_threads_are_all_different);
    TEST(ids_follow_the_clock_but_never_back);
    TEST(the_count_begins_at_random_in_its_lower_quarter);
    TEST(a_full_millisecond_moves_on_to_the_next);
    TEST(the_next_millisecond_begins_at_random_too);
    TEST(the_node_stands_in_its_six_bits);
    TEST(a_node_beyond_63_aborts);
    TEST(ids_are_written_and_read_back_in_order);
    TEST(ids_are_read_as_people_type_them);
    TEST(other_texts_are_no_ids);
    return g_test_run();
}
