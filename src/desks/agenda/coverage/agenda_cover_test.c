/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_cover_test.c: teams, contacts, deliveries that are sent twice, and who is told: a sentence each. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"

/* ---- whom it goes to ---- */

static i64 team_of(Office *o, Actor *member)
{
    const Area *a = people_areas(o->ctx).items;
    PersonDraft draft = {"iker@sanluis.example", "Iker Mirador", NULL, ROLE_PHOTOGRAPHER, a->id};
    g_assert_true(people_add(o->ctx, &draft, &member->id));
    member->area = a->id;
    return a->id;
}

static void whoever_of_the_team_accepts_gets_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    Actor iker = o.renata;
    i64 team = team_of(&o, &iker), id;
    g_assert_true(agenda_cover(o.ctx, make_event(&o, "Banderazo"), &(CoverageDraft){.area = team}, &id));
    const Coverage *c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->state, ==, COVERAGE_ASSIGNED);
    g_assert_cmpint(c->assignee, ==, 0);
    g_assert_nonnull(c->assignee_name); /* the team's */
    o.ctx->actor = &o.sofia;            /* of another team */
    g_assert_false(agenda_accept(o.ctx, id, NONE));
    says(&o, FAULT_FORBIDDEN, NULL, "somebody else's");
    o.ctx->actor = &iker;
    g_assert_cmpint(people_notices_unseen(o.ctx), ==, 1);
    g_assert_false(agenda_decline(o.ctx, id, NONE, "no puedo"));
    says(&o, FAULT_CONFLICT, NULL, "others of the team");
    g_assert_true(agenda_accept(o.ctx, id, NONE));
    c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->assignee, ==, iker.id);
    g_assert_cmpint(c->accepted_at, ==, o.ctx->now);
    finish(&o);
}

static void one_and_not_two_get_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), contact, id;
    g_assert_false(agenda_contact_add(o.ctx, &(Contact){.name = " "}, &contact));
    says(&o, FAULT_INVALID, "name", NULL);
    g_assert_false(agenda_contact_add(o.ctx, &(Contact){.name = "Ana", .phone = "llama"}, &contact));
    says(&o, FAULT_INVALID, "phone", NULL);
    g_assert_true(agenda_contact_add(o.ctx, &(Contact){.name = "Ana Lente", .phone = "+52 444 123 4567"}, &contact));
    g_assert_false(agenda_cover(o.ctx, event,
                                &(CoverageDraft){.assignee = "renata@sanluis.example", .contact = contact}, &id));
    says(&o, FAULT_INVALID, "assignee", "one");
    g_assert_true(agenda_cover(o.ctx, event, &(CoverageDraft){.contact = contact}, &id));
    g_assert_cmpstr(agenda_coverage(o.ctx, id)->assignee_name, ==, "Ana Lente");
    g_assert_true(agenda_contact_archive(o.ctx, contact, NONE, true));
    g_assert_cmpint((i64)agenda_contacts(o.ctx, true, 9).count, ==, 0);
    g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){.contact = contact}, &id));
    says(&o, FAULT_INVALID, "contact", NULL);
    g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){.area = 77}, &id));
    says(&o, FAULT_INVALID, "area", NULL);
    finish(&o);
}

static void what_is_wanted_makes_sense(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), id;
    g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){.quantity_min = 5, .quantity_max = 3}, &id));
    says(&o, FAULT_INVALID, "quantity_max", NULL);
    g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){.priority = 6}, &id));
    says(&o, FAULT_INVALID, "priority", NULL);
    g_assert_true(agenda_cover(o.ctx, event, &(CoverageDraft){.quantity_min = 3, .quantity_max = 5, .priority = 1}, &id));
    const Coverage *c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->quantity_min, ==, 3);
    g_assert_cmpint(c->priority, ==, 1);
    g_assert_cmpstr(agenda_pieces_said(o.ctx, 3, 5), ==, "3 to 5 pieces");
    finish(&o);
}

/* ---- delivering ---- */

static i64 accepted(Office *o)
{
    i64 id = make_coverage(o, make_event(o, "Banderazo"), COVER_PHOTO);
    g_assert_true(agenda_accept(o->ctx, id, NONE));
    return id;
}

