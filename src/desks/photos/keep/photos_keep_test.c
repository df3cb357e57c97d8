/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_keep_test.c: what the desk does with pictures: words, marks, boxes, minors, removal, handing in. */
#include "desks/photos/photos_test_office.h"

#include <glib.h>

static const PhotoWords nothing = {.focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};

static PhotoWords words_of(const char *caption, const char *alt, const char *minors)
{
    PhotoWords w = nothing;
    w.caption = caption;
    w.alt = alt;
    w.minors = minors;
    return w;
}

/* Never without a fault; joined, to look for words in it. */
static const char *obstacles_of(PhotoOffice *o, i64 id)
{
    List all = photos_obstacles(o->ctx, photo_look(o, id));
    const char *said = "";
    for (size_t i = 0; i < all.count; i++)
        said = arena_printf(o->ctx->arena, "%s%s\n", said, ((const char *const *)all.items)[i]);
    assert_no_fault(o->ctx);
    return said;
}

static void assert_has(const char *text, const char *words)
{
    if (!strstr(text, words))
        g_error("\"%s\" does not say \"%s\"", text, words);
}

/* ---- words ---- */

static void words_are_tidied_and_what_is_left_out_stays(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    PhotoWords w = words_of("  Corte del listón  ", NULL, NULL);
    w.people = " Ana \n\n  Luis   Mata ";
    w.headline = "";
    DONE(&o, &o.photographer, photos_describe(o.ctx, id, 1, &w));
    const Photo *p = photo_look(&o, id);
    g_assert_cmpstr(p->caption, ==, "Corte del listón");
    g_assert_cmpstr(p->people, ==, "Ana\nLuis Mata");
    g_assert_cmpstr(p->credit, ==, "Renata Paz");
    g_assert_cmpint(p->version, ==, 2);
    i64 lines = office_count(&o, "SELECT count(*) FROM journal_line WHERE verb = 'described'");
    DONE(&o, &o.photographer, photos_describe(o.ctx, id, 2, &w));
    g_assert_cmpint(photo_look(&o, id)->version, ==, 2);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM journal_line WHERE verb = 'described'"), ==, lines);
}

static void words_that_cannot_be_shown_or_are_too_long_are_refused(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    char long_alt[PHOTOS_ALT_MAX + 2];
    memset(long_alt, 'a', sizeof long_alt - 1);
    long_alt[sizeof long_alt - 1] = 0;
    PhotoWords w = words_of(NULL, long_alt, NULL);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "alt");
    w = words_of("Un niño y su perro", "un  NIÑO y su perro", NULL);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "alt");
    w = words_of("a\x02z", NULL, NULL);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "caption");
    w = words_of(NULL, NULL, "maybe");
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "minors");
    w = nothing;
    w.focal_x = 10001;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "focal_x");
    w = nothing;
    w.taken_at = o.ctx->now + 40 * CLOCK_DAY;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "taken_at");
}

static void the_second_editor_loses_politely(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    PhotoWords w = words_of("Uno", NULL, NULL);
    DONE(&o, &o.photographer, photos_describe(o.ctx, id, 1, &w));
    w.caption = "Dos";
    REFUSED(&o, &o.editor, FAULT_STALE, photos_describe(o.ctx, id, 1, &w));
    g_assert_cmpstr(photo_look(&o, id)->caption, ==, "Uno");
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_describe(o.ctx, id, NONE, &w));
}

static void a_selection_is_described_whole_or_not_at_all(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 one_id = photo_ready(&o, o.event, 1), other = photo_ready(&o, o.event, 2), removed = photo_ready(&o, o.event, 3);
    PhotoWords w = words_of(NULL, NULL, NULL);
    w.credit = "Iván Mar";
    office_script(&o, "UPDATE photos_photo SET removed_at = 5 WHERE id = %" PRId64, removed);
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_describe_all(o.ctx, MANY(one_id, other, removed), &w));
    g_assert_cmpstr(photo_look(&o, one_id)->credit, ==, "Renata Paz");
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(one_id, other), &w));
    g_assert_cmpstr(photo_look(&o, other)->credit, ==, "Iván Mar");
    REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe_all(o.ctx, (List){0}, &w));
}

