/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_test.c: paths, methods, formats, answers and faults of a whole request. */
#include "web/exchange_test.h"

#define NOTE "/mesa/notas/0000000000001"

/* ---- paths and methods ---- */

static void unknown_addresses_are_404_and_help(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/nada");
    g_assert_cmpint(a->status, ==, 404);
    assert_has(a, "<html lang=\"es-MX\">");
    assert_page_sound(a);
    g_assert_cmpint(page_test_get(&p, "/notas/otra")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/notas/NO_SLUG")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/notas.atom")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/notas.html")->status, ==, 404);
    page_test_as(&p, &test_editor);
    g_assert_cmpint(page_test_get(&p, "/mesa/notas/no-es-un-id")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/mesa/notas/0000000000002")->status, ==, 404);
    page_test_close(&p);
}

static void who_mistypes_an_address_stays_at_the_desk(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/mesa/nada");
    g_assert_cmpint(a->status, ==, 404);
    assert_has(a, "<body class=\"desk\">");
    assert_has(a, "Renata Paz");
    page_test_as(&p, NULL);
    a = page_test_get(&p, "/mesa/nada");
    g_assert_cmpint(a->status, ==, 404);
    assert_has(a, "<body class=\"desk alone\">");
    page_test_close(&p);
}

static void broken_addresses_are_400_and_long_ones_414(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(page_test_get(&p, "/notas/%zz")->status, ==, 400);
    g_assert_cmpint(page_test_get(&p, "/notas%2fbacheo")->status, ==, 400);
    g_assert_cmpint(page_test_get(&p, "/notas?tema=%ff")->status, ==, 400);
    g_assert_cmpint(page_test_get(&p, "/notas/../notas")->status, ==, 404);
    GString *target = g_string_new("/notas/");
    while (target->len < 3000)
        g_string_append(target, "abcdefghij");
    g_assert_cmpint(page_test_get(&p, target->str)->status, ==, 414);
    g_string_printf(target, "/notas?tema=");
    while (target->len < 9000)
        g_string_append(target, "abcdefghij");
    g_assert_cmpint(page_test_get(&p, target->str)->status, ==, 414);
    g_string_free(target, TRUE);
    page_test_close(&p);
}

static void a_slash_at_the_end_is_taken_away(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas/?tema=a%20b");
    g_assert_cmpint(a->status, ==, 301);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/notas?tema=a%20b");
    a = page_test_ask(&p, &(PageAsk){.method = "POST", .target = "/reportar/", .body = "texto=x"});
    g_assert_cmpint(a->status, ==, 308);
    g_assert_cmpint(page_test_get(&p, "/nada/")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "//evil.example/")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/")->status, ==, 404);
    page_test_close(&p);
}

static void other_methods_are_405_and_say_which_fit(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_post(&p, "/notas", "a=1");
    g_assert_cmpint(a->status, ==, 405);
    g_assert_cmpstr(page_test_header(a, "Allow"), ==, "GET, HEAD, OPTIONS");
    assert_has(a, "405");
    a = page_test_get(&p, "/mesa/notas/0000000000001/borrar");
    g_assert_cmpint(a->status, ==, 405);
    g_assert_cmpstr(page_test_header(a, "Allow"), ==, "POST, OPTIONS");
    a = page_test_ask(&p, &(PageAsk){.method = "DELETE", .target = NOTE});
    g_assert_cmpint(a->status, ==, 405);
    g_assert_cmpstr(page_test_header(a, "Allow"), ==, "GET, HEAD, POST, OPTIONS");
    g_assert_cmpint(page_test_ask(&p, &(PageAsk){.method = "BREW", .target = "/nada"})->status, ==, 404);
    page_test_close(&p);
}

static void options_answers_without_a_body(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_ask(&p, &(PageAsk){.method = "OPTIONS", .target = "/notas"});
    g_assert_cmpint(a->status, ==, 204);
    g_assert_cmpstr(page_test_header(a, "Allow"), ==, "GET, HEAD, OPTIONS");
    g_assert_cmpstr(page_test_header(a, "Access-Control-Allow-Origin"), ==, "*");
    a = page_test_ask(&p, &(PageAsk){.method = "OPTIONS", .target = NOTE});
    g_assert_cmpint(a->status, ==, 204);
    g_assert_null(page_test_header(a, "Access-Control-Allow-Origin"));
    page_test_close(&p);
}

static void head_is_get_without_its_bytes(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *get = page_test_get(&p, "/notas");
    const PageAnswer *head = page_test_ask(&p, &(PageAsk){.method = "HEAD", .target = "/notas"});
    g_assert_cmpint(head->status, ==, 200);
    g_assert_cmpuint(head->size, ==, get->size); /* the server knows the size and sends none of it */
    g_assert_cmpstr(page_test_header(head, "ETag"), ==, page_test_header(get, "ETag"));
    page_test_close(&p);
}

/* ---- formats ---- */

static void assert_type(PageTest *p, const char *target, const char *accept, int status, const char *type)
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
    assert_type(&p, "/notas", "text/html;q=0, application/json;q=0, text/csv;q=0, text/calendar;q=0", 406, "text/html");
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
    assert_has(a, "{\"items\":[{\"id\":\"0000000000001\",\"title\":\"Bacheo \\u003cñ\\u003e\",\"version\":3}");
    assert_has(a, "\"total\":2,\"next\":\"/notas.json?tema=x%26y\\u0026limit=2\\u0026after=5.");
    g_assert_true(g_str_has_prefix(page_test_header(a, "Link"), "</notas.json?tema=x%26y&limit=2&after="));
    page_test_close(&p);
}

