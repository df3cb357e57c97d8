/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_field_test.c: the page for the telephone, and that what it sends is kept once, however often it comes. */
#include "desks/agenda/agenda_test_desk.h"
#include "store/journal.h"

#define KEY "0b9f3c1e-5d7a-4a43-9a55-3f1c2d6e7a80"

static void open_field(Desk *d, StoreTest *t)
{
    static const Route *const tables[] = {agenda_field_routes, agenda_coverage_routes, NULL};
    desk_open(d, t);
    page_test_close(&d->page);
    page_test_open(&d->page, t, tables);
    page_test_as(&d->page, &d->office.renata);
}

/* An event of two hours, so many days from today at this hour; Renata covers it. */
static i64 covered_at(Desk *d, const char *title, int days, int hour)
{
    i64 event, id;
    EventDraft draft = plaza_draft(title);
    Wall day = wall_add_days((Wall){2022, 7, 14, hour, 0, 0}, days);
    draft.starts = draft.ends = day;
    draft.starts.hour = hour;
    draft.ends.hour = hour + 2;
    draft.internal_note = "Entrar por la calle de atrás";
    draft.place.neighbourhood = "Centro";
    g_assert_true(db_begin(d->ctx));
    begin(&d->office);
    g_assert_true(agenda_create(d->ctx, &draft, &event));
    id = make_coverage(&d->office, event, COVER_PHOTO);
    finish(&d->office);
    return id;
}

static i64 count_of(const char *text, const char *word)
{
    i64 n = 0;
    for (const char *p = strstr(text, word); p; p = strstr(p + 1, word))
        n++;
    return n;
}

/* ---- the page ---- */

static void the_day_holds_what_is_late_today_and_in_two_days(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    covered_at(&d, "Hace una semana", -7, 10);
    covered_at(&d, "Ayer", -1, 18);
    covered_at(&d, "Hoy", 0, 17);
    covered_at(&d, "Pasado", 2, 9);
    covered_at(&d, "En tres días", 3, 9);
    const PageAnswer *a = page_test_status(page_test_json(&d.page, "/mesa/campo"), 200);
    assert_has(a, "Hace una semana");
    assert_has(a, "\"late\":true");
    assert_has(a, "Ayer");
    assert_has(a, "Hoy");
    assert_has(a, "Pasado");
    assert_has_not(a, "En tres días");
    g_assert_true(strstr(a->body, "Hace una semana") < strstr(a->body, "Ayer"));
    g_assert_cmpint(count_of(a->body, "\"late\":true"), ==, 1);
    assert_has(a, "Entrar por la calle de atrás");
    assert_has(a, "\"assigned_by\":\"Dalia Guardaluz\"");
    assert_has(a, "\"may_accept\":true");
    assert_has(a, "\"may_deliver\":false");
    page_test_close(&d.page);
}

static void the_page_can_be_used_without_a_script(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo <b>de</b> salida", 0, 17);
    covered_at(&d, "Ayer", -1, 18);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/campo"), 200);
    assert_page_sound(a);
    assert_has(a, at(&d, "href=\"/mesa/coberturas/", coverage, "\""));
    assert_has(a, "data-may=\"accept decline note\"");
    assert_has(a, "rel=\"manifest\"");
    assert_has(a, "Plaza de Armas");
    assert_has(a, "Centro Histórico, Centro");
    assert_has_not(a, "<b>de</b>");
    page_test_close(&d.page);
}

static void an_empty_day_says_so(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/campo"), 200);
    assert_page_sound(a);
    assert_has(a, "Nothing is waiting for you");
    page_test_close(&d.page);
}

