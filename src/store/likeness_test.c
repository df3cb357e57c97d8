/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_test.c: what was published is recognised when it comes back whole, in part, or altered; what was not is not. */
#include "store/likeness.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/likeness_runs.h"
#include "store/store_test.h"

#include <sodium.h>

#define FORMULA \
    "San Luis Potosí, S.L.P., 14 de julio de 2022. El Ayuntamiento de San Luis Potosí informa que el Gobierno de la Capital, " \
    "que encabeza el presidente municipal, refrenda su compromiso con la ciudadanía y continúa con los trabajos. "
#define WELL \
    "Este jueves se puso en marcha el nuevo pozo de la colonia Las Piedras, que dará agua a 2,350 familias; la obra costó " \
    "once millones de pesos y se concluyó tres semanas antes de lo previsto."

enum { SHORTEST = LIKENESS_RUN + LIKENESS_WINDOW - 1 };

/* ---- texts ---- */
/* Words that stand for themselves: n different numbers give n different words. */
static const char *invented(Arena *a, GRand *random, int words)
{
    static const char *const pieces[] = {"ba", "ca", "de", "fo", "gui", "la", "mi", "no", "pre", "ro", "su", "tra", "ver", "xi", "zo", "ñu"};
    Buf *out = buf_new(a, 1024, 4 * 1024 * 1024);
    for (int i = 0; i < words; i++) {
        buf_text(out, i ? " " : "");
        for (int k = 0; k < 4; k++)
            buf_text(out, pieces[g_rand_int_range(random, 0, COUNT(pieces))]);
    }
    return buf_data(out);
}

static const char *excerpt(Arena *a, const char *text, int from, int words)
{
    const char *start = text;
    for (int i = 0; i < from; i++)
        start = strchr(start, ' ') + 1;
    const char *end = start;
    for (int i = 0; i < words && end; i++)
        end = strchr(end + 1, ' ');
    return arena_copy(a, start, end ? (size_t)(end - start) : strlen(start));
}

/* ---- sealing ---- */
typedef struct Text {
    i64 subject, version;
    const char *text;
    i64 seal;
} Text;

static bool seal_text(Ctx *ctx, Text *t)
{
    const char *canonical = arena_printf(ctx->arena, "{\"id\":%" PRId64 ",\"version\":%" PRId64 "}", t->subject, t->version);
    const Seal *seal = NULL;
    SealDraft draft = {.subject = "release", .subject_id = t->subject, .version = t->version, .title = "Un comunicado",
                       .address = "/comunicados/uno", .canonical = {canonical, strlen(canonical)}};
    if (!seal_make(ctx, test_key(), &draft, &seal))
        return false;
    t->seal = seal->id;
    return true;
}

static bool note(Ctx *ctx, void *data)
{
    Text *t = data;
    return seal_text(ctx, t) && likeness_note_text(ctx, t->seal, t->text);
}

static i64 published(StoreTest *t, i64 subject, i64 version, const char *text)
{
    Text one = {subject, version, text, 0};
    test_write(&t->ctx, note, &one);
    return one.seal;
}

typedef struct Crowd {
    int from, count;
    GRand *random;
} Crowd;

static bool note_crowd(Ctx *ctx, void *data)
{
    Crowd *crowd = data;
    for (int i = 0; i < crowd->count; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        Text t = {crowd->from + i, 1, arena_printf(ctx->arena, FORMULA "%s", invented(ctx->arena, crowd->random, 60)), 0};
        if (!note(ctx, &t))
            return false;
    }
    return true;
}

/* Some hundred others that all begin with the formula. */
static void others(StoreTest *t, GRand *random, int count)
{
    test_write(&t->ctx, note_crowd, &(Crowd){1000, count, random});
}

static const Likeness *best(StoreTest *t, const char *text)
{
    List found = likeness_find_text(&t->ctx, text, 3);
    assert_no_fault(&t->ctx);
    return found.count ? found.items : NULL;
}

static void is_whole(StoreTest *t, const char *text, i64 seal)
{
    const Likeness *like = best(t, text);
    g_assert_nonnull(like);
    g_assert_cmpint(like->seal->id, ==, seal);
    g_assert_cmpint(like->shared, ==, like->asked);
}

static void is_near(StoreTest *t, const char *text, i64 seal)
{
    const Likeness *like = best(t, text);
    g_assert_nonnull(like);
    g_assert_cmpint(like->seal->id, ==, seal);
    g_assert_cmpint(like->shared, <, like->asked);
    g_assert_cmpint(like->shared, >, 0);
}

/* ---- texts that come back ---- */
static void a_copy_is_known_however_it_was_typed(StoreTest *t, const void *unused)
{
    i64 seal = published(t, 1, 1, FORMULA WELL);
    is_whole(t, FORMULA WELL, seal);
    g_autofree char *loud = g_utf8_strup(FORMULA WELL, -1);
    is_whole(t, loud, seal);
    is_whole(t, "*" WELL "* 👇👇", seal);
    g_assert_cmpstr(best(t, WELL)->text, ==, FORMULA WELL);
}

