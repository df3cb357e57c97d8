/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* session_test.c: cookies, tokens, rights, and requests that come from elsewhere. */
#include "web/exchange_test.h"

#define NOTE "/mesa/notas/0000000000001"

/* ---- who ---- */

static void people_are_sent_to_the_login_and_back(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, NOTE "?q=a%26b");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==,
                    "/entrar?volver=%2Fmesa%2Fnotas%2F0000000000001%3Fq%3Da%2526b");
    a = page_test_post(&p, NOTE, "title=x");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/entrar?volver=%2Fmesa");
    PageAsk htmx = {.target = "/mesa", .headers = {{"HX-Request", "true"}}};
    a = page_test_ask(&p, &htmx);
    g_assert_cmpint(a->status, ==, 401);
    g_assert_nonnull(page_test_header(a, "HX-Redirect"));
    page_test_close(&p);
}

static void programs_without_a_token_get_401(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_json(&p, NOTE);
    g_assert_cmpint(a->status, ==, 401);
    g_assert_cmpstr(page_test_header(a, "WWW-Authenticate"), ==, "Bearer realm=\"vocero\"");
    assert_has(a, "\"kind\":\"login\"");
    g_assert_cmpint(page_test_send_json(&p, NOTE, "{}")->status, ==, 401);
    page_test_close(&p);
}

static void a_token_that_is_none_is_never_nobody(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const tokens[] = {"Bearer x", "Bearer ",
                                         "Bearer falso-pero-largo-0123456789",
                                         "bearer <script>alert(1)</script>"};
    for (size_t i = 0; i < COUNT(tokens); i++) {
        PageAsk ask = {.target = NOTE,
                       .headers = {{"Authorization", tokens[i]}, {"Accept", "text/html"}}};
        const PageAnswer *a = page_test_ask(&p, &ask); /* with a cookie that would do */
        g_assert_cmpint(a->status, ==, 401);
        g_assert_nonnull(strstr(page_test_header(a, "WWW-Authenticate"), "invalid_token"));
    }
    PageAsk basic = {.target = NOTE, .headers = {{"Authorization", "Basic eDp5"}}};
    g_assert_cmpint(page_test_ask(&p, &basic)->status, ==,
                    200); /* a proxy's password is not ours */
    page_test_close(&p);
}

static int status_with_cookie(PageTest *p, const char *cookie)
{
    return page_test_ask(p, &(PageAsk){.target = "/mesa", .headers = {{"Cookie", cookie}}})->status;
}

static void only_the_right_cookie_counts(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char token[] = "prueba-de-sesion-0123456789abcdef";
    g_autofree char *secure = g_strdup_printf("__Host-vocero=%s", token);
    g_autofree char *plain = g_strdup_printf("vocero=%s", token);
    g_autofree char *among =
        g_strdup_printf("a=b; x__Host-vocero=no; __Host-vocero=%s; c=d", token);
    p.city.base_url = "https://vocero.example";
    g_assert_cmpint(status_with_cookie(&p, secure), ==, 200);
    g_assert_cmpint(status_with_cookie(&p, among), ==, 200);
    g_assert_cmpint(status_with_cookie(&p, plain), ==,
                    303); /* any host of the domain could set that one */
    g_assert_cmpint(status_with_cookie(&p, "__Host-vocero=falsa-0123456789abcdef-0123"), ==, 303);
    g_assert_cmpint(status_with_cookie(&p, "__Host-vocero="), ==, 303);
    g_assert_cmpint(status_with_cookie(&p, ";;;=;"), ==, 303);
    p.city.base_url = "http://127.0.0.1:8080";
    g_assert_cmpint(status_with_cookie(&p, plain), ==, 200);
    g_assert_cmpint(status_with_cookie(&p, secure), ==, 303);
    page_test_close(&p);
}

