/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_stream_test.c: viewers get every event, once, in order, or are let go. */
#include "web/server_test.h"
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { VIEWERS = 200, EVENTS = 20 };

static int watch(const TestServer *t, const char *last_event_id)
{
    int fd = test_connect(t);
    g_autofree char *resume =
        last_event_id ? g_strdup_printf("Last-Event-ID: %s\r\n", last_event_id) : NULL;
    g_autofree char *request =
        g_strdup_printf("GET /flujo HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n%s\r\n",
                        resume ? resume : "");
    test_send(fd, request);
    return fd;
}

/* Reads until the text has come, or 5 s; gives everything read. */
static char *read_until(int fd, const char *text)
{
    GString *all = g_string_new(NULL);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    while (!strstr(all->str, text) && poll(&p, 1, 5000) > 0) {
        char bytes[8192];
        ssize_t n = recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0)
            break;
        g_string_append_len(all, bytes, n);
    }
    return g_string_free(all, FALSE);
}

static void await_viewers(const TestServer *t, size_t wanted)
{
    for (int i = 0; i < 5000 && live_viewers(t->site.live) != wanted; i++)
        g_usleep(1000);
    g_assert_cmpuint(live_viewers(t->site.live), ==, wanted);
}

static void publish(const TestServer *t, i64 id)
{
    g_autofree char *data = g_strdup_printf("{\"n\":%" G_GINT64_FORMAT "}", id);
    live_publish(t->site.live, "prueba", id, "aviso", data);
}

static void every_viewer_gets_everything(TestServer *t, const void *unused)
{
    int fds[VIEWERS];
    for (size_t i = 0; i < VIEWERS; i++)
        fds[i] = watch(t, NULL);
    await_viewers(t, VIEWERS);
    for (i64 id = 1; id <= EVENTS; id++)
        publish(t, id);
    for (size_t i = 0; i < VIEWERS; i++) {
        g_autofree char *all = read_until(fds[i], "\"n\":20}\n\n");
        const char *at = all;
        for (int id = 1; id <= EVENTS; id++) {
            g_autofree char *frame =
                g_strdup_printf("id: %d\nevent: aviso\ndata: {\"n\":%d}\n\n", id, id);
            at = strstr(at, frame);
            g_assert_nonnull(at);
        }
        close(fds[i]);
    }
}

static void the_head_says_what_it_is(TestServer *t, const void *unused)
{
    int fd = watch(t, NULL);
    g_autofree char *all = read_until(fd, "retry: ");
    g_assert_nonnull(strstr(all, "200 OK"));
    g_assert_nonnull(strstr(all, "text/event-stream"));
    g_assert_nonnull(strstr(all, "X-Accel-Buffering: no"));
    close(fd);
    Reply head CLEANUP(reply_free)
    = test_ask(t, "HEAD /flujo HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
    g_assert_cmpint(head.status, ==, 200);
}

static void who_comes_back_gets_what_was_missed(TestServer *t, const void *unused)
{
    for (i64 id = 10; id <= 15; id++)
        publish(t, id);
    int fd = watch(t, "12");
    g_autofree char *all = read_until(fd, "\"n\":15}\n\n");
    g_assert_null(strstr(all, "\"n\":12}"));
    g_assert_nonnull(strstr(all, "\"n\":13}"));
    g_assert_null(strstr(all, "replayed"));
    close(fd);
}

/* The ring begins at 10: what came before is the database's to say, and is not sent twice. */
static void what_the_ring_forgot_is_read(TestServer *t, const void *unused)
{
    for (i64 id = 10; id <= 12; id++)
        publish(t, id);
    int fd = watch(t, "8"); /* the routes' replay gives event 9 */
    await_viewers(t, 1);
    publish(t, 13);
    g_autofree char *all = read_until(fd, "\"n\":13}\n\n");
    const char *replayed = strstr(all, "id: 9\nevent: replayed");
    g_assert_nonnull(replayed);
    g_assert_true(strstr(all, "\"n\":13}") > replayed);
    close(fd);
}

static void who_does_not_read_is_let_go(TestServer *t, const void *unused)
{
    int slow = test_connect(t), small = 2048;
    setsockopt(slow, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    test_send(slow, "GET /flujo HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
    int good = watch(t, NULL);
    await_viewers(t, 2);
    g_autofree char *much = g_strnfill(8000, 'x');
    g_autofree char *data = g_strdup_printf("\"%s\"", much);
    g_autoptr(GString) got = g_string_new(NULL);
    for (i64 id = 1; id <= 400; id++) {
        live_publish(t->site.live, "prueba", id, "aviso", data);
        g_autofree char *all = read_until(good, "xxx\"\n\n");
        g_string_append(got, all);
        if (live_viewers(t->site.live) == 1)
            break;
    }
    await_viewers(t, 1);
    g_assert_cmpuint(live_cuts(t->site.live), ==, 1);
    g_assert_nonnull(strstr(got->str, "id: 1\n")); /* the other one went on reading */
    g_assert_nonnull(strstr(got->str, "id: 2\n"));
    close(slow);
    close(good);
}

static void who_went_away_is_noticed(TestServer *t, const void *unused)
{
    int fd = watch(t, NULL);
    await_viewers(t, 1);
    close(fd);
    for (i64 id = 1; id <= 200 && live_viewers(t->site.live); id++) {
        publish(t, id);
        g_usleep(10 * 1000);
    }
    await_viewers(t, 0);
}

static void silence_is_broken_by_a_comment(TestServer *t, const void *unused)
{
    int fd = watch(t, NULL);
    await_viewers(t, 1);
    g_autofree char *hello = read_until(fd, "retry: 3000\n\n");
    g_assert_nonnull(strstr(hello, "200 OK"));
    g_usleep(50 * 1000);
    live_beat(t->site.live, clock_monotonic() + LIVE_BEAT);
    g_autofree char *all = read_until(fd, ":");
    g_assert_nonnull(strstr(all, ":\n\n"));
    close(fd);
}

static void stopping_ends_the_streams(TestServer *t, const void *unused)
{
    int fds[20];
    for (size_t i = 0; i < COUNT(fds); i++)
        fds[i] = watch(t, NULL);
    await_viewers(t, COUNT(fds));
    i64 before = clock_monotonic();
    server_test_stop(t, 10 * CLOCK_SECOND);
    g_assert_cmpint(clock_monotonic() - before, <, 3 * CLOCK_SECOND);
    for (size_t i = 0; i < COUNT(fds); i++) {
        g_assert_true(test_closed(fds[i], CLOCK_SECOND));
        close(fds[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SERVER_TEST(every_viewer_gets_everything);
    SERVER_TEST(the_head_says_what_it_is);
    SERVER_TEST(who_comes_back_gets_what_was_missed);
    SERVER_TEST(what_the_ring_forgot_is_read);
    SERVER_TEST(who_does_not_read_is_let_go);
    SERVER_TEST(who_went_away_is_noticed);
    SERVER_TEST(silence_is_broken_by_a_comment);
    SERVER_TEST(stopping_ends_the_streams);
    return g_test_run();
}