static void csv_is_harmless_in_a_spreadsheet(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.csv");
    g_assert_cmpstr(a->body, ==, "id,title,version\r\n0000000000001,Bacheo <ñ>,3\r\n0000000000002,'=SUM(A1),1\r\n");
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "text/csv; charset=utf-8; header=present");
    g_assert_cmpstr(page_test_header(a, "Content-Disposition"), ==,
                    "attachment; filename=\"notas.csv\"; filename*=UTF-8''notas.csv");
    page_test_close(&p);
}

static void file_names_are_said_twice(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/notas.ics");
    g_assert_cmpstr(page_test_header(a, "Content-Disposition"), ==,
                    "attachment; filename=\"notas a--o.ics\"; filename*=UTF-8''notas%20a%C3%B1o.ics");
    page_test_close(&p);
}

/* ---- headers of every answer ---- */

static void assert_guarded(const PageAnswer *a)
{
    static const char *const names[] = {
        "Content-Security-Policy", "X-Content-Type-Options",     "Referrer-Policy", "Permissions-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Request-Id",    "Cache-Control",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (page_test_header_count(a, names[i]) != 1)
            g_error("answer %d: %s stands %d times", a->status, names[i], page_test_header_count(a, names[i]));
    const char *policy = page_test_header(a, "Content-Security-Policy");
    g_assert_true(g_str_has_prefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';"));
    g_assert_null(strstr(policy, "unsafe"));
    g_assert_nonnull(strstr(policy, "frame-ancestors 'none'"));
}

static void every_answer_is_guarded(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const targets[] = {"/notas", "/notas.json", "/nada", "/rota", "/mesa", "/notas/%zz",
                                          "/notas/", "/flujo", "/mesa/nada.json"};
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
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/notas.json"), "Access-Control-Allow-Origin"), ==, "*");
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
    g_assert_cmpstr(page_test_header(a, "Vary"), ==, "Accept, Accept-Language");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/mesa"), "Cache-Control"), ==, "private, no-store");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/entrar"), "Cache-Control"), ==, "private, no-store");
    g_assert_cmpstr(page_test_header(page_test_get(&p, "/nada"), "Cache-Control"), ==, "private, no-store");
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
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 200); /* the cache answers 304, not the exchange */
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
    Header headers[] = {{"If-Modified-Since", "Wed, 13 Jul 2022 15:00:00 GMT"}, {"If-None-Match", "\"y\""}};
    Exchange ex = {.headers = headers, .header_count = 1};
    i64 modified = INT64_C(1657724400000000); /* that moment */
    g_assert_true(exchange_not_modified(&ex, "\"x\"", modified));
    g_assert_true(exchange_not_modified(&ex, "\"x\"", modified - 1));
    g_assert_false(exchange_not_modified(&ex, "\"x\"", modified + CLOCK_SECOND));
    g_assert_false(exchange_not_modified(&ex, "\"x\"", 0));
    ex.header_count = 2;
    g_assert_false(exchange_not_modified(&ex, "\"x\"", modified));
}

/* ---- changes ---- */