static void a_missing_right_is_403_and_named(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, &test_reader);
    const PageAnswer *a = page_test_get(&p, NOTE "/editar");
    g_assert_cmpint(a->status, ==, 403);
    assert_has(a, "notes_edit");
    assert_page_sound(a);
    i64 before = test_changes(&p);
    a = page_test_send_json(&p, NOTE, "{\"title\":\"x\"}");
    g_assert_cmpint(a->status, ==, 403);
    assert_has(a, "\"kind\":\"forbidden\"");
    g_assert_cmpint(test_changes(&p), ==, before);
    page_test_close(&p);
}

/* ---- cookies that are set ---- */

static void the_session_cookie_is_out_of_reach(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    p.city.base_url = "https://vocero.example";
    const char *cookie = page_test_header(page_test_post(&p, "/entrar", "x=1"), "Set-Cookie");
    g_assert_cmpstr(
        cookie, ==,
        "__Host-vocero=nueva-sesion-0123456789abcdefghij; Path=/; Max-Age=2592000; HttpOnly; "
        "SameSite=Lax; Secure");
    p.city.base_url = "http://127.0.0.1:8080";
    cookie = page_test_header(page_test_post(&p, "/entrar", "x=1"), "Set-Cookie");
    g_assert_cmpstr(cookie, ==,
                    "vocero=nueva-sesion-0123456789abcdefghij; Path=/; Max-Age=2592000; HttpOnly; "
                    "SameSite=Lax");
    page_test_close(&p);
}

static const char *notice_cookie(const PageAnswer *a)
{
    for (size_t i = 0; i < a->header_count; i++)
        if (!strcmp(a->headers[i].name, "Set-Cookie") && strstr(a->headers[i].value, "-aviso="))
            return a->headers[i].value;
    return NULL;
}

static void a_notice_is_shown_once_and_escaped(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    p.city.base_url = "http://127.0.0.1:8080";
    const char *set = notice_cookie(page_test_post(&p, NOTE, "title=Uno"));
    g_assert_nonnull(set);
    g_assert_nonnull(strstr(set, "Max-Age=30; HttpOnly"));
    g_autofree char *pair = g_strndup(set, strcspn(set, ";"));
    g_assert_null(strpbrk(pair, " ,\"<>"));
    g_autofree char *cookies =
        g_strdup_printf("vocero=prueba-de-sesion-0123456789abcdef; %s", pair);
    PageAsk ask = {.target = "/mesa", .headers = {{"Cookie", cookies}}};
    const PageAnswer *a = page_test_ask(&p, &ask);
    assert_has(a, "Saved: &lt;b&gt;título&lt;/b&gt;");
    assert_page_sound(a);
    g_assert_nonnull(strstr(notice_cookie(a), "vocero-aviso=; Path=/; Max-Age=0"));
    page_test_close(&p);
}

static void nobody_puts_words_into_our_mouth(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    p.city.base_url = "http://127.0.0.1:8080";
    static const char *const forged[] = {"Llama%20al%20555.",
                                         "Llama%20al%20555.AAAAAAAAAAAAAAAAAAAAAA",
                                         "Llama%20al%20555", ".", ""};
    for (size_t i = 0; i < COUNT(forged); i++) {
        g_autofree char *cookies =
            g_strdup_printf("vocero=prueba-de-sesion-0123456789abcdef; vocero-aviso=%s", forged[i]);
        const PageAnswer *a =
            page_test_ask(&p, &(PageAsk){.target = "/mesa", .headers = {{"Cookie", cookies}}});
        g_assert_cmpint(a->status, ==, 200);
        assert_has_not(a, "555");
        assert_has_not(a, "class=\"toasts\"");
    }
    page_test_close(&p);
}

/* ---- requests from elsewhere ---- */

typedef struct Sender {
    const char *site, *origin; /* Sec-Fetch-Site, Origin; "" leaves it out */
    bool taken;
} Sender;

