/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy_store.c: queries in, structs out. */
#include "base/text.h"
#include "desks/strategy/strategy_room.h"
#include "store/db.h"
#include "strategy_queries.h"

static const Field goal_fields[] = {
    FIELD_ID(Goal, id),
    FIELD_TEXT(Goal, indicator),
    FIELD_TEXT(Goal, period),
    FIELD_ID(Goal, area),
    FIELD_INT(Goal, target),
    FIELD_TEXT(Goal, person_name),
    FIELD_TIME(Goal, changed_at),
    FIELD_INT(Goal, version),
};
const Shape strategy_goal_shape = SHAPE("goal", Goal, goal_fields);

static const Field figure_fields[] = {
    FIELD_ID(TypedFigure, id),
    FIELD_TEXT(TypedFigure, indicator),
    FIELD_TEXT(TypedFigure, month),
    FIELD_ID(TypedFigure, area),
    FIELD_INT(TypedFigure, value),
    FIELD_TEXT(TypedFigure, url),
    FIELD_TEXT(TypedFigure, text),
    FIELD_TEXT(TypedFigure, sha256),
    FIELD_TEXT(TypedFigure, filename),
    FIELD_TEXT(TypedFigure, person_name),
    FIELD_TIME(TypedFigure, changed_at),
    FIELD_INT(TypedFigure, version),
};
const Shape strategy_figure_shape = SHAPE("typed_figure", TypedFigure, figure_fields);

const Goal *strategy_goal_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_strategy_goal_find, &strategy_goal_shape, I(id));
}

const Goal *strategy_goal(Ctx *ctx, const char *indicator, const char *period, i64 area)
{
    return db_maybe(ctx, &q_strategy_goal_of, &strategy_goal_shape, T(indicator), T(period), I(area));
}

List strategy_goals(Ctx *ctx, const char *period, i64 area)
{
    return db_list(ctx, &q_strategy_goals, &strategy_goal_shape, T(period), I(area), I(STRATEGY_GOALS_MOST));
}

i64 strategy_target(Ctx *ctx, const char *indicator, const char *period, i64 area)
{
    const Goal *goal = strategy_goal(ctx, indicator, period, area);
    return goal ? goal->target : NONE;
}

const TypedFigure *strategy_typed_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_strategy_figure_find, &strategy_figure_shape, I(id));
}

const TypedFigure *strategy_typed(Ctx *ctx, const char *indicator, const char *month, i64 area)
{
    return db_maybe(ctx, &q_strategy_figure_of, &strategy_figure_shape, T(indicator), T(month), I(area));
}

i64 strategy_typed_total(Ctx *ctx, const char *indicator, const char *period, i64 area)
{
    bool year = strlen(period) == 4;
    const char *first = year ? arena_printf(ctx->arena, "%s-01", period) : period;
    const char *last = year ? arena_printf(ctx->arena, "%s-12", period) : period;
    return db_number(ctx, &q_strategy_figure_total, T(indicator), T(first), T(last), I(area));
}
