/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_test.c: when a consent counts, what goes with it when it ends, and who learns a name. */
#include "desks/photos/consent/photos_consent.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_office.h"
#include "store/search.h"
#include "photos_consent_queries.h"
#include "photos_gallery_queries.h"
#include "photos_queries.h"

#define SECRET "Ximena Zubizarreta"

static ConsentDraft signed_draft(void)
{
    return (ConsentDraft){.who = {SECRET, "Norma Iturbide", "444 123 4567"}, .use = CONSENT_WEB, .heard = true, .signed_on = "2022-07-10"};
}

static i64 add(PhotoOffice *o, ConsentDraft d)
{
    i64 id = 0;
    DONE(o, &o->editor, photos_consent_add(o->ctx, &d, &id));
    return id;
}

static const Consent *look(PhotoOffice *o, i64 id)
{
    const Consent *c = SEEN(o, &o->editor, photos_consent(o->ctx, id));
    assert_no_fault(o->ctx);
    o->ctx->actor = &actor_system;
    return c;
}

/* With minors, covered by it, and public in a gallery. */
static i64 public_photo(PhotoOffice *o, i64 consent, int n)
{
    i64 id = photo_ready(o, o->event, n);
    photo_copied(o, id, "0123456789ab");
    office_script(o, "UPDATE photos_photo SET minors = 'consent' WHERE id = %" PRId64, id);
    DONE(o, &o->editor, photos_consent_cover(o->ctx, consent, one(&id), true));
    return id;
}

static i64 publish(PhotoOffice *o, List photos)
{
    i64 id = 0;
    GalleryDraft d = {.title = "El parque nuevo", .event = o->event, .photos = photos};
    DONE(o, &o->editor, photos_gallery_add(o->ctx, &d, &id));
    DONE(o, &o->editor, photos_gallery_publish(o->ctx, id, NONE));
    return id;
}

static i64 public_count(PhotoOffice *o, i64 photo)
{
    return office_count(o, arena_printf(o->ctx->arena, "SELECT count(*) FROM photos_public WHERE photo = %" PRId64, photo));
}

static i64 gone_count(PhotoOffice *o, i64 photo)
{
    return office_count(o, arena_printf(o->ctx->arena, "SELECT count(*) FROM photos_gone WHERE photo = %" PRId64, photo));
}

static i64 lines(PhotoOffice *o, const char *subject, i64 id, const char *verb)
{
    return office_count(o, arena_printf(o->ctx->arena, "SELECT count(*) FROM journal_line WHERE subject = '%s' AND subject_id = %" PRId64 " AND verb = '%s'",
                                        subject, id, verb));
}

/* ---- what it takes ---- */

static void it_counts_only_signed_and_with_the_childs_own_yes(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    g_assert_true(look(&o, add(&o, d))->stands);
    d.heard = false;
    const Consent *c = look(&o, add(&o, d));
    g_assert_false(c->stands);
    g_assert_nonnull(strstr(SEEN(&o, &o.editor, photos_consent_trouble(o.ctx, c)), "guardian"));
}

static void what_is_missing_is_said_at_its_field(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    i64 id;
    d.who.name = " ";
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_add(o.ctx, &d, &id)), ==, "name");
    d = signed_draft();
    d.who.guardian = NULL;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_add(o.ctx, &d, &id)), ==, "guardian");
    d = signed_draft();
    d.signed_on = NULL;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_add(o.ctx, &d, &id)), ==, "signed_on");
    d.signed_on = "2022-07-15";
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_add(o.ctx, &d, &id)), ==, "signed_on");
    d = signed_draft();
    d.expires_at = o.ctx->now - CLOCK_DAY;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_add(o.ctx, &d, &id)), ==, "expires_at");
    d = signed_draft();
    d.sha256 = "ab";
    d.type = "image/gif";
    REFUSED(&o, &o.editor, FAULT_UNSUPPORTED, photos_consent_add(o.ctx, &d, &id));
    d.type = "application/pdf";
    d.size = CONSENT_SCAN_MAX + 1;
    REFUSED(&o, &o.editor, FAULT_TOO_LARGE, photos_consent_add(o.ctx, &d, &id));
}

