/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_test.c: series made at the desk: what one, the following and all mean. */
#include "desks/agenda/agenda_test_series.h"

/* ---- making one ---- */

static void a_single_event_becomes_the_first_of_its_series(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine en tu colonia");
    i64 id;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    i64 cover = make_coverage(&o, id, COVER_PHOTO);
    const Event *before = agenda_find(o.ctx, id);
    g_assert_true(agenda_repeat(o.ctx, id, before->version, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = 4}));
    const Event *after = agenda_find(o.ctx, id);
    g_assert_cmpstr(after->slug, ==, before->slug);
    g_assert_cmpint(after->series, !=, 0);
    g_assert_cmpint(after->recurrence_at, ==, after->starts_at);
    g_assert_cmpint(agenda_coverage(o.ctx, cover)->event, ==, id);
    g_assert_cmpuint(all_events(&o).count, ==, 4);
    starts(&o, 3, "2022-08-11T17:00:00");
    g_assert_cmpstr(nth(&o, 3)->title, ==, "Cine en tu colonia");
    g_assert_cmpstr(agenda_with_rule(o.ctx, after)->rule, ==, "FREQ=WEEKLY;COUNT=4;BYDAY=TH");
    g_assert_false(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY}));
    says(&o, FAULT_CONFLICT, NULL, "part of a series");
    finish(&o);
}

static const struct {
    RepeatDraft draft;
    const char *field, *words;
} bad_drafts[] = {
    {{.freq = REPEAT_WEEKLY, .until = {2022, 7, 1, 0, 0, 0}}, "until", "before it begins"},
    {{.freq = REPEAT_WEEKLY, .until = {2022, 7, 22, 0, 0, 0}}, "until", "only once"},
    {{.freq = REPEAT_WEEKLY, .weekdays = 1 << 1}, "freq", "does not give the event's own day"},
    {{.freq = REPEAT_WEEKLY, .until = {2022, 8, 22, 0, 0, 0}, .count = 4}, "until", "not both"},
    {{.freq = REPEAT_MONTHLY, .month_day = 40}, "month_day", "1 to 31"},
    {{.freq = REPEAT_DAILY, .interval = 5000}, "interval", "1 to 1000"},
    {{.rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule", "no day at all"},
    {{.rule = "FREQ=SECONDLY"}, "rule", "repeats too often"},
    {{.rule = "every Tuesday"}, "rule", "cannot be read"},
    {{.rule = "FREQ=WEEKLY;COUNT=1"}, "rule", "only once"},
    {{.freq = REPEAT_WEEKLY, .count = 3, .except = {(const Wall[]){{2022, 7, 21, 0, 0, 0}}, 1}}, "except", "own day"},
    {{.freq = REPEAT_WEEKLY, .count = 2, .except = {(const Wall[]){{2022, 7, 28, 0, 0, 0}}, 1}}, "except", "Nothing would be left"},
};

static void rules_that_make_no_sense_say_why(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine");
    i64 id;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    for (size_t i = 0; i < COUNT(bad_drafts); i++) {
        g_test_message("%zu", i);
        g_assert_false(agenda_repeat(o.ctx, id, NONE, &bad_drafts[i].draft));
        says(&o, FAULT_INVALID, bad_drafts[i].field, bad_drafts[i].words);
    }
    g_assert_cmpuint(all_events(&o).count, ==, 1);
    finish(&o);
}

static void who_may_not_edit_may_not_repeat(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 4);
    EventDraft d = draft_of(&o, id);
    o.ctx->actor = &o.reader;
    g_assert_false(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY}));
    assert_fault(o.ctx, FAULT_FORBIDDEN);
    g_assert_false(agenda_change_scoped(o.ctx, id, NONE, &d, SCOPE_ALL, DONE(&o)));
    assert_fault(o.ctx, FAULT_FORBIDDEN);
    g_assert_false(agenda_cancel_scoped(o.ctx, id, NONE, "Lluvia", SCOPE_FOLLOWING, DONE(&o)));
    assert_fault(o.ctx, FAULT_FORBIDDEN);
    g_assert_false(agenda_repeat_change(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY}, SCOPE_ALL, DONE(&o)));
    assert_fault(o.ctx, FAULT_FORBIDDEN);
    finish(&o);
}

/* ---- one ---- */

