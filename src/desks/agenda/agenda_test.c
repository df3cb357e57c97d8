/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test.c: the rules of events, a sentence each; and that no statement reads a whole table. */
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"
#include "store/search.h"
#include "agenda_queries.h"

static Span july(void)
{
    Span span;
    g_assert_true(clock_month(zone_find("America/Mexico_City"), "2022-07", &span));
    return span;
}

/* ---- events ---- */

static void an_event_is_kept_as_it_was_planned(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    const Event *e = agenda_find(o.ctx, make_event(&o, "Concierto de la Banda Municipal"));
    g_assert_cmpstr(e->slug, ==, "concierto-de-la-banda-municipal-2022-07-14");
    g_assert_cmpstr(e->wall_start, ==, "2022-07-14T17:00:00");
    g_assert_cmpstr(clock_rfc3339(o.ctx->arena, o.ctx->city->zone, e->starts_at), ==,
                    "2022-07-14T17:00:00-05:00");
    g_assert_cmpstr(e->place.name, ==, "Plaza de Armas");
    g_assert_cmpfloat(e->place.lat, ==, 22.15159);
    g_assert_cmpint(e->version, ==, 1);
    g_assert_nonnull(strstr(e->url, "/agenda/concierto-de-la-banda"));
    finish(&o);
}

static void addresses_do_not_collide(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    make_event(&o, "Rueda de prensa");
    for (int i = 2; i < 12; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "rueda-de-prensa-2022-07-14-%d", i);
        g_assert_cmpstr(agenda_find(o.ctx, make_event(&o, "¡Rueda de prensa!"))->slug, ==, wanted);
    }
    g_assert_cmpstr(agenda_find(o.ctx, make_event(&o, "¿?"))->slug, ==, "evento-2022-07-14");
    finish(&o);
}

static void the_same_place_is_kept_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = agenda_find(o.ctx, make_event(&o, "Uno"))->place.id;
    EventDraft draft = plaza_draft("Dos");
    draft.place = (Place){.name = "plaza de ARMAS ", .lat = NAN, .lon = NAN};
    i64 id;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_cmpint(agenda_find(o.ctx, id)->place.id, ==, first);
    draft.place.address = "Tamuín";
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_cmpint(agenda_find(o.ctx, id)->place.id, !=, first);
    g_assert_true(isnan(agenda_find(o.ctx, id)->place.lat));
    draft.place = (Place){.id = 12345};
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_INVALID, "place", "no such place");
    finish(&o);
}

typedef struct Refused {
    const char *field, *words;
    EventDraft draft;
} Refused;

static void an_event_that_cannot_be_is_refused(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *long_title = g_strnfill(201, 'a');
    const Refused cases[] = {
        {"title", "needs a title", {.title = "  ", .starts = {2022, 7, 14, 10, 0, 0}}},
        {"title", "at most 200", {.title = long_title, .starts = {2022, 7, 14, 10, 0, 0}}},
        {"title", "one line", {.title = "a\nb", .starts = {2022, 7, 14, 10, 0, 0}}},
        {"starts_at", "no date", {.title = "a", .starts = {2022, 2, 30, 10, 0, 0}}},
        {"starts_at", "no date", {.title = "a"}},
        {"starts_at", "1970", {.title = "a", .starts = {1969, 2, 3, 10, 0, 0}}},
        {"ends_at",
         "end before",
         {.title = "a", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 7, 14, 9, 0, 0}}},
        {"ends_at",
         "60 days",
         {.title = "a", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 9, 20, 9, 0, 0}}},
        {"ends_at",
         "no date",
         {.title = "a", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 13, 20, 9, 0, 0}}},
        {"time_zone",
         "IANA",
         {.title = "a", .starts = {2022, 7, 14, 10, 0, 0}, .time_zone = "Mexico/Nowhere"}},
        {"status",
         "tentative or confirmed",
         {.title = "a", .starts = {2022, 7, 14, 10, 0, 0}, .status = EVENT_CANCELLED}},
        {"status",
         "not begun",
         {.title = "a", .starts = {2023, 7, 14, 10, 0, 0}, .status = EVENT_HELD}},
        {"place",
         "latitude",
         {.title = "a",
          .starts = {2022, 7, 14, 10, 0, 0},
          .place = {.name = "x", .lat = 2, .lon = NAN}}},
        {"place",
         "between",
         {.title = "a",
          .starts = {2022, 7, 14, 10, 0, 0},
          .place = {.name = "x", .lat = 95, .lon = 1}}},
        {"starts_at",
         "There is no 02:30 on 2022-04-03 in America/Mexico_City",
         {.title = "a", .starts = {2022, 4, 3, 2, 30, 0}, .time_zone = "America/Mexico_City"}},
        {"starts_at", "nearest times are 01:59 and 03:00", {.title = "a", .starts = {2022, 4, 3, 2, 30, 0}}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        i64 id;
        g_assert_false(agenda_create(o.ctx, &cases[i].draft, &id));
        says(&o, FAULT_INVALID, cases[i].field, cases[i].words);
    }
    g_free(long_title);
    finish(&o);
}

