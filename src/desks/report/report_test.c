/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_test.c: each figure of the month equals the list that it counts. */
#include "desks/report/report_test_office.h"

static void the_month_counts_events_and_never_coverages(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    const Report *r = july_report(&july);
    g_assert_cmpint(figure(r, "events_held")->value, ==, 5);
    g_assert_cmpint(figure(r, "events_covered")->value, ==, 3);
    g_assert_cmpint(figure(r, "events_covered")->of, ==, 5);
    g_assert_cmpint(figure(r, "events_not_covered")->value, ==, 2);
    g_assert_cmpint(figure(r, "events_unexplained")->value, ==, 1);
    g_assert_cmpint(figure(r, "events_photographed")->value, ==, 2);
    g_assert_cmpint(figure(r, "events_live")->value, ==, 1);
    g_assert_cmpint(figure(r, "events_cancelled")->value, ==, 1);
    g_assert_cmpint(figure(r, "events_postponed")->value, ==, 1);
    g_assert_cmpint(figure(r, "coverages_delivered")->value, ==, 4);
    g_assert_cmpint(figure(r, "coverages_approved")->value, ==, 3);
    g_assert_cmpint(figure(r, "coverages_declined")->value, ==, 1);
    g_assert_cmpint(figure(r, "coverages_declined")->of, ==, 5);
    g_assert_cmpint((gint64)r->not_covered.count, ==, 2);
}

static bool cover_again(Ctx *ctx, void *data)
{
    return cover(ctx, ((July *)data)->events[0], COVER_PHOTO, true);
}

static void two_coverages_of_one_event_count_once(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    test_write(&t->ctx, cover_again, &july);
    g_assert_cmpint(figure(july_report(&july), "events_covered")->value, ==, 3);
}

/* As the desk's page asks for it: the address of the figure, as data. */
static i64 total_of(PageTest *p, const char *path)
{
    const PageAnswer *a = page_test_json(p, path);
    if (a->status != 200)
        g_error("%s: %d %s", path, a->status, a->body);
    const char *total = strstr(a->body, "\"total\":");
    g_assert_nonnull(total);
    return g_ascii_strtoll(total + strlen("\"total\":"), NULL, 10);
}

/* How many figures have a list that totals what they say; another one ends the test. */
static size_t figures_with_lists(PageTest *p, July *july)
{
    const Report *r = july_report(july);
    size_t with_lists = 0;
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++) {
        if (!f->records)
            continue;
        i64 total = total_of(p, f->records);
        g_test_message("%s: %" PRId64 " of %" PRId64 " in %s", f->key, f->value, total, f->records);
        if (f->form == FIGURE_COUNT) {
            g_assert_cmpint(total, ==, f->value);
            with_lists++;
        }
    }
    return with_lists;
}

static void every_figure_equals_its_list(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    PageTest p;
    july_pages(&p, t);
    g_assert_cmpint((gint64)figures_with_lists(&p, &july), ==, 19);
    g_assert_cmpint(figure(july_report(&july), "coverages_on_time")->value, ==, 0);
    test_script(&t->ctx, "UPDATE agenda_coverage SET due_at = delivered_at WHERE delivered_at IS NOT NULL");
    g_assert_cmpint((gint64)figures_with_lists(&p, &july), ==, 19);
    g_assert_cmpint(figure(july_report(&july), "coverages_on_time")->value, ==, 4);
    page_test_close(&p);
}

static void what_a_person_did_is_a_list_too(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    PageTest p;
    july_pages(&p, t);
    const Tally *renata = july_report(&july)->people.items;
    g_assert_cmpstr(renata->label, ==, "Renata");
    const char *list = arena_printf(t->ctx.arena, "/mesa/coberturas?mes=2022-07&figura=coverages_approved&persona=%s", renata->key);
    g_assert_cmpint(total_of(&p, list), ==, renata->approved);
    list = arena_printf(t->ctx.arena, "/mesa/coberturas?mes=2022-07&figura=coverages_approved&persona=%s", id_text(t->ctx.arena, july.writer));
    g_assert_cmpint(total_of(&p, list), ==, 0);
    page_test_close(&p);
}

