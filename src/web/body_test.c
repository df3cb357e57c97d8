/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* body_test.c: forms, JSON and files as they arrive, whole or in crumbs, right or wrong. */
#include "web/address.h"
#include "web/exchange_test.h"

#define NOTE              "/mesa/notas/0000000000001"
#define PART(head, bytes) "--XbX\r\nContent-Disposition: form-data; " head "\r\n\r\n" bytes "\r\n"

static const char multipart[] = "multipart/form-data; boundary=XbX";

static PageAsk upload(PageTest *p, const char *body)
{
    return (PageAsk){.method = "POST",
                     .target = "/mesa/subir",
                     .body = body,
                     .type = multipart,
                     .headers = {{"X-CSRF-Token", page_test_csrf(p)}}};
}

static void files_go_to_the_vault_in_any_chunks(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char body[] = PART("name=\"nota\"", "sí\r\n--Xb\r")
        PART("name=\"f\"; filename=\"C:\\\\fotos\\\\uno.jpg\"\r\nContent-Type: text/html",
             "\xff\xd8\xff"
             "abc") PART("name=\"g\"; filename=\"../../etc/passwd\"", "BEGIN:VCALENDAR\r\n")
            PART("name=\"h\"; filename=\"\"\r\nContent-Type: application/octet-stream",
                 "") "--XbX--\r\n";
    for (size_t chunk = 1; chunk < 60; chunk++) {
        PageAsk ask = upload(&p, body);
        ask.chunk = chunk;
        const PageAnswer *a = page_test_ask(&p, &ask);
        g_assert_cmpint(a->status, ==, 200);
        g_assert_cmpstr(a->body, ==,
                        "f|uno.jpg|image/jpeg|6|bb50305e\n"
                        "g|passwd|text/calendar|17|c893e846\n"
                        "nota=sí\n--Xb\n");
    }
    page_test_close(&p);
}

static void broken_multipart_is_400_and_leaves_nothing(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const bodies[] = {
        "",
        "hola",
        "--XbX",
        "--XbX--", /* fine for the parser, no: nothing was begun, but it is closed */
        PART("name=\"f\"; filename=\"a\"", "abc"),
        "--XbX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XbX--\r\n",
        "--XbX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XbX--\r\n",
        "--XbX\r\nno colon\r\n\r\nx\r\n--XbX--\r\n",
        "--XbX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\neA==\r\n--XbX--\r\n",
        PART("name=\"nota\"", "\xff\xfe") "--XbX--\r\n",
        PART("name=\"\xff\"", "x") "--XbX--\r\n",
        PART("name=\"a\"", "x") "--XbX--\r\nmore",
        "--XbX-\r\n",
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        PageAsk ask = upload(&p, bodies[i]);
        int status = page_test_ask(&p, &ask)->status;
        int wanted = strcmp(bodies[i], "--XbX--") ? 400 : 200;
        if (status != wanted)
            g_error("%d for: %s", status, bodies[i]);
    }
    page_test_close(&p);
}

static void a_file_alone_may_be_the_body(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/subir",
                   .program = true,
                   .type = "image/png",
                   .body = "\x89PNG\r\n\x1a\nx",
                   .headers = {{"Content-Disposition", "attachment; filename=\"dir/foto 1.png\""}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "|foto 1.png|image/png|9|");
    ask.target = "/mesa/notas";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 415); /* this one takes no files */
    page_test_close(&p);
}

static void files_where_none_are_taken_are_415(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = upload(&p, PART("name=\"f\"; filename=\"a\"", "abc") "--XbX--\r\n");
    ask.target = "/mesa/notas";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 415);
    page_test_close(&p);
}

static void other_types_are_415(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const types[] = {"text/plain", "application/xml", "nonsense",
                                        "application/json; charset=latin1",
                                        "application/x-www-form-urlencoded; charset=iso-8859-1"};
    for (size_t i = 0; i < COUNT(types); i++) {
        PageAsk ask = {
            .method = "POST", .target = NOTE, .program = true, .type = types[i], .body = "{}"};
        if (page_test_ask(&p, &ask)->status != 415)
            g_error("%s is taken", types[i]);
    }
    PageAsk ask = {.method = "POST",
                   .target = NOTE,
                   .program = true,
                   .type = "Application/JSON; charset=\"UTF-8\"",
                   .body = "{\"title\":\"x\"}"};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 200);
    page_test_close(&p);
}

