/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* router.c: the table of routes as a tree of segments; a literal goes before a parameter. */
#include "web/router.h"

#include <glib.h>

#include "base/id.h"
#include "base/text.h"

/* In the order in which they are tried: the narrowest type first. */
typedef enum { PARAM_MONTH, PARAM_ID, PARAM_SLUG, PARAM_VARIANT, PARAM_TOKEN, PARAM_COUNT } Param;

static const char *const param_names[] = {":month", ":id", ":slug", ":variant", ":token"};

typedef struct Node Node;
struct Node {
    GHashTable *literals; /* segment -> Node */
    Node *params[PARAM_COUNT];
    const Route *routes[METHOD_COUNT];
};

struct Router {
    Node *root;
    GPtrArray *all; /* const Route *, in the order of the tables */
};

static void node_free(void *thing)
{
    Node *node = thing;
    if (!node)
        return;
    g_hash_table_destroy(node->literals);
    for (int i = 0; i < PARAM_COUNT; i++)
        node_free(node->params[i]);
    g_free(node);
}

static Node *node_new(void)
{
    Node *node = g_new0(Node, 1);
    node->literals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, node_free);
    return node;
}

/* ---- building ---- */

static _Noreturn void refuse(const Route *route, const char *why)
{
    fprintf(stderr, "vocero: route %s: %s\n", route->path, why);
    abort();
}

static Node *param_node(Node *node, const Route *route, const char *segment)
{
    for (int i = 0; i < PARAM_COUNT; i++) {
        if (strcmp(segment, param_names[i]))
            continue;
        if (!node->params[i])
            node->params[i] = node_new();
        return node->params[i];
    }
    refuse(route, "no such type of parameter");
}

static Node *child_for(Node *node, const Route *route, const char *segment)
{
    if (segment[0] == ':')
        return param_node(node, route, segment);
    Node *child = g_hash_table_lookup(node->literals, segment);
    if (!child) {
        child = node_new();
        g_hash_table_insert(node->literals, g_strdup(segment), child);
    }
    return child;
}

static void hang(Router *r, const Route *route)
{
    if (route->path[0] != '/')
        refuse(route, "a path begins with a slash");
    char **segments = g_strsplit(route->path + 1, "/", -1);
    Node *node = r->root;
    for (size_t i = 0; segments[i] && route->path[1]; i++)
        node = child_for(node, route, segments[i]);
    g_strfreev(segments);
    if (node->routes[route->method])
        refuse(route, "hangs twice for the same method");
    node->routes[route->method] = route;
    g_ptr_array_add(r->all, (void *)route);
}

Router *router_new(const Route *const *tables)
{
    Router *r = g_new0(Router, 1);
    r->root = node_new();
    r->all = g_ptr_array_new();
    for (; *tables; tables++)
        for (const Route *route = *tables; route->path; route++)
            hang(r, route);
    return r;
}

void router_free(Router *r)
{
    if (!r)
        return;
    node_free(r->root);
    g_ptr_array_unref(r->all);
    g_free(r);
}

void router_each(const Router *r, void (*visit)(void *to, const Route *route), void *to)
{
    for (unsigned i = 0; i < r->all->len; i++)
        visit(to, g_ptr_array_index(r->all, i));
}

/* ---- matching ---- */

typedef struct Search {
    Arena *arena;
    Method method;
    Request *req;
    RouteMatch match;
} Search;

static bool month_valid(const char *s)
{
    for (int i = 0; i < 7; i++)
        if (i == 4 ? s[i] != '-' : s[i] < '0' || s[i] > '9')
            return false;
    int month = (s[5] - '0') * 10 + s[6] - '0';
    return !s[7] && month >= 1 && month <= 12;
}