static void one_is_apart_and_all_leaves_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 4), second = nth(&o, 1)->id;
    EventDraft d = draft_of(&o, second);
    d.title = "Cine especial";
    g_assert_true(agenda_change_scoped(o.ctx, second, NONE, &d, SCOPE_ONE, DONE(&o)));
    g_assert_true(agenda_find(o.ctx, second)->apart);
    g_assert_cmpstr(nth(&o, 2)->title, ==, "Cine en tu colonia");
    d = draft_of(&o, first);
    d.title = "Cine bajo las estrellas";
    RepeatDone done;
    g_assert_true(agenda_change_scoped(o.ctx, first, NONE, &d, SCOPE_ALL, &done));
    g_assert_cmpint(done.changed, ==, 3);
    g_assert_cmpstr(nth(&o, 0)->title, ==, "Cine bajo las estrellas");
    g_assert_cmpstr(nth(&o, 1)->title, ==, "Cine especial");
    g_assert_cmpstr(nth(&o, 3)->title, ==, "Cine bajo las estrellas");
    starts(&o, 3, "2022-08-11T17:00:00");
    finish(&o);
}

static void what_is_taken_back_belongs_to_its_series_again(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 3), second = nth(&o, 1)->id;
    EventDraft d = draft_of(&o, second);
    d.title = "Cine especial";
    g_assert_true(agenda_change_scoped(o.ctx, second, NONE, &d, SCOPE_ONE, DONE(&o)));
    g_assert_true(agenda_undo(o.ctx, second));
    g_assert_false(agenda_find(o.ctx, second)->apart);
    d = draft_of(&o, first);
    d.title = "Cine de verano";
    g_assert_true(agenda_change_scoped(o.ctx, first, NONE, &d, SCOPE_ALL, DONE(&o)));
    g_assert_cmpstr(nth(&o, 1)->title, ==, "Cine de verano"); /* so it goes along again */
    finish(&o);
}

static void cancelling_one_leaves_it_as_cancelled(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 4), second = nth(&o, 1)->id;
    g_assert_true(agenda_cancel_scoped(o.ctx, second, NONE, "Lluvia", SCOPE_ONE, DONE(&o)));
    EventDraft d = draft_of(&o, first);
    d.starts.hour = 18, d.ends.hour = 19;
    g_assert_true(agenda_change_scoped(o.ctx, first, NONE, &d, SCOPE_ALL, DONE(&o)));
    g_assert_cmpuint(all_events(&o).count, ==, 4);
    g_assert_cmpint(agenda_find(o.ctx, second)->status, ==, EVENT_CANCELLED);
    starts(&o, 1, "2022-07-28T17:00:00"); /* where it stood when it was cancelled */
    starts(&o, 2, "2022-08-04T18:00:00");
    finish(&o);
}

/* ---- following ---- */

static void following_divides_the_series(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 6), third = nth(&o, 2)->id;
    i64 cover = make_coverage(&o, nth(&o, 4)->id, COVER_PHOTO);
    i64 covered = nth(&o, 4)->id;
    const char *slug = nth(&o, 4)->slug;
    EventDraft d = draft_of(&o, third);
    d.starts.hour = 19, d.ends.hour = 20;
    RepeatDone done;
    g_assert_true(agenda_change_scoped(o.ctx, third, NONE, &d, SCOPE_FOLLOWING, &done));
    g_assert_cmpint(done.changed, ==, 4);
    starts(&o, 1, "2022-07-28T17:00:00");
    starts(&o, 2, "2022-08-04T19:00:00");
    starts(&o, 5, "2022-08-25T19:00:00");
    g_assert_cmpuint(all_events(&o).count, ==, 6);
    const Event *e = agenda_find(o.ctx, covered);
    g_assert_cmpstr(e->slug, ==, slug);
    g_assert_cmpint(agenda_coverage(o.ctx, cover)->event, ==, covered);
    g_assert_cmpint(e->series, !=, agenda_find(o.ctx, first)->series);
    g_assert_cmpint(agenda_series_find(o.ctx, e->series)->split_from, ==, agenda_find(o.ctx, first)->series);
    g_assert_cmpstr(agenda_with_rule(o.ctx, e)->rule, ==, "FREQ=WEEKLY;COUNT=4;BYDAY=TH");
    const char *rule = agenda_with_rule(o.ctx, agenda_find(o.ctx, first))->rule;
    g_assert_nonnull(strstr(rule, "UNTIL=20220804T215959Z"));
    g_assert_null(strstr(rule, "COUNT"));
    finish(&o);
}

