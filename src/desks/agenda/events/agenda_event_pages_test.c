/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_pages_test.c: the pages of an event, of calendars and of places, as a browser and a program see them. */
#include "desks/agenda/agenda_test_desk.h"
#include "store/journal.h"

static void to_july(Desk *d)
{
    g_assert_true(clock_parse_rfc3339("2022-07-01T12:00:00-05:00", &d->ctx->now));
}

#define OPEN(d)        \
    Desk d;            \
    desk_open(&d, t);  \
    to_july(&d)

static i64 version_of(Desk *d, i64 id)
{
    return agenda_find(d->ctx, id)->version;
}

/* ---- the form ---- */

static void the_form_keeps_what_was_typed(StoreTest *t, const void *unused)
{
    OPEN(d);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/agenda/nuevo"), 200);
    assert_page_sound(a);
    a = page_test_post(&d.page, "/mesa/agenda",
                       "title=&description=Un+texto&starts_at=2022-07-20T10:00&place=Parque+Tangamanga"
                       "&accreditation=Con+registro&attendance=-3");
    page_test_status(a, 422);
    assert_page_sound(a);
    assert_has(a, "Un texto");
    assert_has(a, "Parque Tangamanga");
    assert_has(a, "Con registro");
    assert_has(a, "id=\"attendance-error\"");
    a = page_test_post(&d.page, "/mesa/agenda", "title=a&starts_at=2022-07-20T10:00&place=b&place_coordinates=diez");
    page_test_status(a, 422);
    assert_page_sound(a);
    assert_has(a, "id=\"place_coordinates-error\"");
    page_test_close(&d.page);
}

static void a_whole_event_is_said_in_one_go(StoreTest *t, const void *unused)
{
    OPEN(d);
    const PageAnswer *a = page_test_status(
        page_test_send_json(
            &d.page, "/mesa/agenda",
            "{\"title\":\"Cabalgata\",\"starts_at\":\"2022-07-20T10:00\",\"ends_at\":\"2022-07-22T18:00\","
            "\"place\":{\"name\":\"Plaza del Carmen\",\"address\":\"Villerías\",\"neighbourhood\":\"Centro\","
            "\"postcode\":\"78000\",\"coordinates\":\"22.1519, -100.9712\"},\"topics\":[\"cultura\",\"niñez\"],"
            "\"headed_by\":\"Presidencia\",\"attendees\":[\"DIF\",\"Cultura\"],\"attendance\":400,"
            "\"accreditation\":\"Con registro\",\"accreditation_until\":\"2022-07-19T12:00\","
            "\"status\":\"tentative\",\"certainty\":\"eos4\",\"internal_note\":\"Vallas\"}"),
        201);
    assert_has(a, "\"certainty\":\"eos4\"");
    assert_has(a, "\"neighbourhood\":\"Centro\"");
    assert_has(a, "\"lat\":22.1519");
    assert_has(a, "\"attendees\":[\"DIF\",\"Cultura\"]");
    assert_has(a, "\"accreditation_until\":\"2022-07-19T12:00:00-05:00\"");
    const char *where = page_test_header(a, "Location");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"title\":\"Gran cabalgata\"}"), 200);
    assert_has(a, "\"headed_by\":\"Presidencia\"");
    assert_has(a, "\"certainty\":\"eos4\"");
    assert_has(a, "\"attendance\":400");
    assert_has(a, "\"neighbourhood\":\"Centro\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"certainty\":\"eos5\"}"), 422);
    assert_has(a, "\"field\":\"certainty\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"status\":\"confirmed\"}"), 200);
    assert_has(a, "\"certainty\":\"eos5\"");
    a = page_test_status(page_test_get(&d.page, where), 200);
    assert_page_sound(a);
    assert_has(a, "colonia Centro");
    page_test_close(&d.page);
}

