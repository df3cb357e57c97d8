/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_move_test.c: an event dropped at another time: at once, with a reason, refused, of a series. */
#include "desks/agenda/series/agenda_repeat.h"
#include "desks/agenda/agenda_test_desk.h"

static i64 event_of(Desk *d, EventStatus status, Visibility visibility)
{
    EventDraft draft = plaza_draft("Banderazo");
    i64 id = 0;
    draft.status = status;
    draft.visibility = visibility;
    g_assert_true(db_begin(d->ctx));
    g_assert_true(agenda_create(d->ctx, &draft, &id));
    finish(&d->office);
    return id;
}

static const PageAnswer *drop(Desk *d, i64 id, const char *form)
{
    return page_test_post(&d->page, at(d, "/mesa/agenda/", id, "/mover"), form);
}

static const char *starts(Desk *d, i64 id)
{
    return agenda_find(d->ctx, id)->wall_start;
}

static void what_is_planned_or_internal_moves_at_once(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 planned = event_of(&d, EVENT_TENTATIVE, VISIBLE_PUBLIC), inner = event_of(&d, EVENT_CONFIRMED, VISIBLE_INTERNAL);
    const PageAnswer *a = page_test_status(drop(&d, planned, "starts_at=2022-07-19T17:00&back=/mesa/agenda%3Fmes%3D2022-07"), 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/mesa/agenda?mes=2022-07");
    g_assert_cmpstr(starts(&d, planned), ==, "2022-07-19T17:00:00");
    const Event *e = agenda_find(d.ctx, planned);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, 90 * CLOCK_MINUTE);
    g_assert_cmpint(e->status, ==, EVENT_TENTATIVE);
    page_test_status(drop(&d, inner, "starts_at=2022-07-14T09:15"), 303);
    g_assert_cmpstr(starts(&d, inner), ==, "2022-07-14T09:15:00");
    page_test_close(&d.page);
}

static void what_citizens_were_told_moves_with_a_reason(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = event_of(&d, EVENT_CONFIRMED, VISIBLE_PUBLIC);
    const PageAnswer *a = page_test_status(drop(&d, id, "starts_at=2022-07-19T17:00"), 422);
    assert_page_sound(a);
    assert_has(a, "id=\"reason-error\"");
    assert_has(a, "value=\"2022-07-19T17:00\"");
    g_assert_cmpstr(starts(&d, id), ==, "2022-07-14T17:00:00");
    page_test_status(drop(&d, id, "starts_at=2022-07-19T17:00&reason=Lluvia"), 303);
    const Event *e = agenda_find(d.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_RESCHEDULED);
    g_assert_cmpstr(e->reason, ==, "Lluvia");
    g_assert_true(e->previous_starts_at > 0);
    page_test_close(&d.page);
}

static void what_another_changed_meanwhile_is_not_moved(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = event_of(&d, EVENT_TENTATIVE, VISIBLE_PUBLIC);
    page_test_status(drop(&d, id, "starts_at=2022-07-19T17:00&version=1"), 303);
    const PageAnswer *a = page_test_status(drop(&d, id, "starts_at=2022-07-20T17:00&version=1"), 412);
    assert_page_sound(a);
    assert_has(a, "name=\"version\" value=\"2\"");
    g_assert_cmpstr(starts(&d, id), ==, "2022-07-19T17:00:00");
    page_test_close(&d.page);
}

static void what_cannot_be_moved_says_why(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = event_of(&d, EVENT_TENTATIVE, VISIBLE_PUBLIC);
    assert_has(page_test_status(drop(&d, id, "starts_at=ma%C3%B1ana"), 422), "id=\"starts_at-error\"");
    assert_has(page_test_status(drop(&d, id, ""), 422), "id=\"starts_at-error\"");
    page_test_status(drop(&d, id, "starts_at=2022-07-19T17:00&back=https://otro.example/"), 303);
    g_assert_true(db_begin(d.ctx));
    g_assert_true(agenda_cancel(d.ctx, id, NONE, "Lluvia"));
    finish(&d.office);
    page_test_status(drop(&d, id, "starts_at=2022-07-21T17:00&reason=x"), 409);
    page_test_as(&d.page, &d.office.renata);
    page_test_status(drop(&d, id, "starts_at=2022-07-21T17:00"), 403);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/mover")), 403);
    page_test_close(&d.page);
}

static void a_foreign_zone_and_whole_days_keep_their_length(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_assert_true(db_begin(d.ctx));
    EventDraft far = plaza_draft("Videollamada"), fair = plaza_draft("Feria");
    i64 call = 0, days = 0;
    far.time_zone = "Europe/Madrid";
    far.visibility = fair.visibility = VISIBLE_INTERNAL;
    fair.all_day = true;
    fair.starts = (Wall){2022, 7, 8, 0, 0, 0};
    fair.ends = (Wall){2022, 7, 11, 0, 0, 0};
    g_assert_true(agenda_create(d.ctx, &far, &call) && agenda_create(d.ctx, &fair, &days));
    i64 length = agenda_find(d.ctx, days)->ends_at - agenda_find(d.ctx, days)->starts_at;
    finish(&d.office);
    page_test_status(drop(&d, call, "starts_at=2022-07-20T09:00"), 303);
    g_assert_cmpstr(starts(&d, call), ==, "2022-07-20T16:00:00"); /* nine here is four in the afternoon there */
    page_test_status(drop(&d, days, "starts_at=2022-07-18T00:00"), 303);
    const Event *e = agenda_find(d.ctx, days);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, length);
    g_assert_cmpstr(e->wall_start, ==, "2022-07-18T00:00:00");
    page_test_close(&d.page);
}

static void a_program_moves_with_the_same_names(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = event_of(&d, EVENT_CONFIRMED, VISIBLE_PUBLIC);
    const char *to = at(&d, "/mesa/agenda/", id, "/mover");
    const PageAnswer *a = page_test_send_json(&d.page, to, "{\"starts_at\":\"2022-07-19T17:00:00-05:00\"}");
    assert_has(page_test_status(a, 422), "\"field\":\"reason\"");
    a = page_test_send_json(&d.page, to, "{\"starts_at\":\"2022-07-19T17:00:00-05:00\",\"reason\":\"Lluvia\",\"version\":1}");
    assert_has(page_test_status(a, 200), "\"status\":\"rescheduled\"");
    page_test_close(&d.page);
}

static void a_moved_series_can_be_taken_back_from_the_notice(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = event_of(&d, EVENT_TENTATIVE, VISIBLE_INTERNAL);
    g_assert_true(db_begin(d.ctx));
    g_assert_true(agenda_repeat(d.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = 3}));
    const char *was = starts(&d, id);
    finish(&d.office);
    const PageAnswer *a = page_test_status(drop(&d, id, "starts_at=2022-07-19T17:00&scope=all&reason=Lluvia"), 303);
    g_assert_nonnull(strstr(page_test_header(a, "Set-Cookie"), "deshacer"));
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/deshacer"), ""), 303);
    g_assert_cmpstr(starts(&d, id), ==, was);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("move", what_is_planned_or_internal_moves_at_once);
    STORE_TEST("move", what_citizens_were_told_moves_with_a_reason);
    STORE_TEST("move", what_another_changed_meanwhile_is_not_moved);
    STORE_TEST("move", what_cannot_be_moved_says_why);
    STORE_TEST("move", a_foreign_zone_and_whole_days_keep_their_length);
    STORE_TEST("move", a_program_moves_with_the_same_names);
    STORE_TEST("move", a_moved_series_can_be_taken_back_from_the_notice);
    return g_test_run();
}