static void only_who_may_see_consents_does_anything_with_them(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    i64 id = add(&o, d), photo = photo_ready(&o, o.event, 1), made;
    const Actor *who = &o.photographer;
    REFUSED(&o, who, FAULT_FORBIDDEN, photos_consent_add(o.ctx, &d, &made));
    REFUSED(&o, who, FAULT_FORBIDDEN, photos_consent_change(o.ctx, id, NONE, &d));
    REFUSED(&o, who, FAULT_FORBIDDEN, photos_consent_cover(o.ctx, id, one(&photo), true));
    REFUSED(&o, who, FAULT_FORBIDDEN, photos_consent_revoke(o.ctx, id, "Lo pidió", &made));
    REFUSED(&o, who, FAULT_FORBIDDEN, photos_consent_read(o.ctx, id) != NULL);
    g_assert_cmpuint(SEEN(&o, who, photos_consents(o.ctx, true, 0, 10)).count, ==, 0);
    assert_fault(o.ctx, FAULT_FORBIDDEN);
}

static void the_paper_is_called_by_its_number(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    d.sha256 = "abcd";
    d.filename = SECRET ".pdf";
    d.type = "application/pdf";
    d.size = 1000;
    const Consent *c = look(&o, add(&o, d));
    g_assert_nonnull(strstr(c->filename, "consentimiento-"));
    g_assert_null(strstr(c->filename, "Ximena"));
    g_assert_null(photos_scan_name(o.ctx->arena, c->id, "image/gif"));
}

static void what_was_changed_meanwhile_is_not_overwritten(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    i64 id = add(&o, d), seen;
    ConsentDraft change = {.use = CONSENT_ALL, .heard = true, .signed_on = "2022-07-11", .expires_at = o.ctx->now + 90 * CLOCK_DAY};
    DONE(&o, &o.editor, photos_consent_change(o.ctx, id, 1, &change));
    REFUSED(&o, &o.editor, FAULT_STALE, photos_consent_change(o.ctx, id, 1, &change));
    const Consent *c = look(&o, id);
    g_assert_cmpint(c->use, ==, CONSENT_ALL);
    g_assert_cmpint(c->version, ==, 2);
    office_begin(&o, &o.editor);
    g_assert_cmpstr(photos_consent_read(o.ctx, id)->name, ==, SECRET); /* what was not said stays */
    office_done(&o, true);
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, id, "Lo pidió su madre", &seen));
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_consent_change(o.ctx, id, NONE, &change));
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_consent_revoke(o.ctx, id, "Otra vez", &seen));
}

/* ---- its end ---- */

static void a_revoked_consent_takes_its_pictures_along_at_once(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), other = photo_ready(&o, o.event, 3), seen = 0;
    i64 first = public_photo(&o, consent, 1), second = public_photo(&o, consent, 2);
    photo_copied(&o, other, "0123456789ab");
    i64 gallery = publish(&o, MANY(first, other, second));
    REFUSED(&o, &o.editor, FAULT_INVALID, photos_consent_revoke(o.ctx, consent, " ", &seen));
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    g_assert_cmpint(seen, ==, 2);
    g_assert_cmpint(public_count(&o, first) + public_count(&o, second), ==, 0);
    g_assert_cmpint(gone_count(&o, first) + gone_count(&o, second), ==, 2);
    g_assert_cmpint(public_count(&o, other), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT position FROM photos_gallery_public_photo"), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT photos FROM photos_gallery_public"), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT cover FROM photos_gallery_public"), ==, other);
    g_assert_cmpint(photos_gallery_row(o.ctx, gallery)->photos, ==, 1);
    g_assert_cmpint(lines(&o, "photos_consent", consent, "revoked"), ==, 1);
    g_assert_cmpint(lines(&o, "photos_photo", first, "unpublished"), ==, 1);
    g_assert_cmpint(lines(&o, "photos_photo", second, "unpublished"), ==, 1);
}

