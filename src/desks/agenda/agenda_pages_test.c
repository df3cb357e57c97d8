/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_pages_test.c: the agenda's addresses, as a browser and as a program ask for them; and that nothing leaks. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_test_office.h"
#include "store/search.h"
#include "web/web_test.h"

#define FIXTURE "src/desks/agenda/fixtures/julio.ics"

static const Route *const routes[] = {agenda_routes, agenda_coverage_routes, agenda_import_routes, agenda_public_routes, NULL};
static const Panel *const panels[] = {agenda_panels, agenda_public_panels, NULL};

typedef struct Desk {
    Office office;
    PageTest page;
    Ctx *ctx;
} Desk;

static void desk_open(Desk *d, StoreTest *t)
{
    d->office = open_office(t);
    d->ctx = &t->ctx;
    begin(&d->office);
    finish(&d->office);
    page_test_open(&d->page, t, routes);
    d->page.site.panels = panels;
    page_test_as(&d->page, &d->office.chief);
}

static const char *id_of(Desk *d, i64 id)
{
    return id_text(d->page.kept, id);
}

static const char *at(Desk *d, const char *before, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "%s%s%s", before, id_of(d, id), after);
}

/* Rules between requests have a transaction of their own. */
static i64 new_event(Desk *d, const char *title)
{
    g_assert_true(db_begin(d->ctx));
    i64 id = make_event(&d->office, title);
    finish(&d->office);
    return id;
}

static i64 new_coverage(Desk *d, i64 event)
{
    g_assert_true(db_begin(d->ctx));
    i64 id = make_coverage(&d->office, event, COVER_PHOTO);
    finish(&d->office);
    return id;
}

static const PageAnswer *answers(const PageAnswer *a, int status)
{
    if (a->status != status)
        g_error("%d instead of %d: %s", a->status, status, a->body);
    return a;
}

/* ---- pages ---- */

static void every_page_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto <b>de</b> \"la\" Banda & más"), coverage = new_coverage(&d, event);
    const char *pages[] = {
        "/mesa/agenda?mes=2022-07", "/mesa/agenda?semana=2022-W28", "/mesa/agenda?dia=2022-07-14", "/mesa/agenda?mes=2022-09",
        "/mesa/agenda?mes=2022-07&vista=lista", "/mesa/agenda?mes=2022-07&figura=events_not_covered",
        "/mesa/agenda?mes=2022-09&figura=events_covered", "/mesa/agenda/nuevo", "/mesa/agenda/importar", "/mesa/coberturas",
        "/mesa/coberturas?quien=yo", "/mesa/coberturas?estado=assigned&quien=todos", "/agenda?mes=2022-07",
        "/agenda?semana=2022-W28", "/agenda?dia=2022-07-14", "/agenda?mes=2023-01",
        at(&d, "/mesa/agenda/", event, ""), at(&d, "/mesa/agenda/", event, "/editar"), at(&d, "/mesa/coberturas/", coverage, ""),
        "/agenda/concierto-b-de-b-la-banda-mas-2022-07-14",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        g_test_message("%s", pages[i]);
        const PageAnswer *a = answers(page_test_get(&d.page, pages[i]), 200);
        assert_page_sound(a);
        assert_has_not(a, "<b>de</b>");
    }
    page_test_close(&d.page);
}

