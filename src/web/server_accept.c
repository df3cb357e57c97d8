/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_accept.c: the thread that takes new connections in and gives each to one of libmicrohttpd's.
 *
 * libmicrohttpd would do so itself, but nobody can then stop it from taking more while it answers what it has:
 * in MHD_quiesce_daemon() (0.9.75, still in 1.0.1) the caller and a worker may both take the listening socket out
 * of the worker's epoll set, and the later one of them aborts the program. */
#include "web/server_room.h"
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { AT_ONCE = 64, WAIT_FOR_DESCRIPTORS_MS = 50 };

static bool out_of_descriptors(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/* Gives what waits to libmicrohttpd; false: the system gives no more descriptors just now. */
static bool take_some(Server *s)
{
    for (int i = 0; i < AT_ONCE; i++) {
        struct sockaddr_storage from;
        socklen_t size = sizeof from;
        int fd = accept4(s->listen_fd, (struct sockaddr *)&from, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return !out_of_descriptors(errno);
        MHD_add_connection(s->daemon, fd, (struct sockaddr *)&from, size); /* closes it when it is not taken */
    }
    return true;
}

static void *accept_all(void *data)
{
    Server *s = data;
    struct pollfd wake = {.fd = s->accept_wake, .events = POLLIN};
    struct pollfd both[] = {{.fd = s->listen_fd, .events = POLLIN}, wake};
    while (!both[1].revents && !wake.revents) {
        if (poll(both, COUNT(both), -1) > 0 && both[0].revents && !take_some(s))
            poll(&wake, 1, WAIT_FOR_DESCRIPTORS_MS);
    }
    return NULL;
}

bool accept_start(Server *s)
{
    s->accept_wake = eventfd(0, EFD_CLOEXEC);
    s->accepting = s->accept_wake >= 0 && pthread_create(&s->accept, NULL, accept_all, s) == 0;
    return s->accepting;
}

void accept_stop(Server *s)
{
    if (!s->accepting)
        return;
    u64 one = 1;
    if (write(s->accept_wake, &one, sizeof one) != sizeof one)
        log_line(LOG_ERROR, "accept_not_stopped");
    pthread_join(s->accept, NULL);
    s->accepting = false;
    close(s->accept_wake);
}
