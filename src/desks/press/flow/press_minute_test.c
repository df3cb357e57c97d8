/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_minute_test.c: when a release goes public by itself: zones and their clocks, embargoes, late jobs, jobs that come twice. */
#include "desks/press/flow/press_test_office.h"

#define MINUTES(n) ((n)*CLOCK_MINUTE)

static i64 instant_of(const char *rfc3339)
{
    i64 at = 0;
    g_assert_true(clock_parse_rfc3339(rfc3339, &at));
    return at;
}

static Schedule at_wall(const char *publish, const char *embargo, const char *zone)
{
    Schedule s = {.time_zone = zone};
    g_assert_true(!publish || wall_parse(publish, &s.publish));
    g_assert_true(!embargo || wall_parse(embargo, &s.embargo));
    return s;
}

static i64 scheduled_of(Newsroom *n, const char *title, Schedule s)
{
    i64 id = approved_of(n, title, NULL);
    done(n, &n->editor, STEP(step_schedule, .id = id, .schedule = s));
    return id;
}

/* ---- planning ---- */
static void the_wall_time_and_its_zone_are_kept(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    const Release *r = look(&n, id);
    g_assert_cmpint(r->state, ==, RELEASE_SCHEDULED);
    g_assert_cmpstr(r->publish_wall, ==, "2022-07-15T09:30:00");
    g_assert_cmpstr(r->time_zone, ==, "America/Mexico_City");
    g_assert_cmpint(r->publish_at, ==, instant_of("2022-07-15T14:30:00Z"));
    i64 other = scheduled_of(&n, "Dos", (Schedule){.publish_at = instant_of("2022-07-15T15:00:00-05:00")});
    g_assert_cmpstr(look(&n, other)->publish_wall, ==, "2022-07-15T15:00:00");
}

static void what_has_passed_is_refused(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = approved_of(&n, "Uno", NULL);
    Schedule past = at_wall("2022-07-14T09:59", NULL, NULL), now = {.publish_at = t->ctx.now}, none = {.time_zone = NULL};
    Schedule over = at_wall("2022-07-15T10:00", "2022-07-14T09:00", NULL), far = at_wall("2042-07-15T10:00", NULL, NULL);
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = past), FAULT_INVALID), ==, "publish_at");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = now), FAULT_INVALID), ==, "publish_at");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = none), FAULT_INVALID), ==, "publish_at");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = over), FAULT_INVALID), ==, "embargo_until");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = far), FAULT_INVALID), ==, "publish_at");
    Schedule nowhere = at_wall("2022-07-15T10:00", NULL, "Marte/Olimpo");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = nowhere), FAULT_INVALID), ==, "time_zone");
    assert_state(&n, id, RELEASE_APPROVED);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM queue_job WHERE 0 = $1"), ==, 0);
}

typedef struct Gap {
    const char *zone, *missing, *before, *after;
} Gap;

static void the_hour_that_spring_leaves_out_is_refused(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    const Gap gaps[] = {
        {"America/New_York", "2023-03-12T02:30", "01:59", "03:00"}, {"Europe/Madrid", "2023-03-26T02:15", "01:59", "03:00"},
        {"America/Santiago", "2022-09-11T00:30", "23:59", "01:00"}, {"Australia/Lord_Howe", "2022-10-02T02:10", "01:59", "02:30"},
    };
    i64 id = approved_of(&n, "Uno", NULL);
    for (size_t i = 0; i < COUNT(gaps); i++) {
        Step s = STEP(step_schedule, .id = id, .schedule = at_wall(gaps[i].missing, NULL, gaps[i].zone));
        t->ctx.actor = &n.editor;
        g_assert_false(db_transact(&t->ctx, take_step, &s));
        g_assert_cmpstr(t->ctx.fault.field, ==, "publish_at");
        g_assert_nonnull(strstr(t->ctx.fault.what, gaps[i].before));
        g_assert_nonnull(strstr(t->ctx.fault.what, gaps[i].after));
        assert_fault(&t->ctx, FAULT_INVALID);
        s.schedule = at_wall("2023-12-01T10:00", gaps[i].missing, gaps[i].zone);
        g_assert_cmpstr(refused(&n, &n.editor, s, FAULT_INVALID), ==, "embargo_until");
    }
}