static void what_is_not_there_is_not_found(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const char *gone[] = {"/mesa/agenda/0CN7507RA053A", "/mesa/agenda/0CN7507RA053A/editar", "/mesa/coberturas/0CN7507RA053A",
                          "/agenda/nada-2022-07-14", "/mesa/agenda/x"};
    for (size_t i = 0; i < COUNT(gone); i++)
        answers(page_test_get(&d.page, gone[i]), 404);
    answers(page_test_post(&d.page, "/mesa/agenda/0CN7507RA053A/cancelar", "reason=x"), 404);
    answers(page_test_get(&d.page, "/mesa/agenda?mes=julio"), 422);
    answers(page_test_get(&d.page, "/mesa/agenda?figura=todas"), 422);
    answers(page_test_get(&d.page, "/mesa/coberturas?estado=perdida"), 422);
    answers(page_test_json(&d.page, "/mesa/agenda?after=inventado"), 422);
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
    const PageAnswer *a = answers(page_test_get(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    assert_has(a, "class=\"event covered\"");
    assert_has(a, "class=\"event cancelled\"");
    assert_has(a, "data-live=\"agenda_event agenda_coverage\"");
    assert_has(a, "/mesa/agenda?mes=2022-06");
    assert_has(a, "/mesa/agenda?mes=2022-08");
    a = answers(page_test_get(&d.page, "/mesa/agenda?mes=2022-07&figura=events_covered"), 200);
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
    const PageAnswer *a = answers(page_test_get(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    g_assert_cmpint((i64)a->queries, <=, 4);
    g_assert_cmpint((i64)a->size, <, 120 * 1024);
    a = answers(page_test_get(&d.page, "/mesa/agenda?dia=2022-07-14"), 200);
    g_assert_cmpint((i64)a->queries, <=, 7);
    a = answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    g_assert_cmpint((i64)a->queries, <=, 6);
    page_test_close(&d.page);
}

static void lists_come_in_pages(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    for (int i = 0; i < 5; i++)
        new_event(&d, "Jornada");
    const PageAnswer *a = answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&limit=2"), 200);
    assert_has(a, "\"total\":5");
    assert_has(a, "\"next\":\"");
    a = answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&limit=5"), 200);
    assert_has_not(a, "\"next\"");
    a = answers(page_test_get(&d.page, "/mesa/agenda.csv?mes=2022-07"), 200);
    assert_has(a, "id,slug,uid,title");
    page_test_close(&d.page);
}

/* ---- forms ---- */

static void a_form_makes_an_event_and_keeps_what_was_typed(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = answers(page_test_post(&d.page, "/mesa/agenda",
                                                 "title=Banderazo&starts_at=2022-07-14T10%3A00&ends_at=2022-07-14T09%3A00"
                                                 "&place=Plaza+de+Armas&topics=obra%2C+bacheo&all_day=0&status=confirmed"
                                                 "&visibility=public&internal_note=guiso"), 422);
    assert_page_sound(a);
    assert_has(a, "value=\"Banderazo\"");
    assert_has(a, "guiso");
    assert_has(a, "id=\"ends_at-error\"");
    a = answers(page_test_post(&d.page, "/mesa/agenda", "title=Banderazo&starts_at=2022-07-14T10%3A00&ends_at=&place=Plaza+de+Armas"
                                                        "&topics=obra%2C+bacheo&all_day=0&status=confirmed&visibility=public"), 303);
    const char *where = page_test_header(a, "Location");
    g_assert_true(text_starts(where, "/mesa/agenda/"));
    a = answers(page_test_json(&d.page, where), 200);
    assert_has(a, "\"ends_at\":\"2022-07-14T11:00:00-05:00\"");
    assert_has(a, "\"topics\":[\"obra\",\"bacheo\"]");
    a = answers(page_test_post(&d.page, "/mesa/agenda", "title=D%C3%ADa&starts_at=2022-07-14T10%3A00&ends_at=&all_day=1&all_day=0"), 303);
    a = answers(page_test_json(&d.page, page_test_header(a, "Location")), 200);
    assert_has(a, "\"all_day\":true");
    page_test_close(&d.page);
}

static void the_edit_form_changes_and_loses_politely(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Banderazo");
    const PageAnswer *a = answers(page_test_get(&d.page, at(&d, "/mesa/agenda/", id, "/editar")), 200);
    assert_has(a, "value=\"2022-07-14T17:00\"");
    assert_has(a, "name=\"version\" value=\"1\"");
    answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, ""), "title=Banderazo+grande&version=1"), 303);
    answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, ""), "title=Otro&version=1"), 412);
    a = answers(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
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
        const PageAnswer *a = answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, acts[i]), "reason="), 422);
        assert_page_sound(a);
        assert_has(a, "<details class=\"fold\" open>");
    }
    const PageAnswer *a = answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/coberturas"), "kind=&assignee="), 422);
    assert_page_sound(a);
    answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/posponer"), "reason=Obras"), 303);
    answers(page_test_post(&d.page, at(&d, "/mesa/agenda/", id, "/reprogramar"),
                           "reason=Obras&starts_at=2022-07-20T10%3A00&ends_at="), 303);
    a = answers(page_test_json(&d.page, at(&d, "/mesa/agenda/", id, "")), 200);
    assert_has(a, "\"status\":\"rescheduled\"");
    assert_has(a, "\"starts_at\":\"2022-07-20T10:00:00-05:00\",\"ends_at\":\"2022-07-20T11:30:00-05:00\"");
    page_test_close(&d.page);
}

