/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_pages_test.c: consents at the desk; and a name that is in no answer but the one that was asked for it. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_desk.h"

#define SECRET "Ximena Zubizarreta"
static const char *const secrets[] = {"Ximena", "Zubizarreta", "Iturbide", "555 0101"};

static const Route *const routes[] = {photos_consent_routes, photos_gallery_routes, photos_routes, photos_public_routes, NULL};

static void open_desk(Desk *d, StoreTest *t)
{
    desk_open(d, t, routes);
    page_test_as(&d->page, &d->room.editor);
}

static const char *at(Desk *d, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "/mesa/fotos/consentimientos/%s%s", number(d, id), after);
}

static const PageAnswer *json(Desk *d, const char *target)
{
    page_test_as(&d->page, &d->room.director);
    return page_test_status(page_test_json(&d->page, target), 200);
}

static const PageAnswer *post(Desk *d, const char *target, const char *form, int status)
{
    page_test_as(&d->page, &d->room.editor);
    return page_test_status(page_test_post(&d->page, target, form), status);
}

/* ---- a form with a file ---- */

static void add_field(Buf *body, const char *name, const char *value)
{
    buf_printf(body, "--xYx\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

static const PageAnswer *bring(Desk *d, const char *target, const char *file, const char *name)
{
    Buf *body = buf_new(d->page.kept, 4096, 1024 * 1024);
    page_test_as(&d->page, &d->room.editor);
    add_field(body, "csrf", page_test_csrf(&d->page));
    add_field(body, "name", SECRET);
    add_field(body, "guardian", "Norma Iturbide");
    add_field(body, "contact", "444 555 0101");
    add_field(body, "use", "networks");
    add_field(body, "heard", "1");
    add_field(body, "heard", "0");
    add_field(body, "signed_on", "2022-07-10");
    add_field(body, "expires_at", "2023-07-10");
    if (file) {
        buf_printf(body, "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n", name, file);
    }
    buf_text(body, "--xYx--\r\n");
    return page_test_ask(&d->page, &(PageAsk){.method = "POST", .target = target, .type = "multipart/form-data; boundary=xYx",
                                              .body = buf_data(body), .body_size = buf_size(body), .headers = {{"Accept", "text/html"}}});
}

static i64 newest(Desk *d)
{
    return office_count(&d->room, "SELECT max(id) FROM photos_consent");
}

static i64 keep(Desk *d)
{
    page_test_status(bring(d, "/mesa/fotos/consentimientos", "%PDF-1.4 papel", SECRET ".pdf"), 303);
    return newest(d);
}

static void assert_no_name(const PageAnswer *a)
{
    for (size_t i = 0; i < COUNT(secrets); i++)
        assert_has_not(a, secrets[i]);
}

static i64 lines(Desk *d, const char *verb)
{
    return office_count(&d->room, arena_printf(d->page.kept, "SELECT count(*) FROM journal_line WHERE subject = 'photos_consent' AND verb = '%s'", verb));
}

/* ---- the tests ---- */

static void a_consent_comes_with_its_paper_and_holds_through_its_last_day(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d);
    const Consent *c = photos_consent_row(d.room.ctx, id);
    g_assert_cmpint(c->use, ==, CONSENT_NETWORKS);
    g_assert_true(c->heard);
    g_assert_cmpstr(c->type, ==, "application/pdf");
    g_assert_cmpstr(clock_rfc3339(d.page.kept, d.room.ctx->city->zone, c->expires_at), ==, "2023-07-11T00:00:00-06:00");
    assert_has(page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200), "value=\"2023-07-10\"");
    page_test_close(&d.page);
}

static void a_paper_of_another_kind_is_refused(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    const PageAnswer *no = bring(&d, "/mesa/fotos/consentimientos", "GIF89a", "papel.pdf");
    g_assert_cmpint(no->status, ==, 415);
    assert_has(no, "PDF, JPEG or PNG");
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_consent"), ==, 0);
    g_assert_cmpint(office_count(&d.room, "SELECT count(*) FROM photos_consent_name"), ==, 0);
    page_test_close(&d.page);
}

