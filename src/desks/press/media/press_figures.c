/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_figures.c: what the month's report counts of releases: one table. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "press_figure_queries.h"

#include <stdlib.h>

enum { WAITS_MOST = 20000 };

/* ---- counts ---- */

static i64 counted(Ctx *ctx, const Query *q, const Measure *m)
{
    return db_number_(ctx, q, BINDS(I(m->span.from), I(m->span.to), I(m->area)));
}

static i64 published(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return counted(ctx, &q_press_figure_published, m);
}

static i64 corrected(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return counted(ctx, &q_press_figure_corrected, m);
}

static i64 withdrawn(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return counted(ctx, &q_press_figure_withdrawn, m);
}

static i64 pickups(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return press_pickups_count(ctx, m->span, m->area);
}

/* ---- how long it took ---- */

typedef struct Wait {
    i64 from_at, to_at;
} Wait;
static const Field wait_fields[] = {FIELD_TIME(Wait, from_at), FIELD_TIME(Wait, to_at)};
static const Shape wait_shape = SHAPE("wait", Wait, wait_fields);

static int by_size(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

/* The nearest-rank median, in whole minutes; what was out before the event began took none. */
static i64 wait_median(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    List waits = db_list(ctx, &q_press_figure_waits, &wait_shape, I(m->span.from), I(m->span.to), I(m->area), I(WAITS_MOST));
    if (!waits.count)
        return NONE;
    i64 *took = arena_array(ctx->arena, i64, waits.count);
    for (size_t i = 0; i < waits.count; i++) {
        const Wait *w = (const Wait *)waits.items + i;
        took[i] = w->to_at > w->from_at ? (w->to_at - w->from_at) / CLOCK_MINUTE : 0;
    }
    qsort(took, waits.count, sizeof *took, by_size);
    return took[(waits.count + 1) / 2 - 1];
}

/* ---- lists ---- */

static const char *list(Ctx *ctx, const char *path, const Measure *m, const char *key)
{
    const char *area = m->area ? arena_printf(ctx->arena, "&area=%s", id_text(ctx->arena, m->area)) : "";
    const char *figure = key ? arena_printf(ctx->arena, "&figura=%s", key) : "";
    return arena_printf(ctx->arena, "%s?mes=%s%s%s", path, m->period, figure, area);
}

static const char *in_releases(Ctx *ctx, const Measure *m, const char *key)
{
    return list(ctx, "/mesa/comunicados", m, key);
}

static const char *in_published(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return list(ctx, "/mesa/comunicados", m, "releases_published");
}

static const char *in_pickups(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return list(ctx, "/mesa/prensa/retomas", m, NULL);
}

static const char *in_public(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return arena_printf(ctx->arena, strlen(m->period) == 4 ? "/comunicados?anio=%s" : "/comunicados?mes=%s", m->period);
}

#define OF_RELEASES   .source = N_("The releases of the desk."), .records = in_releases
#define RELEASE_UNIT  .unit = N_("release"), .units = N_("releases")

const Indicator press_indicators[] = {
    {.key = "releases_published", .label = N_("Releases published"), RELEASE_UNIT, OF_RELEASES,
     .formula = N_("Releases whose first publication falls in the month, whatever became of them later."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = published, .public_records = in_public},
    {.key = "releases_corrected", .label = N_("Releases corrected"), RELEASE_UNIT, OF_RELEASES,
     .formula = N_("Releases that got at least one public correction in the month, whenever they were published."),
     .direction = DIRECTION_DOWN, .form = FIGURE_COUNT, .count = corrected},
    {.key = "releases_withdrawn", .label = N_("Releases withdrawn"), RELEASE_UNIT, OF_RELEASES,
     .formula = N_("Releases published in the month that were withdrawn since."),
     .direction = DIRECTION_DOWN, .form = FIGURE_COUNT, .count = withdrawn, .of = published},
    {.key = "hours_event_to_release", .label = N_("From the event to its release, median"), .unit = N_("minute"), .units = N_("minutes"),
     .source = N_("The releases of the desk."), .records = in_published,
     .formula = N_("From the beginning of each event to the first publication of its release, of releases published in the month: half of them "
                   "took no longer. What was out before the event took none; releases of no event and imported ones do not count."),
     .direction = DIRECTION_DOWN, .form = FIGURE_SPREAD, .count = wait_median},
    {.key = "release_pickups", .label = N_("Releases taken up by media"), .unit = N_("pick-up"), .units = N_("pick-ups"),
     .source = N_("What media made of the releases, noted at each release with evidence."), .records = in_pickups,
     .formula = N_("Each printing or broadcast of a release that appeared in the month, noted with evidence; media that took up several releases "
                   "count several times."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = pickups},
    {0},
};