static void a_gallery_that_lost_all_its_pictures_says_so(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), seen = 0;
    i64 gallery = publish(&o, MANY(public_photo(&o, consent, 1), public_photo(&o, consent, 2)));
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    const Gallery *g = photos_gallery_row(o.ctx, gallery);
    g_assert_cmpint(g->state, ==, GALLERY_UNPUBLISHED);
    g_assert_nonnull(g->reason);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_gallery_public WHERE withdrawn_at IS NOT NULL AND reason IS NOT NULL"), ==, 1);
}

static void one_of_several_consents_is_enough_to_take_a_picture_in(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 one_child = add(&o, signed_draft()), other_child = add(&o, signed_draft()), seen = 0;
    i64 photo = public_photo(&o, one_child, 1);
    DONE(&o, &o.editor, photos_consent_cover(o.ctx, other_child, one(&photo), true));
    publish(&o, one(&photo));
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, other_child, "Cambió de opinión", &seen));
    g_assert_cmpint(seen, ==, 1);
    g_assert_cmpint(public_count(&o, photo), ==, 0);
}

static void what_is_pixelated_does_not_stand_on_a_consent(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), photo = public_photo(&o, consent, 1), seen = 9;
    publish(&o, one(&photo));
    office_script(&o, "UPDATE photos_photo SET minors = 'pixelate' WHERE id = %" PRId64, photo);
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    g_assert_cmpint(seen, ==, 0);
    g_assert_cmpint(public_count(&o, photo), ==, 1);
}

/* Citizens still see the copy from before somebody said that it is to be pixelated. */
static void what_is_still_to_be_pixelated_stands_on_it(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), photo = public_photo(&o, consent, 1), seen = 0;
    publish(&o, one(&photo));
    office_script(&o, "UPDATE photos_photo SET minors = 'pixelate', recipe = NULL WHERE id = %" PRId64, photo);
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    g_assert_cmpint(seen, ==, 1);
    g_assert_cmpint(public_count(&o, photo), ==, 0);
}

static void without_its_last_consent_a_picture_goes(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), photo = public_photo(&o, consent, 1);
    publish(&o, one(&photo));
    DONE(&o, &o.editor, photos_consent_cover(o.ctx, consent, one(&photo), false));
    g_assert_cmpint(public_count(&o, photo), ==, 0);
    g_assert_cmpint(gone_count(&o, photo), ==, 1);
}

/* What the search says of a gallery is written once, not with each of its pictures. */
static void two_hundred_pictures_of_one_gallery_go_within_a_second(StoreTest *t, const void *unused)
{
    enum { PICTURES = 200 };
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), *ids = arena_array(o.ctx->arena, i64, PICTURES + 1), seen = 0;
    for (int i = 0; i <= PICTURES; i++) {
        ids[i] = photo_ready(&o, o.event, i + 1);
        photo_copied(&o, ids[i], "0123456789ab");
    }
    office_script(&o, "UPDATE photos_photo SET minors = 'consent' WHERE id <> %" PRId64, ids[PICTURES]);
    DONE(&o, &o.editor, photos_consent_cover(o.ctx, consent, (List){ids, PICTURES}, true));
    i64 gallery = publish(&o, (List){ids, PICTURES + 1});
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_public"), ==, PICTURES + 1);
    clock_t begun = clock();
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    g_test_message("%.3f s", seconds);
    g_assert_cmpfloat(seconds, <, 1.0);
    g_assert_cmpint(seen, ==, PICTURES);
    g_assert_cmpint(public_count(&o, ids[PICTURES]), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_public"), ==, 1);
    const Gallery *g = photos_gallery_row(o.ctx, gallery);
    g_assert_cmpint(g->photos, ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT photos FROM photos_gallery_public"), ==, 1);
}

static void a_child_that_says_no_afterwards_is_heard(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft()), photo = public_photo(&o, consent, 1);
    publish(&o, one(&photo));
    ConsentDraft d = signed_draft();
    d.heard = false;
    DONE(&o, &o.editor, photos_consent_change(o.ctx, consent, NONE, &d));
    g_assert_cmpint(public_count(&o, photo), ==, 0);
}

