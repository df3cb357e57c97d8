/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* router_test.c: which route an address leads to. */
#include "web/router.h"

#include <glib.h>
#include <stdlib.h>

static void handler(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req, (void)page;
}

#define ROUTE(method_, path_, ...)                                          \
    {                                                                       \
        .method = method_, .path = path_, .handler = handler, ##__VA_ARGS__ \
    }

static const Route first_table[] = {
    ROUTE(GET, "/"),
    ROUTE(GET, "/agenda", .formats = AS_HTML | AS_ICS),
    ROUTE(GET, "/agenda/nuevo"),
    ROUTE(GET, "/agenda/:slug"),
    ROUTE(POST, "/agenda/:slug/avisar"),
    ROUTE(GET, "/informes/:month"),
    ROUTE(GET, "/informes/:slug"),
    ROUTE(GET, "/mesa/:id"),
    ROUTE(POST, "/mesa/:id"),
    ROUTE(GET, "/r/:token"),
    ROUTE(GET, "/medios/:id/:variant"),
    {0},
};
static const Route second_table[] = {
    ROUTE(GET, "/novedades.atom", .formats = AS_ATOM),
    ROUTE(GET, "/mixto/:id/a"),
    ROUTE(GET, "/mixto/:slug/b"),
    ROUTE(POST, "/solo/nuevo"),
    ROUTE(GET, "/solo/:slug"),
    {0},
};
static const Route *const tables[] = {first_table, second_table, NULL};

typedef struct Found {
    Router *router;
    Arena *arena;
    Request req;
    RouteMatch match;
} Found;

static void drop(Found *f)
{
    router_free(f->router);
    arena_free(f->arena);
}

static Found find(Method method, const char *path)
{
    Found f = {.router = router_new(tables), .arena = arena_new(0)};
    f.match = router_match(f.router, f.arena, method, path, &f.req);
    return f;
}

static void assert_found(const char *path, const char *wanted)
{
    Found f CLEANUP(drop)
    = find(GET, path);
    const char *found = f.match.route ? f.match.route->path : NULL;
    if (g_strcmp0(found, wanted))
        g_error("%s leads to %s, not to %s", path, found ? found : "nothing",
                wanted ? wanted : "nothing");
}

static void addresses_lead_to_their_routes(void)
{
    assert_found("/", "/");
    assert_found("/agenda", "/agenda");
    assert_found("/agenda/fiesta-de-la-calle", "/agenda/:slug");
    assert_found("/informes/2022-07", "/informes/:month");
    assert_found("/mesa/0000000000001", "/mesa/:id");
    assert_found("/r/abcdefghijklmnopqrstUVWXYZ_-", "/r/:token");
    assert_found("/medios/0000000000001/1280.jpg", "/medios/:id/:variant");
    assert_found("/medios/0000000000001/1280-0123456789ab.webp", "/medios/:id/:variant");
    assert_found("/medios/0000000000001/1280-.webp", NULL);
    assert_found("/medios/0000000000001/1280-a-b.webp", NULL);
    assert_found("/medios/0000000000001/1280-0123456789abc.webp", NULL);
    assert_found("/agend", NULL);
    assert_found("/agenda/a/b", NULL);
    assert_found("/agenda/", NULL);
    assert_found("//agenda", NULL);
}

static void a_literal_goes_before_a_parameter(void)
{
    assert_found("/agenda/nuevo", "/agenda/nuevo");
    assert_found("/informes/2022-07", "/informes/:month");
    assert_found("/informes/anual", "/informes/:slug");
}

static void a_value_that_does_not_fit_its_type_is_nothing(void)
{
    assert_found("/mesa/000000000001", NULL);   /* 12 */
    assert_found("/mesa/00000000000001", NULL); /* 14 */
    assert_found("/mesa/000000000000U", NULL);
    assert_found("/informes/2022-13", "/informes/:slug");
    assert_found("/informes/2022-00", "/informes/:slug");
    assert_found("/agenda/Con Mayúsculas", NULL);
    assert_found("/agenda/a_b", NULL);
    assert_found("/medios/0000000000001/1280", NULL);
    assert_found("/medios/0000000000001/1280.JPG", NULL);
    assert_found("/medios/0000000000001/12.80.jpg", NULL);
    assert_found("/medios/0000000000001/.jpg", NULL);
    assert_found("/medios/0000000000001/1280.j", NULL);
    assert_found("/medios/0000000000001/1280.jpegs", NULL);
    assert_found("/medios/0000000000001/1234567890123.jpg", NULL);
    assert_found("/r/short", NULL);
    assert_found("/r/con.punto.y.bastante.largo", NULL);
}

