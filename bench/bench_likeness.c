/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_likeness.c: how long it takes to recognise a pasted text among many.
 *
 * usage: bench_likeness DATABASE-URL TEXTS
 *
 * Fills the database when it holds fewer texts.  They are made like an office's: half of each is formulas that all share,
 * the other half is put together from the same few hundred words.  One line for each thing that is asked: median, 95th
 * percentile and most milliseconds on the wall, and in how many of a hundred the right answer came. */
#include "bench_desk.h"
#include "base/buf.h"
#include "store/likeness.h"
#include "store/steps.h"

#include <glib.h>
#include <sodium.h>
#include <stdlib.h>

enum { AT_ONCE = 500, ROUNDS = 200, BODY_WORDS = 160 };

/* ---- texts ---- */
static const char *const formulas[] = {
    "San Luis Potosí, S.L.P., a 14 de julio de 2022.",
    "El Ayuntamiento de San Luis Potosí informa que, en cumplimiento de las instrucciones del presidente municipal,",
    "se llevan a cabo acciones permanentes en beneficio de las y los potosinos en las colonias de la capital.",
    "El Gobierno de la Ciudad refrenda así su compromiso de trabajar cerca de la gente y con finanzas sanas.",
    "Para cualquier duda o reporte la ciudadanía puede comunicarse al teléfono de atención, las veinticuatro horas del día.",
};
static const char *const words[] = {
    "agua", "calle", "colonia", "obra", "parque", "bacheo", "luminarias", "policía", "tránsito", "cultura", "festival", "jóvenes",
    "mujeres", "escuela", "mercado", "limpia", "drenaje", "pavimento", "camellón", "plaza", "centro", "histórico", "vecinos", "apoyo",
    "entrega", "inicio", "avance", "inversión", "millones", "pesos", "metros", "familias", "jornada", "salud", "vacunas", "deporte",
    "torneo", "medio", "ambiente", "árboles", "arranque", "rehabilitación", "avenida", "bulevar", "puente", "zona", "norte", "sur",
    "regidora", "síndico", "dirección", "programa", "regularización", "trámites", "cita", "horario", "servicio", "camiones", "ruta",
};
static const char *const little[] = {"de", "la", "el", "en", "y", "para", "con", "que", "los", "las", "por", "a"};

static const char *any(GRand *random, const char *const *from, size_t n)
{
    return from[g_rand_int_range(random, 0, (int)n)];
}

static void add_body(Buf *out, GRand *random, int n)
{
    for (int i = 0; i < n; i++) {
        if (i % 2)
            buf_printf(out, " %s", any(random, little, COUNT(little)));
        else if (i % 10 == 4)
            buf_printf(out, " %d", g_rand_int_range(random, 2, 5000));
        else
            buf_printf(out, " %s", any(random, words, COUNT(words)));
    }
    buf_char(out, '.');
}

/* The text of a number is always the same. */
static const char *text_of(Arena *a, int number)
{
    g_autoptr(GRand) random = g_rand_new_with_seed((guint32)number);
    Buf *out = buf_new(a, 4096, 1 << 20);
    for (size_t i = 0; i < COUNT(formulas); i++) {
        buf_printf(out, "%s%s", i ? " " : "", formulas[i]);
        add_body(out, random, BODY_WORDS / (int)COUNT(formulas));
    }
    return buf_data(out);
}

/* ---- filling ---- */
typedef struct Fill {
    int from, to;
    SealKey key;
} Fill;

static bool put_text(Ctx *ctx, const Fill *fill, int number)
{
    const char *canonical = arena_printf(ctx->arena, "{\"number\":%d}", number);
    const Seal *seal = NULL;
    SealDraft draft = {.subject = "bench", .subject_id = number + 1, .version = 1, .title = "Comunicado", .address = "/",
                       .canonical = {canonical, strlen(canonical)}};
    return seal_make(ctx, &fill->key, &draft, &seal) && likeness_note_text(ctx, seal->id, text_of(ctx->arena, number));
}

static bool put_texts(Ctx *ctx, void *data)
{
    const Fill *fill = data;
    for (int number = fill->from; number < fill->to; number++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        if (!put_text(ctx, fill, number))
            return false;
    }
    return true;
}