static void following_from_the_first_is_all(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 3), series = agenda_find(o.ctx, first)->series;
    EventDraft d = draft_of(&o, first);
    d.title = "Otro cine";
    g_assert_true(agenda_change_scoped(o.ctx, first, NONE, &d, SCOPE_FOLLOWING, DONE(&o)));
    g_assert_cmpint(agenda_find(o.ctx, first)->series, ==, series);
    g_assert_cmpstr(nth(&o, 2)->title, ==, "Otro cine");
    finish(&o);
}

static void exceptions_go_with_their_half(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine");
    i64 id;
    static const Wall out[] = {{2022, 7, 28, 0, 0, 0}, {2022, 8, 18, 0, 0, 0}};
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = 6, .except = {out, 2}}));
    g_assert_cmpuint(all_events(&o).count, ==, 4);
    i64 second = nth(&o, 1)->id; /* 4 August */
    d = draft_of(&o, second);
    d.starts.hour = 9, d.ends.hour = 10;
    g_assert_true(agenda_change_scoped(o.ctx, second, NONE, &d, SCOPE_FOLLOWING, DONE(&o)));
    g_assert_cmpuint(all_events(&o).count, ==, 4);
    starts(&o, 3, "2022-08-25T09:00:00");
    const SeriesRow *later = agenda_series_find(o.ctx, nth(&o, 3)->series);
    g_assert_cmpstr(later->rule, ==, "FREQ=WEEKLY;COUNT=4;BYDAY=TH");
    g_assert_cmpstr(later->exceptions, ==, arena_printf(o.ctx->arena, "%" PRId64, clock_instant(zone_find("America/Mexico_City"), (Wall){2022, 8, 18, 9, 0, 0}, NULL)));
    finish(&o);
}

/* ---- all ---- */

static void what_took_place_stays(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = weekly(&o, 5);
    i64 fourth = nth(&o, 3)->id;
    o.ctx->now += 18 * CLOCK_DAY; /* 1 August: two are over */
    EventDraft d = draft_of(&o, fourth);
    d.title = "Nuevo nombre";
    d.starts.hour = 20, d.ends.hour = 21;
    RepeatDone done;
    ScopeReach reach = agenda_scope_reach(o.ctx, agenda_find(o.ctx, fourth), SCOPE_ALL);
    g_assert_cmpint(reach.change, ==, 3);
    g_assert_cmpint(reach.past, ==, 2);
    g_assert_true(agenda_change_scoped(o.ctx, fourth, NONE, &d, SCOPE_ALL, &done));
    g_assert_cmpint(done.changed, ==, 3);
    g_assert_cmpint(done.past, ==, 2);
    starts(&o, 1, "2022-07-28T17:00:00");
    starts(&o, 2, "2022-08-04T20:00:00");
    g_assert_cmpstr(agenda_find(o.ctx, first)->title, ==, "Cine en tu colonia");
    g_assert_true(agenda_series_extend(o.ctx));
    g_assert_cmpuint(all_events(&o).count, ==, 5);
    o.ctx->now += 100 * CLOCK_DAY;
    g_assert_false(agenda_change_scoped(o.ctx, first, NONE, &d, SCOPE_ALL, &done));
    says(&o, FAULT_INVALID, "scope", "still to come");
    finish(&o);
}

static void ten_stays_ten_when_the_clocks_change(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine");
    i64 id;
    d.starts = (Wall){2022, 10, 20, 10, 0, 0}, d.ends = (Wall){2022, 10, 20, 11, 0, 0};
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = 4}));
    d = draft_of(&o, id);
    d.starts.hour = 9, d.ends.hour = 10;
    g_assert_true(agenda_change_scoped(o.ctx, id, NONE, &d, SCOPE_ALL, DONE(&o)));
    starts(&o, 0, "2022-10-20T09:00:00");
    starts(&o, 2, "2022-11-03T09:00:00");
    g_assert_cmpint(nth(&o, 2)->starts_at - nth(&o, 1)->starts_at, ==, 7 * CLOCK_DAY + CLOCK_HOUR);
    finish(&o);
}

