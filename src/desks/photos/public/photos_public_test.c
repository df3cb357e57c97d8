/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_test.c: what citizens see of pictures, and what they never see. */
#include "desks/photos/public/photos_public_test_city.h"

/* ---- lists ---- */

static void galleries_stand_by_month_and_year(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const PageAnswer *a = get(&c, 200, "/galerias");
    assert_page_sound(a);
    assert_has(a, "Inauguración del parque");
    assert_has(a, "id=\"uso\"");
    assert_has(a, "/galerias.atom");
    assert_has(get(&c, 200, "/galerias.json"), "\"total\":1");
    assert_has(get(&c, 200, "/galerias.json?anio=2022"), "\"slug\":\"inauguracion\"");
    assert_has(get(&c, 200, "/galerias.json?anio=2021"), "\"total\":0");
    assert_page_sound(get(&c, 200, "/galerias?anio=2021"));
    get(&c, 422, "/galerias?anio=julio");
    assert_has(get(&c, 200, "/galerias.atom"), "tag:vocero,2022:gallery:");
    citizen_close(&c);
}

static void a_list_goes_on_where_it_stopped(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    for (int i = 0; i < 4; i++)
        put_gallery(&c, arena_printf(c.ctx->arena, "otra-%d", i), "Otra", c.photos[0], 1);
    const char *target = "/galerias.json?limit=2";
    i64 seen = 0;
    for (int pages = 0; target && pages < 5; pages++) {
        const PageAnswer *a = get(&c, 200, target);
        const Json *list = json_read(c.ctx, a->body, a->size);
        seen += (i64)json_count(json_get(list, "items"));
        target = json_text_of(json_get(list, "next"));
    }
    g_assert_cmpint(seen, ==, 5);
    g_assert_null(target);
    citizen_close(&c);
}

static void nothing_is_there_yet(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    PageTest p;
    page_test_open(&p, t, citizen_routes);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/galerias");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "class=\"empty\"");
    g_assert_cmpint(o.event, !=, 0);
    page_test_close(&p);
}

/* ---- a gallery and a picture ---- */

static void a_gallery_shows_its_pictures(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const PageAnswer *a = get(&c, 200, "/galerias/inauguracion");
    assert_page_sound(a);
    const char *const wanted[] = {"1280-" RECIPE ".avif", "640-" RECIPE ".webp 640w", "320-" RECIPE ".webp 320w", "width=\"4000\" height=\"3000\"",
        "fetchpriority=\"high\"", "alt=\"Niños junto a una fuente\"", "\"@type\":\"ImageGallery\"", "share-" RECIPE ".jpg", "/galerias/inauguracion/fotos.zip",
        "data-thumb=", "at-left", "Renata Paz", "&lt;iframe src=", "/agenda/", NULL};
    for (size_t i = 0; wanted[i]; i++)
        assert_has(a, wanted[i]);
    g_assert_nonnull(strstr(page_test_header(a, "Link"), "application/json+oembed"));
    get(&c, 404, "/galerias/no-hay");
    assert_has(get(&c, 200, "/galerias/inauguracion.atom"), "<entry>");
    const PageAnswer *data = get(&c, 200, "/galerias/inauguracion.json");
    assert_has(data, "\"format\":\"webp\"");
    assert_has(data, "\"download\":");
    citizen_close(&c);
}

static void the_first_picture_waits_for_nothing(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *body = get(&c, 200, "/galerias/inauguracion")->body;
    const char *wall = strstr(body, "data-wall"), *first = strstr(wall, "<img"), *second = strstr(first + 1, "<img");
    g_assert_nonnull(second);
    const char *lazy = strstr(first, "loading=\"lazy\"");
    g_assert_true(!lazy || lazy > second);
    g_assert_true(strstr(first, "fetchpriority=\"high\"") < second);
    citizen_close(&c);
}

