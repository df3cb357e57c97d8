/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* answer_test.c: in which format an answer comes, what its headers say, and when nothing is sent
 * again. */
#include "web/exchange_test.h"

#define NOTE "/mesa/notas/0000000000001"

/* ---- formats ---- */

static void assert_type(PageTest *p, const char *target, const char *accept, int status,
                        const char *type)
{
    PageAsk ask = {.target = target, .headers = {{"Accept", accept}}};
    const PageAnswer *a = page_test_ask(p, &ask);
    const char *found = page_test_header(a, "Content-Type");
    if (a->status != status || !found || !g_str_has_prefix(found, type))
        g_error("%s with Accept \"%s\": %d %s", target, accept, a->status, found);
}

static void the_suffix_wins_then_accept(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    assert_type(&p, "/notas", "", 200, "text/html");
    assert_type(&p, "/notas", "*/*", 200, "text/html");
    assert_type(&p, "/notas", "application/json", 200, "application/json");
    assert_type(&p, "/notas", "text/html;q=0.5, application/json;q=0.9", 200, "application/json");
    assert_type(&p, "/notas", "text/html, application/json", 200, "text/html");
    assert_type(&p, "/notas", "text/*;q=0.3, text/csv", 200, "text/csv");
    assert_type(&p, "/notas", "application/*", 200, "application/json");
    assert_type(&p, "/notas", "text/calendar", 200, "text/calendar");
    assert_type(&p, "/notas.json", "text/html", 200, "application/json");
    assert_type(&p, "/notas.csv", "text/html", 200, "text/csv");
    assert_type(&p, "/notas/bacheo.json", "", 200, "application/json");
    assert_type(&p, "/notas", "image/png", 406, "text/html");
    assert_type(&p, "/notas",
                "text/html;q=0, application/json;q=0, text/csv;q=0, text/calendar;q=0", 406,
                "text/html");
    assert_type(&p, "/notas", "*/*;q=0", 406, "text/html");
    assert_type(&p, "/notas/bacheo", "text/csv", 406, "text/html");
    page_test_close(&p);
}

static void a_token_without_accept_gets_json(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.target = NOTE, .program = true, .headers = {{"Accept", ""}}};
    g_assert_cmpstr(page_test_header(page_test_ask(&p, &ask), "Content-Type"), ==,
                    "application/json; charset=utf-8");
    ask.headers[0].value = "*/*";
    g_assert_cmpstr(page_test_header(page_test_ask(&p, &ask), "Content-Type"), ==,
                    "application/json; charset=utf-8");
    ask.headers[0].value = "text/html";
    g_assert_cmpstr(page_test_header(page_test_ask(&p, &ask), "Content-Type"), ==,
                    "text/html; charset=utf-8");
    page_test_close(&p);
}

static void lists_are_items_total_and_next(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.json?tema=x%26y&limit=2&after=old");
    assert_has(a, "{\"items\":[{\"id\":\"0000000000001\",\"title\":\"Bacheo "
                  "\\u003cñ\\u003e\",\"version\":3}");
    assert_has(a, "\"total\":2,\"next\":\"/notas.json?tema=x%26y\\u0026limit=2\\u0026after=5.");
    g_assert_true(
        g_str_has_prefix(page_test_header(a, "Link"), "</notas.json?tema=x%26y&limit=2&after="));
    page_test_close(&p);
}

static void csv_is_harmless_in_a_spreadsheet(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.csv");
    g_assert_true(g_str_has_prefix(
        a->body, "id,title,version\r\n0000000000001,Bacheo <ñ>,3\r\n0000000000002,'=SUM(A1),1\r\n"));
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==,
                    "text/csv; charset=utf-8; header=present");
    g_assert_cmpstr(page_test_header(a, "Content-Disposition"), ==,
                    "attachment; filename=\"notas.csv\"; filename*=UTF-8''notas.csv");
    page_test_close(&p);
}

static size_t lines_of(const char *text)
{
    size_t n = 0;
    while ((text = strchr(text, '\n')) != NULL)
        n++, text++;
    return n;
}

static void a_table_is_whole_or_says_that_it_is_a_part(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.csv");
    g_assert_cmpuint(lines_of(a->body), ==, 1 + 2 + 2);
    g_assert_null(page_test_header(a, "Link"));
    a = page_test_get(&p, "/notas.csv?limit=2");
    g_assert_cmpuint(lines_of(a->body), ==, 1 + 2);
    g_assert_true(g_str_has_prefix(page_test_header(a, "Link"), "</notas.csv?limit=2&after="));
    page_test_close(&p);
}

