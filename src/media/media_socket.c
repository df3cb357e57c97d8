/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_socket.c: messages with open files over a socket, until a deadline. */
#include "media/media_wire.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static bool await(int socket, short events, i64 deadline)
{
    for (;;) {
        i64 left = deadline == WIRE_FOREVER ? 0 : deadline - clock_monotonic();
        struct pollfd p = {.fd = socket, .events = events};
        if (left < 0)
            return false;
        int ready = poll(&p, 1, deadline == WIRE_FOREVER ? -1 : (int)(left / 1000) + 1);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

/* ---- sending ---- */

static bool send_all(int socket, const char *bytes, size_t size, i64 deadline)
{
    while (size) {
        if (!await(socket, POLLOUT, deadline))
            return false;
        ssize_t n = send(socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return false;
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        }
    }
    return true;
}

/* The length, with the files beside it. */
static bool send_head(int socket, uint32_t length, const int *files, size_t count)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int) * WIRE_FILES_MAX)];
    } control = {0};
    struct iovec part = {&length, sizeof length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count) {
        message.msg_control = control.space;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(head), files, sizeof(int) * count);
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof length;
}

bool wire_send(int socket, Bytes text, const int *files, size_t count, i64 deadline)
{
    return text.size && text.size <= WIRE_MESSAGE_MAX && count <= WIRE_FILES_MAX && await(socket, POLLOUT, deadline) &&
           send_head(socket, (uint32_t)text.size, files, count) && send_all(socket, text.data, text.size, deadline);
}

/* ---- receiving ---- */

void wire_drop(WireMessage *message)
{
    for (size_t i = 0; i < WIRE_FILES_MAX; i++)
        if (message->files[i] >= 0)
            close(message->files[i]);
    g_free(message->bytes);
    *message = (WireMessage){.files = {-1, -1}};
}

/* More files than expected do not fit and are closed by the kernel (MSG_CTRUNC). */
static void take_files(struct msghdr *message, WireMessage *m)
{
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(m->files, CMSG_DATA(head), sizeof(int) * (count < WIRE_FILES_MAX ? count : WIRE_FILES_MAX));
    }
}

static bool receive_head(int socket, i64 deadline, uint32_t *length_out, WireMessage *m)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int) * WIRE_FILES_MAX)];
    } control;
    struct iovec part = {length_out, sizeof *length_out};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    ssize_t n;
    do {
        if (!await(socket, POLLIN, deadline))
            return false;
        n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (n < 0 && errno == EINTR);
    if (n > 0)
        take_files(&message, m);
    return n == (ssize_t)sizeof *length_out;
}

static bool receive_all(int socket, char *bytes, size_t size, i64 deadline)
{
    while (size) {
        if (!await(socket, POLLIN, deadline))
            return false;
        ssize_t n = read(socket, bytes, size);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        }
    }
    return true;
}

bool wire_receive(int socket, i64 deadline, WireMessage *message_out)
{
    uint32_t length = 0;
    WireMessage m = {.files = {-1, -1}};
    if (receive_head(socket, deadline, &length, &m) && length >= 1 && length <= WIRE_MESSAGE_MAX) {
        m.bytes = g_malloc(length);
        m.size = length;
        if (receive_all(socket, m.bytes, length, deadline)) {
            *message_out = m;
            return true;
        }
    }
    wire_drop(&m);
    return false;
}
