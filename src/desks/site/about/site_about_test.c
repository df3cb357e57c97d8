/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_about_test.c: what the city says of itself: contact, palette, privacy notice by versions, organisation. */
#include "base/text.h"
#include "desks/site/about/site_about.h"
#include "desks/site/site_pages.h"
#include "store/search.h"
#include "store/store_test.h"
#include "web/web_test.h"

static const Route *const routes[] = {site_routes, site_about_routes, site_set_up_routes, NULL};
static Actor dalia;

static bool begin(Ctx *ctx, void *unused)
{
    dalia = (Actor){.name = "Dalia", .rights = 1u << LOGIN | UINT64_C(1) << RIGHT_SITE_EDIT};
    return people_seed(ctx) && people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia", NULL, ROLE_COORDINATOR, 0}, &dalia.id) &&
           site_begin(ctx);
}

static bool begin_again(Ctx *ctx, void *unused)
{
    return site_begin(ctx);
}

static void open_site(PageTest *p, StoreTest *t)
{
    test_write(&t->ctx, begin, NULL);
    page_test_open(p, t, routes);
    p->site.look = site_look;
    page_test_as(p, NULL);
}

/* ---- the privacy notice ---- */
static void a_new_city_has_a_notice_in_both_languages(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    const PageAnswer *a = page_test_get(&p, "/privacidad");
    assert_page_sound(a);
    assert_has(a, "Aviso de privacidad integral");
    assert_has(a, "San Luis Potosí");
    assert_has_not(a, "{city}");
    assert_has(page_test_get(&p, "/privacidad?idioma=en"), "Privacy notice in full");
    test_write(&t->ctx, begin_again, NULL); /* the next start adds none */
    g_assert_cmpint(site_privacy_versions(&t->ctx).count, ==, 1);
    page_test_close(&p);
}

typedef struct NewVersion {
    PrivacyNotice notice;
    i64 seen, version;
} NewVersion;

static bool add_version(Ctx *ctx, void *data)
{
    NewVersion *n = data;
    return site_privacy_add(ctx, n->seen, &n->notice, &n->version);
}

static void what_was_shown_can_be_read_for_ever(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    NewVersion n = {{.body = "## Aviso\n\nGuardamos **nada**.", .note = "Más corto"}, 1, 0};
    test_write(&t->ctx, add_version, &n);
    g_assert_cmpint(n.version, ==, 2);
    const PageAnswer *a = page_test_get(&p, "/privacidad");
    assert_page_sound(a);
    assert_has(a, "Guardamos <strong>nada</strong>.");
    assert_has(a, "Más corto");
    a = page_test_get(&p, "/privacidad?version=1");
    assert_page_sound(a);
    assert_has(a, "Aviso de privacidad integral");
    assert_has(a, "noindex");
    g_assert_cmpint(page_test_get(&p, "/privacidad?version=3")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/privacidad?version=-1")->status, ==, 404);
    page_test_close(&p);
}

static void the_second_who_writes_a_version_loses(StoreTest *t, const void *unused)
{
    test_write(&t->ctx, begin, NULL);
    NewVersion n = {{.body = "Uno", .note = "Primera"}, 1, 0};
    test_write(&t->ctx, add_version, &n);
    n.notice.body = "Dos";
    g_assert_false(db_transact(&t->ctx, add_version, &n)); /* saw version 1 */
    assert_fault(&t->ctx, FAULT_STALE);
    n.seen = 2;
    n.notice.body = "Uno";
    g_assert_false(db_transact(&t->ctx, add_version, &n)); /* nothing changed */
    assert_fault(&t->ctx, FAULT_INVALID);
    n.notice.body = "Tres";
    n.notice.note = " ";
    g_assert_false(db_transact(&t->ctx, add_version, &n));
    assert_fault(&t->ctx, FAULT_INVALID);
}

static void a_version_is_previewed_before_it_is_published(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    page_test_as(&p, &dalia);
    assert_page_sound(page_test_get(&p, "/mesa/sitio/privacidad"));
    const char *form = "body=Solo+guardamos+%3Cscript%3Enada&note=Corto&version=1";
    const PageAnswer *a = page_test_post(&p, "/mesa/sitio/privacidad/vista", form);
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "Solo guardamos &lt;script&gt;nada");
    assert_has_not(a, "<script>nada");
    g_assert_cmpint(site_privacy_versions(&t->ctx).count, ==, 1); /* nothing was written */
    a = page_test_post(&p, "/mesa/sitio/privacidad", "body=&note=Corto&version=1");
    g_assert_cmpint(a->status, ==, 422);
    assert_page_sound(a);
    g_assert_cmpint(page_test_post(&p, "/mesa/sitio/privacidad", form)->status, ==, 303);
    g_assert_cmpint(site_privacy_versions(&t->ctx).count, ==, 2);
    page_test_close(&p);
}

