/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy.h: the door of the strategy room: what an indicator is, and how much of it is wanted.
 *
 * An indicator says how one thing is counted.  Each room that keeps records offers a table of its own
 * ({0}-ended: agenda_indicators[]), and the report lists these tables; nothing else is to be done for a later
 * room.  A computed figure is never typed: what nobody can compute is an indicator of kind MANUAL, its value is
 * typed with evidence and marked wherever it is shown.
 *
 * A goal is a target for an indicator in a year ("2022") or a month ("2022-07"), of the whole office (area 0)
 * or of one area.  Its result is computed by whoever shows it. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

typedef enum { DIRECTION_NONE, DIRECTION_UP, DIRECTION_DOWN } Direction; /* which way is good */
extern const Word strategy_direction_words[];

typedef enum { INDICATOR_COMPUTED, INDICATOR_MANUAL } IndicatorKind;
extern const Word strategy_kind_words[];

typedef enum {
    FIGURE_COUNT,   /* so many records: always the total of the list behind it */
    FIGURE_SUM,     /* the sum of something that the records in the list say, in whole minutes */
    FIGURE_SPREAD,  /* a median or a percentile of them, in whole minutes */
    FIGURE_TYPED    /* typed by a person */
} FigureForm;
extern const Word strategy_form_words[];

/* What is asked of an indicator: a time, and who. */
typedef struct Measure {
    Span span;
    const char *period; /* the span's name: 2022 or 2022-07 */
    i64 area;           /* 0: the whole office */
} Measure;

typedef struct Indicator {
    const char *key;            /* the key in JSON and in addresses: a promise to programs */
    const char *label;          /* msgid */
    const char *unit, *units;   /* msgids, singular and plural */
    const char *formula;        /* msgid: how it is counted, in words */
    const char *source;         /* msgid: where the records are */
    Direction direction;
    IndicatorKind kind;
    FigureForm form;
    i64 (*count)(Ctx *ctx, const Measure *m, const char *key);   /* NONE: not to be determined; NULL when it is typed */
    i64 (*of)(Ctx *ctx, const Measure *m, const char *key);      /* the whole that it is a part of; NULL: of none */
    i64 (*missing)(Ctx *ctx, const Measure *m, const char *key); /* records that should count and do not say enough; NULL: none */
    const char *(*records)(Ctx *ctx, const Measure *m, const char *key);        /* path of the desk's list; NULL: none */
    const char *(*public_records)(Ctx *ctx, const Measure *m, const char *key); /* path that citizens can open; NULL: none */
} Indicator;

/* What no record of the desk holds: typed, with evidence. {0}-ended. */
extern const Indicator strategy_indicators[];

/* FAULT_INVALID on the field period when it is neither a year nor a month. */
CHECKED bool strategy_period(Ctx *ctx, const char *period, Span *span_out);

/* ---- goals ---- */
typedef struct Goal {
    i64 id, area, target, changed_at, version;
    const char *indicator, *period, *person_name;
} Goal;
extern const Shape strategy_goal_shape;

i64 strategy_target(Ctx *ctx, const char *indicator, const char *period, i64 area); /* NONE without */
List strategy_goals(Ctx *ctx, const char *period, i64 area);                        /* of Goal, by indicator; at most 200 */
const Goal *strategy_goal(Ctx *ctx, const char *indicator, const char *period, i64 area); /* NULL without a fault */
/* version NONE: the caller does not mind. A target like the one before changes nothing. */
CHECKED bool strategy_set_goal(Ctx *ctx, const Indicator *indicator, const char *period, i64 area, i64 target, i64 version);
CHECKED bool strategy_drop_goal(Ctx *ctx, i64 id, i64 version);

/* How a result stands to its target, with the indicator's direction. */
typedef enum { GOAL_NONE, GOAL_MET, GOAL_ON_TRACK, GOAL_LATE, GOAL_MISSED } GoalState;
extern const Word strategy_state_words[];
/* now and span decide whether there is still time: before its end what is wanted grows with the days gone. */
GoalState strategy_state(Direction direction, i64 result, i64 target, Span span, i64 now);

/* ---- typed figures ---- */
typedef struct TypedFigure {
    i64 id, area, value, changed_at, version;
    const char *indicator, *month, *url, *text, *sha256, *filename, *person_name;
} TypedFigure;
extern const Shape strategy_figure_shape;

typedef struct TypedDraft {
    const char *month;
    i64 area, value;
    const char *url, *text;         /* at least one of them is the evidence */
    const char *sha256, *filename;  /* a file in the vault besides; or NULL */
} TypedDraft;
const TypedFigure *strategy_typed(Ctx *ctx, const char *indicator, const char *month, i64 area); /* NULL without a fault */
const TypedFigure *strategy_typed_find(Ctx *ctx, i64 id);
/* FAULT_INVALID without evidence, for an indicator that is computed, for a month that has not begun. */
CHECKED bool strategy_type_figure(Ctx *ctx, const Indicator *indicator, const TypedDraft *draft, i64 version);
