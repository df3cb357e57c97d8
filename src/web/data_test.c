/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* data_test.c: what programs read: cursors, feeds, the description of all addresses, types of
 * files. */
#include "base/json.h"
#include "web/cursor.h"
#include "web/exchange_test.h"
#include "web/feed.h"
#include "web/form_data.h"
#include "web/router.h"
#include "web/secret.h"
#include "web/sniff.h"

/* ---- cursors ---- */

static const Route this_list = {.path = "/notas"}, other_list = {.path = "/otras"};

static Request asked(Ctx *ctx, const Site *site, const Route *route, const char *after)
{
    Request req = {.route = route, .site = site, .form = form_new(ctx->arena)};
    if (after)
        form_add_query(req.form, "after", after);
    return req;
}

static void a_cursor_leads_back_to_its_place(StoreTest *t, const void *unused)
{
    Site site = {.secret = {1, 2, 3}};
    i64 at = 0, id = 0;
    static const i64 moments[] = {INT64_C(1657810800000000), 0, -5};
    for (size_t i = 0; i < COUNT(moments); i++) {
        Request req = asked(&t->ctx, &site, &this_list, NULL);
        const char *cursor = cursor_make(&t->ctx, &req, moments[i], 77);
        g_assert_cmpuint(
            strspn(cursor, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-"), ==,
            strlen(cursor));
        req = asked(&t->ctx, &site, &this_list, cursor);
        g_assert_true(cursor_read(&t->ctx, &req, &at, &id));
        g_assert_cmpint(at, ==, moments[i]);
        g_assert_cmpint(id, ==, 77);
    }
}

static void no_cursor_is_the_beginning(StoreTest *t, const void *unused)
{
    Site site = {0};
    i64 at, id;
    Request req = asked(&t->ctx, &site, &this_list, NULL);
    g_assert_false(cursor_read(&t->ctx, &req, &at, &id));
    assert_no_fault(&t->ctx);
}

static void assert_refused(StoreTest *t, const Site *site, const Route *route, const char *cursor)
{
    i64 at = 5, id = 6;
    Request req = asked(&t->ctx, site, route, cursor);
    if (cursor_read(&t->ctx, &req, &at, &id))
        g_error("taken: %s", cursor);
    g_assert_true(at == 5 && id == 6);
    assert_fault(&t->ctx, FAULT_INVALID);
}

static void a_changed_cursor_is_refused(StoreTest *t, const void *unused)
{
    Site site = {.secret = {1, 2, 3}}, other = {.secret = {9}};
    Request req = asked(&t->ctx, &site, &this_list, NULL);
    const char *good = cursor_make(&t->ctx, &req, 1234, 77);
    for (size_t i = 0; good[i]; i++) {
        char *changed = arena_text(t->ctx.arena, good);
        changed[i] = changed[i] == '1' ? '2' : '1';
        assert_refused(t, &site, &this_list, changed);
    }
    assert_refused(t, &site, &other_list, good);
    assert_refused(t, &other, &this_list, good);
    static const char *const nonsense[] = {
        "", ".", "..", "...", "1.2.3", "x", "9999999999999999999.0000000000001.x"};
    for (size_t i = 0; i < COUNT(nonsense); i++)
        assert_refused(t, &site, &this_list, nonsense[i]);
}

static void a_seal_is_for_one_purpose(StoreTest *t, const void *unused)
{
    Site site = {.secret = {1, 2, 3}};
    Arena *a = t->ctx.arena;
    const char *seal = secret_seal(a, &site, "cursor", "x");
    g_assert_cmpuint(strlen(seal), ==, 22);
    g_assert_true(secret_same(seal, secret_seal(a, &site, "cursor", "x")));
    g_assert_false(secret_same(seal, secret_seal(a, &site, "notice", "x")));
    g_assert_false(secret_same(seal, secret_seal(a, &site, "cursor", "y")));
    g_assert_false(secret_same(secret_seal(a, &site, "ab", "c"), secret_seal(a, &site, "a", "bc")));
    g_assert_false(secret_same(NULL, NULL));
    g_assert_false(secret_same("a", "ab"));
}

/* ---- feeds ---- */

static void a_feed_is_well_formed_whatever_is_in_it(StoreTest *t, const void *unused)
{
    FeedEntry entries[] = {
        {.id = "tag:vocero.example,2022:1",
         .title = "Uno & <dos> \x01",
         .summary = "]]>",
         .path = "/a?b=1&c=2",
         .content_html = "<p>Hola &amp; adiós</p>",
         .published = t->ctx.now,
         .updated = t->ctx.now + CLOCK_SECOND},
        {.id = "tag:vocero.example,2022:2", .title = "Dos", .path = "/b", .updated = t->ctx.now},
    };
    Page page = {0};
    feed_atom(&t->ctx, &page, "Novedades \"ñ\"", "/novedades.atom", "/", entries, 2);
    const char *xml = buf_data(page.bytes);
    GMarkupParser parser = {0};
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(g_markup_parse_context_parse(context, xml, -1, &error));
    g_assert_true(g_markup_parse_context_end_parse(context, &error));
    g_markup_parse_context_free(context);
    g_assert_nonnull(strstr(xml, "<title>Uno &amp; &lt;dos&gt; </title>"));
    g_assert_nonnull(
        strstr(xml, "<content type=\"html\">&lt;p&gt;Hola &amp;amp; adiós&lt;/p&gt;</content>"));
    g_assert_nonnull(strstr(xml, "<updated>2022-07-14T10:00:01-05:00</updated>"));
    g_assert_nonnull(strstr(xml, "href=\"https://"));
    g_assert_cmpint(page.modified, ==, t->ctx.now + CLOCK_SECOND);
}

/* ---- OpenAPI ---- */

static const Json *openapi(PageTest *p)
{
    Ctx *ctx = &p->store->ctx;
    Buf *out = buf_new(ctx->arena, 4096, 1024 * 1024);
    openapi_write(ctx, &p->site, out);
    const Json *top = json_read(ctx, buf_data(out), buf_size(out));
    assert_no_fault(ctx);
    return top;
}

static const Json *at(const Json *v, const char *a, const char *b, const char *c)
{
    v = json_get(v, a);
    v = b ? json_get(v, b) : v;
    return c ? json_get(v, c) : v;
}

static void every_route_is_described(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const Json *top = openapi(&p);
    g_assert_cmpstr(json_text_of(json_get(top, "openapi")), ==, "3.1.0");
    for (const Route *route = test_routes; route->path; route++) {
        g_autofree char *path = g_strdup(route->path);
        char *colon;
        while ((colon = strchr(path, ':'))) { /* /a/:id/b -> /a/{id}/b */
            size_t n = strcspn(colon, "/");
            g_autofree char *before = g_strndup(path, (size_t)(colon - path));
            g_autofree char *name = g_strndup(colon + 1, n - 1);
            char *whole = g_strdup_printf("%s{%s}%s", before, name, colon + n);
            g_free(path);
            path = whole;
        }
        const Json *operation = at(top, "paths", path, route->method == POST ? "post" : "get");
        if (!operation)
            g_error("%s is not described", route->path);
        g_assert_nonnull(at(operation, "responses", "200", "content"));
        g_assert_nonnull(json_get(operation, "x-right"));
    }
    page_test_close(&p);
}

static void parameters_and_fields_are_described(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const Json *post = at(openapi(&p), "paths", "/mesa/notas/{id}", "post");
    const Json *first = json_at(json_get(post, "parameters"), 0);
    g_assert_cmpstr(json_text_of(json_get(first, "name")), ==, "id");
    g_assert_cmpstr(json_text_of(json_get(first, "in")), ==, "path");
    g_assert_true(json_bool_of(json_get(first, "required")));
    const Json *schema =
        at(at(post, "requestBody", "content", "application/json"), "schema", NULL, NULL);
    g_assert_nonnull(at(schema, "properties", "title", "type"));
    g_assert_nonnull(at(schema, "properties", "count", "type"));
    g_assert_cmpuint(json_count(json_get(schema, "required")), ==, 1);
    g_assert_cmpstr(json_text_of(json_at(json_get(schema, "required"), 0)), ==, "title");
    g_assert_cmpstr(json_text_of(json_get(post, "x-right")), ==, "notes_edit");
    g_assert_cmpuint(json_count(json_get(post, "security")), ==, 2);
    page_test_close(&p);
}

static bool leads_somewhere(const Json *top, const char *ref)
{
    g_auto(GStrv) parts = g_strsplit(ref + 2, "/", -1);
    const Json *v = top;
    for (size_t i = 0; parts[i]; i++)
        v = json_get(v, parts[i]);
    return v != NULL;
}

static void references_lead_somewhere(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const Json *top = openapi(&p);
    Buf *out = buf_new(t->ctx.arena, 4096, 1024 * 1024);
    openapi_write(&t->ctx, &p.site, out);
    int n = 0;
    for (const char *at_ref = buf_data(out); (at_ref = strstr(at_ref, "\"$ref\":\"")); n++) {
        at_ref += strlen("\"$ref\":\"");
        g_autofree char *ref = g_strndup(at_ref, strcspn(at_ref, "\""));
        if (!leads_somewhere(top, ref))
            g_error("%s leads nowhere", ref);
    }
    g_assert_cmpint(n, >, 10);
    g_assert_nonnull(at(at(top, "components", "schemas", "note"), "properties", "title", NULL));
    page_test_close(&p);
}

typedef struct Part {
    const char *name;
} Part;
typedef struct Whole {
    Part part;
    List many;
    i64 when;
    const char *hidden;
} Whole;
static const Field part_fields[] = {FIELD_TEXT(Part, name)};
static const Shape part_shape = SHAPE("inner_part", Part, part_fields),
                   item_shape = SHAPE("inner_item", Part, part_fields);
static const Field whole_fields[] = {
    FIELD_PART(Whole, part, &part_shape),
    FIELD_MANY(Whole, many, &item_shape),
    FIELD_TIME(Whole, when),
    FIELD_HIDDEN(Whole, hidden, FIELD_TEXT),
};
static const Shape whole_shape = SHAPE("whole", Whole, whole_fields);
static const Route whole_routes[] = {{.path = "/w", .method = GET, .shape = &whole_shape}, {0}};

static void records_inside_records_are_described(StoreTest *t, const void *unused)
{
    PageTest p;
    page_test_open(&p, t, (const Route *const[]){whole_routes, NULL});
    const Json *schemas = at(openapi(&p), "components", "schemas", NULL);
    const Json *whole = at(schemas, "whole", "properties", NULL);
    g_assert_cmpstr(json_text_of(at(whole, "part", "$ref", NULL)), ==,
                    "#/components/schemas/inner_part");
    g_assert_cmpstr(json_text_of(at(whole, "many", "items", "$ref")), ==,
                    "#/components/schemas/inner_item");
    g_assert_cmpstr(json_text_of(at(whole, "when", "format", NULL)), ==, "date-time");
    g_assert_nonnull(json_get(schemas, "inner_part"));
    g_assert_nonnull(json_get(schemas, "inner_item"));
    g_assert_null(json_get(whole, "hidden"));
    page_test_close(&p);
}

/* ---- types of files ---- */

static void files_are_what_their_bytes_say(StoreTest *t, const void *unused)
{
    (void)t;
    static const struct {
        const char *bytes;
        size_t size;
        const char *type;
    } files[] = {
        {"\xff\xd8\xff\xe0", 4, "image/jpeg"},
        {"\x89PNG\r\n\x1a\n", 8, "image/png"},
        {"RIFF....WEBPVP8 ", 16, "image/webp"},
        {"\0\0\0\x18"
         "ftypheic",
         12, "image/heic"},
        {"\0\0\0\x18"
         "ftypisom",
         12, "video/mp4"},
        {"%PDF-1.7", 8, "application/pdf"},
        {"BEGIN:VCALENDAR", 15, "text/calendar"},
        {"<script>", 8, "text/plain"},
        {"\xff\xd8", 2, "application/octet-stream"},
        {"", 0, "text/plain"},
        {"a\0b", 3, "application/octet-stream"},
        {"caf\xc3", 4, "application/octet-stream"},
        {"\xc3\x28", 2, "application/octet-stream"},
    };
    for (size_t i = 0; i < COUNT(files); i++)
        if (strcmp(sniff(files[i].bytes, files[i].size), files[i].type))
            g_error("file %zu is %s, not %s", i, sniff(files[i].bytes, files[i].size),
                    files[i].type);
}

static void a_long_text_may_be_cut_in_the_middle_of_a_sign(StoreTest *t, const void *unused)
{
    (void)t;
    char bytes[SNIFF_BYTES];
    memset(bytes, 'a', sizeof bytes);
    memcpy(bytes + sizeof bytes - 2, "\xf0\x9f", 2);
    g_assert_cmpstr(sniff(bytes, sizeof bytes), ==, "text/plain");
    g_assert_cmpstr(sniff(bytes + 1, sizeof bytes - 1), ==, "application/octet-stream");
    memcpy(bytes, "\xf0\x9f", 2);
    g_assert_cmpstr(sniff(bytes, sizeof bytes), ==, "application/octet-stream");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("cursor", a_cursor_leads_back_to_its_place);
    STORE_TEST("cursor", no_cursor_is_the_beginning);
    STORE_TEST("cursor", a_changed_cursor_is_refused);
    STORE_TEST("feed", a_feed_is_well_formed_whatever_is_in_it);
    STORE_TEST("openapi", every_route_is_described);
    STORE_TEST("openapi", parameters_and_fields_are_described);
    STORE_TEST("openapi", references_lead_somewhere);
    STORE_TEST("cursor", a_seal_is_for_one_purpose);
    STORE_TEST("openapi", records_inside_records_are_described);
    STORE_TEST("sniff", files_are_what_their_bytes_say);
    STORE_TEST("sniff", a_long_text_may_be_cut_in_the_middle_of_a_sign);
    return g_test_run();
}
