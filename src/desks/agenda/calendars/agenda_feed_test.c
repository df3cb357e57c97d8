/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_feed_test.c: calendars out: the public one, the desk's, secret addresses; one event for machines. */
#include "desks/agenda/calendars/agenda_feed.h"
#include "desks/agenda/agenda_test_desk.h"
#include "base/json.h"

static i64 make(Desk *d, EventDraft draft)
{
    i64 id = 0;
    g_assert_true(db_begin(d->ctx));
    d->ctx->actor = &d->office.chief;
    g_assert_true(agenda_create(d->ctx, &draft, &id));
    finish(&d->office);
    return id;
}

static EventDraft hidden_draft(const char *title, Visibility visibility)
{
    EventDraft draft = plaza_draft(title);
    draft.visibility = visibility;
    draft.internal_note = "apunte interno";
    return draft;
}

static void cancel(Desk *d, i64 id, const char *reason)
{
    g_assert_true(db_begin(d->ctx));
    d->ctx->actor = &d->office.chief;
    g_assert_true(agenda_cancel(d->ctx, id, NONE, reason));
    finish(&d->office);
}

static const PageAnswer *got(Desk *d, const char *target)
{
    return page_test_status(page_test_get(&d->page, target), 200);
}

/* ---- for everybody ---- */

static void a_feed_says_all_that_calendars_ask_for(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    EventDraft draft = plaza_draft("Feria del libro");
    draft.place.neighbourhood = "Satélite";
    draft.topics = "cultura\nlibros, y más";
    make(&d, draft);
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, "/agenda.ics?mes=2022-07");
    const char *wanted[] = {
        "BEGIN:VTIMEZONE\r\nTZID:America/Mexico_City\r\n", "SOURCE;VALUE=URI:",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",        "X-PUBLISHED-TTL:PT1H\r\n",
        "\r\nCREATED:",                                   "\r\nLAST-MODIFIED:",
        "LOCATION:Plaza de Armas\\, Centro Histórico\\, Satélite\r\n",
        "CATEGORIES:cultura,libros\\, y más\r\n",          "GEO:22.151590;-100.976550\r\n",
        "mailto:no-responder@",                            "STATUS:CONFIRMED\r\n",
        "DTSTART:20220403T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\n", /* the last summer time of Mexico */
        "DTSTART:20221030T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\n",
    };
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_has(a, wanted[i]);
    g_assert_nonnull(page_test_header(a, "ETag"));
    g_assert_nonnull(page_test_header(a, "Last-Modified"));
    t->ctx.now += CLOCK_HOUR;
    g_assert_cmpstr(got(&d, "/agenda.ics?mes=2022-07")->body, ==, a->body); /* nothing changed, not a byte */
    page_test_close(&d.page);
}

static void what_was_cancelled_is_told_in_two_ways(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    cancel(&d, new_event(&d, "Concierto"), "Por la lluvia");
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, "/agenda.ics?mes=2022-07");
    assert_has(a, "STATUS:CANCELLED\r\n");
    assert_has(a, "SUMMARY:Concierto\r\n");
    a = got(&d, "/agenda.ics?mes=2022-07&cancelled=show");
    assert_has(a, "STATUS:CONFIRMED\r\n");
    assert_has(a, ": Concierto\r\n");
    assert_has_not(a, "SUMMARY:Concierto\r\n");
    assert_has(a, "Por la lluvia");
    page_test_status(page_test_get(&d.page, "/agenda.ics?cancelled=quizas"), 422);
    page_test_close(&d.page);
}

static void a_feed_of_one_calendar_or_topic_has_nothing_else(StoreTest *t, const void *unused)
{
    Desk d;
    i64 culture = 0;
    desk_open(&d, t);
    g_assert_true(db_begin(d.ctx));
    d.ctx->actor = &d.office.chief;
    g_assert_true(agenda_calendar_add(d.ctx, &(CalendarDraft){"Cultura", 3, true, 1}, &culture));
    finish(&d.office);
    EventDraft draft = plaza_draft("Teatro");
    draft.calendar = culture;
    draft.topics = "teatro";
    make(&d, draft);
    make(&d, plaza_draft("Bacheo"));
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, "/agenda.ics?mes=2022-07&calendario=cultura");
    assert_has(a, "Teatro");
    assert_has(a, "COLOR:seagreen\r\n");
    assert_has(a, "X-WR-CALNAME:");
    assert_has_not(a, "Bacheo");
    a = got(&d, "/agenda.ics?mes=2022-07&tema=teatro");
    assert_has(a, "Teatro");
    assert_has_not(a, "Bacheo");
    page_test_close(&d.page);
}

