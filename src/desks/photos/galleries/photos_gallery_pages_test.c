/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_pages_test.c: galleries at the desk, as a browser and as a program ask for them; and what is gone for citizens. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_desk.h"

#define RECIPE "0123456789ab"

static void page_medium(Ctx *ctx, const Request *req, Page *page)
{
    if (!photos_give_medium(ctx, req, page) && !faulted(ctx))
        fault(ctx, FAULT_NOT_FOUND, "no picture");
}

static const Route medium_routes[] = {
    {GET, "/medios/:id/:variant", page_medium, PUBLIC, "A copy of a photo", .uncached = true, .one_kind = true},
    {0},
};
static const Route *const routes[] = {photos_gallery_routes, photos_public_routes, medium_routes, NULL};

static void open_desk(Desk *d, StoreTest *t)
{
    desk_open(d, t, routes);
    page_test_as(&d->page, &d->room.editor);
}

static const char *at(Desk *d, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "/mesa/galerias/%s%s", number(d, id), after);
}

static i64 copied(Desk *d, int n)
{
    i64 id = photo_ready(&d->room, d->room.event, n);
    photo_copied(&d->room, id, RECIPE);
    return id;
}

static i64 add(Desk *d, const char *title, List photos)
{
    GalleryDraft draft = {.title = title, .lead = "Abre el parque.", .event = d->room.event, .photos = photos};
    i64 id = 0;
    DONE(&d->room, &d->room.editor, photos_gallery_add(d->room.ctx, &draft, &id));
    return id;
}

static const Gallery *now(Desk *d, i64 id)
{
    const Gallery *g = photos_gallery_row(d->room.ctx, id);
    assert_no_fault(d->room.ctx);
    return g;
}

static i64 item(Desk *d, i64 gallery, size_t place)
{
    return ((const Photo *)now(d, gallery)->items.items)[place].id;
}

static const char *field(Desk *d, const char *name, i64 id)
{
    return arena_printf(d->page.kept, "%s=%s", name, number(d, id));
}

/* ---- every page ---- */

static void every_page_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2), waits = photo_ready(&d.room, d.room.event, 3);
    i64 draft = add(&d, "Un <b>borrador</b>", MANY(a, b)), out = add(&d, "La pública", MANY(a, b)), going = add(&d, "La que va", MANY(a, waits));
    i64 empty = add(&d, "Vacía", (List){0});
    office_script(&d.room, "UPDATE photos_photo SET alt = NULL, caption = 'Karla Ruiz, de <b>ocho</b> años' WHERE id = %" PRId64, b);
    office_script(&d.room, "UPDATE photos_photo SET minors = 'unreviewed' WHERE id = %" PRId64, b);
    DONE(&d.room, &d.room.editor, photos_gallery_order(d.room.ctx, out, NONE, one(&a)));
    DONE(&d.room, &d.room.editor, photos_gallery_publish(d.room.ctx, out, NONE));
    DONE(&d.room, &d.room.editor, photos_gallery_publish(d.room.ctx, going, NONE));
    const char *new = arena_printf(d.page.kept, "/mesa/galerias/nueva?evento=%s", number(&d, d.room.event));
    const char *pages[] = {"/mesa/galerias", "/mesa/galerias?estado=draft", "/mesa/galerias?estado=unpublished", "/mesa/galerias/nueva", new,
                           at(&d, draft, ""), at(&d, out, ""), at(&d, going, ""), at(&d, empty, ""), at(&d, draft, "/agregar"),
                           at(&d, draft, "/agregar?q=parque"), at(&d, draft, "/previa"), at(&d, empty, "/previa")};
    for (size_t i = 0; i < COUNT(pages); i++) {
        const PageAnswer *p = page_test_get_as(&d.page, &d.room.director, pages[i], 200);
        assert_page_sound(p);
        assert_has_not(p, "<b>ocho</b>");
    }
    assert_has(page_test_get_as(&d.page, &d.room.director, at(&d, draft, ""), 200), "Nobody has looked whether minors appear");
    assert_has(page_test_get_as(&d.page, &d.room.director, at(&d, going, ""), 200), "1 of 2 photos have their copies");
    assert_page_sound(page_test_get_as(&d.page, &d.room.reader, at(&d, draft, ""), 200));
    page_test_get_as(&d.page, &d.room.editor, "/mesa/galerias?estado=nada", 422);
    page_test_get_as(&d.page, &d.room.editor, at(&d, 12345, ""), 404);
    page_test_close(&d.page);
}

