/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_indicators.c: what the month's report counts of the agenda: one table. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_figure_queries.h"

#include <stdlib.h>

enum { SPREAD_MOST = 20000 };

/* ---- counts ---- */

static i64 events(Ctx *ctx, const Measure *m, const char *key)
{
    return agenda_figure_count(ctx, m, (AgendaFigure)word_find(agenda_figure_words, key));
}

static i64 held(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_figure_count(ctx, m, AGENDA_HELD);
}

static i64 not_covered(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_figure_count(ctx, m, AGENDA_NOT_COVERED);
}

static i64 coverages(Ctx *ctx, const Measure *m, const char *key)
{
    return agenda_work_count(ctx, m, (WorkFilter){.work = (AgendaWork)word_find(agenda_work_words, key)});
}

static i64 planned(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_work_count(ctx, m, (WorkFilter){.work = WORK_PLANNED});
}

static i64 delivered(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_work_count(ctx, m, (WorkFilter){.work = WORK_DELIVERED});
}

/* ---- sums and spreads ---- */

static i64 minutes(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    if (!agenda_work_count(ctx, m, (WorkFilter){.work = WORK_MINUTES}))
        return NONE; /* nobody said: that is not the same as no work */
    return db_number(ctx, &q_agenda_figure_minutes, I(m->span.from), I(m->span.to), I(m->area));
}

static i64 minutes_missing(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_work_count(ctx, m, (WorkFilter){.work = WORK_DELIVERED}) - agenda_work_count(ctx, m, (WorkFilter){.work = WORK_MINUTES});
}

typedef struct FirstDelivery {
    i64 from_at, to_at;
} FirstDelivery;
static const Field first_delivery_fields[] = {FIELD_TIME(FirstDelivery, from_at), FIELD_TIME(FirstDelivery, to_at)};
static const Shape first_delivery_shape = SHAPE("delivery", FirstDelivery, first_delivery_fields);