static void an_hour_that_is_not_known_is_a_day(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    EventDraft draft = plaza_draft("Visita");
    draft.time_to_be_confirmed = true;
    make(&d, draft);
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, "/agenda.ics?mes=2022-07");
    assert_has(a, "DTSTART;VALUE=DATE:20220714\r\n");
    assert_has(a, "STATUS:TENTATIVE\r\n");
    page_test_close(&d.page);
}

/* ---- for the desk ---- */

static void the_desks_feed_knows_who_asks(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    make(&d, hidden_draft("Junta interna", VISIBLE_INTERNAL));
    make(&d, hidden_draft("Cita privada", VISIBLE_PRIVATE));
    const PageAnswer *a = got(&d, "/mesa/agenda.ics?mes=2022-07");
    assert_has(a, "Cita privada");
    assert_has(a, "CLASS:PRIVATE\r\n");
    assert_has_not(a, "apunte interno");
    page_test_as(&d.page, &d.office.sofia);
    a = got(&d, "/mesa/agenda.ics?mes=2022-07");
    assert_has(a, "Junta interna");
    assert_has_not(a, "Cita privada");
    assert_has_not(got(&d, "/mesa/agenda.ninjs?mes=2022-07"), "Cita privada");
    page_test_as(&d.page, NULL);
    g_assert_cmpint(page_test_json(&d.page, "/mesa/agenda.ics")->status, ==, 401);
    page_test_close(&d.page);
}

static void ones_coverages_are_a_calendar(StoreTest *t, const void *unused)
{
    Desk d;
    i64 coverage = 0;
    desk_open(&d, t);
    i64 event = new_event(&d, "Desfile");
    g_assert_true(db_begin(d.ctx));
    d.ctx->actor = &d.office.chief;
    CoverageDraft draft = {.kind = COVER_PHOTO, .assignee = "renata@sanluis.example", .brief = "Gran angular; llegar antes"};
    g_assert_true(agenda_cover(d.ctx, event, &draft, &coverage));
    finish(&d.office);
    page_test_as(&d.page, &d.office.renata);
    const PageAnswer *a = got(&d, "/mesa/coberturas.ics");
    assert_has(a, "Desfile");
    assert_has(a, "DESCRIPTION:Gran angular\\; llegar antes");
    assert_has(a, "STATUS:TENTATIVE\r\n"); /* nobody said yes */
    page_test_as(&d.page, &d.office.sofia);
    assert_has_not(got(&d, "/mesa/coberturas.ics"), "Desfile");
    page_test_close(&d.page);
}

/* ---- secret addresses ---- */

static const char *subscribe(Desk *d, const char *json)
{
    const PageAnswer *a = page_test_status(page_test_send_json(&d->page, "/mesa/agenda/suscripciones", json), 201);
    const Json *made = json_read(d->ctx, a->body, a->size);
    const char *address = json_text_of(json_get(made, "address"));
    g_assert_nonnull(address);
    return arena_text(d->page.kept, strstr(address, "/calendario/"));
}

static void a_secret_address_shows_what_its_person_may_see(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    make(&d, hidden_draft("Junta interna", VISIBLE_INTERNAL));
    make(&d, hidden_draft("Cita privada", VISIBLE_PRIVATE));
    const char *all = subscribe(&d, "{\"name\":\"Mi teléfono\",\"what\":\"all\"}");
    const char *private = subscribe(&d, "{\"name\":\"Mi reloj\",\"what\":\"all\",\"private\":true}");
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, all);
    assert_has(a, "Junta interna");
    assert_has_not(a, "Cita privada"); /* only with the tick */
    assert_has_not(a, "apunte interno");
    assert_has_not(a, "SOURCE");
    g_assert_null(a->cache_key);
    assert_has(got(&d, private), "Cita privada");
    page_test_status(page_test_get(&d.page, "/calendario/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics"), 404);
    page_test_as(&d.page, &d.office.sofia);
    page_test_status(page_test_send_json(&d.page, "/mesa/agenda/suscripciones", "{\"name\":\"x\",\"what\":\"all\",\"private\":true}"), 403);
    assert_has_not(page_test_json(&d.page, "/mesa/agenda/suscripciones"), "Mi reloj");
    page_test_close(&d.page);
}