static const Sender senders[] = {
    {"same-origin", "", true},
    {"none", "", true},
    {"same-site", "", false},
    {"cross-site", "", false},
    {"cross-site", "https://vocero.example", false},
    {"", "https://vocero.example", true},
    {"", "https://evil.example", false},
    {"", "null", false},
    {"", "", true}, /* no browser: its cookie still needs the token */
    {"SAME-ORIGIN", "", false},
};

static PageAsk from(const Sender *sender, const char *target, const char *body)
{
    return (PageAsk){.method = "POST",
                     .target = target,
                     .body = body,
                     .headers = {{"Sec-Fetch-Site", sender->site}, {"Origin", sender->origin}}};
}

static void forms_of_other_sites_are_refused(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    static const char *const targets[] = {"/mesa/notas", "/entrar", "/reportar"};
    for (size_t k = 0; k < COUNT(targets); k++) {
        for (size_t i = 0; i < COUNT(senders); i++) {
            PageAsk ask = from(&senders[i], targets[k], "texto=x");
            i64 before = test_changes(&p);
            int status = page_test_ask(&p, &ask)->status;
            if ((status == 303) != senders[i].taken || (status == 403) == senders[i].taken)
                g_error("%s from %s|%s: %d", targets[k], senders[i].site, senders[i].origin,
                        status);
            if (!senders[i].taken)
                g_assert_cmpint(test_changes(&p), ==, before);
        }
    }
    page_test_close(&p);
}

static void a_cookie_alone_changes_nothing(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    static const char *const bodies[] = {"title=x",
                                         "title=x&csrf=", "title=x&csrf=AAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < COUNT(bodies); i++) {
        PageAsk ask = {.method = "POST", .target = NOTE, .body = bodies[i], .no_csrf = true};
        g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 403);
    }
    g_assert_cmpint(test_changes(&p), ==, before);
    g_autofree char *in_query = g_strdup_printf(NOTE "?csrf=%s", page_test_csrf(&p));
    PageAsk ask = {.method = "POST", .target = in_query, .body = "title=x", .no_csrf = true};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 403); /* addresses are seen by others */
    ask = (PageAsk){.method = "POST",
                    .target = NOTE,
                    .body = "title=x",
                    .no_csrf = true,
                    .headers = {{"X-CSRF-Token", page_test_csrf(&p)}}};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 303);
    page_test_close(&p);
}

static void a_json_body_with_a_cookie_needs_the_token_too(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {
        .method = "POST", .target = NOTE, .body = "{\"title\":\"x\"}", .type = "application/json"};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 403);
    g_autofree char *body =
        g_strdup_printf("{\"title\":\"x\",\"csrf\":\"%s\"}", page_test_csrf(&p));
    ask.body = body;
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 303);
    page_test_close(&p);
}

static void a_program_needs_no_csrf_token(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.method = "POST",
                   .target = NOTE,
                   .body = "{\"title\":\"x\"}",
                   .type = "application/json",
                   .program = true,
                   .headers = {{"Origin", "https://evil.example"}}};
    g_assert_cmpint(page_test_ask(&p, &ask)->status, ==, 200);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("session", people_are_sent_to_the_login_and_back);
    STORE_TEST("session", programs_without_a_token_get_401);
    STORE_TEST("session", a_token_that_is_none_is_never_nobody);
    STORE_TEST("session", only_the_right_cookie_counts);
    STORE_TEST("session", a_missing_right_is_403_and_named);
    STORE_TEST("session", the_session_cookie_is_out_of_reach);
    STORE_TEST("session", a_notice_is_shown_once_and_escaped);
    STORE_TEST("session", nobody_puts_words_into_our_mouth);
    STORE_TEST("session", forms_of_other_sites_are_refused);
    STORE_TEST("session", a_cookie_alone_changes_nothing);
    STORE_TEST("session", a_json_body_with_a_cookie_needs_the_token_too);
    STORE_TEST("session", a_program_needs_no_csrf_token);
    return g_test_run();
}