static int by_size(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

/* The nearest-rank percentile, in whole minutes; what was handed in before the event began took none. */
static i64 waited(Ctx *ctx, const Measure *m, i64 percent)
{
    List list = db_list(ctx, &q_agenda_figure_first_deliveries, &first_delivery_shape, I(m->span.from), I(m->span.to), I(m->area),
                        I(SPREAD_MOST));
    if (!list.count)
        return NONE;
    i64 *took = arena_array(ctx->arena, i64, list.count);
    for (size_t i = 0; i < list.count; i++) {
        const FirstDelivery *d = (const FirstDelivery *)list.items + i;
        took[i] = d->to_at > d->from_at ? (d->to_at - d->from_at) / CLOCK_MINUTE : 0;
    }
    qsort(took, list.count, sizeof *took, by_size);
    size_t rank = ((size_t)percent * list.count + 99) / 100;
    return took[rank ? rank - 1 : 0];
}

static i64 wait_median(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return waited(ctx, m, 50);
}

static i64 wait_most(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return waited(ctx, m, 90);
}

/* Covered, and nobody knows when the first thing was handed in. */
static i64 wait_missing(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    i64 missing = agenda_figure_count(ctx, m, AGENDA_COVERED) - agenda_figure_count(ctx, m, AGENDA_DELIVERED);
    return missing > 0 ? missing : 0;
}

/* ---- lists ---- */

static const char *path(Ctx *ctx, const char *list, const Measure *m, const char *key)
{
    const char *area = m->area ? arena_printf(ctx->arena, "&area=%s", id_text(ctx->arena, m->area)) : "";
    return arena_printf(ctx->arena, "%s?mes=%s&figura=%s%s", list, m->period, key, area);
}

static const char *in_agenda(Ctx *ctx, const Measure *m, const char *key)
{
    return path(ctx, "/mesa/agenda", m, key);
}

static const char *in_coverages(Ctx *ctx, const Measure *m, const char *key)
{
    return path(ctx, "/mesa/coberturas", m, key);
}

static const char *in_deliveries(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return path(ctx, "/mesa/agenda", m, word_name(agenda_figure_words, AGENDA_DELIVERED));
}

/* Citizens see the month's public events, standing or not: that is the list of what was held. */
static const char *in_public(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return arena_printf(ctx->arena, "/agenda?mes=%s", m->period);
}

#define OF_AGENDA   .source = N_("The public agenda of the desk."), .records = in_agenda
#define OF_WORK     .source = N_("The coverages of the desk, of public events that stood."), .records = in_coverages
#define EVENTS_UNIT .unit = N_("event"), .units = N_("events")
#define WORK_UNIT   .unit = N_("coverage"), .units = N_("coverages")
#define TIME_UNIT   .unit = N_("minute"), .units = N_("minutes")

const Indicator agenda_indicators[] = {
    {.key = "events_held", .label = N_("Events of the public agenda"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Public events that begin in the month and were neither cancelled nor left without a date."),
     .direction = DIRECTION_NONE, .form = FIGURE_COUNT, .count = events, .public_records = in_public},
    {.key = "events_covered", .label = N_("Events covered"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Events of the public agenda with at least one coverage that was delivered and approved."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = events, .of = held},
    {.key = "events_not_covered", .label = N_("Events not covered"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Events of the public agenda without an approved coverage."),
     .direction = DIRECTION_DOWN, .form = FIGURE_COUNT, .count = events, .of = held},
    {.key = "events_unexplained", .label = N_("Events not covered, without a reason"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Events not covered for which nobody said why."),
     .direction = DIRECTION_DOWN, .form = FIGURE_COUNT, .count = events, .of = not_covered},
    {.key = "events_live", .label = N_("Events with live coverage"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Events of the public agenda with an approved stream or live text."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = events, .of = held},
    {.key = "events_photographed", .label = N_("Events with photographs"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Events of the public agenda with an approved coverage of kind photography."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = events, .of = held},
    {.key = "events_cancelled", .label = N_("Events cancelled"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Public events of the month that were cancelled."),
     .direction = DIRECTION_NONE, .form = FIGURE_COUNT, .count = events},
    {.key = "events_postponed", .label = N_("Events postponed or rescheduled"), EVENTS_UNIT, OF_AGENDA,
     .formula = N_("Public events of the month that were left without a date or got another one."),
     .direction = DIRECTION_NONE, .form = FIGURE_COUNT, .count = events},
    {.key = "coverages_delivered", .label = N_("Coverages delivered"), WORK_UNIT, OF_WORK,
     .formula = N_("Coverages that were handed in with evidence, approved already or not."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = coverages, .of = planned},
    {.key = "coverages_approved", .label = N_("Coverages approved"), WORK_UNIT, OF_WORK,
     .formula = N_("Coverages that were handed in and approved."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = coverages, .of = planned},
    {.key = "coverages_on_time", .label = N_("Coverages delivered on time"), WORK_UNIT, OF_WORK,
     .formula = N_("Coverages first handed in no later than they were due."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = coverages, .of = delivered},
    {.key = "coverages_declined", .label = N_("Coverages declined"), WORK_UNIT, OF_WORK,
     .formula = N_("Coverages that somebody said no to and nobody took over."),
     .direction = DIRECTION_DOWN, .form = FIGURE_COUNT, .count = coverages, .of = planned},
    {.key = "person_minutes", .label = N_("Working time in the field"), TIME_UNIT, OF_WORK,
     .formula = N_("The working time that people noted at their deliveries, added up."),
     .direction = DIRECTION_NONE, .form = FIGURE_SUM, .count = minutes, .missing = minutes_missing},
    {.key = "delivery_median", .label = N_("From the event to the first delivery, median"), TIME_UNIT,
     .source = N_("The coverages of the desk, of public events that stood."), .records = in_deliveries,
     .formula = N_("From the beginning of each event to the first thing handed in: half of the events took no longer."),
     .direction = DIRECTION_DOWN, .form = FIGURE_SPREAD, .count = wait_median, .missing = wait_missing},
    {.key = "delivery_p90", .label = N_("From the event to the first delivery, nine out of ten"), TIME_UNIT,
     .source = N_("The coverages of the desk, of public events that stood."), .records = in_deliveries,
     .formula = N_("From the beginning of each event to the first thing handed in: nine of ten events took no longer."),
     .direction = DIRECTION_DOWN, .form = FIGURE_SPREAD, .count = wait_most, .missing = wait_missing},
    {0},
};