static const EvidenceDraft two_things[] = {{.kind = EVIDENCE_LINK, .url = "https://fotos.sanluis.example/1"},
                                           {.kind = EVIDENCE_NOTE, .text = "Doce fotos"}};

static void a_delivery_that_is_sent_twice_is_taken_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = accepted(&o), other = accepted(&o);
    Delivery d = {.evidence = {two_things, 2}, .quantity = 2, .worked_minutes = 90, .client_key = "telefono-1"};
    g_assert_true(agenda_deliver_all(o.ctx, id, NONE, &d));
    const Coverage *c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->quantity_delivered, ==, 2);
    g_assert_cmpint(c->worked_minutes, ==, 90);
    i64 version = c->version;
    g_assert_true(agenda_deliver_all(o.ctx, id, NONE, &d));
    g_assert_true(agenda_approve(o.ctx, id, NONE));
    o.ctx->now += 8 * CLOCK_DAY; /* a week late */
    g_assert_true(agenda_deliver_all(o.ctx, id, version - 1, &d));
    c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->state, ==, COVERAGE_APPROVED);
    g_assert_cmpint(c->version, ==, version + 1);
    g_assert_cmpint((i64)c->evidence.count, ==, 2);
    g_assert_false(agenda_deliver_all(o.ctx, other, NONE, &d));
    says(&o, FAULT_CONFLICT, NULL, "another coverage");
    d.client_key = "telefono-2";
    g_assert_false(agenda_deliver_all(o.ctx, id, NONE, &d));
    says(&o, FAULT_CONFLICT, NULL, "delivered already");
    o.ctx->actor = &o.sofia; /* knowing the key opens nothing */
    d.client_key = "telefono-1";
    g_assert_false(agenda_deliver_all(o.ctx, id, NONE, &d));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    finish(&o);
}

static void a_file_is_evidence_at_an_address_of_the_desk(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = accepted(&o);
    EvidenceDraft file = {.kind = EVIDENCE_FILE, .filename = "plaza.jpg", .type = "image/jpeg", .size = 3};
    g_assert_false(agenda_deliver(o.ctx, id, NONE, (List){&file, 1}));
    says(&o, FAULT_INVALID, "evidence", "file");
    file.sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    g_assert_true(agenda_deliver(o.ctx, id, NONE, (List){&file, 1}));
    const Evidence *e = agenda_coverage(o.ctx, id)->evidence.items;
    g_assert_true(text_starts(e->url, "/mesa/evidencias/"));
    g_assert_cmpstr(agenda_evidence(o.ctx, e->id)->filename, ==, "plaza.jpg");
    finish(&o);
}

static void what_is_taken_back_leaves_work_to_do(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = accepted(&o);
    g_assert_true(agenda_deliver(o.ctx, id, NONE, (List){two_things, 2}));
    const Evidence *e = agenda_coverage(o.ctx, id)->evidence.items;
    o.ctx->actor = &o.sofia;
    g_assert_false(agenda_withdraw(o.ctx, e[0].id, NULL));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    o.ctx->actor = &o.renata;
    g_assert_true(agenda_withdraw(o.ctx, e[0].id, NULL));
    g_assert_cmpint(agenda_coverage(o.ctx, id)->state, ==, COVERAGE_DELIVERED);
    g_assert_true(agenda_withdraw(o.ctx, e[1].id, "Era otra plaza"));
    g_assert_cmpint(agenda_coverage(o.ctx, id)->state, ==, COVERAGE_IN_PROGRESS);
    g_assert_true(agenda_deliver(o.ctx, id, NONE, one_link()));
    begin(&o);
    g_assert_true(agenda_approve(o.ctx, id, NONE));
    e = agenda_coverage(o.ctx, id)->evidence.items;
    g_assert_false(agenda_withdraw(o.ctx, e->id, NULL));
    says(&o, FAULT_CONFLICT, NULL, "Approved");
    g_assert_true(agenda_return(o.ctx, id, NONE, "Era de otro día"));
    g_assert_cmpint(agenda_coverage(o.ctx, id)->approved_at, ==, 0);
    finish(&o);
}

