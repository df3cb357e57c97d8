/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test.c: what strangers answer is bounded, and nobody leads us inside. */
#include "base/text.h"
#include "net/net_room.h"
#include "net/net_test_server.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <stdlib.h>

typedef struct Web {
    NetTestServer *server;
    Ctx ctx;
    City city;
    NetRequest req; /* inside, two seconds, 10,000 bytes, no redirects */
    NetAnswer got;
} Web;

static void set_up(Web *w, const void *unused)
{
    w->server = net_test_server_start();
    w->city = (City){.base_url = "https://vocero.example"};
    w->ctx = (Ctx){.arena = arena_new(0), .actor = &actor_system, .city = &w->city};
    w->req = (NetRequest){.max_bytes = 10000, .timeout_us = 2 * CLOCK_SECOND, .inside_allowed = true};
}

static void tear_down(Web *w, const void *unused)
{
    g_assert_false(faulted(&w->ctx));
    net_test_server_stop(w->server);
    arena_free(w->ctx.arena);
}

static const char *at(Web *w, const char *path)
{
    return arena_printf(w->ctx.arena, "http://127.0.0.1:%d%s", net_test_server_port(w->server), path);
}

static void fetch(Web *w, const char *url)
{
    w->req.url = url;
    w->got = (NetAnswer){0};
    if (!net_fetch(&w->ctx, &w->req, &w->got))
        g_error("%s: %s", url, fault_take(&w->ctx).what);
}

static void refused(Web *w, const char *url, FaultKind kind)
{
    w->req.url = url;
    w->got = (NetAnswer){.status = -1};
    g_autofree char *shown = g_strescape(url ? url : "", NULL);
    g_test_message("%.80s", shown);
    g_assert_false(net_fetch(&w->ctx, &w->req, &w->got));
    g_assert_cmpint(w->got.status, ==, -1);
    Fault f = fault_take(&w->ctx);
    g_test_message("%s", f.what);
    g_assert_cmpint(f.kind, ==, kind);
}

static const char *body(Web *w)
{
    return arena_copy(w->ctx.arena, w->got.body.data, w->got.body.size);
}

