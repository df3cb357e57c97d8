/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_targets_test.c: photos are moved to another event, one or many, also where the camera proposes it; the grid shows those of one. */
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

/* ---- where the camera was ---- */

static bool make_market(Ctx *ctx, void *out)
{
    EventDraft d = {.title = "Mercado <b>de</b> flores", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 7, 14, 12, 0, 0}, .status = EVENT_CONFIRMED,
                    .place = {.name = "Jardín de San Juan", .lat = 22.1529, .lon = -100.9712}};
    return agenda_create(ctx, &d, out);
}

/* At ten past ten of that day, at a place. */
static void put_at(Desk *d, i64 id, const char *lat, const char *lon, int hours)
{
    i64 taken = clock_instant(d->room.ctx->city->zone, (Wall){2022, 7, 14, 10, 10, 0}, NULL) + hours * CLOCK_HOUR;
    office_script(&d->room, "UPDATE photos_photo SET lat = %s, lon = %s, taken_at = %" PRId64 " WHERE id = %" PRId64, lat, lon, taken, id);
}

static i64 at_sort(Desk *d, const char *what, bool wanted)
{
    const char *sort = arena_printf(d->page.kept, "/mesa/fotos/elegir?evento=%s", number(d, d->room.event));
    const PageAnswer *a = page_test_get_as(&d->page, &d->room.photographer, sort, 200);
    assert_page_sound(a);
    if (wanted)
        assert_has(a, what);
    else
        assert_has_not(a, what);
    return (i64)a->queries;
}

static void where_the_camera_was_proposes_the_event(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[3], market;
    desk_open(&d, t, routes);
    test_write(d.room.ctx, make_market, &market);
    for (int i = 0; i < 3; i++)
        ids[i] = photo_ready(&d.room, d.room.event, i + 1);
    at_sort(&d, "of another event.", false);
    put_at(&d, ids[0], "22.1530", "-100.9710", 0);
    put_at(&d, ids[1], "22.1528", "-100.9713", 2);
    put_at(&d, ids[2], "22.1301", "-101.0001", 0);
    const char *two = "2 photos seem to be of another event.";
    i64 queries = at_sort(&d, two, true);
    g_assert_cmpint(queries, <, 40);
    at_sort(&d, "Mercado &lt;b&gt;de&lt;/b&gt; flores", true);
    assert_has(page_test_get_as(&d.page, &d.room.photographer, at(&d, ids[0], ""), 200), "1 photo seems to be of another event.");
    assert_has_not(page_test_get_as(&d.page, &d.room.photographer, at(&d, ids[2], ""), 200), "of another event.");
    assert_has_not(page_test_get_as(&d.page, &d.room.reader, at(&d, ids[0], ""), 200), "of another event.");
    put_at(&d, ids[1], "22.1528", "-100.9713", 4); /* the market was over */
    at_sort(&d, "1 photo seems to be of another event.", true);
    put_at(&d, ids[1], "22.1601", "-100.9713", 0); /* 800 metres away */
    at_sort(&d, "1 photo seems to be of another event.", true);
    put_at(&d, ids[1], "22.1528", "-100.9713", 0);
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/mover",
                      arena_printf(d.page.kept, "photos=%s&photos=%s&target=%s", number(&d, ids[0]), number(&d, ids[1]), number(&d, market)), 303);
    g_assert_cmpint(photo_look(&d.room, ids[0])->event, ==, market);
    g_assert_cmpint(photo_look(&d.room, ids[1])->event, ==, market);
    at_sort(&d, "of another event.", false);
    page_test_close(&d.page);
}

/* The hour of the upload says nothing of the picture. */
static void an_hour_that_the_camera_did_not_say_proposes_nothing(StoreTest *t, const void *unused)
{
    Desk d;
    i64 market;
    desk_open(&d, t, routes);
    test_write(d.room.ctx, make_market, &market);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    put_at(&d, id, "22.1530", "-100.9710", 0);
    at_sort(&d, "1 photo seems to be of another event.", true);
    office_script(&d.room, "UPDATE photos_photo SET taken_from = 'upload' WHERE id = %" PRId64, id);
    at_sort(&d, "of another event.", false);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_targets", photos_move_to_another_event_and_coverage);
    STORE_TEST("photos_targets", the_grid_is_filtered_by_event);
    STORE_TEST("photos_targets", where_the_camera_was_proposes_the_event);
    STORE_TEST("photos_targets", an_hour_that_the_camera_did_not_say_proposes_nothing);
    return g_test_run();
}