static void a_coverage_is_walked_through_on_screen(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Banderazo"), id = new_coverage(&d, event);
    page_test_as(&d.page, &d.office.renata);
    const PageAnswer *a = answers(page_test_get(&d.page, at(&d, "/mesa/coberturas/", id, "")), 200);
    assert_has(a, "/aceptar");
    assert_has_not(a, "/asignar");
    assert_has_not(a, "/aprobar");
    answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aceptar"), "version=1"), 303);
    a = answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"), "kind=link&url=javascript%3Aalert(1)"), 422);
    assert_page_sound(a);
    assert_has_not(a, "href=\"javascript");
    a = answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"), "kind=link&url=&text="), 422);
    assert_page_sound(a);
    answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/entregar"), "kind=link&url=https%3A%2F%2Ffotos.example%2F1"), 303);
    answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aprobar"), ""), 403);
    page_test_as(&d.page, &d.office.chief);
    a = answers(page_test_get(&d.page, at(&d, "/mesa/coberturas/", id, "")), 200);
    assert_has(a, "href=\"https://fotos.example/1\"");
    assert_page_sound(a);
    a = answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/devolver"), "reason="), 422);
    assert_page_sound(a);
    answers(page_test_post(&d.page, at(&d, "/mesa/coberturas/", id, "/aprobar"), ""), 303);
    a = answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&figura=events_covered"), 200);
    assert_has(a, "\"total\":1");
    page_test_close(&d.page);
}

/* ---- programs ---- */

static void a_program_does_the_same_with_json(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const PageAnswer *a = answers(
        page_test_send_json(&d.page, "/mesa/agenda",
                            "{\"title\":\"Entrega\",\"starts_at\":\"2022-07-14T16:00:00Z\",\"ends_at\":\"2022-07-14T12:00\","
                            "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9},\"topics\":[\"obra\"],"
                            "\"visibility\":\"internal\",\"internal_note\":\"x\"}"), 201);
    assert_has(a, "\"starts_at\":\"2022-07-14T11:00:00-05:00\"");
    assert_has(a, "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9}");
    assert_has(a, "\"visibility\":\"internal\"");
    assert_has(a, "\"coverages\":[]");
    const char *where = page_test_header(a, "Location");
    a = answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/coberturas", where),
                                    "{\"kind\":\"video\",\"assignee\":\"renata@sanluis.example\",\"due_at\":"
                                    "\"2022-07-15T10:00:00-05:00\"}"), 201);
    assert_has(a, "\"state\":\"assigned\"");
    assert_has(a, "\"kind\":\"video\"");
    const char *coverage = page_test_header(a, "Location");
    answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage), "{\"version\":1}"), 200);
    a = answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage), "{\"version\":1}"), 412);
    a = answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/aceptar", coverage), "{}"), 409);
    assert_has(a, "\"kind\":\"conflict\"");
    a = answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/entregar", coverage), "{\"evidence\":[]}"), 422);
    assert_has(a, "\"field\":\"evidence\"");
    a = answers(page_test_send_json(&d.page, arena_printf(d.page.kept, "%s/entregar", coverage),
                                    "{\"evidence\":[{\"kind\":\"link\",\"url\":\"https://a.example/\"},"
                                    "{\"kind\":\"note\",\"text\":\"dos\"}]}"), 200);
    assert_has(a, "{\"kind\":\"link\",\"url\":\"https://a.example/\",\"at\":");
    assert_has(a, "\"text\":\"dos\"");
    a = answers(page_test_send_json(&d.page, where, "{\"starts_at\":\"2022-07-14T18:00\"}"), 200);
    assert_has(a, "\"ends_at\":\"2022-07-14T19:00:00-05:00\"");
    assert_has(a, "\"place\":{\"name\":\"Jardín\",\"lat\":22.1,\"lon\":-100.9}");
    assert_has(a, "\"version\":2");
    a = answers(page_test_send_json(&d.page, where, "{\"place\":{\"name\":\"Plaza\"}}"), 200);
    assert_has(a, "\"place\":{\"name\":\"Plaza\"}");
    page_test_close(&d.page);
}