/* How many there are already: the texts are put in one after the other. */
static int held(Ctx *ctx, int most)
{
    int low = 0, high = most;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (seal_of(ctx, "bench", middle, 1))
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void fill_up(Ctx *ctx, int count)
{
    Fill fill = {.key = {.id = "bench"}};
    unsigned char seed[crypto_sign_SEEDBYTES] = {1};
    crypto_sign_seed_keypair(fill.key.public_key, fill.key.secret, seed);
    i64 began = clock_now();
    int before = held(ctx, count);
    for (fill.from = before; fill.from < count; fill.from = fill.to) {
        fill.to = fill.from + AT_ONCE < count ? fill.from + AT_ONCE : count;
        if (!db_transact(ctx, put_texts, &fill))
            bench_die("%s", fault_take(ctx).what);
    }
    if (count > before)
        fprintf(stderr, "bench_likeness: %d texts noted, %.2f ms each\n", count - before,
                (double)(clock_now() - began) / 1000 / (count - before));
}

/* ---- asking ---- */
typedef const char *Make(Arena *a, GRand *random, int number);

static const char *make_copy(Arena *a, GRand *random, int number)
{
    return text_of(a, number);
}

static const char *make_changed(Arena *a, GRand *random, int number)
{
    char *text = arena_text(a, text_of(a, number)), *at = text + strlen(text) / 2;
    while (*at && !(*at >= '1' && *at <= '8'))
        at++;
    if (*at)
        ++*at;
    return text;
}

static const char *from_word(const char *text, int n)
{
    for (; n > 0; n--)
        text = strchr(text, ' ') + 1;
    return text;
}

static const char *make_excerpt(Arena *a, GRand *random, int number)
{
    const char *from = from_word(text_of(a, number), g_rand_int_range(random, 10, 170));
    return arena_copy(a, from, (size_t)(from_word(from, 40) - from));
}

static const char *make_longer(Arena *a, GRand *random, int number)
{
    const char *text = text_of(a, number), *middle = from_word(text, 100);
    Buf *out = buf_new(a, 4096, 1 << 20);
    g_autoptr(GRand) other = g_rand_new_with_seed((guint32)-number - 1);
    buf_add(out, text, (size_t)(middle - text));
    add_body(out, other, 50);
    buf_printf(out, " %s", middle);
    return buf_data(out);
}

static const char *make_foreign(Arena *a, GRand *random, int number)
{
    return text_of(a, -number - 1);
}

static const char *make_long_foreign(Arena *a, GRand *random, int number)
{
    Buf *out = buf_new(a, 4096, 1 << 20);
    for (int i = 0; buf_size(out) < LIKENESS_TEXT_MAX; i++)
        buf_text(out, text_of(a, -number - i - 1));
    return buf_data(out);
}

static int by_size(const void *one, const void *other)
{
    const i64 *x = one, *y = other;
    return (*x > *y) - (*x < *y);
}

static void measure(Ctx *ctx, const char *what, Make *make, bool ours, int count)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(99);
    i64 took[ROUNDS];
    int right = 0;
    for (int i = 0; i < ROUNDS; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        int number = g_rand_int_range(random, 0, count);
        const char *text = make(ctx->arena, random, number);
        i64 began = clock_now();
        List found = likeness_find_text(ctx, text, 3);
        took[i] = clock_now() - began;
        const Likeness *like = found.items;
        right += ours ? found.count && like->seal->subject_id == number + 1 : !found.count || like->shared * 3 < like->asked;
    }
    qsort(took, ROUNDS, sizeof *took, by_size);
    printf("%-32s %7.2f %7.2f %7.2f  %3d\n", what, (double)took[ROUNDS / 2] / 1000, (double)took[ROUNDS * 95 / 100] / 1000,
           (double)took[ROUNDS - 1] / 1000, right * 100 / ROUNDS);
}

int main(int argc, char **argv)
{
    if (argc != 3 || sodium_init() < 0)
        bench_die("usage: bench_likeness DATABASE-URL TEXTS");
    const char *why = NULL;
    int count = atoi(argv[2]);
    Arena *arena = arena_new(0);
    City city = {.zone = zone_find("America/Mexico_City"), .base_url = "http://127.0.0.1"};
    Ctx ctx = {.arena = arena, .actor = &actor_system, .city = &city, .now = clock_now(), .db = db_open(argv[1], DB_WRITE, &why)};
    if (!ctx.db)
        bench_die("%s", why);
    if (!steps_run(&ctx, store_steps, store_steps_count, NULL))
        bench_die("%s", fault_take(&ctx).what);
    fill_up(&ctx, count);
    measure(&ctx, "an exact copy", make_copy, true, count);
    measure(&ctx, "one number changed", make_changed, true, count);
    measure(&ctx, "an excerpt of 40 words", make_excerpt, true, count);
    measure(&ctx, "with a paragraph more", make_longer, true, count);
    measure(&ctx, "a text of others", make_foreign, false, count);
    measure(&ctx, "64 KB of others", make_long_foreign, false, count);
    if (faulted(&ctx))
        bench_die("%s", fault_take(&ctx).what);
    bench_close(&ctx);
    arena_free(arena);
    return 0;
}
