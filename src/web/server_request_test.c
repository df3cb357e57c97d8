/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_request_test.c: requests over real sockets: what is answered, what is refused, what ends when. */
#include "base/base_test.h"
#include "web/server_test.h"
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static Reply post(const TestServer *t, const char *target, const char *body)
{
    g_autofree char *request = g_strdup_printf(
        "POST %s HTTP/1.1\r\nHost: prueba\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\n\r\n%s",
        target, strlen(body), body);
    return test_ask(t, request);
}

/* ---- getting and writing ---- */

static void a_page_is_answered(TestServer *t, const void *unused)
{
    Reply r CLEANUP(reply_free)
    = test_get(t, "/hola", NULL);
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpuint(r.size, >=, 20 * 1024);
    g_autofree char *server = reply_header(&r, "Server");
    g_assert_null(server);
    Reply missing CLEANUP(reply_free)
    = test_get(t, "/no-hay", NULL);
    g_assert_cmpint(missing.status, ==, 404);
}

static void a_write_is_seen_by_the_next_reader(TestServer *t, const void *unused)
{
    for (int i = 1; i <= 50; i++) {
        Reply w CLEANUP(reply_free)
        = post(t, "/cuenta", "nota=uno");
        g_autofree char *wanted = g_strdup_printf("<%d>", i);
        g_assert_cmpint(w.status, ==, 200);
        g_assert_cmpstr(w.body, ==, wanted);
        Reply r CLEANUP(reply_free)
        = test_get(t, "/cuenta", NULL);
        g_assert_cmpstr(r.body, ==, wanted);
        Reply again CLEANUP(reply_free)
        = test_get(t, "/cuenta", NULL);
        g_assert_cmpstr(again.body, ==, wanted);
    }
    g_assert_cmpint(atomic_load(&test_rendered), ==, 50);
}

static void a_faulted_write_leaves_nothing(TestServer *t, const void *unused)
{
    Reply w CLEANUP(reply_free)
    = post(t, "/falla", "");
    g_assert_cmpint(w.status, ==, 409);
    Reply r CLEANUP(reply_free)
    = test_get(t, "/cuenta", NULL);
    g_assert_cmpstr(r.body, ==, "<0>");
}

static void a_slow_preparation_blocks_nobody(TestServer *t, const void *unused)
{
    atomic_store(&test_slow, 400 * 1000);
    int fds[3];
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = test_connect(t);
        test_send(fds[i], "POST /preparado HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    }
    while (atomic_load(&test_entered) < 3)
        g_usleep(1000);
    i64 before = clock_monotonic();
    for (int i = 0; i < 20; i++) {
        Reply r CLEANUP(reply_free)
        = test_get(t, "/hola", NULL);
        g_assert_cmpint(r.status, ==, 200);
    }
    g_assert_cmpint(clock_monotonic() - before, <, 300 * 1000);
    for (size_t i = 0; i < COUNT(fds); i++) {
        Reply r CLEANUP(reply_free)
        = test_reply(fds[i], false);
        g_assert_cmpint(r.status, ==, 200);
        close(fds[i]);
    }
}

/* ---- connections ---- */

static void a_connection_is_kept(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    for (int i = 0; i < 5; i++) {
        test_send(fd, i % 2 ? "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n"
                            : "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: "
                              "application/x-www-form-urlencoded\r\n"
                              "Content-Length: 6\r\n\r\nnota=a");
        Reply r CLEANUP(reply_free)
        = test_reply(fd, false);
        g_assert_cmpint(r.status, ==, 200);
    }
    close(fd);
}

static void pipelined_requests_are_answered_in_order(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(
        fd,
        "GET /cuenta HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 6\r\n\r\nnota=a"
        "GET /cuenta HTTP/1.1\r\nHost: a\r\n\r\n");
    static const char *const wanted[] = {"<0>", "<1>", "<1>"};
    for (size_t i = 0; i < COUNT(wanted); i++) {
        Reply r CLEANUP(reply_free)
        = test_reply(fd, false);
        g_assert_cmpstr(r.body, ==, wanted[i]);
    }
    close(fd);
}

static void one_point_zero_is_closed(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, "GET /hola HTTP/1.0\r\n\r\n");
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 200);
    g_assert_true(test_closed(fd, CLOCK_SECOND));
    close(fd);
}