static void a_changed_number_is_near(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    others(t, random, 60);
    i64 seal = published(t, 1, 1, FORMULA WELL);
    g_auto(GStrv) parts = g_strsplit(FORMULA WELL, "2,350", 2);
    g_autofree char *changed = g_strjoinv("9,999", parts);
    is_near(t, changed, seal);
    g_autofree char *longer = g_strconcat("Reenviado: ", FORMULA WELL, " Quien no firme hoy perderá su toma de agua.", NULL);
    is_near(t, longer, seal);
}

static void what_everybody_says_is_no_likeness(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    others(t, random, 60);
    const char *foreign = arena_printf(t->ctx.arena, FORMULA "%s", invented(t->ctx.arena, random, 80));
    g_assert_null(best(t, foreign));
    g_assert_null(best(t, invented(t->ctx.arena, random, 200)));
    g_assert_nonnull(best(t, FORMULA)); /* of these words alone: they were said, many times */
}

static void of_several_versions_the_one_that_fits_is_found(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    const char *before = invented(t->ctx.arena, random, 200), *after = invented(t->ctx.arena, random, 200);
    const char *one = arena_printf(t->ctx.arena, "%s 42 %s", before, after), *two = arena_printf(t->ctx.arena, "%s 43 %s", before, after);
    i64 first = published(t, 1, 1, one), second = published(t, 1, 2, two);
    is_whole(t, one, first);
    is_whole(t, two, second);
    is_whole(t, before, second); /* in both: the youngest */
    g_assert_cmpint(best(t, excerpt(t->ctx.arena, one, 190, 20))->seal->id, ==, first);
    g_assert_cmpuint(likeness_find_text(&t->ctx, one, 5).count, ==, 1); /* a subject once */
}

/* ---- properties ---- */
static void every_excerpt_that_is_long_enough_is_found(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    others(t, random, 60);
    const char *text = invented(t->ctx.arena, random, 400);
    i64 seal = published(t, 1, 1, arena_printf(t->ctx.arena, FORMULA "%s", text));
    for (int i = 0; i < 300; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        int words = g_rand_int_range(random, SHORTEST, 60);
        is_whole(t, excerpt(t->ctx.arena, text, g_rand_int_range(random, 0, 400 - words), words), seal);
    }
    for (int from = 0; from + SHORTEST <= 400; from++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        is_whole(t, excerpt(t->ctx.arena, text, from, SHORTEST), seal);
    }
}

/* Each word is changed, left out or doubled with a probability of one in twenty. */
static const char *edited(Arena *a, GRand *random, const char *text)
{
    List words = text_split(a, text, ' ');
    const char *const *w = words.items;
    Buf *out = buf_new(a, strlen(text), 4 * 1024 * 1024);
    for (size_t i = 0; i < words.count; i++) {
        int what = g_rand_int_range(random, 0, 60);
        if (what != 0)
            buf_text(out, what == 1 ? "otracosa" : w[i]);
        buf_text(out, what == 2 ? " y además " : " ");
    }
    return buf_data(out);
}

static void edits_do_not_hide_a_text(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    i64 seals[20];
    const char *texts[COUNT(seals)];
    for (size_t i = 0; i < COUNT(seals); i++) {
        texts[i] = arena_printf(t->ctx.arena, FORMULA "%s", invented(t->ctx.arena, random, 150));
        seals[i] = published(t, (i64)i + 1, 1, texts[i]);
    }
    for (int turn = 0; turn < 200; turn++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        size_t which = (size_t)g_rand_int_range(random, 0, COUNT(seals));
        const Likeness *like = best(t, edited(t->ctx.arena, random, texts[which]));
        g_assert_nonnull(like);
        g_assert_cmpint(like->seal->id, ==, seals[which]);
    }
}

/* ---- odd texts ---- */
static void short_texts_are_known_as_a_whole(StoreTest *t, const void *unused)
{
    i64 seal = published(t, 1, 1, "Hoy no circula");
    is_whole(t, "HOY NO CIRCULA.", seal);
    g_assert_null(best(t, "Hoy circula"));
    g_assert_null(best(t, ""));
    g_assert_null(best(t, "🚰🚰 … 🎉"));
    i64 other = published(t, 2, 1, "🎉🎉🎉"); /* no word: noted, and never found */
    g_assert_cmpint(other, !=, 0);
    g_assert_null(best(t, "🎉🎉🎉"));
}

static void a_text_without_gaps_is_known(StoreTest *t, const void *unused)
{
    char *wall = arena_bytes(t->ctx.arena, 3001);
    for (int i = 0; i < 3000; i++)
        wall[i] = (char)('a' + i * i % 26);
    i64 seal = published(t, 1, 1, wall), han = published(t, 2, 1, "市政府今日通知全体市民自来水将于明日恢复供应");
    is_whole(t, wall, seal);
    is_whole(t, "市政府今日通知全体市民自来水", han);
}

