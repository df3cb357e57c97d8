/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* idempotency_test.c: the same key, the first answer. */
#include "web/exchange_test.h"

#define NOTE "/mesa/notas/0000000000001"

static const PageAnswer *with_key(PageTest *p, const char *target, const char *key,
                                  const char *json)
{
    PageAsk ask = {.method = "POST",
                   .target = target,
                   .body = json,
                   .type = "application/json",
                   .program = true,
                   .headers = {{"Idempotency-Key", key}}};
    return page_test_ask(p, &ask);
}

static void the_same_key_changes_once(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    const PageAnswer *first = with_key(&p, "/mesa/notas", "k1", "{\"a\":1}");
    const PageAnswer *again = with_key(&p, "/mesa/notas", "k1", "{\"a\":1}");
    g_assert_cmpint(test_changes(&p), ==, before + 1);
    g_assert_cmpint(first->status, ==, 201);
    g_assert_cmpint(again->status, ==, 201);
    g_assert_cmpstr(again->body, ==, first->body);
    g_assert_cmpstr(page_test_header(again, "Location"), ==, page_test_header(first, "Location"));
    g_assert_cmpstr(page_test_header(again, "Content-Type"), ==,
                    page_test_header(first, "Content-Type"));
    g_assert_null(page_test_header(first, "Idempotent-Replay"));
    g_assert_cmpstr(page_test_header(again, "Idempotent-Replay"), ==, "true");
    page_test_close(&p);
}

static void the_same_key_for_something_else_is_422(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    with_key(&p, "/mesa/notas", "k1", "{\"a\":1}");
    g_assert_cmpint(with_key(&p, "/mesa/notas", "k1", "{\"a\":2}")->status, ==, 422);
    g_assert_cmpint(test_changes(&p), ==, before + 1);
    g_assert_cmpint(with_key(&p, NOTE, "k1", "{\"title\":\"x\"}")->status, ==,
                    200); /* another address */
    page_test_as(&p, &(Actor){.id = 70, .name = "Otra", .rights = test_editor.rights});
    g_assert_cmpint(with_key(&p, "/mesa/notas", "k1", "{\"a\":2}")->status, ==,
                    201); /* another person */
    page_test_close(&p);
}

static void a_refusal_may_end_well_the_next_time(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(with_key(&p, NOTE, "k1", "{\"title\":\"choque\"}")->status, ==, 409);
    g_assert_cmpint(with_key(&p, NOTE, "k1", "{\"title\":\"x\"}")->status, ==, 200);
    page_test_close(&p);
}

static void a_lost_commit_keeps_no_answer(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    p.commit_fails = true;
    g_assert_cmpint(with_key(&p, "/mesa/notas", "k1", "{}")->status, ==, 503);
    const PageAnswer *a = with_key(&p, "/mesa/notas", "k1", "{}");
    g_assert_cmpint(a->status, ==, 201);
    g_assert_null(page_test_header(a, "Idempotent-Replay"));
    g_assert_cmpint(test_changes(&p), ==, before + 1);
    page_test_close(&p);
}

static void keys_are_forgotten_after_two_days(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    with_key(&p, "/mesa/notas", "k1", "{}");
    t->ctx.now += 48 * CLOCK_HOUR - 1;
    g_assert_nonnull(
        page_test_header(with_key(&p, "/mesa/notas", "k1", "{}"), "Idempotent-Replay"));
    t->ctx.now += 1;
    g_assert_null(
        page_test_header(with_key(&p, "/mesa/notas", "k1", "{\"b\":1}"), "Idempotent-Replay"));
    g_assert_cmpint(test_changes(&p), ==, before + 2);
    g_assert_nonnull(
        page_test_header(with_key(&p, "/mesa/notas", "k1", "{\"b\":1}"), "Idempotent-Replay"));
    page_test_close(&p);
}

