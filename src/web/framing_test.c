/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framing_test.c: heads that servers on the way could read differently are refused, also over the
 * socket. */
#include "web/framing.h"
#include "web/server_test.h"
#include <sys/socket.h>
#include <unistd.h>

typedef struct Case {
    const char *name;
    const char *raw;
    size_t size; /* 0: strlen */
    int status;  /* what must come; the connection ends then, unless it is 200 */
} Case;

#define POST_LINE \
    "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
#define RAW(text) .raw = (text), .size = sizeof(text) - 1

/* The table of facts: what libmicrohttpd 0.9.75 takes and proxies do not. */
static const Case cases[] = {
    {"two different lengths", RAW(POST_LINE "Content-Length: 6\r\nContent-Length: 7\r\n\r\nnota=a"),
     400},
    {"two equal lengths", RAW(POST_LINE "Content-Length: 6\r\nContent-Length: 6\r\n\r\nnota=a"),
     400},
    {"length and chunks",
     RAW(POST_LINE "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400},
    {"unknown coding and length",
     RAW(POST_LINE "Transfer-Encoding: xchunked\r\nContent-Length: 6\r\n\r\nnota=a"), 501},
    {"coding list", RAW(POST_LINE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501},
    {"coding twice",
     RAW(POST_LINE "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     400},
    {"coding in 1.0", RAW("POST /cuenta HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     400},
    {"length with a sign", RAW(POST_LINE "Content-Length: +6\r\n\r\nnota=a"), 400},
    {"negative length", RAW(POST_LINE "Content-Length: -6\r\n\r\nnota=a"), 400},
    {"hexadecimal length", RAW(POST_LINE "Content-Length: 0x6\r\n\r\nnota=a"), 400},
    {"length with a comma", RAW(POST_LINE "Content-Length: 6, 6\r\n\r\nnota=a"), 400},
    {"length of nothing", RAW(POST_LINE "Content-Length: \r\n\r\n"), 400},
    {"space before the colon", RAW("GET /hola HTTP/1.1\r\nHost : a\r\n\r\n"), 400},
    {"space before another colon", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n"), 400},
    {"NUL in a value", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n"), 400},
    {"NULs at a value's end", RAW("GET /hola HTTP/1.1\r\nX-A: b\0\0\r\nHost: a\r\n\r\n"), 400},
    {"NULs at the last value's end",
     RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A: b\0\0\0\0evil\r\n\r\n"), 400},
    {"NUL in a name", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX\0A: b\r\n\r\n"), 400},
    {"NUL in the address", RAW("GET /ho\0la HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"NUL in the query", RAW("GET /hola?a=b\0c HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"control in a value", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A: b\001c\r\n\r\n"), 400},
    {"bare CR in a value", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n"), 400},
    {"bare LF", RAW("GET /hola HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n"), 400},
    {"folded line", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"), 400},
    {"name of nothing", RAW("GET /hola HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"), 400},
    {"name with a slash", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nX/A: b\r\n\r\n"), 400},
    {"no colon", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"), 400},
    {"Host twice", RAW("GET /hola HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400},
    {"no Host", RAW("GET /hola HTTP/1.1\r\n\r\n"), 400},
    {"Host with a path", RAW("GET /hola HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400},
    {"Host with a user", RAW("GET /hola HTTP/1.1\r\nHost: a@b\r\n\r\n"), 400},
    {"blank in the address", RAW("GET /ho la HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"two blanks", RAW("GET  /hola HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"no slash", RAW("GET hola HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"version of the future", RAW("GET /hola HTTP/3.0\r\nHost: a\r\n\r\n"), 505},
    {"version between", RAW("GET /hola HTTP/1.5\r\nHost: a\r\n\r\n"), 505},
    {"version of nothing", RAW("GET /hola HTTP/x\r\nHost: a\r\n\r\n"), 400},
    {"unknown method", RAW("BREW /hola HTTP/1.1\r\nHost: a\r\n\r\n"), 501},
    {"method with a sign", RAW("G(T /hola HTTP/1.1\r\nHost: a\r\n\r\n"), 400},
    {"expects something else", RAW(POST_LINE "Expect: cake\r\nContent-Length: 6\r\n\r\nnota=a"),
     417},
    {"chunk size with 0x",
     RAW(POST_LINE "Transfer-Encoding: chunked\r\n\r\n0x6\r\nnota=a\r\n0\r\n\r\n"), 400},
    {"chunk size with a sign",
     RAW(POST_LINE "Transfer-Encoding: chunked\r\n\r\n+6\r\nnota=a\r\n0\r\n\r\n"), 400},
    {"chunk that ends wrongly",
     RAW(POST_LINE "Transfer-Encoding: chunked\r\n\r\n6\r\nnota=aXX0\r\n\r\n"), 400},
    {"honest chunks", RAW(POST_LINE "Transfer-Encoding: chunked\r\n\r\n6\r\nnota=a\r\n0\r\n\r\n"),
     200},
    {"honest request",
     RAW("GET /hola?a=b&c=d%20e+f HTTP/1.1\r\nHost: a:80\r\nX-A:\tb \r\nX-B:\r\nX-C: "
         "\xc3\xb1\r\n\r\n"),
     200},
};

static void every_case_gets_its_answer(TestServer *t, const void *unused)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        int fd = test_connect(t);
        g_assert_cmpint(send(fd, cases[i].raw, cases[i].size, MSG_NOSIGNAL), ==,
                        (ssize_t)cases[i].size);
        Reply r CLEANUP(reply_free)
        = test_reply(fd, false);
        if (r.status != cases[i].status)
            g_error("%s: %d instead of %d", cases[i].name, r.status, cases[i].status);
        if (r.status != 200 && !test_closed(fd, 5 * CLOCK_SECOND))
            g_error("%s: the connection stays", cases[i].name);
        close(fd);
    }
}

static void too_much_is_told(TestServer *t, const void *unused)
{
    g_autofree char *path = g_strnfill(5000, 'a');
    g_autofree char *target = g_strdup_printf("/%s", path);
    Reply longer CLEANUP(reply_free)
    = test_get(t, target, NULL);
    g_assert_cmpint(longer.status, ==, 414);
    g_autofree char *huge = g_strnfill(100 * 1024, 'a');
    g_autofree char *huger = g_strdup_printf("/%s", huge);
    Reply longest CLEANUP(reply_free)
    = test_get(t, huger, NULL);
    g_assert_cmpint(longest.status, ==, 414);
    g_autofree char *field = g_strdup_printf("X-A: %s\r\n", huge);
    Reply head CLEANUP(reply_free)
    = test_get(t, "/hola", field);
    g_assert_cmpint(head.status, ==, 431);
    g_autoptr(GString) many = g_string_new(NULL);
    for (int i = 0; i < 101; i++)
        g_string_append_printf(many, "X-%d: a\r\n", i);
    Reply count CLEANUP(reply_free)
    = test_get(t, "/hola", many->str);
    g_assert_cmpint(count.status, ==, 431);
}

/* What stands behind a refused request on the same connection is never answered. */
static void nothing_is_smuggled(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, POST_LINE "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            "GET /cuenta HTTP/1.1\r\nHost: a\r\n\r\n");
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 400);
    Reply second CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(second.status, ==, 0);
    close(fd);
}

/* ---- without a socket ---- */

static void the_pieces_must_be_seamless(void)
{
    static const char good[] = "A\0 1\0\0B\0\0\0\0\0";
    const Header headers[] = {{good, good + 3}, {good + 6, good + 8}};
    g_assert_true(framing_seamless(good, good + 12, headers, 2));
    g_assert_false(framing_seamless(good, good + 11, headers, 2));
    g_assert_false(framing_seamless(good, good + 12, headers, 1));
    static const char cut[] = "A\0 1\0x\0\0\0\0";
    const Header one[] = {{cut, cut + 3}};
    g_assert_false(framing_seamless(cut, cut + 10, one, 1));
}

static void lengths_are_read_whole(void)
{
    FramingBody body;
    int status = 0;
    const Header fine[] = {{"Host", "a"}, {"content-length", "123456789012345678"}};
    g_assert_null(framing_wrong(fine, 2, true, &body, &status));
    g_assert_cmpint(body.length, ==, 123456789012345678);
    const Header large[] = {{"Host", "a"}, {"Content-Length", "1234567890123456789"}};
    g_assert_nonnull(framing_wrong(large, 2, true, &body, &status));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SERVER_TEST(every_case_gets_its_answer);
    SERVER_TEST(too_much_is_told);
    SERVER_TEST(nothing_is_smuggled);
    g_test_add_func("/framing/the_pieces_must_be_seamless", the_pieces_must_be_seamless);
    g_test_add_func("/framing/lengths_are_read_whole", lengths_are_read_whole);
    return g_test_run();
}
