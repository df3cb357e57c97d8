/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_pages_test.c: the pages of the media people: sound, for who may, and nothing of a contact anywhere else. */
#include "desks/press/media/press_media_test_office.h"
#include "web/web_test.h"

static const Route *const routes[] = {
    press_contact_routes, press_media_list_routes, press_sending_routes, press_embargo_routes, press_preview_routes, press_accreditation_routes,
    press_newsroom_routes, press_pickup_routes, press_list_routes, press_routes, press_public_routes, NULL,
};
static const Panel *const panels[] = {press_media_panels, NULL};

typedef struct Pages {
    Newsroom n;
    PageTest page;
    i64 contact, list, published, embargoed;
    const char *secret;
} Pages;

/* What must never be read by anybody else. */
static const char *const canaries[] = {"Canaria Reservada", "canaria@reservada.example", "444 999 0000", "nota canaria", "Medio Canario"};

static i64 make_contact(Ctx *ctx)
{
    i64 id = 0;
    g_assert_true(press_contact_add(ctx, &(ContactDraft){.name = canaries[0], .mail = canaries[1], .phone = canaries[2], .note = canaries[3],
                                                         .outlet = canaries[4], .outlet_kind = OUTLET_PRINT, .accredited = true,
                                                         .beats = "Cabildo\nObra", .consent_how = "tarjeta"}, &id));
    return id;
}

static void open_pages(Pages *p, StoreTest *t)
{
    *p = (Pages){.n = newsroom(t)};
    p->published = published_of(&p->n, "Arranca el bacheo", NULL);
    p->embargoed = approved_of(&p->n, "Presupuesto 2023", NULL);
    Schedule later = {.publish_at = t->ctx.now + CLOCK_DAY, .embargo_until = t->ctx.now + CLOCK_DAY};
    done(&p->n, &p->n.editor, STEP(step_schedule, .id = p->embargoed, .schedule = later));
    Ctx *ctx = begin(&p->n);
    i64 preview;
    p->contact = make_contact(ctx);
    p->list = list_of(ctx, "Medios locales", &p->contact, 1);
    p->secret = press_contact(ctx, p->contact)->opt_out;
    g_assert_true(press_preview_give(ctx, p->embargoed, p->contact, 0, &preview));
    finish(&p->n);
    page_test_open(&p->page, t, routes);
    p->page.site.panels = panels;
    p->page.site.seal_key = test_key();
    page_test_as(&p->page, &p->n.director);
}

static const PageAnswer *sound(Pages *p, const char *target)
{
    const PageAnswer *a = page_test_get(&p->page, target);
    if (a->status != 200)
        g_error("%s: %d", target, a->status);
    assert_page_sound(a);
    return a;
}

static const char *of(Pages *p, const char *before, i64 id, const char *after)
{
    return arena_printf(p->page.kept, "%s%s%s", before, id_text(p->page.kept, id), after);
}

static void every_page_is_sound(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    const char *const targets[] = {
        "/mesa/prensa/contactos", "/mesa/prensa/contactos?q=canaria", "/mesa/prensa/contactos?q=nadie", "/mesa/prensa/contactos?ver=archivados",
        "/mesa/prensa/contactos/nuevo", "/mesa/prensa/contactos/importar", of(&p, "/mesa/prensa/contactos/", p.contact, ""),
        "/mesa/prensa/listas", of(&p, "/mesa/prensa/listas/", p.list, "?q=nadie"), "/mesa/prensa/acreditaciones",
        "/mesa/prensa/acreditaciones?ver=resueltas", "/mesa/prensa/retomas?mes=2022-07", of(&p, "/mesa/comunicados/", p.published, "/retomas"),
        of(&p, "/mesa/comunicados/", p.published, "/envios"), of(&p, "/mesa/comunicados/", p.embargoed, "/envios"),
        of(&p, "/mesa/comunicados/", p.embargoed, "/avances"), of(&p, "/mesa/comunicados/", p.published, "/avances"),
        of(&p, "/mesa/comunicados/", p.published, ""), of(&p, "/mesa/comunicados/", p.embargoed, ""), "/prensa", "/prensa/acreditacion",
    };
    for (size_t i = 0; i < COUNT(targets); i++)
        sound(&p, targets[i]);
    assert_has(sound(&p, of(&p, "/mesa/comunicados/", p.published, arena_printf(p.page.kept, "/envios?listas=%s", id_text(p.page.kept, p.list)))),
               canaries[1]); /* mail is not set up: the addresses, to be copied */
    page_test_close(&p.page);
}