/* 1280.jpg, 1280-0123456789ab.jpg: letters and digits, perhaps a dash and more of them, one dot, a short ending. */
static bool variant_valid(const char *s)
{
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t name = strspn(s, signs);
    size_t dashed = s[name] == '-' ? strspn(s + name + 1, signs) : 0;
    size_t dot = dashed ? name + 1 + dashed : name;
    size_t ending = s[dot] == '.' ? strspn(s + dot + 1, signs) : 0;
    return name >= 1 && name <= 12 && dashed <= 12 && ending >= 2 && ending <= 4 && !s[dot + 1 + ending];
}

static bool token_valid(const char *s)
{
    size_t n = strlen(s);
    for (const char *p = s; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '_' && *p != '-')
            return false;
    return n >= 20 && n <= 100;
}

static bool param_take(Request *req, Param type, const char *segment)
{
    i64 id;
    switch (type) {
    case PARAM_MONTH:
        if (!month_valid(segment))
            return false;
        req->month = segment;
        return true;
    case PARAM_ID:
        if (!id_parse(segment, &id))
            return false;
        req->id = id;
        return true;
    case PARAM_SLUG:
        if (!text_slug_valid(segment))
            return false;
        req->slug = segment;
        return true;
    case PARAM_VARIANT:
        if (!variant_valid(segment))
            return false;
        req->variant = segment;
        return true;
    default:
        if (!token_valid(segment))
            return false;
        req->token = segment;
        return true;
    }
}

static bool note_routes(Search *s, const Node *node)
{
    for (int m = 0; m < METHOD_COUNT; m++)
        if (node->routes[m])
            s->match.allowed |= 1u << m;
    s->match.path_known = s->match.allowed != 0;
    s->match.route = node->routes[s->method];
    return s->match.route != NULL;
}

/* Goes on looking where the path exists for another method only: a sibling may have it for this
 * one. */
static bool walk(Search *s, const Node *node, const char *rest)
{
    if (!*rest)
        return note_routes(s, node);
    size_t n = strcspn(rest, "/");
    const char *segment = arena_copy(s->arena, rest, n);
    const char *after = rest[n] ? rest + n + 1 : rest + n;
    if (!*segment || (rest[n] && !*after))
        return false;
    const Node *literal = g_hash_table_lookup(node->literals, segment);
    if (literal && walk(s, literal, after))
        return true;
    for (int i = 0; i < PARAM_COUNT; i++) {
        Request kept = *s->req;
        if (node->params[i] && param_take(s->req, (Param)i, segment) &&
            walk(s, node->params[i], after))
            return true;
        *s->req = kept;
    }
    return false;
}

/* Only these are suffixes: a page has its address without any. */
static bool suffix_of(const char *path, Format *format_out, size_t *stem_out)
{
    const char *dot = strrchr(path, '.');
    if (!dot || strchr(dot, '/'))
        return false;
    int f = word_find(format_words, dot + 1);
    if (f < 0 || f == FORMAT_HTML || f == FORMAT_STREAM)
        return false;
    *format_out = (Format)f;
    *stem_out = (size_t)(dot - path);
    return *stem_out > 1;
}

unsigned route_formats(const Route *route)
{
    return (route->formats ? route->formats : AS_HTML | AS_JSON) | (route->list ? AS_CSV : 0);
}

static RouteMatch look(const Router *r, Arena *a, Method method, const char *path, Request *req)
{
    Search s = {.arena = a, .method = method, .req = req};
    walk(&s, r->root, path + 1);
    return s.match;
}

RouteMatch router_match(const Router *r, Arena *a, Method method, const char *path, Request *req)
{
    RouteMatch match = look(r, a, method, path, req);
    Format format = FORMAT_HTML;
    size_t stem;
    if (match.path_known || !suffix_of(path, &format, &stem)) {
        req->path = path;
        return match;
    }
    req->path = arena_copy(a, path, stem);
    match = look(r, a, method, req->path, req);
    if (match.route && !(route_formats(match.route) & (1u << format)))
        return (RouteMatch){0};
    match.format = format;
    match.suffixed = true;
    return match;
}