static void hours_and_days_fill_themselves_in(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft draft = {.title = "Una hora", .starts = {2022, 7, 14, 10, 0, 0}};
    i64 id;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, CLOCK_HOUR);
    draft = (EventDraft){.title = "Un día", .starts = {2022, 10, 30, 10, 0, 0}, .all_day = true};
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->ends_at - e->starts_at, ==,
                    25 * CLOCK_HOUR); /* the clocks go back that day */
    g_assert_cmpstr(e->wall_start, ==, "2022-10-30T00:00:00");
    finish(&o);
}

static void who_may_not_edit_changes_nothing(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), id;
    EventDraft draft = plaza_draft("Otro");
    Wall when = {2022, 7, 20, 10, 0, 0}, no_end = {0};
    o.ctx->actor = &o.reader;
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_change(o.ctx, event, NONE, &draft));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_cancel(o.ctx, event, NONE, "lluvia"));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_postpone(o.ctx, event, NONE, "lluvia"));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_reschedule(o.ctx, event, NONE, when, no_end, "lluvia"));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_set_uncovered_reason(o.ctx, event, NONE, "lluvia"));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){0}, &id));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_cmpint(agenda_find(o.ctx, event)->version, ==, 1);
    finish(&o);
}

static void the_second_editor_loses_politely(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Banderazo");
    EventDraft draft = plaza_draft("Banderazo del bacheo");
    g_assert_true(agenda_change(o.ctx, id, 1, &draft));
    g_assert_cmpint(agenda_find(o.ctx, id)->version, ==, 2);
    draft.title = "Otro";
    g_assert_false(agenda_change(o.ctx, id, 1, &draft));
    says(&o, FAULT_STALE, NULL, "Somebody else");
    g_assert_cmpstr(agenda_find(o.ctx, id)->title, ==, "Banderazo del bacheo");
    g_assert_cmpstr(agenda_find(o.ctx, id)->slug, ==,
                    "banderazo-2022-07-14"); /* an address stays */
    finish(&o);
}

static void only_what_is_published_raises_the_sequence(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Banderazo");
    EventDraft draft = plaza_draft("Banderazo");
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_cmpint(agenda_find(o.ctx, id)->version, ==, 1); /* nothing changed */
    draft.internal_note = "llevar sombrillas";
    o.ctx->now += CLOCK_HOUR;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->version, ==, 2);
    g_assert_cmpint(e->sequence, ==, 0);
    g_assert_cmpint(e->changed_at, <, o.ctx->now);
    draft.starts.hour = 16;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_cmpint(agenda_find(o.ctx, id)->sequence, ==, 1);
    g_assert_cmpint(agenda_find(o.ctx, id)->changed_at, ==, o.ctx->now);
    finish(&o);
}

static void cancelling_wants_a_reason_and_ends_its_coverages(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Entrega de uniformes"), open = make_coverage(&o, id, COVER_PHOTO);
    cover_fully(&o, id);
    g_assert_false(agenda_cancel(o.ctx, id, NONE, " "));
    says(&o, FAULT_INVALID, "reason", "Say why");
    g_assert_true(agenda_cancel(o.ctx, id, NONE, "Alerta por lluvia"));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_CANCELLED);
    g_assert_cmpstr(e->reason, ==, "Alerta por lluvia");
    g_assert_cmpint(e->sequence, ==, 1);
    g_assert_cmpint(agenda_coverage(o.ctx, open)->state, ==, COVERAGE_CANCELLED);
    g_assert_cmpint(e->approved_count, ==, 1); /* what was approved stays */
    g_assert_false(agenda_cancel(o.ctx, id, NONE, "otra vez"));
    says(&o, FAULT_CONFLICT, NULL, "Cancelled");
    g_assert_false(agenda_cover(o.ctx, id, &(CoverageDraft){0}, &open));
    says(&o, FAULT_CONFLICT, NULL, "nothing to cover");
    finish(&o);
}

