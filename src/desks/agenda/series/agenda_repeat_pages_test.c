/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_pages_test.c: repeating and its scopes as a browser and as a program meet them. */
#include "desks/agenda/series/agenda_repeat.h"
#include "desks/agenda/agenda_test_desk.h"

static i64 public_event(Desk *d)
{
    g_assert_true(db_begin(d->ctx));
    EventDraft draft = plaza_draft("Cine en tu colonia");
    draft.starts.day = draft.ends.day = 21;
    i64 id = 0;
    g_assert_true(agenda_create(d->ctx, &draft, &id));
    finish(&d->office);
    return id;
}

static i64 weekly_series(Desk *d)
{
    i64 id = public_event(d);
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/", id, "/repetir"), "freq=weekly&interval=1&ends=count&count=5"), 303);
    return id;
}

static i64 rows_standing(Desk *d)
{
    return agenda_count(d->ctx, (Span){0, INT64_MAX / 2}, AGENDA_HELD);
}

static void the_dates_are_shown_before_anything_is_written(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = public_event(&d);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/repetir")), 200);
    assert_page_sound(a);
    assert_has(a, "Choose how it repeats");
    assert_has(a, "the third Thursday");
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/repetir?freq=weekly&interval=1&weekdays=tu&weekdays=th"
                                                                   "&month_by=day&ends=until&until=2023-07-14&count=")), 200);
    assert_page_sound(a);
    assert_has(a, "Every Tuesday and Thursday until 14 July 2023");
    assert_has(a, "Tuesday 26 July 2022, 17:00");
    assert_has(a, "And so on.");
    assert_has(a, "name=\"until\" value=\"2023-07-14\"");
    g_assert_cmpint(rows_standing(&d), ==, 1);
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/repetir?freq=weekly&ends=until&until=2022-07-01")), 200);
    assert_page_sound(a);
    assert_has(a, "before it begins");
    page_test_close(&d.page);
}

static void a_form_makes_a_series(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = public_event(&d);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/repetir"),
                           "freq=monthly&interval=1&month_by=weekday&ends=count&count=4&except=2022-08-18"), 303);
    g_assert_cmpint(rows_standing(&d), ==, 3);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_page_sound(a);
    assert_has(a, "every month, the third Thursday, 4 times");
    assert_has(a, "3 events will be cancelled.");
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/repetir")), 200);
    assert_has(a, "value=\"monthly\" selected");
    assert_has(a, "value=\"weekday\" selected");
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/repetir"), "freq=weekly&weekdays=mo&scope=following"), 422);
    assert_page_sound(a);
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/repetir?freq=daily&interval=2&ends=count&count=3&scope=all")), 200);
    assert_page_sound(a);
    assert_has(a, "3 events that are still to come");
    page_test_close(&d.page);
}

static void programs_repeat_and_read_the_rule(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda",
        "{\"title\":\"Mercado\",\"starts_at\":\"2022-07-21T09:00\",\"rule\":\"FREQ=WEEKLY;COUNT=3\",\"except\":[\"2022-07-28\"]}"), 201);
    assert_has(a, "\"rule\":\"FREQ=WEEKLY;COUNT=3\"");
    assert_has(a, "\"series\":");
    g_assert_cmpint(rows_standing(&d), ==, 2);
    i64 id = ((const Event *)agenda_by_span(d.ctx, (Span){0, INT64_MAX / 2}, AGENDA_ALL, 0, 0, 10).items)->id;
    a = page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "/repetir?rule=FREQ%3DDAILY&scope=all")), 200);
    assert_has(a, "\"rule\":\"FREQ=DAILY\"");
    assert_has(a, "\"2022-07-22T09:00:00-05:00\"");
    a = page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "/repetir?rule=FREQ%3DNEVER&scope=all")), 422);
    assert_has(a, "\"field\":\"rule\"");
    a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda", "{\"title\":\"Mal\",\"starts_at\":\"2022-07-21T09:00\",\"rule\":\"FREQ=MINUTELY\"}"), 422);
    assert_has(a, "repeats too often");
    g_assert_cmpint(rows_standing(&d), ==, 2); /* nothing half-written */
    a = page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", id, "/repetir"), "{\"freq\":\"weekly\",\"weekdays\":[\"xx\"]}"), 422);
    assert_has(a, "\"field\":\"weekdays\"");
    page_test_close(&d.page);
}

static void forms_say_how_many_events_would_change(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = weekly_series(&d);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/editar")), 200);
    assert_page_sound(a);
    assert_has(a, "Only this event");
    assert_has(a, "5 events will change.");
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, ""), "title=Cine+al+aire&scope=all"), 303);
    a = page_test_status(page_test_get(&d.page, "/mesa/agenda?mes=2022-08"), 200);
    assert_has(a, "Cine al aire");
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/cancelar"), "scope=all&reason="), 422);
    assert_page_sound(a);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/cancelar"), "scope=following&reason=Lluvia"), 303);
    g_assert_cmpint(rows_standing(&d), ==, 0);
    page_test_close(&d.page);
}

static void a_scope_without_a_series_is_refused(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = public_event(&d);
    const PageAnswer *a = page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", id, ""), "{\"title\":\"Otro\",\"scope\":\"all\"}"), 422);
    assert_has(a, "not part of a series");
    a = page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", id, ""), "{\"title\":\"Otro\",\"scope\":\"some\"}"), 422);
    assert_has(a, "\"field\":\"scope\"");
    page_test_status(page_test_json(&d.page, "/mesa/agenda/0000000000000/repetir"), 404);
    page_test_as(&d.page, &d.office.reader);
    page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "/repetir")), 403);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("repeat_pages", the_dates_are_shown_before_anything_is_written);
    STORE_TEST("repeat_pages", a_form_makes_a_series);
    STORE_TEST("repeat_pages", programs_repeat_and_read_the_rule);
    STORE_TEST("repeat_pages", forms_say_how_many_events_would_change);
    STORE_TEST("repeat_pages", a_scope_without_a_series_is_refused);
    return g_test_run();
}
