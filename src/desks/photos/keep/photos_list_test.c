/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_list_test.c: pictures come in once, and each list has what its filter says, page by page. */
#include "desks/photos/photos_test_office.h"

#include <glib.h>

#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static PhotoDraft draft_of(const PhotoOffice *o)
{
    return (PhotoDraft){.sha256 = SHA, .filename = "IMG_0001.JPG", .size = 5000000, .event = o->event, .coverage = o->coverage};
}

/* ---- in ---- */

static void the_same_bytes_for_the_same_event_are_one_picture(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    PhotoDraft d = draft_of(&o), elsewhere = d;
    i64 first = 0, second = 0, third = 0;
    bool again = true;
    DONE(&o, &o.photographer, photos_add(o.ctx, &d, &first, &again));
    g_assert_false(again);
    DONE(&o, &o.photographer, photos_add(o.ctx, &d, &second, &again));
    g_assert_true(again);
    g_assert_cmpint(first, ==, second);
    elsewhere.event = o.other_event;
    elsewhere.coverage = 0;
    DONE(&o, &o.photographer, photos_add(o.ctx, &elsewhere, &third, &again));
    g_assert_false(again);
    g_assert_cmpint(first, !=, third);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM queue_job WHERE kind = 'photos_look'"), ==, 2);
    g_assert_cmpint((i64)photo_look(&o, first)->state, ==, PHOTO_PROCESSING);
}

static void what_cannot_be_a_picture_of_the_event_is_refused(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    PhotoDraft d = draft_of(&o);
    i64 id = 0;
    bool again;
    g_assert_nonnull(strstr(REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_add(o.ctx, &d, &id, &again)), "right"));
    d.size = 0;
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_add(o.ctx, &d, &id, &again)), ==, "file");
    d.size = PHOTOS_FILE_MAX + 1;
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_add(o.ctx, &d, &id, &again)), ==, "file");
    d = draft_of(&o);
    d.filename = "a\x01.jpg";
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_add(o.ctx, &d, &id, &again)), ==, "filename");
    d = draft_of(&o);
    d.event = o.other_event;
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_add(o.ctx, &d, &id, &again)), ==, "coverage");
    d.event = o.private_event;
    d.coverage = 0;
    g_assert_cmpstr(REFUSED(&o, &o.photographer, FAULT_INVALID, photos_add(o.ctx, &d, &id, &again)), ==, "event");
}

/* ---- lists ---- */

static i64 listed(PhotoOffice *o, const Actor *who, PhotoFilter f)
{
    List all = SEEN(o, who, photos_list(o->ctx, &f, 0, 0, 100));
    assert_no_fault(o->ctx);
    g_assert_cmpint(photos_count(o->ctx, &f), ==, (i64)all.count);
    o->ctx->actor = &actor_system;
    return (i64)all.count;
}

static void pages_follow_one_another_without_a_gap(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 ids[7];
    for (int i = 0; i < 7; i++)
        ids[i] = photo_ready(&o, o.event, i < 5 ? i : 4); /* three of one minute: their ids decide */
    i64 at = 0, id = 0;
    for (int page = 0, left = 7; left > 0; page++, left -= 2) {
        List two = SEEN(&o, &o.reader, photos_list(o.ctx, &(PhotoFilter){0}, at, id, 2));
        g_assert_cmpint((i64)two.count, ==, left > 1 ? 2 : 1);
        for (size_t i = 0; i < two.count; i++) {
            const Photo *p = (const Photo *)two.items + i;
            g_assert_cmpint(p->id, ==, ids[left - 1 - (int)i]);
            g_assert_cmpint((i64)p->renditions.count, ==, 3);
            at = p->taken_at;
            id = p->id;
        }
    }
}

static void each_filter_finds_its_own(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 first = photo_ready(&o, o.event, 1), other = photo_ready(&o, o.other_event, 2), third = photo_ready(&o, o.event, 90);
    office_script(&o, "UPDATE photos_photo SET coverage = %" PRId64 ", mark = 'star' WHERE id = %" PRId64, o.coverage, first);
    office_script(&o, "UPDATE photos_photo SET minors = 'pixelate', state = 'failed' WHERE id = %" PRId64, other);
    office_script(&o, "UPDATE photos_photo SET removed_at = %" PRId64 " WHERE id = %" PRId64, o.ctx->now, third);
    i64 taken = photo_look(&o, first)->taken_at;
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){0}), ==, 2);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.event = o.event}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.coverage = o.coverage}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.person = o.photographer_id}), ==, 2);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.person = o.editor_id}), ==, 0);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.mark = "star"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.mark = "none", .minors = "none"}), ==, 0);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.minors = "pixelate"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.state = "failed"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.removed = true}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.published = "no"}), ==, 2);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.published = "yes"}), ==, 0);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.span = {taken, taken + 1}}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.span = {taken + 1, 0}}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.figure = "photos_delivered", .span = {1, INT64_MAX}}), ==, 0);
    office_script(&o, "UPDATE photos_photo SET handed_at = 500 WHERE id = %" PRId64, first);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.figure = "photos_delivered", .span = {500, 501}}), ==, 1);
}