static void nobody_takes_along_what_is_not_hers(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    covered_at(&d, "De Renata", 0, 17);
    i64 hidden = covered_at(&d, "Privado", 0, 19);
    g_assert_true(db_begin(d.ctx));
    begin(&d.office);
    const Event *e = agenda_find(d.ctx, agenda_coverage(d.ctx, hidden)->event);
    EventDraft draft = agenda_draft_of(e);
    draft.visibility = VISIBLE_PRIVATE;
    g_assert_true(agenda_change(d.ctx, e->id, NONE, &draft));
    finish(&d.office);
    assert_has_not(page_test_json(&d.page, "/mesa/campo"), "Privado");
    page_test_as(&d.page, &d.office.sofia);
    assert_has_not(page_test_json(&d.page, "/mesa/campo"), "De Renata");
    page_test_as(&d.page, &d.office.reader);
    page_test_status(page_test_json(&d.page, "/mesa/campo"), 403);
    page_test_as(&d.page, NULL);
    page_test_status(page_test_json(&d.page, "/mesa/campo"), 401);
    page_test_close(&d.page);
}

static void the_worker_reaches_as_far_as_the_page(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    page_test_as(&d.page, NULL); /* a browser asks for both without saying who */
    const PageAnswer *a = page_test_status(page_test_get(&d.page, "/mesa/campo/sw.js"), 200);
    g_assert_cmpstr(page_test_header(a, "Service-Worker-Allowed"), ==, "/mesa/campo");
    g_assert_true(g_str_has_prefix(page_test_header(a, "Content-Type"), "text/javascript"));
    assert_has(a, "importScripts(\"/estatico/field-worker-");
    assert_has(a, "/estatico/desk-");
    a = page_test_status(page_test_get(&d.page, "/mesa/campo/manifest.webmanifest"), 200);
    g_assert_true(g_str_has_prefix(page_test_header(a, "Content-Type"), "application/manifest+json"));
    assert_has(a, "\"start_url\":\"/mesa/campo\"");
    assert_has(a, "512x512");
    page_test_close(&d.page);
}

/* ---- sent again ---- */

static const PageAnswer *send(Desk *d, const char *target, const char *json)
{
    PageAsk ask = {.method = "POST", .target = target, .type = "application/json", .body = json, .program = true};
    ask.headers[0] = (Header){"Idempotency-Key", KEY};
    return page_test_ask(&d->page, &ask);
}

/* What the server remembers of answers is gone after 48 hours; the key in the record is not. */
static void a_week_passes(Desk *d)
{
    d->ctx->now += 7 * CLOCK_DAY;
    test_script(d->ctx, "DELETE FROM web_idempotency");
}

static i64 lines_with(Desk *d, i64 coverage, const char *verb)
{
    i64 n = 0;
    List lines = journal_of(d->ctx, "agenda_coverage", coverage, 50);
    for (const JournalLine *l = lines.items, *end = l + lines.count; l < end; l++)
        n += text_same(l->verb, verb);
    return n;
}

static void once_each(Desk *d, i64 coverage, const char *verb)
{
    d->ctx->actor = &d->office.chief;
    g_assert_cmpint((i64)agenda_coverage(d->ctx, coverage)->evidence.count, ==, 1);
    g_assert_cmpint(lines_with(d, coverage, verb), ==, 1);
}

static void a_delivery_sent_again_is_kept_once(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo", 0, 17);
    const char *body = "{\"note\":\"Doce fotos\",\"worked_minutes\":90,\"client_key\":\"" KEY "\"}";
    page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/aceptar"), "{}"), 200);
    const char *deliver = at(&d, "/mesa/coberturas/", coverage, "/entregar");
    page_test_status(send(&d, deliver, body), 200);
    page_test_status(send(&d, deliver, body), 200);
    once_each(&d, coverage, "delivered");
    a_week_passes(&d);
    const PageAnswer *a = page_test_status(send(&d, deliver, body), 200);
    assert_has(a, "\"state\":\"delivered\"");
    once_each(&d, coverage, "delivered");
    page_test_close(&d.page);
}

static void a_delivery_a_week_late_does_not_undo_the_approval(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo", 0, 17);
    const char *body = "{\"note\":\"Doce fotos\",\"client_key\":\"" KEY "\"}";
    page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/aceptar"), "{}"), 200);
    page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/entregar"), body), 200);
    g_assert_true(db_begin(d.ctx));
    begin(&d.office);
    g_assert_true(agenda_approve(d.ctx, coverage, NONE));
    finish(&d.office);
    a_week_passes(&d);
    assert_has(page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/entregar"), body), 200), "\"state\":\"approved\"");
    once_each(&d, coverage, "delivered");
    page_test_close(&d.page);
}