static void the_whole_address_is_as_good(TestServer *t, const void *unused)
{
    Reply r CLEANUP(reply_free)
    = test_get(t, "http://prueba/hola", NULL);
    g_assert_cmpint(r.status, ==, 200);
    Reply query CLEANUP(reply_free)
    = test_get(t, "/cuenta?de=a%20b&x=1", NULL);
    g_assert_cmpint(query.status, ==, 200);
}

static void a_head_of_eight_kilobytes_is_taken(TestServer *t, const void *unused)
{
    g_autoptr(GString) more = g_string_new(NULL);
    for (int i = 0; more->len < 7800; i++)
        g_string_append_printf(more, "X-Campo-%d: %0100d\r\n", i, i);
    Reply r CLEANUP(reply_free)
    = test_get(t, "/hola", more->str);
    g_assert_cmpint(r.status, ==, 200);
}

/* ---- uploads ---- */

static void an_upload_streams_to_the_vault(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(fd, "POST /subida HTTP/1.1\r\nHost: a\r\nContent-Type: image/jpeg\r\n"
                  "Content-Length: 8388608\r\nExpect: 100-continue\r\n\r\n");
    Reply go CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(go.status, ==, 100);
    g_autofree char *piece = g_malloc0(65537);
    memset(piece, 'x', 65536);
    for (int i = 0; i < 128; i++)
        test_send(fd, piece);
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpstr(r.body, ==, "<8388608>");
    close(fd);
}

static void an_upload_in_chunks_is_taken(TestServer *t, const void *unused)
{
    Reply r CLEANUP(reply_free)
    = test_ask(t, "POST /subida HTTP/1.1\r\nHost: a\r\nContent-Type: "
                  "image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n");
    g_assert_cmpstr(r.body, ==, "<15>");
}

/* One header of an answer to GET /archivo. */
static void file_says(const Reply *r, const char *name, const char *wanted)
{
    g_autofree char *value = reply_header(r, name);
    g_assert_cmpstr(value, ==, wanted);
}

static void a_file_of_the_vault_is_given_whole_and_in_parts(TestServer *t, const void *unused)
{
    Reply sent CLEANUP(reply_free)
    = test_ask(t, "POST /subida HTTP/1.1\r\nHost: a\r\nContent-Type: image/jpeg\r\n"
                  "Content-Length: 15\r\n\r\nhello0123456789");
    g_assert_cmpstr(sent.body, ==, "<15>");
    Reply whole CLEANUP(reply_free)
    = test_get(t, "/archivo", "");
    g_assert_cmpint(whole.status, ==, 200);
    g_assert_cmpstr(whole.body, ==, "hello0123456789");
    file_says(&whole, "Content-Type", "image/jpeg");
    file_says(&whole, "X-Content-Type-Options", "nosniff");
    file_says(&whole, "Cache-Control", "public, max-age=0, must-revalidate");
    g_autofree char *disposition = reply_header(&whole, "Content-Disposition");
    g_assert_true(g_str_has_prefix(disposition, "attachment; filename=\"plano "));
    Reply part CLEANUP(reply_free)
    = test_get(t, "/archivo", "Range: bytes=5-9\r\n");
    g_assert_cmpint(part.status, ==, 206);
    g_assert_cmpstr(part.body, ==, "01234");
    file_says(&part, "Content-Range", "bytes 5-9/15");
    g_autofree char *etag = reply_header(&whole, "ETag");
    g_autofree char *known = g_strdup_printf("If-None-Match: %s\r\n", etag);
    Reply same CLEANUP(reply_free)
    = test_get(t, "/archivo", known);
    g_assert_cmpint(same.status, ==, 304);
}

static void a_file_that_is_not_there_is_not_found(TestServer *t, const void *unused)
{
    Reply r CLEANUP(reply_free)
    = test_get(t, "/archivo", "");
    g_assert_cmpint(r.status, ==, 404);
}

