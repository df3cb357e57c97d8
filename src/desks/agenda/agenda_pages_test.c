/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages_test.c: the agenda's addresses, as a browser and as a program ask for them. */
#include "desks/agenda/agenda_test_desk.h"

#define FIXTURE "src/desks/agenda/fixtures/julio.ics"

/* ---- pages ---- */

static void every_page_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto <b>de</b> \"la\" Banda & más"),
        coverage = new_coverage(&d, event);
    const char *pages[] = {
        "/mesa/agenda?mes=2022-07",
        "/mesa/agenda?semana=2022-W28",
        "/mesa/agenda?dia=2022-07-14",
        "/mesa/agenda?mes=2022-09",
        "/mesa/agenda?mes=2022-07&vista=lista",
        "/mesa/agenda?mes=2022-07&figura=events_not_covered",
        "/mesa/agenda?mes=2022-09&figura=events_covered",
        "/mesa/agenda/nuevo",
        "/mesa/agenda/importar",
        "/mesa/coberturas",
        "/mesa/coberturas?quien=yo",
        "/mesa/coberturas?estado=assigned&quien=todos",
        "/agenda?mes=2022-07",
        "/agenda?semana=2022-W28",
        "/agenda?dia=2022-07-14",
        "/agenda?mes=2023-01",
        at(&d, "/mesa/agenda/", event, ""),
        at(&d, "/mesa/agenda/", event, "/editar"),
        at(&d, "/mesa/coberturas/", coverage, ""),
        "/agenda/concierto-b-de-b-la-banda-mas-2022-07-14",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        g_test_message("%s", pages[i]);
        const PageAnswer *a = page_test_status(page_test_get(&d.page, pages[i]), 200);
        assert_page_sound(a);
        assert_has_not(a, "<b>de</b>");
    }
    page_test_close(&d.page);
}

static void what_is_not_there_is_not_found(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const char *gone[] = {"/mesa/agenda/0CN7507RA053A", "/mesa/agenda/0CN7507RA053A/editar",
                          "/mesa/coberturas/0CN7507RA053A", "/agenda/nada-2022-07-14",
                          "/mesa/agenda/x"};
    for (size_t i = 0; i < COUNT(gone); i++)
        page_test_status(page_test_get(&d.page, gone[i]), 404);
    page_test_status(page_test_post(&d.page, "/mesa/agenda/0CN7507RA053A/cancelar", "reason=x"), 404);
    page_test_status(page_test_get(&d.page, "/mesa/agenda?mes=julio"), 422);
    page_test_status(page_test_get(&d.page, "/mesa/agenda?figura=todas"), 422);
    page_test_status(page_test_get(&d.page, "/mesa/coberturas?estado=perdida"), 422);
    page_test_status(page_test_json(&d.page, "/mesa/agenda?after=inventado"), 422);
    page_test_close(&d.page);
}

static void the_month_shows_its_events_and_their_state(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 covered = new_event(&d, "Banderazo"), gone = new_event(&d, "Carrera");
    g_assert_true(db_begin(d.ctx));
    cover_fully(&d.office, covered);
    g_assert_true(agenda_cancel(d.ctx, gone, NONE, "Lluvia"));
    finish(&d.office);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    assert_has(a, "class=\"event covered\"");
    assert_has(a, "class=\"event cancelled\"");
    assert_has(a, "data-live=\"agenda_event agenda_coverage\"");
    assert_has(a, "/mesa/agenda?mes=2022-06");
    assert_has(a, "/mesa/agenda?mes=2022-08");
    a = page_test_status(page_test_get(&d.page, "/mesa/agenda?mes=2022-07&figura=events_covered"), 200);
    assert_has(a, "Banderazo");
    assert_has_not(a, "Carrera");
    page_test_close(&d.page);
}

static void a_month_costs_few_queries(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    for (int i = 0; i < 60; i++)
        new_event(&d, "Jornada");
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    g_assert_cmpint((i64)a->queries, <=, 8); /* the events, what they can be filtered by, the saved views */
    g_assert_cmpint((i64)a->size, <, 120 * 1024);
    a = page_test_status(page_test_get(&d.page, "/mesa/agenda?dia=2022-07-14"), 200);
    g_assert_cmpint((i64)a->queries, <=, 12);
    a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    g_assert_cmpint((i64)a->queries, <=, 6);
    page_test_close(&d.page);
}

