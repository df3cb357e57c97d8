/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* router.h: addresses to routes: a table, with typed parameters. */
#pragma once
#include "web/page.h"

typedef struct Router Router;

/* Aborts on two routes with the same method and shape of path. */
Router *router_new(const Route *const *tables);
void router_free(Router *r);

typedef struct RouteMatch {
    const Route *route;    /* NULL: see why */
    Format format;         /* said by the suffix, or FORMAT_HTML */
    bool suffixed;
    bool path_known;       /* the path exists with another method: 405 */
    unsigned allowed;      /* bit of each Method that the path has */
} RouteMatch;
/* path is decoded and valid; parameters are written into req (texts in the arena). */
RouteMatch router_match(const Router *r, Arena *a, Method method, const char *path, Request *req);
unsigned route_formats(const Route *route); /* AS_… */
void router_each(const Router *r, void (*visit)(void *to, const Route *route), void *to);

/* /mesa/openapi.json: OpenAPI 3.1 from the table. */
void openapi_write(Ctx *ctx, const struct Site *site, Buf *out);
