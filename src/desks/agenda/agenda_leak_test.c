/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_leak_test.c: a canary in every place that is not for citizens, and a look for it at every public address. */
#include "desks/agenda/agenda_test_desk.h"
#include "store/search.h"

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
    g_assert_true(agenda_cover(d->ctx, id,
                               &(CoverageDraft){.kind = COVER_PHOTO,
                                                .assignee = "renata@sanluis.example",
                                                .brief = "pedido " CANARY},
                               &coverage));
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
    const char *ics =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" CANARY "\r\nSUMMARY:" CANARY
        "\r\nCLASS:PRIVATE\r\n"
        "DTSTART:20220714T150000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nBEGIN:"
        "VEVENT\r\nUID:" CANARY
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
    const char *lists[] = {"", ".json", ".csv", ".ics", ".atom", ".txt"},
               *records[] = {"", ".json", ".ics", ".ics?cancelled=show", ".ninjs"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (size_t k = 0; k < COUNT(when); k++) {
            const char *target = arena_printf(d.page.kept, "/agenda%s%s", lists[i], when[k]);
            const PageAnswer *a = answers(page_test_get(&d.page, target), 200);
            assert_has_not(a, CANARY);
            if (strcmp(lists[i], ".txt") || strstr(when[k], "dia=")) /* a text is of one day */
                assert_has(a, "Concierto");
        }
    }
    for (size_t i = 0; i < COUNT(records); i++) {
        const PageAnswer *a =
            answers(page_test_get(&d.page, arena_printf(d.page.kept,
                                                        "/agenda/concierto-publico-2022-07-14%s",
                                                        records[i])),
                    200);
        assert_has_not(a, CANARY);
        assert_has(a, "Concierto");
    }
    List all = agenda_by_span(d.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 100);
    g_assert_cmpint((i64)all.count, ==, 7);
    for (size_t i = 0; i < all.count; i++) { /* hidden ones are not there, whatever one guesses */
        const Event *e = (const Event *)all.items + i;
        answers(page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/%s", e->slug)),
                e->visibility == VISIBLE_PUBLIC ? 200 : 404);
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
        answers(page_test_get(&d.page, at(&d, "/mesa/agenda/", e->id, "/editar")),
                hidden ? 404 : 200);
    }
    assert_has(answers(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200), "\"total\":2");
    assert_has(answers(page_test_json(&d.page, "/mesa/coberturas?quien=todos"), 200),
               "\"total\":2");
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("leak", nothing_internal_leaves_by_a_public_address);
    STORE_TEST("leak", the_desk_without_the_right_sees_no_private_event);
    return g_test_run();
}
