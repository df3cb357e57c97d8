/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* router_fuzz.c: any bytes as "path \n Accept \n Content-Type": what is taken is what it claims
 * to be. */
#include <stdlib.h>

#include "base/id.h"
#include "base/text.h"
#include "web/address.h"
#include "web/negotiate.h"
#include "web/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Route routes[] = {
    {.path = "/", .method = GET},
    {.path = "/agenda", .method = GET, .list = true, .formats = AS_HTML | AS_JSON | AS_ICS},
    {.path = "/agenda/nuevo", .method = GET},
    {.path = "/agenda/:slug", .method = GET},
    {.path = "/informes/:month", .method = GET},
    {.path = "/informes/:slug/b", .method = POST},
    {.path = "/mesa/:id", .method = GET},
    {.path = "/mesa/:slug/b", .method = GET},
    {.path = "/r/:token", .method = GET},
    {.path = "/medios/:id/:variant", .method = GET},
    {.path = "/novedades.atom", .method = GET, .formats = AS_ATOM},
    {0},
};
static const Route *const tables[] = {routes, NULL};

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_path(const char *path)
{
    must(path[0] == '/' && text_valid(path, strlen(path)));
    must(!strstr(path, "/../") && !strstr(path, "//") && !text_ends(path, "/.."));
    for (const char *p = path; *p; p++)
        must((unsigned char)*p >= ' ' && *p != 0x7f);
}

static void check_match(const RouteMatch *match, const Request *req)
{
    if (!match->route)
        return;
    must(match->path_known && (match->allowed >> match->route->method & 1));
    must(!strstr(match->route->path, ":slug") || text_slug_valid(req->slug));
    must(!strstr(match->route->path, ":month") || strlen(req->month) == 7);
    must(!strstr(match->route->path, ":id") || req->id > 0);
    must(!strstr(match->route->path, ":variant") || (strchr(req->variant, '.') && !strchr(req->variant, '/')));
    must(!strstr(match->route->path, ":token") || strlen(req->token) >= 20);
}

static void walk(Arena *a, const Router *router, const char *raw)
{
    const char *path;
    if (address_path(a, raw, &path) != ADDRESS_FINE)
        return;
    check_path(path);
    for (int method = GET; method <= POST; method++) {
        Request req = {0};
        RouteMatch match = router_match(router, a, (Method)method, path, &req);
        check_match(&match, &req);
    }
    /* what we would write into a link leads to the same place */
    const char *again;
    must(strlen(raw) > ADDRESS_MAX / 3 ||
         (address_path(a, address_encoded(a, path, "/"), &again) == ADDRESS_FINE &&
          !strcmp(path, again)));
}

static void negotiate_all(Arena *a, const char *accept, const char *type)
{
    static const unsigned formats[] = {AS_HTML, AS_HTML | AS_JSON, AS_CSV | AS_ICS, AS_STREAM};
    for (size_t i = 0; i < COUNT(formats); i++) {
        Format format = FORMAT_COUNT;
        if (negotiate(accept, formats[i], i & 1, &format))
            must(formats[i] >> format & 1);
    }
    media_type(a, type);
    media_param(a, type, "boundary");
    media_param(a, type, "charset");
}

static void check_url(Arena *a, const char *text)
{
    Url url;
    if (url_outside(a, text, &url))
        must((url.s[0] | 32) == 'h' && !strpbrk(url.s, "\"<> \r\n\t\\"));
    if (url_inside(a, text, &url))
        must(url.s[0] == '/' && url.s[1] != '/' && !strpbrk(url.s, "\"<> \r\n\t\\"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Router *router;
    if (!router)
        router = router_new(tables);
    Arena *a = arena_new(0);
    char *raw = arena_copy(a, (const char *)data, size);
    char *accept = strchr(raw, '\n'), *type = NULL;
    if (accept) {
        *accept++ = '\0';
        type = strchr(accept, '\n');
        if (type)
            *type++ = '\0';
    }
    walk(a, router, raw);
    check_url(a, raw);
    negotiate_all(a, accept, type);
    arena_free(a);
    return 0;
}