static void a_picture_moves_to_another_event_and_loses_its_coverage(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    PhotoWords w = nothing;
    w.coverage = o.coverage;
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    g_assert_cmpint(photo_look(&o, id)->coverage, ==, o.coverage);
    w = nothing;
    w.event = o.other_event;
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    g_assert_cmpint(photo_look(&o, id)->event, ==, o.other_event);
    g_assert_cmpint(photo_look(&o, id)->coverage, ==, 0);
    w.event = o.private_event;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_describe(o.ctx, id, NONE, &w)), ==, "event");
}

/* ---- marks ---- */

static void a_mark_is_taken_back_step_by_step(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2);
    PhotoUndone undone;
    DONE(&o, &o.photographer, photos_mark(o.ctx, MANY(a, b), MARK_KEEP));
    DONE(&o, &o.photographer, photos_mark(o.ctx, one(&a), MARK_STAR));
    g_assert_cmpint((i64)photo_look(&o, a)->mark, ==, MARK_STAR);
    DONE(&o, &o.photographer, photos_mark_undo(o.ctx, o.event, &undone));
    g_assert_cmpint(undone.photos, ==, 1);
    g_assert_cmpint((i64)photo_look(&o, a)->mark, ==, MARK_KEEP);
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_mark_undo(o.ctx, o.event, &undone)); /* it was not hers */
    DONE(&o, &o.photographer, photos_mark_undo(o.ctx, o.event, &undone));
    g_assert_cmpint(undone.photos, ==, 2);
    g_assert_cmpint((i64)photo_look(&o, b)->mark, ==, MARK_NONE);
    REFUSED(&o, &o.photographer, FAULT_CONFLICT, photos_mark_undo(o.ctx, o.event, &undone));
}

static void one_choice_is_of_one_event(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.other_event, 2), c = photo_ready(&o, o.private_event, 3);
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_mark(o.ctx, MANY(a, b), MARK_KEEP)), ==, "photos");
    g_assert_cmpint((i64)photo_look(&o, a)->mark, ==, MARK_NONE);
    REFUSED(&o, &o.photographer, FAULT_NOT_FOUND, photos_mark(o.ctx, one(&c), MARK_KEEP));
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_mark(o.ctx, one(&a), MARK_KEEP));
}

static void the_proposal_keeps_the_best_and_leaves_what_a_person_chose(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2), c = photo_ready(&o, o.event, 3), alone = photo_ready(&o, o.event, 9);
    i64 photos = 0;
    PhotoUndone undone;
    office_script(&o, "UPDATE photos_photo SET burst = %" PRId64 " WHERE id <> %" PRId64, a, alone);
    office_script(&o, "UPDATE photos_photo SET best = 1 WHERE id = %" PRId64, b);
    DONE(&o, &o.photographer, photos_mark(o.ctx, one(&c), MARK_STAR));
    DONE(&o, &o.photographer, photos_mark_proposed(o.ctx, o.event, 0, &photos));
    g_assert_cmpint(photos, ==, 2);
    g_assert_cmpint((i64)photo_look(&o, a)->mark, ==, MARK_DROP);
    g_assert_cmpint((i64)photo_look(&o, b)->mark, ==, MARK_KEEP);
    g_assert_cmpint((i64)photo_look(&o, c)->mark, ==, MARK_STAR);
    g_assert_cmpint((i64)photo_look(&o, alone)->mark, ==, MARK_NONE);
    DONE(&o, &o.photographer, photos_mark_undo(o.ctx, o.event, &undone));
    g_assert_cmpint((i64)photo_look(&o, b)->mark, ==, MARK_NONE);
    g_assert_cmpint((i64)photo_look(&o, c)->mark, ==, MARK_STAR);
}

