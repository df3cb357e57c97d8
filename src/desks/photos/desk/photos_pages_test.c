/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_pages_test.c: the desk's addresses of photos, as a browser and as a program ask for them. */
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_desk.h"

static const Route *const routes[] = {photos_routes, photos_sort_routes, NULL};

static void open_desk(Desk *d, StoreTest *t)
{
    desk_open(d, t, routes);
    page_test_as(&d->page, &d->room.photographer);
}

static const char *at(Desk *d, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "/mesa/fotos/%s%s", number(d, id), after);
}

/* Of the office's event: what comes before the number, and behind it. */
static const char *of_event(Desk *d, const char *before, const char *after)
{
    return arena_printf(d->page.kept, "%s%s%s", before, number(d, d->room.event), after);
}

static const PageAnswer *json(Desk *d, const Actor *who, const char *target, int status)
{
    page_test_as(&d->page, who);
    return page_test_status(page_test_json(&d->page, target), status);
}

static const Photo *now(Desk *d, i64 id)
{
    return photo_look(&d->room, id);
}

/* A burst of three, the second the best, and one that stands alone. */
static void burst(Desk *d, i64 ids[4])
{
    for (int i = 0; i < 4; i++)
        ids[i] = photo_ready(&d->room, d->room.event, i + 1);
    for (int i = 0; i < 3; i++)
        office_script(&d->room, "UPDATE photos_photo SET burst = %" PRId64 ", best = %d WHERE id = %" PRId64, ids[0], i == 1, ids[i]);
}

static i64 proposed_box(Desk *d, i64 photo, int x)
{
    i64 id = id_new(d->room.ctx->now);
    office_script(&d->room, "INSERT INTO photos_box (id, photo, state, x, y, width, height, at) VALUES (%" PRId64 ", %" PRId64
                            ", 'proposed', %d, 2000, 900, 1200, %" PRId64 ")",
                  id, photo, x, d->room.ctx->now);
    return id;
}

/* ---- every page ---- */

static void every_page_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    open_desk(&d, t);
    burst(&d, ids);
    proposed_box(&d, ids[0], 1000);
    proposed_box(&d, ids[0], 4000);
    i64 broken = photo_ready(&d.room, d.room.event, 9), coming = photo_ready(&d.room, d.room.event, 10);
    office_script(&d.room, "UPDATE photos_photo SET state = 'failed', error = 'The file ends <b>early</b>.' WHERE id = %" PRId64, broken);
    office_script(&d.room, "UPDATE photos_photo SET state = 'processing', width = NULL, height = NULL WHERE id = %" PRId64, coming);
    office_script(&d.room, "UPDATE photos_photo SET caption = 'El <b>parque</b>', alt = NULL, minors = 'unreviewed', coverage = %" PRId64
                           " WHERE id = %" PRId64, d.room.coverage, ids[0]);
    const char *coverage = arena_printf(d.page.kept, "/mesa/fotos/entregar?cobertura=%s", number(&d, d.room.coverage));
    const char *pages[] = {
        "/mesa/fotos", "/mesa/fotos?persona=yo", "/mesa/fotos?estado=failed", "/mesa/fotos?menores=unreviewed&marca=none&publicada=no",
        "/mesa/fotos?quitadas=1", "/mesa/fotos?mes=2022-07&figura=photos_delivered", "/mesa/fotos?desde=2022-07-14&hasta=2022-07-14",
        of_event(&d, "/mesa/fotos?evento=", ""), of_event(&d, "/mesa/fotos/elegir?evento=", ""), at(&d, ids[0], ""), at(&d, broken, ""),
        at(&d, coming, ""), coverage,
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        g_test_message("%s", pages[i]);
        const PageAnswer *a = page_test_get_as(&d.page, &d.room.director, pages[i], 200);
        assert_page_sound(a);
        assert_has_not(a, "<b>parque</b>");
        assert_has_not(a, "<b>early</b>");
        g_assert_cmpint(a->queries, <, 40);
    }
    page_test_get_as(&d.page, &d.room.reader, at(&d, ids[0], ""), 200);
    page_test_close(&d.page);
}