static void what_was_typed_wrong_is_drawn_again(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d);
    const PageAnswer *again = post(&d, "/mesa/fotos/consentimientos", "name=Ana&guardian=&signed_on=2022-07-10&use=all", 422);
    assert_page_sound(again);
    assert_has(again, "value=\"Ana\"");
    assert_page_sound(post(&d, at(&d, id, ""), "signed_on=ma%C3%B1ana&version=1", 422));
    assert_page_sound(post(&d, at(&d, id, ""), "signed_on=2022-07-11&version=7", 412));
    assert_page_sound(post(&d, at(&d, id, "/revocar"), "reason=", 422));
    assert_page_sound(post(&d, at(&d, id, "/fotos"), "photos=", 422));
    page_test_close(&d.page);
}

static void names_are_shown_to_who_asks_and_that_is_noted(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d);
    const PageAnswer *shown = post(&d, at(&d, id, "/nombres"), "", 200);
    assert_page_sound(shown);
    assert_has(shown, SECRET);
    assert_has(shown, "444 555 0101");
    g_assert_cmpint(lines(&d, "name_read"), ==, 1);
    page_test_as(&d.page, &d.room.director);
    const PageAnswer *told = page_test_status(page_test_send_json(&d.page, at(&d, id, "/nombres"), "{}"), 200);
    assert_has(told, "\"name\":\"" SECRET "\"");
    g_assert_cmpint(lines(&d, "name_read"), ==, 2);
    page_test_as(&d.page, &d.room.photographer);
    page_test_status(page_test_post(&d.page, at(&d, id, "/nombres"), ""), 403);
    g_assert_cmpint(lines(&d, "name_read"), ==, 2);
    page_test_close(&d.page);
}

/* A key that is sent twice must not have the names lie about as a kept answer. */
static void an_answer_with_names_is_not_kept_for_its_key(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d);
    PageAsk ask = {.method = "POST", .target = at(&d, id, "/nombres"), .type = "application/json", .body = "{}", .program = true,
                   .headers = {{"Idempotency-Key", "una-y-otra-vez"}}};
    for (int i = 0; i < 2; i++)
        assert_has(page_test_status(page_test_ask(&d.page, &ask), 200), SECRET);
    g_assert_cmpint(lines(&d, "name_read"), ==, 2);
    page_test_close(&d.page);
}

static void the_paper_is_a_download_that_is_noted(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d);
    const PageAnswer *paper = post(&d, at(&d, id, "/papel"), "", 200);
    g_assert_cmpuint(paper->size, ==, strlen("%PDF-1.4 papel"));
    g_assert_nonnull(strstr(page_test_header(paper, "Content-Disposition"), "attachment"));
    g_assert_null(strstr(page_test_header(paper, "Content-Disposition"), "Ximena"));
    g_assert_cmpint(lines(&d, "scan_read"), ==, 1);
    page_test_close(&d.page);
}

/* Every answer of the room with the consent, its photo and its gallery: none has the name. */
static void no_answer_but_the_one_asked_for_has_the_name(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d), photo = photo_ready(&d.room, d.room.event, 1), gallery = 0;
    photo_copied(&d.room, photo, "0123456789ab");
    office_script(&d.room, "UPDATE photos_photo SET minors = 'consent' WHERE id = %" PRId64, photo);
    post(&d, at(&d, id, "/fotos"), arena_printf(d.page.kept, "photos=%s", number(&d, photo)), 303);
    GalleryDraft draft = {.title = "El parque", .event = d.room.event, .photos = one(&photo)};
    DONE(&d.room, &d.room.editor, photos_gallery_add(d.room.ctx, &draft, &gallery));
    DONE(&d.room, &d.room.editor, photos_gallery_publish(d.room.ctx, gallery, NONE));
    post(&d, at(&d, id, "/nombres"), "", 200);
    const char *p = number(&d, photo), *g = number(&d, gallery);
    const char *desk[] = {"/mesa/fotos/consentimientos", "/mesa/fotos/consentimientos?ver=todos", at(&d, id, ""), at(&d, id, "?q=Ximena"),
                          arena_printf(d.page.kept, "/mesa/fotos/%s", p), "/mesa/fotos?q=parque", "/mesa/galerias",
                          arena_printf(d.page.kept, "/mesa/galerias/%s", g)};
    for (size_t i = 0; i < COUNT(desk); i++) {
        const PageAnswer *a = page_test_get_as(&d.page, &d.room.director, desk[i], 200);
        assert_page_sound(a);
        if (!strstr(desk[i], "?q=Ximena"))
            assert_no_name(a);
        else
            assert_has_not(a, "Zubizarreta");
        assert_no_name(json(&d, desk[i]));
    }
    assert_no_name(page_test_status(page_test_get(&d.page, "/mesa/fotos.csv"), 200));
    const char *open[] = {"/galerias", "/galerias/el-parque-2022-07-14", "/galerias.json", "/galerias.atom", "/galerias/el-parque-2022-07-14.json",
                          arena_printf(d.page.kept, "/galerias/el-parque-2022-07-14/%s", p)};
    for (size_t i = 0; i < COUNT(open); i++)
        assert_no_name(page_test_get_as(&d.page, NULL, open[i], 200));
    page_test_close(&d.page);
}

