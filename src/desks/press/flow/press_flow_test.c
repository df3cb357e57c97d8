/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_flow_test.c: a release's way to the public and after: who may take which step, and what each refuses. */
#include "desks/press/flow/press_test_office.h"

/* ---- the way ---- */
static void from_draft_to_the_public(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Arranca el bacheo en Pavón", "Obra pública\nServicios");
    const Release *r = look(&n, id);
    g_assert_cmpstr(r->slug, ==, "arranca-el-bacheo-en-pavon");
    g_assert_null(r->folio);
    g_assert_null(r->url);
    g_assert_nonnull(strstr(r->body_html, "<strong>arranca</strong>"));
    done(&n, &n.writer, STEP(step_send, .id = id));
    assert_state(&n, id, RELEASE_IN_REVIEW);
    done(&n, &n.editor, STEP(step_approve, .id = id, .text = r->hash));
    assert_state(&n, id, RELEASE_APPROVED);
    done(&n, &n.editor, STEP(step_publish, .id = id));
    r = look(&n, id);
    g_assert_cmpint(r->state, ==, RELEASE_PUBLISHED);
    g_assert_cmpstr(r->folio, ==, "CS/0001/2022");
    g_assert_true(text_ends(r->url, "/comunicados/arranca-el-bacheo-en-pavon"));
    g_assert_cmpint(r->published_at, >, 0);
    const Seal *seal = seal_by_code(&t->ctx, r->code);
    g_assert_true(seal && seal_check(&t->ctx, seal));
    g_assert_nonnull(strstr(seal->canonical, "\"folio\":\"CS/0001/2022\""));
    g_assert_nonnull(strstr(seal->canonical, "\"dateline_day\":\"2022-07-14\""));
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_tally WHERE topic = 'obra-publica' AND month = '2022-07' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_tally WHERE topic = '' AND month = '2022-07' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition_topic WHERE 0 = $1"), ==, 1); /* "Servicios" is just a word */
}

static void nothing_leaps_over_a_step(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    Schedule tomorrow = {.publish_at = t->ctx.now + CLOCK_DAY};
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_approve, .id = id), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_return, .id = id, .text = "No"), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = tomorrow), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_unschedule, .id = id), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_correct, .id = id, .text = "No"), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_withdraw, .id = id, .text = "No"), FAULT_CONFLICT);
    done(&n, &n.writer, STEP(step_send, .id = id));
    refused(&n, &n.writer, STEP(step_send, .id = id), FAULT_CONFLICT);
    refused(&n, &n.writer, STEP(step_discard, .id = id), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
    done(&n, &n.editor, STEP(step_approve, .id = id));
    refused(&n, &n.second, STEP(step_approve, .id = id), FAULT_CONFLICT);
    done(&n, &n.editor, STEP(step_publish, .id = id));
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
    refused(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Otro", NULL)), FAULT_CONFLICT);
    refused(&n, &n.writer, STEP_AT(step_restore, 1, .id = id), FAULT_CONFLICT);
    done(&n, &n.editor, STEP(step_withdraw, .id = id, .text = "Los datos eran de otra obra."));
    refused(&n, &n.editor, STEP(step_withdraw, .id = id, .text = "Otra vez"), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_correct, .id = id, .text = "Tarde"), FAULT_CONFLICT);
}

static void rights_are_asked_first(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Actor reader = {.id = 77, .name = "Lector", .rights = people_rights_of(&t->ctx, ROLE_READER)};
    i64 id = draft_of(&n, "Uno", NULL);
    refused(&n, &reader, STEP(step_create, .draft = words("Dos", NULL)), FAULT_FORBIDDEN);
    refused(&n, &reader, STEP(step_change, .id = id, .draft = words("Dos", NULL)), FAULT_FORBIDDEN);
    refused(&n, &reader, STEP(step_send, .id = id), FAULT_FORBIDDEN);
    refused(&n, &reader, STEP(step_comment, .id = id, .text = "Hola"), FAULT_FORBIDDEN);
    done(&n, &n.writer, STEP(step_send, .id = id));
    refused(&n, &n.writer, STEP(step_approve, .id = id), FAULT_FORBIDDEN);
    refused(&n, &n.writer, STEP(step_return, .id = id, .text = "No"), FAULT_FORBIDDEN);
    refused(&n, &n.writer, STEP(step_publish, .id = id), FAULT_FORBIDDEN);
    refused(&n, &n.writer, STEP(step_withdraw, .id = id, .text = "No"), FAULT_FORBIDDEN);
    refused(&n, &n.writer, STEP(step_override, .id = id, .text = "No"), FAULT_FORBIDDEN);
    t->ctx.actor = &actor_nobody;
    g_assert_null(press_find(&t->ctx, id));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
    t->ctx.actor = &actor_system;
}

