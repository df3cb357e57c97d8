/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_undo_test.c: what one moved, described, removed or marked goes back, but for what somebody else changed since. */
#include "desks/photos/photos_test_office.h"

#include <glib.h>

static const PhotoWords nothing = {.focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};

static PhotoWords caption(const char *caption)
{
    PhotoWords w = nothing;
    w.caption = caption;
    return w;
}

static i64 step_of(PhotoOffice *o)
{
    return office_count(o, "SELECT max(id) FROM photos_step");
}

static void moved_pictures_go_back_to_where_each_one_was(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2), c = photo_ready(&o, o.other_event, 3);
    PhotoUndone undone;
    PhotoWords w = nothing;
    office_script(&o, "UPDATE photos_photo SET coverage = %" PRId64 " WHERE id = %" PRId64, o.coverage, a);
    w.event = o.other_event;
    w.coverage = 0;
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(a, b, c), &w));
    g_assert_cmpint(photo_look(&o, a)->event, ==, o.other_event);
    g_assert_cmpint(photo_look(&o, a)->coverage, ==, 0);
    i64 step = step_of(&o);
    REFUSED(&o, &o.photographer, FAULT_NOT_FOUND, photos_undo(o.ctx, step, &undone)); /* it was not hers */
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_undo(o.ctx, step, &undone));
    DONE(&o, &o.editor, photos_undo(o.ctx, step, &undone));
    g_assert_cmpint(undone.photos, ==, 2); /* c was there already */
    g_assert_cmpint(undone.left, ==, 0);
    g_assert_cmpint(undone.event, ==, o.event);
    g_assert_cmpint(photo_look(&o, a)->event, ==, o.event);
    g_assert_cmpint(photo_look(&o, a)->coverage, ==, o.coverage);
    g_assert_cmpint(photo_look(&o, b)->coverage, ==, 0);
    g_assert_cmpint(photo_look(&o, c)->event, ==, o.other_event);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM journal_line WHERE verb = 'undone'"), ==, 2);
    REFUSED(&o, &o.editor, FAULT_NOT_FOUND, photos_undo(o.ctx, step, &undone)); /* once */
}

static void from_several_events_each_goes_back_to_its_own(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.other_event, 2), third = 0;
    PhotoUndone undone;
    PhotoWords w = nothing;
    const EventDraft d = {.title = "Clausura", .starts = {2022, 7, 15, 10, 0, 0}, .ends = {2022, 7, 15, 12, 0, 0}, .status = EVENT_CONFIRMED};
    DONE(&o, &actor_system, agenda_create(o.ctx, &d, &third));
    w.event = third;
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(a, b), &w));
    DONE(&o, &o.editor, photos_undo(o.ctx, step_of(&o), &undone));
    g_assert_cmpint(undone.photos, ==, 2);
    g_assert_cmpint(undone.event, ==, 0);
    g_assert_cmpint(photo_look(&o, a)->event, ==, o.event);
    g_assert_cmpint(photo_look(&o, b)->event, ==, o.other_event);
}

static void what_somebody_changed_since_is_left_and_named(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2), c = photo_ready(&o, o.event, 3);
    PhotoUndone undone;
    PhotoWords w = nothing;
    w.event = o.other_event;
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(a, b, c), &w));
    i64 step = step_of(&o);
    w.event = o.event;
    w.coverage = o.coverage;
    DONE(&o, &o.photographer, photos_describe(o.ctx, b, NONE, &w));
    PhotoWords words = caption("La feria");
    DONE(&o, &o.photographer, photos_describe(o.ctx, c, NONE, &words)); /* is no other place: nothing of it is lost */
    DONE(&o, &o.editor, photos_undo(o.ctx, step, &undone));
    g_assert_cmpint(undone.photos, ==, 2);
    g_assert_cmpint(undone.left, ==, 1);
    g_assert_cmpstr(undone.left_names, ==, "IMG_0002.JPG");
    g_assert_cmpint(photo_look(&o, b)->coverage, ==, o.coverage);
    g_assert_cmpstr(photo_look(&o, c)->caption, ==, "La feria");
}

static void one_that_was_removed_or_hidden_since_is_left(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.other_event, 2);
    PhotoUndone undone;
    PhotoWords w = caption("Otra");
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(a, b), &w));
    i64 step = step_of(&o);
    DONE(&o, &o.photographer, photos_remove(o.ctx, one(&a), "Salió movida"));
    office_script(&o, "UPDATE agenda_event SET visibility = 'private' WHERE id = %" PRId64, o.other_event);
    DONE(&o, &o.editor, photos_undo(o.ctx, step, &undone));
    g_assert_cmpint(undone.photos, ==, 0);
    g_assert_cmpint(undone.left, ==, 2);
    g_assert_cmpstr(undone.left_names, ==, "IMG_0001.JPG"); /* of what is hidden not even the name */
    g_assert_cmpstr(photo_look(&o, b)->caption, ==, "Otra");
}