/* ---- a program ---- */

static void a_program_makes_a_gallery_and_publishes_it(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2);
    const char *json = arena_printf(d.page.kept, "{\"title\": \"El parque nuevo\", \"event\": \"%s\", \"photos\": [\"%s\", \"%s\"]}",
                                    number(&d, d.room.event), number(&d, b), number(&d, a));
    const PageAnswer *made = page_test_send_as(&d.page, &d.room.editor, "/mesa/galerias", json, 201);
    assert_has(made, "\"slug\":\"el-parque-nuevo-2022-07-14\"");
    assert_has(made, "\"photos\":2");
    const char *where = page_test_header(made, "Location");
    const PageAnswer *out = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/publicar", where), "{}", 200);
    assert_has(out, "\"state\":\"published\"");
    assert_has(out, "/galerias/el-parque-nuevo-2022-07-14\"");
    assert_has(page_test_get_as(&d.page, NULL, "/galerias/el-parque-nuevo-2022-07-14", 200), "El parque nuevo");
    page_test_close(&d.page);
}

static void hundreds_of_pictures_come_in_one_request(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    Buf *json = buf_new(d.page.kept, 4096, 64 * 1024);
    buf_text(json, "{\"title\": \"Todo\", \"photos\": [");
    for (int i = 1; i <= 300; i++)
        buf_printf(json, "%s\"%s\"", i > 1 ? ", " : "", number(&d, photo_ready(&d.room, d.room.event, i)));
    buf_text(json, "]}");
    assert_has(page_test_send_as(&d.page, &d.room.editor, "/mesa/galerias", buf_data(json), 201), "\"photos\":300");
    page_test_close(&d.page);
}

/* ---- a browser ---- */

static void what_was_typed_wrong_is_drawn_again(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), id = add(&d, "El parque", one(&a));
    const char *form = arena_printf(d.page.kept, "title=&lead=Un+texto+largo&event=%s&photos=%s", number(&d, d.room.event), number(&d, a));
    const PageAnswer *again = page_test_post_as(&d.page, &d.room.editor, "/mesa/galerias", form, 422);
    assert_page_sound(again);
    assert_has(again, "Un texto largo");
    assert_has(again, "checked");
    again = page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "title=&lead=Otro+texto&version=1", 422);
    assert_page_sound(again);
    assert_has(again, "Otro texto");
    again = page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "title=Nuevo&version=99", 412);
    assert_page_sound(again);
    assert_has(again, "Somebody else changed this gallery meanwhile");
    assert_has(again, "Nuevo");
    page_test_close(&d.page);
}

static void a_watermark_is_set_and_taken_away_by_its_box(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = add(&d, "El parque", (List){0});
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "title=El+parque&watermark=1&watermark=0", 303);
    g_assert_true(now(&d, id)->watermark);
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "title=El+parque&watermark=0", 303);
    g_assert_false(now(&d, id)->watermark);
    page_test_close(&d.page);
}