static void what_is_not_there_is_not_found(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 secret = photo_ready(&d.room, d.room.private_event, 1);
    const char *gone[] = {"/mesa/fotos/0CN7507RA053A", "/mesa/fotos/0CN7507RA053A/original", "/mesa/fotos/0CN7507RA053A/640.jpg",
                          "/mesa/fotos/elegir?evento=0CN7507RA053A", "/mesa/fotos/entregar?cobertura=0CN7507RA053A", at(&d, secret, ""),
                          at(&d, secret, "/640.jpg")};
    for (size_t i = 0; i < COUNT(gone); i++)
        page_test_get_as(&d.page, &d.room.editor, gone[i], 404);
    const char *wrong[] = {"/mesa/fotos?marca=quizas",   "/mesa/fotos?menores=si", "/mesa/fotos?estado=x",    "/mesa/fotos?desde=ayer",
                           "/mesa/fotos?figura=todas",   "/mesa/fotos?evento=x",   "/mesa/fotos?publicada=1", "/mesa/fotos?after=inventado",
                           "/mesa/fotos/elegir?evento=", "/mesa/fotos/entregar",   "/mesa/fotos?persona=x",   "/mesa/fotos?mes=julio"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        page_test_get_as(&d.page, &d.room.editor, wrong[i], 422);
    page_test_close(&d.page);
}

/* ---- the grid ---- */

/* The address in the page that holds these letters. */
static const char *address_with(Desk *d, const PageAnswer *a, const char *part)
{
    const char *from = strstr(a->body, part);
    g_assert_nonnull(from);
    while (from[-1] != '"')
        from--;
    GString *address = g_string_new(arena_copy(d->page.kept, from, strcspn(from, "\"")));
    g_string_replace(address, "&amp;", "&", 0);
    const char *kept = arena_text(d->page.kept, address->str);
    g_string_free(address, TRUE);
    return kept;
}

static void the_grid_goes_on_from_page_to_page(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    for (int i = 1; i <= 5; i++)
        photo_ready(&d.room, i < 5 ? d.room.event : d.room.other_event, i);
    const PageAnswer *a = json(&d, &d.room.reader, of_event(&d, "/mesa/fotos?evento=", "&limit=3"), 200);
    assert_has(a, "\"total\":4");
    assert_has(a, "IMG_0004.JPG");
    assert_has_not(a, "IMG_0005.JPG");
    assert_has_not(a, "IMG_0001.JPG");
    assert_has(a, "\"next\":\"");
    a = page_test_get_as(&d.page, &d.room.reader, of_event(&d, "/mesa/fotos?evento=", "&limit=3"), 200);
    a = page_test_get_as(&d.page, &d.room.reader, address_with(&d, a, "after="), 200);
    assert_has(a, "IMG_0001.JPG");
    assert_has_not(a, "IMG_0002.JPG");
    a = page_test_get_as(&d.page, &d.room.reader, "/mesa/fotos.csv", 200);
    assert_has(a, "IMG_0005.JPG");
    page_test_close(&d.page);
}

/* ---- words ---- */

static void a_program_reads_and_writes_the_shape_that_was_promised(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.photographer, at(&d, id, ""),
                               "{\"caption\": \"Corte de listón\", \"alt\": \"Cuatro personas cortan un listón rojo\", \"credit\": \"Renata\","
                               " \"minors\": \"none\", \"people\": [\"Ana Ruiz\", \"Leo Paz\"], \"version\": 1}", 200);
    const char *const keys[] = {"\"id\":", "\"sha256\":", "\"filename\":\"IMG_0001.JPG\"", "\"event\":", "\"caption\":\"Corte de listón\"",
                                "\"alt\":\"Cuatro personas", "\"credit\":\"Renata\"", "\"taken_at\":\"2022-07-", "\"minors\":\"none\"",
                                "\"state\":\"ready\"", "\"published\":false", "\"renditions\":[{\"width\":", "\"format\":\"jpeg\"",
                                "\"url\":\"", "\"people\":[\"Ana Ruiz\",\"Leo Paz\"]"};
    for (size_t i = 0; i < COUNT(keys); i++)
        assert_has(a, keys[i]);
    a = page_test_send_as(&d.page, &d.room.photographer, at(&d, id, ""), "{\"place\": \"Parque\"}", 200);
    assert_has(a, "\"caption\":\"Corte de listón\"");
    a = page_test_send_as(&d.page, &d.room.photographer, at(&d, id, ""), "{\"minors\": \"perhaps\"}", 422);
    assert_has(a, "\"field\":\"minors\"");
    page_test_send_as(&d.page, &d.room.reader, at(&d, id, ""), "{\"caption\": \"No\"}", 403);
    page_test_close(&d.page);
}