static void lists_come_in_pages(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    for (int i = 0; i < 5; i++)
        new_event(&d, "Jornada");
    const PageAnswer *a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&limit=2"), 200);
    assert_has(a, "\"total\":5");
    assert_has(a, "\"next\":\"");
    a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&limit=5"), 200);
    assert_has_not(a, "\"next\"");
    a = page_test_status(page_test_get(&d.page, "/mesa/agenda.csv?mes=2022-07"), 200);
    assert_has(a, "id,slug,uid,title");
    page_test_close(&d.page);
}

/* ---- forms ---- */

static void a_form_makes_an_event_and_keeps_what_was_typed(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = page_test_status(
        page_test_post(&d.page, "/mesa/agenda",
                       "title=Banderazo&starts_at=2022-07-14T10%3A00&ends_at=2022-07-14T09%3A00"
                       "&place=Plaza+de+Armas&topics=obra%2C+bacheo&all_day=0&status=confirmed"
                       "&visibility=public&internal_note=guiso"),
        422);
    assert_page_sound(a);
    assert_has(a, "value=\"Banderazo\"");
    assert_has(a, "guiso");
    assert_has(a, "id=\"ends_at-error\"");
    a = page_test_status(
        page_test_post(&d.page, "/mesa/agenda",
                       "title=Banderazo&starts_at=2022-07-14T10%3A00&ends_at=&place=Plaza+de+Armas"
                       "&topics=obra%2C+bacheo&all_day=0&status=confirmed&visibility=public"),
        303);
    const char *where = page_test_header(a, "Location");
    g_assert_true(text_starts(where, "/mesa/agenda/"));
    a = page_test_status(page_test_json(&d.page, where), 200);
    assert_has(a, "\"ends_at\":\"2022-07-14T11:00:00-05:00\"");
    assert_has(a, "\"topics\":[\"obra\",\"bacheo\"]");
    a = page_test_status(
        page_test_post(&d.page, "/mesa/agenda",
                       "title=D%C3%ADa&starts_at=2022-07-14T10%3A00&ends_at=&all_day=1&all_day=0"),
        303);
    a = page_test_status(page_test_json(&d.page, page_test_header(a, "Location")), 200);
    assert_has(a, "\"all_day\":true");
    page_test_close(&d.page);
}

static void the_edit_form_changes_and_loses_politely(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Banderazo");
    const PageAnswer *a =
        page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/editar")), 200);
    assert_has(a, "value=\"2022-07-14T17:00\"");
    assert_has(a, "name=\"version\" value=\"1\"");
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, ""),
                           "title=Banderazo+grande&version=1"),
            303);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, ""), "title=Otro&version=1"), 412);
    a = page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_has(a, "\"title\":\"Banderazo grande\"");
    assert_has(a, "\"name\":\"Plaza de Armas\",\"address\":\"Centro Histórico\"");
    page_test_close(&d.page);
}

static void an_action_without_a_reason_opens_its_form_again(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Banderazo");
    const char *acts[] = {"/cancelar", "/posponer", "/reprogramar"};
    for (size_t i = 0; i < COUNT(acts); i++) {
        const PageAnswer *a =
            page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, acts[i]), "reason="), 422);
        assert_page_sound(a);
        assert_has(a, "<details class=\"fold\" open>");
    }
    const PageAnswer *a = page_test_status(
        page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/coberturas"), "kind=&assignee="),
        422);
    assert_page_sound(a);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/posponer"), "reason=Obras"), 303);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/reprogramar"),
                           "reason=Obras&starts_at=2022-07-20T10%3A00&ends_at="),
            303);
    a = page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_has(a, "\"status\":\"rescheduled\"");
    assert_has(
        a, "\"starts_at\":\"2022-07-20T10:00:00-05:00\",\"ends_at\":\"2022-07-20T11:30:00-05:00\"");
    page_test_close(&d.page);
}