/* ---- by time ---- */

static bool do_due(Ctx *ctx, void *data)
{
    const Job *job = queue_lease(ctx, CLOCK_MINUTE);
    *(bool *)data = job != NULL;
    if (!job)
        return !faulted(ctx);
    for (const JobHandler *h = photos_consent_jobs; h->kind; h++)
        if (text_same(h->kind, job->kind) && !h->apply(ctx, job, NULL))
            return false;
    return queue_done(ctx, job);
}

static void work_at(PhotoOffice *o, i64 now)
{
    bool more = true;
    o->ctx->actor = &actor_system;
    o->ctx->now = now;
    while (more)
        test_write(o->ctx, do_due, &more);
}

static i64 notices(PhotoOffice *o, i64 person)
{
    return office_count(o, arena_printf(o->ctx->arena, "SELECT count(*) FROM people_notice WHERE person = %" PRId64 " AND subject = 'photos_consent'",
                                        person));
}

static void who_may_is_told_thirty_days_before_and_at_its_minute_it_ends(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    i64 end = d.expires_at = o.ctx->now + 40 * CLOCK_DAY;
    i64 consent = add(&o, d), photo = public_photo(&o, consent, 1);
    publish(&o, one(&photo));
    work_at(&o, end - CONSENT_WARNING - CLOCK_HOUR);
    g_assert_cmpint(notices(&o, o.director_id), ==, 0);
    work_at(&o, end - CONSENT_WARNING);
    g_assert_cmpint(notices(&o, o.director_id), ==, 1);
    g_assert_cmpint(notices(&o, o.photographer_id), ==, 0);
    g_assert_cmpint(queue_next_due(o.ctx), ==, end);
    work_at(&o, end - 1);
    g_assert_cmpint(public_count(&o, photo), ==, 1);
    work_at(&o, end);
    g_assert_cmpint(public_count(&o, photo), ==, 0);
    g_assert_cmpint(gone_count(&o, photo), ==, 1);
    g_assert_cmpint(lines(&o, "photos_consent", consent, "expired"), ==, 1);
    g_assert_cmpint(notices(&o, o.director_id), ==, 1);
    g_assert_cmpint(queue_next_due(o.ctx), ==, NONE);
}

static void an_earlier_end_has_its_own_job(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft late = signed_draft(), early = signed_draft();
    late.expires_at = o.ctx->now + 20 * CLOCK_DAY;
    early.expires_at = o.ctx->now + 10 * CLOCK_DAY;
    i64 photo = public_photo(&o, add(&o, late), 1), end = early.expires_at;
    i64 first = public_photo(&o, add(&o, early), 2);
    publish(&o, MANY(photo, first));
    work_at(&o, end);
    g_assert_cmpint(public_count(&o, first), ==, 0);
    g_assert_cmpint(public_count(&o, photo), ==, 1);
    work_at(&o, late.expires_at);
    g_assert_cmpint(public_count(&o, photo), ==, 0);
}

/* ---- names ---- */