static void people_are_sent_on_and_programs_get_the_record(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_post(&p, NOTE, "title=Uno");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, NOTE);
    a = page_test_send_json(&p, NOTE, "{\"title\":\"Uno\"}");
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "{\"id\":\"0000000000001\"");
    a = page_test_send_json(&p, "/mesa/notas", "{}");
    g_assert_cmpint(a->status, ==, 201);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, NOTE);
    a = page_test_send_json(&p, NOTE "/borrar", "{}");
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "{\"message\":\"Gone\",\"address\":\"/mesa\"}");
    page_test_close(&p);
}

static void a_mistake_draws_the_form_again_with_what_was_typed(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    const PageAnswer *a = page_test_post(&p, NOTE, "title=%3Cb%3Edemasiado+largo+para+una+nota&count=12");
    g_assert_cmpint(a->status, ==, 422);
    assert_has(a, "<p>&lt;b&gt;demasiado largo para una nota|");
    assert_has_not(a, "<b>demasiado");
    assert_has_not(a, "||"); /* both fields say what was wrong */
    assert_page_sound(a);
    g_assert_cmpint(test_changes(&p), ==, before);
    page_test_close(&p);
}

static void a_clash_draws_the_form_again_and_writes_nothing(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    const PageAnswer *a = page_test_post(&p, NOTE, "title=choque");
    g_assert_cmpint(a->status, ==, 409);
    assert_has(a, "<p>choque|||somebody has this title already</p>");
    g_assert_cmpint(test_changes(&p), ==, before);
    page_test_close(&p);
}

static void programs_learn_all_that_was_wrong(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_send_json(&p, NOTE, "{\"title\":\"\",\"count\":99}");
    g_assert_cmpint(a->status, ==, 422);
    assert_has(a, "{\"error\":{\"kind\":\"invalid\",\"message\":\"");
    assert_has(a, "\"field\":\"title\"}");
    assert_has(a, "\"errors\":[{\"field\":\"title\",");
    assert_has(a, "{\"field\":\"count\",");
    page_test_close(&p);
}

static void the_second_editor_loses(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(page_test_post(&p, NOTE, "title=Uno&version=3")->status, ==, 303);
    g_assert_cmpint(page_test_post(&p, NOTE, "title=Uno&version=2")->status, ==, 412);
    g_assert_cmpint(page_test_post(&p, NOTE, "title=Uno&version=x")->status, ==, 400);
    static const struct {
        const char *tag;
        int status;
    } tags[] = {{"\"v3\"", 200}, {"\"v3-abc\"", 200}, {"\"v2\"", 412}, {"*", 200}, {"\"abc\"", 412}, {"v3", 412}, {"\"v3", 412}};
    for (size_t i = 0; i < COUNT(tags); i++) {
        PageAsk ask = {.method = "POST", .target = NOTE, .program = true, .type = "application/json",
                       .body = "{\"title\":\"Uno\"}", .headers = {{"If-Match", tags[i].tag}}};
        if (page_test_ask(&p, &ask)->status != tags[i].status)
            g_error("If-Match %s: %d", tags[i].tag, page_test_ask(&p, &ask)->status);
    }
    page_test_close(&p);
}

static void a_commit_that_fails_is_told_and_undone(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    p.commit_fails = true;
    const PageAnswer *a = page_test_post(&p, NOTE, "title=Uno");
    g_assert_cmpint(a->status, ==, 503);
    g_assert_nonnull(page_test_header(a, "Retry-After"));
    g_assert_null(page_test_header(a, "Location"));
    g_assert_null(page_test_header(a, "Set-Cookie"));
    g_assert_cmpint(page_test_header_count(a, "Content-Type"), ==, 1);
    assert_has(a, "the disk is full");
    g_assert_cmpint(test_changes(&p), ==, before);
    page_test_close(&p);
}

static void slow_work_is_done_before_the_writing(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    assert_has(page_test_post(&p, "/mesa/lento", "palabra=hola"), "<h1>&lt;hola&gt;</h1>");
    const PageAnswer *a = page_test_post(&p, "/mesa/lento", "palabra=");
    g_assert_cmpint(a->status, ==, 422);
    assert_has(a, "<h1>A note</h1>");
    page_test_close(&p);
}

/* ---- faults ---- */

static void our_own_defects_are_not_shown(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_get(&p, "/rota");
    g_assert_cmpint(a->status, ==, 500);
    assert_has_not(a, "secret detail");
    assert_has_not(a, "half of a page");
    assert_has(a, "0000000000000");
    assert_page_sound(a);
    a = page_test_get(&p, "/rota.json");
    assert_has(a, "\"kind\":\"broken\"");
    assert_has(a, "\"request\":\"0000000000000\"");
    assert_has_not(a, "secret detail");
    page_test_close(&p);
}