static void assert_nothing_leaks(const PageAnswer *a, const char *target)
{
    g_assert_cmpint(a->status, !=, 500);
    for (size_t i = 0; i < COUNT(canaries); i++)
        if (strstr(a->body, canaries[i]))
            g_error("%s gives away \"%s\"", target, canaries[i]);
}

static void nothing_of_a_contact_is_read_anywhere_else(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    Ctx *ctx = begin(&p.n);
    i64 id;
    PickupDraft d = {.outlet = "Otro medio", .kind = OUTLET_PRINT, .day = ctx->now - CLOCK_HOUR, .note = "Página 3", .size = NONE};
    g_assert_true(press_pickup_add(ctx, p.published, &d, &id));
    finish(&p.n);
    const char *const targets[] = {
        "/prensa", "/prensa/acreditacion", "/comunicados", "/comunicados.json", "/comunicados.atom", "/comunicados/arranca-el-bacheo",
        "/comunicados/arranca-el-bacheo.json", "/mesa/comunicados", "/mesa/comunicados.json", "/mesa/prensa/retomas?mes=2022-07",
        "/mesa/prensa/retomas.json?mes=2022-07", of(&p, "/mesa/comunicados/", p.published, ""), of(&p, "/mesa/comunicados/", p.published, ".json"),
        of(&p, "/mesa/comunicados/", p.embargoed, ""), of(&p, "/mesa/comunicados/", p.published, "/retomas"),
        of(&p, "/mesa/comunicados/", p.embargoed, "/avances"), of(&p, "/mesa/comunicados/", p.published, "/envios"), "/mesa/prensa/contactos",
        "/mesa/prensa/contactos.csv", "/mesa/prensa/contactos.json", of(&p, "/mesa/prensa/contactos/", p.contact, ".json"), "/mesa/prensa/listas",
        of(&p, "/mesa/prensa/listas/", p.list, ""), "/mesa/prensa/acreditaciones",
    };
    for (int who = 0; who < 2; who++)
        for (size_t i = 0; i < COUNT(targets); i++) {
            page_test_as(&p.page, who ? &p.n.writer : NULL);
            assert_nothing_leaks(page_test_get(&p.page, targets[i]), targets[i]);
        }
    page_test_close(&p.page);
}

static void data_of_contacts_cannot_hurt_a_spreadsheet(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    Ctx *ctx = begin(&p.n);
    contact(ctx, "=HYPERLINK(\"http://x\")", "formula@a.example", true);
    finish(&p.n);
    const PageAnswer *a = page_test_get(&p.page, "/mesa/prensa/contactos.csv");
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "'=HYPERLINK");
    assert_has_not(a, p.secret);
    assert_has_not(page_test_json(&p.page, "/mesa/prensa/contactos"), p.secret);
    page_test_close(&p.page);
}

static void a_table_is_looked_at_before_it_is_written(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    const char *csv = "nombre%2Ccorreo%0AAna%2Cana%40a.example%0A";
    const PageAnswer *a = page_test_post(&p.page, "/mesa/prensa/contactos/importar", arena_printf(p.page.kept, "text=%s", csv));
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "ana@a.example");
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM press_contact WHERE 0 = $1"), ==, 1);
    a = page_test_post(&p.page, "/mesa/prensa/contactos/importar", arena_printf(p.page.kept, "text=%s&confirm=1", csv));
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM press_contact WHERE 0 = $1"), ==, 2);
    a = page_test_post(&p.page, "/mesa/prensa/contactos/importar", "text=correo%0Anada%0A");
    g_assert_cmpint(a->status, ==, 422);
    assert_page_sound(a);
    page_test_close(&p.page);
}

static const char *link_of(Pages *p)
{
    Ctx *ctx = &p->n.t->ctx;
    const char *url = ((const MediaPreview *)press_previews(ctx, p->embargoed, test_key()).items)->url;
    return strstr(url, "/prensa/avance/");
}