static void a_postponed_event_stands_again_on_its_new_day(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Carrera atlética");
    i64 before = agenda_find(o.ctx, id)->starts_at;
    g_assert_false(agenda_postpone(o.ctx, id, NONE, NULL));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_true(agenda_postpone(o.ctx, id, NONE, "Obras"));
    g_assert_cmpint(agenda_count(o.ctx, july(), AGENDA_HELD), ==, 0);
    EventDraft draft = plaza_draft("Carrera atlética");
    g_assert_false(agenda_change(o.ctx, id, NONE, &draft));
    says(&o, FAULT_CONFLICT, NULL, "new date");
    Wall gap = {2022, 4, 3, 2, 30, 0}, start = {2022, 7, 24, 8, 0, 0}, no_end = {0};
    g_assert_false(agenda_reschedule(o.ctx, id, NONE, gap, no_end, "Obras"));
    says(&o, FAULT_INVALID, "starts_at", "02:30");
    g_assert_false(agenda_reschedule(o.ctx, id, NONE, start, no_end, ""));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_true(agenda_reschedule(o.ctx, id, NONE, start, no_end, "Obras terminadas"));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_RESCHEDULED);
    g_assert_cmpint(e->previous_starts_at, ==, before);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, 90 * CLOCK_MINUTE); /* as long as before */
    g_assert_cmpint(agenda_count(o.ctx, july(), AGENDA_HELD), ==, 1);
    finish(&o);
}

static void figures_count_what_their_lists_show(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 covered = make_event(&o, "Cubierto"), delivered = make_event(&o, "Entregado"),
        gone = make_event(&o, "Cancelado");
    cover_fully(&o, covered);
    cover_fully(&o, gone);
    i64 c = make_coverage(&o, delivered, COVER_VIDEO);
    g_assert_true(agenda_accept(o.ctx, c, NONE) && agenda_deliver(o.ctx, c, NONE, one_link()));
    g_assert_true(agenda_cancel(o.ctx, gone, NONE, "lluvia"));
    EventDraft internal = plaza_draft("Interno");
    internal.visibility = VISIBLE_INTERNAL;
    i64 id;
    g_assert_true(agenda_create(o.ctx, &internal, &id));
    const i64 wanted[] = {
        [AGENDA_ALL] = 4, [AGENDA_HELD] = 2, [AGENDA_COVERED] = 1, [AGENDA_NOT_COVERED] = 1};
    for (int figure = AGENDA_ALL; figure <= AGENDA_NOT_COVERED; figure++) {
        List list = agenda_by_span(o.ctx, july(), (AgendaFigure)figure, 0, 0, 100);
        g_assert_cmpint((i64)list.count, ==, wanted[figure]);
        g_assert_cmpint(agenda_count(o.ctx, july(), (AgendaFigure)figure), ==, wanted[figure]);
    }
    const Event *first = agenda_by_span(o.ctx, july(), AGENDA_COVERED, 0, 0, 100).items;
    g_assert_cmpint(first->id, ==, covered);
    finish(&o);
}

static void pages_of_a_list_neither_lose_nor_repeat(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    for (int i = 0; i < 7; i++)
        make_event(&o, "A la misma hora");
    i64 at = 0, id = 0, seen = 0;
    for (;;) {
        List page = agenda_by_span(o.ctx, july(), AGENDA_ALL, at, id, 3);
        if (!page.count)
            break;
        const Event *last = (const Event *)page.items + page.count - 1;
        g_assert_cmpint(last->id, >, id);
        at = last->starts_at;
        id = last->id;
        seen += (i64)page.count;
    }
    g_assert_cmpint(seen, ==, 7);
    finish(&o);
}

