/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy.c: the rules: who may set a goal, what it may be, and what a typed figure needs. */
#include "base/id.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/strategy/strategy_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "web/html.h"
#include "strategy_queries.h"

/* ---- periods ---- */

/* A year as the city's months cut it; false for anything but four digits of 1970..2199. */
static bool year_span(Ctx *ctx, const char *period, Span *span_out)
{
    i64 year;
    Span first, last;
    if (strlen(period) != 4 || !text_int(period, &year) || year < 1970)
        return false;
    if (!clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-01", period), &first) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-12", period), &last))
        return false;
    *span_out = (Span){first.from, last.to};
    return true;
}

bool strategy_period(Ctx *ctx, const char *period, Span *span_out)
{
    if (!text_blank(period) && (year_span(ctx, period, span_out) || clock_month(ctx->city->zone, period, span_out)))
        return true;
    return fault_field(ctx, "period", "\"%s\" is neither a year like 2022 nor a month like 2022-07.",
                       period ? text_clip(ctx->arena, period, 40) : "");
}

/* ---- goals ---- */

static bool check_area(Ctx *ctx, i64 area)
{
    if (!area)
        return true;
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->id == area)
            return true;
    return fault_field(ctx, "area", "There is no such area in the office.");
}

static bool check_number(Ctx *ctx, const char *field, i64 number)
{
    if (number == NONE)
        return fault_field(ctx, field, "A whole number is wanted here.");
    if (number < 0 || number > STRATEGY_VALUE_MOST)
        return fault_field(ctx, field, "A number from 0 to %d is wanted here.", STRATEGY_VALUE_MOST);
    return true;
}

static bool check_version(Ctx *ctx, i64 seen, i64 real)
{
    if (seen != NONE && seen != real)
        return fault(ctx, FAULT_STALE, "Somebody else changed this meanwhile. Open it again and repeat your change.");
    return true;
}

/* The journal is in the city's language, whoever writes in it. */
static const char *named(const Indicator *indicator)
{
    return indicator->label ? tongue_say(TONGUE_ES, indicator->label) : indicator->key;
}

static const char *goal_said(Ctx *ctx, const char *indicator, const char *period, i64 before, i64 target)
{
    if (before == NONE)
        return arena_printf(ctx->arena, "%s %s: %" PRId64, indicator, period, target);
    return arena_printf(ctx->arena, "%s %s: %" PRId64 " → %" PRId64, indicator, period, before, target);
}

bool strategy_set_goal(Ctx *ctx, const Indicator *indicator, const char *period, i64 area, i64 target, i64 version)
{
    Span span;
    if (!people_may(ctx, RIGHT_STRATEGY_EDIT) || !strategy_period(ctx, period, &span) || !check_area(ctx, area) ||
        !check_number(ctx, "target", target))
        return false;
    const Goal *old = strategy_goal(ctx, indicator->key, period, area);
    if (!check_version(ctx, version, old ? old->version : NONE) || (old && old->target == target))
        return !faulted(ctx);
    i64 id = old ? old->id : id_new(ctx->now);
    bool done = old ? db_write(ctx, &q_strategy_goal_set, I(id), I(old->version), I(target), I_OR_NULL(ctx->actor->id), I(ctx->now))
                    : db_write(ctx, &q_strategy_goal_add, I(id), T(indicator->key), T(period), I(area), I(target),
                               I_OR_NULL(ctx->actor->id), I(ctx->now));
    return done && journal_detail(ctx, "strategy_goal", id, old ? "changed" : "set",
                                  goal_said(ctx, named(indicator), period, old ? old->target : NONE, target));
}

bool strategy_drop_goal(Ctx *ctx, i64 id, i64 version)
{
    const Goal *old = people_may(ctx, RIGHT_STRATEGY_EDIT) ? strategy_goal_find(ctx, id) : NULL;
    return old && check_version(ctx, version, old->version) && db_write(ctx, &q_strategy_goal_drop, I(id), I(old->version)) &&
           journal_detail(ctx, "strategy_goal", id, "dropped", goal_said(ctx, old->indicator, old->period, NONE, old->target));
}

