/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_slow_test.c: clients that take too long, ask too much or come too many. */
#include "web/server_test.h"
#include <sys/socket.h>
#include <unistd.h>

#define MS ((i64)1000)

/* Short deadlines, so that the tests do not wait. */
static const WebSettings impatient = {
    .listen = "127.0.0.1:0",
    .proxies = "",
    .threads = 2,
    .cache_max = 1 << 20,
    .head_deadline = 300 * MS,
    .body_rate = 10 * 1024,
    .idle = CLOCK_SECOND,
    .connections = 300,
    .connections_per_address = 300,
};

static const WebSettings strict = {
    .listen = "127.0.0.1:0",
    .proxies = "127.0.0.1 10.0.0.1",
    .threads = 2,
    .cache_max = 1 << 20,
    .address_per_minute = 5,
    .head_deadline = 10 * CLOCK_SECOND,
    .body_rate = 1024,
    .idle = 10 * CLOCK_SECOND,
    .connections = 300,
    .connections_per_address = 300,
};

static const WebSettings few = {
    .listen = "127.0.0.1:0",
    .proxies = "",
    .threads = 2,
    .cache_max = 1 << 20,
    .head_deadline = 10 * CLOCK_SECOND,
    .body_rate = 1024,
    .idle = 10 * CLOCK_SECOND,
    .connections = 300,
    .connections_per_address = 3,
};

/* ---- deadlines ---- */

static void a_dripped_head_is_cut(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    i64 began = clock_monotonic();
    test_send(fd, "GET /hola HTTP/1.1\r\nHost: a\r\n");
    bool closed = false;
    for (int i = 0; i < 40 && !closed; i++) {
        test_send(fd, "X-A: b\r\n"); /* never silent: an inactivity timeout would not see it */
        closed = test_closed(fd, 50 * MS);
    }
    g_assert_true(closed);
    g_assert_cmpint(clock_monotonic() - began, <, CLOCK_SECOND);
    close(fd);
}

static void many_that_drip_leave_nothing_behind(TestServer *t, const void *unused)
{
    int fds[200];
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = test_connect(t);
        test_send(fds[i], "GET /hola HTTP/1.1\r\nX-");
    }
    Reply r CLEANUP(reply_free)
    = test_get(t, "/hola", NULL);
    g_assert_cmpint(r.status, ==, 200);
    for (size_t i = 0; i < COUNT(fds); i++) {
        g_assert_true(test_closed(fds[i], 2 * CLOCK_SECOND));
        close(fds[i]);
    }
}

static void a_dripped_body_is_cut(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, "POST /subida HTTP/1.1\r\nHost: a\r\nContent-Type: image/jpeg\r\nContent-Length: "
                  "100000\r\n\r\n");
    bool closed = false;
    for (int i = 0; i < 40 && !closed; i++) {
        test_send(fd, "slowly, slowly");
        closed = test_closed(fd, 50 * MS);
    }
    g_assert_true(closed);
    close(fd);
}

static void a_body_that_comes_fast_enough_may_take_its_time(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, "POST /subida HTTP/1.1\r\nHost: a\r\nContent-Type: image/jpeg\r\nContent-Length: "
                  "20000\r\n\r\n");
    g_autofree char *piece = g_strnfill(2000, 'a');
    for (int i = 0; i < 10; i++) { /* 20 kB a second, longer than the first grace */
        test_send(fd, piece);
        g_usleep(100 * 1000);
    }
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpstr(r.body, ==, "<20000>");
    close(fd);
}

/* Answers larger than what kernel and socket take, to a client that takes 2 kB a second: never
 * silent, never done. */
static void who_takes_the_answer_too_slowly_is_cut(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    int small = 4096;
    char scrap[65536];
    i64 got = 0;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    g_autoptr(GString) many = g_string_new(NULL);
    for (int i = 0; i < 400; i++)
        g_string_append(many, "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n");
    test_send(fd, many->str);
    for (int i = 0; i < 50; i++) {
        ssize_t n = recv(fd, scrap, 200, MSG_DONTWAIT);
        got += n > 0 ? n : 0;
        g_usleep(100 * 1000);
    }
    for (ssize_t n; (n = recv(fd, scrap, sizeof scrap, 0)) > 0;)
        got += n;
    g_assert_cmpint(got, <, (i64)400 * 20 * 1024);
    close(fd);
}