/* ---- minors, boxes ---- */

static void nothing_is_published_while_nobody_has_looked_for_minors(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1), box = 0;
    g_assert_cmpstr(obstacles_of(&o, id), ==, "");
    PhotoWords w = words_of(NULL, NULL, "unreviewed");
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    o.ctx->actor = &o.editor;
    assert_has(obstacles_of(&o, id), "Nobody has looked");
    w.minors = "never";
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    o.ctx->actor = &o.editor;
    assert_has(obstacles_of(&o, id), "not to be published");
    w.minors = "consent";
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    o.ctx->actor = &o.editor;
    assert_has(obstacles_of(&o, id), "no consent is kept");
    w.minors = "pixelate";
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    o.ctx->actor = &o.editor;
    assert_has(obstacles_of(&o, id), "no box is confirmed");
    const PhotoBox face = {.x = 100, .y = 100, .width = 500, .height = 700};
    DONE(&o, &o.editor, photos_box_add(o.ctx, id, &face, &box));
    g_assert_cmpstr(obstacles_of(&o, id), ==, "");
    const Photo *p = SEEN(&o, &o.editor, photos_find(o.ctx, id));
    g_assert_cmpstr(p->minors_name, ==, "Sofía");
    g_assert_cmpint(p->minors_at, >, 0);
    g_assert_false(p->gone);
}

static i64 consent_of(PhotoOffice *o, i64 photo, i64 expires_at)
{
    i64 id = id_new(o->ctx->now);
    office_script(o, "INSERT INTO photos_consent (id, use, heard, signed_on, expires_at, at) VALUES (%" PRId64 ", 'web', 1, '2022-07-14', %" PRId64
                     ", 1)", id, expires_at);
    office_script(o, "INSERT INTO photos_consent_photo (consent, photo) VALUES (%" PRId64 ", %" PRId64 ")", id, photo);
    return id;
}

static void every_consent_of_a_picture_must_stand(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    office_script(&o, "UPDATE photos_photo SET minors = 'consent' WHERE id = %" PRId64, id);
    consent_of(&o, id, o.ctx->now + CLOCK_DAY);
    g_assert_cmpstr(obstacles_of(&o, id), ==, "");
    i64 second = consent_of(&o, id, o.ctx->now + CLOCK_HOUR);
    o.ctx->now += 2 * CLOCK_HOUR;
    o.ctx->actor = &o.editor;
    assert_has(obstacles_of(&o, id), "does not hold");
    office_script(&o, "UPDATE photos_consent SET expires_at = NULL, revoked_at = 7 WHERE id = %" PRId64, second);
    assert_has(obstacles_of(&o, id), "does not hold");
}

static void every_other_obstacle_says_what_would_be_right(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1), secret = photo_ready(&o, o.private_event, 2);
    office_script(&o, "UPDATE photos_photo SET alt = NULL, credit = '', state = 'failed', error = 'a.jpg: cut off', removed_at = NULL");
    o.ctx->actor = &o.editor;
    const char *said = obstacles_of(&o, id);
    assert_has(said, "alternative text is missing");
    assert_has(said, "credit is missing");
    assert_has(said, "a.jpg: cut off");
    assert_has(obstacles_of(&o, secret), "event is private");
    office_script(&o, "UPDATE photos_photo SET alt = 'El parque nuevo', caption = 'el PARQUE nuevo', state = 'processing'");
    said = obstacles_of(&o, id);
    assert_has(said, "repeats the caption");
    assert_has(said, "still being looked at");
    office_script(&o, "UPDATE photos_photo SET removed_at = 5");
    assert_has(obstacles_of(&o, id), "bring it back");
}

