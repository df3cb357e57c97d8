/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_head.c: path, route, format, who and whether they may: all that stands before the
 * body. */
#include "base/text.h"
#include "store/db.h"
#include "web/exchange_room.h"
#include "web/router.h"

static bool take_query(void *to, const char *name, const char *value)
{
    return form_add_query(to, name, value);
}

static bool read_query(Exchange *ex)
{
    if (!ex->query)
        return true;
    size_t n = strnlen(ex->query, QUERY_MAX + 1);
    if (n > QUERY_MAX) {
        fault(&ex->ctx, FAULT_TOO_LARGE, "the address is longer than %d bytes", QUERY_MAX);
        return refuse_with(ex, 414);
    }
    if (address_fields(ex->ctx.arena, ex->query, n, take_query, ex->request.form))
        return true;
    return fault(&ex->ctx, FAULT_MALFORMED,
                 "what stands behind the ? of the address is broken: bad %% signs, no UTF-8, or "
                 "more than %d fields",
                 FIELDS_MAX);
}

static bool read_path(Exchange *ex, const char **path_out)
{
    switch (address_path(ex->ctx.arena, ex->target, path_out)) {
    case ADDRESS_FINE: return true;
    case ADDRESS_LONG:
        fault(&ex->ctx, FAULT_TOO_LARGE, "the address is longer than %d bytes", ADDRESS_MAX);
        return refuse_with(ex, 414);
    case ADDRESS_BROKEN:
        return fault(&ex->ctx, FAULT_MALFORMED, "the address is broken: bad %% signs or no UTF-8");
    default: return fault(&ex->ctx, FAULT_NOT_FOUND, "there is nothing at this address");
    }
}

/* ---- the method ---- */

static void add_allow(Exchange *ex, unsigned allowed)
{
    Buf *out = buf_new(ex->ctx.arena, 64, 64);
    if (allowed & (1u << GET))
        allowed |= 1u << HEAD;
    static const Method order[] = {GET, HEAD, POST, PATCH, DELETE};
    for (size_t i = 0; i < COUNT(order); i++)
        if (allowed & (1u << order[i]))
            buf_printf(out, "%s, ", method_names[order[i]]);
    buf_text(out, method_names[OPTIONS]);
    exchange_add_header(ex, "Allow", buf_data(out));
}

static bool known_method(Exchange *ex)
{
    ex->is_head = !strcmp(ex->method, method_names[HEAD]);
    ex->request.method = GET;
    for (int m = 0; m < METHOD_COUNT; m++)
        if (!strcmp(ex->method, method_names[m])) {
            ex->request.method = (Method)m;
            return true;
        }
    return false;
}

/* Public data may be read from pages of others: their browsers ask first. */
static bool answer_options(Exchange *ex, const RouteMatch *match)
{
    ex->status = 204;
    if (!match->route || match->route->right != PUBLIC)
        return false;
    exchange_add_header(ex, "Access-Control-Allow-Origin", "*");
    exchange_add_header(ex, "Access-Control-Allow-Methods", "GET, HEAD");
    exchange_add_header(ex, "Access-Control-Allow-Headers",
                        "Accept, Accept-Language, If-None-Match");
    exchange_add_header(ex, "Access-Control-Max-Age", "86400");
    return false;
}

static bool answer_other_method(Exchange *ex)
{
    fault(&ex->ctx, FAULT_UNSUPPORTED, "this address does not take %s",
          strlen(ex->method) < 20 ? ex->method : "this method");
    return refuse_with(ex, 405);
}

/* ---- the route ---- */

static bool slash_at_end(Exchange *ex, const char *path)
{
    size_t n = strlen(path);
    if (n < 2 || path[n - 1] != '/')
        return false;
    Request scratch = ex->request;
    const char *bare = arena_copy(ex->ctx.arena, path, n - 1);
    if (!router_match(ex->site->router, ex->ctx.arena, GET, bare, &scratch).path_known)
        return false;
    const char *where = address_encoded(ex->ctx.arena, bare, "/!$&'()*+,;=:@");
    if (ex->query)
        where = arena_printf(ex->ctx.arena, "%s?%s", where, ex->query);
    respond_redirect(ex, method_writes(ex->request.method) ? 308 : 301, where);
    return true;
}

/* Links to the site that stood here before are kept alive. */
static bool lives_elsewhere(Exchange *ex, const char *path)
{
    if (!ex->site->moved || !ex->ctx.db || ex->request.method != GET)
        return false;
    size_t n = strlen(path);
    const char *bare = n > 1 && path[n - 1] == '/' ? arena_copy(ex->ctx.arena, path, n - 1) : path;
    const char *where = ex->site->moved(&ex->ctx, bare);
    if (!where || faulted(&ex->ctx))
        return false;
    respond_redirect(ex, 301, where);
    return true;
}

static RouteMatch match_method(Exchange *ex, Method method, const char *path)
{
    ex->request.method = method;
    return router_match(ex->site->router, ex->ctx.arena, method, path, &ex->request);
}

/* What is asked about an address with HEAD or OPTIONS is asked about its page, unless a protocol answers for itself. */
static RouteMatch match_route(Exchange *ex, const char *path)
{
    Method method = ex->request.method;
    RouteMatch match = match_method(ex, method, path);
    return match.route || method < HEAD ? match : match_method(ex, GET, path);
}

static void add_route_headers(Exchange *ex)
{
    for (const char *const *h = ex->route->headers; h && *h; h += 2)
        exchange_add_header(ex, h[0], h[1]);
}

