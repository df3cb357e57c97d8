/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy_test.c: goals are set by who may, and a typed figure has its evidence. */
#include "desks/people/people.h"
#include "desks/strategy/strategy.h"
#include "store/journal.h"
#include "store/store_test.h"

static const Indicator covered = {.key = "events_covered", .direction = DIRECTION_UP};

typedef struct Wanted {
    const char *period;
    i64 target, version;
} Wanted;

static bool set(Ctx *ctx, void *data)
{
    const Wanted *w = data;
    return strategy_set_goal(ctx, &covered, w->period, 0, w->target, w->version);
}

static void try_set(StoreTest *t, const char *period, i64 target, i64 version, FaultKind kind)
{
    Wanted w = {period, target, version};
    g_assert_true(db_transact(&t->ctx, set, &w) == (kind == FAULT_NONE));
    if (kind != FAULT_NONE)
        assert_fault(&t->ctx, kind);
}

static void a_goal_is_of_a_year_or_a_month(StoreTest *t, const void *unused)
{
    try_set(t, "2022-07", 60, NONE, FAULT_NONE);
    try_set(t, "2022", 700, NONE, FAULT_NONE);
    g_assert_cmpint(strategy_target(&t->ctx, "events_covered", "2022-07", 0), ==, 60);
    g_assert_cmpint(strategy_target(&t->ctx, "events_covered", "2022", 0), ==, 700);
    g_assert_cmpint(strategy_target(&t->ctx, "events_covered", "2022-08", 0), ==, NONE);
    try_set(t, "2022-13", 60, NONE, FAULT_INVALID);
    try_set(t, "julio", 60, NONE, FAULT_INVALID);
    try_set(t, "", 60, NONE, FAULT_INVALID);
    try_set(t, "2022-07", -1, NONE, FAULT_INVALID);
    try_set(t, "2022-07", NONE, NONE, FAULT_INVALID);
    g_assert_cmpint((gint64)strategy_goals(&t->ctx, "2022-07", 0).count, ==, 1);
}

static void the_second_who_changes_a_goal_loses(StoreTest *t, const void *unused)
{
    try_set(t, "2022-07", 60, NONE, FAULT_NONE);
    try_set(t, "2022-07", 65, 1, FAULT_NONE);
    try_set(t, "2022-07", 70, 1, FAULT_STALE);
    g_assert_cmpint(strategy_target(&t->ctx, "events_covered", "2022-07", 0), ==, 65);
}

static void each_change_of_a_goal_is_in_the_journal(StoreTest *t, const void *unused)
{
    try_set(t, "2022-07", 60, NONE, FAULT_NONE);
    try_set(t, "2022-07", 65, NONE, FAULT_NONE);
    try_set(t, "2022-07", 65, NONE, FAULT_NONE);
    const Goal *goal = strategy_goal(&t->ctx, "events_covered", "2022-07", 0);
    List lines = journal_of(&t->ctx, "strategy_goal", goal->id, 10);
    g_assert_cmpint((gint64)lines.count, ==, 2); /* the same target again changes nothing */
    g_assert_cmpstr(((const JournalLine *)lines.items)->detail, ==, "events_covered 2022-07: 60 → 65");
}

static void who_may_not_set_goals_does_not(StoreTest *t, const void *unused)
{
    Actor reader = {.id = 7, .name = "Lector", .rights = UINT64_C(1) << RIGHT_STRATEGY_READ};
    t->ctx.actor = &reader;
    try_set(t, "2022-07", 60, NONE, FAULT_FORBIDDEN);
}

/* ---- typed figures ---- */
typedef struct Typed {
    const Indicator *indicator;
    TypedDraft draft;
} Typed;

static bool type(Ctx *ctx, void *data)
{
    const Typed *typed = data;
    return strategy_type_figure(ctx, typed->indicator, &typed->draft, NONE);
}

