/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_pieces_test.c: an answer that is put together while it is sent: whole, in parts, and ended in the middle. */
#include "base/clock.h"
#include "web/cache.h"
#include "web/server_test.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { COPIES = 12 };

/* A file of n bytes that say where they are. */
static char *file_of(size_t n)
{
    char *bytes = g_malloc(n + 1);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('a' + i % 23);
    bytes[n] = '\0';
    return bytes;
}

static void upload(TestServer *t, size_t n)
{
    g_autofree char *bytes = file_of(n);
    g_autofree char *head = g_strdup_printf("POST /subida HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n"
                                            "Content-Length: %zu\r\n\r\n", n);
    int fd = test_connect(t);
    test_send(fd, head);
    test_send(fd, bytes);
    Reply r CLEANUP(reply_free) = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 200);
    close(fd);
}

/* "uno", the file twelve times, "dos". */
static char *whole_of(size_t n)
{
    g_autofree char *one = file_of(n);
    GString *all = g_string_new("uno");
    for (int i = 0; i < COPIES; i++)
        g_string_append_len(all, one, (gssize)n);
    g_string_append(all, "dos");
    return g_string_free(all, FALSE);
}

static void it_comes_whole_with_its_size(TestServer *t, const void *unused)
{
    upload(t, 1000);
    g_autofree char *wanted = whole_of(1000);
    Reply r CLEANUP(reply_free) = test_get(t, "/pedazos", "");
    g_autofree char *length = reply_header(&r, "Content-Length"), *ranges = reply_header(&r, "Accept-Ranges"), *tag = reply_header(&r, "ETag");
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpstr(r.body, ==, wanted);
    g_assert_cmpstr(length, ==, "12006");
    g_assert_cmpstr(ranges, ==, "bytes");
    g_assert_true(tag && tag[0] == '"');
    g_autofree char *known = g_strdup_printf("If-None-Match: %s\r\n", tag);
    Reply same CLEANUP(reply_free) = test_get(t, "/pedazos", known);
    g_assert_cmpint(same.status, ==, 304);
}

static void its_head_says_the_size_and_gives_nothing(TestServer *t, const void *unused)
{
    upload(t, 1000);
    int fd = test_connect(t);
    test_send(fd, "HEAD /pedazos HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n");
    Reply r CLEANUP(reply_free) = test_reply(fd, true);
    g_autofree char *length = reply_header(&r, "Content-Length");
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpstr(length, ==, "12006");
    close(fd);
}

static void parts_of_it_may_be_asked_for(TestServer *t, const void *unused)
{
    static const struct {
        const char *range;
        size_t first, size;
    } parts[] = {{"0-0", 0, 1}, {"2-4", 2, 3}, {"1000-3007", 1000, 2008}, {"12000-", 12000, 6}, {"-4", 12002, 4}, {"5-999999", 5, 12001}};
    upload(t, 1000);
    g_autofree char *whole = whole_of(1000);
    for (size_t i = 0; i < COUNT(parts); i++) {
        g_autofree char *header = g_strdup_printf("Range: bytes=%s\r\n", parts[i].range);
        Reply r CLEANUP(reply_free) = test_get(t, "/pedazos", header);
        g_autofree char *range = reply_header(&r, "Content-Range");
        g_autofree char *said = g_strdup_printf("bytes %zu-%zu/12006", parts[i].first, parts[i].first + parts[i].size - 1);
        g_assert_cmpint(r.status, ==, 206);
        g_assert_cmpstr(range, ==, said);
        g_assert_cmpmem(r.body, r.size, whole + parts[i].first, parts[i].size);
    }
}

static void what_lies_behind_the_end_is_refused(TestServer *t, const void *unused)
{
    upload(t, 1000);
    Reply r CLEANUP(reply_free) = test_get(t, "/pedazos", "Range: bytes=12006-\r\n");
    g_autofree char *range = reply_header(&r, "Content-Range");
    g_assert_cmpint(r.status, ==, 416);
    g_assert_cmpstr(range, ==, "bytes */12006");
}

/* Who goes on with another archive gets the new one whole (RFC 9110 13.1.5). */
static void a_part_of_another_one_is_the_whole(TestServer *t, const void *unused)
{
    upload(t, 1000);
    Reply first CLEANUP(reply_free) = test_get(t, "/pedazos", "");
    g_autofree char *tag = reply_header(&first, "ETag");
    g_autofree char *same = g_strdup_printf("Range: bytes=5-\r\nIf-Range: %s\r\n", tag);
    Reply part CLEANUP(reply_free) = test_get(t, "/pedazos", same);
    g_assert_cmpint(part.status, ==, 206);
    Reply whole CLEANUP(reply_free) = test_get(t, "/pedazos", "Range: bytes=5-\r\nIf-Range: \"another\"\r\n");
    g_assert_cmpint(whole.status, ==, 200);
    g_assert_cmpuint(whole.size, ==, 12006);
}

/* Reads until the other side ends; how much came. */
static size_t read_out(int fd)
{
    static char scrap[256 * 1024];
    size_t all = 0;
    for (ssize_t n; (n = recv(fd, scrap, sizeof scrap, 0)) > 0;)
        all += (size_t)n;
    return all;
}

static size_t taken_when(TestServer *t, bool still_given, bool something_changes)
{
    char first[4096];
    int fd = test_connect(t);
    struct timeval patience = {.tv_sec = 10};
    atomic_store(&test_still, true);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    test_send(fd, "GET /pedazos HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    ssize_t n = recv(fd, first, sizeof first, MSG_WAITALL);
    g_assert_cmpint(n, ==, sizeof first);
    atomic_store(&test_still, still_given);
    if (something_changes)
        cache_new_generation(t->site.cache);
    size_t all = sizeof first + read_out(fd);
    close(fd);
    atomic_store(&test_still, true);
    return all;
}

static void what_is_withdrawn_meanwhile_ends_it(TestServer *t, const void *unused)
{
    enum { FILE_SIZE = 4 * 1024 * 1024, SOCKETS = 12 * 1024 * 1024 };
    upload(t, FILE_SIZE);
    size_t size = 6 + (size_t)COPIES * FILE_SIZE;
    g_assert_cmpuint(taken_when(t, true, false), >, size);
    g_assert_cmpuint(taken_when(t, true, true), >, size);  /* something else changed: all of it comes */
    g_assert_cmpuint(taken_when(t, false, false), >, size); /* nobody said that something changed */
    size_t taken = taken_when(t, false, true);
    g_test_message("%zu of %zu bytes left", taken, size);
    g_assert_cmpuint(taken, <, SOCKETS); /* what was in the sockets already, and nothing more */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SERVER_TEST(it_comes_whole_with_its_size);
    SERVER_TEST(its_head_says_the_size_and_gives_nothing);
    SERVER_TEST(parts_of_it_may_be_asked_for);
    SERVER_TEST(what_lies_behind_the_end_is_refused);
    SERVER_TEST(a_part_of_another_one_is_the_whole);
    SERVER_TEST(what_is_withdrawn_meanwhile_ends_it);
    return g_test_run();
}