static void a_coverage_is_walked_through_on_screen(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Banderazo"), id = new_coverage(&d, event);
    page_test_as(&d.page, &d.office.renata);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/coberturas/", id, "")), 200);
    assert_has(a, "/aceptar");
    assert_has_not(a, "/asignar");
    assert_has_not(a, "/aprobar");
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aceptar"), "version=1"), 303);
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"),
                               "kind=link&url=javascript%3Aalert(1)"),
                422);
    assert_page_sound(a);
    assert_has_not(a, "href=\"javascript");
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"),
                               "kind=link&url=&text="),
                422);
    assert_page_sound(a);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"),
                           "kind=link&url=https%3A%2F%2Ffotos.example%2F1"),
            303);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aprobar"), ""), 403);
    page_test_as(&d.page, &d.office.chief);
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/coberturas/", id, "")), 200);
    assert_has(a, "href=\"https://fotos.example/1\"");
    assert_page_sound(a);
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/devolver"), "reason="),
                422);
    assert_page_sound(a);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aprobar"), ""), 303);
    a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&figura=events_covered"), 200);
    assert_has(a, "\"total\":1");
    page_test_close(&d.page);
}

/* ---- programs ---- */

static void a_program_does_the_same_with_json(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = page_test_status(
        page_test_send_json(
            &d.page, "/mesa/agenda",
            "{\"title\":\"Entrega\",\"starts_at\":\"2022-07-14T16:00:00Z\",\"ends_at\":\"2022-07-"
            "14T12:00\","
            "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9},\"topics\":[\"obra\"],"
            "\"visibility\":\"internal\",\"internal_note\":\"x\"}"),
        201);
    assert_has(a, "\"starts_at\":\"2022-07-14T11:00:00-05:00\"");
    assert_has(a, "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9}");
    assert_has(a, "\"visibility\":\"internal\"");
    assert_has(a, "\"coverages\":[]");
    const char *where = page_test_header(a, "Location");
    a = page_test_status(page_test_send_json(
                    &d.page, arena_printf(d.page.kept, "%s/coberturas", where),
                    "{\"kind\":\"video\",\"assignee\":\"renata@sanluis.example\",\"due_at\":"
                    "\"2022-07-15T10:00:00-05:00\"}"),
                201);
    assert_has(a, "\"state\":\"assigned\"");
    assert_has(a, "\"kind\":\"video\"");
    const char *coverage = page_test_header(a, "Location");
    page_test_status(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage),
                                "{\"version\":1}"),
            200);
    a = page_test_status(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage),
                                    "{\"version\":1}"),
                412);
    a = page_test_status(
        page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage), "{}"), 409);
    assert_has(a, "\"kind\":\"conflict\"");
    a = page_test_status(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/entregar", coverage),
                                    "{\"evidence\":[]}"),
                422);
    assert_has(a, "\"field\":\"evidence\"");
    a = page_test_status(
        page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/entregar", coverage),
                            "{\"evidence\":[{\"kind\":\"link\",\"url\":\"https://a.example/\"},"
                            "{\"kind\":\"note\",\"text\":\"dos\"}]}"),
        200);
    assert_has(a, "{\"kind\":\"link\",\"url\":\"https://a.example/\",\"at\":");
    assert_has(a, "\"text\":\"dos\"");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"starts_at\":\"2022-07-14T18:00\"}"), 200);
    assert_has(a, "\"ends_at\":\"2022-07-14T19:00:00-05:00\"");
    assert_has(a, "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9}");
    assert_has(a, "\"version\":2");
    a = page_test_status(page_test_send_json(&d.page, where, "{\"place\":{\"name\":\"Plaza\"}}"), 200);
    assert_has(a, "\"place\":{\"name\":\"Plaza\"}");
    page_test_close(&d.page);
}

static const PageAnswer *upload(Desk *d, const char *file, bool skip_bad)
{
    GString *body = g_string_new(NULL);
    g_string_append_printf(
        body,
        "--xYx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"skip_bad\"\r\n\r\n%d\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"julio.ics\"\r\n"
        "Content-Type: text/calendar\r\n\r\n%s\r\n--xYx--\r\n",
        page_test_csrf(&d->page), skip_bad, file);
    const PageAnswer *a =
        page_test_ask(&d->page, &(PageAsk){.method = "POST",
                                           .target = "/mesa/agenda/importar",
                                           .type = "multipart/form-data; boundary=xYx",
                                           .body = body->str,
                                           .body_size = body->len,
                                           .no_csrf = true});
    g_string_free(body, TRUE);
    return a;
}

