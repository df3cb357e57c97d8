/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* openapi.c: the table of routes as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0). */
#include <glib.h>

#include "base/text.h"
#include "web/negotiate.h"
#include "web/openapi_schema.h"
#include "web/router.h"
#include "web/site.h"

typedef struct Writing {
    JsonOut j;
    const Site *site;
    Arena *arena;
    GPtrArray *routes; /* in the table's order */
    ShapeNames *shapes;
} Writing;

/* ---- small pieces ---- */

static void text_object(JsonOut *j, const char *key, const char *name, const char *text)
{
    json_open(j, key, '{');
    json_text(j, name, text);
    json_close(j, '}');
}

static bool is_param(const char *segment)
{
    return segment[0] == ':';
}

/* /mesa/agenda/:id -> /mesa/agenda/{id} */
static const char *template_of(Arena *a, const char *path)
{
    Buf *out = buf_new(a, strlen(path) + 16, 4096);
    for (const char *p = path; *p;) {
        size_t n = 1 + strcspn(p + 1, "/");
        if (p[0] == '/' && is_param(p + 1)) {
            buf_text(out, "/{");
            buf_add(out, p + 2, n - 2);
            buf_char(out, '}');
        } else {
            buf_add(out, p, n);
        }
        p += n;
    }
    return buf_data(out);
}

static const char *operation_id(Arena *a, const Route *route)
{
    char *id = arena_printf(a, "%s%s", text_lower(a, method_names[route->method]), route->path);
    for (char *p = id; *p; p++)
        if (!g_ascii_isalnum(*p))
            *p = '_';
    return id;
}

static const char *room_of(Arena *a, const char *path)
{
    const char *p = text_starts(path, "/mesa/") ? path + 6 : path + 1;
    size_t n = strcspn(p, "/.");
    return n ? arena_copy(a, p, n) : "mesa";
}

/* ---- parameters ---- */

typedef struct ParamType {
    const char *name, *pattern;
} ParamType;

static const ParamType param_types[] = {
    {"id", "^[0-9A-HJKMNP-TV-Z]{13}$"},
    {"slug", "^[a-z0-9-]{1,80}$"},
    {"month", "^[0-9]{4}-[0-9]{2}$"},
    {"variant", "^[a-z0-9]{1,12}\\.[a-z0-9]{2,4}$"},
    {"token", "^[A-Za-z0-9_-]{20,100}$"},
};

