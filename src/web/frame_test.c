/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* frame_test.c: what stands around a page, for whom; and panels of other rooms. */
#include "web/exchange_test.h"
#include "web/frame_room.h"
#include "web/panel.h"

#define NOTE "/mesa/notas/0000000000001"

static i64 three_wait(Ctx *ctx)
{
    return ctx->db ? 3 : 1000;
}

static const MenuItem desk_menu[] = {
    {N_("Desk"), "layout-dashboard", "/mesa", LOGIN, 1, true, NULL},
    {"Notas <b>", "note", "/mesa/notas", LOGIN, 1, true, three_wait, true},
    {"Sólo editores", "shield-check", "/mesa/editores", RIGHT_TEST, 2, false, NULL},
    {0},
};
static const MenuItem create[] = {
    {"Nueva nota", "plus", "/mesa/notas/nueva", RIGHT_TEST, 0, false, NULL},
    {"Nuevo aviso", "bell", "/mesa/avisos/nuevo", RIGHT_TEST, 0, false, NULL},
    {"Nuevo saludo", "sun", "/mesa/saludos/nuevo", LOGIN, 0, false, NULL},
    {0},
};
static const MenuItem site_menu[] = {
    {"Notas", NULL, "/notas", PUBLIC, 1, true, NULL},
    {"Oculto", NULL, "/mesa", LOGIN, 1, true, NULL},
    {0},
};

static void open_with_menus(PageTest *p, StoreTest *t)
{
    test_open(p, t);
    p->site.desk_menu = desk_menu;
    p->site.site_menu = site_menu;
    p->site.desk_create = create;
}

static void the_rail_shows_what_one_may_open(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    const PageAnswer *a = page_test_get(&p, "/mesa");
    assert_page_sound(a);
    assert_has(a, "Sólo editores");
    assert_has(a, "Nueva nota");
    assert_has(a, "popovertarget=\"crear\""); /* a choice */
    assert_has(a, "Notas &lt;b&gt;");
    assert_has(a, "<em class=\"count\">3<span");
    assert_has(a, "<span class=\"badge\" aria-hidden=\"true\">3</span>");
    assert_has(a, "<a href=\"/mesa\" aria-current=\"page\">");
    assert_has_not(a, "<a href=\"/mesa/notas\" aria-current");
    page_test_as(&p, &test_reader);
    a = page_test_get(&p, "/mesa");
    assert_page_sound(a);
    assert_has_not(a, "Sólo editores");
    assert_has_not(a, "Nueva nota");
    assert_has(a, "<a class=\"create\" href=\"/mesa/saludos/nuevo\""); /* the only one that she may begin */
    assert_has(page_test_get(&p, NOTE), "<a href=\"/mesa/notas\" aria-current=\"page\">");
    page_test_close(&p);
}

static void who_is_logged_in_can_leave(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    const PageAnswer *a = page_test_get(&p, "/mesa");
    assert_has(a, "action=\"/salir\"");
    g_autofree char *field = g_strdup_printf("name=\"csrf\" value=\"%s\"", page_test_csrf(&p));
    assert_has(a, field);
    assert_has(a, "href=\"/mesa/yo\"");
    assert_has(a, ">RP</span>");
    page_test_close(&p);
}

static void the_site_has_its_own_frame(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas?tema=%3Cx%3E&after=q&utm=1");
    assert_page_sound(a);
    assert_has(a, "<body class=\"site\">");
    assert_has(a, "<title>&lt;x&gt; · San Luis Potosí</title>");
    assert_has(a, "<a href=\"/notas\" aria-current=\"page\">Notas</a>");
    assert_has_not(a, "Oculto");
    g_autofree char *canonical = g_strdup_printf(
        "<link rel=\"canonical\" href=\"%s/notas?tema=%%3Cx%%3E&amp;after=q\">", p.city.base_url);
    assert_has(a, canonical);
    assert_has(a, "<meta property=\"og:title\" content=\"&lt;x&gt;\">");
    assert_has(a, "type=\"application/atom+xml\" href=\"/notas.atom\"");
    assert_has(a, "href=\"/notas?tema=%3Cx%3E&amp;after=q&amp;idioma=en\" hreflang=\"en\"");
    assert_has_not(a, "utm");
    page_test_close(&p);
}

static void what_does_not_exist_yet_is_not_linked(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    assert_has_not(page_test_get(&p, "/notas"), "/privacidad");
    assert_has_not(page_test_get(&p, "/notas"), "role=\"search\"");
    assert_has_not(page_test_get(&p, "/mesa"), "/mesa/buscar");
    page_test_close(&p);
}

static void a_bare_page_stands_alone(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    const PageAnswer *a = page_test_get(&p, "/entrar");
    assert_page_sound(a);
    assert_has(a, "<body class=\"desk alone\">");
    assert_has_not(a, "class=\"rail\"");
    page_test_close(&p);
}

static void the_page_of_a_fault_asks_no_database(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    const PageAnswer *a = page_test_get(&p, "/mesa/notas/0000000000009");
    g_assert_cmpint(a->status, ==, 404);
    assert_page_sound(a);
    assert_has_not(a, "1,000");
    assert_has_not(a, "class=\"count\"");
    page_test_close(&p);
}

/* ---- panels ---- */

static void draw_number(Html *h, const char *name, i64 id)
{
    html_raw(h, "<p>", 3);
    html_text(h, name);
    html_plain_int(h, id);
    html_raw(h, "</p>", 4);
}

static void draw_first(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)ctx, (void)req;
    draw_number(h, "first", id);
}