/* An evening's pictures on a telephone: 150 KB before compression, few statements, and only the first row is loaded at once. */
static void two_hundred_pictures_make_a_small_page(StoreTest *t, const void *unused)
{
    enum { PICTURES = 200, HTML_MOST = 150 * 1024, STATEMENTS_MOST = 8 };
    Citizen c;
    citizen_open(&c, t);
    i64 gallery = put_gallery(&c, "doscientas-fotos-de-la-inauguracion", "Doscientas", c.photos[0], PICTURES);
    for (int i = 0; i < PICTURES; i++) {
        i64 photo = photo_ready(&c.office, c.office.event, 100 + i);
        put_photo(&c, photo, 100 + i);
        put_in(&c, gallery, photo, i + 1);
    }
    office_script(&c.office, "UPDATE photos_public SET alt = 'Familias caminan por la alameda nueva entre jacarandas, con la fuente al fondo'");
    const PageAnswer *a = get(&c, 200, "/galerias/doscientas-fotos-de-la-inauguracion");
    size_t lazy = 0;
    for (const char *p = a->body; (p = strstr(p, "loading=\"lazy\"")); p++)
        lazy++;
    g_test_message("%zu bytes, %" PRIu64 " statements", a->size, a->queries);
    g_assert_cmpuint(a->size, <, HTML_MOST);
    g_assert_cmpuint(a->queries, <, STATEMENTS_MOST);
    g_assert_cmpuint(lazy, ==, PICTURES - 5);
    citizen_close(&c);
}

static void a_picture_has_a_page_of_its_own(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *of[3];
    for (int i = 0; i < 3; i++)
        of[i] = arena_printf(c.page.kept, "/galerias/inauguracion/%s", id_text(c.page.kept, c.photos[i]));
    const PageAnswer *a = get(&c, 200, of[1]);
    assert_page_sound(a);
    const char *const wanted[] = {"El parque &lt;nuevo&gt; &amp; su fuente, 2", "Ana Paz, Luis Gil", "Parque Tangamanga", "\"@type\":\"ImageObject\"",
        "\"creditText\":\"Renata Paz\"", "\"acquireLicensePage\":", "\"license\":", "\"contentUrl\":", "rel=\"prev\"", "rel=\"next\"",
        "press-" RECIPE ".jpg?descargar=1", "og:image", "data-picture", of[0], of[2], NULL};
    for (size_t i = 0; wanted[i]; i++)
        assert_has(a, wanted[i]);
    assert_has_not(get(&c, 200, of[0]), "rel=\"prev\"");
    assert_has_not(get(&c, 200, of[2]), "rel=\"next\"");
    assert_has(get(&c, 200, arena_printf(c.page.kept, "%s.json", of[0])), "\"people\":[\"Ana Paz\",\"Luis Gil\"]");
    get(&c, 404, arena_printf(c.page.kept, "/galerias/inauguracion/%s", id_text(c.page.kept, c.hidden)));
    citizen_close(&c);
}

/* ---- bytes ---- */

static void an_address_gives_its_bytes_and_no_others(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    put_copies(&c, c.photos[0], OLD_RECIPE);
    const PageAnswer *a = get(&c, 200, medium(&c, c.photos[0], "1280-" RECIPE ".webp"));
    assert_has(a, "1280.webp of");
    assert_has(a, "by " RECIPE);
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "image/webp");
    g_assert_nonnull(strstr(page_test_header(a, "Cache-Control"), "immutable"));
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "inline; filename=\"inauguracion-2022-07-14-01.webp\""));
    const char *const moved[] = {"1280.webp", "1280-" OLD_RECIPE ".webp", "1280-000000000000.webp"};
    for (size_t i = 0; i < COUNT(moved); i++) {
        a = get(&c, 303, medium(&c, c.photos[0], moved[i]));
        g_assert_cmpstr(page_test_header(a, "Location"), ==, medium(&c, c.photos[0], "1280-" RECIPE ".webp"));
        g_assert_null(strstr(page_test_header(a, "Cache-Control"), "public"));
    }
    a = get(&c, 200, medium(&c, c.photos[0], "press-" RECIPE ".jpg?descargar=1"));
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "attachment; filename=\"inauguracion-2022-07-14-01.jpg\""));
    citizen_close(&c);
}

static void the_original_and_the_desks_copies_are_nobodys(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *const never[] = {"1280-desk.jpg", "640-desk.jpg", "320-desk.webp", "original.jpg", "9999-" RECIPE ".jpg", "1280-" RECIPE ".png"};
    for (size_t i = 0; i < COUNT(never); i++) {
        const PageAnswer *a = page_test_get(&c.page, medium(&c, c.photos[0], never[i]));
        g_assert_true(a->status == 404 || a->status == 303);
        get(&c, 404, medium(&c, c.hidden, never[i]));
    }
    get(&c, 404, medium(&c, c.hidden, "1280.jpg"));
    get(&c, 404, medium(&c, id_new(c.ctx->now), "1280.jpg"));
    citizen_close(&c);
}