static void path_param(Writing *w, const char *name)
{
    json_open(&w->j, NULL, '{');
    json_text(&w->j, "name", name);
    json_text(&w->j, "in", "path");
    json_bool(&w->j, "required", true);
    json_open(&w->j, "schema", '{');
    json_text(&w->j, "type", "string");
    for (size_t i = 0; i < COUNT(param_types); i++)
        if (!strcmp(param_types[i].name, name))
            json_text(&w->j, "pattern", param_types[i].pattern);
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void plain_param(Writing *w, const char *name, const char *in, const char *type)
{
    json_open(&w->j, NULL, '{');
    json_text(&w->j, "name", name);
    json_text(&w->j, "in", in);
    text_object(&w->j, "schema", "type", type);
    json_close(&w->j, '}');
}

static void query_params(Writing *w, const Route *route)
{
    List names = text_split(w->arena, route->query ? route->query : "", ' ');
    for (size_t i = 0; i < names.count; i++) {
        const char *name = ((const char *const *)names.items)[i];
        plain_param(w, name, "query", strcmp(name, "limit") ? "string" : "integer");
    }
}

static void params(Writing *w, const Route *route)
{
    json_open(&w->j, "parameters", '[');
    List segments = text_split(w->arena, route->path, '/');
    for (size_t i = 0; i < segments.count; i++) {
        const char *segment = ((const char *const *)segments.items)[i];
        if (is_param(segment))
            path_param(w, segment + 1);
    }
    query_params(w, route);
    if (method_writes(route->method) && !route->sink) {
        plain_param(w, "Idempotency-Key", "header", "string");
        plain_param(w, "If-Match", "header", "string");
    }
    json_close(&w->j, ']');
}

/* ---- bodies ---- */

static bool is_required(const char *field)
{
    return text_ends(field, "!");
}

static const char *bare(Arena *a, const char *field)
{
    return is_required(field) ? arena_copy(a, field, strlen(field) - 1) : field;
}

/* A form sends texts; JSON also numbers, truth and lists, which the same reader takes. */
static void field_schema(Writing *w, const char *name, bool json)
{
    json_open(&w->j, name, '{');
    if (json) {
        json_open(&w->j, "type", '[');
        static const char *const types[] = {"string", "number", "boolean", "array", "null"};
        for (size_t i = 0; i < COUNT(types); i++)
            json_text(&w->j, NULL, types[i]);
        json_close(&w->j, ']');
    } else {
        json_text(&w->j, "type", "string");
    }
    json_close(&w->j, '}');
}

static void body_schema(Writing *w, const Route *route, const char *type, bool json)
{
    List fields = text_split(w->arena, route->fields ? route->fields : "", ' ');
    const char *const *names = fields.items;
    json_open(&w->j, type, '{');
    json_open(&w->j, "schema", '{');
    json_text(&w->j, "type", "object");
    json_open(&w->j, "properties", '{');
    for (size_t i = 0; i < fields.count; i++)
        field_schema(w, bare(w->arena, names[i]), json);
    json_close(&w->j, '}');
    json_open(&w->j, "required", '[');
    for (size_t i = 0; i < fields.count; i++)
        if (is_required(names[i]))
            json_text(&w->j, NULL, bare(w->arena, names[i]));
    json_close(&w->j, ']');
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void raw_file(Writing *w, const char *type)
{
    json_open(&w->j, type, '{');
    json_open(&w->j, "schema", '{');
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void request_body(Writing *w, const Route *route)
{
    if (!method_writes(route->method) || (!route->fields && !route->files && !route->sink))
        return;
    json_open(&w->j, "requestBody", '{');
    json_open(&w->j, "content", '{');
    if (route->sink) {
        raw_file(w, route->sink->type);
    } else {
        body_schema(w, route, "application/x-www-form-urlencoded", false);
        body_schema(w, route, "multipart/form-data", false);
        body_schema(w, route, "application/json", true);
    }
    if (route->files)
        raw_file(w, "application/octet-stream");
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

/* ---- answers ---- */

static void json_answer(Writing *w, const Route *route)
{
    json_open(&w->j, "application/json", '{');
    if (!route->shape)
        text_object(&w->j, "schema", "type", "object");
    else if (route->list)
        schema_list_ref(&w->j, "schema", route->shape);
    else
        schema_ref(&w->j, "schema", route->shape);
    json_close(&w->j, '}');
}

static void good_answer(Writing *w, const Route *route)
{
    unsigned formats = route_formats(route);
    json_open(&w->j, "200", '{');
    json_text(&w->j, "description", "What was asked for, or the record after the change");
    json_open(&w->j, "content", '{');
    for (int f = 0; f < FORMAT_COUNT; f++) {
        if (!(formats & (1u << f)))
            continue;
        if (f == FORMAT_JSON) {
            json_answer(w, route);
            continue;
        }
        const char *type = media_type(w->arena, format_types[f]);
        json_open(&w->j, type, '{');
        text_object(&w->j, "schema", "type", "string");
        json_close(&w->j, '}');
    }
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void created_answer(Writing *w, const Route *route)
{
    json_open(&w->j, "201", '{');
    json_text(&w->j, "description", "Made; Location is its address");
    json_open(&w->j, "content", '{');
    json_answer(w, route);
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void answers(Writing *w, const Route *route)
{
    json_open(&w->j, "responses", '{');
    good_answer(w, route);
    if (method_writes(route->method)) {
        created_answer(w, route);
        text_object(&w->j, "303", "description", "To a person: the page that shows what was done");
    }
    text_object(&w->j, "default", "$ref", "#/components/responses/error");
    json_close(&w->j, '}');
}

/* ---- operations ---- */

static void security(Writing *w, const Route *route)
{
    json_open(&w->j, "security", '[');
    if (route->right != PUBLIC) {
        static const char *const schemes[] = {"token", "session"};
        for (size_t i = 0; i < COUNT(schemes); i++) {
            json_open(&w->j, NULL, '{');
            json_open(&w->j, schemes[i], '[');
            json_close(&w->j, ']');
            json_close(&w->j, '}');
        }
    }
    json_close(&w->j, ']');
}

static const char *right_name(const Site *site, Right right)
{
    if (right == PUBLIC)
        return "public";
    if (right == LOGIN)
        return "login";
    return right < 64 ? site->right_names[right] : NULL;
}

static void operation(Writing *w, const Route *route)
{
    json_open(&w->j, text_lower(w->arena, method_names[route->method]), '{');
    json_text(&w->j, "operationId", operation_id(w->arena, route));
    json_text(&w->j, "summary", route->summary);
    json_open(&w->j, "tags", '[');
    json_text(&w->j, NULL, room_of(w->arena, route->path));
    json_close(&w->j, ']');
    json_text(&w->j, "x-right", right_name(w->site, route->right));
    security(w, route);
    params(w, route);
    request_body(w, route);
    answers(w, route);
    json_close(&w->j, '}');
}

static const Route *route_at(const Writing *w, size_t i)
{
    return g_ptr_array_index(w->routes, i);
}

static bool came_before(const Writing *w, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!strcmp(route_at(w, i)->path, route_at(w, at)->path))
            return true;
    return false;
}

/* All methods of one path stand together. */
static void paths(Writing *w)
{
    json_open(&w->j, "paths", '{');
    for (size_t i = 0; i < w->routes->len; i++) {
        if (came_before(w, i))
            continue;
        json_open(&w->j, template_of(w->arena, route_at(w, i)->path), '{');
        for (size_t k = i; k < w->routes->len; k++)
            if (!strcmp(route_at(w, k)->path, route_at(w, i)->path))
                operation(w, route_at(w, k));
        json_close(&w->j, '}');
    }
    json_close(&w->j, '}');
}

/* ---- components ---- */

static const char error_schema[] =
    "{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
    "\"required\":[\"kind\",\"message\"],\"properties\":{\"kind\":{\"type\":\"string\"},"
    "\"message\":{\"type\":\"string\"},\"field\":{\"type\":\"string\"},\"request\":{\"type\":"
    "\"string\"}}},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
    "\"field\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}";

static void error_answer(Writing *w)
{
    json_open(&w->j, "responses", '{');
    json_open(&w->j, "error", '{');
    json_text(&w->j, "description", "What was wrong, where, and what would be right");
    json_open(&w->j, "content", '{');
    json_open(&w->j, "application/json", '{');
    text_object(&w->j, "schema", "$ref", "#/components/schemas/Error");
    json_close(&w->j, '}');
    json_close(&w->j, '}');
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void schemes(Writing *w)
{
    bool https = text_starts(w->site->city->base_url, "https://");
    json_open(&w->j, "securitySchemes", '{');
    json_open(&w->j, "token", '{');
    json_text(&w->j, "type", "http");
    json_text(&w->j, "scheme", "bearer");
    json_close(&w->j, '}');
    json_open(&w->j, "session", '{');
    json_text(&w->j, "type", "apiKey");
    json_text(&w->j, "in", "cookie");
    json_text(&w->j, "name", https ? "__Host-vocero" : "vocero");
    json_close(&w->j, '}');
    json_close(&w->j, '}');
}

static void components(Writing *w)
{
    json_open(&w->j, "components", '{');
    json_open(&w->j, "schemas", '{');
    json_raw(&w->j, "Error", error_schema);
    for (size_t i = 0; i < w->shapes->count; i++)
        schema_write(&w->j, w->shapes->items[i]);
    json_close(&w->j, '}');
    error_answer(w);
    schemes(w);
    json_close(&w->j, '}');
}

static void head(Writing *w, const City *city)
{
    json_text(&w->j, "openapi", "3.1.0");
    json_open(&w->j, "info", '{');
    json_text(&w->j, "title", arena_printf(w->arena, "Vocero · %s", city->name));
    json_text(&w->j, "version", w->site->version ? w->site->version : "0");
    json_text(&w->j, "description",
              "The addresses of the desk and of the public site, made from the table of routes.");
    json_open(&w->j, "license", '{');
    json_text(&w->j, "name", "AGPL-3.0-or-later");
    json_text(&w->j, "identifier", "AGPL-3.0-or-later");
    json_close(&w->j, '}');
    json_close(&w->j, '}');
    json_open(&w->j, "servers", '[');
    text_object(&w->j, NULL, "url", city->base_url);
    json_close(&w->j, ']');
}

static void note_route(void *to, const Route *route)
{
    Writing *w = to;
    g_ptr_array_add(w->routes, (void *)route);
    schema_note(w->shapes, route->shape);
}

void openapi_write(Ctx *ctx, const Site *site, Buf *out)
{
    Writing w = {.j = json_out(out), .site = site, .arena = ctx->arena};
    w.routes = g_ptr_array_new();
    w.shapes = arena_new_of(ctx->arena, ShapeNames);
    router_each(site->router, note_route, &w);
    json_open(&w.j, NULL, '{');
    head(&w, ctx->city);
    paths(&w);
    components(&w);
    json_close(&w.j, '}');
    g_ptr_array_unref(w.routes);
}
