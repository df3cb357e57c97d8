/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_targets_test.c: photos are moved to another event, one or many, and the grid shows those of one. */
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_desk.h"

static const Route *const routes[] = {photos_routes, photos_sort_routes, NULL};

static const char *at(Desk *d, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "/mesa/fotos/%s%s", number(d, id), after);
}

static void photos_move_to_another_event_and_coverage(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    desk_open(&d, t, routes);
    for (int i = 0; i < 4; i++)
        ids[i] = photo_ready(&d.room, d.room.event, i + 1);
    const Actor *who = &d.room.photographer;
    i64 other = d.room.other_event, coverage = d.room.coverage;
    const PageAnswer *a = page_test_get_as(&d.page, who, at(&d, ids[0], ""), 200);
    assert_page_sound(a);
    assert_has(a, arena_printf(d.page.kept, "<option value=\"%s\" data-event=\"%s\" selected>", number(&d, d.room.event), number(&d, d.room.event)));
    page_test_post_as(&d.page, who, at(&d, ids[0], ""), arena_printf(d.page.kept, "target=%s", number(&d, other)), 303);
    g_assert_cmpint(photo_look(&d.room, ids[0])->event, ==, other);
    page_test_post_as(&d.page, who, at(&d, ids[0], ""), arena_printf(d.page.kept, "target=%s%%2F%s", number(&d, d.room.event), number(&d, coverage)), 303);
    g_assert_cmpint(photo_look(&d.room, ids[0])->event, ==, d.room.event);
    g_assert_cmpint(photo_look(&d.room, ids[0])->coverage, ==, coverage);
    page_test_post_as(&d.page, who, at(&d, ids[0], ""), "target=nada", 422);
    page_test_post_as(&d.page, who, at(&d, ids[0], ""), arena_printf(d.page.kept, "target=%s%%2F%s", number(&d, other), number(&d, coverage)), 422);
    const char *some = arena_printf(d.page.kept, "photos=%s,%s&event=%s&target=%s", number(&d, ids[1]), number(&d, ids[2]),
                                    number(&d, d.room.event), number(&d, other));
    page_test_post_as(&d.page, &d.room.reader, "/mesa/fotos/mover", some, 403);
    page_test_post_as(&d.page, who, "/mesa/fotos/mover", some, 303);
    g_assert_cmpint(photo_look(&d.room, ids[1])->event, ==, other);
    g_assert_cmpint(photo_look(&d.room, ids[2])->event, ==, other);
    g_assert_cmpint(photo_look(&d.room, ids[3])->event, ==, d.room.event);
    a = page_test_get_as(&d.page, who, arena_printf(d.page.kept, "/mesa/fotos/elegir?evento=%s", number(&d, d.room.event)), 200);
    assert_page_sound(a);
    assert_has(a, "<option value=\"\">Choose an event</option>"); /* what is there already is offered, not chosen */
    assert_has_not(a, arena_printf(d.page.kept, "data-event=\"%s\" selected", number(&d, d.room.event)));
    a = page_test_post_as(&d.page, who, "/mesa/fotos/mover", arena_printf(d.page.kept, "photos=%s&event=%s&target=", number(&d, ids[3]), number(&d, d.room.event)), 422);
    assert_page_sound(a);
    assert_has(a, "Choose the event that they show.");
    page_test_close(&d.page);
}

static void the_grid_is_filtered_by_event(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t, routes);
    photo_ready(&d.room, d.room.event, 1);
    const char *chosen = arena_printf(d.page.kept, "<option value=\"%s\" selected>", number(&d, d.room.event));
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.reader, arena_printf(d.page.kept, "/mesa/fotos?evento=%s", number(&d, d.room.event)), 200);
    assert_page_sound(a);
    assert_has(a, chosen);
    assert_has(a, "<select");
    assert_has_not(page_test_get_as(&d.page, &d.room.reader, "/mesa/fotos", 200), chosen);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_targets", photos_move_to_another_event_and_coverage);
    STORE_TEST("photos_targets", the_grid_is_filtered_by_event);
    return g_test_run();
}
