/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_page_test.c: the page that takes pictures in, and its form where no script runs. */
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_office.h"
#include "web/web_test.h"

typedef struct Desk {
    PhotoOffice o;
    PageTest p;
} Desk;

static Desk open_desk(StoreTest *t)
{
    static const Route *const routes[] = {photos_hand_in_routes, NULL};
    Desk d = {.o = photo_office(t)};
    page_test_open(&d.p, t, routes);
    page_test_as(&d.p, &d.o.photographer);
    return d;
}

#define assert_status(a, wanted) g_assert_cmpint((a)->status, ==, wanted)

static void the_page_says_what_can_be_chosen(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    const PageAnswer *a = page_test_get(&d.p, "/mesa/fotos/subir");
    assert_status(a, 200);
    assert_page_sound(a);
    assert_has(a, "Inauguración del parque");
    assert_has_not(a, "Reunión reservada");
    const char *there = arena_printf(d.p.kept, "/mesa/fotos/subir?evento=%s", id_text(d.p.kept, d.o.other_event));
    a = page_test_get(&d.p, there);
    assert_has(a, "selected>");
    d.o.ctx->now += 400 * CLOCK_DAY;
    assert_page_sound(page_test_get(&d.p, "/mesa/fotos/subir"));
    assert_has(page_test_get(&d.p, there), "Feria del libro");
    page_test_close(&d.p);
}

#define FILE_PART(name, text) \
    "--XbX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" name "\"\r\nContent-Type: image/jpeg\r\n\r\n" text "\r\n"

static const PageAnswer *send_form(Desk *d, const char *parts)
{
    const char *target = arena_printf(d->p.kept, "%s/%s", id_text(d->p.kept, d->o.event), id_text(d->p.kept, d->o.coverage));
    const char *body = arena_printf(d->p.kept, "--XbX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                                               "--XbX\r\nContent-Disposition: form-data; name=\"target\"\r\n\r\n%s\r\n%s--XbX--\r\n",
                                    page_test_csrf(&d->p), target, parts);
    return page_test_ask(&d->p, &(PageAsk){.method = "POST", .target = "/mesa/fotos", .type = "multipart/form-data; boundary=XbX", .body = body});
}

static void without_a_script_all_come_at_once(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    const PageAnswer *a = send_form(&d, FILE_PART("uno.jpg", "first") FILE_PART("dos.jpg", "second") FILE_PART("nada.jpg", ""));
    assert_status(a, 303);
    g_assert_true(strstr(page_test_header(a, "Location"), "/mesa/fotos?evento=") != NULL);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM photos_photo"), ==, 2);
    a = send_form(&d, "");
    assert_status(a, 422);
    assert_page_sound(a);
    a = send_form(&d, FILE_PART("nada.jpg", ""));
    assert_status(a, 422);
    assert_has(a, "nada.jpg");
    page_test_close(&d.p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("upload_page", the_page_says_what_can_be_chosen);
    STORE_TEST("upload_page", without_a_script_all_come_at_once);
    return g_test_run();
}