static void what_is_too_large_is_said_before_it_is_read(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/subir",
                   .program = true,
                   .type = "image/png",
                   .body = "x",
                   .headers = {{"Content-Length", "204801"}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    g_assert_cmpint(a->status, ==, 413);
    assert_has(a, "200 kB");
    ask.headers[0].value = "99999999999999999999999";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 400);
    ask.headers[0].value = "-1";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 400);
    page_test_close(&p);
}

static void a_body_longer_than_it_said_is_cut_off(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_autofree char *body = g_strnfill(200 * 1024 + 1, 'x');
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/subir",
                   .program = true,
                   .type = "image/png",
                   .body = body,
                   .chunk = 4096,
                   .headers = {{"Content-Length", ""}, {"Transfer-Encoding", "chunked"}}};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 413);
    body[200 * 1024] = '\0';
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 200);
    g_autofree char *form = g_strnfill(1024 * 1024 + 1, 'x');
    ask = (PageAsk){.method = "POST",
                    .target = NOTE,
                    .program = true,
                    .body = form,
                    .chunk = 4096,
                    .headers = {{"Content-Length", ""}}};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 413);
    page_test_close(&p);
}

static void fields_stay_small_where_files_are_large(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_autofree char *form = g_strnfill(4 * 1024 * 1024 + 1, 'x');
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/grande",
                   .program = true,
                   .body = form,
                   .chunk = 65536,
                   .headers = {{"Content-Length", ""}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    g_assert_cmpint(a->status, ==, 413);
    assert_has(a, "4 MB");
    g_autofree char *parts = g_strdup_printf(
        "--XbX\r\nContent-Disposition: form-data; name=\"nota\"\r\n\r\n%s\r\n--XbX--", form);
    ask = upload(&p, parts);
    ask.target = "/mesa/grande";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 413);
    page_test_close(&p);
}

static void many_files_together_have_a_limit(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_autofree char *half = g_strnfill(120 * 1024, 'x');
    g_autofree char *parts = g_strdup_printf(PART("name=\"f\"; filename=\"a\"", "%s")
                                                 PART("name=\"f\"; filename=\"b\"", "%s") "--XbX--",
                                             half, half);
    PageAsk ask = upload(&p, parts);
    ask.chunk = 4096;
    ask.headers[1] = (Header){"Content-Length", ""};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 413);
    page_test_close(&p);
}

static void broken_forms_are_400(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const bodies[] = {"title=%", "title=%ff", "title=a%00b", "%zz=1"};
    for (size_t i = 0; i < COUNT(bodies); i++) {
        PageAsk ask = {.method = "POST", .target = NOTE, .program = true, .body = bodies[i]};
        g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 400);
    }
    GString *many = g_string_new("title=x");
    for (int i = 0; i < FIELDS_MAX; i++)
        g_string_append(many, "&a=1");
    PageAsk ask = {.method = "POST", .target = NOTE, .program = true, .body = many->str};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 400);
    g_string_free(many, TRUE);
    page_test_close(&p);
}

static void broken_json_is_400(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const bodies[] = {"{",
                                         "[]",
                                         "\"x\"",
                                         "{\"title\":\"x\",}",
                                         "{\"title\":[[1]]}",
                                         "{\"title\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}",
                                         "{\"title\":\"a\\u0000b\"}",
                                         "{\"a\":1,\"a\":2}",
                                         "nul"};
    for (size_t i = 0; i < COUNT(bodies); i++)
        if (page_test_send_json(&p, NOTE, bodies[i])->status != 400)
            g_error("%d for %s", page_test_send_json(&p, NOTE, bodies[i])->status, bodies[i]);
    page_test_close(&p);
}

static void no_body_at_all_is_an_empty_form(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.method = "POST", .target = "/mesa/notas", .program = true};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 201);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("body", files_go_to_the_vault_in_any_chunks);
    STORE_TEST("body", broken_multipart_is_400_and_leaves_nothing);
    STORE_TEST("body", a_file_alone_may_be_the_body);
    STORE_TEST("body", files_where_none_are_taken_are_415);
    STORE_TEST("body", other_types_are_415);
    STORE_TEST("body", what_is_too_large_is_said_before_it_is_read);
    STORE_TEST("body", a_body_longer_than_it_said_is_cut_off);
    STORE_TEST("body", fields_stay_small_where_files_are_large);
    STORE_TEST("body", many_files_together_have_a_limit);
    STORE_TEST("body", broken_forms_are_400);
    STORE_TEST("body", broken_json_is_400);
    STORE_TEST("body", no_body_at_all_is_an_empty_form);
    return g_test_run();
}