/* ---- who is told ---- */

static const Notice *last_of(Office *o, const Actor *actor)
{
    const Actor *before = o->ctx->actor;
    o->ctx->actor = actor;
    List list = people_notices(o->ctx, true, 0, 1);
    o->ctx->actor = before;
    return list.count ? list.items : NULL;
}

static const NoticeChange *change_of(const Notice *n, const char *field)
{
    for (const NoticeChange *c = n->changes.items, *end = c + n->changes.count; c < end; c++)
        if (text_same(c->field, field))
            return c;
    return NULL;
}

static void a_changed_event_tells_its_doers_what_is_different(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Banderazo");
    make_coverage(&o, id, COVER_PHOTO);
    make_coverage(&o, id, COVER_VIDEO); /* one notice for both */
    EventDraft draft = plaza_draft("Banderazo");
    draft.starts = (Wall){2022, 7, 14, 16, 0, 0};
    draft.place = (Place){.name = "Teatro de la Paz", .lat = NAN, .lon = NAN};
    i64 before = ((const Notice *)last_of(&o, &o.renata))->id;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    const Notice *n = last_of(&o, &o.renata);
    g_assert_cmpint(n->id, !=, before);
    g_assert_cmpstr(n->kind, ==, "changed");
    const NoticeChange *start = change_of(n, "starts_at"), *place = change_of(n, "place");
    g_assert_cmpstr(start->before, ==, "2022-07-14T17:00:00-05:00");
    g_assert_cmpstr(start->after, ==, "2022-07-14T16:00:00-05:00");
    g_assert_nonnull(strstr(place->before, "Plaza de Armas"));
    g_assert_cmpstr(place->after, ==, "Teatro de la Paz");
    g_assert_null(change_of(n, "title"));
    i64 told = n->id;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft)); /* nothing is different now */
    g_assert_cmpint(last_of(&o, &o.renata)->id, ==, told);
    g_assert_null(last_of(&o, &o.chief)); /* her own deeds */
    finish(&o);
}

static void a_calendar_that_changes_tells_too(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    static const char file[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:ruta@x\r\nSEQUENCE:%d\r\nSUMMARY:Ruta\r\n"
                               "DTSTART:20220714T%d0000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    ImportResult r;
    const char *first = arena_printf(o.ctx->arena, file, 0, 15), *second = arena_printf(o.ctx->arena, file, 1, 16);
    g_assert_true(agenda_import_ics(o.ctx, (Bytes){first, strlen(first)}, false, &r));
    const Event *e = agenda_by_span(o.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 1).items;
    make_coverage(&o, e->id, COVER_PHOTO);
    g_assert_true(agenda_import_ics(o.ctx, (Bytes){second, strlen(second)}, false, &r));
    g_assert_cmpint(r.changed, ==, 1);
    const Notice *n = last_of(&o, &o.renata);
    g_assert_cmpstr(n->kind, ==, "changed");
    g_assert_cmpstr(change_of(n, "starts_at")->after, ==, "2022-07-14T11:00:00-05:00");
    finish(&o);
}

static void giving_taking_returning_and_cancelling_are_told(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), id = make_coverage(&o, event, COVER_PHOTO);
    g_assert_cmpstr(last_of(&o, &o.renata)->kind, ==, "assigned");
    g_assert_true(agenda_assign(o.ctx, id, NONE, "sofia@sanluis.example"));
    g_assert_cmpstr(last_of(&o, &o.renata)->kind, ==, "taken");
    g_assert_cmpstr(last_of(&o, &o.sofia)->kind, ==, "assigned");
    g_assert_true(agenda_accept(o.ctx, id, NONE));
    g_assert_true(agenda_deliver(o.ctx, id, NONE, one_link()));
    g_assert_true(agenda_return(o.ctx, id, NONE, "Falta el pie de foto"));
    g_assert_cmpstr(last_of(&o, &o.sofia)->kind, ==, "returned");
    g_assert_cmpstr(change_of(last_of(&o, &o.sofia), "reason")->after, ==, "Falta el pie de foto");
    g_assert_true(agenda_cancel(o.ctx, event, NONE, "Lluvia"));
    g_assert_cmpstr(last_of(&o, &o.sofia)->kind, ==, "cancelled");
    g_assert_cmpstr(change_of(last_of(&o, &o.sofia), "reason")->after, ==, "Lluvia");
    finish(&o);
}