static void a_known_place_brings_its_address(StoreTest *t, const void *unused)
{
    OPEN(d);
    new_event(&d, "Concierto"); /* Plaza de Armas, Centro Histórico */
    const PageAnswer *a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda",
                                                      "{\"title\":\"Otro\",\"starts_at\":\"2022-07-20T10:00\","
                                                      "\"place\":\"plaza de ARMAS\"}"),
                                  201);
    assert_has(a, "Centro Hist");
    a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda",
                                    "{\"title\":\"Otro\",\"starts_at\":\"2022-07-20T10:00\","
                                    "\"place\":\"Plaza de Armas · Centro Histórico\"}"),
                201);
    assert_has(a, "\"name\":\"Plaza de Armas\"");
    g_assert_cmpint((i64)agenda_places(d.ctx, 10).count, ==, 1);
    assert_has(page_test_get(&d.page, "/mesa/agenda/nuevo"),
               "<option value=\"Plaza de Armas · Centro Histórico\">");
    page_test_close(&d.page);
}

static void hours_that_the_clocks_skip_or_repeat(StoreTest *t, const void *unused)
{
    OPEN(d);
    g_assert_true(clock_parse_rfc3339("2022-01-01T12:00:00-06:00", &d.ctx->now));
    const PageAnswer *a =
        page_test_status(page_test_post(&d.page, "/mesa/agenda", "title=a&starts_at=2022-04-03T02:30"), 422);
    assert_has(a, "01:59");
    assert_has(a, "03:00");
    assert_has(a, "value=\"2022-04-03T02:30\"");
    a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda",
                                    "{\"title\":\"a\",\"starts_at\":\"2022-10-30T01:30\"}"),
                201);
    assert_has(a, "2022-10-30T01:30:00-05:00"); /* the first of the two */
    a = page_test_status(page_test_post(&d.page, "/mesa/agenda", "title=a&starts_at=2022-10-30T01:30"), 303);
    g_assert_nonnull(strstr(page_test_header(a, "Set-Cookie"), "twice"));
    page_test_close(&d.page);
}

static void bad_input_is_named(StoreTest *t, const void *unused)
{
    OPEN(d);
    const struct {
        const char *field, *json;
    } cases[] = {
        {"ends_at", "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"ends_at\":\"2022-07-20T09:00\"}"},
        {"ends_at", "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"ends_at\":\"2022-12-20T09:00\"}"},
        {"time_zone", "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"time_zone\":\"Marte/Olimpo\"}"},
        {"calendar", "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"calendar\":\"0000000000001\"}"},
        {"accreditation_until",
         "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"accreditation_until\":\"2022-07-21T10:00\"}"},
        {"place_coordinates",
         "{\"title\":\"a\",\"starts_at\":\"2022-07-20T10:00\",\"place\":\"x\",\"place_coordinates\":\"-100.97, 22.15\"}"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const PageAnswer *a =
            page_test_status(page_test_send_json(&d.page, "/mesa/agenda", cases[i].json), 422);
        assert_has(a, arena_printf(d.page.kept, "\"field\":\"%s\"", cases[i].field));
    }
    char *title = g_strnfill(10000, 'x');
    const char *json = arena_printf(d.page.kept, "{\"title\":\"%s\",\"starts_at\":\"2022-07-20T10:00\"}", title);
    assert_has(page_test_status(page_test_send_json(&d.page, "/mesa/agenda", json), 422), "\"field\":\"title\"");
    g_free(title);
    page_test_close(&d.page);
}

/* ---- two editors ---- */

static void who_comes_second_sees_both(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = new_event(&d, "Concierto"), seen = version_of(&d, id);
    const char *where = at(&d, "/mesa/agenda/", id, "");
    page_test_status(page_test_send_json(&d.page, where, "{\"title\":\"De ellos\",\"headed_by\":\"Cultura\"}"), 200);
    const char *mine = arena_printf(d.page.kept,
                                    "version=%" PRId64 "&title=Lo+m%%C3%%ADo&headed_by=&description=Nueva"
                                    "&starts_at=2022-07-14T17:00&ends_at=2022-07-14T18:30",
                                    seen);
    const PageAnswer *a = page_test_status(page_test_post(&d.page, where, mine), 412);
    assert_page_sound(a);
    assert_has(a, "value=\"Lo mío\"");            /* both changed it: mine is kept, theirs shown */
    assert_has(a, ">De ellos<");
    assert_has(a, "name=\"theirs\" value=\"title\"");
    assert_has(a, "id=\"headed_by\" name=\"headed_by\" type=\"text\" value=\"Cultura\""); /* only they did */
    assert_has(a, "Nueva");                       /* only I did */
    assert_has_not(a, "value=\"description\"");
    assert_has(a, arena_printf(d.page.kept, "name=\"version\" value=\"%" PRId64 "\"", version_of(&d, id)));
    const char *again = arena_printf(d.page.kept,
                                     "version=%" PRId64 "&title=Lo+m%%C3%%ADo&theirs=title&headed_by=Cultura"
                                     "&description=Nueva&starts_at=2022-07-14T17:00&ends_at=2022-07-14T18:30",
                                     version_of(&d, id));
    page_test_status(page_test_post(&d.page, where, again), 303);
    const Event *e = agenda_find(d.ctx, id);
    g_assert_cmpstr(e->title, ==, "De ellos");
    g_assert_cmpstr(e->headed_by, ==, "Cultura");
    g_assert_cmpstr(e->description, ==, "Nueva");
    page_test_close(&d.page);
}

static void who_has_it_open_is_said(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = new_event(&d, "Concierto");
    const char *lease = at(&d, "/mesa/agenda/", id, "/apartar");
    page_test_status(page_test_send_json(&d.page, lease, "{}"), 200);
    page_test_as(&d.page, &d.office.sofia);
    assert_has(page_test_status(page_test_json(&d.page, lease), 200), "\"name\":\"Dalia Guardaluz\"");
    const PageAnswer *a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/editar")), 200);
    assert_page_sound(a);
    assert_has(a, "Dalia Guardaluz has it open since 12:00.");
    assert_has(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "")), "Dalia Guardaluz has it open");
    page_test_as(&d.page, &d.office.reader);
    page_test_status(page_test_send_json(&d.page, lease, "{}"), 403);
    page_test_as(&d.page, &d.office.chief);
    page_test_status(page_test_send_json(&d.page, lease, "{\"leave\":\"1\"}"), 200);
    page_test_as(&d.page, &d.office.sofia);
    assert_has(page_test_json(&d.page, lease), "\"total\":0");
    page_test_close(&d.page);
}