static void to_another_day_the_weekday_of_the_rule_follows(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 3);
    EventDraft d = draft_of(&o, id);
    d.starts.day = d.ends.day = 22;
    g_assert_false(agenda_change_scoped(o.ctx, id, NONE, &d, SCOPE_ALL, DONE(&o)));
    says(&o, FAULT_INVALID, "reason", "public and confirmed");
    d.reason = "La plaza está ocupada los jueves";
    g_assert_true(agenda_change_scoped(o.ctx, id, NONE, &d, SCOPE_ALL, DONE(&o)));
    starts(&o, 2, "2022-08-05T17:00:00");
    g_assert_cmpint(nth(&o, 2)->status, ==, EVENT_RESCHEDULED);
    g_assert_cmpint(nth(&o, 2)->previous_starts_at, ==, nth(&o, 2)->starts_at - CLOCK_DAY);
    g_assert_cmpstr(agenda_with_rule(o.ctx, nth(&o, 2))->rule, ==, "FREQ=WEEKLY;COUNT=3;BYDAY=FR");
    g_assert_cmpuint(agenda_find_any(o.ctx, id)->previous_dates.count, ==, 1);
    finish(&o);
}

static void a_series_does_not_move_past_its_own_end(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine");
    i64 id;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .until = {2022, 8, 11, 0, 0, 0}}));
    g_assert_cmpuint(all_events(&o).count, ==, 4);
    i64 third = nth(&o, 2)->id;
    g_assert_false(agenda_reschedule_scoped(o.ctx, third, NONE, (Wall){2022, 8, 12, 17, 0, 0}, (Wall){0}, "Lluvia", SCOPE_FOLLOWING, DONE(&o)));
    says(&o, FAULT_INVALID, "starts_at", "11 August 2022");
    g_assert_false(agenda_reschedule_scoped(o.ctx, id, NONE, (Wall){2022, 9, 1, 17, 0, 0}, (Wall){0}, "Lluvia", SCOPE_ALL, DONE(&o)));
    says(&o, FAULT_INVALID, "starts_at", "cannot begin after that");
    g_assert_true(agenda_reschedule_scoped(o.ctx, third, NONE, (Wall){2022, 8, 5, 17, 0, 0}, (Wall){0}, "Lluvia", SCOPE_FOLLOWING, DONE(&o)));
    starts(&o, 3, "2022-08-12T17:00:00");
    g_assert_cmpuint(standing(&o), ==, 4);
    finish(&o);
}

static void a_rule_that_says_its_days_wants_a_new_rule(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Cine");
    i64 id;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_MONTHLY, .nth = 3, .count = 5}));
    starts(&o, 1, "2022-08-18T17:00:00");
    g_assert_false(agenda_reschedule_scoped(o.ctx, id, NONE, (Wall){2022, 7, 22, 17, 0, 0}, (Wall){0}, "Lluvia", SCOPE_ALL, DONE(&o)));
    says(&o, FAULT_INVALID, "starts_at", "another rule");
    g_assert_true(agenda_reschedule_scoped(o.ctx, id, NONE, (Wall){2022, 7, 21, 18, 0, 0}, (Wall){0}, "Lluvia", SCOPE_ALL, DONE(&o)));
    starts(&o, 4, "2022-11-17T18:00:00");
    finish(&o);
}

/* ---- another rule ---- */

static void another_rule_adds_and_cancels_and_gives_back(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 4);
    i64 third = nth(&o, 2)->id, cover = make_coverage(&o, nth(&o, 3)->id, COVER_PHOTO), fourth = nth(&o, 3)->id;
    RepeatDone done;
    RepeatDraft fortnight = {.freq = REPEAT_WEEKLY, .interval = 2, .count = 3};
    g_assert_true(agenda_repeat_change(o.ctx, id, NONE, &fortnight, SCOPE_ALL, &done));
    g_assert_cmpint(done.cancelled, ==, 2); /* 28 July, 11 August */
    g_assert_cmpint(done.added, ==, 1);     /* 18 August */
    g_assert_cmpint(agenda_find(o.ctx, third)->status, ==, EVENT_CONFIRMED);
    g_assert_cmpint(agenda_find(o.ctx, fourth)->status, ==, EVENT_CANCELLED);
    g_assert_nonnull(agenda_find(o.ctx, fourth)->reason);
    g_assert_cmpint(agenda_coverage(o.ctx, cover)->state, ==, COVERAGE_CANCELLED);
    RepeatDraft again = {.freq = REPEAT_WEEKLY, .count = 4};
    g_assert_true(agenda_repeat_change(o.ctx, id, NONE, &again, SCOPE_ALL, &done));
    g_assert_cmpint(agenda_find(o.ctx, fourth)->status, ==, EVENT_CONFIRMED);
    g_assert_null(agenda_find(o.ctx, fourth)->reason);
    g_assert_cmpint(done.cancelled, ==, 1);
    g_assert_cmpuint(standing(&o), ==, 4);
    finish(&o);
}