static void photos_move_without_a_script(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2), c = copied(&d, 3), id = add(&d, "El parque", MANY(a, b, c));
    const char *order = at(&d, id, "/orden");
    page_test_post_as(&d.page, &d.room.editor, order, field(&d, "from=&to=&up", b), 303);
    g_assert_cmpint(item(&d, id, 0), ==, b);
    page_test_post_as(&d.page, &d.room.editor, order, field(&d, "from=&to=&down", b), 303);
    g_assert_cmpint(item(&d, id, 1), ==, b);
    page_test_post_as(&d.page, &d.room.editor, order, "from=3&to=1", 303);
    g_assert_cmpint(item(&d, id, 0), ==, c);
    assert_page_sound(page_test_post_as(&d.page, &d.room.editor, order, "from=9&to=1", 422));
    assert_page_sound(page_test_post_as(&d.page, &d.room.editor, order, "from=2&to=", 422));
    page_test_post_as(&d.page, &d.room.editor, order, field(&d, "cover", a), 303);
    g_assert_cmpint(now(&d, id)->cover, ==, a);
    const char *all = arena_printf(d.page.kept, "photos=%s,%s,%s", number(&d, a), number(&d, b), number(&d, c));
    page_test_post_as(&d.page, &d.room.editor, order, all, 303);
    g_assert_cmpint(item(&d, id, 2), ==, c);
    page_test_close(&d.page);
}

static void a_photo_taken_out_can_be_put_back_where_it_was(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2), c = copied(&d, 3), id = add(&d, "El parque", MANY(a, b, c));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/orden"), field(&d, "out", b), 303);
    g_assert_cmpint(now(&d, id)->photos, ==, 2);
    page_test_post_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s?foto=%s&lugar=1", at(&d, id, "/devolver"), number(&d, b)), "", 303);
    g_assert_cmpint(item(&d, id, 1), ==, b);
    page_test_close(&d.page);
}

static void photos_are_added_from_the_event_and_by_words(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2), id = add(&d, "El parque", one(&a));
    const PageAnswer *offer = page_test_get_as(&d.page, &d.room.editor, at(&d, id, "/agregar"), 200);
    assert_has(offer, number(&d, b));
    assert_has_not(offer, arena_printf(d.page.kept, "value=\"%s\"", number(&d, a)));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/agregar"), field(&d, "photos", b), 303);
    g_assert_cmpint(now(&d, id)->photos, ==, 2);
    assert_page_sound(page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/agregar"), "version=5", 422));
    page_test_close(&d.page);
}

static void what_stands_against_it_is_said_where_it_is_published(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), id = add(&d, "El parque", one(&a));
    office_script(&d.room, "UPDATE photos_photo SET minors = 'never' WHERE id = %" PRId64, a);
    const PageAnswer *no = page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/publicar"), "", 409);
    assert_page_sound(no);
    assert_has(no, "IMG_0001.JPG");
    page_test_close(&d.page);
}

static void what_got_stuck_is_tried_again_by_a_button(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = photo_ready(&d.room, d.room.event, 1), id = add(&d, "El parque", one(&a));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/publicar"), "", 303);
    assert_has_not(page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200), "It does not get on by itself.");
    office_script(&d.room, "UPDATE queue_job SET state = 'dead', error = 'El <disco> está lleno' WHERE kind = 'photos_public'");
    const PageAnswer *stuck = page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200);
    assert_page_sound(stuck);
    assert_has(stuck, "It does not get on by itself.");
    assert_has(stuck, "El &lt;disco&gt; está lleno");
    assert_has(stuck, "Try again");
    assert_has_not(page_test_get_as(&d.page, &d.room.reader, at(&d, id, ""), 200), "Try again");
    page_test_as(&d.page, &d.room.reader);
    assert_has(page_test_status(page_test_json(&d.page, at(&d, id, "")), 200),
               "\"trouble\":[{\"kind\":\"stalled\",\"photos\":1,\"message\":\"It does not get on by itself. The copies of 1 photo could not be made, "
               "and nobody tries any more.\",\"why\":\"El \\u003cdisco\\u003e está lleno\"}]");
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/publicar"), "", 303);
    assert_has_not(page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200), "Try again");
    assert_has(page_test_status(page_test_json(&d.page, at(&d, id, "")), 200), "\"trouble\":[]");
    page_test_close(&d.page);
}