static void boxes_lie_inside_the_picture_and_a_person_decides(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1), box = id_new(o.ctx->now), made = 0;
    const PhotoBox outside = {.x = 9000, .y = 10, .width = 2000, .height = 10}, empty = {.x = 1, .y = 1, .width = 0, .height = 5};
    office_script(&o, "INSERT INTO photos_box (id, photo, state, x, y, width, height, at) VALUES (%" PRId64 ", %" PRId64
                      ", 'proposed', 1, 2, 3, 4, 5)", box, id);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_box_add(o.ctx, id, &outside, &made)), ==, "x");
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_box_add(o.ctx, id, &empty, &made)), ==, "width");
    DONE(&o, &o.editor, photos_box_decide(o.ctx, box, BOX_REJECTED));
    g_assert_cmpint((i64)photos_boxes(o.ctx, id).count, ==, 0);
    DONE(&o, &o.editor, photos_box_change(o.ctx, box, &(PhotoBox){.x = 10, .y = 20, .width = 30, .height = 40}));
    const PhotoBox *b = photos_boxes(o.ctx, id).items;
    g_assert_cmpint((i64)b->state, ==, BOX_CONFIRMED);
    g_assert_cmpint(b->width, ==, 30);
    g_assert_cmpstr(b->person_name, ==, "Sofía");
    DONE(&o, &o.editor, photos_box_remove(o.ctx, box));
    g_assert_cmpint((i64)photos_boxes(o.ctx, id).count, ==, 0);
    REFUSED(&o, &o.editor, FAULT_NOT_FOUND, photos_box_remove(o.ctx, box));
}

static void a_name_beside_a_minors_flag_is_pointed_at(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    office_script(&o, "UPDATE photos_photo SET caption = 'Camila Torres, de 8 años, en el parque', people = 'Camila' WHERE id = %" PRId64, id);
    o.ctx->actor = &o.editor;
    g_assert_cmpint((i64)photos_warnings(o.ctx, photo_look(&o, id)).count, ==, 0);
    office_script(&o, "UPDATE photos_photo SET minors = 'consent' WHERE id = %" PRId64, id);
    List said = photos_warnings(o.ctx, photo_look(&o, id));
    g_assert_cmpint((i64)said.count, ==, 3);
    assert_has(((const char *const *)said.items)[0], "“Camila Torres” reads like a name");
}

/* ---- removal ---- */

static void what_is_removed_is_out_of_lists_and_can_come_back_for_thirty_days(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_remove(o.ctx, one(&id), " ")), ==, "reason");
    DONE(&o, &o.editor, photos_remove(o.ctx, one(&id), "Está repetida"));
    g_assert_cmpint((i64)SEEN(&o, &o.editor, photos_list(o.ctx, &(PhotoFilter){0}, 0, 0, 9)).count, ==, 0);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM search_desk WHERE subject = 'photos_photo'"), ==, 0);
    DONE(&o, &o.editor, photos_bring_back(o.ctx, one(&id)));
    g_assert_cmpint((i64)SEEN(&o, &o.editor, photos_list(o.ctx, &(PhotoFilter){0}, 0, 0, 9)).count, ==, 1);
    DONE(&o, &o.editor, photos_remove(o.ctx, one(&id), "Está repetida"));
    o.ctx->now += 31 * CLOCK_DAY;
    REFUSED(&o, &o.editor, FAULT_GONE, photos_bring_back(o.ctx, one(&id)));
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_gone"), ==, 0); /* it never was anywhere */
}

/* ---- what citizens see ---- */