static void a_very_long_text_is_known_by_its_beginning_and_as_a_whole(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    const char *text = invented(t->ctx.arena, random, 20000); /* some 200 KB */
    g_assert_cmpuint(strlen(text), >, 2 * LIKENESS_TEXT_MAX);
    i64 seal = published(t, 1, 1, text);
    is_whole(t, text, seal);
    is_whole(t, excerpt(t->ctx.arena, text, 3000, 40), seal);
    g_assert_null(best(t, excerpt(t->ctx.arena, text, 19000, 40)));
}

/* The same word for ever, and two that take turns, are few runs, whatever their length. */
static void repeats_stay_small(StoreTest *t, const void *unused)
{
    Buf *one = buf_new(t->ctx.arena, 1024, 1 << 20), *two = buf_new(t->ctx.arena, 1024, 1 << 20);
    for (int i = 0; i < 8000; i++) {
        buf_text(one, "agua ");
        buf_text(two, i % 2 ? "luz " : "agua ");
    }
    g_assert_cmpuint(likeness_runs(t->ctx.arena, buf_data(one)).chosen_count, ==, 1);
    g_assert_cmpuint(likeness_runs(t->ctx.arena, buf_data(two)).chosen_count, <=, 2);
    i64 seal = published(t, 1, 1, buf_data(one)), other = published(t, 2, 1, buf_data(two));
    is_whole(t, "agua agua agua agua agua", seal);
    is_whole(t, "agua luz agua luz agua luz agua luz agua luz agua luz", other);
}

/* Sixty releases of just the same words: the youngest answers. */
static void what_is_said_again_and_again_is_known_all_the_same(StoreTest *t, const void *unused)
{
    i64 last = 0;
    for (int i = 0; i < 60; i++)
        last = published(t, i + 1, 1, WELL);
    is_whole(t, WELL, last);
    g_assert_cmpuint(likeness_find_text(&t->ctx, WELL, 4).count, ==, 4);
}

/* ---- pictures ---- */
typedef struct Picture {
    i64 subject;
    u64 look;
    const char *sha256;
    i64 seal;
} Picture;

static bool note_picture(Ctx *ctx, void *data)
{
    Picture *p = data;
    Text t = {p->subject, 1, "", 0};
    if (!seal_text(ctx, &t))
        return false;
    p->seal = t.seal;
    return likeness_note_picture(ctx, t.seal, p->sha256, p->look, "pozo.jpg") &&
           likeness_note_picture(ctx, t.seal, p->sha256, p->look, "pozo.jpg"); /* twice is once */
}

static u64 with_bits_turned(GRand *random, u64 look, int bits)
{
    for (u64 done = 0; bits;) {
        u64 bit = (u64)1 << g_rand_int_range(random, 0, 64);
        if (done & bit)
            continue;
        done |= bit;
        look ^= bit;
        bits--;
    }
    return look;
}

static void pictures_are_found_up_to_so_many_bits(StoreTest *t, const void *unused)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    Picture all[40];
    for (size_t i = 0; i < COUNT(all); i++) {
        u64 look = (u64)g_rand_int(random) << 32 | g_rand_int(random);
        const char *name = arena_printf(t->ctx.arena, "%zu", i);
        all[i] = (Picture){(i64)i + 1, look, hash_text(t->ctx.arena, (Bytes){name, strlen(name)}), 0};
        test_write(&t->ctx, note_picture, &all[i]);
    }
    for (int turn = 0; turn < 400; turn++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        const Picture *p = &all[turn % (int)COUNT(all)];
        int bits = turn % (LIKENESS_BITS + 1);
        List found = likeness_find_picture(&t->ctx, with_bits_turned(random, p->look, bits), NULL, 3);
        const Likeness *like = found.items;
        g_assert_cmpuint(found.count, >=, 1);
        g_assert_cmpint(like->seal->id, ==, p->seal);
        g_assert_cmpint(like->bits, ==, bits);
        g_assert_cmpstr(like->name, ==, "pozo.jpg");
    }
    g_assert_cmpuint(likeness_find_picture(&t->ctx, with_bits_turned(random, all[0].look, 20), NULL, 3).count, ==, 0);
    List same = likeness_find_picture(&t->ctx, 0, all[3].sha256, 3);
    g_assert_cmpint(((const Likeness *)same.items)->seal->id, ==, all[3].seal);
    assert_no_fault(&t->ctx);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("likeness", a_copy_is_known_however_it_was_typed);
    STORE_TEST("likeness", a_changed_number_is_near);
    STORE_TEST("likeness", what_everybody_says_is_no_likeness);
    STORE_TEST("likeness", of_several_versions_the_one_that_fits_is_found);
    STORE_TEST("likeness", every_excerpt_that_is_long_enough_is_found);
    STORE_TEST("likeness", edits_do_not_hide_a_text);
    STORE_TEST("likeness", short_texts_are_known_as_a_whole);
    STORE_TEST("likeness", a_text_without_gaps_is_known);
    STORE_TEST("likeness", a_very_long_text_is_known_by_its_beginning_and_as_a_whole);
    STORE_TEST("likeness", repeats_stay_small);
    STORE_TEST("likeness", what_is_said_again_and_again_is_known_all_the_same);
    STORE_TEST("likeness", pictures_are_found_up_to_so_many_bits);
    return g_test_run();
}