static void of_the_doubled_hour_the_first_is_taken_and_that_is_said(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-11-06T01:30", NULL, "America/New_York"));
    g_assert_cmpint(look(&n, id)->publish_at, ==, instant_of("2022-11-06T05:30:00Z")); /* the second is at 06:30 */
    g_assert_true(press_hour_is_twice(look(&n, id)->time_zone, look(&n, id)->publish_wall));
    const JournalLine *line = journal_of(&t->ctx, "press_release", id, 1).items;
    g_assert_cmpstr(line->detail, ==, "2022-11-06T01:30:00 America/New_York (1/2)");
    i64 madrid = scheduled_of(&n, "Dos", at_wall("2022-10-30T02:30", NULL, "Europe/Madrid"));
    g_assert_cmpint(look(&n, madrid)->publish_at, ==, instant_of("2022-10-30T00:30:00Z"));
    i64 plain = scheduled_of(&n, "Tres", at_wall("2022-10-30T04:30", NULL, "Europe/Madrid"));
    g_assert_false(press_hour_is_twice(look(&n, plain)->time_zone, look(&n, plain)->publish_wall));
}

static void an_embargo_alone_ends_with_the_publication(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall(NULL, "2022-07-15T12:00", NULL));
    const Release *r = look(&n, id);
    g_assert_cmpint(r->state, ==, RELEASE_EMBARGOED);
    g_assert_cmpint(r->publish_at, ==, r->embargo_until);
    i64 other = approved_of(&n, "Dos", NULL);
    Schedule early = at_wall("2022-07-15T11:00", "2022-07-15T12:00", NULL);
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_schedule, .id = other, .schedule = early), FAULT_INVALID), ==, "publish_at");
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_INVALID), ==, "embargo_until");
    done(&n, &n.editor, STEP(step_unschedule, .id = id));
    assert_state(&n, id, RELEASE_APPROVED);
    done(&n, &n.editor, STEP(step_publish, .id = id));
}

/* ---- at the minute ---- */
static void it_goes_out_at_its_minute_and_once(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    t->ctx.now = instant_of("2022-07-15T14:29:59Z");
    work(&n);
    assert_state(&n, id, RELEASE_SCHEDULED);
    t->ctx.now = instant_of("2022-07-15T14:30:00Z");
    work(&n);
    assert_state(&n, id, RELEASE_PUBLISHED);
    const Release *r = look(&n, id);
    g_assert_cmpint(r->published_at, ==, t->ctx.now);
    g_assert_true(seal_check(&t->ctx, seal_by_code(&t->ctx, r->code)));
    t->ctx.actor = &n.editor;
    const Notice *told = people_notices(&t->ctx, true, 0, 5).items;
    g_assert_cmpstr(told->kind, ==, "published");
}

typedef struct Again {
    i64 id, at;
} Again;

static bool queue_again(Ctx *ctx, void *data)
{
    const Again *again = data;
    return press_plan_job(ctx, again->id, again->at);
}

static void a_job_that_comes_twice_does_nothing_more(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    Again again = {id, look(&n, id)->publish_at};
    t->ctx.now = again.at;
    work(&n);
    test_write(&t->ctx, queue_again, &again);
    work(&n);
    g_assert_cmpint(look(&n, id)->edition, ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT last FROM press_folio WHERE year = 2022 AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM queue_job WHERE 0 = $1"), ==, 0);
}

static void what_was_edited_meanwhile_does_not_go_out(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Otro", NULL)));
    assert_state(&n, id, RELEASE_DRAFT);
    t->ctx.now = instant_of("2022-07-15T14:30:00Z");
    work(&n);
    assert_state(&n, id, RELEASE_DRAFT);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition WHERE 0 = $1"), ==, 0);
}

static void another_minute_makes_the_first_job_do_nothing(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    done(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = at_wall("2022-07-15T18:00", NULL, NULL)));
    t->ctx.now = instant_of("2022-07-15T14:30:00Z");
    work(&n);
    assert_state(&n, id, RELEASE_SCHEDULED);
    t->ctx.now = instant_of("2022-07-15T23:00:00Z");
    work(&n);
    assert_state(&n, id, RELEASE_PUBLISHED);
}

static void a_job_that_comes_too_late_asks(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 late = scheduled_of(&n, "Tarde", at_wall("2022-07-15T09:30", NULL, NULL));
    i64 just = scheduled_of(&n, "A tiempo", at_wall("2022-07-15T09:31", NULL, NULL));
    t->ctx.now = instant_of("2022-07-15T14:31:00Z") + PRESS_LATE;
    work(&n);
    assert_state(&n, just, RELEASE_PUBLISHED);
    const Release *r = look(&n, late);
    g_assert_cmpint(r->state, ==, RELEASE_APPROVED);
    g_assert_cmpint(r->missed_at, ==, instant_of("2022-07-15T14:30:00Z"));
    t->ctx.actor = &n.second;
    const Notice *told = people_notices(&t->ctx, true, 0, 5).items;
    g_assert_cmpstr(told->kind, ==, "missed");
    t->ctx.actor = &actor_system;
    done(&n, &n.editor, STEP(step_publish, .id = late));
    g_assert_cmpint(look(&n, late)->missed_at, ==, 0);
}