static void the_second_writer_loses_politely(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, ""), "caption=Primera+versi%C3%B3n&version=1", 303);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "caption=La+segunda+%3Cpersona%3E&alt=Otra&version=1", 412);
    assert_has(a, "La segunda &lt;persona&gt;");
    assert_has(a, "Primera versión");
    assert_page_sound(a);
    g_assert_cmpstr(now(&d, id)->caption, ==, "Primera versión");
    page_test_close(&d.page);
}

static void saving_goes_on_to_the_next_of_the_event(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 first = photo_ready(&d.room, d.room.event, 1), other = photo_ready(&d.room, d.room.other_event, 2),
        second = photo_ready(&d.room, d.room.event, 3);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.photographer, at(&d, first, ""), "caption=Uno&then=next", 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, at(&d, second, ""));
    a = page_test_post_as(&d.page, &d.room.photographer, at(&d, second, ""), "caption=Dos&then=next", 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, at(&d, second, ""));
    a = page_test_get_as(&d.page, &d.room.photographer, at(&d, second, ""), 200);
    assert_has(a, at(&d, first, "\""));
    assert_has_not(a, at(&d, other, ""));
    a = page_test_post_as(&d.page, &d.room.photographer, at(&d, first, ""), "focal_x=99999", 422);
    assert_page_sound(a);
    page_test_close(&d.page);
}

/* ---- boxes ---- */

static void boxes_are_drawn_moved_and_decided(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1), other = photo_ready(&d.room, d.room.event, 2);
    i64 one = proposed_box(&d, id, 1000), two = proposed_box(&d, id, 4000), three = proposed_box(&d, id, 7000);
    const char *boxes = at(&d, id, "/cuadros"), *decide = at(&d, id, "/cuadros/decidir");
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.photographer, boxes, "{\"x\": 100, \"y\": 200, \"width\": 300, \"height\": 400}", 201);
    assert_has(a, "\"state\":\"confirmed\",\"x\":100,\"y\":200,\"width\":300,\"height\":400");
    a = page_test_send_as(&d.page, &d.room.photographer, boxes,
             arena_printf(d.page.kept, "{\"box\": \"%s\", \"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4}", number(&d, one)), 200);
    assert_has(a, "\"x\":1,\"y\":2,\"width\":3,\"height\":4");
    page_test_post_as(&d.page, &d.room.photographer, decide, arena_printf(d.page.kept, "box=%s&state=rejected", number(&d, two)), 303);
    page_test_post_as(&d.page, &d.room.photographer, decide, "state=confirmed", 303);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_box WHERE state = 'confirmed'"), ==, 3);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_box WHERE state = 'rejected'"), ==, 1);
    a = page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/cuadros/quitar"), arena_printf(d.page.kept, "box=%s", number(&d, three)), 303);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, other, "/cuadros/quitar"), arena_printf(d.page.kept, "box=%s", number(&d, one)), 404);
    a = page_test_send_as(&d.page, &d.room.photographer, boxes, "{\"x\": 100, \"y\": 200, \"width\": 0, \"height\": 400}", 422);
    assert_has(a, "\"field\":\"width\"");
    assert_page_sound(page_test_post_as(&d.page, &d.room.photographer, boxes, "x=1&y=&width=0&height=4", 422));
    page_test_send_as(&d.page, &d.room.photographer, decide, "{\"state\": \"lost\"}", 422);
    page_test_send_as(&d.page, &d.room.reader, boxes, "{\"x\": 100, \"y\": 200, \"width\": 300, \"height\": 400}", 403);
    page_test_close(&d.page);
}

