/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test_server.c: one thread that accepts, one for each connection. */
#include "net/net_test_server.h"

#include <glib.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

struct NetTestServer {
    int listener, port;
    gint asked;
    gint stopping;
    GThread *thread;
    GPtrArray *guests; /* touched by that thread until it ends */
};

typedef struct Guest {
    NetTestServer *server;
    int fd;
    GThread *thread;
    GString *asked; /* the head, and as much of the body as Content-Length says */
    const char *path;
} Guest;

/* False when the guest is gone, or the server stops. */
static bool send_bytes(const Guest *g, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n) {
        ssize_t sent =
            g_atomic_int_get(&g->server->stopping) ? -1 : send(g->fd, at, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool send_text(const Guest *g, const char *text)
{
    return send_bytes(g, text, strlen(text));
}

static void answer(const Guest *g, const char *status, const char *headers, const char *body)
{
    g_autofree char *text = g_strdup_printf(
        "HTTP/1.1 %s\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n%s", status, headers,
        strlen(body), g_str_has_prefix(g->asked->str, "HEAD ") ? "" : body);
    send_text(g, text);
}

static void redirect(const Guest *g, const char *status, const char *to)
{
    g_autofree char *headers = g_strdup_printf("Set-Cookie: a=b\r\nLocation: %s\r\n", to);
    answer(g, status, headers, "elsewhere");
}

/* ---- bodies without an end ---- */
static void send_packed(const Guest *g, bool hollow)
{
    static const char zeros[65536];
    unsigned char out[65536];
    z_stream z = {0};
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    bool there =
        send_text(g, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\n");
    for (int turn = 0; there && turn < 20000; turn++) {
        z.next_in = (unsigned char *)zeros;
        z.avail_in = hollow ? 0 : sizeof zeros;
        z.next_out = out;
        z.avail_out = sizeof out;
        deflate(&z, hollow ? Z_FULL_FLUSH : Z_NO_FLUSH);
        if (hollow && turn) { /* the empty block again and again: zlib itself makes it once */
            for (size_t i = 0; i + 5 <= sizeof out; i += 5)
                memcpy(out + i, "\0\0\0\xff\xff", 5);
            z.avail_out = sizeof out % 5;
        }
        there = send_bytes(g, out, sizeof out - z.avail_out);
    }
    deflateEnd(&z);
}

static void send_endless(const Guest *g, const char *head, const char *piece, unsigned pause_us)
{
    bool there = send_text(g, head);
    while (there) {
        there = send_text(g, piece);
        if (pause_us)
            g_usleep(pause_us);
    }
}

static void keep_silent(const Guest *g)
{
    char byte;
    while (!g_atomic_int_get(&g->server->stopping) && recv(g->fd, &byte, 1, 0) > 0)
        continue;
}

/* ---- what each path does ---- */
static void serve_calendar(const Guest *g)
{
    if (strstr(g->asked->str, "\r\nIf-None-Match: \"seven\"\r\n"))
        answer(g, "304 Not Modified", "ETag: \"seven\"\r\n", "");
    else
        answer(
            g, "200 OK",
            "Content-Type:  text/calendar; charset=utf-8 \r\nETag: \"seven\"\r\nSet-Cookie: a=b\r\n"
            "Last-Modified: Thu, 14 Jul 2022 15:00:00 GMT\r\n",
            "BEGIN:VCALENDAR\r\n");
}

static void serve_chain(const Guest *g, int left)
{
    g_autofree char *to = left > 1 ? g_strdup_printf("%d", left - 1) : g_strdup("../ok#part");
    redirect(g, left % 2 ? "301 Moved" : "302 Found", to);
}

static bool serve_endless(const Guest *g)
{
    const char *ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    if (g_str_equal(g->path, "/large"))
        send_endless(g, ok, "0123456789abcdef0123456789abcdef", 0);
    else if (g_str_equal(g->path, "/slow"))
        send_endless(g, ok, ".", 20000);
    else if (g_str_equal(g->path, "/head"))
        send_endless(g, "HTTP/1.1 200 OK\r\n", "X-Again: and again and again and again\r\n", 0);
    else if (g_str_equal(g->path, "/large-packed"))
        send_packed(g, false);
    else if (g_str_equal(g->path, "/empty-packed"))
        send_packed(g, true);
    else if (g_str_equal(g->path, "/silent"))
        keep_silent(g);
    else
        return false;
    return true;
}

static void serve_redirect(const Guest *g)
{
    const char *to = strchr(g->path, '?');
    int status = g_str_has_prefix(g->path, "/to/") ? atoi(g->path + 4) : 302;
    g_autofree char *line = g_strdup_printf("%d Elsewhere", status);
    redirect(g, line, to ? to + 1 : "");
}

static void serve(const Guest *g)
{
    if (g_str_equal(g->path, "/ok"))
        serve_calendar(g);
    else if (g_str_has_prefix(g->path, "/chain/"))
        serve_chain(g, atoi(g->path + 7));
    else if (g_str_has_prefix(g->path, "/to"))
        serve_redirect(g);
    else if (g_str_has_prefix(g->path, "/status/"))
        answer(g, g->path + 8, "Retry-After: 120\r\n", "sorry");
    else if (g_str_equal(g->path, "/echo"))
        answer(g, "200 OK", "", g->asked->str);
    else if (g_str_equal(g->path, "/cut"))
        send_text(g, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    else if (g_str_equal(g->path, "/late-head"))
        send_text(g, "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\nHTTP/1.1 200 "
                     "OK\r\nConnection: close\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nETag: \"trailer\"\r\n\r\n");
    else if (g_str_equal(g->path, "/odd"))
        answer(g, "200 OK", "ETag: \"\xE1\"\r\nContent-Type: a\x01b\r\nLast-Modified:\r\n", "ok");
    else if (!serve_endless(g))
        answer(g, "404 Not Found", "", "no");
}

/* ---- connections ---- */
static bool whole(const GString *asked)
{
    const char *end = strstr(asked->str, "\r\n\r\n");
    const char *length = strstr(asked->str, "\r\nContent-Length: ");
    size_t body = length && length < end ? (size_t)atoi(length + 18) : 0;
    return end && asked->len >= (size_t)(end - asked->str) + 4 + body;
}

static void *attend(void *data)
{
    Guest g = {
        .server = ((Guest *)data)->server, .fd = ((Guest *)data)->fd, .asked = g_string_new("")};
    char bytes[4096];
    ssize_t n = 1;
    while (!whole(g.asked) && (n = recv(g.fd, bytes, sizeof bytes, 0)) > 0)
        g_string_append_len(g.asked, bytes, n);
    g_auto(GStrv) words = g_strsplit(g.asked->str, " ", 3);
    if (n > 0 && g_strv_length(words) == 3) {
        g.path = words[1];
        serve(&g);
    }
    shutdown(g.fd, SHUT_RDWR); /* closed at the end, so that no other file gets its number */
    g_string_free(g.asked, TRUE);
    return NULL;
}

static void *accept_all(void *data)
{
    NetTestServer *server = data;
    for (;;) {
        int fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            return NULL;
        g_atomic_int_inc(&server->asked);
        Guest *guest = g_new0(Guest, 1);
        guest->server = server;
        guest->fd = fd;
        guest->thread = g_thread_new("guest", attend, guest);
        g_ptr_array_add(server->guests, guest);
    }
}

NetTestServer *net_test_server_start(void)
{
    NetTestServer *server = g_new0(NetTestServer, 1);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(server->listener, (struct sockaddr *)&at, size) != 0 ||
        listen(server->listener, 64) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&at, &size) != 0)
        g_error("no port for the test's server");
    server->port = ntohs(at.sin_port);
    server->guests = g_ptr_array_new();
    server->thread = g_thread_new("server", accept_all, server);
    return server;
}

void net_test_server_stop(NetTestServer *server)
{
    g_atomic_int_set(&server->stopping, 1);
    shutdown(server->listener, SHUT_RDWR);
    g_thread_join(server->thread);
    close(server->listener);
    for (size_t i = 0; i < server->guests->len; i++) {
        Guest *guest = server->guests->pdata[i];
        shutdown(guest->fd, SHUT_RDWR);
        g_thread_join(guest->thread);
        close(guest->fd);
        g_free(guest);
    }
    g_ptr_array_free(server->guests, TRUE);
    g_free(server);
}

int net_test_server_port(const NetTestServer *server)
{
    return server->port;
}

int net_test_server_asked(NetTestServer *server)
{
    return g_atomic_int_get(&server->asked);
}
