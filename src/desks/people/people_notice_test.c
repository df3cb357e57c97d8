/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_notice_test.c: who is told what, and who is away: a sentence each. */
#include "desks/people/people_pages.h"
#include "desks/people/people_test_office.h"
#include "web/web_test.h"

static const NoticeChange start = {.field = "starts_at",
                                   .label = "Start",
                                   .before = "2022-07-14T10:00:00-05:00",
                                   .after = "2022-07-14T11:30:00-05:00",
                                   .as = "moment"};

typedef struct Telling {
    i64 to;
    const char *key;
} Telling;

static bool tell(Ctx *ctx, void *data)
{
    const Telling *t = data;
    return people_notify(ctx, t->to,
                         &(NoticeDraft){.subject = "agenda_event", .subject_id = 7, .address = "/mesa/agenda/0000000000007",
                                        .kind = "changed", .title = "Banderazo", .changes = {&start, 1}, .key = t->key});
}

static void told(Office *o, i64 person, const char *key)
{
    test_write(&o->t->ctx, tell, &(Telling){person, key});
}

static void a_notice_says_what_was_and_what_is_now(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Actor renata;
    told(&o, o.photographer, NULL);
    act_as(&o, o.photographer, &renata);
    renata.tongue = TONGUE_EN;
    List list = people_notices(&t->ctx, true, 0, 10);
    g_assert_cmpint((i64)list.count, ==, 1);
    const Notice *n = list.items;
    g_assert_cmpstr(n->title, ==, "Banderazo");
    const NoticeChange *c = n->changes.items;
    g_assert_cmpstr(c->field, ==, "starts_at");
    g_assert_nonnull(strstr(people_change_said(&t->ctx, c, false), "10:00"));
    g_assert_nonnull(strstr(people_change_said(&t->ctx, c, true), "11:30"));
    g_assert_cmpint(people_notices_unseen(&t->ctx), ==, 1);
}

static void nobody_is_told_what_she_did_herself(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Actor renata;
    act_as(&o, o.photographer, &renata);
    told(&o, o.photographer, NULL);
    g_assert_cmpint(people_notices_unseen(&t->ctx), ==, 0);
    told(&o, o.editor, NULL);
    act_as(&o, o.editor, &renata);
    g_assert_cmpint(people_notices_unseen(&t->ctx), ==, 1);
}

static void the_same_key_tells_a_person_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Actor renata;
    told(&o, o.photographer, "late:7");
    told(&o, o.photographer, "late:7");
    told(&o, o.editor, "late:7");
    act_as(&o, o.photographer, &renata);
    g_assert_cmpint(people_notices_unseen(&t->ctx), ==, 1);
}

static const Route *const routes[] = {people_notice_routes, people_absence_routes, NULL};

static void the_page_opens_the_record_and_only_a_click_marks_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    told(&o, o.photographer, NULL);
    told(&o, o.editor, NULL);
    page_test_open(&p, t, routes);
    page_test_as(&p, &(Actor){.id = o.photographer, .name = "Renata", .tongue = TONGUE_EN, .rights = 3});
    const PageAnswer *a = page_test_get(&p, "/mesa/avisos");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "11:30");
    g_assert_cmpint((i64)a->queries, <=, 3);
    assert_has(page_test_json(&p, "/mesa/avisos"), "\"after\":\"2022-07-14T11:30:00-05:00\"");
    assert_has(page_test_json(&p, "/mesa/avisos"), "\"total\":1");
    t->ctx.actor = &p.actor;
    i64 id = ((const Notice *)people_notices(&t->ctx, true, 0, 1).items)->id;
    a = page_test_post(&p, arena_printf(p.kept, "/mesa/avisos/%s/abrir", id_text(p.kept, id)), "");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/mesa/agenda/0000000000007");
    assert_has(page_test_json(&p, "/mesa/avisos"), "\"total\":0");
    assert_has(page_test_get(&p, "/mesa/avisos?ver=todos"), "Banderazo");
    page_test_as(&p, &(Actor){.id = o.editor, .name = "Sofía", .tongue = TONGUE_EN, .rights = 3});
    a = page_test_post(&p, arena_printf(p.kept, "/mesa/avisos/%s/leido", id_text(p.kept, id)), "");
    g_assert_cmpint(a->status, ==, 404); /* somebody else's */
    assert_has(page_test_json(&p, "/mesa/avisos"), "\"total\":1");
    g_assert_cmpint(page_test_post(&p, "/mesa/avisos/leidos", "")->status, ==, 303);
    assert_has(page_test_json(&p, "/mesa/avisos"), "\"total\":0");
    page_test_close(&p);
}