/* ---- how a result stands ---- */

/* What part of the target is to be there by now, rounded down. */
static i64 wanted_by_now(i64 target, Span span, i64 now)
{
    if (now >= span.to)
        return target;
    if (now <= span.from)
        return 0;
    i64 days = (span.to - span.from) / CLOCK_DAY, gone = (now - span.from) / CLOCK_DAY;
    return days ? target * gone / days : 0;
}

GoalState strategy_state(Direction direction, i64 result, i64 target, Span span, i64 now)
{
    if (target == NONE || direction == DIRECTION_NONE)
        return GOAL_NONE;
    bool over = now >= span.to;
    if (result == NONE)
        return over ? GOAL_MISSED : GOAL_LATE;
    if (direction == DIRECTION_DOWN) {
        if (result > target)
            return GOAL_MISSED;
        return over ? GOAL_MET : GOAL_ON_TRACK;
    }
    if (result >= target)
        return GOAL_MET;
    if (over)
        return GOAL_MISSED;
    return result >= wanted_by_now(target, span, now) ? GOAL_ON_TRACK : GOAL_LATE;
}

/* ---- typed figures ---- */

static bool check_evidence(Ctx *ctx, const TypedDraft *draft)
{
    Url url;
    if (text_blank(draft->url) && text_blank(draft->text))
        return fault_field(ctx, "url", "A typed figure needs evidence: a link, or a note that says what was counted and where.");
    if (!text_blank(draft->url) && (strlen(draft->url) > STRATEGY_URL_MOST || !url_outside(ctx->arena, draft->url, &url)))
        return fault_field(ctx, "url", "A link begins with https:// or http:// and names a site.");
    return check_text(ctx, "text", draft->text, STRATEGY_TEXT_MOST);
}

static bool check_typed(Ctx *ctx, const Indicator *indicator, const TypedDraft *draft)
{
    Span span;
    if (indicator->kind != INDICATOR_MANUAL)
        return fault_field(ctx, "indicator", "This figure is computed from the records and cannot be typed.");
    if (!draft->month || !clock_month(ctx->city->zone, draft->month, &span))
        return fault_field(ctx, "month", "A month like 2022-07 is wanted here.");
    if (span.from > ctx->now)
        return fault_field(ctx, "month", "This month has not begun.");
    return check_area(ctx, draft->area) && check_number(ctx, "value", draft->value) && check_evidence(ctx, draft);
}

static bool write_typed(Ctx *ctx, const char *key, const TypedDraft *d, const TypedFigure *old, i64 id)
{
    const char *url = text_blank(d->url) ? NULL : d->url, *text = text_blank(d->text) ? NULL : d->text;
    if (old)
        return db_write(ctx, &q_strategy_figure_set, I(id), I(old->version), I(d->value), T(url), T(text), T(d->sha256),
                        T(d->filename), I_OR_NULL(ctx->actor->id), I(ctx->now));
    return db_write(ctx, &q_strategy_figure_add, I(id), T(key), T(d->month), I(d->area), I(d->value), T(url), T(text),
                    T(d->sha256), T(d->filename), I_OR_NULL(ctx->actor->id), I(ctx->now));
}

bool strategy_type_figure(Ctx *ctx, const Indicator *indicator, const TypedDraft *draft, i64 version)
{
    if (!people_may(ctx, RIGHT_STRATEGY_EDIT) || !check_typed(ctx, indicator, draft))
        return false;
    const TypedFigure *old = strategy_typed(ctx, indicator->key, draft->month, draft->area);
    if (!check_version(ctx, version, old ? old->version : NONE))
        return false;
    i64 id = old ? old->id : id_new(ctx->now);
    return write_typed(ctx, indicator->key, draft, old, id) &&
           journal_detail(ctx, "strategy_figure", id, old ? "changed" : "typed",
                          goal_said(ctx, named(indicator), draft->month, old ? old->value : NONE, draft->value));
}
