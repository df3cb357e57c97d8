/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_board_test.c: lanes, board and month of coverages as pages; contacts; deliveries with files. */
#include "desks/agenda/coverage/agenda_board.h"
#include "desks/agenda/agenda_test_desk.h"

#define CANARY "canariosecreto"

static void private_coverage(Desk *d)
{
    g_assert_true(db_begin(d->ctx));
    EventDraft draft = plaza_draft("Reunión " CANARY);
    draft.visibility = VISIBLE_PRIVATE;
    i64 id;
    g_assert_true(agenda_create(d->ctx, &draft, &id));
    make_coverage(&d->office, id, COVER_VIDEO);
    finish(&d->office);
}

static void every_way_of_looking_hides_what_is_private(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    new_coverage(&d, new_event(&d, "Banderazo"));
    private_coverage(&d);
    const char *pages[] = {"/mesa/coberturas/carriles?dia=2022-07-14", "/mesa/coberturas/tablero",
                           "/mesa/coberturas/calor?mes=2022-07", "/mesa/coberturas/sin-motivo?mes=2022-07",
                           "/mesa/coberturas?quien=todos"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        page_test_as(&d.page, &d.office.chief);
        const PageAnswer *a = page_test_status(page_test_get(&d.page, pages[i]), 200);
        assert_page_sound(a);
        g_assert_cmpint((i64)a->queries, <=, 8);
        page_test_as(&d.page, &d.office.sofia);
        assert_has_not(page_test_status(page_test_get(&d.page, pages[i]), 200), CANARY);
        assert_has_not(page_test_status(page_test_json(&d.page, pages[i]), 200), CANARY);
    }
    page_test_as(&d.page, &d.office.chief);
    assert_has(page_test_get(&d.page, pages[0]), CANARY);
    assert_has(page_test_get(&d.page, pages[1]), CANARY);
    assert_has(page_test_json(&d.page, pages[2]), "\"coverages\":2");
    page_test_as(&d.page, &d.office.sofia);
    assert_has(page_test_json(&d.page, pages[2]), "\"coverages\":1");
    page_test_close(&d.page);
}

static void the_board_moves_only_as_the_states_allow(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_coverage(&d, new_event(&d, "Banderazo"));
    page_test_as(&d.page, &d.office.renata);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/coberturas/tablero"), 200);
    assert_has(a, "name=\"state\" value=\"accepted\"");
    assert_has_not(a, "value=\"approved\"");
    const char *move = at(&d, "/mesa/coberturas/", id, "/mover");
    page_test_status(page_test_post(&d.page, move, "state=accepted"), 303);
    page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"delivered\"}"), 422); /* wants evidence */
    page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"approved\"}"), 403);
    page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"accepted\"}"), 409);
    page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"nonsense\"}"), 422);
    assert_has(page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"in_progress\"}"), 200), "\"state\":\"in_progress\"");
    page_test_as(&d.page, &d.office.sofia);
    page_test_status(page_test_send_json(&d.page, move, "{\"state\":\"declined\",\"reason\":\"no\"}"), 403);
    page_test_close(&d.page);
}

static void a_column_shows_fifty_and_says_how_many_more(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Banderazo"), id;
    g_assert_true(db_begin(d.ctx));
    for (int i = 0; i < 53; i++)
        g_assert_true(agenda_cover(d.ctx, event, &(CoverageDraft){.kind = COVER_PHOTO}, &id));
    finish(&d.office);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/coberturas/tablero"), 200);
    assert_has(a, "3 more");
    assert_page_sound(a);
    g_assert_cmpint((i64)a->queries, <=, 3);
    g_assert_cmpint((i64)a->size, <, 120 * 1024);
    List columns = agenda_board(d.ctx);
    const BoardColumn *first = columns.items;
    g_assert_cmpint((i64)first->cards.count, ==, 50);
    g_assert_cmpint(first->total, ==, 53);
    page_test_close(&d.page);
}

static void lanes_reach_from_the_first_hour_to_the_last(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    new_coverage(&d, new_event(&d, "Banderazo"));
    Span day = clock_day_of(d.ctx->city->zone, agenda_period_of(d.ctx, PERIOD_DAY, d.ctx->now).span.from);
    LanesShown usual = agenda_lanes(d.ctx, day, agenda_coverages_by_span(d.ctx, day, 10));
    g_assert_cmpint(usual.first_hour, ==, 8);
    g_assert_cmpint(usual.hours, ==, 12);
    g_assert_true(db_begin(d.ctx));
    EventDraft dawn = plaza_draft("Rosca de madrugada");
    dawn.starts.hour = 5;
    dawn.ends.hour = 6;
    i64 id;
    g_assert_true(agenda_create(d.ctx, &dawn, &id));
    make_coverage(&d.office, id, COVER_PHOTO);
    finish(&d.office);
    LanesShown early = agenda_lanes(d.ctx, day, agenda_coverages_by_span(d.ctx, day, 10));
    g_assert_cmpint(early.first_hour, ==, 5);
    g_assert_cmpint(early.hours, ==, 16); /* 5:00 to 18:30 */
    const Lane *lane = early.lanes.items;
    const LaneBlock *b = lane->blocks.items;
    g_assert_cmpint(b[0].from, ==, 2);
    g_assert_cmpint(b[1].from, ==, 38); /* 17:00: twelve hours of three columns later */
    g_assert_cmpint(b[0].row, ==, 1);
    page_test_close(&d.page);
}