static void revoking_says_how_many_go_and_they_are_gone(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = keep(&d), photo = photo_ready(&d.room, d.room.event, 1), gallery = 0;
    photo_copied(&d.room, photo, "0123456789ab");
    office_script(&d.room, "UPDATE photos_photo SET minors = 'consent' WHERE id = %" PRId64, photo);
    post(&d, at(&d, id, "/fotos"), arena_printf(d.page.kept, "photos=%s", number(&d, photo)), 303);
    GalleryDraft draft = {.title = "El parque", .event = d.room.event, .photos = one(&photo)};
    DONE(&d.room, &d.room.editor, photos_gallery_add(d.room.ctx, &draft, &gallery));
    DONE(&d.room, &d.room.editor, photos_gallery_publish(d.room.ctx, gallery, NONE));
    assert_has(page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200), "1 photo goes from the site at once");
    page_test_get_as(&d.page, NULL, "/galerias/el-parque-2022-07-14", 200);
    post(&d, at(&d, id, "/revocar"), "reason=Lo+pidi%C3%B3+su+madre", 303);
    page_test_get_as(&d.page, NULL, "/galerias/el-parque-2022-07-14", 410);
    const PageAnswer *after = page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200);
    assert_page_sound(after);
    assert_has(after, "It was revoked.");
    page_test_close(&d.page);
}

static void every_form_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 photo = photo_ready(&d.room, d.room.event, 1);
    assert_page_sound(page_test_get_as(&d.page, &d.room.editor, "/mesa/fotos/consentimientos", 200));
    assert_page_sound(page_test_get_as(&d.page, &d.room.editor, "/mesa/fotos/consentimientos/nuevo", 200));
    const PageAnswer *with = page_test_get_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "/mesa/fotos/consentimientos/nuevo?foto=%s", number(&d, photo)), 200);
    assert_page_sound(with);
    assert_has(with, arena_printf(d.page.kept, "name=\"photos\" value=\"%s\"", number(&d, photo)));
    page_test_get_as(&d.page, &d.room.editor, at(&d, 12345, ""), 404);
    page_test_get_as(&d.page, &d.room.photographer, "/mesa/fotos/consentimientos", 403);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_consent_pages", a_consent_comes_with_its_paper_and_holds_through_its_last_day);
    STORE_TEST("photos_consent_pages", a_paper_of_another_kind_is_refused);
    STORE_TEST("photos_consent_pages", what_was_typed_wrong_is_drawn_again);
    STORE_TEST("photos_consent_pages", names_are_shown_to_who_asks_and_that_is_noted);
    STORE_TEST("photos_consent_pages", an_answer_with_names_is_not_kept_for_its_key);
    STORE_TEST("photos_consent_pages", the_paper_is_a_download_that_is_noted);
    STORE_TEST("photos_consent_pages", no_answer_but_the_one_asked_for_has_the_name);
    STORE_TEST("photos_consent_pages", revoking_says_how_many_go_and_they_are_gone);
    STORE_TEST("photos_consent_pages", every_form_can_be_used_by_everybody);
    return g_test_run();
}