static void a_body_that_nobody_takes_is_answered_all_the_same(TestServer *t, const void *unused)
{
    g_autofree char *body = g_strnfill(300 * 1024, 'a');
    Reply small CLEANUP(reply_free)
    = post(t, "/no-hay", body);
    g_assert_cmpint(small.status, ==, 404);
    int fd = test_connect(t);
    test_send(
        fd,
        "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 99999999\r\n\r\n");
    for (int i = 0; i < 30; i++)
        test_send(fd, body);
    Reply large CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(large.status, ==, 413);
    close(fd);
}

static void chunks_without_end_are_cut_off_with_an_answer(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    test_send(
        fd,
        "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    g_autofree char *data = g_strnfill(0x10000, 'a');
    g_autofree char *chunk = g_strdup_printf("10000\r\n%s\r\n", data);
    for (int i = 0; i < 60; i++)
        test_send(fd, chunk);
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 413);
    g_assert_true(test_closed(fd, 5 * CLOCK_SECOND));
    close(fd);
}

/* ---- stopping ---- */

static gpointer ask_slowly(gpointer data)
{
    Reply r = test_get(data, "/despacio", NULL);
    int status = r.status;
    reply_free(&r);
    return GINT_TO_POINTER(status);
}

static void stopping_finishes_what_runs(TestServer *t, const void *unused)
{
    atomic_store(&test_slow, 300 * 1000);
    int idle = test_connect(t);
    GThread *asking = g_thread_new("asking", ask_slowly, t);
    while (!atomic_load(&test_entered))
        g_usleep(1000);
    server_test_stop(t, 5 * CLOCK_SECOND);
    g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(asking)), ==, 200);
    g_assert_true(test_closed(idle, CLOCK_SECOND));
    close(idle);
}

static void a_taken_port_is_told_clearly(TestServer *t, const void *unused)
{
    const char *why = NULL;
    Site second = t->site;
    g_autofree char *same = g_strdup_printf("127.0.0.1:%d", t->port);
    second.settings.listen = same;
    g_assert_null(server_start(&second, &why));
    g_assert_nonnull(strstr(why, "another program"));
}

static void a_unix_socket_is_ours_alone(TestServer *t, const void *unused)
{
    const char *why = NULL;
    Site unix_site = t->site;
    g_autofree char *path = g_build_filename(test_folder(), "web.sock", NULL);
    g_autofree char *listen_at = g_strdup_printf("unix:%s", path);
    unix_site.settings.listen = listen_at;
    Server *first = server_start(&unix_site, &why);
    g_assert_nonnull(first);
    struct stat st;
    g_assert_cmpint(stat(path, &st), ==, 0);
    g_assert_cmpint(st.st_mode & 0777, ==, 0660);
    Site second = unix_site;
    g_assert_null(server_start(&second, &why));
    g_assert_nonnull(strstr(why, "listens"));
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    g_strlcpy(to.sun_path, path, sizeof to.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    g_assert_cmpint(connect(fd, (struct sockaddr *)&to, sizeof to), ==, 0);
    test_send(fd, "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n");
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 200);
    close(fd);
    server_stop(first, CLOCK_SECOND);
    g_assert_cmpint(stat(path, &st), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SERVER_TEST(a_page_is_answered);
    SERVER_TEST(a_write_is_seen_by_the_next_reader);
    SERVER_TEST(a_faulted_write_leaves_nothing);
    SERVER_TEST(a_slow_preparation_blocks_nobody);
    SERVER_TEST(a_connection_is_kept);
    SERVER_TEST(pipelined_requests_are_answered_in_order);
    SERVER_TEST(one_point_zero_is_closed);
    SERVER_TEST(the_whole_address_is_as_good);
    SERVER_TEST(a_head_of_eight_kilobytes_is_taken);
    SERVER_TEST(an_upload_streams_to_the_vault);
    SERVER_TEST(an_upload_in_chunks_is_taken);
    SERVER_TEST(a_file_that_is_not_there_is_not_found);
    SERVER_TEST(a_file_of_the_vault_is_given_whole_and_in_parts);
    SERVER_TEST(a_body_that_nobody_takes_is_answered_all_the_same);
    SERVER_TEST(chunks_without_end_are_cut_off_with_an_answer);
    SERVER_TEST(stopping_finishes_what_runs);
    SERVER_TEST(a_taken_port_is_told_clearly);
    SERVER_TEST(a_unix_socket_is_ours_alone);
    return g_test_run();
}