static void a_figure_of_an_area_equals_its_list_too(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    PageTest p;
    july_pages(&p, t);
    const Area *area = people_areas(&t->ctx).items;
    char *sql = g_strdup_printf("UPDATE people_person SET area = %" PRId64 " WHERE name = 'Renata'; UPDATE agenda_event SET area = %" PRId64 " WHERE id = %" PRId64,
                                area->id, area->id, july.events[0]);
    test_script(&t->ctx, sql);
    g_free(sql);
    Measure m = {.period = "2022-07", .area = area->id};
    g_assert_true(clock_month(t->city.zone, m.period, &m.span));
    for (const Indicator *i = agenda_indicators; i->key; i++) {
        Figure f = report_figure(&t->ctx, i, &m);
        if (f.form == FIGURE_COUNT)
            g_assert_cmpint(total_of(&p, f.records), ==, f.value);
        if (text_same(f.key, "events_held"))
            g_assert_cmpint(f.value, ==, 1);
        if (text_same(f.key, "coverages_delivered"))
            g_assert_cmpint(f.value, ==, 4);
    }
    page_test_close(&p);
}

static void a_sum_is_the_sum_of_its_list_and_says_who_is_silent(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    const Figure *f = figure(july_report(&july), "person_minutes");
    g_assert_cmpint(f->value, ==, NONE); /* nobody said how long it took */
    g_assert_cmpint(f->missing, ==, 4);
    test_script(&t->ctx, "UPDATE agenda_coverage SET worked_minutes = 90 WHERE state = 'approved'");
    f = figure(july_report(&july), "person_minutes");
    g_assert_cmpint(f->value, ==, 270);
    g_assert_cmpint(f->missing, ==, 1);
    g_assert_cmpstr(report_value(&t->ctx, f), ==, "4 h 30 min");
}

static void the_first_delivery_is_measured_from_the_event(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    test_script(&t->ctx, "UPDATE agenda_coverage SET delivered_at = NULL");
    const Figure *f = figure(july_report(&july), "delivery_median");
    g_assert_cmpint(f->value, ==, NONE);
    g_assert_cmpint(f->missing, ==, 3);
    char *sql = g_strdup_printf("UPDATE agenda_coverage SET delivered_at = (SELECT starts_at FROM agenda_event e WHERE e.id = event) + %" PRId64
                                " WHERE state = 'approved'", 40 * CLOCK_MINUTE);
    test_script(&t->ctx, sql);
    g_free(sql);
    g_assert_cmpint(figure(july_report(&july), "delivery_median")->value, ==, 40);
    g_assert_cmpint(figure(july_report(&july), "delivery_p90")->value, ==, 40);
}

static void a_month_without_another_before_says_so(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    const Report *r = july_report(&july);
    g_assert_null(r->previous_month);
    g_assert_cmpint(figure(r, "events_held")->previous, ==, NONE);
    t->ctx.now = july.august + 31 * CLOCK_DAY;
    const Report *august = report_find(&t->ctx, "2022-08", 0);
    g_assert_cmpstr(august->previous_month, ==, "2022-07");
    g_assert_cmpint(figure(august, "events_held")->previous, ==, 5);
    g_assert_cmpint(figure(august, "events_held")->value, ==, 0);
}

static void the_tables_add_up(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    const Report *r = july_report(&july);
    i64 events = 0, planned = 0, by_kind = 0;
    for (const Tally *day = r->days.items, *end = day + r->days.count; day < end; day++)
        events += day->events;
    for (const Tally *area = r->areas.items, *end = area + r->areas.count; area < end; area++)
        planned += area->planned;
    for (const Tally *kind = r->kinds.items, *end = kind + r->kinds.count; kind < end; kind++)
        by_kind += kind->planned;
    g_assert_cmpint((gint64)r->days.count, ==, 31);
    g_assert_cmpint(events, ==, 5);
    g_assert_cmpint(planned, ==, 5);
    g_assert_cmpint(by_kind, ==, 5);
    const Tally *bacheo = r->topics.items;
    g_assert_cmpstr(bacheo->label, ==, "Bacheo");
    g_assert_cmpint(bacheo->events, ==, 5);
}

