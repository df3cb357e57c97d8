/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_card_test.c: the card is a PNG of its size, small, the same each time, and takes any words. */
#include "base/clock.h"
#include "paper/paper_card.h"

#include <glib.h>
#include <stdlib.h>

static Bytes drawn(Ctx *ctx, const ShareCard *card)
{
    Buf *png = buf_new(ctx->arena, 64 * 1024, 1024 * 1024);
    if (!paper_card(ctx, card, png))
        g_error("%s", ctx->fault.what);
    return (Bytes){buf_data(png), buf_size(png)};
}

static Ctx new_ctx(Arena *a)
{
    return (Ctx){.arena = a, .actor = &actor_nobody};
}

static const ShareCard usual = {
    "San Luis Potosí", "Comunicación Social del Ayuntamiento", "Comunicado CS/0214/2022 · 14 de julio de 2022",
    "Arranca el bacheo de 38 colonias y cada calle se podrá seguir en línea", "Obra pública", "comunicacion.sanluis.example",
};

static void assert_card(Bytes png)
{
    g_assert_cmpmem(png.data, 8, "\x89PNG\r\n\x1a\n", 8);
    g_assert_cmpmem(png.data + 16, 8, "\0\0\4\xb0\0\0\2\x76", 8);
    g_assert_cmpint((i64)png.size, <=, CARD_BYTES_MAX);
    g_assert_cmpint((i64)png.size, >, 4096);
}

static void it_is_a_small_png_and_the_same_each_time(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = new_ctx(a);
    i64 began = clock_monotonic();
    Bytes first = drawn(&ctx, &usual);
    i64 took = clock_monotonic() - began;
    Bytes second = drawn(&ctx, &usual);
    assert_card(first);
    g_assert_cmpmem(first.data, first.size, second.data, second.size);
    g_test_message("%zu bytes, %" PRId64 " us the first time, %" PRId64 " us the second", first.size, took, clock_monotonic() - began - took);
    const char *kept = getenv("VOCERO_CARD"); /* to be looked at */
    if (kept)
        g_assert_true(g_file_set_contents(kept, first.data, (gssize)first.size, NULL));
}

static void any_words_fit(void)
{
    static const char long_one[] =
        "El Ayuntamiento informa que durante los trabajos de rehabilitación integral de la red de agua potable y drenaje sanitario en la "
        "zona poniente de la ciudad permanecerán cerradas a la circulación las calles que se enlistan, con rutas alternas señaladas";
    static const char *const titles[] = {
        "", "Sí", "Desoxirribonucleicoparangaricutirimícuaro sin espacios y con una palabra larguísima",
        long_one,
        "<b>no es HTML & tampoco</b>", "Fiesta 🎉 de la calle", "uno\tdos\ntres\x01 cuatro",
    };
    for (size_t i = 0; i < COUNT(titles); i++) {
        Arena *a CLEANUP(arena_drop) = arena_new(0);
        Ctx ctx = new_ctx(a);
        ShareCard card = usual;
        card.title = titles[i];
        assert_card(drawn(&ctx, &card));
    }
}

static void what_is_missing_is_left_out(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = new_ctx(a);
    assert_card(drawn(&ctx, &(ShareCard){.organisation = "San Luis Potosí"}));
}

static void other_words_are_another_picture(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = new_ctx(a);
    ShareCard other = usual;
    other.title = "Otro título";
    Bytes one = drawn(&ctx, &usual), two = drawn(&ctx, &other);
    g_assert_true(one.size != two.size || memcmp(one.data, two.data, one.size) != 0);
}

static void a_buffer_too_small_is_a_fault(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = new_ctx(a);
    g_assert_false(paper_card(&ctx, &usual, buf_new(a, 100, 1000)));
    g_assert_cmpint(ctx.fault.kind, ==, FAULT_BROKEN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/card/it_is_a_small_png_and_the_same_each_time", it_is_a_small_png_and_the_same_each_time);
    g_test_add_func("/card/any_words_fit", any_words_fit);
    g_test_add_func("/card/what_is_missing_is_left_out", what_is_missing_is_left_out);
    g_test_add_func("/card/other_words_are_another_picture", other_words_are_another_picture);
    g_test_add_func("/card/a_buffer_too_small_is_a_fault", a_buffer_too_small_is_a_fault);
    return g_test_run();
}
