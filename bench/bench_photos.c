/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_photos.c: how long the desk's pages of pictures take among many: the grid, filtered, found by words.
 *
 * usage: bench_photos DATABASE-URL PHOTOS
 *
 * Fills the database when it holds fewer pictures: 200 of each event, all with "parque" in their caption, every hundredth with
 * "listón", a tenth outstanding, and so on. Where they are no more than 200 all of them are all of this, so that each page has as
 * many pictures as among many: otherwise nothing would be compared but full pages with empty ones. One line for each thing that
 * is asked: median and 95th percentile of milliseconds of CPU (on PostgreSQL: on the wall), with its count. */
#include "bench_desk.h"
#include "base/id.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/photos/photos_room.h"
#include "store/steps.h"

#include <glib.h>
#include <stdlib.h>

enum { OF_EVENT = 200, ROUNDS = 100, PAGE = 60 };
#define FIRST ((i64)1657800000 * CLOCK_SECOND) /* 14 July 2022 */

typedef struct Fill {
    int from, to; /* events */
    i64 person;
    bool alike;   /* what some of many have, all have */
} Fill;

static const Query insert = {
    .name = "bench_photo",
    .sql = "INSERT INTO photos_photo (id, sha256, size, filename, event, person, state, type, width, height, taken_at, taken_from, place, "
           "caption, alt, credit, mark, minors, at) VALUES ($1, $2, 5000000, 'IMG.JPG', $3, $4, 'ready', 'image/jpeg', 6000, 4000, $5, 'zone', "
           "$6, $7, 'Un parque con una fuente', 'Renata Paz', $8, $9, $5)",
    .table = "photos_photo",
    .writes = true,
};

static bool put_photo(Ctx *ctx, const Fill *fill, i64 event, int n)
{
    static const char *const places[] = {"Parque Tangamanga", "Plaza de Armas", "Palacio Municipal", "Teatro de la Paz"};
    i64 id = id_new(ctx->now);
    int share = fill->alike ? 0 : n;
    const char *caption = arena_printf(ctx->arena, "Familias en el parque, foto %d%s", n, share % 100 ? "" : ", corte del listón");
    return db_write(ctx, &insert, I(id), T(arena_printf(ctx->arena, "%064x", (unsigned)n)), I(event), I(fill->person),
                    I(FIRST + (i64)n * CLOCK_MINUTE), T(places[share % 4]), T(caption), T(share % 10 ? "none" : "star"), T(share % 50 ? "none" : "pixelate")) &&
           photos_index(ctx, id);
}

static bool put_event(Ctx *ctx, const Fill *fill, int e)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    i64 event;
    EventDraft draft = {.title = arena_printf(ctx->arena, "Inauguración %d", e), .starts = {2022, 7, 1 + e % 28, 10, 0, 0},
                        .status = EVENT_CONFIRMED, .time_zone = "America/Mexico_City"};
    if (!agenda_create(ctx, &draft, &event))
        return false;
    for (int n = e * OF_EVENT; n < (e + 1) * OF_EVENT; n++)
        if (!put_photo(ctx, fill, event, n))
            return false;
    return true;
}

static bool put_events(Ctx *ctx, void *data)
{
    const Fill *fill = data;
    for (int e = fill->from; e < fill->to; e++)
        if (!put_event(ctx, fill, e))
            return false;
    return true;
}

static bool hire(Ctx *ctx, void *data)
{
    i64 *person = data;
    const Person *there = people_by_mail(ctx, "renata@sanluis.example");
    if (there)
        *person = there->id;
    return there || (people_seed(ctx) && people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata", NULL, ROLE_PHOTOGRAPHER, 0}, person));
}

static void fill_up(Ctx *ctx, int photos, i64 *person_out)
{
    Fill fill = {.from = (int)(photos_count(ctx, &(PhotoFilter){0}) / OF_EVENT), .alike = photos <= OF_EVENT};
    if (!db_transact(ctx, hire, &fill.person))
        bench_die("%s", fault_take(ctx).what);
    for (; fill.from * OF_EVENT < photos; fill.from++) {
        fill.to = fill.from + 1;
        if (!db_transact(ctx, put_events, &fill))
            bench_die("%s", fault_take(ctx).what);
    }
    *person_out = fill.person;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(Ctx *ctx, const char *name, PhotoFilter filter, i64 after)
{
    double took[ROUNDS];
    size_t found = 0;
    i64 count = 0;
    for (int i = 0; i < ROUNDS; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        double began = bench_now_us(ctx);
        found = photos_list(ctx, &filter, after, after ? INT64_MAX : 0, PAGE).count;
        count = photos_count(ctx, &filter);
        took[i] = (bench_now_us(ctx) - began) / 1000;
    }
    if (faulted(ctx))
        bench_die("%s", fault_take(ctx).what);
    qsort(took, ROUNDS, sizeof *took, compare);
    printf("%-44s %3zu of %6" PRId64 "  median %7.2f ms  p95 %7.2f ms\n", name, found, count, took[ROUNDS / 2], took[ROUNDS * 95 / 100]);
}

static void ask_all(Ctx *ctx, int photos, i64 person)
{
    i64 middle = FIRST + (i64)(photos / 2) * CLOCK_MINUTE;
    measure(ctx, "the grid: first page", (PhotoFilter){0}, 0);
    measure(ctx, "the grid: a page in the middle", (PhotoFilter){0}, middle);
    measure(ctx, "outstanding ones (a tenth)", (PhotoFilter){.mark = "star"}, 0);
    measure(ctx, "to be pixelated (a fiftieth)", (PhotoFilter){.minors = "pixelate"}, 0);
    measure(ctx, "of one photographer, outstanding", (PhotoFilter){.person = person, .mark = "star"}, 0);
    measure(ctx, "not published", (PhotoFilter){.published = "no"}, 0);
    measure(ctx, "of one hour", (PhotoFilter){.span = {middle, middle + CLOCK_HOUR}}, 0);
    measure(ctx, "words in all: parque", (PhotoFilter){.words = "parque"}, 0);
    measure(ctx, "words in all: a page in the middle", (PhotoFilter){.words = "parque"}, middle);
    measure(ctx, "words in a hundredth: listón", (PhotoFilter){.words = "listón"}, 0);
    measure(ctx, "of a place: tangamanga", (PhotoFilter){.place = "tangamanga"}, 0);
}

int main(int argc, char **argv)
{
    const char *why = NULL;
    int photos = argc == 3 ? atoi(argv[2]) : 0;
    if (photos < 1)
        bench_die("usage: bench_photos DATABASE-URL PHOTOS");
    Arena *arena = arena_new(0);
    Db *db = db_open(argv[1], DB_WRITE, &why);
    if (!db)
        bench_die("%s", why);
    City city = {.name = "San Luis Potosí", .office = "Comunicación Social", .zone = zone_find("America/Mexico_City"), .base_url = ""};
    Ctx ctx = {arena, db, &bench_actor, &city, clock_now(), {0}};
    i64 person = 0;
    if (!steps_run(&ctx, store_steps, store_steps_count, NULL))
        bench_die("%s", fault_take(&ctx).what);
    fill_up(&ctx, photos, &person);
    ask_all(&ctx, photos, person);
    db_close(db);
    arena_free(arena);
    return 0;
}