static void a_calendar_is_uploaded_and_reported(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_autofree char *file = NULL;
    g_assert_true(g_file_get_contents(FIXTURE, &file, NULL, NULL));
    const PageAnswer *a = page_test_status(upload(&d, file, false), 200);
    assert_page_sound(a);
    assert_has(a, "Reunión privada de gabinete");
    a = page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    assert_has(a, "\"total\":9");
    g_autofree char *bad = g_strdup(file);
    memcpy(strstr(bad, "UID:carrera"), "XID:carrera", 11);
    a = page_test_status(upload(&d, bad, false), 422);
    assert_page_sound(a);
    assert_has(a, "Line 45: there is no UID");
    a = page_test_status(upload(&d, bad, true), 200);
    assert_has(a, "UID");
    a = page_test_status(upload(&d, "no es un calendario", false), 400);
    page_test_as(&d.page, &d.office.renata);
    page_test_status(upload(&d, file, false), 403);
    page_test_close(&d.page);
}

static void a_program_sends_a_calendar_as_it_is(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_autofree char *file = NULL;
    g_assert_true(g_file_get_contents(FIXTURE, &file, NULL, NULL));
    const PageAnswer *a =
        page_test_status(page_test_ask(&d.page, &(PageAsk){.method = "POST",
                                                  .target = "/mesa/agenda/importar",
                                                  .type = "text/calendar",
                                                  .body = file,
                                                  .program = true}),
                200);
    assert_has(a, "\"created\":8");
    assert_has(a, "\"cancelled\":1");
    page_test_close(&d.page);
}

/* ---- the desk's home ---- */

static void the_home_page_says_what_cannot_wait(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_assert_cmpstr(drawn(&d, "desk_home", "first"), ==, "");
    i64 first = new_event(&d, "Banderazo"), second = new_event(&d, "Carrera");
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "first"), "17:00"));
    new_coverage(&d, first);
    new_coverage(&d, second);
    const char *html = drawn(&d, "desk_home", "first");
    g_assert_nonnull(strstr(html, "1 clash"));
    g_assert_nonnull(strstr(html, "Renata Piedraclara"));
    d.ctx->now += 2 * CLOCK_DAY;
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "first"), "2 coverages are late"));
    d.ctx->now -= 2 * CLOCK_DAY;
    html = drawn(&d, "desk_home", "main");
    g_assert_nonnull(strstr(html, "class=\"lane rows-2\""));
    g_assert_nonnull(strstr(html, "qs-38 qe-44"));
    g_assert_nonnull(strstr(html, "now-mark qs-10 qe-11"));
    d.ctx->actor = &d.office.renata;
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "side"), "Banderazo"));
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("agenda_pages", every_page_can_be_used_by_everybody);
    STORE_TEST("agenda_pages", what_is_not_there_is_not_found);
    STORE_TEST("agenda_pages", the_month_shows_its_events_and_their_state);
    STORE_TEST("agenda_pages", a_month_costs_few_queries);
    STORE_TEST("agenda_pages", lists_come_in_pages);
    STORE_TEST("agenda_pages", a_form_makes_an_event_and_keeps_what_was_typed);
    STORE_TEST("agenda_pages", the_edit_form_changes_and_loses_politely);
    STORE_TEST("agenda_pages", an_action_without_a_reason_opens_its_form_again);
    STORE_TEST("agenda_pages", a_coverage_is_walked_through_on_screen);
    STORE_TEST("agenda_pages", a_program_does_the_same_with_json);
    STORE_TEST("agenda_pages", a_calendar_is_uploaded_and_reported);
    STORE_TEST("agenda_pages", a_program_sends_a_calendar_as_it_is);
    STORE_TEST("agenda_pages", the_home_page_says_what_cannot_wait);
    return g_test_run();
}