static void who_wrote_it_does_not_approve_it(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = done(&n, &n.editor, STEP(step_create, .draft = words("Uno", NULL)));
    done(&n, &n.editor, STEP(step_send, .id = id));
    refused(&n, &n.editor, STEP(step_approve, .id = id), FAULT_FORBIDDEN);
    done(&n, &n.second, STEP(step_approve, .id = id));
    i64 other = done(&n, &n.editor, STEP(step_create, .draft = words("Dos", NULL)));
    done(&n, &n.editor, STEP(step_send, .id = other));
    t->city.four_eyes = false;
    done(&n, &n.editor, STEP(step_approve, .id = other));
    assert_state(&n, other, RELEASE_APPROVED);
}

static void who_changed_it_last_does_not_approve_it(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    done(&n, &n.writer, STEP(step_send, .id = id));
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Uno y medio", NULL)));
    refused(&n, &n.editor, STEP(step_approve, .id = id), FAULT_FORBIDDEN);
    done(&n, &n.second, STEP(step_approve, .id = id));
    assert_state(&n, id, RELEASE_APPROVED);
}

static void an_approval_is_bound_to_what_was_read(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    const char *seen = look(&n, id)->hash;
    done(&n, &n.writer, STEP(step_send, .id = id));
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Uno y medio", NULL)));
    assert_state(&n, id, RELEASE_IN_REVIEW);
    refused(&n, &n.editor, STEP(step_approve, .id = id, .text = seen), FAULT_STALE);
    done(&n, &n.editor, STEP(step_approve, .id = id, .text = look(&n, id)->hash));
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Uno y medio", NULL))); /* the same words: nothing changes */
    assert_state(&n, id, RELEASE_APPROVED);
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Dos", NULL)));
    assert_state(&n, id, RELEASE_DRAFT);
    g_assert_null(look(&n, id)->approved_hash);
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
}

/* Whatever wrote it into the database: what was not approved does not go out. */
static void what_was_altered_beneath_does_not_go_out(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = approved_of(&n, "Uno", NULL);
    test_script(&t->ctx, "UPDATE press_release SET body = 'Otra cosa'");
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = {.publish_at = t->ctx.now + CLOCK_DAY}), FAULT_CONFLICT);
}

static void every_part_of_it_is_bound(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    ReleaseText english = {"en", "Potholes", NULL, "They begin.", NULL};
    ReleaseDraft same = words("Uno", "Salud"), other[9];
    for (size_t i = 0; i < COUNT(other); i++)
        other[i] = same;
    other[0].lead = "Otro sumario";
    other[1].body = "Otro texto";
    other[2].topics = "Salud\nAgua";
    other[3].dateline_place = "Villa de Pozos";
    other[4].dateline_day = "2022-07-15";
    other[5].contact_name = "Otra persona";
    other[6].contact_phone = "444 000 00 00";
    other[7].texts = (List){&english, 1};
    other[8].tongue = "en";
    for (size_t i = 0; i < COUNT(other); i++) {
        i64 id = done(&n, &n.writer, STEP(step_create, .draft = same));
        done(&n, &n.writer, STEP(step_send, .id = id));
        done(&n, &n.editor, STEP(step_approve, .id = id));
        done(&n, &n.writer, STEP(step_change, .id = id, .draft = other[i]));
        assert_state(&n, id, RELEASE_DRAFT);
    }
}

static void of_two_editors_one_wins(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL), seen = look(&n, id)->version;
    done(&n, &n.writer, STEP_AT(step_change, seen, .id = id, .draft = words("Dos", NULL)));
    refused(&n, &n.editor, STEP_AT(step_change, seen, .id = id, .draft = words("Tres", NULL)), FAULT_STALE);
    refused(&n, &n.editor, STEP_AT(step_send, seen, .id = id), FAULT_STALE);
    g_assert_cmpstr(look(&n, id)->title, ==, "Dos");
}

