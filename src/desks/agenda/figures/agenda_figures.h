/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_figures.h: the end of the agenda's door (agenda.h includes it): what the month's report reads: the indicators, and
 * the tables by area, topic, kind, person and day.
 *
 * Everything is counted over public events that begin in the span (and, but for the cancelled and the postponed, that
 * stand), so that a figure is the same whoever asks.  A figure of form COUNT is the total of the list at its records. */
#pragma once
#include "desks/strategy/strategy.h"

extern const Indicator agenda_indicators[];

/* Which coverages of a span a list shows: the words are keys of indicators. */
typedef enum { WORK_PLANNED, WORK_DELIVERED, WORK_APPROVED, WORK_ON_TIME, WORK_DECLINED, WORK_MINUTES } AgendaWork;
extern const Word agenda_work_words[];

typedef struct WorkFilter {
    AgendaWork work;
    const char *kind; /* a word of agenda_kind_words, or NULL */
    i64 person;       /* who does it, or 0 */
} WorkFilter;
List agenda_work_list(Ctx *ctx, const Measure *m, WorkFilter f, i64 after_at, i64 after_id, i64 limit); /* of Coverage */
i64 agenda_work_count(Ctx *ctx, const Measure *m, WorkFilter f);
i64 agenda_figure_count(Ctx *ctx, const Measure *m, AgendaFigure figure);
/* Of events, by start: what agenda_list() asks for a figure of the report; the shape is the caller's. */
List agenda_figure_rows(Ctx *ctx, const Shape *shape, const Measure *m, AgendaFigure figure, i64 after_at, i64 after_id, i64 limit);

/* One line of a table: what an area, a topic, a kind or a person had in the span. */
typedef struct Tally {
    const char *key;    /* an id, a word or a topic: what the list is filtered by */
    const char *label;  /* NULL: nothing was said */
    i64 events, covered;                       /* of areas and topics; of people and kinds 0 */
    i64 planned, delivered, approved, on_time; /* coverages; of topics 0 */
    i64 minutes;                               /* as the people said */
} Tally;
extern const Shape agenda_tally_shape, agenda_tally_events_shape, agenda_tally_work_shape; /* all of it; events alone; coverages alone */

typedef struct Tallies {
    List areas, topics, kinds, people; /* of Tally: kinds in their own order, the others the most first */
    List days;                         /* of Tally: every day of the span, key 2022-07-14 */
} Tallies;
/* At most 60 rows a table: the rest is added up in a last one with the key "others". */
const Tallies *agenda_tallies(Ctx *ctx, Span span);