static i64 published(PhotoOffice *o, i64 id)
{
    i64 gallery = 0;
    photo_copied(o, id, "0123456789ab");
    DONE(o, &o->editor, photos_gallery_add(o->ctx, &(GalleryDraft){.title = "El parque", .event = o->event, .photos = one(&id)}, &gallery));
    office_script(o, "UPDATE photos_gallery SET state = 'published', published_at = 5, changed = 0 WHERE id = %" PRId64, gallery);
    office_script(o, "INSERT INTO photos_public (photo, recipe, name, alt, credit, event, taken_at, width, height, focal_x, focal_y, published_at, "
                     "changed_at) VALUES (%" PRId64 ", '0123456789ab', 'n', 'a', 'c', %" PRId64 ", 1, 4000, 3000, 5000, 5000, 5, 5)", id, o->event);
    office_script(o, "INSERT INTO photos_gallery_public (gallery, slug, title, event, cover, photos, published_at, changed_at) VALUES (%" PRId64
                     ", 'el-parque', 'El parque', %" PRId64 ", %" PRId64 ", 1, 5, 5)", gallery, o->event, id);
    office_script(o, "INSERT INTO photos_gallery_public_photo (gallery, position, photo) VALUES (%" PRId64 ", 1, %" PRId64 ")", gallery, id);
    g_assert_true(photo_look(o, id)->published);
    return gallery;
}

static void other_words_wait_for_the_next_publication(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id = photo_ready(&o, o.event, 1);
    published(&o, id);
    PhotoWords w = words_of("Otro pie", NULL, NULL);
    DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
    g_assert_true(photo_look(&o, id)->published);
    g_assert_null(photo_look(&o, id)->recipe);
    g_assert_cmpint(office_count(&o, "SELECT changed FROM photos_gallery"), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_public WHERE caption IS NULL"), ==, 1);
}

static void minors_and_removal_take_a_picture_off_the_page_at_once(StoreTest *t, const void *unused)
{
    static const char *const strict[] = {"unreviewed", "never", "consent", "pixelate"};
    PhotoOffice o = photo_office(t);
    for (size_t i = 0; i < COUNT(strict); i++) {
        i64 id = photo_ready(&o, o.event, (int)i + 1);
        i64 gallery = published(&o, id);
        PhotoWords w = words_of(NULL, NULL, strict[i]);
        i64 made_at = o.ctx->now;
        DONE(&o, &o.editor, photos_describe(o.ctx, id, NONE, &w));
        g_assert_false(photo_look(&o, id)->published);
        g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_public"), ==, 0);
        g_assert_cmpint(photo_look(&o, id)->gone, ==, !text_same(strict[i], "pixelate"));
        g_assert_false(photos_may_show(o.ctx, id, made_at));
        office_script(&o, "DELETE FROM photos_gallery_public WHERE gallery = %" PRId64, gallery);
    }
    i64 id = photo_ready(&o, o.event, 8);
    published(&o, id);
    DONE(&o, &o.editor, photos_remove(o.ctx, one(&id), "La familia lo pidió"));
    g_assert_true(photo_look(&o, id)->gone && photos_is_gone(o.ctx, id));
}

/* ---- handing in ---- */

static void a_coverage_is_delivered_with_what_was_kept_and_again_with_more(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photos = 0, a, b, c;
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_hand_in(o.ctx, o.coverage, NULL, &photos)), ==, "coverage");
    a = photo_ready(&o, o.event, 1);
    b = photo_ready(&o, o.event, 2);
    c = photo_ready(&o, o.event, 3);
    office_script(&o, "UPDATE photos_photo SET coverage = %" PRId64, o.coverage);
    DONE(&o, &o.photographer, photos_mark(o.ctx, MANY(a, b), MARK_KEEP));
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_hand_in(o.ctx, o.coverage, NULL, &photos));
    DONE(&o, &o.photographer, photos_hand_in(o.ctx, o.coverage, "Las del listón", &photos));
    g_assert_cmpint(photos, ==, 2);
    const Coverage *delivered = agenda_coverage(o.ctx, o.coverage);
    g_assert_cmpint((i64)delivered->state, ==, COVERAGE_DELIVERED);
    g_assert_cmpint(delivered->quantity_delivered, ==, 2);
    g_assert_cmpint((i64)delivered->evidence.count, ==, 1);
    assert_has(((const Evidence *)delivered->evidence.items)->url, "/mesa/fotos?cobertura=");
    g_assert_cmpint(photo_look(&o, c)->handed_at, ==, 0);
    DONE(&o, &o.photographer, photos_mark(o.ctx, one(&c), MARK_STAR));
    DONE(&o, &o.photographer, photos_mark(o.ctx, one(&a), MARK_DROP));
    i64 first_at = photo_look(&o, b)->handed_at;
    DONE(&o, &o.photographer, photos_hand_in(o.ctx, o.coverage, NULL, &photos));
    g_assert_cmpint(photos, ==, 2);
    g_assert_cmpint(photo_look(&o, b)->handed_at, ==, first_at);
    g_assert_cmpint(photo_look(&o, a)->handed_at, ==, 0);
    delivered = agenda_coverage(o.ctx, o.coverage);
    g_assert_cmpint((i64)delivered->state, ==, COVERAGE_DELIVERED);
    g_assert_cmpint((i64)delivered->evidence.count, ==, 1);
    PhotoFilter handed = {.coverage = o.coverage, .figure = "photos_delivered"};
    g_assert_cmpint(SEEN(&o, &o.editor, photos_count(o.ctx, &handed)), ==, 2);
    g_assert_cmpint((i64)photos_list(o.ctx, &handed, 0, 0, 9).count, ==, 2);
}

