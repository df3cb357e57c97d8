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
            const PageAnswer *a = page_test_status(page_test_get(&d.page, target), 200);
            assert_has_not(a, CANARY);
            if (strcmp(lists[i], ".txt") || strstr(when[k], "dia=")) /* a text is of one day */
                assert_has(a, "Concierto");
        }
    }
    for (size_t i = 0; i < COUNT(records); i++) {
        const PageAnswer *a =
            page_test_status(page_test_get(&d.page, arena_printf(d.page.kept,
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
        page_test_status(page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/%s", e->slug)),
                e->visibility == VISIBLE_PUBLIC ? 200 : 404);
    }
    assert_has(page_test_status(page_test_get(&d.page, "/agenda.json?mes=2022-07"), 200), "\"total\":1");
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
        page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", e->id, "")), hidden ? 404 : 200);
        page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", e->id, "/editar")),
                hidden ? 404 : 200);
    }
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07"), 200), "\"total\":2");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/coberturas?quien=todos"), 200),
               "\"total\":2");
    page_test_close(&d.page);
}

/* ---- the desk: every right but the one ---- */

typedef struct Hidden {
    i64 event, coverage, evidence, open, place;
} Hidden;

/* At the same hour, at the same place, by the same person as a public event. */
static Hidden hide_beside_an_open_event(Desk *d)
{
    Office *o = &d->office;
    Hidden h;
    g_assert_true(db_begin(d->ctx));
    EventDraft draft = plaza_draft("Audiencia " CANARY);
    draft.description = draft.topics = draft.internal_note = draft.headed_by = draft.accreditation = CANARY;
    draft.visibility = VISIBLE_CONFIDENTIAL;
    g_assert_true(agenda_create(d->ctx, &draft, &h.event));
    CoverageDraft wanted = {.kind = COVER_VIDEO, .assignee = "renata@sanluis.example", .brief = "pedido " CANARY};
    g_assert_true(agenda_cover(d->ctx, h.event, &wanted, &h.coverage));
    EvidenceDraft evidence = {EVIDENCE_LINK, "https://" CANARY ".example/", "texto " CANARY};
    g_assert_true(agenda_accept(d->ctx, h.coverage, NONE) && agenda_deliver(d->ctx, h.coverage, NONE, (List){&evidence, 1}));
    h.evidence = ((const Evidence *)agenda_coverage(d->ctx, h.coverage)->evidence.items)->id;
    h.open = make_event(o, "Concierto público");
    h.place = agenda_find(d->ctx, h.open)->place.id;
    make_coverage(o, h.open, COVER_PHOTO);
    finish(o);
    return h;
}

static const char *const desk_lists[] = {
    "/mesa/agenda?mes=2022-07", "/mesa/agenda.json?mes=2022-07", "/mesa/agenda.csv?mes=2022-07", "/mesa/agenda.ics?mes=2022-07",
    "/mesa/agenda.ninjs?mes=2022-07", "/mesa/agenda?semana=2022-W28", "/mesa/agenda?dia=2022-07-14", "/mesa/agenda?mes=2022-07&vista=lista",
    "/mesa/agenda?mes=2022-07&quien=renata@sanluis.example", "/mesa/agenda?mes=2022-07&tipo=video", "/mesa/agenda?mes=2022-07&figura=events_held",
    "/mesa/agenda?mes=2022-07&figura=events_covered", "/mesa/agenda?mes=2022-07&estado=confirmed", "/mesa/agenda/texto?dia=2022-07-14&interno=1",
    "/mesa/agenda/texto.txt?dia=2022-07-14&interno=1", "/mesa/agenda/nuevo", "/mesa/agenda/vistas", "/mesa/coberturas?quien=todos",
    "/mesa/coberturas.json?quien=todos", "/mesa/coberturas.csv?quien=todos", "/mesa/coberturas.ics?quien=todos", "/mesa/coberturas?estado=delivered",
    "/mesa/coberturas/carriles?dia=2022-07-14", "/mesa/coberturas/carriles.json?dia=2022-07-14", "/mesa/coberturas/tablero", "/mesa/coberturas/tablero.json",
    "/mesa/coberturas/calor?mes=2022-07", "/mesa/coberturas/calor.json?mes=2022-07", "/mesa/coberturas/sin-motivo?mes=2022-07",
    "/mesa/lugares", "/mesa/lugares.csv", "/mesa/agenda/suscripciones", "/mesa/agenda/fuentes", "/mesa/contactos",
};