static void a_browsers_form_may_be_sent_twice(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    i64 before = test_changes(&p);
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/notas",
                   .body = "title=x",
                   .headers = {{"Idempotency-Key", "k"}}};
    const PageAnswer *first = page_test_ask(&p, &ask), *again = page_test_ask(&p, &ask);
    g_assert_cmpint(first->status, ==, 303);
    g_assert_cmpint(again->status, ==, 303);
    g_assert_cmpstr(page_test_header(again, "Location"), ==, NOTE);
    g_assert_cmpint(test_changes(&p), ==, before + 1);
    g_assert_cmpint(with_key(&p, "/mesa/notas", "k", "{\"title\":\"x\"}")->status, ==,
                    201); /* another format */
    page_test_close(&p);
}

static void a_form_opened_anew_is_the_same_form(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    PageAsk ask = {.method = "POST",
                   .target = "/mesa/notas",
                   .body = "title=x",
                   .headers = {{"Idempotency-Key", "k"}}};
    page_test_ask(&p, &ask);
    ask.no_csrf = true; /* its token comes another way, as after a new login */
    ask.headers[1] = (Header){"X-CSRF-Token", page_test_csrf(&p)};
    const PageAnswer *again = page_test_ask(&p, &ask);
    g_assert_cmpint(again->status, ==, 303);
    g_assert_nonnull(page_test_header(again, "Idempotent-Replay"));
    page_test_close(&p);
}

static void a_refusal_without_a_fault_is_not_kept(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_assert_cmpint(with_key(&p, "/mesa/negado", "k", "{}")->status, ==, 400);
    g_assert_null(page_test_header(with_key(&p, "/mesa/negado", "k", "{}"), "Idempotent-Replay"));
    page_test_close(&p);
}

static void a_stranger_with_a_guessed_key_sees_nothing(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    i64 before = test_changes(&p);
    with_key(&p, "/reportar", "1", "{\"texto\":\"mi calle\"}");
    const PageAnswer *other = with_key(&p, "/reportar", "1", "{\"texto\":\"otra cosa\"}");
    g_assert_cmpint(other->status, ==, 201);
    g_assert_null(page_test_header(other, "Idempotent-Replay"));
    g_assert_nonnull(page_test_header(with_key(&p, "/reportar", "1", "{\"texto\":\"mi calle\"}"),
                                      "Idempotent-Replay"));
    g_assert_cmpint(test_changes(&p), ==, before + 2);
    page_test_close(&p);
}

static void a_session_is_never_given_again(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    page_test_as(&p, NULL);
    PageAsk ask = {.method = "POST",
                   .target = "/entrar",
                   .body = "mail=a",
                   .headers = {{"Idempotency-Key", "k"}}};
    g_assert_nonnull(page_test_header(page_test_ask(&p, &ask), "Set-Cookie"));
    g_assert_null(page_test_header(page_test_ask(&p, &ask), "Idempotent-Replay"));
    page_test_close(&p);
}

static void keys_are_printable_and_short(StoreTest *t, const void *unused)
{
    PageTest p;
    test_open(&p, t);
    g_autofree char *longest = g_strnfill(200, 'k');
    g_autofree char *too_long = g_strnfill(201, 'k');
    g_assert_cmpint(with_key(&p, "/mesa/notas", longest, "{}")->status, ==, 201);
    g_assert_cmpint(with_key(&p, "/mesa/notas", too_long, "{}")->status, ==, 400);
    g_assert_cmpint(with_key(&p, "/mesa/notas", "ñ", "{}")->status, ==, 400);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("idempotency", the_same_key_changes_once);
    STORE_TEST("idempotency", the_same_key_for_something_else_is_422);
    STORE_TEST("idempotency", a_refusal_may_end_well_the_next_time);
    STORE_TEST("idempotency", a_lost_commit_keeps_no_answer);
    STORE_TEST("idempotency", keys_are_forgotten_after_two_days);
    STORE_TEST("idempotency", a_browsers_form_may_be_sent_twice);
    STORE_TEST("idempotency", a_form_opened_anew_is_the_same_form);
    STORE_TEST("idempotency", a_refusal_without_a_fault_is_not_kept);
    STORE_TEST("idempotency", a_stranger_with_a_guessed_key_sees_nothing);
    STORE_TEST("idempotency", a_session_is_never_given_again);
    STORE_TEST("idempotency", keys_are_printable_and_short);
    return g_test_run();
}