static void an_idle_connection_is_closed(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n");
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_false(test_closed(fd, 500 * MS));
    g_assert_true(test_closed(fd, 3 * CLOCK_SECOND));
    close(fd);
}

static void slow_work_of_ours_is_not_cut(TestServer *t, const void *unused)
{
    atomic_store(&test_slow, 1200 * MS);
    Reply r CLEANUP(reply_free)
    = test_get(t, "/despacio", NULL);
    g_assert_cmpint(r.status, ==, 200);
    Reply p CLEANUP(reply_free)
    = test_ask(t, "POST /preparado HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    g_assert_cmpint(p.status, ==, 200);
}

/* ---- limits ---- */

static int status_for(const TestServer *t, const char *target, const char *headers)
{
    Reply r CLEANUP(reply_free)
    = test_get(t, target, headers);
    if (r.status == 429) {
        g_autofree char *wait = reply_header(&r, "Retry-After");
        g_assert_cmpint(g_ascii_strtoll(wait, NULL, 10), ==, 12);
    }
    return r.status;
}

static void who_asks_too_fast_is_told_to_wait(TestServer *t, const void *unused)
{
    for (int i = 0; i < 5; i++)
        g_assert_cmpint(status_for(t, "/despacio", "X-Forwarded-For: 192.0.2.1\r\n"), ==, 200);
    g_assert_cmpint(status_for(t, "/despacio", "X-Forwarded-For: 192.0.2.1\r\n"), ==, 429);
    g_assert_cmpint(status_for(t, "/despacio", "X-Forwarded-For: 192.0.2.2\r\n"), ==, 200);
    /* what stands before the last proxy's word anybody may have written */
    g_assert_cmpint(status_for(t, "/despacio", "X-Forwarded-For: 198.51.100.9, 192.0.2.1\r\n"), ==,
                    429);
    g_assert_cmpint(status_for(t, "/despacio", "X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\n"), ==,
                    429);
}

static void what_lies_in_memory_costs_no_limit(TestServer *t, const void *unused)
{
    for (int i = 0; i < 20; i++)
        g_assert_cmpint(status_for(t, "/hola", "X-Forwarded-For: 192.0.2.3\r\n"), ==, 200);
}

static void an_address_has_only_so_many_connections(TestServer *t, const void *unused)
{
    int fds[3];
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = test_connect(t);
        test_send(fds[i], "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n");
        Reply r CLEANUP(reply_free)
        = test_reply(fds[i], false);
        g_assert_cmpint(r.status, ==, 200);
    }
    int more = test_connect(t);
    g_assert_true(test_closed(more, CLOCK_SECOND));
    close(more);
    for (size_t i = 0; i < COUNT(fds); i++)
        close(fds[i]);
    int status = 0;
    for (int i = 0; i < 100 && status != 200; i++) {
        Reply r CLEANUP(reply_free)
        = test_get(t, "/hola", NULL);
        status = r.status;
        g_usleep(10 * 1000);
    }
    g_assert_cmpint(status, ==, 200);
}

#define SLOW_TEST(settings, function)                                                   \
    g_test_add("/slow/" #function, TestServer, &(settings), server_test_open, function, \
               server_test_close)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SLOW_TEST(impatient, a_dripped_head_is_cut);
    SLOW_TEST(impatient, many_that_drip_leave_nothing_behind);
    SLOW_TEST(impatient, a_dripped_body_is_cut);
    SLOW_TEST(impatient, a_body_that_comes_fast_enough_may_take_its_time);
    SLOW_TEST(impatient, who_takes_the_answer_too_slowly_is_cut);
    SLOW_TEST(impatient, an_idle_connection_is_closed);
    SLOW_TEST(impatient, slow_work_of_ours_is_not_cut);
    SLOW_TEST(strict, who_asks_too_fast_is_told_to_wait);
    SLOW_TEST(strict, what_lies_in_memory_costs_no_limit);
    SLOW_TEST(few, an_address_has_only_so_many_connections);
    return g_test_run();
}