static void nothing_private_is_in_a_list_of_the_desk(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    Hidden h = hide_beside_an_open_event(&d);
    Actor most = d.office.sofia;
    most.rights = ~(u64)0 & ~((u64)1 << RIGHT_AGENDA_PRIVATE);
    page_test_as(&d.page, &most);
    for (size_t i = 0; i < COUNT(desk_lists); i++) {
        const PageAnswer *a = page_test_get(&d.page, desk_lists[i]);
        if (a->status != 200 && a->status != 404 && a->status != 406)
            g_error("%s: %d", desk_lists[i], a->status);
        assert_has_not(a, CANARY);
    }
    const char *const beside[] = {"", "/editar", "/duplicar", "/mover", "/repetir"};
    for (size_t i = 0; i < COUNT(beside); i++)
        assert_has_not(page_test_get(&d.page, at(&d, "/mesa/agenda/", h.open, beside[i])), CANARY);
    assert_has_not(page_test_status(page_test_get(&d.page, at(&d, "/mesa/lugares/", h.place, "")), 200), CANARY);
    assert_has(page_test_status(page_test_json(&d.page, at(&d, "/mesa/lugares/", h.place, "")), 200), "\"events\":1");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&tema=" CANARY), 200), "\"total\":0");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/agenda?mes=2022-07&tipo=video"), 200), "\"total\":0");
    assert_has(page_test_status(page_test_json(&d.page, "/mesa/coberturas?quien=todos"), 200), "\"total\":1");
    page_test_close(&d.page);
}

static void a_private_record_is_not_found_by_its_number(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    Hidden h = hide_beside_an_open_event(&d);
    Actor most = d.office.sofia;
    most.rights = ~(u64)0 & ~((u64)1 << RIGHT_AGENDA_PRIVATE);
    page_test_as(&d.page, &most);
    const char *const of_event[] = {"", ".json", ".ics", "/editar", "/duplicar", "/mover", "/repetir", "/archivos.json", "/apartar"};
    for (size_t i = 0; i < COUNT(of_event); i++)
        page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", h.event, of_event[i])), 404);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/coberturas/", h.coverage, "")), 404);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/evidencias/", h.evidence, "")), 404);
    const char *const acts[] = {"/deshacer", "/apartar", "/cancelar", "/posponer", "/duplicar", "/mover", "/repetir", "/sin-cobertura", "/coberturas", "/conservar"};
    for (size_t i = 0; i < COUNT(acts); i++)
        page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/", h.event, acts[i]),
                               "reason=x&starts_at=2022-07-15T10:00&title=x&kind=photo&freq=daily&count=3&choice=weather"), 404);
    const char *const ways[] = {"", "/asignar", "/enlace", "/aceptar", "/iniciar", "/rechazar", "/entregar", "/aprobar", "/devolver", "/cancelar", "/mover", "/nota"};
    for (size_t i = 0; i < COUNT(ways); i++)
        page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", h.coverage, ways[i]),
                               "reason=x&kind=photo&assignee=renata@sanluis.example&note=x&text=x&state=approved"), 404);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/evidencias/", h.evidence, "/retirar"), "reason=x"), 404);
    page_test_close(&d.page);
}

/* It opens, and who did not know it hears nothing of what it was. */
static void what_was_private_is_not_told_when_it_opens(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    Hidden h = hide_beside_an_open_event(&d);
    g_assert_true(db_begin(d.ctx));
    begin(&d.office);
    g_assert_true(agenda_return(d.ctx, h.coverage, NONE, "otra vez"));
    EventDraft open = plaza_draft("Audiencia abierta");
    g_assert_true(agenda_change(d.ctx, h.event, NONE, &open));
    d.ctx->actor = &d.office.renata;
    List notices = people_notices(d.ctx, false, 0, 100);
    for (size_t i = 0; i < notices.count; i++) {
        const Notice *n = (const Notice *)notices.items + i;
        g_assert_null(strstr(n->title, CANARY));
        for (size_t k = 0; k < n->changes.count; k++) {
            const NoticeChange *c = (const NoticeChange *)n->changes.items + k;
            g_assert_true(!c->before || !strstr(c->before, CANARY));
        }
    }
    begin(&d.office);
    finish(&d.office);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("leak", nothing_internal_leaves_by_a_public_address);
    STORE_TEST("leak", the_desk_without_the_right_sees_no_private_event);
    STORE_TEST("leak", nothing_private_is_in_a_list_of_the_desk);
    STORE_TEST("leak", a_private_record_is_not_found_by_its_number);
    STORE_TEST("leak", what_was_private_is_not_told_when_it_opens);
    return g_test_run();
}
