/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_fill.c: fills a month or a day of a data folder with events and coverages, by the agenda's rules.
 *
 * usage: bench_fill DATA YYYY-MM[-DD] EVENTS COVERAGES ASSIGNEE-MAIL
 *
 * The same numbers give the same records: what varies comes from counters.  Two of three coverages
 * are delivered and approved, so that the report has something to count. */
#include "bench_desk.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"

#include <stdlib.h>

typedef struct Fill {
    Wall first; /* of its days */
    int days;
    int events, coverages;
    const char *assignee;
} Fill;

static bool put_event(Ctx *ctx, const Fill *fill, int n, i64 *id_out)
{
    static const char *const titles[] = {
        "Entrega de luminarias",
        "Sesión de Cabildo",
        "Rueda de prensa semanal",
        "Jornada de vacunación",
        "Festival de danza en la plaza",
        "Arranque de obra de pavimentación",
        "Gira de trabajo por delegaciones",
    };
    static const char *const places[] = {"Plaza de Armas", "Palacio Municipal", "Parque Tangamanga",
                                         "Centro de Convenciones"};
    int hour = 8 + n % 12;
    Wall starts = {
        fill->first.year, fill->first.month, fill->first.day + n % fill->days, hour, n % 2 * 30, 0};
    Wall ends = starts;
    ends.hour++;
    EventDraft draft = {
        .title = arena_printf(ctx->arena, "%s, %s %d", titles[n % COUNT(titles)],
                              places[n % COUNT(places)], n + 1),
        .description =
            "Con la presencia de autoridades municipales y vecinos de la zona. Entrada libre.",
        .topics = "Obras\nServicios",
        .time_zone = zone_name(ctx->city->zone),
        .starts = starts,
        .ends = ends,
        .status = EVENT_CONFIRMED,
        .visibility = VISIBLE_PUBLIC,
        .place = {.name = places[n % COUNT(places)],
                  .address = "Centro Histórico",
                  .lat = 22.15,
                  .lon = -100.97},
    };
    return agenda_create(ctx, &draft, id_out);
}

static bool put_coverage(Ctx *ctx, const Fill *fill, i64 event, int n)
{
    CoverageDraft draft = {.kind = (CoverageKind)(n % 8),
                           .assignee = fill->assignee,
                           .brief = "Tres fotos para redes."};
    EvidenceDraft evidence = {.kind = EVIDENCE_LINK, .url = "https://fototeca.example/entrega"};
    i64 id;
    if (!agenda_cover(ctx, event, &draft, &id))
        return false;
    return n % 3 == 0 ||
           (agenda_accept(ctx, id, NONE) && agenda_deliver(ctx, id, NONE, (List){&evidence, 1}) &&
            agenda_approve(ctx, id, NONE));
}

static bool fill_span(Ctx *ctx, void *data)
{
    const Fill *fill = data;
    int covered = 0;
    for (int n = 0; n < fill->events; n++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        i64 event;
        if (!put_event(ctx, fill, n, &event))
            return false;
        for (; covered * fill->events < (n + 1) * fill->coverages; covered++)
            if (!put_coverage(ctx, fill, event, covered))
                return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        bench_die("usage: bench_fill DATA YYYY-MM[-DD] EVENTS COVERAGES ASSIGNEE-MAIL");
    Arena *arena = arena_new(0);
    Settings settings = bench_settings(arena, argv[1]);
    Ctx ctx = bench_open(arena, &settings, DB_WRITE);
    Fill fill = {.events = atoi(argv[3]), .coverages = atoi(argv[4]), .assignee = argv[5]};
    Span span;
    bool day = clock_day(settings.city.zone, argv[2], &span);
    if (!day && !clock_month(settings.city.zone, argv[2], &span))
        bench_die("%s is no month and no day", argv[2]);
    fill.first = clock_wall(settings.city.zone, span.from);
    fill.days = day ? 1 : 28;
    const Person *person = people_by_mail(&ctx, fill.assignee);
    if (!person)
        bench_die("nobody has the address %s", fill.assignee);
    Actor actor = bench_actor;
    actor.id = person->id; /* evidence names who handed it in */
    ctx.actor = &actor;
    if (!db_transact(&ctx, fill_span, &fill))
        bench_die("%s", fault_take(&ctx).what);
    bench_close(&ctx);
    arena_free(arena);
    return 0;
}