static const PageAnswer *upload(Desk *d, const char *file, bool skip_bad)
{
    GString *body = g_string_new(NULL);
    g_string_append_printf(body,
                           "--xYx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                           "--xYx\r\nContent-Disposition: form-data; name=\"skip_bad\"\r\n\r\n%d\r\n"
                           "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"julio.ics\"\r\n"
                           "Content-Type: text/calendar\r\n\r\n%s\r\n--xYx--\r\n",
                           page_test_csrf(&d->page), skip_bad, file);
    const PageAnswer *a = page_test_ask(&d->page, &(PageAsk){.method = "POST",
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
    const PageAnswer *a = answers(upload(&d, file, false), 200);
    assert_page_sound(a);
    assert_has(a, "Reunión privada de gabinete");
    a = answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200);
    assert_has(a, "\"total\":9");
    g_autofree char *bad = g_strdup(file);
    memcpy(strstr(bad, "UID:carrera"), "XID:carrera", 11);
    a = answers(upload(&d, bad, false), 422);
    assert_page_sound(a);
    assert_has(a, "Line 45: there is no UID");
    a = answers(upload(&d, bad, true), 200);
    assert_has(a, "UID");
    a = answers(upload(&d, "no es un calendario", false), 400);
    page_test_as(&d.page, &d.office.renata);
    answers(upload(&d, file, false), 403);
    page_test_close(&d.page);
}

static void a_program_sends_a_calendar_as_it_is(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_autofree char *file = NULL;
    g_assert_true(g_file_get_contents(FIXTURE, &file, NULL, NULL));
    const PageAnswer *a = answers(page_test_ask(&d.page, &(PageAsk){.method = "POST",
                                                                    .target = "/mesa/agenda/importar",
                                                                    .type = "text/calendar",
                                                                    .body = file,
                                                                    .program = true}), 200);
    assert_has(a, "\"created\":8");
    assert_has(a, "\"cancelled\":1");
    page_test_close(&d.page);
}

/* ---- the desk's home ---- */

static const char *drawn(Desk *d, const char *subject, const char *where)
{
    Html *h = html_new(d->ctx);
    Request req = {.site = &d->page.site};
    panels_draw(d->ctx, &req, subject, where, 0, h);
    assert_no_fault(d->ctx);
    return html_finish(h).s;
}

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
    g_assert_nonnull(strstr(html, "class=\"lane two-rows\""));
    g_assert_nonnull(strstr(html, "qs-38 qe-44"));
    g_assert_nonnull(strstr(html, "now-mark qs-10 qe-11"));
    d.ctx->actor = &d.office.renata;
    g_assert_nonnull(strstr(drawn(&d, "desk_home", "side"), "Banderazo"));
    page_test_close(&d.page);
}

/* ---- nothing internal leaves ---- */

#define CANARY "canariosecreto"

/* A word in every place that is not for citizens: private events, notes, coverages, evidence, the journal. */
static void hide_canaries(Desk *d)
{
    Office *o = &d->office;
    g_assert_true(db_begin(d->ctx));
    EventDraft open = plaza_draft("Concierto público");
    open.internal_note = "nota " CANARY;
    i64 id, coverage;
    g_assert_true(agenda_create(d->ctx, &open, &id));
    g_assert_true(agenda_cover(d->ctx, id, &(CoverageDraft){.kind = COVER_PHOTO, .assignee = "renata@sanluis.example",
                                                            .brief = "pedido " CANARY}, &coverage));
    EvidenceDraft evidence = {EVIDENCE_LINK, "https://" CANARY ".example/", "texto " CANARY};
    g_assert_true(agenda_accept(d->ctx, coverage, NONE));
    g_assert_true(agenda_deliver(d->ctx, coverage, NONE, (List){&evidence, 1}));
    g_assert_true(agenda_return(d->ctx, coverage, NONE, "motivo " CANARY));
    g_assert_true(agenda_set_uncovered_reason(d->ctx, id, NONE, "porque " CANARY));
    const Visibility hidden[] = {VISIBLE_INTERNAL, VISIBLE_PRIVATE, VISIBLE_CONFIDENTIAL};
    for (size_t i = 0; i < COUNT(hidden); i++) {
        EventDraft draft = plaza_draft("Reunión " CANARY);
        draft.description = CANARY;
        draft.topics = CANARY;
        draft.place.name = "Sala " CANARY;
        draft.uid = arena_printf(d->ctx->arena, CANARY "%zu@x", i);
        draft.visibility = hidden[i];
        g_assert_true(agenda_create(d->ctx, &draft, &id));
        make_coverage(o, id, COVER_VIDEO);
    }
    ImportResult r;
    const char *ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" CANARY "\r\nSUMMARY:" CANARY "\r\nCLASS:PRIVATE\r\n"
                      "DTSTART:20220714T150000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:" CANARY
                      "\r\nRECURRENCE-ID:20220715T150000Z\r\nDTSTART:20220715T160000Z\r\nSUMMARY:" CANARY
                      "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    g_assert_true(agenda_import_ics(d->ctx, (Bytes){ics, strlen(ics)}, false, &r));
    finish(o);
}