static void words_of_a_selection_go_back_to_what_each_one_had(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2);
    PhotoUndone undone;
    PhotoWords w = caption("Corte del listón");
    w.place = "Parque";
    DONE(&o, &o.editor, photos_describe_all(o.ctx, MANY(a, b), &w));
    i64 step = step_of(&o);
    w = caption("Palabras de otra persona");
    DONE(&o, &o.photographer, photos_describe(o.ctx, b, NONE, &w));
    DONE(&o, &o.editor, photos_undo(o.ctx, step, &undone));
    g_assert_cmpstr(photo_look(&o, a)->caption, ==, "El parque nuevo, foto 1");
    g_assert_null(photo_look(&o, a)->place);
    g_assert_cmpstr(photo_look(&o, b)->caption, ==, "Palabras de otra persona");
    g_assert_cmpstr(photo_look(&o, b)->place, ==, "Parque");
    g_assert_cmpint(undone.left, ==, 1);
}

static void as_many_as_one_removes_come_back_at_once(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    static i64 ids[PHOTOS_AT_ONCE];
    PhotoUndone undone;
    for (int i = 0; i < PHOTOS_AT_ONCE; i++)
        ids[i] = photo_ready(&o, o.event, i);
    DONE(&o, &o.editor, photos_remove(o.ctx, (List){ids, PHOTOS_AT_ONCE}, "De prueba"));
    i64 step = step_of(&o);
    DONE(&o, &o.photographer, photos_bring_back(o.ctx, one(&ids[0])));
    DONE(&o, &o.photographer, photos_bring_back(o.ctx, one(&ids[1])));
    DONE(&o, &o.photographer, photos_remove(o.ctx, one(&ids[1]), "Otra vez"));
    DONE(&o, &o.editor, photos_undo(o.ctx, step, &undone));
    g_assert_cmpint(undone.left, ==, 1);
    g_assert_cmpstr(undone.left_names, ==, "IMG_0001.JPG");
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL"), ==, 1);
}

static void a_mark_that_somebody_else_set_since_stays(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), b = photo_ready(&o, o.event, 2);
    PhotoUndone undone;
    DONE(&o, &o.photographer, photos_mark(o.ctx, MANY(a, b), MARK_DROP));
    DONE(&o, &o.editor, photos_mark(o.ctx, one(&b), MARK_STAR));
    PhotoWords w = caption("Corte del listón");
    DONE(&o, &o.photographer, photos_describe_all(o.ctx, MANY(a, b), &w)); /* a step, but no mark */
    DONE(&o, &o.photographer, photos_mark_undo(o.ctx, o.event, &undone));
    g_assert_cmpint((i64)photo_look(&o, a)->mark, ==, MARK_NONE);
    g_assert_cmpint((i64)photo_look(&o, b)->mark, ==, MARK_STAR);
    g_assert_cmpint(undone.left, ==, 1);
}

static void a_step_is_taken_back_for_a_day_and_only_where_something_changed(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1);
    PhotoUndone undone;
    PhotoWords w = caption("El parque nuevo, foto 1");
    DONE(&o, &o.editor, photos_describe_all(o.ctx, one(&a), &w));
    w = nothing;
    w.minors = "never"; /* who looked cannot be put back */
    DONE(&o, &o.editor, photos_describe_all(o.ctx, one(&a), &w));
    w = caption("De una en una");
    DONE(&o, &o.editor, photos_describe(o.ctx, a, NONE, &w));
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_step"), ==, 0);
    w = caption("Hoy");
    DONE(&o, &o.editor, photos_describe_all(o.ctx, one(&a), &w));
    o.ctx->now += CLOCK_DAY;
    i64 step = step_of(&o);
    REFUSED(&o, &o.editor, FAULT_NOT_FOUND, photos_undo(o.ctx, step, &undone));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_undo", moved_pictures_go_back_to_where_each_one_was);
    STORE_TEST("photos_undo", from_several_events_each_goes_back_to_its_own);
    STORE_TEST("photos_undo", what_somebody_changed_since_is_left_and_named);
    STORE_TEST("photos_undo", one_that_was_removed_or_hidden_since_is_left);
    STORE_TEST("photos_undo", words_of_a_selection_go_back_to_what_each_one_had);
    STORE_TEST("photos_undo", as_many_as_one_removes_come_back_at_once);
    STORE_TEST("photos_undo", a_mark_that_somebody_else_set_since_stays);
    STORE_TEST("photos_undo", a_step_is_taken_back_for_a_day_and_only_where_something_changed);
    return g_test_run();
}
