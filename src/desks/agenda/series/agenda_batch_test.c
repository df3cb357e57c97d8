/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_batch_test.c: a step over a series is taken back as one, by who took it, while nothing came after. */
#include "desks/agenda/agenda_test_series.h"
#include "store/journal.h"

static const SeriesRow *series_of(Office *o, i64 event)
{
    return agenda_series_find(o->ctx, agenda_find(o->ctx, event)->series);
}

static void retitle(Office *o, i64 id, AgendaScope scope, const char *title)
{
    EventDraft d = draft_of(o, id);
    d.title = title;
    g_assert_true(agenda_change_scoped(o->ctx, id, NONE, &d, scope, DONE(o)));
}

static void a_divided_series_is_one_again(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 6), third = nth(&o, 2)->id, fifth = nth(&o, 4)->id;
    const SeriesRow *was = series_of(&o, first);
    retitle(&o, third, SCOPE_FOLLOWING, "Cine de verano");
    g_assert_cmpint(series_of(&o, third)->id, !=, was->id);
    i64 second_half = series_of(&o, third)->id;
    g_assert_true(agenda_undo(o.ctx, fifth)); /* any of them will do */
    const SeriesRow *now = series_of(&o, third);
    g_assert_cmpint(now->id, ==, was->id);
    g_assert_cmpstr(now->rule, ==, was->rule);
    g_assert_cmpint(now->ended, ==, was->ended);
    g_assert_false(agenda_series_divided(o.ctx, was->id));
    g_assert_true(agenda_series_find(o.ctx, second_half)->ended);
    for (size_t i = 0; i < 6; i++) {
        g_assert_cmpstr(nth(&o, i)->title, ==, "Cine en tu colonia");
        g_assert_cmpint(nth(&o, i)->series, ==, was->id);
        g_assert_cmpint(nth(&o, i)->recurrence_at, ==, nth(&o, i)->starts_at);
        g_assert_false(agenda_find(o.ctx, nth(&o, i)->id)->apart);
    }
    g_assert_true(agenda_undo(o.ctx, third)); /* and done again */
    g_assert_cmpint(series_of(&o, third)->id, ==, second_half);
    g_assert_true(agenda_series_divided(o.ctx, was->id));
    g_assert_cmpstr(nth(&o, 5)->title, ==, "Cine de verano");
    finish(&o);
}

static void coverages_come_back_with_their_events(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 4), second = nth(&o, 1)->id, fourth = nth(&o, 3)->id;
    i64 photo = make_coverage(&o, second, COVER_PHOTO), video = make_coverage(&o, fourth, COVER_VIDEO);
    i64 series = agenda_find(o.ctx, first)->series;
    g_assert_true(agenda_cancel_scoped(o.ctx, second, NONE, "Lluvia", SCOPE_ALL, DONE(&o)));
    g_assert_cmpuint(standing(&o), ==, 0);
    g_assert_cmpint(agenda_coverage(o.ctx, photo)->state, ==, COVERAGE_CANCELLED);
    size_t lines = journal_of(o.ctx, "agenda_series", series, 100).count;
    g_assert_true(agenda_undo(o.ctx, second));
    g_assert_cmpuint(standing(&o), ==, 4);
    g_assert_cmpint(agenda_coverage(o.ctx, photo)->state, !=, COVERAGE_CANCELLED);
    g_assert_cmpint(agenda_coverage(o.ctx, video)->state, !=, COVERAGE_CANCELLED);
    g_assert_cmpint(agenda_series_find(o.ctx, series)->status, ==, EVENT_CONFIRMED);
    g_assert_cmpuint(journal_of(o.ctx, "agenda_series", series, 100).count, ==, lines + 1);
    finish(&o);
}

