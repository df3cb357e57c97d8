/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_sitemap_test.c: the sitemap as one list and, when there are many releases, as an index of parts. */
#include "desks/site/site_pages.h"
#include "web/web_test.h"

static const Route *const routes[] = {site_routes, NULL};

static const PageAnswer *get(PageTest *p, const char *target)
{
    const PageAnswer *a = page_test_get(p, target);
    if (a->status != 200)
        g_error("%s: %d: %s", target, a->status, a->body);
    return a;
}

static void many_releases_make_an_index(StoreTest *t, const void *unused)
{
    PageTest p;
    page_test_open(&p, t, routes);
    assert_has(get(&p, "/sitemap.xml"), "<urlset");
    assert_has(get(&p, "/sitemap.xml"), "/comunicados</loc>");
    test_script(&t->ctx, "INSERT INTO press_tally (topic, month, releases) VALUES ('', '2020-01', 30000), ('', '2020-02', 30000), ('', '2021-05', 7)");
    const PageAnswer *index = get(&p, "/sitemap.xml");
    assert_has(index, "<sitemapindex");
    assert_has(index, "/sitemap.xml?parte=paginas</loc>");
    assert_has(index, "/sitemap.xml?anio=2021</loc>");
    assert_has(index, "/sitemap.xml?mes=2020-02</loc>");
    assert_has_not(index, "?anio=2020<");
    assert_has(get(&p, "/sitemap.xml?parte=paginas"), "/agenda</loc>");
    assert_has_not(get(&p, "/sitemap.xml?anio=2021"), "/agenda</loc>");
    g_assert_cmpint(page_test_get(&p, "/sitemap.xml?anio=99")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/sitemap.xml?mes=2020-13")->status, ==, 404);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("site_sitemap", many_releases_make_an_index);
    return g_test_run();
}