/* ---- the event's page ---- */

static void a_step_can_be_taken_back_from_its_notice(StoreTest *t, const void *unused)
{
    OPEN(d);
    d.page.city.base_url = "http://127.0.0.1:8080";
    i64 id = new_event(&d, "Concierto");
    const PageAnswer *a = page_test_status(
        page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/cancelar"), "reason=Lluvia"), 303);
    const char *cookie = page_test_header(a, "Set-Cookie");
    g_assert_nonnull(strstr(cookie, "deshacer"));
    const char *cookies = arena_printf(d.page.kept, "vocero=prueba-de-sesion-0123456789abcdef; %.*s",
                                       (int)strcspn(cookie, ";"), cookie);
    a = page_test_ask(&d.page, &(PageAsk){.target = at(&d, "/mesa/agenda/", id, ""),
                                          .headers = {{"Cookie", cookies}}});
    assert_page_sound(page_test_status(a, 200));
    assert_has(a, "The event was cancelled.");
    assert_has(a, at(&d, "action=\"/mesa/agenda/", id, "/deshacer\""));
    assert_has(a, "cancelled");
    assert_has(a, "<s>");
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/deshacer"), ""), 303);
    g_assert_cmpint(agenda_find(d.ctx, id)->status, ==, EVENT_CONFIRMED);
    page_test_as(&d.page, &d.office.sofia);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/deshacer"), ""), 409);
    page_test_close(&d.page);
}

static void the_page_tells_the_whole_history(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = new_event(&d, "Concierto");
    new_coverage(&d, id);
    page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", id, "/reprogramar"),
                                "{\"starts_at\":\"2022-07-20T17:00\",\"reason\":\"Obras\"}"),
            200);
    const PageAnswer *a = page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_has(a, "\"previous_dates\":[{\"starts_at\":\"2022-07-14T17:00:00-05:00\"");
    assert_has(a, "\"verb\":\"rescheduled\",\"reason\":\"Obras\"");
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_has(a, "gave it a new date");
    assert_has(a, "assigned it");
    new_event(&d, "Otro");
    a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    assert_has(a, "\"previous_dates\":[{\"starts_at\":\"2022-07-14T17:00:00-05:00\"");
    assert_has(a, "\"previous_dates\":[]");
    page_test_as(&d.page, NULL);
    a = page_test_status(page_test_get(&d.page, "/agenda.json?mes=2022-07"), 200);
    assert_has(a, "\"previous_dates\":[{\"starts_at\":\"2022-07-14T17:00:00-05:00\"");
    a = page_test_status(page_test_get(&d.page, "/agenda/concierto-2022-07-14.json"), 200);
    assert_has(a, "\"previous_dates\":[{\"starts_at\":\"2022-07-14T17:00:00-05:00\"");
    page_test_close(&d.page);
}