static void months_that_are_none_or_not_begun_are_refused(StoreTest *t, const void *unused)
{
    g_assert_null(report_find(&t->ctx, "2022-13", 0));
    assert_fault(&t->ctx, FAULT_INVALID);
    g_assert_null(report_find(&t->ctx, "2022-08", 0));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_false(report_find(&t->ctx, "2022-07", 0)->over);
    g_assert_null(report_find(&t->ctx, "2022-07", 2));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
}

static void who_may_not_read_reports_gets_none(StoreTest *t, const void *unused)
{
    t->ctx.actor = &(Actor){.id = 1, .name = "x", .rights = 1u << 1};
    g_assert_null(report_find(&t->ctx, "2022-07", 0));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
}

static void numbers_are_written_as_in_mexico(StoreTest *t, const void *unused)
{
    Arena *a = t->ctx.arena;
    g_assert_cmpstr(report_number(a, 0), ==, "0");
    g_assert_cmpstr(report_number(a, 999), ==, "999");
    g_assert_cmpstr(report_number(a, 1236), ==, "1,236");
    g_assert_cmpstr(report_number(a, 1234567), ==, "1,234,567");
    g_assert_cmpstr(report_percent(&t->ctx, 68, 70), ==, "97 %");
    g_assert_null(report_percent(&t->ctx, 0, 0));
    g_assert_cmpstr(report_amount(&t->ctx, FIGURE_SPREAD, 38), ==, "38 min");
    g_assert_cmpstr(report_amount(&t->ctx, FIGURE_SUM, 120), ==, "2 h");
}

static void the_hash_of_a_draft_speaks_of_its_figures_alone(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    const char *before = july_report(&july)->sha256;
    t->ctx.now += CLOCK_HOUR;
    g_assert_cmpstr(july_report(&july)->sha256, ==, before);
    test_script(&t->ctx, "UPDATE agenda_coverage SET state = 'approved' WHERE state = 'delivered'");
    g_assert_cmpstr(july_report(&july)->sha256, !=, before);
}

static void a_goal_stands_beside_its_figure(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    set_goal(t, "events_covered", "2022-07", 4);
    const Report *r = july_report(&july);
    const Figure *f = figure(r, "events_covered");
    g_assert_cmpint(f->goal, ==, 4);
    g_assert_cmpint(report_goal_state(&t->ctx, r, f), ==, GOAL_ON_TRACK);
    t->ctx.now = july.august;
    g_assert_cmpint(report_goal_state(&t->ctx, r, f), ==, GOAL_MISSED);
    set_goal(t, "events_covered", "2022-07", 3);
    r = july_report(&july);
    g_assert_cmpint(report_goal_state(&t->ctx, r, figure(r, "events_covered")), ==, GOAL_MET);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("report", the_month_counts_events_and_never_coverages);
    STORE_TEST("report", two_coverages_of_one_event_count_once);
    STORE_TEST("report", every_figure_equals_its_list);
    STORE_TEST("report", what_a_person_did_is_a_list_too);
    STORE_TEST("report", a_figure_of_an_area_equals_its_list_too);
    STORE_TEST("report", a_sum_is_the_sum_of_its_list_and_says_who_is_silent);
    STORE_TEST("report", the_first_delivery_is_measured_from_the_event);
    STORE_TEST("report", a_month_without_another_before_says_so);
    STORE_TEST("report", the_tables_add_up);
    STORE_TEST("report", months_that_are_none_or_not_begun_are_refused);
    STORE_TEST("report", who_may_not_read_reports_gets_none);
    STORE_TEST("report", numbers_are_written_as_in_mexico);
    STORE_TEST("report", the_hash_of_a_draft_speaks_of_its_figures_alone);
    STORE_TEST("report", a_goal_stands_beside_its_figure);
    return g_test_run();
}