static void a_secret_address_ends(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const char *one = subscribe(&d, "{\"name\":\"Uno\",\"what\":\"mine\"}");
    const char *two = subscribe(&d, "{\"name\":\"Dos\",\"what\":\"kind\",\"kind\":\"photo\"}");
    g_assert_true(db_begin(d.ctx));
    d.ctx->actor = &d.office.chief;
    List mine = agenda_subscriptions(d.ctx);
    g_assert_cmpint((i64)mine.count, ==, 2);
    i64 first = ((const Subscription *)mine.items)[1].id;
    finish(&d.office);
    page_test_as(&d.page, &d.office.sofia); /* nobody ends another's */
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/suscripciones/", first, "/terminar"), ""), 404);
    page_test_as(&d.page, &d.office.chief);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/suscripciones/", first, "/terminar"), ""), 303);
    page_test_as(&d.page, NULL);
    page_test_status(page_test_get(&d.page, one), 410);
    got(&d, two);
    g_assert_true(db_begin(d.ctx));
    d.ctx->actor = &actor_system;
    g_assert_true(people_set_state(d.ctx, d.office.director, PERSON_BLOCKED, NONE));
    finish(&d.office);
    page_test_status(page_test_get(&d.page, two), 410); /* who is blocked reads nothing any more */
    page_test_close(&d.page);
}

static void what_is_wished_for_is_checked(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    const char *wrong[][2] = {
        {"{\"name\":\"x\",\"what\":\"kind\",\"kind\":\"paint\"}", "\"kind\""},
        {"{\"name\":\"x\",\"what\":\"person\",\"who\":\"nadie@example.com\"}", "\"who\""},
        {"{\"name\":\"x\",\"what\":\"calendar\",\"calendar\":\"no-hay\"}", "\"calendar\""},
        {"{\"name\":\"x\",\"what\":\"calendar\"}", "\"calendar\""},
        {"{\"what\":\"all\"}", "\"name\""},
    };
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_has(page_test_status(page_test_send_json(&d.page, "/mesa/agenda/suscripciones", wrong[i][0]), 422), wrong[i][1]);
    page_test_close(&d.page);
}

/* ---- one event for machines ---- */

static void search_engines_read_the_event(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    EventDraft draft = plaza_draft("Cine </script><script>alert(1)</script>");
    i64 id = make(&d, draft);
    g_assert_true(db_begin(d.ctx));
    d.ctx->actor = &d.office.chief;
    g_assert_true(agenda_reschedule(d.ctx, id, NONE, (Wall){2022, 7, 20, 19, 0, 0}, (Wall){2022, 7, 20, 21, 0, 0}, "Lluvia"));
    const char *slug = arena_text(d.page.kept, agenda_find(d.ctx, id)->slug);
    finish(&d.office);
    page_test_as(&d.page, NULL);
    const PageAnswer *a = got(&d, arena_printf(d.page.kept, "/agenda/%s", slug));
    assert_page_sound(a);
    assert_has(a, "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Event\"");
    assert_has(a, "\"eventStatus\":\"https://schema.org/EventRescheduled\"");
    assert_has(a, "\"previousStartDate\":[\"2022-07-14T17:00:00-05:00\"]");
    assert_has(a, "\"startDate\":\"2022-07-20T19:00:00-05:00\"");
    assert_has_not(a, "<script>alert");
    page_test_close(&d.page);
}

static void newsrooms_read_what_is_planned(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_event(&d, "Informe");
    new_coverage(&d, id);
    const PageAnswer *a = got(&d, at(&d, "/mesa/agenda/", id, ".ninjs"));
    assert_has(a, "\"plannedCoverage\":[{\"uri\":");
    assert_has(a, "\"type\":\"picture\"");
    assert_has(a, "\"eventStatus\":\"http://cv.iptc.org/newscodes/eventoccurstatus/eos5\"");
    assert_has(a, "\"plannedCoverageStatus\":\"http://cv.iptc.org/newscodes/newscoveragestatus/int\"");
    assert_has(got(&d, "/mesa/agenda.ninjs?mes=2022-07"), "{\"items\":[{\"uri\":");
    g_assert_true(db_begin(d.ctx));
    const char *slug = arena_text(d.page.kept, agenda_find(d.ctx, id)->slug);
    finish(&d.office);
    page_test_as(&d.page, NULL);
    a = got(&d, arena_printf(d.page.kept, "/agenda/%s.ninjs", slug));
    assert_has(a, "\"type\":\"event\"");
    assert_has_not(a, "overage");
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("feed", a_feed_says_all_that_calendars_ask_for);
    STORE_TEST("feed", what_was_cancelled_is_told_in_two_ways);
    STORE_TEST("feed", a_feed_of_one_calendar_or_topic_has_nothing_else);
    STORE_TEST("feed", an_hour_that_is_not_known_is_a_day);
    STORE_TEST("feed", the_desks_feed_knows_who_asks);
    STORE_TEST("feed", ones_coverages_are_a_calendar);
    STORE_TEST("feed", a_secret_address_shows_what_its_person_may_see);
    STORE_TEST("feed", a_secret_address_ends);
    STORE_TEST("feed", what_is_wished_for_is_checked);
    STORE_TEST("feed", search_engines_read_the_event);
    STORE_TEST("feed", newsrooms_read_what_is_planned);
    return g_test_run();
}
