/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_undo_pages_test.c: the notice of a step with photos has the way back, also of as many as one step can take. */
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_desk.h"

static const Route *const routes[] = {photos_routes, photos_sort_routes, NULL};

/* The address behind the notice, which comes percent-encoded in its cookie. */
static const char *way_back(Desk *d, const PageAnswer *a)
{
    const char *cookie = page_test_header(a, "Set-Cookie");
    const char *behind = cookie ? strchr(cookie, '&') : NULL;
    g_assert_nonnull(behind);
    g_assert_cmpuint(strlen(cookie), <, 2048);
    g_autofree char *plain = g_uri_unescape_segment(behind + 1, behind + 1 + strcspn(behind + 1, ".;"), NULL);
    return arena_text(d->page.kept, plain);
}

static const PageAnswer *done(Desk *d, const char *target, const char *body)
{
    return page_test_post_as(&d->page, &d->room.photographer, target, body, 303);
}

/* The notice, as its cookie spells it. */
static void assert_said(const PageAnswer *a, const char *words)
{
    g_autofree char *encoded = g_uri_escape_string(words, NULL, FALSE);
    if (!strstr(page_test_header(a, "Set-Cookie"), encoded))
        g_error("\"%s\" does not say \"%s\"", page_test_header(a, "Set-Cookie"), words);
}

static const char *fields(Desk *d, i64 one, i64 other, const char *more)
{
    return arena_printf(d->page.kept, "photos=%s,%s&event=%s&%s", number(d, one), number(d, other), number(d, d->room.event), more);
}

static void a_move_is_taken_back_from_its_notice(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    i64 a = photo_ready(&d.room, d.room.event, 1), b = photo_ready(&d.room, d.room.event, 2), other = d.room.other_event;
    const char *there = arena_printf(d.page.kept, "target=%s", number(&d, other));
    const PageAnswer *moved = done(&d, "/mesa/fotos/mover", fields(&d, a, b, there));
    assert_said(moved, "2 photos were moved.");
    const char *from = arena_text(d.page.kept, page_test_header(moved, "Location")), *undo = way_back(&d, moved);
    office_script(&d.room, "UPDATE photos_photo SET coverage = NULL, event = %" PRId64 " WHERE id = %" PRId64, d.room.private_event, b);
    const PageAnswer *back = done(&d, undo, "");
    g_assert_cmpstr(page_test_header(back, "Location"), ==, from);
    assert_said(back, "1 photo is back where it was. 1 photo stays as it is, because somebody changed it meanwhile.");
    g_assert_cmpint(photo_look(&d.room, a)->event, ==, d.room.event);
    assert_page_sound(page_test_post_as(&d.page, &d.room.photographer, undo, "", 404));
    page_test_close(&d.page);
}

static void one_that_its_own_page_moves_goes_back_too(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    const char *page = arena_printf(d.page.kept, "/mesa/fotos/%s", number(&d, id));
    const PageAnswer *saved = done(&d, page, "caption=Otra");
    g_assert_null(strchr(page_test_header(saved, "Set-Cookie"), '&')); /* words of one photo are not a step */
    saved = done(&d, page, arena_printf(d.page.kept, "caption=Otra&target=%s", number(&d, d.room.other_event)));
    assert_said(saved, "Saved; the photo was moved.");
    const PageAnswer *back = done(&d, way_back(&d, saved), "");
    g_assert_cmpstr(page_test_header(back, "Location"), ==, page);
    g_assert_cmpint(photo_look(&d.room, id)->event, ==, d.room.event);
    page_test_close(&d.page);
}

static void words_are_taken_back_and_what_others_wrote_is_named(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    i64 a = photo_ready(&d.room, d.room.event, 1), b = photo_ready(&d.room, d.room.event, 2);
    const char *undo = way_back(&d, done(&d, "/mesa/fotos/palabras", fields(&d, a, b, "caption=Listo")));
    office_script(&d.room, "UPDATE photos_photo SET caption = 'De otra' WHERE id = %" PRId64, b);
    const PageAnswer *back = page_test_send_as(&d.page, &d.room.photographer, undo, "{}", 200);
    assert_has(back, "\"verb\":\"described\",\"photos\":1,\"left\":1,\"left_names\":[\"IMG_0002.JPG\"]");
    g_assert_cmpstr(photo_look(&d.room, a)->caption, ==, "El parque nuevo, foto 1");
    g_assert_cmpstr(photo_look(&d.room, b)->caption, ==, "De otra");
    page_test_close(&d.page);
}

static void as_many_as_one_step_takes_come_back_by_a_short_address(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    GString *all = g_string_new("reason=De+prueba&photos=");
    for (int i = 0; i < PHOTOS_AT_ONCE; i++)
        g_string_append_printf(all, "%s%s", i ? "," : "", number(&d, photo_ready(&d.room, d.room.event, i)));
    const PageAnswer *removed = done(&d, "/mesa/fotos/quitar", all->str);
    g_string_free(all, TRUE);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL"), ==, PHOTOS_AT_ONCE);
    const PageAnswer *back = done(&d, way_back(&d, removed), "");
    assert_said(back, "500 photos are at the desk again.");
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL"), ==, 0);
    const char *sort = arena_printf(d.page.kept, "/mesa/fotos/elegir?evento=%s", number(&d, d.room.event));
    const char *one_page = "A selection is of this page, which has 500 photos";
    assert_has_not(page_test_get_as(&d.page, &d.room.photographer, sort, 200), one_page);
    photo_ready(&d.room, d.room.event, PHOTOS_AT_ONCE);
    assert_has(page_test_get_as(&d.page, &d.room.photographer, sort, 200), one_page);
    page_test_close(&d.page);
}

static void a_mark_that_somebody_else_changed_is_named(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    i64 a = photo_ready(&d.room, d.room.event, 1), b = photo_ready(&d.room, d.room.event, 2);
    const char *undo = way_back(&d, done(&d, "/mesa/fotos/marcar", fields(&d, a, b, "mark=drop")));
    office_script(&d.room, "UPDATE photos_photo SET mark = 'star' WHERE id = %" PRId64, b);
    assert_said(done(&d, undo, ""), "1 photo stays as it is, because somebody changed it meanwhile: IMG_0002.JPG.");
    g_assert_cmpint(photo_look(&d.room, a)->mark, ==, MARK_NONE);
    g_assert_cmpint(photo_look(&d.room, b)->mark, ==, MARK_STAR);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_undo_pages", a_move_is_taken_back_from_its_notice);
    STORE_TEST("photos_undo_pages", one_that_its_own_page_moves_goes_back_too);
    STORE_TEST("photos_undo_pages", words_are_taken_back_and_what_others_wrote_is_named);
    STORE_TEST("photos_undo_pages", as_many_as_one_step_takes_come_back_by_a_short_address);
    STORE_TEST("photos_undo_pages", a_mark_that_somebody_else_changed_is_named);
    return g_test_run();
}
