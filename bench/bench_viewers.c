/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_viewers.c: thousands of viewers of an event stream, in one thread.
 *
 * usage: bench_viewers PORT PATH VIEWERS
 *
 * Connects, waits until each viewer was answered, prints "ready".  Then each line on standard input
 * is answered with the number of events so far; the end of the input ends it.  The viewers come from
 * several addresses of loopback, because one address has too few ports for many runs. */
#include "bench_desk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PER_ADDRESS = 4000, AT_ONCE = 256, WAIT_MS = 60000 };

static const char mark[] = "data: "; /* begins an event's one line of data */

typedef struct Viewer {
    int fd;
    unsigned char matched; /* how much of the mark the last piece ended with */
    bool answered;
} Viewer;

static u64 events;
static size_t answered;
static int poller;

static void raise_descriptors(size_t viewers)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = viewers + 64 < limit.rlim_max ? viewers + 64 : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < viewers + 64)
        bench_die("%zu viewers want more descriptors than ulimit -Hn gives", viewers);
}

static int connect_from(size_t n, int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in from = {.sin_family = AF_INET};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t)(n / PER_ADDRESS));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int late = 1; /* the port is chosen when both ends are known */
    setsockopt(fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &late, sizeof late);
    if (fd < 0 || bind(fd, (struct sockaddr *)&from, sizeof from) < 0 ||
        connect(fd, (struct sockaddr *)&to, sizeof to) < 0)
        bench_die("viewer %zu cannot connect: %s", n, strerror(errno));
    return fd;
}

static void send_request(Viewer *v, const char *path)
{
    char request[256];
    int size =
        snprintf(request, sizeof request,
                 "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n", path);
    if (write(v->fd, request, (size_t)size) != size)
        bench_die("a viewer cannot ask: %s", strerror(errno));
    struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = v};
    fcntl(v->fd, F_SETFL, O_NONBLOCK);
    epoll_ctl(poller, EPOLL_CTL_ADD, v->fd, &wanted);
}

static void count_events(Viewer *v, const char *bytes, ssize_t n)
{
    for (ssize_t i = 0; i < n; i++) {
        v->matched = bytes[i] == mark[v->matched] ? v->matched + 1 : bytes[i] == mark[0];
        if (v->matched < sizeof mark - 1)
            continue;
        v->matched = 0;
        events++;
    }
}

static void read_viewer(Viewer *v)
{
    char bytes[4096];
    ssize_t n = read(v->fd, bytes, sizeof bytes);
    if (n == 0 || (n < 0 && errno != EAGAIN))
        bench_die("the server let a viewer go");
    if (n < 0)
        return;
    if (!v->answered) {
        if (strncmp(bytes, "HTTP/1.1 200", 12) != 0)
            bench_die("a viewer is answered: %.*s", (int)strcspn(bytes, "\r\n"), bytes);
        v->answered = true;
        answered++;
    }
    count_events(v, bytes, n);
}

/* False when standard input ended. */
static bool read_command(void)
{
    char line[64];
    if (read(STDIN_FILENO, line, sizeof line) <= 0)
        return false;
    printf("%" PRIu64 "\n", events);
    fflush(stdout);
    return true;
}

/* One turn of the loop; false at the end of standard input. */
static bool turn(void)
{
    struct epoll_event ready[AT_ONCE];
    int n = epoll_wait(poller, ready, AT_ONCE, WAIT_MS);
    if (n == 0)
        bench_die("nothing happened for a minute");
    for (int i = 0; i < n; i++) {
        if (ready[i].data.ptr)
            read_viewer(ready[i].data.ptr);
        else if (!read_command())
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        bench_die("usage: bench_viewers PORT PATH VIEWERS");
    size_t count = (size_t)atoi(argv[3]);
    raise_descriptors(count);
    Viewer *viewers = calloc(count, sizeof *viewers);
    poller = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < count; i++) {
        viewers[i].fd = connect_from(i, atoi(argv[1]));
        send_request(&viewers[i], argv[2]);
        while (answered + AT_ONCE < i) /* no more open questions than the server's backlog */
            turn();
    }
    while (answered < count)
        turn();
    struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &wanted);
    puts("ready");
    fflush(stdout);
    while (turn())
        continue;
    free(viewers);
    return 0;
}