/* ---- ways ---- */

static void what_is_removed_comes_back(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1), two = photo_ready(&d.room, d.room.event, 2);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/quitar"), "reason=Sali%C3%B3+movida", 303);
    g_assert_cmpint(now(&d, id)->removed_at, >, 0);
    assert_has_not(page_test_get_as(&d.page, &d.room.photographer, "/mesa/fotos", 200), "IMG_0001.JPG");
    assert_has(page_test_get_as(&d.page, &d.room.photographer, "/mesa/fotos?quitadas=1", 200), at(&d, id, "/devolver"));
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/devolver"), "", 303);
    g_assert_cmpint(now(&d, id)->removed_at, ==, 0);
    const char *both = arena_printf(d.page.kept, "photos=%s,%s&reason=Movidas&back=/mesa/fotos/elegir", number(&d, id), number(&d, two));
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/quitar", both, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/mesa/fotos/elegir");
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL"), ==, 2);
    page_test_post_as(&d.page, &d.room.photographer, arena_printf(d.page.kept, "/mesa/fotos/devolver?fotos=%s,%s", number(&d, id), number(&d, two)), "", 303);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL"), ==, 0);
    page_test_post_as(&d.page, &d.room.reader, at(&d, id, "/quitar"), "", 403);
    page_test_close(&d.page);
}

static void only_who_publishes_takes_off_the_site_and_says_why(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/retirar"), "reason=Lo+pide+la+familia", 403);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.director, at(&d, id, "/retirar"), "reason=", 422);
    assert_page_sound(a);
    page_test_post_as(&d.page, &d.room.director, at(&d, id, "/retirar"), "reason=Lo+pide+la+familia", 303);
    g_assert_true(photos_is_gone(&t->ctx, id));
    assert_has(page_test_get_as(&d.page, &d.room.director, at(&d, id, ""), 200), "Lo pide la familia");
    page_test_close(&d.page);
}

static void one_that_failed_is_tried_again(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = photo_ready(&d.room, d.room.event, 1);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/reintentar"), "", 409);
    office_script(&d.room, "UPDATE photos_photo SET state = 'failed', error = 'It ends early.' WHERE id = %" PRId64, id);
    page_test_post_as(&d.page, &d.room.photographer, at(&d, id, "/reintentar"), "", 303);
    g_assert_cmpint(now(&d, id)->state, ==, PHOTO_PROCESSING);
    page_test_close(&d.page);
}

/* ---- choosing ---- */

static void bursts_stand_together_with_their_proposal(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    open_desk(&d, t);
    burst(&d, ids);
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.photographer, of_event(&d, "/mesa/fotos/elegir?evento=", ""), 200);
    assert_has(a, "Burst of 3 photos");
    assert_has(a, "Inauguración del parque, at Parque Tangamanga, on 14 July 2022.");
    a = page_test_send_as(&d.page, &d.room.photographer, "/mesa/fotos/elegir/propuesta", of_event(&d, "{\"event\": \"", "\"}"), 200);
    assert_has(a, "\"kept\":1");
    assert_has(a, "\"dropped\":2");
    assert_has(a, "\"unchosen\":1");
    g_assert_cmpint(now(&d, ids[1])->mark, ==, MARK_KEEP);
    a = page_test_send_as(&d.page, &d.room.photographer, of_event(&d, "/mesa/fotos/elegir/deshacer?evento=", ""), "{}", 200);
    assert_has(a, arena_printf(d.page.kept, "{\"id\":\"%s\",\"mark\":\"none\"}", number(&d, ids[1])));
    page_test_post_as(&d.page, &d.room.photographer, of_event(&d, "/mesa/fotos/elegir/deshacer?evento=", ""), "", 409);
    page_test_close(&d.page);
}