static void what_stands_in_the_way_at_its_minute_is_told(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    test_script(&t->ctx, "INSERT INTO press_silence (id, name, basis, from_at, to_at) VALUES (1, 'Veda', 'Art. 41', 0, 9000000000000000)");
    t->ctx.now = instant_of("2022-07-15T14:30:00Z");
    work(&n);
    assert_state(&n, id, RELEASE_APPROVED);
    t->ctx.actor = &n.editor;
    const Notice *told = people_notices(&t->ctx, true, 0, 5).items;
    g_assert_cmpstr(told->kind, ==, "missed");
    g_assert_nonnull(strstr(((const NoticeChange *)told->changes.items)->after, "Veda"));
}

/* ---- at start ---- */
static bool begin(Ctx *ctx, void *unused)
{
    return press_begin(ctx);
}

static void at_start_lost_jobs_are_there_again(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-07-15T09:30", NULL, NULL));
    test_write(&t->ctx, begin, NULL);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM queue_job WHERE 0 = $1"), ==, 1); /* it is there already */
    test_script(&t->ctx, "DELETE FROM queue_job");
    test_write(&t->ctx, begin, NULL);
    t->ctx.now = look(&n, id)->publish_at + MINUTES(2);
    work(&n);
    assert_state(&n, id, RELEASE_PUBLISHED);
}

static void at_start_the_wall_time_holds_when_a_zone_changed_its_rules(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = scheduled_of(&n, "Uno", at_wall("2022-11-15T09:30", "2022-11-15T09:00", NULL));
    /* planned while the summer's hour was still expected in November */
    test_script(&t->ctx, "UPDATE press_release SET publish_at = publish_at - 3600000000, embargo_until = embargo_until - 3600000000");
    test_script(&t->ctx, "DELETE FROM queue_job");
    test_write(&t->ctx, begin, NULL);
    const Release *r = look(&n, id);
    g_assert_cmpint(r->publish_at, ==, instant_of("2022-11-15T15:30:00Z"));
    g_assert_cmpint(r->embargo_until, ==, instant_of("2022-11-15T15:00:00Z"));
    t->ctx.now = r->publish_at;
    work(&n);
    assert_state(&n, id, RELEASE_PUBLISHED);
}

static void the_second_of_a_doubled_hour_stays_where_somebody_put_it(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 second = instant_of("2022-11-06T01:30:00-05:00");
    i64 id = scheduled_of(&n, "Uno", (Schedule){.publish_at = second, .time_zone = "America/New_York"});
    g_assert_cmpstr(look(&n, id)->publish_wall, ==, "2022-11-06T01:30:00");
    test_write(&t->ctx, begin, NULL);
    g_assert_cmpint(look(&n, id)->publish_at, ==, second);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_minute", the_wall_time_and_its_zone_are_kept);
    STORE_TEST("press_minute", what_has_passed_is_refused);
    STORE_TEST("press_minute", the_hour_that_spring_leaves_out_is_refused);
    STORE_TEST("press_minute", of_the_doubled_hour_the_first_is_taken_and_that_is_said);
    STORE_TEST("press_minute", an_embargo_alone_ends_with_the_publication);
    STORE_TEST("press_minute", it_goes_out_at_its_minute_and_once);
    STORE_TEST("press_minute", a_job_that_comes_twice_does_nothing_more);
    STORE_TEST("press_minute", what_was_edited_meanwhile_does_not_go_out);
    STORE_TEST("press_minute", another_minute_makes_the_first_job_do_nothing);
    STORE_TEST("press_minute", a_job_that_comes_too_late_asks);
    STORE_TEST("press_minute", what_stands_in_the_way_at_its_minute_is_told);
    STORE_TEST("press_minute", at_start_lost_jobs_are_there_again);
    STORE_TEST("press_minute", at_start_the_wall_time_holds_when_a_zone_changed_its_rules);
    STORE_TEST("press_minute", the_second_of_a_doubled_hour_stays_where_somebody_put_it);
    return g_test_run();
}