static void a_typed_figure_needs_evidence(StoreTest *t, const void *unused)
{
    const Indicator *media = &strategy_indicators[0];
    Typed bare = {media, {.month = "2022-07", .value = 31}};
    g_assert_false(db_transact(&t->ctx, type, &bare));
    assert_fault(&t->ctx, FAULT_INVALID);
    Typed bad_link = {media, {.month = "2022-07", .value = 31, .url = "javascript:alert(1)"}};
    g_assert_false(db_transact(&t->ctx, type, &bad_link));
    assert_fault(&t->ctx, FAULT_INVALID);
    Typed good = {media, {.month = "2022-07", .value = 31, .url = "https://sintesis.example/julio"}};
    test_write(&t->ctx, type, &good);
    const TypedFigure *f = strategy_typed(&t->ctx, media->key, "2022-07", 0);
    g_assert_cmpint(f->value, ==, 31);
    g_assert_cmpstr(f->url, ==, "https://sintesis.example/julio");
    Measure july = {.period = "2022-07"}, year = {.period = "2022"}, june = {.period = "2022-06"};
    g_assert_cmpint(media->count(&t->ctx, &july, media->key), ==, 31);
    g_assert_cmpint(media->count(&t->ctx, &year, media->key), ==, 31);
    g_assert_cmpint(media->count(&t->ctx, &june, media->key), ==, NONE);
}

static void what_is_computed_cannot_be_typed(StoreTest *t, const void *unused)
{
    Typed typed = {&covered, {.month = "2022-07", .value = 99, .text = "lo conté yo"}};
    g_assert_false(db_transact(&t->ctx, type, &typed));
    assert_fault(&t->ctx, FAULT_INVALID);
    Typed early = {&strategy_indicators[0], {.month = "2022-08", .value = 1, .text = "adelantado"}};
    g_assert_false(db_transact(&t->ctx, type, &early));
    assert_fault(&t->ctx, FAULT_INVALID);
}

static void a_result_is_judged_by_direction_and_time(void)
{
    Span month = {0, 30 * CLOCK_DAY};
    i64 half = 15 * CLOCK_DAY, after = 31 * CLOCK_DAY;
    g_assert_cmpint(strategy_state(DIRECTION_UP, 60, 60, month, half), ==, GOAL_MET);
    g_assert_cmpint(strategy_state(DIRECTION_UP, 30, 60, month, half), ==, GOAL_ON_TRACK);
    g_assert_cmpint(strategy_state(DIRECTION_UP, 29, 60, month, half), ==, GOAL_LATE);
    g_assert_cmpint(strategy_state(DIRECTION_UP, 59, 60, month, after), ==, GOAL_MISSED);
    g_assert_cmpint(strategy_state(DIRECTION_DOWN, 2, 3, month, half), ==, GOAL_ON_TRACK);
    g_assert_cmpint(strategy_state(DIRECTION_DOWN, 4, 3, month, half), ==, GOAL_MISSED);
    g_assert_cmpint(strategy_state(DIRECTION_DOWN, 3, 3, month, after), ==, GOAL_MET);
    g_assert_cmpint(strategy_state(DIRECTION_UP, 3, NONE, month, after), ==, GOAL_NONE);
    g_assert_cmpint(strategy_state(DIRECTION_UP, NONE, 3, month, after), ==, GOAL_MISSED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("strategy", a_goal_is_of_a_year_or_a_month);
    STORE_TEST("strategy", the_second_who_changes_a_goal_loses);
    STORE_TEST("strategy", each_change_of_a_goal_is_in_the_journal);
    STORE_TEST("strategy", who_may_not_set_goals_does_not);
    STORE_TEST("strategy", a_typed_figure_needs_evidence);
    STORE_TEST("strategy", what_is_computed_cannot_be_typed);
    g_test_add_func("/strategy/a_result_is_judged_by_direction_and_time", a_result_is_judged_by_direction_and_time);
    return g_test_run();
}