/* ---- answers ---- */
static void an_answer_is_whole(Web *w, const void *unused)
{
    fetch(w, at(w, "/ok#part"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(w->got.type, ==, "text/calendar; charset=utf-8");
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpstr(w->got.last_modified, ==, "Thu, 14 Jul 2022 15:00:00 GMT");
    g_assert_cmpstr(w->got.final_url, ==, at(w, "/ok"));
    g_assert_null(w->got.location);
    g_assert_cmpstr(body(w), ==, "BEGIN:VCALENDAR\r\n");
}

static void what_is_known_already_is_not_sent_again(Web *w, const void *unused)
{
    w->req.headers = (const char *const[]){"If-None-Match: \"seven\"", NULL};
    fetch(w, at(w, "/ok"));
    g_assert_cmpint(w->got.status, ==, 304);
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpuint(w->got.body.size, ==, 0);
}

static void every_status_is_an_answer(Web *w, const void *unused)
{
    fetch(w, at(w, "/status/503"));
    g_assert_cmpint(w->got.status, ==, 503);
    g_assert_cmpstr(w->got.retry_after, ==, "120");
    g_assert_cmpstr(body(w), ==, "sorry");
    fetch(w, at(w, "/nowhere"));
    g_assert_cmpint(w->got.status, ==, 404);
}

static void we_say_who_we_are_and_no_more(Web *w, const void *unused)
{
    fetch(w, at(w, "/echo"));
    const char *expected = arena_printf(w->ctx.arena,
                                        "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                        "User-Agent: Vocero/" VOCERO_VERSION " (+https://vocero.example)\r\n"
                                        "Accept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
                                        net_test_server_port(w->server));
    g_assert_cmpstr(body(w), ==, expected);
}

static void a_body_is_sent_as_it_is(Web *w, const void *unused)
{
    w->req.body = (Bytes){.data = "a\xFF" "b", .size = 3};
    w->req.headers = (const char *const[]){"Content-Type: application/octet-stream", NULL};
    fetch(w, at(w, "/echo"));
    g_assert_true(text_starts(body(w), "POST /echo "));
    g_assert_nonnull(strstr(body(w), "\r\nContent-Length: 3\r\n"));
    g_assert_nonnull(strstr(body(w), "\r\nContent-Type: application/octet-stream\r\n"));
    g_assert_cmpmem(w->got.body.data + w->got.body.size - 3, 3, "a\xFF" "b", 3);
    w->req.method = "PUT";
    fetch(w, at(w, "/echo"));
    g_assert_true(text_starts(body(w), "PUT /echo "));
    w->req = (NetRequest){.method = "HEAD", .inside_allowed = true};
    fetch(w, at(w, "/ok"));
    g_assert_cmpstr(w->got.etag, ==, "\"seven\"");
    g_assert_cmpuint(w->got.body.size, ==, 0);
}

static void only_the_answer_itself_counts(Web *w, const void *unused)
{
    fetch(w, at(w, "/late-head"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(body(w), ==, "ok");
    g_assert_null(w->got.etag);
    fetch(w, at(w, "/odd"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_null(w->got.etag);
    g_assert_null(w->got.type);
    g_assert_null(w->got.last_modified);
}

static void a_header_cannot_smuggle_another(Web *w, const void *unused)
{
    w->req.headers = (const char *const[]){"Accept: a\r\nX-Evil: b", NULL};
    refused(w, at(w, "/echo"), FAULT_BROKEN);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 0);
}

/* ---- redirects ---- */
static void redirects_are_followed_as_far_as_asked(Web *w, const void *unused)
{
    fetch(w, at(w, "/chain/3"));
    g_assert_cmpint(w->got.status, ==, 301);
    g_assert_cmpstr(w->got.location, ==, "2");
    g_assert_cmpstr(body(w), ==, "elsewhere");
    w->req.redirects = 3;
    fetch(w, at(w, "/chain/3"));
    g_assert_cmpint(w->got.status, ==, 200);
    g_assert_cmpstr(w->got.final_url, ==, at(w, "/ok"));
    g_assert_cmpstr(body(w), ==, "BEGIN:VCALENDAR\r\n");
    refused(w, at(w, "/chain/4"), FAULT_BUSY);
    w->req.redirects = 1000;
    refused(w, at(w, "/chain/1000"), FAULT_BUSY);
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
        refused(w, arena_printf(w->ctx.arena, "%s?%s", at(w, "/to"), places[i].to), places[i].kind);
    g_assert_cmpint(net_test_server_asked(w->server), ==, COUNT(places));
}

static void what_is_meant_for_one_host_is_not_told_another(Web *w, const void *unused)
{
    w->req.redirects = 2;
    w->req.headers = (const char *const[]){"Authorization: Bearer secret", "Accept: text/calendar", NULL};
    fetch(w, at(w, "/to?/echo"));
    g_assert_nonnull(strstr(body(w), "Bearer secret"));
    g_assert_null(strstr(body(w), "Cookie")); /* the redirect had set one */
    fetch(w, arena_printf(w->ctx.arena, "%s?http://localhost:%d/echo", at(w, "/to"),
                          net_test_server_port(w->server)));
    g_assert_null(strstr(body(w), "secret"));
    g_assert_nonnull(strstr(body(w), "\r\nAccept: text/calendar\r\n"));
    /* there and back: the way there is not to be trusted */
    fetch(w, arena_printf(w->ctx.arena, "%s?http://localhost:%d/to?%s", at(w, "/to"),
                          net_test_server_port(w->server), at(w, "/echo")));
    g_assert_null(strstr(body(w), "secret"));
}

static void what_writes_is_not_redirected(Web *w, const void *unused)
{
    w->req.redirects = 5;
    w->req.body = (Bytes){.data = "a=b", .size = 3};
    fetch(w, at(w, "/to/307?/echo"));
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
        refused(w, at(w, paths[i]), FAULT_TOO_LARGE);
    w->req.max_bytes = 17;
    fetch(w, at(w, "/ok"));
    g_assert_cmpuint(w->got.body.size, ==, 17);
    w->req.max_bytes = 16;
    refused(w, at(w, "/ok"), FAULT_TOO_LARGE);
}

static void who_is_slow_is_not_waited_for(Web *w, const void *unused)
{
    static const char *const paths[] = {"/slow", "/silent"};
    w->req.timeout_us = CLOCK_SECOND / 4;
    for (size_t i = 0; i < COUNT(paths); i++) {
        i64 begun = clock_monotonic();
        refused(w, at(w, paths[i]), FAULT_BUSY);
        i64 took = clock_monotonic() - begun;
        g_assert_cmpint(took, >=, CLOCK_SECOND / 5);
        g_assert_cmpint(took, <, 3 * CLOCK_SECOND);
    }
    w->req.timeout_us = 1; /* also when nothing is left for the next redirect */
    w->req.redirects = 5;
    refused(w, at(w, "/chain/3"), FAULT_BUSY);
}

static void half_an_answer_is_none(Web *w, const void *unused)
{
    refused(w, at(w, "/cut"), FAULT_BUSY);
    NetTestServer *gone = net_test_server_start();
    const char *url = arena_printf(w->ctx.arena, "http://127.0.0.1:%d/", net_test_server_port(gone));
    net_test_server_stop(gone);
    refused(w, url, FAULT_BUSY);
    refused(w, "https://no-such-host.invalid/", FAULT_BUSY);
}

/* ---- addresses ---- */
static void the_environment_names_no_proxy(Web *w, const void *unused)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < COUNT(names); i++)
        g_setenv(names[i], "http://127.0.0.1:9/", TRUE);
    fetch(w, at(w, "/ok"));
    g_assert_cmpint(w->got.status, ==, 200);
    for (size_t i = 0; i < COUNT(names); i++)
        g_unsetenv(names[i]);
}

static void what_is_no_address_of_the_web_is_refused(Web *w, const void *unused)
{
    static const char *const urls[] = {
        "", "  ", "agenda.ics", "example.org/agenda.ics", "/agenda.ics", "http://", "http:///", "ftp://example.org/",
        "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "dict://example.org:11211/stats",
        "http://example.org:22/", "http://example.org:25/", "http://example.org:0/", "http://example.org:65536/",
        "http://me@example.org/", "http://me:secret@example.org/", "http://:secret@example.org/",
        "http://example.org\\@127.0.0.1/", "http://exa mple.org/", "http://example.org/\r\nX: y",
        "http://example.org:80:80/", "http://[::1/", "http://\xE1.org/",
    };
    for (size_t i = 0; i < COUNT(urls); i++)
        refused(w, urls[i], FAULT_INVALID);
    refused(w, NULL, FAULT_INVALID);
    g_autofree char *zeros = g_strnfill(5000, '0');
    refused(w, arena_printf(w->ctx.arena, "http://example.org/%s", zeros), FAULT_INVALID);
}

static void addresses_are_read_like_a_browser_does(Web *w, const void *unused)
{
    static const struct {
        const char *typed, *read;
    } urls[] = {
        {" https://Example.ORG/a b?c=d e#f\n", "https://Example.ORG/a%20b?c=d+e"},
        {"HTTPS://example.org:8443", "https://example.org:8443/"},
        {"https://peñafiel.example/año", "https://xn--peafiel-5za.example/a%c3%b1o"},
        {"http://example.org:1024/", "http://example.org:1024/"},
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        CURLU *url = net_url_read(&w->ctx, urls[i].typed, false);
        g_assert_nonnull(url);
        g_assert_cmpstr(net_url_part(w->ctx.arena, url, CURLUPART_URL), ==, urls[i].read);
    }
    g_assert_true(net_url_check(&w->ctx, "https://example.org", false));
    g_assert_false(net_url_check(&w->ctx, "http://10.0.0.1/", false));
    g_assert_cmpint(fault_take(&w->ctx).kind, ==, FAULT_INVALID);
}

static void no_spelling_leads_inside(Web *w, const void *unused)
{
    static const char *const hosts[] = {
        "127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "017700000001", "0x7f.0.0.1", "0x7f000001", "0x7f.1",
        "%31%32%37.0.0.1", "１２７.０.０.１", "127。0。0。1", "localhost", "LOCALHOST",
        "0", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
        "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fd00:ec2::254]", "10.1.2.3",
        "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0xA9FEA9FE", "[::ffff:169.254.169.254]",
        "224.0.0.1", "255.255.255.255", "192.0.0.192", "198.18.0.1",
    };
    w->req.inside_allowed = false;
    for (size_t i = 0; i < COUNT(hosts); i++)
        refused(w, arena_printf(w->ctx.arena, "http://%s:%d/ok", hosts[i], net_test_server_port(w->server)),
                FAULT_INVALID);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 0);
}

static bool allowed(const char *text, bool inside)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return net_address_allowed((struct sockaddr *)&v4, inside);
    g_assert_cmpint(inet_pton(AF_INET6, text, &v6.sin6_addr), ==, 1);
    return net_address_allowed((struct sockaddr *)&v6, inside);
}

static void assert_reach(const char *const *addresses, bool outside, bool inside)
{
    for (; *addresses; addresses++) {
        g_test_message("%s", *addresses);
        g_assert_true(allowed(*addresses, false) == outside);
        g_assert_true(allowed(*addresses, true) == inside);
    }
}

/* The first and the last of each range, and their neighbours. */
static void sockets_connect_to_public_addresses_only(void)
{
    static const char *const open[] = {
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "8.8.8.8", "2000::", "2600::1",
        "2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::", "3ffe::1", "64:ff9b::808:808", NULL,
    };
    static const char *const house[] = {
        "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0", "127.255.255.255", "172.16.0.0",
        "172.31.255.255", "192.168.0.0", "192.168.255.255", "::1", "fc00::", "fdff:ffff::1", NULL,
    };
    static const char *const never[] = {
        "0.0.0.0", "0.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255", "192.0.0.0", "192.0.0.255",
        "192.0.2.1", "192.88.99.1", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.0",
        "239.255.255.255", "240.0.0.0", "255.255.255.255", "100.100.100.200", "::", "::2", "::ffff:8.8.8.8",
        "::ffff:10.0.0.1", "::8.8.8.8", "::ffff:0:808:808", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808", "64:ff9b:0:1::808:808", "100::1", "1fff:ffff::", "2001::1", "2001:1ff:ffff::",
        "2001:db8::1", "2002:808:808::", "2620:4f:8000::1", "3fff:fff::1", "4000::", "fe80::1", "fec0::1", "ff02::1",
        "fd00:ec2::254", NULL,
    };
    assert_reach(open, true, true);
    assert_reach(house, false, true);
    assert_reach(never, false, false);
    struct sockaddr local = {.sa_family = AF_UNIX};
    g_assert_false(net_address_allowed(&local, true));
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
    char *url = arena_text(w->ctx.arena, at(w, "/chain/1"));
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("ask", ask_often, url);
    for (size_t i = 0; i < COUNT(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 320);
}

#define WEB(name) g_test_add("/net/" #name, Web, NULL, set_up, name, tear_down)

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
    WEB(the_environment_names_no_proxy);
    WEB(what_is_no_address_of_the_web_is_refused);
    WEB(addresses_are_read_like_a_browser_does);
    WEB(no_spelling_leads_inside);
    g_test_add_func("/net/sockets_connect_to_public_addresses_only", sockets_connect_to_public_addresses_only);
    WEB(many_threads_ask_at_once);
    return g_test_run();
}