static void the_form_of_a_duplicate_is_a_week_later(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = new_event(&d, "Concierto");
    new_coverage(&d, id);
    const char *where = at(&d, "/mesa/agenda/", id, "/duplicar");
    const PageAnswer *a = page_test_status(page_test_get(&d.page, where), 200);
    assert_page_sound(a);
    assert_has(a, "value=\"2022-07-21T17:00\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"title\":\"Segundo\",\"coverages\":true}"), 201);
    assert_has(a, "\"starts_at\":\"2022-07-21T17:00:00-05:00\"");
    assert_has(a, "\"title\":\"Segundo\"");
    assert_has(a, "\"state\":\"proposed\"");
    assert_has(a, "Plaza de Armas");
    page_test_close(&d.page);
}

/* ---- calendars ---- */

static void calendars_are_made_changed_and_put_away(StoreTest *t, const void *unused)
{
    OPEN(d);
    assert_page_sound(page_test_status(page_test_get(&d.page, "/mesa/agenda/calendarios"), 200));
    const PageAnswer *a =
        page_test_status(page_test_send_json(&d.page, "/mesa/agenda/calendarios",
                                    "{\"name\":\"Cultura y deporte\",\"color\":3,\"is_public\":true}"),
                201);
    assert_has(a, "\"slug\":\"cultura-y-deporte\"");
    const char *where = page_test_header(a, "Location");
    a = page_test_status(page_test_send_json(&d.page, "/mesa/agenda/calendarios", "{\"name\":\"CULTURA y deporte\"}"),
                422);
    assert_has(a, "\"field\":\"name\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"color\":9}"), 422);
    assert_has(a, "\"field\":\"color\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"color\":5}"), 200);
    assert_has(a, "\"is_public\":true");
    assert_page_sound(page_test_status(page_test_get(&d.page, where), 200));
    a = page_test_status(page_test_get(&d.page, "/mesa/agenda/calendarios"), 200);
    assert_page_sound(a);
    assert_has(a, "calendar-5");
    page_test_status(page_test_send_json(&d.page, where, "{\"name\":\"x\",\"version\":1}"), 412);
    a = page_test_status(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/archivar", where), "{}"), 200);
    assert_has(a, "\"archived\":true");
    a = page_test_status(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/recuperar", where), "{}"), 200);
    assert_has(a, "\"archived\":false");
    page_test_as(&d.page, &d.office.reader);
    page_test_status(page_test_send_json(&d.page, where, "{\"name\":\"x\"}"), 403);
    assert_page_sound(page_test_status(page_test_get(&d.page, "/mesa/agenda/calendarios"), 200));
    page_test_close(&d.page);
}

/* ---- places ---- */

static i64 place_of(Desk *d, const char *name, const char *address)
{
    i64 id;
    g_assert_true(db_begin(d->ctx));
    g_assert_true(agenda_place_keep(d->ctx, &(Place){.name = name, .address = address, .lat = NAN, .lon = NAN}, &id));
    finish(&d->office);
    return id;
}

static void the_book_is_found_in_and_put_right(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = place_of(&d, "Parque Morales", "Av. Reforma");
    place_of(&d, "Teatro de la Paz", "Villerías");
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/lugares"), 200);
    assert_page_sound(a);
    assert_has(a, "Teatro de la Paz");
    a = page_test_status(page_test_json(&d.page, "/mesa/lugares?q=MORÁLES"), 200);
    assert_has(a, "\"total\":1");
    const char *where = at(&d, "/mesa/lugares/", id, "");
    a = page_test_status(page_test_send_json(&d.page, where,
                                    "{\"neighbourhood\":\"Del Valle\",\"district\":\"Centro\",\"postcode\":\"78200\","
                                    "\"coordinates\":\"22.1489, -100.9932\",\"internal_note\":\"Llaves en la caseta\"}"),
                200);
    assert_has(a, "\"lat\":22.1489");
    assert_has(a, "\"address\":\"Av. Reforma\"");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/lugares?colonia=Del+Valle"), 200), "\"total\":1");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/lugares?delegacion=Pozos"), 200), "\"total\":0");
    assert_page_sound(page_test_status(page_test_get(&d.page, where), 200));
    const char *bad[] = {"-100.99, 22.14", "95, 10", "0, 0", "diez, once", "40.4168, -3.7038", "22.15"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_has(page_test_status(page_test_send_json(&d.page, where,
                                               arena_printf(d.page.kept, "{\"coordinates\":\"%s\"}", bad[i])),
                           422),
                   "\"field\":\"coordinates\"");
    page_test_status(page_test_send_json(&d.page, where, "{\"coordinates\":\"40.4168, -3.7038\",\"far\":true}"), 200);
    page_test_status(page_test_send_json(&d.page, where, "{\"name\":\"Teatro de la Paz\",\"address\":\"Villerías\"}"), 422);
    page_test_status(page_test_send_json(&d.page, where, "{\"postcode\":\"782\"}"), 422);
    assert_has(page_test_status(page_test_get(&d.page, "/mesa/lugares.csv"), 200), "Llaves en la caseta");
    page_test_as(&d.page, NULL);
    page_test_close(&d.page);
}