static void groups_keep_every_picture_once_and_in_order(StoreTest *t, const void *unused)
{
    Photo photos[] = {{.id = 1}, {.id = 2, .burst = 2}, {.id = 3}, {.id = 4, .burst = 2}, {.id = 5, .burst = 5}, {.id = 6}};
    i64 bursts;
    List groups = photos_sort_groups(t->ctx.arena, (List){photos, COUNT(photos)}, &bursts);
    g_assert_cmpint(bursts, ==, 1);
    GString *order = g_string_new(NULL);
    for (const SortGroup *g = groups.items, *end = g + groups.count; g < end; g++) {
        g_string_append(order, g->is_burst ? "[" : "(");
        for (const Photo *p = g->photos.items, *last = p + g->photos.count; p < last; p++)
            g_string_append_printf(order, "%d", (int)p->id);
    }
    g_assert_cmpstr(order->str, ==, "(1[24(356");
    g_string_free(order, TRUE);
}

static void one_request_marks_one_or_many(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    open_desk(&d, t);
    burst(&d, ids);
    const char *both = arena_printf(d.page.kept, "{\"photos\": [\"%s\", \"%s\"], \"mark\": \"star\"}", number(&d, ids[0]), number(&d, ids[3]));
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.photographer, "/mesa/fotos/marcar", both, 200);
    assert_has(a, "\"starred\":2");
    const char *form = arena_printf(d.page.kept, "photos=%s&photos=%s&mark=drop&event=%s", number(&d, ids[0]), number(&d, ids[1]), number(&d, d.room.event));
    a = page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/marcar", form, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, of_event(&d, "/mesa/fotos/elegir?evento=", ""));
    a = json(&d, &d.room.reader, of_event(&d, "/mesa/fotos/elegir/avance?evento=", ""), 200);
    assert_has(a, "\"kept\":0,\"starred\":1,\"dropped\":2,\"unchosen\":1,\"processing\":0,\"failed\":0");
    page_test_send_as(&d.page, &d.room.photographer, "/mesa/fotos/marcar", "{\"photos\": [], \"mark\": \"keep\"}", 422);
    page_test_send_as(&d.page, &d.room.photographer, "/mesa/fotos/marcar", arena_printf(d.page.kept, "{\"photos\": [\"%s\"], \"mark\": \"best\"}", number(&d, ids[0])), 422);
    page_test_send_as(&d.page, &d.room.reader, "/mesa/fotos/marcar", both, 403);
    page_test_close(&d.page);
}

static void four_hundred_pictures_are_one_page(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    for (int i = 0; i < 400; i++)
        photo_ready(&d.room, d.room.event, i);
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.photographer, of_event(&d, "/mesa/fotos/elegir?evento=", ""), 200);
    assert_has(a, "IMG_0399.JPG");
    assert_has(a, "loading=\"lazy\"");
    g_test_message("%zu bytes, %" PRIu64 " queries, %zu bytes of memory", a->size, a->queries, a->arena_bytes);
    g_assert_cmpuint(a->size, <, 400 * 1600);
    g_assert_cmpuint(a->queries, <, 30);
    g_assert_cmpuint(a->arena_bytes, <, 8 * 1024 * 1024);
    GString *all = g_string_new("mark=keep&photos=");
    List photos = SEEN(&d.room, &d.room.photographer, photos_of(d.room.ctx, d.room.event, 0, 0, 0, PHOTOS_AT_ONCE));
    for (const Photo *p = photos.items, *end = p + photos.count; p < end; p++)
        g_string_append_printf(all, "%s%s", p == photos.items ? "" : ",", number(&d, p->id));
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/marcar", all->str, 303);
    g_string_free(all, TRUE);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE mark = 'keep'"), ==, 400);
    page_test_close(&d.page);
}

/* ---- words for a selection ---- */

