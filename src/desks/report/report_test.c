/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_test.c: each figure of the month equals the list that it counts. */
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/report/report_pages.h"
#include "desks/report/report_room.h"
#include "store/store_test.h"
#include "web/web_test.h"

typedef struct July {
    i64 events[5]; /* three covered, one delivered only, one nothing */
} July;

static bool add_event(Ctx *ctx, int day, Visibility visibility, i64 *id_out)
{
    return agenda_create(ctx, &(EventDraft){
        .title = "Entrega de luminarias", .time_zone = "America/Mexico_City", .starts = {2022, 7, day, 10, 0, 0},
        .ends = {2022, 7, day, 11, 0, 0}, .status = EVENT_CONFIRMED, .visibility = visibility}, id_out);
}

static bool cover(Ctx *ctx, i64 event, bool approve)
{
    EvidenceDraft note = {.kind = EVIDENCE_NOTE, .text = "Doce fotos en la fototeca."};
    i64 id;
    return agenda_cover(ctx, event, &(CoverageDraft){.kind = COVER_PHOTO, .assignee = "renata@sanluis.example"}, &id) &&
           agenda_accept(ctx, id, NONE) && agenda_deliver(ctx, id, NONE, (List){&note, 1}) &&
           (!approve || agenda_approve(ctx, id, NONE));
}

static bool fill(Ctx *ctx, void *data)
{
    July *july = data;
    i64 id, person;
    if (!people_seed(ctx) ||
        !people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata", NULL, ROLE_PHOTOGRAPHER, 0}, &person))
        return false;
    for (int i = 0; i < 5; i++)
        if (!add_event(ctx, 1 + i, VISIBLE_PUBLIC, &july->events[i]) || (i < 4 && !cover(ctx, july->events[i], i < 3)))
            return false;
    /* what does not count: private, internal, cancelled, of another month */
    return add_event(ctx, 6, VISIBLE_PRIVATE, &id) && add_event(ctx, 7, VISIBLE_INTERNAL, &id) &&
           add_event(ctx, 8, VISIBLE_PUBLIC, &id) && agenda_cancel(ctx, id, NONE, "Lluvia") &&
           add_event(ctx, 39, VISIBLE_PUBLIC, &id) == false && fault_take(ctx).kind == FAULT_INVALID;
}

static const Figure *figure(const Report *r, const char *key)
{
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++)
        if (text_same(f->key, key))
            return f;
    g_error("no figure %s", key);
}

static void the_month_counts_events_and_never_coverages(StoreTest *t, const void *unused)
{
    July july;
    test_write(&t->ctx, fill, &july);
    const Report *r = report_compute(&t->ctx, "2022-07");
    assert_no_fault(&t->ctx);
    g_assert_cmpint(figure(r, "events_held")->value, ==, 5);
    g_assert_cmpint(figure(r, "events_covered")->value, ==, 3);
    g_assert_cmpint(figure(r, "events_covered")->of, ==, 5);
    g_assert_cmpint(figure(r, "events_not_covered")->value, ==, 2);
    g_assert_cmpint((gint64)r->not_covered.count, ==, 2);
}

static bool cover_again(Ctx *ctx, void *data)
{
    return cover(ctx, ((July *)data)->events[0], true);
}

static void two_coverages_of_one_event_count_once(StoreTest *t, const void *unused)
{
    July july;
    test_write(&t->ctx, fill, &july);
    test_write(&t->ctx, cover_again, &july);
    g_assert_cmpint(figure(report_compute(&t->ctx, "2022-07"), "events_covered")->value, ==, 3);
}

static void every_figure_equals_its_list(StoreTest *t, const void *unused)
{
    July july;
    test_write(&t->ctx, fill, &july);
    const Report *r = report_compute(&t->ctx, "2022-07");
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++) {
        int which = word_find(agenda_figure_words, f->key);
        g_assert_cmpint(which, >=, 0);
        g_assert_cmpint((gint64)agenda_by_span(&t->ctx, r->span, (AgendaFigure)which, 0, 0, 200).count, ==, f->value);
        g_assert_nonnull(strstr(f->records, f->key));
    }
}

static void the_hash_speaks_of_the_figures_alone(StoreTest *t, const void *unused)
{
    July july;
    test_write(&t->ctx, fill, &july);
    const char *before = report_compute(&t->ctx, "2022-07")->sha256;
    t->ctx.now += CLOCK_HOUR;
    g_assert_cmpstr(report_compute(&t->ctx, "2022-07")->sha256, ==, before);
    test_write(&t->ctx, cover_again, &(July){.events = {july.events[4]}});
    g_assert_cmpstr(report_compute(&t->ctx, "2022-07")->sha256, !=, before);
}

static void months_that_are_none_or_not_begun_are_refused(StoreTest *t, const void *unused)
{
    g_assert_null(report_compute(&t->ctx, "2022-13"));
    assert_fault(&t->ctx, FAULT_INVALID);
    g_assert_null(report_compute(&t->ctx, "2022-08"));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    const Report *running = report_compute(&t->ctx, "2022-07");
    g_assert_false(running->over);
}

static void who_may_not_read_reports_gets_none(StoreTest *t, const void *unused)
{
    t->ctx.actor = &(Actor){.id = 1, .name = "x", .rights = 1u << 1};
    g_assert_null(report_compute(&t->ctx, "2022-07"));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
}

static void pages_in_every_format(StoreTest *t, const void *unused)
{
    July july;
    test_write(&t->ctx, fill, &july);
    PageTest p;
    page_test_open(&p, t, (const Route *const[]){report_routes, NULL});
    page_test_as(&p, &(Actor){.id = 7, .name = "Dalia", .rights = ~UINT64_C(0)});
    const PageAnswer *a = page_test_get(&p, "/mesa/informes/2022-07");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "/mesa/agenda?mes=2022-07&amp;figura=events_covered");
    a = page_test_json(&p, "/mesa/informes/2022-07");
    assert_has(a, "{\"key\":\"events_covered\"");
    assert_has(a, "\"value\":3,\"of\":5");
    a = page_test_get(&p, "/mesa/informes/2022-07.csv");
    assert_has(a, "events_not_covered,");
    assert_page_sound(page_test_get(&p, "/mesa/informes"));
    g_assert_cmpint(page_test_get(&p, "/mesa/informes/2022-7")->status, ==, 404);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("report", the_month_counts_events_and_never_coverages);
    STORE_TEST("report", two_coverages_of_one_event_count_once);
    STORE_TEST("report", every_figure_equals_its_list);
    STORE_TEST("report", the_hash_speaks_of_the_figures_alone);
    STORE_TEST("report", months_that_are_none_or_not_begun_are_refused);
    STORE_TEST("report", who_may_not_read_reports_gets_none);
    STORE_TEST("report", pages_in_every_format);
    return g_test_run();
}