static bool find_route(Exchange *ex, const char *path, RouteMatch *match_out)
{
    bool known = known_method(ex);
    if (slash_at_end(ex, path))
        return false;
    bool options = ex->request.method == OPTIONS;
    RouteMatch match = match_route(ex, path);
    bool by_itself = options && ex->request.method == OPTIONS;
    if (!match.path_known && lives_elsewhere(ex, path))
        return false;
    if (!match.path_known)
        return fault(&ex->ctx, FAULT_NOT_FOUND, "there is nothing at this address");
    if (options || !known || !match.route)
        add_allow(ex, match.allowed);
    if (options && !by_itself)
        return answer_options(ex, &match);
    if (!known || !match.route)
        return answer_other_method(ex);
    ex->route = ex->request.route = match.route;
    add_route_headers(ex);
    *match_out = match;
    return true;
}

/* ---- the format and the language ---- */

/* Before anything can go wrong: in which form a fault is told. */
static void guess_format(Exchange *ex)
{
    Own *own = ex->own;
    const char *accept = exchange_header(ex, "Accept");
    own->program = session_bearer(ex) != NULL;
    Format format = FORMAT_HTML;
    if (negotiate(accept, AS_HTML | AS_JSON, own->program, &format) && format == FORMAT_JSON)
        own->program = true;
    ex->page.format = ex->request.format = own->program ? FORMAT_JSON : FORMAT_HTML;
    if (ex->request.path && text_ends(ex->request.path, ".json"))
        ex->page.format = ex->request.format = FORMAT_JSON;
}

static bool choose_format(Exchange *ex, const RouteMatch *match)
{
    Own *own = ex->own;
    Format format = match->format;
    if (!match->suffixed && !match->route->one_kind &&
        !negotiate(exchange_header(ex, "Accept"), route_formats(ex->route), own->program, &format)) {
        fault(&ex->ctx, FAULT_UNSUPPORTED,
              "this address gives nothing of the kind that the header Accept asks for");
        return refuse_with(ex, 406);
    }
    ex->page.format = ex->request.format = format;
    return true;
}

static void choose_tongue(Exchange *ex)
{
    Actor *actor = (Actor *)ex->ctx.actor;
    const char *said = query_text(&ex->request, "idioma");
    if (said && !strcmp(said, "es"))
        actor->tongue = TONGUE_ES;
    else if (said && !strcmp(said, "en"))
        actor->tongue = TONGUE_EN;
    else
        actor->tongue = tongue_choose(exchange_header(ex, "Accept-Language"));
}

/* Who pays by the megabyte: the header that browsers send (Save-Data, WICG), or what the address says. */
static void choose_data(Exchange *ex)
{
    const char *said = query_text(&ex->request, "datos");
    const char *header = exchange_header(ex, "Save-Data");
    ex->request.lean = said && !strcmp(said, "pocos")   ? true
                       : said && !strcmp(said, "todos") ? false
                                                        : header && !strcmp(header, "on");
}

/* ---- versions and keys ---- */

/* If-Match: "v12" or our longer tag "v12-…"; any other is of no version that ever was. */
static bool read_if_match(Exchange *ex)
{
    const char *text = exchange_header(ex, "If-Match");
    if (!text || !strcmp(text, "*"))
        return true;
    size_t n = strspn(text, "\"v");
    size_t digits = strspn(text + n, "0123456789");
    char after = text[n + digits];
    bool ours =
        n == 2 && text[0] == '"' && digits > 0 && digits < 19 && (after == '-' || after == '"');
    if (ours)
        return text_int(arena_copy(ex->ctx.arena, text + n, digits), &ex->request.version);
    ex->request.version = -1;
    return true;
}

/* What the page may depend on, and nothing else: path, the query that its route names, format,
 * tongue, whether data are saved. */
static void set_cache_key(Exchange *ex)
{
    const Route *route = ex->route;
    if (route->right != PUBLIC || route->method != GET || route->uncached ||
        ex->page.format == FORMAT_STREAM)
        return;
    ex->cache_key = arena_printf(
        ex->ctx.arena, "%s|%s|%s%s|%s", ex->request.path, format_words[ex->page.format].name,
        tongue_code(ex->ctx.actor->tongue), ex->request.lean ? "-lean" : "",
        form_named_query(ex->ctx.arena, &ex->request));
}

/* ---- all of it ---- */

/* Somebody of the office who mistyped an address stays in the desk's frame. */
static void identify_anyway(Exchange *ex)
{
    if (!text_starts(ex->request.path, "/mesa") || !ex->ctx.db)
        return;
    Fault kept = fault_take(&ex->ctx);
    session_identify(ex);
    ex->ctx.fault = kept;
}

static bool find(Exchange *ex, RouteMatch *match_out)
{
    const char *path = ex->request.path;
    if (!read_path(ex, &path))
        return false;
    ex->request.path = path;
    guess_format(ex);
    if (find_route(ex, path, match_out))
        return true;
    if (faulted(&ex->ctx))
        identify_anyway(ex);
    return false;
}

bool head_read(Exchange *ex)
{
    RouteMatch match = {0};
    guess_format(ex);
    choose_tongue(ex);
    if (!find(ex, &match) || !choose_format(ex, &match) || !read_query(ex))
        return false;
    choose_data(ex);
    if (ex->route->right == PUBLIC)
        choose_tongue(ex);
    else if (!session_identify(ex))
        return false;
    if (!session_may(ex) || !read_if_match(ex))
        return false;
    Own *own = ex->own;
    own->kept_headers = ex->out_count;
    own->head_is_read = true;
    set_cache_key(ex);
    return !method_writes(ex->route->method) || session_from_here(ex);
}