/* ---- what was withdrawn ---- */

static void take_out(Citizen *c, i64 photo)
{
    office_script(&c->office, "DELETE FROM photos_gallery_public_photo WHERE photo = %" PRId64, photo);
    office_script(&c->office, "DELETE FROM photos_public WHERE photo = %" PRId64, photo);
}

static void what_was_withdrawn_is_gone_everywhere(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *page = arena_printf(c.page.kept, "/galerias/inauguracion/%s", id_text(c.page.kept, c.photos[1]));
    /* one that only photos_gone speaks of, and one whose rows are away */
    office_script(&c.office, "INSERT INTO photos_gone (photo, at, reason) VALUES (%" PRId64 ", 1, '" CANARY "')", c.photos[1]);
    take_out(&c, c.photos[2]);
    for (int i = 1; i < 3; i++) {
        const char *const forms[] = {"1280-" RECIPE ".webp", "1280.webp", "press-" RECIPE ".jpg?descargar=1", "share-" RECIPE ".jpg"};
        for (size_t k = 0; k < COUNT(forms); k++) {
            const PageAnswer *a = get(&c, 410, medium(&c, c.photos[i], forms[k]));
            assert_has_not(a, CANARY);
            g_assert_null(a->cache_key);
        }
    }
    get(&c, 410, page);
    const PageAnswer *a = get(&c, 200, "/galerias/inauguracion");
    assert_has_not(a, id_text(c.page.kept, c.photos[1]));
    assert_has_not(a, id_text(c.page.kept, c.photos[2]));
    assert_has(a, id_text(c.page.kept, c.photos[0]));
    assert_has_not(get(&c, 200, "/galerias.json"), id_text(c.page.kept, c.photos[1]));
    assert_has_not(get(&c, 200, "/galerias/inauguracion.json"), id_text(c.page.kept, c.photos[1]));
    citizen_close(&c);
}

static void a_withdrawn_gallery_leaves_a_notice(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    office_script(&c.office, "UPDATE photos_gallery_public SET withdrawn_at = %" PRId64 ", reason = 'Los datos eran falsos.' WHERE gallery = %" PRId64,
                  c.ctx->now, c.gallery);
    const PageAnswer *a = get(&c, 410, "/galerias/inauguracion");
    assert_page_sound(a);
    assert_has(a, "Los datos eran falsos.");
    assert_has_not(a, "Así se vivió");
    assert_has_not(get(&c, 410, "/galerias/inauguracion.json"), RECIPE);
    const char *const gone[] = {"/galerias/inauguracion/fotos.zip", "/galerias/inauguracion.atom", "/galerias/inauguracion/insertar"};
    for (size_t i = 0; i < COUNT(gone); i++)
        assert_has_not(get(&c, 410, gone[i]), "Renata");
    get(&c, 410, arena_printf(c.page.kept, "/galerias/inauguracion/%s", id_text(c.page.kept, c.photos[0])));
    assert_has(get(&c, 200, "/galerias.json"), "\"total\":0");
    assert_has(get(&c, 200, "/galerias.atom"), "Los datos eran falsos.");
    citizen_close(&c);
}

static void the_desks_words_never_leave(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *one_page = arena_printf(c.page.kept, "/galerias/inauguracion/%s", id_text(c.page.kept, c.photos[0]));
    const char *const targets[] = {"/galerias", "/galerias.json", "/galerias.atom", "/galerias/inauguracion", "/galerias/inauguracion.json",
        "/galerias/inauguracion.atom", "/galerias/inauguracion/fotos.zip", "/galerias/inauguracion/insertar", one_page,
        arena_printf(c.page.kept, "%s.json", one_page),
        arena_printf(c.page.kept, "/oembed.json?url=%s/galerias/inauguracion", c.page.city.base_url)};
    for (size_t i = 0; i < COUNT(targets); i++) {
        const PageAnswer *a = get(&c, 200, targets[i]);
        g_assert_null(memmem(a->body, a->size, CANARY, strlen(CANARY)));
        g_assert_null(memmem(a->body, a->size, "IMG_", 4));
    }
    citizen_close(&c);
}

/* ---- in pages of others ---- */