static void draw_second(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)ctx, (void)req;
    draw_number(h, "second", id);
}

static void draw_fault(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)req, (void)id, (void)h;
    fault(ctx, FAULT_BROKEN, "a panel broke");
}

static const Panel early_table[] = {
    {"note", "main", 20, PUBLIC, draw_second},
    {"note", "side", 1, PUBLIC, draw_first},
    {"note", "secret", 1, RIGHT_TEST, draw_first},
    {"note", "broken", 1, PUBLIC, draw_fault},
    {"note", "broken", 2, PUBLIC, draw_first},
    {"site_frame", "top", 1, PUBLIC, draw_first},
    {0},
};
static const Panel late_table[] = {
    {"note", "main", 10, PUBLIC, draw_first}, {"other", "main", 1, PUBLIC, draw_first}, {0}};
static const Panel *const panel_tables[] = {early_table, late_table, NULL};

static const char *drawn(Ctx *ctx, const Request *req, const char *where)
{
    Html *h = html_new(ctx);
    panels_draw(ctx, req, "note", where, 7, h);
    return html_finish(h).s;
}

static void panels_hang_in_their_order(StoreTest *t, const void *unused)
{
    Site site = {.panels = panel_tables};
    Request req = {.site = &site};
    g_assert_cmpstr(drawn(&t->ctx, &req, "main"), ==, "<p>first7</p><p>second7</p>");
    g_assert_cmpstr(drawn(&t->ctx, &req, "nowhere"), ==, "");
    g_assert_true(panels_any(&req, "note", "side"));
    g_assert_false(panels_any(&req, "note", "nowhere"));
    g_assert_false(panels_any(&(Request){0}, "note", "side"));
}

static void panels_are_for_those_who_may(StoreTest *t, const void *unused)
{
    Site site = {.panels = panel_tables};
    Request req = {.site = &site};
    Ctx ctx = t->ctx;
    ctx.actor = &test_reader;
    g_assert_cmpstr(drawn(&ctx, &req, "secret"), ==, "");
    ctx.actor = &test_editor;
    g_assert_cmpstr(drawn(&ctx, &req, "secret"), ==, "<p>first7</p>");
}

static void a_panel_that_breaks_ends_the_drawing(StoreTest *t, const void *unused)
{
    Site site = {.panels = panel_tables};
    Request req = {.site = &site};
    g_assert_cmpstr(drawn(&t->ctx, &req, "broken"), ==, "");
    assert_fault(&t->ctx, FAULT_BROKEN);
}

static void a_later_room_can_hang_something_above_every_page(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    p.site.panels = panel_tables;
    assert_has(page_test_get(&p, "/notas"), "<p>first0</p>");
    assert_has_not(page_test_get(&p, "/mesa"), "<p>first0</p>");
    assert_has(page_test_get(&p, "/nada"), "<p>first0</p>"); /* an alert is for who went astray too */
    page_test_close(&p);
}

/* ---- who saves data, what the city chose, and what is offered for an address that leads nowhere ---- */
static void pictures_become_their_words(StoreTest *t, const void *unused)
{
    SafeHtml page = safe_literal("<p>a</p><img src=\"/a.png\" alt=\"Una &quot;plaza&quot;\" width=\"2\"><b>&lt;img </b><img src=\"/b.png\" alt=\"\">z");
    g_assert_cmpstr(frame_without_pictures(&t->ctx, page).s, ==,
                    "<p>a</p><span class=\"left-out\">Una &quot;plaza&quot;</span><b>&lt;img </b>z");
}

static void chosen_look(Ctx *ctx, FrameLook *look_out)
{
    FrameAccount *account = arena_new_of(ctx->arena, FrameAccount);
    *account = (FrameAccount){"Facebook", "brand-facebook", url_literal("https://facebook.example/slp")};
    *look_out = (FrameLook){"laguna", {account, 1}};
}

static void the_city_chooses_colours_and_names_its_accounts(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    p.site.look = chosen_look;
    const PageAnswer *a = page_test_get(&p, "/notas");
    assert_page_sound(a);
    assert_has(a, "data-palette=\"laguna\"");
    assert_has(a, "https://facebook.example/slp");
    assert_has_not(page_test_get(&p, "/mesa"), "data-palette");
    page_test_close(&p);
}

static void an_address_that_leads_nowhere_is_looked_for(StoreTest *t, const void *unused)
{
    PageTest p;
    open_with_menus(&p, t);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/notas/obra-de_la.plaza/2019");
    g_assert_cmpint(a->status, ==, 404);
    assert_page_sound(a);
    assert_has(a, "Notas"); /* the sections */
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("frame", the_rail_shows_what_one_may_open);
    STORE_TEST("frame", who_is_logged_in_can_leave);
    STORE_TEST("frame", the_site_has_its_own_frame);
    STORE_TEST("frame", what_does_not_exist_yet_is_not_linked);
    STORE_TEST("frame", a_bare_page_stands_alone);
    STORE_TEST("frame", the_page_of_a_fault_asks_no_database);
    STORE_TEST("panel", panels_hang_in_their_order);
    STORE_TEST("panel", panels_are_for_those_who_may);
    STORE_TEST("panel", a_panel_that_breaks_ends_the_drawing);
    STORE_TEST("panel", a_later_room_can_hang_something_above_every_page);
    STORE_TEST("frame", pictures_become_their_words);
    STORE_TEST("frame", the_city_chooses_colours_and_names_its_accounts);
    STORE_TEST("frame", an_address_that_leads_nowhere_is_looked_for);
    return g_test_run();
}