static bool index_it(Ctx *ctx, void *id)
{
    return photos_index(ctx, *(i64 *)id);
}

static void words_and_places_find_pictures_whatever_else_is_asked(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id[3] = {photo_ready(&o, o.event, 1), photo_ready(&o, o.other_event, 2), photo_ready(&o, o.event, 3)};
    office_script(&o, "UPDATE photos_photo SET people = 'Ana Pérez', place = 'Plaza de Armas' WHERE id = %" PRId64, id[0]);
    for (int i = 0; i < 3; i++)
        test_write(o.ctx, index_it, &id[i]);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.words = "parque"}), ==, 3);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.words = "perez"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.words = "feria"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.words = "parque", .event = o.event}), ==, 2);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.place = "armas"}), ==, 1);
    g_assert_cmpint(listed(&o, &o.reader, (PhotoFilter){.place = "parque"}), ==, 0);
    List page = SEEN(&o, &o.reader, photos_list(o.ctx, &(PhotoFilter){.words = "parque"}, 0, 0, 2));
    g_assert_cmpint((i64)page.count, ==, 2);
    const Photo *last = (const Photo *)page.items + 1;
    g_assert_cmpint(last->id, ==, id[1]);
    page = photos_list(o.ctx, &(PhotoFilter){.words = "parque"}, last->taken_at, last->id, 2);
    g_assert_cmpint((i64)page.count, ==, 1);
    g_assert_cmpint(((const Photo *)page.items)->id, ==, id[0]);
}

/* ---- private events ---- */

static void pictures_of_private_events_are_not_there_for_others(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 secret = photo_ready(&o, o.private_event, 1);
    test_write(o.ctx, index_it, &secret);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM search_desk WHERE subject = 'photos_photo'"), ==, 0);
    g_assert_cmpint(listed(&o, &o.editor, (PhotoFilter){0}), ==, 0);
    g_assert_cmpint(listed(&o, &o.editor, (PhotoFilter){.event = o.private_event}), ==, 0);
    g_assert_cmpint(listed(&o, &o.director, (PhotoFilter){0}), ==, 1);
    g_assert_null(SEEN(&o, &o.editor, photos_find(o.ctx, secret)));
    assert_fault(o.ctx, FAULT_NOT_FOUND);
    g_assert_null(photos_desk_copy(o.ctx, secret, "640.jpg"));
    assert_fault(o.ctx, FAULT_NOT_FOUND);
    g_assert_cmpint((i64)photos_of(o.ctx, o.private_event, 0, 0, 0, 10).count, ==, 0);
    g_assert_nonnull(SEEN(&o, &o.director, photos_find(o.ctx, secret)));
    g_assert_nonnull(photos_desk_copy(o.ctx, secret, "640.jpg"));
    g_assert_cmpint((i64)photos_of(o.ctx, o.private_event, 0, 0, 0, 10).count, ==, 1);
}

static void an_event_s_pictures_come_by_time(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 late = photo_ready(&o, o.event, 9), early = photo_ready(&o, o.event, 1);
    List all = SEEN(&o, &o.photographer, photos_of(o.ctx, o.event, 0, 0, 0, 10));
    g_assert_cmpint((i64)all.count, ==, 2);
    const Photo *p = all.items;
    g_assert_cmpint(p[0].id, ==, early);
    g_assert_cmpint(p[1].id, ==, late);
    all = photos_of(o.ctx, o.event, 0, p[0].taken_at, p[0].id, 10);
    g_assert_cmpint((i64)all.count, ==, 1);
    g_assert_cmpint((i64)photos_of(o.ctx, o.event, o.coverage, 0, 0, 10).count, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_list", the_same_bytes_for_the_same_event_are_one_picture);
    STORE_TEST("photos_list", what_cannot_be_a_picture_of_the_event_is_refused);
    STORE_TEST("photos_list", pages_follow_one_another_without_a_gap);
    STORE_TEST("photos_list", each_filter_finds_its_own);
    STORE_TEST("photos_list", words_and_places_find_pictures_whatever_else_is_asked);
    STORE_TEST("photos_list", pictures_of_private_events_are_not_there_for_others);
    STORE_TEST("photos_list", an_event_s_pictures_come_by_time);
    return g_test_run();
}