static void a_table_without_end_is_refused(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(page_test_get(&p, "/sinfin.csv")->status, ==, 413);
    g_assert_cmpint(page_test_get(&p, "/sinfin.csv?cuenta=1")->status, ==, 413);
    g_assert_cmpint(page_test_get(&p, "/sinfin.csv?limit=2")->status, ==, 200);
    g_assert_cmpint(page_test_get(&p, "/sinfin.json")->status, ==, 200);
    page_test_close(&p);
}

static void file_names_are_said_twice(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.ics");
    g_assert_cmpstr(
        page_test_header(a, "Content-Disposition"), ==,
        "attachment; filename=\"notas a--o.ics\"; filename*=UTF-8''notas%20a%C3%B1o.ics");
    page_test_close(&p);
}

/* ---- headers of every answer ---- */

static void assert_guarded(const PageAnswer *a)
{
    static const char *const names[] = {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "X-Request-Id",
        "Cache-Control",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (page_test_header_count(a, names[i]) != 1)
            g_error("answer %d: %s stands %d times", a->status, names[i],
                    page_test_header_count(a, names[i]));
    const char *policy = page_test_header(a, "Content-Security-Policy");
    g_assert_true(
        g_str_has_prefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';"));
    g_assert_null(strstr(policy, "unsafe"));
    g_assert_nonnull(strstr(policy, "frame-ancestors 'none'"));
}

static void every_answer_is_guarded(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const targets[] = {"/notas",  "/notas.json", "/nada",
                                          "/rota",   "/mesa",       "/notas/%zz",
                                          "/notas/", "/flujo",      "/mesa/nada.json"};
    for (size_t i = 0; i < COUNT(targets); i++) {
        const PageAnswer *a = page_test_get(&p, targets[i]);
        if (a->status == 301)
            g_assert_nonnull(page_test_header(a, "Content-Security-Policy"));
        else
            assert_guarded(a);
    }
    assert_guarded(page_test_post(&p, "/mesa/notas", ""));
    p.city.base_url = "https://vocero.example";
    g_assert_nonnull(page_test_header(page_test_get(&p, "/notas"), "Strict-Transport-Security"));
    p.city.base_url = "http://127.0.0.1:8080";
    g_assert_null(page_test_header(page_test_get(&p, "/notas"), "Strict-Transport-Security"));
    page_test_close(&p);
}

static void only_public_data_is_shared_with_other_sites(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpstr(
        page_test_header(page_test_get(&p, "/notas.json"), "Access-Control-Allow-Origin"), ==, "*");
    g_assert_null(page_test_header(page_test_get(&p, "/notas"), "Access-Control-Allow-Origin"));
    g_assert_null(page_test_header(page_test_json(&p, NOTE), "Access-Control-Allow-Origin"));
    g_assert_null(page_test_header(page_test_send_json(&p, "/reportar", "{\"texto\":\"x\"}"),
                                   "Access-Control-Allow-Origin"));
    page_test_close(&p);
}

static void what_may_be_kept_is_said(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas");
    g_assert_cmpstr(page_test_header(a, "Cache-Control"), ==, "public, max-age=0, must-revalidate");
    g_assert_cmpstr(page_test_header(a, "Vary"), ==, "Accept, Accept-Language, Save-Data");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/mesa"), "Cache-Control"), ==,
                    "private, no-store");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/entrar"), "Cache-Control"), ==,
                    "private, no-store");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/nada"), "Cache-Control"), ==,
                    "private, no-store");
    page_test_close(&p);
}

static void the_key_holds_what_the_page_depends_on(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas?x=1&after=b&tema=a%20%26&utm=z");
    g_assert_cmpstr(a->cache_key, ==, "/notas|html|es-MX|&tema=a%20%26&after=b");
    g_assert_cmpstr(page_test_get(&p, "/notas.json")->cache_key, ==, "/notas|json|es-MX|");
    g_assert_cmpstr(page_test_get(&p, "/notas?idioma=en")->cache_key, ==, "/notas|html|en|");
    PageAsk lean = {.method = "GET", .target = "/notas", .headers = {{"Save-Data", "on"}}};
    g_assert_cmpstr(page_test_ask(&p, &lean)->cache_key, ==, "/notas|html|es-MX-lean|");
    g_assert_cmpstr(page_test_get(&p, "/notas?datos=pocos")->cache_key, ==, "/notas|html|es-MX-lean|");
    lean.target = "/notas?datos=todos";
    g_assert_cmpstr(page_test_ask(&p, &lean)->cache_key, ==, "/notas|html|es-MX|");
    g_assert_null(page_test_get(&p, "/entrar")->cache_key);
    g_assert_null(page_test_get(&p, "/mesa")->cache_key);
    g_assert_null(page_test_get(&p, "/rota")->cache_key);
    g_assert_null(page_test_get(&p, "/flujo")->cache_key);
    page_test_close(&p);
}