static void it_is_returned_with_a_reason(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    done(&n, &n.writer, STEP(step_send, .id = id));
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_return, .id = id, .text = "  "), FAULT_INVALID), ==, "reason");
    done(&n, &n.editor, STEP(step_return, .id = id, .text = "Falta la cifra"));
    g_assert_cmpstr(look(&n, id)->reason, ==, "Falta la cifra");
    assert_state(&n, id, RELEASE_DRAFT);
    t->ctx.actor = &n.writer;
    const Notice *told = people_notices(&t->ctx, true, 0, 5).items;
    g_assert_cmpstr(told->kind, ==, "returned");
    t->ctx.actor = &n.editor;
    told = people_notices(&t->ctx, true, 0, 5).items;
    g_assert_cmpstr(told->kind, ==, "to_approve");
    t->ctx.actor = &actor_system;
}

static void what_is_empty_is_not_sent(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = done(&n, &n.writer, STEP(step_create, .draft = {.title = "Sólo un título"}));
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_send, .id = id), FAULT_INVALID), ==, "body");
}

/* ---- sensitive topics ---- */
static void a_sensitive_topic_needs_two_and_one_who_signs(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Detenidos", "Justicia");
    done(&n, &n.writer, STEP(step_send, .id = id));
    done(&n, &n.editor, STEP(step_approve, .id = id));
    assert_state(&n, id, RELEASE_IN_REVIEW);
    refused(&n, &n.editor, STEP(step_approve, .id = id), FAULT_CONFLICT);
    done(&n, &n.second, STEP(step_approve, .id = id));
    assert_state(&n, id, RELEASE_IN_REVIEW); /* neither of them signs for the office */
    done(&n, &n.director, STEP(step_approve, .id = id));
    assert_state(&n, id, RELEASE_APPROVED);
    g_assert_cmpint(look(&n, id)->approvals.count, ==, 3);
    done(&n, &n.editor, STEP(step_publish, .id = id));
}

static void an_acting_head_signs_too(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    char *sql = g_strdup_printf("INSERT INTO people_acting (id, post, person, from_at, to_at) SELECT 5, id, %" PRId64 ", 0, %" PRId64
                                " FROM people_post WHERE holder = %" PRId64, n.second_id, t->ctx.now + CLOCK_DAY, n.director_id);
    test_script(&t->ctx, sql);
    g_free(sql);
    i64 id = draft_of(&n, "Detenidos", "Justicia");
    done(&n, &n.writer, STEP(step_send, .id = id));
    done(&n, &n.editor, STEP(step_approve, .id = id));
    done(&n, &n.second, STEP(step_approve, .id = id));
    assert_state(&n, id, RELEASE_APPROVED);
    const ReleaseApproval *a = look(&n, id)->approvals.items;
    g_assert_null(a[0].signed_as);
    g_assert_nonnull(strstr(a[1].signed_as, "Dirección General"));
}

static void what_becomes_sensitive_needs_the_second_yes(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = approved_of(&n, "Bacheo", "Obra pública");
    test_script(&t->ctx, "UPDATE press_topic SET sensitive = 1 WHERE slug = 'obra-publica'");
    refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_CONFLICT);
    done(&n, &n.director, STEP(step_approve, .id = id));
    done(&n, &n.editor, STEP(step_publish, .id = id));
}

/* ---- corrections and withdrawal ---- */
static void a_correction_is_a_new_edition_and_the_old_one_stays(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = published_of(&n, "Doce millones", "Obra pública");
    const char *first = look(&n, id)->code;
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_correct, .id = id), FAULT_INVALID), ==, "note");
    refused(&n, &n.writer, STEP(step_correct, .id = id, .text = "Era otra cifra"), FAULT_FORBIDDEN);
    done(&n, &n.editor, STEP(step_correct, .id = id, .text = "Eran trece", .draft = {.title = "Trece millones", .topics = "Salud"}));
    const Release *r = look(&n, id);
    g_assert_cmpint(r->state, ==, RELEASE_CORRECTED);
    g_assert_cmpint(r->edition, ==, 2);
    g_assert_cmpstr(r->folio, ==, "CS/0001/2022");
    g_assert_cmpstr(r->slug, ==, "doce-millones");
    g_assert_cmpstr(r->lead, ==, "Se invierten 12 millones.");
    g_assert_cmpstr(((const Correction *)r->corrections.items)->note, ==, "Eran trece");
    g_assert_cmpstr(r->code, !=, first);
    g_assert_nonnull(strstr(seal_by_code(&t->ctx, r->code)->canonical, "\"correction\":\"Eran trece\""));
    g_assert_true(seal_check(&t->ctx, seal_by_code(&t->ctx, first)));
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition WHERE title = 'Doce millones' AND current = 0 AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_tally WHERE topic = 'obra-publica' AND 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_tally WHERE topic = 'salud' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_tally WHERE topic = '' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_topic WHERE slug = 'obra-publica' AND 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT releases FROM press_topic WHERE slug = 'salud' AND 0 = $1"), ==, 1);
    done(&n, &n.editor, STEP(step_correct, .id = id, .text = "Aclaración: sin cambios en el texto"));
    g_assert_cmpint(look(&n, id)->edition, ==, 3);
}

