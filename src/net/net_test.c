/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test.c: what strangers answer is bounded, and no redirect leads us astray. */
#include "base/base_test.h"
#include "base/text.h"
#include "net/net_room.h"
#include "net/net_test_web.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

/* ---- answers ---- */
static void an_answer_is_whole(Web *w, const void *unused)
{
    web_fetch(w, web_at(w, "/ok#part"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(w->got.type, ==, "text/calendar; charset=utf-8");
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpstr(w->got.last_modified, ==, "Thu, 14 Jul 2022 15:00:00 GMT");
    g_assert_cmpstr(w->got.final_url, ==, web_at(w, "/ok"));
    g_assert_null(w->got.location);
    g_assert_cmpstr(web_body(w), ==, "BEGIN:VCALENDAR\r\n");
}

static void what_is_known_already_is_not_sent_again(Web *w, const void *unused)
{
    w->req.headers = (const char *const[]){"If-None-Match: \"seven\"", NULL};
    web_fetch(w, web_at(w, "/ok"));
    g_assert_cmpint(w->got.status, ==, 304);
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpuint(w->got.body.size, ==, 0);
    g_assert_cmpstr(w->got.body.data, ==, ""); /* never NULL */
}

static void every_status_is_an_answer(Web *w, const void *unused)
{
    web_fetch(w, web_at(w, "/status/503"));
    g_assert_cmpint(w->got.status, ==, 503);
    g_assert_cmpstr(w->got.retry_after, ==, "120");
    g_assert_cmpstr(web_body(w), ==, "sorry");
    web_fetch(w, web_at(w, "/nowhere"));
    g_assert_cmpint(w->got.status, ==, 404);
}

static void we_say_who_we_are_and_no_more(Web *w, const void *unused)
{
    web_fetch(w, web_at(w, "/echo"));
    const char *expected =
        arena_printf(w->ctx.arena,
                     "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                     "User-Agent: Vocero/" VOCERO_VERSION " (+https://vocero.example)\r\n"
                     "Accept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
                     net_test_server_port(w->server));
    g_assert_cmpstr(web_body(w), ==, expected);
}

static void a_body_is_sent_as_it_is(Web *w, const void *unused)
{
    w->req.body = (Bytes){.data = "a\xFF"
                                  "b",
                          .size = 3};
    w->req.headers = (const char *const[]){"Content-Type: application/octet-stream", NULL};
    web_fetch(w, web_at(w, "/echo"));
    g_assert_true(text_starts(web_body(w), "POST /echo "));
    g_assert_nonnull(strstr(web_body(w), "\r\nContent-Length: 3\r\n"));
    g_assert_nonnull(strstr(web_body(w), "\r\nContent-Type: application/octet-stream\r\n"));
    g_assert_cmpmem(w->got.body.data + w->got.body.size - 3, 3,
                    "a\xFF"
                    "b",
                    3);
    w->req.method = "PUT";
    web_fetch(w, web_at(w, "/echo"));
    g_assert_true(text_starts(web_body(w), "PUT /echo "));
    w->req = (NetRequest){.method = "HEAD", .inside_allowed = true};
    web_fetch(w, web_at(w, "/ok"));
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpuint(w->got.body.size, ==, 0);
}

static void only_the_answer_itself_counts(Web *w, const void *unused)
{
    web_fetch(w, web_at(w, "/late-head"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(web_body(w), ==, "ok");
    g_assert_null(w->got.etag);
    web_fetch(w, web_at(w, "/odd"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_null(w->got.etag);
    g_assert_null(w->got.type);
    g_assert_null(w->got.last_modified);
}

static void a_header_cannot_smuggle_another(Web *w, const void *unused)
{
    w->req.headers = (const char *const[]){"Accept: a\r\nX-Evil: b", NULL};
    web_refused(w, web_at(w, "/echo"), FAULT_BROKEN);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 0);
}

/* ---- redirects ---- */
static void redirects_are_followed_as_far_as_asked(Web *w, const void *unused)
{
    web_fetch(w, web_at(w, "/chain/3"));
    g_assert_cmpint(w->got.status, ==, 301);
    g_assert_cmpstr(w->got.location, ==, "2");
    g_assert_cmpstr(web_body(w), ==, "elsewhere");
    w->req.redirects = 3;
    web_fetch(w, web_at(w, "/chain/3"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(w->got.final_url, ==, web_at(w, "/ok"));
    g_assert_cmpstr(web_body(w), ==, "BEGIN:VCALENDAR\r\n");
    web_refused(w, web_at(w, "/chain/4"), FAULT_BUSY);
    w->req.redirects = 1000;
    web_refused(w, web_at(w, "/chain/1000"), FAULT_BUSY);
    g_assert_cmpint(net_test_server_asked(w->server), <, 25);
}

static void no_redirect_leads_where_we_may_not_ask(Web *w, const void *unused)
{
    static const struct {
        const char *to;
        FaultKind kind;
    } places[] = {
        {"http://169.254.169.254/latest/meta-data/", FAULT_INVALID},
        {"//169.254.169.254/", FAULT_INVALID},
        {"http://[::ffff:127.0.0.1]:8080/", FAULT_INVALID},
        {"http://0.0.0.0:8080/", FAULT_INVALID},
        {"file:///etc/passwd", FAULT_INVALID},
        {"gopher://127.0.0.1:6379/_FLUSHALL", FAULT_INVALID},
        {"http://127.0.0.1:25/", FAULT_INVALID},
        {"http://me:secret@127.0.0.1:8080/", FAULT_INVALID},
        {"http://", FAULT_INVALID},
    };
    w->req.redirects = 5;
    for (size_t i = 0; i < COUNT(places); i++)
        web_refused(w, arena_printf(w->ctx.arena, "%s?%s", web_at(w, "/to"), places[i].to),
                    places[i].kind);
    g_assert_cmpint(net_test_server_asked(w->server), ==, COUNT(places));
}

static void what_is_meant_for_one_host_is_not_told_another(Web *w, const void *unused)
{
    w->req.redirects = 2;
    w->req.headers =
        (const char *const[]){"Authorization: Bearer secret", "Accept: text/calendar", NULL};
    web_fetch(w, web_at(w, "/to?/echo"));
    g_assert_nonnull(strstr(web_body(w), "Bearer secret"));
    g_assert_null(strstr(web_body(w), "Cookie")); /* the redirect had set one */
    web_fetch(w, arena_printf(w->ctx.arena, "%s?http://localhost:%d/echo", web_at(w, "/to"),
                              net_test_server_port(w->server)));
    g_assert_null(strstr(web_body(w), "secret"));
    g_assert_nonnull(strstr(web_body(w), "\r\nAccept: text/calendar\r\n"));
    /* nor another address of that other */
    web_fetch(w, arena_printf(w->ctx.arena, "%s?http://localhost:%d/to?/echo", web_at(w, "/to"),
                              net_test_server_port(w->server)));
    g_assert_null(strstr(web_body(w), "secret"));
}

static void what_writes_is_not_redirected(Web *w, const void *unused)
{
    w->req.redirects = 5;
    w->req.body = (Bytes){.data = "a=b", .size = 3};
    web_fetch(w, web_at(w, "/to/307?/echo"));
    g_assert_cmpint(w->got.status, ==, 307);
    g_assert_cmpstr(w->got.location, ==, "/echo");
    g_assert_cmpint(net_test_server_asked(w->server), ==, 1);
}

static const char *next_text(Web *w, const char *from, const char *to)
{
    CURLU *url = net_url_read(&w->ctx, from, false);
    CURLU *next = net_url_next(&w->ctx, url, to, false);
    return next ? net_url_part(w->ctx.arena, next, CURLUPART_URL) : NULL;
}

static void encryption_is_not_given_up_on_the_way(Web *w, const void *unused)
{
    const char *from = "https://example.org/a/b?c#d";
    g_assert_cmpstr(next_text(w, from, "../e"), ==, "https://example.org/e");
    g_assert_cmpstr(next_text(w, from, "//example.net/e"), ==, "https://example.net/e");
    g_assert_cmpstr(next_text(w, "http://example.org/", from), ==, "https://example.org/a/b?c");
    g_assert_null(next_text(w, from, "http://example.org/a/b"));
    g_assert_cmpint(fault_take(&w->ctx).kind, ==, FAULT_INVALID);
    g_assert_null(next_text(w, from, "http://127.0.0.1/"));
    g_assert_cmpint(fault_take(&w->ctx).kind, ==, FAULT_INVALID);
}

/* ---- bounds ---- */
static void what_is_too_large_is_not_taken(Web *w, const void *unused)
{
    static const char *const paths[] = {"/large", "/large-packed", "/empty-packed", "/head"};
    for (size_t i = 0; i < COUNT(paths); i++)
        web_refused(w, web_at(w, paths[i]), FAULT_TOO_LARGE);
    w->req.max_bytes = 17;
    web_fetch(w, web_at(w, "/ok"));
    g_assert_cmpuint(w->got.body.size, ==, 17);
    w->req.max_bytes = 16;
    web_refused(w, web_at(w, "/ok"), FAULT_TOO_LARGE);
}

static void who_is_slow_is_not_waited_for(Web *w, const void *unused)
{
    static const char *const paths[] = {"/slow", "/silent"};
    w->req.timeout_us = CLOCK_SECOND / 4;
    for (size_t i = 0; i < COUNT(paths); i++) {
        i64 begun = clock_monotonic();
        web_refused(w, web_at(w, paths[i]), FAULT_BUSY);
        i64 took = clock_monotonic() - begun;
        g_assert_cmpint(took, >=, CLOCK_SECOND / 5);
        g_assert_cmpint(took, <, 3 * CLOCK_SECOND);
    }
    w->req.timeout_us = 1; /* also when nothing is left for the next redirect */
    w->req.redirects = 5;
    web_refused(w, web_at(w, "/chain/3"), FAULT_BUSY);
}

static void half_an_answer_is_none(Web *w, const void *unused)
{
    web_refused(w, web_at(w, "/cut"), FAULT_BUSY);
    NetTestServer *gone = net_test_server_start();
    const char *url =
        arena_printf(w->ctx.arena, "http://127.0.0.1:%d/", net_test_server_port(gone));
    net_test_server_stop(gone);
    web_refused(w, url, FAULT_BUSY);
    web_refused(w, "https://no-such-host.invalid/", FAULT_BUSY);
}

/* ---- certificates ---- */
static const char *const make_certificate[] = {
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "1",
    "-subj",
    "/CN=127.0.0.1",
    "-addext",
    "subjectAltName=IP:127.0.0.1",
    "-keyout",
    "key.pem",
    "-out",
    "cert.pem",
    NULL,
};
static const char *const serve_it[] = {
    "openssl",  "s_server", "-accept", "127.0.0.1:0", "-cert",
    "cert.pem", "-key",     "key.pem", "-www",        NULL,
};

/* Of the line "ACCEPT 127.0.0.1:41234"; 0 when it ended instead. */
static int port_said(int output)
{
    FILE *said = fdopen(output, "r");
    char line[200];
    int port = 0;
    while (!port && fgets(line, sizeof line, said))
        if (text_starts(line, "ACCEPT ") && strchr(line, ':'))
            port = atoi(strchr(line, ':') + 1);
    fclose(said);
    return port;
}

/* Nobody vouches for this certificate, though it names the right address. */
static void who_has_no_valid_certificate_is_not_told_anything(Web *w, const void *unused)
{
    const char *folder = test_folder();
    GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL;
    GPid pid;
    int output, status = -1;
    if (!g_spawn_sync(folder, (char **)make_certificate, NULL, flags | G_SPAWN_STDOUT_TO_DEV_NULL,
                      NULL, NULL, NULL, NULL, &status, NULL) ||
        status != 0) {
        g_test_skip("there is no openssl");
        return;
    }
    g_assert_true(g_spawn_async_with_pipes(folder, (char **)serve_it, NULL,
                                           flags | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                                           NULL, &output, NULL, NULL));
    int port = port_said(output);
    g_assert_cmpint(port, >, 0);
    w->req.url = arena_printf(w->ctx.arena, "https://127.0.0.1:%d/", port);
    g_assert_false(net_fetch(&w->ctx, &w->req, &w->got));
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    Fault f = fault_take(&w->ctx);
    g_assert_cmpint(f.kind, ==, FAULT_BUSY);
    g_assert_nonnull(strstr(f.what, "certific")); /* in either language */
}

static void the_environment_names_no_proxy(Web *w, const void *unused)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < COUNT(names); i++)
        g_setenv(names[i], "http://127.0.0.1:9/", TRUE);
    web_fetch(w, web_at(w, "/ok"));
    g_assert_cmpint(w->got.status, ==, 200);
    for (size_t i = 0; i < COUNT(names); i++)
        g_unsetenv(names[i]);
}

/* ---- many at once ---- */
static void *ask_often(void *data)
{
    const char *url = data;
    Ctx ctx = {.arena = arena_new(0), .actor = &actor_system};
    for (int i = 0; i < 20; i++) {
        NetAnswer answer;
        NetRequest req = {.url = url, .inside_allowed = true, .redirects = 2};
        g_assert_true(net_fetch(&ctx, &req, &answer));
        g_assert_cmpuint(answer.body.size, ==, 17);
        arena_reset(ctx.arena);
    }
    arena_free(ctx.arena);
    return NULL;
}

static void many_threads_ask_at_once(Web *w, const void *unused)
{
    GThread *threads[8];
    char *url = arena_text(w->ctx.arena, web_at(w, "/chain/1"));
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("ask", ask_often, url);
    for (size_t i = 0; i < COUNT(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 320);
}

#define WEB(name) g_test_add("/net/" #name, Web, NULL, web_set_up, name, web_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    WEB(an_answer_is_whole);
    WEB(what_is_known_already_is_not_sent_again);
    WEB(every_status_is_an_answer);
    WEB(we_say_who_we_are_and_no_more);
    WEB(a_body_is_sent_as_it_is);
    WEB(only_the_answer_itself_counts);
    WEB(a_header_cannot_smuggle_another);
    WEB(redirects_are_followed_as_far_as_asked);
    WEB(no_redirect_leads_where_we_may_not_ask);
    WEB(what_is_meant_for_one_host_is_not_told_another);
    WEB(what_writes_is_not_redirected);
    WEB(encryption_is_not_given_up_on_the_way);
    WEB(what_is_too_large_is_not_taken);
    WEB(who_is_slow_is_not_waited_for);
    WEB(half_an_answer_is_none);
    WEB(who_has_no_valid_certificate_is_not_told_anything);
    WEB(the_environment_names_no_proxy);
    WEB(many_threads_ask_at_once);
    return g_test_run();
}