static void nothing_is_handed_in_while_pictures_are_being_looked_at(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photos = 0;
    photo_ready(&o, o.event, 1);
    i64 waiting = photo_ready(&o, o.event, 2);
    office_script(&o, "UPDATE photos_photo SET coverage = %" PRId64, o.coverage);
    office_script(&o, "UPDATE photos_photo SET state = 'processing' WHERE id = %" PRId64, waiting);
    assert_has(REFUSED(&o, &o.photographer, FAULT_CONFLICT, photos_hand_in(o.ctx, o.coverage, NULL, &photos)), "1 picture is still");
    office_script(&o, "UPDATE photos_photo SET state = 'failed' WHERE id = %" PRId64, waiting);
    DONE(&o, &o.photographer, photos_hand_in(o.ctx, o.coverage, NULL, &photos));
    g_assert_cmpint(photos, ==, 1); /* nobody chose: all that are ready */
    DONE(&o, &o.photographer, photos_retry(o.ctx, waiting));
    REFUSED(&o, &o.photographer, FAULT_CONFLICT, photos_retry(o.ctx, waiting));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_keep", words_are_tidied_and_what_is_left_out_stays);
    STORE_TEST("photos_keep", words_that_cannot_be_shown_or_are_too_long_are_refused);
    STORE_TEST("photos_keep", the_second_editor_loses_politely);
    STORE_TEST("photos_keep", a_selection_is_described_whole_or_not_at_all);
    STORE_TEST("photos_keep", a_picture_moves_to_another_event_and_loses_its_coverage);
    STORE_TEST("photos_keep", a_mark_is_taken_back_step_by_step);
    STORE_TEST("photos_keep", one_choice_is_of_one_event);
    STORE_TEST("photos_keep", the_proposal_keeps_the_best_and_leaves_what_a_person_chose);
    STORE_TEST("photos_keep", nothing_is_published_while_nobody_has_looked_for_minors);
    STORE_TEST("photos_keep", every_consent_of_a_picture_must_stand);
    STORE_TEST("photos_keep", every_other_obstacle_says_what_would_be_right);
    STORE_TEST("photos_keep", boxes_lie_inside_the_picture_and_a_person_decides);
    STORE_TEST("photos_keep", a_name_beside_a_minors_flag_is_pointed_at);
    STORE_TEST("photos_keep", what_is_removed_is_out_of_lists_and_can_come_back_for_thirty_days);
    STORE_TEST("photos_keep", other_words_wait_for_the_next_publication);
    STORE_TEST("photos_keep", minors_and_removal_take_a_picture_off_the_page_at_once);
    STORE_TEST("photos_keep", a_coverage_is_delivered_with_what_was_kept_and_again_with_more);
    STORE_TEST("photos_keep", nothing_is_handed_in_while_pictures_are_being_looked_at);
    return g_test_run();
}