/* An obstacle on the way stops it; what the page says of each picture a program reads too. */
static void a_program_reads_what_stands_in_its_way(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = photo_ready(&d.room, d.room.event, 2), id = add(&d, "El parque", MANY(a, b));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/publicar"), "", 303);
    office_script(&d.room, "UPDATE photos_photo SET minors = 'unreviewed' WHERE id = %" PRId64, a);
    const char *obstacle = arena_printf(d.page.kept, "\"trouble\":[{\"kind\":\"obstacle\",\"photo\":\"%s\",\"message\":\"Nobody has looked whether minors appear",
                                        number(&d, a));
    page_test_as(&d.page, &d.room.editor);
    const PageAnswer *said = page_test_status(page_test_json(&d.page, at(&d, id, "")), 200);
    assert_has(said, obstacle);
    assert_has(said, "\"state\":\"publishing\"");
    photo_copied(&d.room, b, RECIPE);
    DONE(&d.room, &actor_system, photos_galleries_go_on(d.room.ctx, b));
    page_test_as(&d.page, &d.room.editor);
    said = page_test_status(page_test_json(&d.page, at(&d, id, "")), 200);
    assert_has(said, obstacle);
    assert_has(said, "\"state\":\"draft\"");
    page_test_close(&d.page);
}

/* ---- gone ---- */

static void what_is_unpublished_is_gone_with_the_next_request(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 a = copied(&d, 1), b = copied(&d, 2), id = add(&d, "El parque", MANY(a, b));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/publicar"), "", 303);
    const char *slug = "/galerias/el-parque-2022-07-14";
    const char *medium = arena_printf(d.page.kept, "/medios/%s/640-" RECIPE ".jpg", number(&d, a));
    const char *other = arena_printf(d.page.kept, "/medios/%s/640-" RECIPE ".jpg", number(&d, b));
    page_test_get_as(&d.page, NULL, slug, 200);
    page_test_as(&d.page, NULL);
    g_assert_cmpint(page_test_get(&d.page, medium)->status, !=, 410);
    DONE(&d.room, &d.room.editor, photos_unpublish(d.room.ctx, a, "Lo pidió quien aparece"));
    page_test_get_as(&d.page, NULL, medium, 410);
    assert_has_not(page_test_get_as(&d.page, NULL, slug, 200), number(&d, a));
    page_test_get_as(&d.page, NULL, arena_printf(d.page.kept, "%s/%s", slug, number(&d, a)), 410);
    assert_page_sound(page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/retirar"), "reason=", 422));
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/retirar"), "reason=Ten%C3%ADa+un+error", 303);
    assert_has(page_test_get_as(&d.page, NULL, slug, 410), "Tenía un error");
    page_test_get_as(&d.page, NULL, other, 410);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_gallery_pages", every_page_can_be_used_by_everybody);
    STORE_TEST("photos_gallery_pages", a_program_makes_a_gallery_and_publishes_it);
    STORE_TEST("photos_gallery_pages", hundreds_of_pictures_come_in_one_request);
    STORE_TEST("photos_gallery_pages", what_was_typed_wrong_is_drawn_again);
    STORE_TEST("photos_gallery_pages", a_watermark_is_set_and_taken_away_by_its_box);
    STORE_TEST("photos_gallery_pages", photos_move_without_a_script);
    STORE_TEST("photos_gallery_pages", a_photo_taken_out_can_be_put_back_where_it_was);
    STORE_TEST("photos_gallery_pages", photos_are_added_from_the_event_and_by_words);
    STORE_TEST("photos_gallery_pages", what_stands_against_it_is_said_where_it_is_published);
    STORE_TEST("photos_gallery_pages", what_got_stuck_is_tried_again_by_a_button);
    STORE_TEST("photos_gallery_pages", a_program_reads_what_stands_in_its_way);
    STORE_TEST("photos_gallery_pages", what_is_unpublished_is_gone_with_the_next_request);
    return g_test_run();
}