static void a_link_under_embargo_says_whose_it_is_and_stays_secret(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    page_test_as(&p.page, NULL);
    const PageAnswer *a = sound(&p, link_of(&p));
    assert_has(a, "Presupuesto 2023");
    assert_has(a, canaries[0]);
    assert_has_not(a, canaries[1]);
    g_assert_cmpstr(page_test_header(a, "X-Robots-Tag"), ==, "noindex, nofollow");
    g_assert_cmpstr(page_test_header(a, "Cache-Control"), ==, "private, no-store");
    g_assert_null(a->cache_key);
    char *forged = arena_text(p.page.kept, link_of(&p));
    forged[strlen(forged) - 2] ^= 1;
    g_assert_cmpint(page_test_get(&p.page, forged)->status, ==, 404);
    t->ctx.now += CLOCK_DAY + CLOCK_MINUTE;
    work(&p.n);
    p.page.site.panels = panels;
    a = page_test_get(&p.page, link_of(&p));
    g_assert_cmpint(a->status / 100, ==, 3);
    g_assert_true(text_ends(page_test_header(a, "Location"), "/comunicados/presupuesto-2023"));
    page_test_close(&p.page);
}

static void a_mail_programs_single_click_is_enough(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    page_test_as(&p.page, NULL);
    const char *address = arena_printf(p.page.kept, "/prensa/baja/%s", p.secret);
    sound(&p, address);
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM press_contact WHERE opted_out_at IS NOT NULL AND 0 = $1"), ==, 0); /* reading asks only */
    PageAsk click = {.method = "POST", .target = address, .body = "List-Unsubscribe=One-Click", .no_csrf = true,
                     .headers = {{"Sec-Fetch-Site", ""}, {"Origin", ""}, {"Cookie", ""}}};
    const PageAnswer *a = page_test_ask(&p.page, &click);
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM press_contact WHERE opted_out_at IS NOT NULL AND 0 = $1"), ==, 1);
    g_assert_cmpint(page_test_get(&p.page, "/prensa/baja/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")->status, ==, 404);
    page_test_close(&p.page);
}

static void media_ask_on_the_public_page(StoreTest *t, const void *unused)
{
    Pages p;
    open_pages(&p, t);
    page_test_as(&p.page, NULL);
    const PageAnswer *a = page_test_post(&p.page, "/prensa/acreditacion", "name=Ana&outlet=El+Sol&mail=no");
    g_assert_cmpint(a->status, ==, 422);
    assert_page_sound(a);
    assert_has(a, "El Sol"); /* what was typed is kept */
    a = page_test_post(&p.page, "/prensa/acreditacion", "name=%3Cb%3EAna&outlet=El+Sol&mail=ana%40sol.example&text=Con+c%C3%A1mara");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    page_test_as(&p.page, &p.n.director);
    a = sound(&p, "/mesa/prensa/acreditaciones");
    assert_has(a, "&lt;b&gt;Ana");
    page_test_close(&p.page);
}

static void nothing_heard(void *to, const WriterNews *news)
{
    (void)to;
    (void)news;
}

static void who_opens_a_record_or_takes_the_list_away_leaves_a_line(StoreTest *t, const void *unused)
{
    Pages p;
    const char *why = NULL;
    open_pages(&p, t);
    p.page.site.writer = writer_start(t->url, nothing_heard, NULL, &why);
    g_assert_nonnull(p.page.site.writer);
    sound(&p, "/mesa/prensa/contactos"); /* the list on the screen leaves none */
    sound(&p, of(&p, "/mesa/prensa/contactos/", p.contact, ""));
    g_assert_cmpint(page_test_get(&p.page, "/mesa/prensa/contactos.csv")->status, ==, 200);
    sound(&p, link_of(&p));
    writer_stop(p.page.site.writer);
    p.page.site.writer = NULL;
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM journal_line WHERE subject = 'press_contact' AND verb = 'read' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&p.n, "SELECT count(*) FROM journal_line WHERE subject = 'press_contact' AND verb = 'exported' AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&p.n, "SELECT seen FROM press_preview WHERE 0 = $1"), ==, 1);
    page_test_close(&p.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("media_pages", every_page_is_sound);
    STORE_TEST("media_pages", nothing_of_a_contact_is_read_anywhere_else);
    STORE_TEST("media_pages", data_of_contacts_cannot_hurt_a_spreadsheet);
    STORE_TEST("media_pages", a_table_is_looked_at_before_it_is_written);
    STORE_TEST("media_pages", a_link_under_embargo_says_whose_it_is_and_stays_secret);
    STORE_TEST("media_pages", a_mail_programs_single_click_is_enough);
    STORE_TEST("media_pages", media_ask_on_the_public_page);
    STORE_TEST("media_pages", who_opens_a_record_or_takes_the_list_away_leaves_a_line);
    return g_test_run();
}
