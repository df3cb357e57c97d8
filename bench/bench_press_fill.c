/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_press_fill.c: fills a data folder with published releases over ten years, by the press room's rules.
 *
 * usage: bench_press_fill DATA RELEASES
 *
 * The same number gives the same releases: what varies comes from counters. Where there are few, all are about culture and the last
 * thirty lie within two weeks, so that the lists of a topic and of a month have as full a page as among many: otherwise a page with
 * one release would be compared with one of 24. Prints the address of the last one. */
#include "bench_desk.h"
#include "base/buf.h"
#include "base/text.h"
#include "desks/press/press.h"
#include "store/seal.h"

#include <stdlib.h>

enum { AT_ONCE = 500, YEARS = 10, PARAGRAPHS = 12, FEW = 1000, LAST = 30 };

typedef struct Fill {
    int from, to, all;
    const SealKey *key;
    const char *slug; /* of the last one */
} Fill;

static const char *const topics[] = {"Obra pública", "Cultura", "Salud", "Deporte", "Protección civil", "Servicios municipales", "Economía"};
static const char *const subjects[] = {"bacheo", "luminarias", "parques", "becas", "mercados", "bibliotecas", "vacunas", "drenaje", "empleo"};
static const char *const places[] = {"Satélite", "Morales", "San Sebastián", "Tequisquiapan", "La Pila", "Bocas", "Prados", "Tlaxcala"};

static const char *body_of(Arena *a, int n)
{
    Buf *out = buf_new(a, 4096, 64 * 1024);
    for (int p = 0; p < PARAGRAPHS; p++) {
        if (p % 4 == 3)
            buf_printf(out, "## Etapa %d\n\n", p / 4 + 1);
        buf_printf(out, "El Ayuntamiento informa que el programa de %s número %d llegó a la colonia %s, donde **%d familias** lo pidieron "
                        "en la audiencia pública. La obra termina en %d días y su expediente puede consultarse en línea.\n\n",
                   subjects[(n + p) % (int)COUNT(subjects)], n, places[(n / 7 + p) % (int)COUNT(places)], n * 13 % 900 + p, n % 80 + p);
    }
    return buf_data(out);
}

static const char *topics_of(Arena *a, const Fill *fill, int n)
{
    const char *first = fill->all < FEW ? "Cultura" : topics[n % (int)COUNT(topics)];
    return arena_printf(a, "%s\n%s", first, topics[(n + 2) % (int)COUNT(topics)]);
}

/* How long before the end it was published. */
static i64 age_of(const Fill *fill, int n)
{
    int younger = fill->all - n;
    if (fill->all < FEW && younger <= LAST)
        return younger * (CLOCK_DAY / 2);
    return younger * (YEARS * 365 * CLOCK_DAY / fill->all);
}

static bool put_release(Ctx *ctx, Fill *fill, int n, i64 end)
{
    const char *subject = subjects[n % (int)COUNT(subjects)], *place = places[n / 3 % (int)COUNT(places)];
    ReleaseDraft draft = {
        .title = arena_printf(ctx->arena, "Llega el programa de %s número %d a la colonia %s", subject, n, place),
        .lead = "La lista de calles, con folio y fecha compromiso, se publica hoy y puede seguirse en línea.",
        .body = body_of(ctx->arena, n),
        .topics = topics_of(ctx->arena, fill, n),
        .dateline_place = "San Luis Potosí, S.L.P.",
    };
    i64 id;
    ctx->now = end - age_of(fill, n);
    if (!press_create(ctx, &draft, &id) || !press_send(ctx, id, NONE) || !press_approve(ctx, id, NONE, NULL) ||
        !press_publish(ctx, id, NONE, fill->key))
        return false;
    const Release *made = n + 1 == fill->all ? press_find(ctx, id) : NULL;
    if (made)
        fill->slug = made->slug;
    return !faulted(ctx);
}

static bool fill_some(Ctx *ctx, void *data)
{
    Fill *fill = data;
    i64 end = clock_instant(ctx->city->zone, (Wall){2022, 7, 31, 12, 0, 0}, NULL);
    for (int n = fill->from; n < fill->to; n++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        if (!put_release(ctx, fill, n, end))
            return false;
        if (fill->slug)
            fill->slug = arena_text(lap.outer, fill->slug);
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        bench_die("usage: bench_press_fill DATA RELEASES");
    Arena *arena = arena_new(0);
    Settings settings = bench_settings(arena, argv[1]);
    settings.city.four_eyes = false; /* one person fills all of it */
    Ctx ctx = bench_open(arena, &settings, DB_WRITE);
    SealKey key;
    const char *why = NULL;
    if (!seal_key_load(settings.seal_key, true, &key, &why))
        bench_die("%s", why);
    ctx.actor = &actor_system;
    Fill fill = {.all = atoi(argv[2]), .key = &key};
    for (; fill.from < fill.all; fill.from = fill.to) {
        fill.to = fill.from + AT_ONCE < fill.all ? fill.from + AT_ONCE : fill.all;
        if (!db_transact(&ctx, fill_some, &fill))
            bench_die("%s", fault_take(&ctx).what);
    }
    puts(fill.slug);
    seal_key_forget(&key);
    bench_close(&ctx);
    arena_free(arena);
    return 0;
}