static void a_changed_task_is_told_as_a_difference(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_coverage(&o, make_event(&o, "Banderazo"), COVER_PHOTO);
    const Coverage *c = agenda_coverage(o.ctx, id);
    CoverageDraft d = {.kind = c->kind, .brief = "Veinte fotos", .due_at = c->due_at + CLOCK_HOUR, .quantity_min = 20};
    g_assert_true(agenda_coverage_change(o.ctx, id, NONE, &d));
    const Notice *n = last_of(&o, &o.renata);
    g_assert_cmpstr(n->kind, ==, "changed");
    g_assert_cmpstr(change_of(n, "brief")->after, ==, "Veinte fotos");
    g_assert_cmpstr(change_of(n, "quantity_min")->after, ==, "20");
    g_assert_nonnull(change_of(n, "due_at"));
    g_assert_null(change_of(n, "priority"));
    finish(&o);
}

/* A private event says nothing to who may not see it, not even by a notice. */
static void private_events_tell_only_who_may_know(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft draft = plaza_draft("Reunión reservada");
    draft.visibility = VISIBLE_PRIVATE;
    i64 id, coverage;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_true(agenda_cover(o.ctx, id, &(CoverageDraft){.assignee = "renata@sanluis.example"}, &coverage));
    g_assert_null(last_of(&o, &o.renata));
    finish(&o);
}

static void the_watch_tells_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Sin nadie"), id = make_coverage(&o, make_event(&o, "Con Renata"), COVER_PHOTO);
    o.ctx->actor = &actor_system;
    o.ctx->now = agenda_find(o.ctx, event)->starts_at - CLOCK_DAY;
    g_assert_true(agenda_watch(o.ctx));
    g_assert_cmpstr(last_of(&o, &o.chief)->kind, ==, "uncovered");
    g_assert_cmpint(last_of(&o, &o.chief)->subject_id, ==, event);
    i64 told = last_of(&o, &o.chief)->id, given = last_of(&o, &o.renata)->id;
    g_assert_true(agenda_watch(o.ctx));
    g_assert_cmpint(last_of(&o, &o.chief)->id, ==, told);
    g_assert_cmpint(last_of(&o, &o.renata)->id, ==, given);
    o.ctx->now = agenda_coverage(o.ctx, id)->due_at - CLOCK_HOUR;
    g_assert_true(agenda_watch(o.ctx));
    g_assert_cmpstr(last_of(&o, &o.renata)->kind, ==, "due_soon");
    o.ctx->now += 2 * CLOCK_HOUR;
    g_assert_true(agenda_watch(o.ctx));
    g_assert_cmpstr(last_of(&o, &o.renata)->kind, ==, "late");
    told = last_of(&o, &o.renata)->id;
    g_assert_true(agenda_watch(o.ctx));
    g_assert_cmpint(last_of(&o, &o.renata)->id, ==, told);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("cover", whoever_of_the_team_accepts_gets_it);
    STORE_TEST("cover", one_and_not_two_get_it);
    STORE_TEST("cover", what_is_wanted_makes_sense);
    STORE_TEST("cover", a_delivery_that_is_sent_twice_is_taken_once);
    STORE_TEST("cover", a_file_is_evidence_at_an_address_of_the_desk);
    STORE_TEST("cover", what_is_taken_back_leaves_work_to_do);
    STORE_TEST("cover", a_changed_event_tells_its_doers_what_is_different);
    STORE_TEST("cover", a_calendar_that_changes_tells_too);
    STORE_TEST("cover", giving_taking_returning_and_cancelling_are_told);
    STORE_TEST("cover", a_changed_task_is_told_as_a_difference);
    STORE_TEST("cover", private_events_tell_only_who_may_know);
    STORE_TEST("cover", the_watch_tells_once);
    return g_test_run();
}