static void two_places_become_one(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 event = new_event(&d, "Concierto");
    i64 from = agenda_find(d.ctx, event)->place.id, into = place_of(&d, "Plaza de Armas SLP", "Zaragoza");
    const char *where = at(&d, "/mesa/lugares/", from, "/unir");
    const char *name = "into=Plaza+de+Armas+SLP+%C2%B7+Zaragoza";
    const PageAnswer *a = page_test_status(page_test_post(&d.page, where, name), 422);
    assert_page_sound(a);
    assert_has(a, "tick that you want it");
    page_test_status(page_test_post(&d.page, where, "into=Otra+cosa&confirm=1"), 422);
    page_test_status(page_test_post(&d.page, where, arena_printf(d.page.kept, "into=%s&confirm=1", id_of(&d, from))), 422);
    a = page_test_status(page_test_post(&d.page, where, arena_printf(d.page.kept, "%s&confirm=1", name)), 303);
    g_assert_cmpint(agenda_find(d.ctx, event)->place.id, ==, into);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/lugares/", from, "")), 404);
    page_test_close(&d.page);
}

static void an_archived_place_is_not_suggested(StoreTest *t, const void *unused)
{
    OPEN(d);
    i64 id = place_of(&d, "Parque Morales", NULL);
    page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/lugares/", id, "/archivar"), "{}"), 200);
    assert_has_not(page_test_get(&d.page, "/mesa/agenda/nuevo"), "Parque Morales");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/lugares"), 200), "\"total\":0");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/lugares?archivados=1"), 200), "\"total\":1");
    page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/lugares/", id, "/recuperar"), "{}"), 200);
    assert_has(page_test_get(&d.page, "/mesa/agenda/nuevo"), "Parque Morales");
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("event_pages", the_form_keeps_what_was_typed);
    STORE_TEST("event_pages", a_whole_event_is_said_in_one_go);
    STORE_TEST("event_pages", a_known_place_brings_its_address);
    STORE_TEST("event_pages", hours_that_the_clocks_skip_or_repeat);
    STORE_TEST("event_pages", bad_input_is_named);
    STORE_TEST("event_pages", who_comes_second_sees_both);
    STORE_TEST("event_pages", who_has_it_open_is_said);
    STORE_TEST("event_pages", a_step_can_be_taken_back_from_its_notice);
    STORE_TEST("event_pages", the_page_tells_the_whole_history);
    STORE_TEST("event_pages", the_form_of_a_duplicate_is_a_week_later);
    STORE_TEST("event_pages", calendars_are_made_changed_and_put_away);
    STORE_TEST("event_pages", the_book_is_found_in_and_put_right);
    STORE_TEST("event_pages", two_places_become_one);
    STORE_TEST("event_pages", an_archived_place_is_not_suggested);
    return g_test_run();
}