static void private_events_are_not_there_for_others(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft draft = plaza_draft("Consulta reservada");
    draft.visibility = VISIBLE_CONFIDENTIAL;
    i64 id, coverage;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    coverage = make_coverage(&o, id, COVER_PHOTO);
    g_assert_null(strstr(agenda_find(o.ctx, id)->slug, "consulta"));
    o.ctx->actor = &o.sofia;
    g_assert_null(agenda_find(o.ctx, id));
    says(&o, FAULT_NOT_FOUND, NULL, NULL);
    g_assert_null(agenda_coverage(o.ctx, coverage));
    says(&o, FAULT_NOT_FOUND, NULL, NULL);
    g_assert_false(agenda_cancel(o.ctx, id, NONE, "x"));
    says(&o, FAULT_NOT_FOUND, NULL, NULL);
    g_assert_cmpint((i64)agenda_by_span(o.ctx, july(), AGENDA_ALL, 0, 0, 10).count, ==, 0);
    g_assert_cmpint(agenda_count(o.ctx, july(), AGENDA_ALL), ==, 0);
    g_assert_cmpint((i64)agenda_coverages_open(o.ctx, 0, 10).count, ==, 0);
    g_assert_cmpint((i64)agenda_coverages_by_span(o.ctx, july(), 10).count, ==, 0);
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_DESK, "consulta", 10).count, ==, 0);
    g_assert_cmpint((i64)agenda_public_by_span(o.ctx, july(), 0, 0, 10).count, ==, 0);
    finish(&o);
}

static void an_event_that_becomes_public_gets_its_address_then(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft draft = plaza_draft("Sorpresa");
    draft.visibility = VISIBLE_INTERNAL;
    i64 id;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_PUBLIC, "sorpresa", 10).count, ==, 0);
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_DESK, "sorpresa", 10).count, ==, 1);
    draft.visibility = VISIBLE_PUBLIC;
    draft.internal_note = "zanahoria";
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_cmpstr(agenda_find(o.ctx, id)->slug, ==, "sorpresa-2022-07-14");
    g_assert_nonnull(agenda_public_by_slug(o.ctx, "sorpresa-2022-07-14"));
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_PUBLIC, "sorpresa", 10).count, ==, 1);
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_PUBLIC, "zanahoria", 10).count, ==, 0);
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_DESK, "zanahoria", 10).count, ==, 1);
    draft.visibility = VISIBLE_PRIVATE;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_PUBLIC, "sorpresa", 10).count, ==, 0);
    g_assert_cmpint((i64)search_find(o.ctx, SEARCH_DESK, "sorpresa", 10).count, ==, 0);
    finish(&o);
}

static void each_change_is_a_line_of_the_journal(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Banderazo");
    EventDraft draft = plaza_draft("Banderazo del bacheo");
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_true(agenda_set_uncovered_reason(o.ctx, id, NONE, "Sin equipo"));
    g_assert_true(agenda_cancel(o.ctx, id, NONE, "lluvia"));
    List lines = journal_of(o.ctx, "agenda_event", id, 10);
    const JournalLine *line = lines.items;
    const char *verbs[] = {"cancelled", "not_covered", "changed", "created"};
    g_assert_cmpint((i64)lines.count, ==, (i64)COUNT(verbs));
    for (size_t i = 0; i < COUNT(verbs); i++)
        g_assert_cmpstr(line[i].verb, ==, verbs[i]);
    g_assert_cmpstr(line[2].detail, ==, "title");
    finish(&o);
}

/* ---- queries ---- */

static void no_statement_reads_a_whole_table(StoreTest *t, const void *unused)
{
    for (size_t i = 0; i < COUNT(agenda_queries); i++) {
        const char *plan = NULL;
        bool scans = true;
        g_assert_true(db_explain(&t->ctx, agenda_queries[i], &plan, &scans));
        if (scans)
            g_error("%s scans:\n%s", agenda_queries[i]->name, plan);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("agenda", an_event_is_kept_as_it_was_planned);
    STORE_TEST("agenda", addresses_do_not_collide);
    STORE_TEST("agenda", the_same_place_is_kept_once);
    STORE_TEST("agenda", an_event_that_cannot_be_is_refused);
    STORE_TEST("agenda", hours_and_days_fill_themselves_in);
    STORE_TEST("agenda", who_may_not_edit_changes_nothing);
    STORE_TEST("agenda", the_second_editor_loses_politely);
    STORE_TEST("agenda", only_what_is_published_raises_the_sequence);
    STORE_TEST("agenda", cancelling_wants_a_reason_and_ends_its_coverages);
    STORE_TEST("agenda", a_postponed_event_stands_again_on_its_new_day);
    STORE_TEST("agenda", figures_count_what_their_lists_show);
    STORE_TEST("agenda", pages_of_a_list_neither_lose_nor_repeat);
    STORE_TEST("agenda", private_events_are_not_there_for_others);
    STORE_TEST("agenda", an_event_that_becomes_public_gets_its_address_then);
    STORE_TEST("agenda", each_change_is_a_line_of_the_journal);
    STORE_TEST("agenda", no_statement_reads_a_whole_table);
    return g_test_run();
}