static void what_a_rule_made_is_cancelled_and_stands_again(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 3);
    RepeatDraft daily = {.freq = REPEAT_DAILY, .count = 10};
    g_assert_true(agenda_repeat_change(o.ctx, first, NONE, &daily, SCOPE_ALL, DONE(&o)));
    g_assert_cmpuint(standing(&o), ==, 10);
    g_assert_true(agenda_undo(o.ctx, first));
    g_assert_cmpuint(standing(&o), ==, 3);
    starts(&o, 0, "2022-07-21T17:00:00");
    g_assert_cmpstr(series_of(&o, first)->rule, ==, "FREQ=WEEKLY;COUNT=3;BYDAY=TH");
    g_assert_true(agenda_undo(o.ctx, first));
    g_assert_cmpuint(standing(&o), ==, 10);
    g_assert_true(agenda_undo(o.ctx, first));
    g_assert_cmpuint(standing(&o), ==, 3);
    finish(&o);
}

static void repeating_is_taken_back_to_a_single_event(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 5);
    const char *uid = agenda_find(o.ctx, first)->uid;
    g_assert_true(agenda_undo(o.ctx, first));
    const Event *now = agenda_find(o.ctx, first);
    g_assert_cmpint(now->series, ==, 0);
    g_assert_cmpint(now->recurrence_at, ==, 0);
    g_assert_cmpstr(now->uid, ==, uid);
    g_assert_cmpuint(standing(&o), ==, 1);
    g_assert_true(agenda_repeat(o.ctx, first, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = 5}));
    g_assert_cmpuint(standing(&o), ==, 5);
    finish(&o);
}

static void whoever_came_after_keeps_the_change(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 4), third = nth(&o, 2)->id;
    retitle(&o, first, SCOPE_ALL, "Cine de verano");
    g_assert_nonnull(agenda_undo_step(o.ctx, agenda_find(o.ctx, first)));
    retitle(&o, third, SCOPE_ONE, "Cine especial");
    g_assert_null(agenda_undo_step(o.ctx, agenda_find(o.ctx, first)));
    g_assert_false(agenda_undo(o.ctx, first));
    says(&o, FAULT_CONFLICT, NULL, "cannot be taken back any more");
    g_assert_true(agenda_undo(o.ctx, third)); /* the single step can */
    g_assert_cmpstr(nth(&o, 2)->title, ==, "Cine de verano");
    finish(&o);
}

static void not_by_others_and_not_after_a_day(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 4);
    retitle(&o, first, SCOPE_ALL, "Cine de verano");
    o.ctx->now += CLOCK_DAY;
    g_assert_false(agenda_undo(o.ctx, first));
    says(&o, FAULT_CONFLICT, NULL, "older than a day");
    o.ctx->now -= CLOCK_HOUR;
    o.ctx->actor = &o.reader;
    g_assert_null(agenda_undo_step(o.ctx, agenda_find(o.ctx, first)));
    g_assert_false(agenda_undo(o.ctx, first));
    assert_fault(o.ctx, FAULT_FORBIDDEN);
    finish(&o);
}

static void what_the_step_made_and_is_worked_on_stays(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 2);
    RepeatDraft daily = {.freq = REPEAT_DAILY, .count = 4};
    g_assert_true(agenda_repeat_change(o.ctx, first, NONE, &daily, SCOPE_ALL, DONE(&o)));
    make_coverage(&o, nth(&o, 1)->id, COVER_PHOTO);
    g_assert_false(agenda_undo(o.ctx, first));
    says(&o, FAULT_CONFLICT, NULL, "is being worked on already");
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("batch", a_divided_series_is_one_again);
    STORE_TEST("batch", coverages_come_back_with_their_events);
    STORE_TEST("batch", what_a_rule_made_is_cancelled_and_stands_again);
    STORE_TEST("batch", repeating_is_taken_back_to_a_single_event);
    STORE_TEST("batch", whoever_came_after_keeps_the_change);
    STORE_TEST("batch", not_by_others_and_not_after_a_day);
    STORE_TEST("batch", what_the_step_made_and_is_worked_on_stays);
    return g_test_run();
}
