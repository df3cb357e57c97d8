/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ctx_test.c: faults, laps, and the words of an enum. */
#include "base/ctx.h"

#include <glib.h>

static Arena *arena;

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena, .actor = &actor_nobody};
}

static void the_first_fault_wins(void)
{
    Ctx ctx = new_ctx();
    g_assert_false(faulted(&ctx));
    g_assert_null(
        fault(&ctx, FAULT_CONFLICT, "the coverage is %s, not %s", "proposed", "accepted"));
    g_assert_null(fault(&ctx, FAULT_BROKEN, "later"));
    g_assert_true(faulted(&ctx));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_CONFLICT);
    g_assert_cmpstr(ctx.fault.what, ==, "the coverage is proposed, not accepted");
    g_assert_null(ctx.fault.field);
    g_assert_nonnull(strstr(ctx.fault.where, "ctx_test.c:"));
}

static void a_fault_of_a_field_is_invalid(void)
{
    Ctx ctx = new_ctx();
    g_assert_null(fault_field(&ctx, "title", "at most %d characters", 200));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_INVALID);
    g_assert_cmpstr(ctx.fault.field, ==, "title");
    g_assert_cmpstr(ctx.fault.what, ==, "at most 200 characters");
}

static void a_fault_speaks_the_actors_language(void)
{
    Ctx ctx = new_ctx();
    fault(&ctx, FAULT_MALFORMED, "JSON, line %d, column %d: %s", 1, 2, "x");
    g_assert_cmpstr(ctx.fault.what, ==, "JSON, línea 1, columna 2: x");
    Actor english = {.tongue = TONGUE_EN};
    ctx = new_ctx();
    ctx.actor = &english;
    fault(&ctx, FAULT_MALFORMED, "JSON, line %d, column %d: %s", 1, 2, "x");
    g_assert_cmpstr(ctx.fault.what, ==, "JSON, line 1, column 2: x");
}

static void a_taken_fault_is_gone(void)
{
    Ctx ctx = new_ctx();
    fault(&ctx, FAULT_GONE, "gone");
    Fault taken = fault_take(&ctx);
    g_assert_cmpint(taken.kind, ==, FAULT_GONE);
    g_assert_cmpstr(taken.what, ==, "gone");
    g_assert_false(faulted(&ctx));
    fault(&ctx, FAULT_STALE, "next");
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_STALE);
}

static void every_fault_has_a_word_and_a_spanish_label(void)
{
    Ctx ctx = new_ctx();
    for (int kind = 0; kind < FAULT_COUNT; kind++) {
        g_assert_cmpint(word_find(fault_words, word_name(fault_words, kind)), ==, kind);
        g_assert_cmpstr(say_word(&ctx, fault_words, kind), !=, word_label(fault_words, kind));
    }
    g_assert_cmpstr(word_name(fault_words, FAULT_TOO_MANY), ==, "too_many");
}

static void a_lap_gives_its_memory_back(void)
{
    Ctx ctx = new_ctx();
    size_t before = arena_used(arena);
    for (int i = 0; i < 100; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(&ctx);
        g_assert_true(ctx.arena != arena);
        arena_bytes(ctx.arena, 100000);
    }
    g_assert_true(ctx.arena == arena);
    g_assert_cmpuint(arena_used(arena), ==, before);
}

static void a_fault_outlives_its_lap(void)
{
    Ctx ctx = new_ctx();
    {
        Lap lap CLEANUP(lap_end)
        = lap_begin(&ctx);
        fault_field(&ctx, arena_text(ctx.arena, "uid"), "row %d", 7);
    }
    g_assert_cmpstr(ctx.fault.what, ==, "row 7");
    g_assert_cmpstr(ctx.fault.field, ==, "uid");
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_INVALID);
}

static void laps_nest(void)
{
    Ctx ctx = new_ctx();
    const char *text;
    {
        Lap outer CLEANUP(lap_end)
        = lap_begin(&ctx);
        text = arena_text(ctx.arena, "kept");
        {
            Lap inner CLEANUP(lap_end)
            = lap_begin(&ctx);
            fault(&ctx, FAULT_BUSY, "deep");
        }
        g_assert_cmpstr(text, ==, "kept");
    }
    g_assert_cmpstr(ctx.fault.what, ==, "deep");
    g_assert_true(ctx.arena == arena);
}

static void the_system_may_everything_and_nobody_nothing(void)
{
    g_assert_cmpuint(actor_system.rights, ==, UINT64_MAX);
    g_assert_cmpstr(actor_system.name, ==, "Vocero");
    g_assert_cmpuint(actor_nobody.rights, ==, 0);
    g_assert_cmpint(actor_nobody.tongue, ==, TONGUE_ES);
    g_assert_true(actor_nobody.id == 0 && actor_system.id == 0);
}

static const Word words[] = {{"proposed", N_("Not found")}, {"done", "Done"}, {0}};

static void words_are_found_both_ways(void)
{
    Ctx ctx = new_ctx();
    g_assert_cmpstr(word_name(words, 1), ==, "done");
    g_assert_cmpstr(word_label(words, 1), ==, "Done");
    g_assert_cmpint(word_find(words, "proposed"), ==, 0);
    g_assert_cmpint(word_find(words, "done"), ==, 1);
    g_assert_cmpint(word_find(words, "Done"), ==, -1);
    g_assert_cmpint(word_find(words, ""), ==, -1);
    g_assert_cmpint(word_find(words, NULL), ==, -1);
    g_assert_cmpstr(say_word(&ctx, words, 0), ==, "No se encontró");
}

static void a_value_without_a_word_aborts(void)
{
    if (g_test_subprocess()) {
        word_name(words, 2);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*no word for 2*");
}

static void a_negative_value_aborts(void)
{
    if (g_test_subprocess()) {
        word_label(words, -1);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*no word for -1*");
}

#define TEST(name) g_test_add_func("/ctx/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(0);
    TEST(the_first_fault_wins);
    TEST(a_fault_of_a_field_is_invalid);
    TEST(a_fault_speaks_the_actors_language);
    TEST(a_taken_fault_is_gone);
    TEST(every_fault_has_a_word_and_a_spanish_label);
    TEST(a_lap_gives_its_memory_back);
    TEST(a_fault_outlives_its_lap);
    TEST(laps_nest);
    TEST(the_system_may_everything_and_nobody_nothing);
    TEST(words_are_found_both_ways);
    TEST(a_value_without_a_word_aborts);
    TEST(a_negative_value_aborts);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