static void what_is_withdrawn_is_out_of_lists_and_its_seals_do_not_stand(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = published_of(&n, "Doce millones", "Obra pública");
    done(&n, &n.editor, STEP(step_correct, .id = id, .text = "Eran trece", .draft = {.title = "Trece millones"}));
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_withdraw, .id = id), FAULT_INVALID), ==, "reason");
    done(&n, &n.editor, STEP(step_withdraw, .id = id, .text = "La obra se canceló."));
    const Release *r = look(&n, id);
    g_assert_cmpint(r->state, ==, RELEASE_WITHDRAWN);
    g_assert_cmpstr(r->reason, ==, "La obra se canceló.");
    g_assert_cmpint(seal_of(&t->ctx, "release", id, 1)->withdrawn_at, >, 0);
    g_assert_cmpint(seal_of(&t->ctx, "release", id, 2)->withdrawn_at, >, 0);
    g_assert_cmpint(count_of(&n, "SELECT sum(releases) FROM press_tally WHERE 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT sum(releases) FROM press_topic WHERE 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition_topic WHERE 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM search_public WHERE 0 = $1"), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM search_desk WHERE subject = 'press_release' AND 0 = $1"), ==, 1);
}

static void without_a_key_nothing_goes_out(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = approved_of(&n, "Uno", NULL);
    refused(&n, &n.editor, STEP(step_publish_unsigned, .id = id), FAULT_BROKEN);
    assert_state(&n, id, RELEASE_APPROVED);
}

/* ---- comments ---- */
static void comments_are_open_until_somebody_saw_to_them(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    i64 comment = done(&n, &n.editor, STEP(step_comment, .id = id, .text = "¿De dónde sale la cifra?"));
    refused(&n, &n.editor, STEP(step_comment, .id = id, .text = " "), FAULT_INVALID);
    g_assert_cmpint(look(&n, id)->open_comments, ==, 1);
    done(&n, &n.writer, STEP_AT(step_resolve, 1, .id = comment));
    g_assert_cmpint(look(&n, id)->open_comments, ==, 0);
    const ReleaseComment *c = press_comments(&t->ctx, id).items;
    g_assert_cmpstr(c->person_name, ==, "Sofía");
    g_assert_cmpstr(c->resolved_name, ==, "Iris");
    done(&n, &n.writer, STEP_AT(step_resolve, 0, .id = comment));
    g_assert_cmpint(look(&n, id)->open_comments, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press", from_draft_to_the_public);
    STORE_TEST("press", nothing_leaps_over_a_step);
    STORE_TEST("press", rights_are_asked_first);
    STORE_TEST("press", who_wrote_it_does_not_approve_it);
    STORE_TEST("press", who_changed_it_last_does_not_approve_it);
    STORE_TEST("press", an_approval_is_bound_to_what_was_read);
    STORE_TEST("press", what_was_altered_beneath_does_not_go_out);
    STORE_TEST("press", every_part_of_it_is_bound);
    STORE_TEST("press", of_two_editors_one_wins);
    STORE_TEST("press", it_is_returned_with_a_reason);
    STORE_TEST("press", what_is_empty_is_not_sent);
    STORE_TEST("press", a_sensitive_topic_needs_two_and_one_who_signs);
    STORE_TEST("press", an_acting_head_signs_too);
    STORE_TEST("press", what_becomes_sensitive_needs_the_second_yes);
    STORE_TEST("press", a_correction_is_a_new_edition_and_the_old_one_stays);
    STORE_TEST("press", what_is_withdrawn_is_out_of_lists_and_its_seals_do_not_stand);
    STORE_TEST("press", without_a_key_nothing_goes_out);
    STORE_TEST("press", comments_are_open_until_somebody_saw_to_them);
    return g_test_run();
}