static void words_are_written_once_for_all(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    open_desk(&d, t);
    burst(&d, ids);
    const char *some = arena_printf(d.page.kept, "photos=%s,%s&caption=Corte+de+list%%C3%%B3n&people=Ana+Ruiz&place=&credit=Renata", number(&d, ids[0]), number(&d, ids[1]));
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/palabras", some, 303);
    g_assert_cmpstr(now(&d, ids[1])->caption, ==, "Corte de listón");
    g_assert_cmpstr(now(&d, ids[2])->caption, ==, "El parque nuevo, foto 3");
    g_assert_cmpstr(now(&d, ids[1])->alt, ==, "Niños corren junto a una fuente");
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/palabras",
         arena_printf(d.page.kept, "photos=%s&from=%s&caption=otra", number(&d, ids[3]), number(&d, ids[0])), 303);
    g_assert_cmpstr(now(&d, ids[3])->caption, ==, "Corte de listón");
    g_assert_cmpstr(now(&d, ids[3])->people, ==, "Ana Ruiz");
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/palabras", of_event(&d, "caption=Se+queda&event=", ""), 422);
    assert_has(a, "Se queda");
    assert_page_sound(a);
    a = page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/palabras",
             arena_printf(d.page.kept, "photos=%s&caption=&event=%s", number(&d, ids[0]), number(&d, d.room.event)), 422);
    assert_has(a, arena_printf(d.page.kept, "value=\"%s\" aria-label=\"Choose IMG_0001.JPG\" checked", number(&d, ids[0])));
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/menores", arena_printf(d.page.kept, "photos=%s,%s&minors=never", number(&d, ids[0]), number(&d, ids[2])), 303);
    g_assert_cmpint(now(&d, ids[2])->minors, ==, MINORS_NEVER);
    g_assert_cmpint(now(&d, ids[1])->minors, ==, MINORS_NONE);
    page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/menores", arena_printf(d.page.kept, "photos=%s", number(&d, ids[0])), 422);
    page_test_close(&d.page);
}

/* ---- handing in ---- */

static void what_is_handed_in_is_said_before(StoreTest *t, const void *unused)
{
    Desk d;
    i64 ids[4];
    open_desk(&d, t);
    burst(&d, ids);
    office_script(&d.room, "UPDATE photos_photo SET coverage = %" PRId64 ", alt = NULL, mark = 'keep' WHERE id <> %" PRId64, d.room.coverage, ids[3]);
    office_script(&d.room, "UPDATE photos_photo SET mark = 'drop', minors = 'unreviewed' WHERE id = %" PRId64, ids[0]);
    const char *coverage = number(&d, d.room.coverage);
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.photographer, arena_printf(d.page.kept, "/mesa/fotos/entregar?cobertura=%s", coverage), 200);
    assert_has(a, "Deliver the coverage with 2 photos");
    assert_has(a, "2 without alternative text");
    assert_has_not(a, "nobody has looked for minors");
    a = page_test_post_as(&d.page, &d.room.photographer, "/mesa/fotos/entregar", arena_printf(d.page.kept, "coverage=%s&note=Van+dos", coverage), 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, arena_printf(d.page.kept, "/mesa/coberturas/%s", coverage));
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_photo WHERE handed_at IS NOT NULL"), ==, 2);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM agenda_coverage WHERE state = 'delivered'"), ==, 1);
    page_test_post_as(&d.page, &d.room.reader, "/mesa/fotos/entregar", arena_printf(d.page.kept, "coverage=%s", coverage), 403);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_pages", every_page_can_be_used_by_everybody);
    STORE_TEST("photos_pages", what_is_not_there_is_not_found);
    STORE_TEST("photos_pages", the_grid_goes_on_from_page_to_page);
    STORE_TEST("photos_pages", a_program_reads_and_writes_the_shape_that_was_promised);
    STORE_TEST("photos_pages", the_second_writer_loses_politely);
    STORE_TEST("photos_pages", saving_goes_on_to_the_next_of_the_event);
    STORE_TEST("photos_pages", boxes_are_drawn_moved_and_decided);
    STORE_TEST("photos_pages", what_is_removed_comes_back);
    STORE_TEST("photos_pages", only_who_publishes_takes_off_the_site_and_says_why);
    STORE_TEST("photos_pages", one_that_failed_is_tried_again);
    STORE_TEST("photos_pages", bursts_stand_together_with_their_proposal);
    STORE_TEST("photos_pages", groups_keep_every_picture_once_and_in_order);
    STORE_TEST("photos_pages", one_request_marks_one_or_many);
    STORE_TEST("photos_pages", four_hundred_pictures_are_one_page);
    STORE_TEST("photos_pages", words_are_written_once_for_all);
    STORE_TEST("photos_pages", what_is_handed_in_is_said_before);
    return g_test_run();
}