static void public_pages_are_the_same_for_who_is_logged_in(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *known = page_test_get(&p, "/notas");
    page_test_as(&p, NULL);
    const PageAnswer *nobody = page_test_get(&p, "/notas");
    g_assert_cmpstr(known->body, ==, nobody->body);
    g_assert_null(page_test_header(known, "Set-Cookie"));
    assert_has_not(known, "Renata");
    page_test_close(&p);
}

static void the_tongue_is_chosen_by_address_or_header(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.target = "/notas", .headers = {{"Accept-Language", "en-GB,en;q=0.9"}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    assert_has(a, "<html lang=\"en\">");
    g_assert_cmpstr(page_test_header(a, "Content-Language"), ==, "en");
    ask.target = "/notas?idioma=es";
    assert_has(page_test_ask(&p, &ask), "<html lang=\"es-MX\">");
    ask.target = "/notas?idioma=xx";
    assert_has(page_test_ask(&p, &ask), "<html lang=\"en\">");
    ask.target = "/mesa"; /* the desk speaks as the person does */
    assert_has(page_test_ask(&p, &ask), "<html lang=\"es-MX\">");
    page_test_close(&p);
}

/* ---- what the reader has already ---- */

static void pages_that_may_be_kept_stay_whole(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const char *tag = page_test_header(page_test_get(&p, "/notas"), "ETag");
    PageAsk ask = {.target = "/notas", .headers = {{"If-None-Match", tag}}};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==,
                    200); /* the cache answers 304, not the exchange */
    page_test_close(&p);
}

static void records_are_304_by_their_tag(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_json(&p, NOTE);
    const char *tag = page_test_header(a, "ETag");
    g_assert_true(g_str_has_prefix(tag, "\"v3-"));
    g_autofree char *several = g_strdup_printf("\"x\", W/%s", tag);
    PageAsk ask = {.target = NOTE, .program = true, .headers = {{"If-None-Match", several}}};
    a = page_test_ask(&p, &ask);
    g_assert_cmpint(a->status, ==, 304);
    g_assert_cmpuint(a->size, ==, 0);
    g_assert_cmpstr(page_test_header(a, "ETag"), ==, tag);
    ask.headers[0].value = "\"v3-000\"";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 200);
    ask.headers[0].value = "*";
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 304);
    page_test_close(&p);
}

static void dates_count_where_no_tag_was_sent(StoreTest *t, const void *unused)
{
    Header headers[] = {{"If-Modified-Since", "Wed, 13 Jul 2022 15:00:00 GMT"},
                        {"If-None-Match", "\"y\""}};
    Exchange ex = {.headers = headers, .header_count = 1};
    i64 modified = INT64_C(1657724400000000); /* that moment */
    g_assert_true(exchange_not_modified(&ex, "\"x\"", modified));
    g_assert_true(exchange_not_modified(&ex, "\"x\"", modified - 1));
    g_assert_false(exchange_not_modified(&ex, "\"x\"", modified + CLOCK_SECOND));
    g_assert_false(exchange_not_modified(&ex, "\"x\"", 0));
    ex.header_count = 2;
    g_assert_false(exchange_not_modified(&ex, "\"x\"", modified));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("answer", the_suffix_wins_then_accept);
    STORE_TEST("answer", a_token_without_accept_gets_json);
    STORE_TEST("answer", lists_are_items_total_and_next);
    STORE_TEST("answer", csv_is_harmless_in_a_spreadsheet);
    STORE_TEST("answer", a_table_is_whole_or_says_that_it_is_a_part);
    STORE_TEST("answer", a_table_without_end_is_refused);
    STORE_TEST("answer", file_names_are_said_twice);
    STORE_TEST("answer", every_answer_is_guarded);
    STORE_TEST("answer", only_public_data_is_shared_with_other_sites);
    STORE_TEST("answer", what_may_be_kept_is_said);
    STORE_TEST("answer", the_key_holds_what_the_page_depends_on);
    STORE_TEST("answer", public_pages_are_the_same_for_who_is_logged_in);
    STORE_TEST("answer", the_tongue_is_chosen_by_address_or_header);
    STORE_TEST("answer", pages_that_may_be_kept_stay_whole);
    STORE_TEST("answer", records_are_304_by_their_tag);
    STORE_TEST("answer", dates_count_where_no_tag_was_sent);
    return g_test_run();
}