/* ---- contact and look ---- */
static void contact_and_accounts_stand_on_every_page(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    page_test_as(&p, &dalia);
    assert_page_sound(page_test_get(&p, "/mesa/sitio"));
    assert_page_sound(page_test_get(&p, "/mesa/sitio/contacto"));
    const PageAnswer *a = page_test_post(&p, "/mesa/sitio/contacto", "phone=444+834+5434&facebook=javascript:alert(1)");
    g_assert_cmpint(a->status, ==, 422);
    assert_page_sound(a);
    assert_has(a, "444 834 5434"); /* what was typed is kept */
    a = page_test_post(&p, "/mesa/sitio/contacto", "phone=444+834+5434&facebook=https://facebook.example/slp&version=0");
    g_assert_cmpint(a->status, ==, 303);
    a = page_test_post(&p, "/mesa/sitio/contacto", "phone=1&version=0"); /* somebody who saw the page before */
    g_assert_cmpint(a->status, ==, 412);
    page_test_as(&p, NULL);
    a = page_test_get(&p, "/contacto");
    assert_page_sound(a);
    assert_has(a, "444 834 5434");
    assert_has(page_test_get(&p, "/accesibilidad"), "https://facebook.example/slp"); /* in the footer */
    page_test_close(&p);
}

static void the_palette_is_one_of_four(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    page_test_as(&p, &dalia);
    assert_page_sound(page_test_get(&p, "/mesa/sitio/aspecto"));
    g_assert_cmpint(page_test_post(&p, "/mesa/sitio/aspecto", "theme=rosa")->status, ==, 422);
    assert_has_not(page_test_get(&p, "/contacto"), "data-palette");
    g_assert_cmpint(page_test_post(&p, "/mesa/sitio/aspecto", "theme=laguna")->status, ==, 303);
    assert_has(page_test_get(&p, "/contacto"), "data-palette=\"laguna\"");
    assert_has(page_test_json(&p, "/mesa/sitio/aspecto"), "\"theme\":\"laguna\"");
    page_test_close(&p);
}

static void only_who_may_changes_the_site(StoreTest *t, const void *unused)
{
    PageTest p;
    open_site(&p, t);
    page_test_as(&p, &(Actor){.id = 8, .name = "Tadeo", .rights = 1u << LOGIN});
    const char *paths[] = {"/mesa/sitio/contacto", "/mesa/sitio/aspecto", "/mesa/sitio/privacidad"};
    for (size_t i = 0; i < COUNT(paths); i++)
        g_assert_cmpint(page_test_get(&p, paths[i])->status, ==, 403);
    g_assert_cmpint(page_test_post(&p, "/mesa/sitio/aspecto", "theme=tuna")->status, ==, 403);
    assert_page_sound(page_test_get(&p, "/mesa/sitio"));
    page_test_close(&p);
}

/* ---- organisation ---- */
typedef struct Heads {
    i64 post, head, stand_in;
} Heads;

static bool name_heads(Ctx *ctx, void *data)
{
    Heads *h = data;
    h->post = ((const Post *)people_posts(ctx).items)->id;
    return people_add(ctx, &(PersonDraft){"ana@sanluis.example", "Ana Directora", NULL, ROLE_DIRECTOR, 0}, &h->head) &&
           people_hold_post(ctx, h->post, h->head);
}

static void the_hierarchy_is_said_to_people_and_machines(StoreTest *t, const void *unused)
{
    PageTest p;
    Heads heads;
    open_site(&p, t);
    test_write(&t->ctx, name_heads, &heads);
    const PageAnswer *a = page_test_get(&p, "/organizacion");
    assert_page_sound(a);
    assert_has(a, "Ana Directora");
    assert_has(a, "\"@type\":\"GovernmentOrganization\"");
    assert_has(a, "\"jobTitle\":\"Dirección General, vocería oficial\"");
    assert_has(a, "Vacante");
    /* an area stands below the one that it belongs to */
    g_assert_true(strstr(a->body, "Coordinación de Difusión") > strstr(a->body, "Dirección General de Comunicación Social"));
    page_test_close(&p);
}

static void fixed_pages_are_found(StoreTest *t, const void *unused)
{
    test_write(&t->ctx, begin, NULL);
    const struct {
        const char *words, *address;
    } wanted[] = {{"organigrama", "/organizacion"}, {"horario y cuentas", "/contacto"}, {"lectores de pantalla", "/accesibilidad"},
                  {"derechos ARCO", "/privacidad"}, {"noticia falsa", "/verificar"}};
    for (size_t i = 0; i < COUNT(wanted); i++) {
        SearchFound found = search_ask(&t->ctx, &(SearchAsk){.words = wanted[i].words, .subject = "site_page", .limit = 5});
        if (!found.hits.count)
            g_error("%s is not found", wanted[i].words);
        g_assert_cmpstr(((const SearchHit *)found.hits.items)->address, ==, wanted[i].address);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("site_about", a_new_city_has_a_notice_in_both_languages);
    STORE_TEST("site_about", what_was_shown_can_be_read_for_ever);
    STORE_TEST("site_about", the_second_who_writes_a_version_loses);
    STORE_TEST("site_about", a_version_is_previewed_before_it_is_published);
    STORE_TEST("site_about", contact_and_accounts_stand_on_every_page);
    STORE_TEST("site_about", the_palette_is_one_of_four);
    STORE_TEST("site_about", only_who_may_changes_the_site);
    STORE_TEST("site_about", the_hierarchy_is_said_to_people_and_machines);
    STORE_TEST("site_about", fixed_pages_are_found);
    return g_test_run();
}