static void what_was_withdrawn_is_not_taken_again(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo", 0, 17);
    const char *body = "{\"note\":\"Doce fotos\",\"client_key\":\"" KEY "\"}";
    page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/aceptar"), "{}"), 200);
    page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/entregar"), body), 200);
    d.ctx->actor = &d.office.chief;
    i64 evidence = ((const Evidence *)agenda_coverage(d.ctx, coverage)->evidence.items)->id;
    g_assert_true(db_begin(d.ctx));
    begin(&d.office);
    g_assert_true(agenda_withdraw(d.ctx, evidence, "Era otra plaza"));
    finish(&d.office);
    a_week_passes(&d);
    assert_has(page_test_status(send(&d, at(&d, "/mesa/coberturas/", coverage, "/entregar"), body), 200),
               "\"state\":\"in_progress\"");
    d.ctx->actor = &d.office.chief;
    g_assert_cmpint((i64)agenda_coverage(d.ctx, coverage)->evidence.count, ==, 0);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/evidencias/", evidence, "")), 404);
    page_test_close(&d.page);
}

static void a_step_a_week_late_says_where_the_coverage_is(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo", 0, 17);
    const char *accept = at(&d, "/mesa/coberturas/", coverage, "/aceptar");
    page_test_status(send(&d, accept, "{\"client_key\":\"" KEY "\"}"), 200);
    a_week_passes(&d);
    page_test_status(send(&d, accept, "{\"client_key\":\"" KEY "\"}"), 409);
    d.ctx->actor = &d.office.chief;
    g_assert_cmpint(lines_with(&d, coverage, "accepted"), ==, 1);
    page_test_close(&d.page);
}

/* ---- notes ---- */

static void a_note_is_kept_once_and_moves_nothing(StoreTest *t, const void *unused)
{
    Desk d;
    open_field(&d, t);
    i64 coverage = covered_at(&d, "Banderazo", 0, 17);
    const char *note = at(&d, "/mesa/coberturas/", coverage, "/nota"),
               *body = "{\"text\":\"Empieza media hora tarde\",\"client_key\":\"" KEY "\"}";
    assert_has(page_test_status(send(&d, note, body), 200), "\"state\":\"assigned\"");
    page_test_status(send(&d, note, body), 200);
    a_week_passes(&d);
    page_test_status(send(&d, note, body), 200);
    once_each(&d, coverage, "noted");
    page_test_status(page_test_send_json(&d.page, note, "{\"text\":\"  \"}"), 422);
    page_test_close(&d.page);
}

static void a_key_belongs_to_one_coverage(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), first = make_coverage(&o, event, COVER_PHOTO),
        second = make_coverage(&o, event, COVER_VIDEO);
    o.ctx->actor = &o.renata;
    g_assert_true(agenda_note(o.ctx, first, "Uno", KEY));
    g_assert_false(agenda_note(o.ctx, second, "Dos", KEY));
    says(&o, FAULT_CONFLICT, NULL, "another coverage");
    o.ctx->actor = &o.sofia;
    g_assert_false(agenda_note(o.ctx, first, "De otra", NULL));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_note(o.ctx, first, "De otra, con la misma clave", KEY));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("field", the_day_holds_what_is_late_today_and_in_two_days);
    STORE_TEST("field", the_page_can_be_used_without_a_script);
    STORE_TEST("field", an_empty_day_says_so);
    STORE_TEST("field", nobody_takes_along_what_is_not_hers);
    STORE_TEST("field", the_worker_reaches_as_far_as_the_page);
    STORE_TEST("field", a_delivery_sent_again_is_kept_once);
    STORE_TEST("field", a_delivery_a_week_late_does_not_undo_the_approval);
    STORE_TEST("field", what_was_withdrawn_is_not_taken_again);
    STORE_TEST("field", a_step_a_week_late_says_where_the_coverage_is);
    STORE_TEST("field", a_note_is_kept_once_and_moves_nothing);
    STORE_TEST("field", a_key_belongs_to_one_coverage);
    return g_test_run();
}