static void a_get_cannot_write(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    g_assert_cmpint(page_test_get(&p, "/mesa/escribe")->status, ==, 500);
    g_assert_cmpint(test_changes(&p), ==, before);
    page_test_close(&p);
}

static void a_page_without_end_is_refused(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(page_test_get(&p, "/mesa/enorme")->status, ==, 413);
    page_test_close(&p);
}

static void data_that_is_not_there_is_406(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(page_test_json(&p, "/mesa")->status, ==, 406);
    page_test_close(&p);
}

static void no_value_breaks_out_of_a_header(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    const PageAnswer *a = page_test_post(&p, "/mesa/cabeza", "");
    g_assert_null(page_test_header(a, "Location"));
    Exchange ex = {.ctx = {.arena = arena_new(0)}};
    static const char *const values[] = {"a\r\nX: y", "a\nb", "a\rb", "\x01", "a\x7f"};
    for (size_t i = 0; i < COUNT(values); i++)
        exchange_add_header(&ex, "X-Test", values[i]);
    exchange_add_header(&ex, "X Test", "a");
    exchange_add_header(&ex, "X:Test", "a");
    exchange_add_header(&ex, "", "a");
    g_assert_cmpuint(ex.out_count, ==, 0);
    exchange_add_header(&ex, "X-Test", "a\tb ñ");
    g_assert_cmpuint(ex.out_count, ==, 1);
    arena_free(ex.ctx.arena);
    page_test_close(&p);
}

static void streams_name_their_channel(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.target = "/flujo", .headers = {{"Accept", "text/event-stream"}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    g_assert_cmpint(a->status, ==, 200);
    g_assert_cmpstr(a->channel, ==, "notas");
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "text/event-stream");
    g_assert_null(page_test_header(a, "ETag"));
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("exchange", unknown_addresses_are_404_and_help);
    STORE_TEST("exchange", who_mistypes_an_address_stays_at_the_desk);
    STORE_TEST("exchange", broken_addresses_are_400_and_long_ones_414);
    STORE_TEST("exchange", a_slash_at_the_end_is_taken_away);
    STORE_TEST("exchange", other_methods_are_405_and_say_which_fit);
    STORE_TEST("exchange", options_answers_without_a_body);
    STORE_TEST("exchange", head_is_get_without_its_bytes);
    STORE_TEST("exchange", the_suffix_wins_then_accept);
    STORE_TEST("exchange", a_token_without_accept_gets_json);
    STORE_TEST("exchange", lists_are_items_total_and_next);
    STORE_TEST("exchange", csv_is_harmless_in_a_spreadsheet);
    STORE_TEST("exchange", file_names_are_said_twice);
    STORE_TEST("exchange", every_answer_is_guarded);
    STORE_TEST("exchange", only_public_data_is_shared_with_other_sites);
    STORE_TEST("exchange", what_may_be_kept_is_said);
    STORE_TEST("exchange", the_key_holds_what_the_page_depends_on);
    STORE_TEST("exchange", public_pages_are_the_same_for_who_is_logged_in);
    STORE_TEST("exchange", the_tongue_is_chosen_by_address_or_header);
    STORE_TEST("exchange", pages_that_may_be_kept_stay_whole);
    STORE_TEST("exchange", records_are_304_by_their_tag);
    STORE_TEST("exchange", dates_count_where_no_tag_was_sent);
    STORE_TEST("exchange", people_are_sent_on_and_programs_get_the_record);
    STORE_TEST("exchange", a_mistake_draws_the_form_again_with_what_was_typed);
    STORE_TEST("exchange", a_clash_draws_the_form_again_and_writes_nothing);
    STORE_TEST("exchange", programs_learn_all_that_was_wrong);
    STORE_TEST("exchange", the_second_editor_loses);
    STORE_TEST("exchange", a_commit_that_fails_is_told_and_undone);
    STORE_TEST("exchange", slow_work_is_done_before_the_writing);
    STORE_TEST("exchange", our_own_defects_are_not_shown);
    STORE_TEST("exchange", a_get_cannot_write);
    STORE_TEST("exchange", a_page_without_end_is_refused);
    STORE_TEST("exchange", data_that_is_not_there_is_406);
    STORE_TEST("exchange", no_value_breaks_out_of_a_header);
    STORE_TEST("exchange", streams_name_their_channel);
    return g_test_run();
}
