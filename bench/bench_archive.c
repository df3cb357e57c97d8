/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_archive.c: how fast an archive leaves that is put together while it is sent.
 *
 * usage: bench_archive
 *
 * A real server on loopback gives twelve files of 4 MB as one answer, ten times; who takes them is a thread of this program and
 * counts as well.  One line: megabytes a second on the wall, and for each second of one core. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/clock.h"
#include "web/server_test.h"

enum { FILE_BYTES = 4 * 1024 * 1024, TIMES = 10 };

static void put_file(TestServer *t)
{
    g_autofree char *bytes = g_malloc(FILE_BYTES + 1);
    for (size_t i = 0; i < FILE_BYTES; i++)
        bytes[i] = (char)('a' + i * 7919 % 23);
    bytes[FILE_BYTES] = '\0';
    int fd = test_connect(t);
    g_autofree char *head = g_strdup_printf("POST /subida HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n"
                                            "Content-Length: %d\r\n\r\n", FILE_BYTES);
    test_send(fd, head);
    test_send(fd, bytes);
    Reply r CLEANUP(reply_free) = test_reply(fd, false);
    g_assert_cmpint(r.status, ==, 200);
    close(fd);
}

static i64 take(TestServer *t)
{
    static char scrap[512 * 1024];
    i64 all = 0;
    int fd = test_connect(t);
    test_send(fd, "GET /pedazos HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    for (ssize_t n; (n = recv(fd, scrap, sizeof scrap, 0)) > 0;)
        all += n;
    close(fd);
    return all;
}

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(void)
{
    TestServer t;
    server_test_open(&t, NULL);
    put_file(&t);
    take(&t); /* the file is in memory afterwards */
    i64 bytes = 0, began = clock_monotonic();
    double cpu = cpu_seconds();
    for (int i = 0; i < TIMES; i++)
        bytes += take(&t);
    double wall = (double)(clock_monotonic() - began) / CLOCK_SECOND, megabytes = (double)bytes / 1e6;
    printf("archive %.0f %.0f\n", megabytes / wall, megabytes / (cpu_seconds() - cpu));
    server_test_close(&t, NULL);
    return 0;
}
