/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_search.c: how long a citizen's search takes among many records.
 *
 * usage: bench_search DATABASE-URL RECORDS
 *
 * Fills the database when it holds fewer records: releases of a hundred and fifty words, all with "ayuntamiento" in them, every
 * twelfth and every hundredth with a word of its own.  One line for each thing that is asked: median and 95th percentile of milliseconds
 * of CPU; on PostgreSQL, on the wall. */
#include "bench_desk.h"
#include "base/buf.h"
#include "store/search.h"
#include "store/steps.h"

#include <glib.h>
#include <stdlib.h>

enum { AT_ONCE = 1000, ROUNDS = 100, WORDS = 150 };

static const char *const words[] = {
    "agua", "calle", "colonia", "obra", "parque", "bacheo", "luminarias", "policía", "cultura", "festival", "jóvenes", "mujeres",
    "escuela", "mercado", "limpia", "drenaje", "pavimento", "plaza", "vecinos", "entrega", "avance", "inversión", "familias", "salud",
    "deporte", "torneo", "árboles", "avenida", "puente", "programa", "trámites", "horario", "servicio", "camiones", "ruta", "zona",
};

typedef struct Fill {
    int from, to;
} Fill;

static bool put_record(Ctx *ctx, int number)
{
    g_autoptr(GRand) random = g_rand_new_with_seed((guint32)number);
    Buf *text = buf_new(ctx->arena, 2048, 64 * 1024);
    buf_text(text, "El Ayuntamiento informa");
    for (int i = 0; i < WORDS; i++)
        buf_printf(text, " %s", words[g_rand_int_range(random, 0, (int)COUNT(words))]);
    buf_printf(text, " expediente%d %s %s", number, number % 100 ? "" : "teleférico", number % 12 ? "" : "zoológico");
    SearchEntry e = {.subject = number % 20 ? "press_release" : "report", .id = number + 1, .public_text = buf_data(text),
                     .title = arena_printf(ctx->arena, "Comunicado %s %d", words[number % (int)COUNT(words)], number),
                     .public_address = "/x", .desk_address = "/y", .topics = number % 3 ? "Obra pública" : "Cultura",
                     .at = (i64)(number + 1) * CLOCK_HOUR};
    return search_put(ctx, &e);
}

static bool put_records(Ctx *ctx, void *data)
{
    const Fill *fill = data;
    for (int number = fill->from; number < fill->to; number++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        if (!put_record(ctx, number))
            return false;
    }
    return true;
}

static void fill_up(Ctx *ctx, int count)
{
    SearchFound last = search_ask(ctx, &(SearchAsk){.words = arena_printf(ctx->arena, "expediente%d", count - 1), .limit = 1});
    for (int from = last.total ? count : 0; from < count; from += AT_ONCE)
        if (!db_transact(ctx, put_records, &(Fill){from, from + AT_ONCE < count ? from + AT_ONCE : count}))
            bench_die("%s", fault_take(ctx).what);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(Ctx *ctx, const char *name, SearchAsk ask)
{
    double took[ROUNDS];
    size_t hits = 0;
    ask.limit = 20;
    for (int i = 0; i < ROUNDS; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        double began = bench_now_us(ctx);
        hits = search_ask(ctx, &ask).hits.count;
        took[i] = (bench_now_us(ctx) - began) / 1000;
    }
    if (faulted(ctx))
        bench_die("%s", fault_take(ctx).what);
    qsort(took, ROUNDS, sizeof *took, compare);
    printf("%-44s %3zu hits  median %7.2f ms  p95 %7.2f ms\n", name, hits, took[ROUNDS / 2], took[ROUNDS * 95 / 100]);
}

static void ask_all(Ctx *ctx)
{
    measure(ctx, "in every record: ayuntamiento", (SearchAsk){.words = "ayuntamiento"});
    measure(ctx, "in most records: obra", (SearchAsk){.words = "obra"});
    measure(ctx, "three words: obra agua colonia", (SearchAsk){.words = "obra agua colonia"});
    measure(ctx, "in every hundredth: teleférico", (SearchAsk){.words = "teleférico"});
    measure(ctx, "in every twelfth: zoológico", (SearchAsk){.words = "zoológico"});
    measure(ctx, "in one: expediente77", (SearchAsk){.words = "expediente77 ayuntamiento"});
    measure(ctx, "in every record, of one kind", (SearchAsk){.words = "ayuntamiento", .subject = "report"});
    measure(ctx, "in every record, about a topic", (SearchAsk){.words = "ayuntamiento", .topic = "cultura"});
    measure(ctx, "in every record, of the first month", (SearchAsk){.words = "ayuntamiento", .span = {CLOCK_HOUR, 700 * CLOCK_HOUR}});
}

int main(int argc, char **argv)
{
    const char *why = NULL;
    i64 count = argc == 3 ? atoi(argv[2]) : 0;
    if (count < 1)
        bench_die("usage: bench_search DATABASE-URL RECORDS");
    Arena *arena = arena_new(0);
    Db *db = db_open(argv[1], DB_WRITE, &why);
    if (!db)
        bench_die("%s", why);
    City city = {.name = "San Luis Potosí", .office = "Comunicación Social", .zone = zone_find("America/Mexico_City"), .base_url = ""};
    Ctx ctx = {arena, db, &bench_actor, &city, clock_now(), {0}};
    if (!steps_run(&ctx, store_steps, store_steps_count, NULL))
        bench_die("%s", fault_take(&ctx).what);
    fill_up(&ctx, (int)count);
    ask_all(&ctx);
    db_close(db);
    arena_free(arena);
    return 0;
}