static void only_the_embedded_page_may_be_framed(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const PageAnswer *a = get(&c, 200, "/galerias/inauguracion/insertar");
    assert_page_sound(a);
    g_assert_nonnull(strstr(page_test_header(a, "Content-Security-Policy"), "frame-ancestors *"));
    g_assert_cmpstr(page_test_header(a, "Cross-Origin-Resource-Policy"), ==, "cross-origin");
    assert_has_not(a, "<script");
    const char *const others[] = {"/galerias", "/galerias/inauguracion"};
    for (size_t i = 0; i < COUNT(others); i++)
        g_assert_nonnull(strstr(page_test_header(get(&c, 200, others[i]), "Content-Security-Policy"), "frame-ancestors 'none'"));
    citizen_close(&c);
}

static void oembed_knows_galleries_and_pictures(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *base = c.page.city.base_url;
    const PageAnswer *a = get(&c, 200, arena_printf(c.page.kept, "/oembed.json?url=%s/galerias/inauguracion", base));
    assert_has(a, "\"type\":\"rich\"");
    assert_has(a, "iframe src=");
    a = get(&c, 200, arena_printf(c.page.kept, "/oembed.json?url=%s/galerias/inauguracion/%s", base, id_text(c.page.kept, c.photos[2])));
    assert_has(a, "\"type\":\"photo\"");
    assert_has(a, "\"height\":960");
    get(&c, 404, "/oembed.json?url=https://otro.example/galerias/inauguracion");
    get(&c, 404, arena_printf(c.page.kept, "/oembed.json?url=%s/galerias/inauguracion/%s", base, id_text(c.page.kept, c.hidden)));
    get(&c, 404, "/oembed.json");
    citizen_close(&c);
}

/* ---- on pages of other rooms ---- */

static const char *drawn(Citizen *c, const char *subject, i64 id)
{
    Html *h = html_new(c->ctx);
    Request req = {.site = &c->page.site};
    c->ctx->actor = &actor_nobody;
    panels_draw(c->ctx, &req, subject, "main", id, h);
    assert_no_fault(c->ctx);
    return html_finish(h).s;
}

static void galleries_stand_at_their_event_and_on_the_front(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    g_assert_nonnull(strstr(drawn(&c, "public_event", c.office.event), "/galerias/inauguracion"));
    g_assert_cmpstr(drawn(&c, "public_event", c.office.other_event), ==, "");
    g_assert_nonnull(strstr(drawn(&c, "site_home", 0), "640-" RECIPE ".webp"));
    g_assert_cmpint(photos_public_count(c.ctx, c.office.event), ==, 1);
    g_assert_cmpint((i64)photos_public_addresses(c.ctx, 100).count, ==, 3);
    g_assert_cmpint((i64)photos_feed_entries(c.ctx, 10).count, ==, 1);
    citizen_close(&c);
}

/* What a private event is called stays private, also where its pictures are public. */
static void a_private_event_stays_unnamed(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    office_script(&c.office, "UPDATE photos_gallery_public SET event = %" PRId64, c.office.private_event);
    const char *const targets[] = {"/galerias", "/galerias.json", "/galerias/inauguracion", "/galerias/inauguracion.json", "/galerias.atom"};
    for (size_t i = 0; i < COUNT(targets); i++)
        assert_has_not(get(&c, 200, targets[i]), "reservada");
    citizen_close(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_public", galleries_stand_by_month_and_year);
    STORE_TEST("photos_public", a_list_goes_on_where_it_stopped);
    STORE_TEST("photos_public", nothing_is_there_yet);
    STORE_TEST("photos_public", a_gallery_shows_its_pictures);
    STORE_TEST("photos_public", the_first_picture_waits_for_nothing);
    STORE_TEST("photos_public", two_hundred_pictures_make_a_small_page);
    STORE_TEST("photos_public", a_picture_has_a_page_of_its_own);
    STORE_TEST("photos_public", an_address_gives_its_bytes_and_no_others);
    STORE_TEST("photos_public", the_original_and_the_desks_copies_are_nobodys);
    STORE_TEST("photos_public", what_was_withdrawn_is_gone_everywhere);
    STORE_TEST("photos_public", a_withdrawn_gallery_leaves_a_notice);
    STORE_TEST("photos_public", the_desks_words_never_leave);
    STORE_TEST("photos_public", only_the_embedded_page_may_be_framed);
    STORE_TEST("photos_public", oembed_knows_galleries_and_pictures);
    STORE_TEST("photos_public", galleries_stand_at_their_event_and_on_the_front);
    STORE_TEST("photos_public", a_private_event_stays_unnamed);
    return g_test_run();
}