/* ---- absences ---- */

static void why_somebody_is_away_is_told_to_few(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    u64 reads = 3 | UINT64_C(1) << RIGHT_AGENDA_READ;
    page_test_as(&p, &(Actor){.id = o.photographer, .name = "Renata", .tongue = TONGUE_EN, .rights = reads});
    const PageAnswer *a = page_test_send_json(&p, "/mesa/ausencias",
                                              "{\"from_at\":\"2022-08-01\",\"to_at\":\"2022-08-03\",\"kind\":\"sick_leave\"}");
    g_assert_cmpint(a->status, ==, 201);
    assert_has(a, "\"to_at\":\"2022-08-04T00:00:00-05:00\"");
    assert_has(page_test_json(&p, "/mesa/ausencias"), "sick_leave");
    a = page_test_get(&p, "/mesa/ausencias");
    assert_page_sound(a);
    a = page_test_send_json(&p, "/mesa/ausencias", "{\"from_at\":\"2022-08-03\",\"to_at\":\"2022-08-05\"}");
    g_assert_cmpint(a->status, ==, 409);
    a = page_test_send_json(&p, "/mesa/ausencias", "{\"from_at\":\"2022-09-03\",\"to_at\":\"2022-09-02\"}");
    g_assert_cmpint(a->status, ==, 422);
    page_test_as(&p, &(Actor){.id = o.editor, .name = "Sofía", .tongue = TONGUE_EN, .rights = reads});
    a = page_test_json(&p, "/mesa/ausencias");
    assert_has_not(a, "sick_leave");
    assert_has(a, "\"kind\":\"away\"");
    a = page_test_send_json(&p, "/mesa/ausencias",
                            arena_printf(p.kept, "{\"person\":\"%s\",\"from_at\":\"2022-09-01\",\"to_at\":\"2022-09-02\"}",
                                         id_text(p.kept, o.photographer)));
    g_assert_cmpint(a->status, ==, 403);
    t->ctx.actor = &p.actor;
    i64 id = ((const Absence *)people_absences_in(&t->ctx, (Span){0, INT64_MAX}, 5).items)->id;
    a = page_test_send_json(&p, arena_printf(p.kept, "/mesa/ausencias/%s/quitar", id_text(p.kept, id)), "{}");
    g_assert_cmpint(a->status, ==, 403);
    page_test_as(&p, &(Actor){.id = o.photographer, .name = "Renata", .tongue = TONGUE_EN, .rights = 3});
    a = page_test_send_json(&p, arena_printf(p.kept, "/mesa/ausencias/%s/quitar", id_text(p.kept, id)), "{}");
    g_assert_cmpint(a->status, ==, 200);
    assert_has(page_test_json(&p, "/mesa/ausencias"), "\"total\":0");
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("notices", a_notice_says_what_was_and_what_is_now);
    STORE_TEST("notices", nobody_is_told_what_she_did_herself);
    STORE_TEST("notices", the_same_key_tells_a_person_once);
    STORE_TEST("notices", the_page_opens_the_record_and_only_a_click_marks_it);
    STORE_TEST("notices", why_somebody_is_away_is_told_to_few);
    return g_test_run();
}