static void absences_and_days_are_counted_in_the_month(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    new_coverage(&d, new_event(&d, "Banderazo"));
    new_event(&d, "Nadie va");
    Period month = agenda_period_of(d.ctx, PERIOD_MONTH, d.ctx->now);
    HeatShown x = agenda_heat(d.ctx, &month);
    g_assert_cmpint(x.days, ==, 31);
    g_assert_cmpint(x.nobody->days[13], ==, 1);
    g_assert_cmpint(x.totals[13], ==, 1);
    g_assert_cmpint(x.total, ==, 1);
    g_assert_cmpint(agenda_shade(9), ==, 5);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/coberturas/calor?mes=2022-07"), 200);
    assert_has(a, "dia=2022-07-14");
    g_assert_cmpint((i64)a->queries, <=, 5);
    page_test_close(&d.page);
}

/* ---- what is delivered as a file ---- */

static void a_file_is_delivered_and_read_by_who_may(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_coverage(&d, new_event(&d, "Banderazo"));
    page_test_as(&d.page, &d.office.renata);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aceptar"), ""), 303);
    static const char body[] = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                       "--x\r\nContent-Disposition: form-data; name=\"quantity_delivered\"\r\n\r\n2\r\n"
                       "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"nota.txt\"\r\n"
                       "Content-Type: text/plain\r\n\r\nDoce fotos en la plaza\r\n--x--\r\n";
    page_test_status(page_test_ask(&d.page, &(PageAsk){.method = "POST",
                                              .target = at(&d, "/mesa/coberturas/", id, "/entregar"),
                                              .type = "multipart/form-data; boundary=x",
                                              .body = arena_printf(d.page.kept, body, page_test_csrf(&d.page)),
                                              .no_csrf = true}),
            303);
    d.ctx->actor = &d.office.chief;
    const Coverage *c = agenda_coverage(d.ctx, id);
    g_assert_cmpint(c->quantity_delivered, ==, 2);
    const Evidence *e = c->evidence.items;
    g_assert_cmpstr(e->filename, ==, "nota.txt");
    const PageAnswer *a = page_test_status(page_test_get(&d.page, e->url), 200);
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "attachment"));
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/coberturas/", id, "")), 200);
    assert_has(a, "nota.txt");
    assert_page_sound(a);
    page_test_as(&d.page, &(Actor){.id = d.office.writer, .name = "Nadie", .rights = 3});
    page_test_status(page_test_get(&d.page, e->url), 403);
    page_test_as(&d.page, NULL);
    g_assert_cmpint(page_test_get(&d.page, e->url)->status, !=, 200);
    page_test_close(&d.page);
}

/* ---- contacts, and why nobody covered it ---- */

static void contacts_are_kept_by_who_assigns(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = page_test_status(
        page_test_send_json(&d.page, "/mesa/contactos", "{\"name\":\"Ana Lente\",\"phone\":\"+52 444 123 4567\"}"), 201);
    const char *where = page_test_header(a, "Location");
    const char *path = strstr(where, "/mesa/contactos/");
    page_test_status(page_test_send_json(&d.page, path, "{\"mail\":\"ana@lente.example\"}"), 200);
    a = page_test_status(page_test_json(&d.page, path), 200);
    assert_has(a, "ana@lente.example");
    assert_has(a, "+52 444 123 4567"); /* what was not sent stays */
    assert_page_sound(page_test_status(page_test_get(&d.page, path), 200));
    a = page_test_status(page_test_get(&d.page, "/mesa/contactos"), 200);
    assert_page_sound(a);
    assert_has(a, "Ana Lente");
    page_test_status(page_test_post(&d.page, arena_printf(d.page.kept, "%s/archivar", path), ""), 303);
    assert_has_not(page_test_get(&d.page, "/mesa/contactos"), "Ana Lente");
    assert_has(page_test_get(&d.page, "/mesa/contactos?ver=archivados"), "Ana Lente");
    page_test_as(&d.page, &d.office.sofia);
    page_test_status(page_test_get(&d.page, "/mesa/contactos"), 403);
    page_test_close(&d.page);
}

static void the_reason_is_chosen_or_written(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Banderazo");
    d.ctx->now += 30 * CLOCK_DAY;
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/coberturas/sin-motivo?mes=2022-07"), 200);
    assert_has(a, "Banderazo");
    assert_page_sound(a);
    a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/sin-cobertura"),
                               "choice=weather&reason=granizo&volver=/mesa/coberturas/sin-motivo"),
                303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/mesa/coberturas/sin-motivo");
    g_assert_cmpstr(agenda_find(d.ctx, id)->uncovered_reason, ==, "Weather: granizo");
    assert_has_not(page_test_get(&d.page, "/mesa/coberturas/sin-motivo?mes=2022-07"), "Banderazo");
    page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", id, "/sin-cobertura"), "{}"), 422);
    page_test_close(&d.page);
}

static void the_home_offers_to_assign_what_nobody_covers(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Banderazo");
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "main"), "Nobody covers it yet"));
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "main"), "Renata Piedraclara · free"));
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/coberturas"),
                           arena_printf(d.page.kept, "kind=photo&assignee=%s", id_of(&d, d.office.photographer))),
            303);
    g_assert_null(strstr(drawn(&d, "desk_home", "main"), "Nobody covers it yet"));
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("board", every_way_of_looking_hides_what_is_private);
    STORE_TEST("board", the_board_moves_only_as_the_states_allow);
    STORE_TEST("board", a_column_shows_fifty_and_says_how_many_more);
    STORE_TEST("board", lanes_reach_from_the_first_hour_to_the_last);
    STORE_TEST("board", absences_and_days_are_counted_in_the_month);
    STORE_TEST("board", a_file_is_delivered_and_read_by_who_may);
    STORE_TEST("board", contacts_are_kept_by_who_assigns);
    STORE_TEST("board", the_reason_is_chosen_or_written);
    STORE_TEST("board", the_home_offers_to_assign_what_nobody_covers);
    return g_test_run();
}