static void another_type_at_the_same_place_is_tried_too(void)
{
    assert_found("/mixto/0000000000001/a", "/mixto/:id/a");
    assert_found("/mixto/0000000000001/b", "/mixto/:slug/b");
    Found f CLEANUP(drop)
    = find(GET, "/mixto/0000000000001/b");
    g_assert_cmpint(f.req.id, ==, 0); /* what the wrong way noted is forgotten */
    g_assert_cmpstr(f.req.slug, ==, "0000000000001");
}

static void a_literal_of_another_method_does_not_hide_a_parameter(void)
{
    assert_found("/solo/nuevo", "/solo/:slug");
    Found f CLEANUP(drop)
    = find(POST, "/solo/otro");
    g_assert_null(f.match.route);
    g_assert_true(f.match.path_known);
    g_assert_cmpuint(f.match.allowed, ==, 1u << GET);
}

static void parameters_are_noted(void)
{
    Found f CLEANUP(drop)
    = find(POST, "/mesa/0000000000010");
    g_assert_cmpint(f.req.id, ==, 32);
    g_assert_cmpint((int)f.match.route->method, ==, POST);
    g_assert_cmpuint(f.match.allowed, ==, 1u << GET | 1u << POST);
    Found month CLEANUP(drop)
    = find(GET, "/informes/2022-07.json");
    g_assert_cmpstr(month.req.month, ==, "2022-07");
    g_assert_cmpstr(month.req.path, ==, "/informes/2022-07");
}

static void assert_format(const char *path, const char *wanted, Format format)
{
    Found f CLEANUP(drop)
    = find(GET, path);
    if (g_strcmp0(f.match.route ? f.match.route->path : NULL, wanted) ||
        (wanted && f.match.format != format))
        g_error("%s: format %d", path, (int)f.match.format);
}

static void suffixes_are_formats_where_the_route_has_them(void)
{
    assert_format("/agenda.ics", "/agenda", FORMAT_ICS);
    assert_format("/agenda.json", NULL, FORMAT_JSON);
    assert_format("/agenda/nuevo.json", "/agenda/nuevo", FORMAT_JSON);
    assert_format("/agenda/nuevo.csv", NULL, FORMAT_CSV);
    assert_format("/agenda/nuevo.html", NULL, FORMAT_HTML);
    assert_format("/agenda/nuevo.stream", NULL, FORMAT_STREAM);
    assert_format("/agenda/nuevo.JSON", NULL, FORMAT_JSON);
    assert_format("/agenda/nuevo.", NULL, FORMAT_JSON);
    assert_format("/.json", NULL, FORMAT_JSON);
    assert_format("/agenda.json/nuevo", NULL, FORMAT_JSON);
    assert_format("/novedades.atom", "/novedades.atom", FORMAT_HTML); /* a name, no suffix */
}

static void count(void *to, const Route *route)
{
    g_assert_nonnull(route->path);
    ++*(int *)to;
}

static void every_route_is_visited(void)
{
    Router *r = router_new(tables);
    int n = 0;
    router_each(r, count, &n);
    g_assert_cmpint(n, ==, COUNT(first_table) - 1 + COUNT(second_table) - 1);
    router_free(r);
}

static void a_bad_table_ends_the_program(void)
{
    static const Route twice[] = {ROUTE(GET, "/a/:id"), ROUTE(GET, "/a/:id"), {0}};
    static const Route strange[] = {ROUTE(GET, "/a/:number"), {0}};
    static const Route bare[] = {ROUTE(GET, "a"), {0}};
    static const Route *const bad[] = {twice, strange, bare};
    if (g_test_subprocess()) {
        int which = atoi(g_getenv("WHICH"));
        router_new((const Route *const[]){bad[which], NULL});
        return;
    }
    static const char *const numbers[] = {"0", "1", "2"};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        g_setenv("WHICH", numbers[i], TRUE);
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_failed();
        g_test_trap_assert_stderr("*vocero: route*");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/router/addresses_lead_to_their_routes", addresses_lead_to_their_routes);
    g_test_add_func("/router/a_literal_goes_before_a_parameter", a_literal_goes_before_a_parameter);
    g_test_add_func("/router/a_value_that_does_not_fit_its_type_is_nothing",
                    a_value_that_does_not_fit_its_type_is_nothing);
    g_test_add_func("/router/another_type_at_the_same_place_is_tried_too",
                    another_type_at_the_same_place_is_tried_too);
    g_test_add_func("/router/a_literal_of_another_method_does_not_hide_a_parameter",
                    a_literal_of_another_method_does_not_hide_a_parameter);
    g_test_add_func("/router/parameters_are_noted", parameters_are_noted);
    g_test_add_func("/router/suffixes_are_formats_where_the_route_has_them",
                    suffixes_are_formats_where_the_route_has_them);
    g_test_add_func("/router/every_route_is_visited", every_route_is_visited);
    g_test_add_func("/router/a_bad_table_ends_the_program", a_bad_table_ends_the_program);
    return g_test_run();
}