static void another_rule_from_here_on(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    weekly(&o, 5);
    RepeatDraft two_days = {.freq = REPEAT_WEEKLY, .weekdays = 1 << 3 | 1 << 4, .until = {2022, 8, 12, 0, 0, 0}};
    g_assert_true(agenda_repeat_change(o.ctx, nth(&o, 2)->id, NONE, &two_days, SCOPE_FOLLOWING, DONE(&o)));
    g_assert_cmpuint(standing(&o), ==, 6); /* 21, 28 July; 4, 5, 11, 12 August */
    starts(&o, 3, "2022-08-05T17:00:00");
    g_assert_false(agenda_repeat_change(o.ctx, nth(&o, 2)->id, NONE, &two_days, SCOPE_ONE, DONE(&o)));
    says(&o, FAULT_INVALID, "scope", "belongs to a series");
    finish(&o);
}

/* ---- cancelling many ---- */

static void cancelling_the_following_ends_the_series(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 0);
    i64 third = nth(&o, 2)->id, cover = make_coverage(&o, nth(&o, 3)->id, COVER_PHOTO);
    RepeatDone done;
    g_assert_false(agenda_cancel_scoped(o.ctx, third, NONE, "", SCOPE_FOLLOWING, &done));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_true(agenda_cancel_scoped(o.ctx, third, NONE, "Se acabó el presupuesto", SCOPE_FOLLOWING, &done));
    g_assert_cmpint(done.cancelled, >, 50);
    g_assert_cmpuint(standing(&o), ==, 2);
    g_assert_cmpint(agenda_coverage(o.ctx, cover)->state, ==, COVERAGE_CANCELLED);
    g_assert_cmpstr(agenda_find(o.ctx, third)->reason, ==, "Se acabó el presupuesto");
    o.ctx->now += 300 * CLOCK_DAY;
    g_assert_true(agenda_series_extend(o.ctx));
    g_assert_cmpuint(standing(&o), ==, 2);
    g_assert_nonnull(strstr(agenda_with_rule(o.ctx, agenda_find(o.ctx, id))->rule, "UNTIL"));
    finish(&o);
}

static void cancelling_all_leaves_what_took_place(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 5);
    o.ctx->now += 10 * CLOCK_DAY;
    g_assert_true(agenda_cancel_scoped(o.ctx, id, NONE, "Lluvia", SCOPE_ALL, DONE(&o)));
    g_assert_cmpuint(standing(&o), ==, 1);
    g_assert_cmpint(nth(&o, 0)->status, ==, EVENT_CONFIRMED);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("repeat", a_single_event_becomes_the_first_of_its_series);
    STORE_TEST("repeat", rules_that_make_no_sense_say_why);
    STORE_TEST("repeat", who_may_not_edit_may_not_repeat);
    STORE_TEST("repeat", one_is_apart_and_all_leaves_it);
    STORE_TEST("repeat", what_is_taken_back_belongs_to_its_series_again);
    STORE_TEST("repeat", cancelling_one_leaves_it_as_cancelled);
    STORE_TEST("repeat", following_divides_the_series);
    STORE_TEST("repeat", following_from_the_first_is_all);
    STORE_TEST("repeat", exceptions_go_with_their_half);
    STORE_TEST("repeat", what_took_place_stays);
    STORE_TEST("repeat", ten_stays_ten_when_the_clocks_change);
    STORE_TEST("repeat", to_another_day_the_weekday_of_the_rule_follows);
    STORE_TEST("repeat", a_series_does_not_move_past_its_own_end);
    STORE_TEST("repeat", a_rule_that_says_its_days_wants_a_new_rule);
    STORE_TEST("repeat", another_rule_adds_and_cancels_and_gives_back);
    STORE_TEST("repeat", another_rule_from_here_on);
    STORE_TEST("repeat", cancelling_the_following_ends_the_series);
    STORE_TEST("repeat", cancelling_all_leaves_what_took_place);
    return g_test_run();
}
