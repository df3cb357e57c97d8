/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_test.c: paths, methods, changes and faults of a whole request. */
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
    g_assert_cmpint(page_test_ask(&p, &(PageAsk){.method = "BREW", .target = "/nada"})->status, ==,
                    404);
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
    g_assert_cmpuint(head->size, ==,
                     get->size); /* the server knows the size and sends none of it */
    g_assert_cmpstr(page_test_header(head, "ETag"), ==, page_test_header(get, "ETag"));
    page_test_close(&p);
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
    const PageAnswer *a =
        page_test_post(&p, NOTE, "title=%3Cb%3Edemasiado+largo+para+una+nota&count=12");
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
    } tags[] = {{"\"v3\"", 200},  {"\"v3-abc\"", 200}, {"\"v2\"", 412}, {"*", 200},
                {"\"abc\"", 412}, {"v3", 412},         {"\"v3", 412}};
    for (size_t i = 0; i < COUNT(tags); i++) {
        PageAsk ask = {.method = "POST",
                       .target = NOTE,
                       .program = true,
                       .type = "application/json",
                       .body = "{\"title\":\"Uno\"}",
                       .headers = {{"If-Match", tags[i].tag}}};
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