static void nothing_internal_leaves_by_a_public_address(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    hide_canaries(&d);
    page_test_as(&d.page, NULL);
    const char *when[] = {"", "?mes=2022-07", "?semana=2022-W28", "?dia=2022-07-14"};
    const char *lists[] = {"", ".json", ".csv", ".ics", ".atom"}, *records[] = {"", ".json", ".ics"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (size_t k = 0; k < COUNT(when); k++) {
            const char *target = arena_printf(d.page.kept, "/agenda%s%s", lists[i], when[k]);
            const PageAnswer *a = answers(page_test_get(&d.page, target), 200);
            assert_has_not(a, CANARY);
            assert_has(a, "Concierto");
        }
    }
    for (size_t i = 0; i < COUNT(records); i++) {
        const PageAnswer *a = answers(
            page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/concierto-publico-2022-07-14%s", records[i])), 200);
        assert_has_not(a, CANARY);
        assert_has(a, "Concierto");
    }
    List all = agenda_by_span(d.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 100);
    g_assert_cmpint((i64)all.count, ==, 7);
    for (size_t i = 0; i < all.count; i++) { /* hidden ones are not there, whatever one guesses */
        const Event *e = (const Event *)all.items + i;
        answers(page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/%s", e->slug)), e->visibility == VISIBLE_PUBLIC ? 200 : 404);
    }
    assert_has(answers(page_test_get(&d.page, "/agenda.json?mes=2022-07"), 200), "\"total\":1");
    d.ctx->actor = &actor_nobody;
    g_assert_null(strstr(drawn(&d, "site_home", "main"), CANARY));
    g_assert_nonnull(strstr(drawn(&d, "site_home", "main"), "Concierto"));
    g_assert_cmpint((i64)search_find(d.ctx, SEARCH_PUBLIC, CANARY, 10).count, ==, 0);
    g_assert_cmpint((i64)search_find(d.ctx, SEARCH_PUBLIC, "concierto", 10).count, ==, 1);
    page_test_close(&d.page);
}

static void the_desk_without_the_right_sees_no_private_event(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    hide_canaries(&d);
    List all = agenda_by_span(d.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 100);
    page_test_as(&d.page, &d.office.sofia);
    for (size_t i = 0; i < all.count; i++) {
        const Event *e = (const Event *)all.items + i;
        bool hidden = e->visibility == VISIBLE_PRIVATE || e->visibility == VISIBLE_CONFIDENTIAL;
        answers(page_test_get(&d.page, at(&d, "/mesa/agenda/", e->id, "")), hidden ? 404 : 200);
        answers(page_test_get(&d.page, at(&d, "/mesa/agenda/", e->id, "/editar")), hidden ? 404 : 200);
    }
    assert_has(answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200), "\"total\":2");
    assert_has(answers(page_test_json(&d.page, "/mesa/coberturas?quien=todos"), 200), "\"total\":2");
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
    STORE_TEST("agenda_pages", nothing_internal_leaves_by_a_public_address);
    STORE_TEST("agenda_pages", the_desk_without_the_right_sees_no_private_event);
    return g_test_run();
}