static void reading_a_name_leaves_a_line_with_who_read_it(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 consent = add(&o, signed_draft());
    g_assert_cmpint(lines(&o, "photos_consent", consent, "name_read"), ==, 0);
    office_begin(&o, &o.director);
    const ConsentName *who = photos_consent_read(o.ctx, consent);
    g_assert_cmpstr(who->name, ==, SECRET);
    g_assert_cmpstr(who->guardian, ==, "Norma Iturbide");
    office_done(&o, true);
    g_assert_cmpint(lines(&o, "photos_consent", consent, "name_read"), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT actor FROM journal_line WHERE verb = 'name_read'"), ==, o.director_id);
}

static void speak_of_names(const Query *const *queries, size_t n, int *found)
{
    for (size_t i = 0; i < n; i++) {
        bool speaks = strstr(queries[i]->sql, "photos_consent_name") || (queries[i]->sql_postgres && strstr(queries[i]->sql_postgres, "photos_consent_name"));
        if (!speaks)
            continue;
        ++*found;
        if (!queries[i]->writes)
            g_assert_cmpstr(queries[i]->name, ==, "photos_consent_name_of");
    }
}

static void no_other_statement_reads_names(StoreTest *t, const void *unused)
{
    int found = 0;
    speak_of_names(photos_queries, COUNT(photos_queries), &found);
    speak_of_names(photos_gallery_queries, COUNT(photos_gallery_queries), &found);
    g_assert_cmpint(found, ==, 0);
    speak_of_names(photos_consent_queries, COUNT(photos_consent_queries), &found);
    g_assert_cmpint(found, ==, 3);
}

static void no_name_is_in_the_journal_the_search_or_a_notice(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    ConsentDraft d = signed_draft();
    i64 seen, end = d.expires_at = o.ctx->now + 20 * CLOCK_DAY;
    i64 consent = add(&o, d), photo = public_photo(&o, consent, 1);
    publish(&o, one(&photo));
    work_at(&o, end - 10 * CLOCK_DAY);
    DONE(&o, &o.editor, photos_consent_change(o.ctx, consent, NONE, &d));
    DONE(&o, &o.editor, photos_consent_read(o.ctx, consent) != NULL);
    DONE(&o, &o.editor, photos_consent_revoke(o.ctx, consent, "Lo pidió su madre", &seen));
    const char *const places[] = {"SELECT count(*) FROM journal_line WHERE detail LIKE '%Ximena%' OR detail LIKE '%Norma%'",
                                  "SELECT count(*) FROM people_notice WHERE title LIKE '%Ximena%' OR detail LIKE '%Ximena%'",
                                  "SELECT count(*) FROM queue_job WHERE payload LIKE '%Ximena%'"};
    for (size_t i = 0; i < COUNT(places); i++)
        g_assert_cmpint(office_count(&o, places[i]), ==, 0);
    g_assert_cmpuint(search_find(o.ctx, SEARCH_DESK, "Ximena", 10).count, ==, 0);
    g_assert_cmpuint(search_find(o.ctx, SEARCH_PUBLIC, "Ximena", 10).count, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_consent", it_counts_only_signed_and_with_the_childs_own_yes);
    STORE_TEST("photos_consent", what_is_missing_is_said_at_its_field);
    STORE_TEST("photos_consent", only_who_may_see_consents_does_anything_with_them);
    STORE_TEST("photos_consent", the_paper_is_called_by_its_number);
    STORE_TEST("photos_consent", what_was_changed_meanwhile_is_not_overwritten);
    STORE_TEST("photos_consent", a_revoked_consent_takes_its_pictures_along_at_once);
    STORE_TEST("photos_consent", a_gallery_that_lost_all_its_pictures_says_so);
    STORE_TEST("photos_consent", one_of_several_consents_is_enough_to_take_a_picture_in);
    STORE_TEST("photos_consent", what_is_pixelated_does_not_stand_on_a_consent);
    STORE_TEST("photos_consent", what_is_still_to_be_pixelated_stands_on_it);
    STORE_TEST("photos_consent", without_its_last_consent_a_picture_goes);
    STORE_TEST("photos_consent", two_hundred_pictures_of_one_gallery_go_within_a_second);
    STORE_TEST("photos_consent", a_child_that_says_no_afterwards_is_heard);
    STORE_TEST("photos_consent", who_may_is_told_thirty_days_before_and_at_its_minute_it_ends);
    STORE_TEST("photos_consent", an_earlier_end_has_its_own_job);
    STORE_TEST("photos_consent", reading_a_name_leaves_a_line_with_who_read_it);
    STORE_TEST("photos_consent", no_other_statement_reads_names);
    STORE_TEST("photos_consent", no_name_is_in_the_journal_the_search_or_a_notice);
    return g_test_run();
}
