/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_server.h: a calendar server on loopback: it gives what it is told to, and notes what it was asked. */
#pragma once
#include "base/arena.h"

#include <arpa/inet.h>
#include <glib.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct Server {
    int fd, port;
    pthread_t thread;
    pthread_mutex_t lock;
    char *answer, *asked;
} Server;

static void serve_one(Server *s, int client)
{
    GString *request = g_string_new(NULL);
    char bytes[4096];
    while (!strstr(request->str, "\r\n\r\n")) {
        ssize_t n = read(client, bytes, sizeof bytes);
        if (n <= 0)
            break;
        g_string_append_len(request, bytes, n);
    }
    pthread_mutex_lock(&s->lock);
    g_free(s->asked);
    s->asked = g_string_free(request, FALSE);
    g_autofree char *answer = g_strdup(s->answer);
    pthread_mutex_unlock(&s->lock);
    for (size_t done = 0, size = strlen(answer); done < size;) {
        ssize_t n = send(client, answer + done, size - done, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    close(client);
}

static void *serve(void *data)
{
    Server *s = data;
    for (int client; (client = accept(s->fd, NULL, NULL)) >= 0;)
        serve_one(s, client);
    return NULL;
}

static void server_open(Server *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *s = (Server){.fd = socket(AF_INET, SOCK_STREAM, 0)};
    g_assert_cmpint(bind(s->fd, (struct sockaddr *)&at, sizeof at), ==, 0);
    g_assert_cmpint(listen(s->fd, 8), ==, 0);
    g_assert_cmpint(getsockname(s->fd, (struct sockaddr *)&at, &size), ==, 0);
    s->port = ntohs(at.sin_port);
    pthread_mutex_init(&s->lock, NULL);
    pthread_create(&s->thread, NULL, serve, s);
}

static void server_close(Server *s)
{
    shutdown(s->fd, SHUT_RDWR);
    close(s->fd);
    pthread_join(s->thread, NULL);
    g_free(s->answer);
    g_free(s->asked);
}

static void answer(Server *s, const char *head, const char *body)
{
    pthread_mutex_lock(&s->lock);
    g_free(s->answer);
    s->answer = g_strdup_printf("HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", head, strlen(body), body);
    pthread_mutex_unlock(&s->lock);
}

static void gives(Server *s, const char *calendar)
{
    answer(s, "200 OK\r\nContent-Type: text/calendar\r\nETag: \"uno\"", calendar);
}
