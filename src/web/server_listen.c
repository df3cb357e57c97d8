/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_listen.c: the listening socket, bound by ourselves so that what is wrong can be said in
 * one sentence. */
#include "web/server_room.h"
#include <errno.h>
#include <glib.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

/* The sentence lives until this thread's next one. */
static int fail(int fd, const char **why_out, const char *fmt, ...) PRINTF(3, 4);
static int fail(int fd, const char **why_out, const char *fmt, ...)
{
    static _Thread_local char sentence[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(sentence, sizeof sentence, fmt, ap);
    va_end(ap);
    *why_out = sentence;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ---- unix ---- */

/* A socket file that nobody listens at is what a killed server left behind. */
static bool somebody_listens(const struct sockaddr_un *sun)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answered =
        fd >= 0 && (connect(fd, (const struct sockaddr *)sun, sizeof *sun) == 0 || errno == EAGAIN);
    if (fd >= 0)
        close(fd);
    return answered;
}

static bool is_socket(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

static int listen_unix(const char *path, char **address_out, char **unix_path_out,
                       const char **why_out)
{
    struct sockaddr_un sun = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof sun.sun_path)
        return fail(-1, why_out, "the path of the socket is longer than %zu bytes: %s",
                    sizeof sun.sun_path - 1, path);
    memcpy(sun.sun_path, path, strlen(path) + 1);
    if (is_socket(path)) {
        if (somebody_listens(&sun))
            return fail(-1, why_out, "another program listens at unix:%s", path);
        unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&sun, sizeof sun) < 0)
        return fail(fd, why_out, "cannot listen at unix:%s: %s", path, strerror(errno));
    if (chmod(path, 0660) < 0 || listen(fd, BACKLOG) < 0)
        return fail(fd, why_out, "cannot listen at unix:%s: %s", path, strerror(errno));
    *unix_path_out = strdup(path);
    *address_out = g_strdup_printf("unix:%s", path);
    return fd;
}

/* ---- TCP ---- */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; host_out is to be freed. */
static bool split(const char *text, char **host_out, const char **port_out)
{
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text || strspn(colon + 1, "0123456789") != strlen(colon + 1) ||
        !colon[1])
        return false;
    bool bracketed = text[0] == '[' && colon[-1] == ']';
    if (!bracketed && memchr(text, ':', (size_t)(colon - text)))
        return false;
    size_t skip = bracketed ? 1 : 0;
    *host_out = strndup(text + skip, (size_t)(colon - text) - 2 * skip);
    *port_out = colon + 1;
    return true;
}

static int bind_first(const struct addrinfo *list)
{
    int fd = -1;
    for (const struct addrinfo *a = list; a && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        int yes = 1;
        if (fd >= 0)
            setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (fd >= 0 && (bind(fd, a->ai_addr, a->ai_addrlen) < 0 || listen(fd, BACKLOG) < 0)) {
            int kept = errno;
            close(fd);
            errno = kept;
            fd = -1;
        }
    }
    return fd;
}

static char *address_of(int fd)
{
    struct sockaddr_storage at;
    socklen_t size = sizeof at;
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (getsockname(fd, (struct sockaddr *)&at, &size) < 0 ||
        getnameinfo((struct sockaddr *)&at, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return strdup("http://?");
    return g_strdup_printf(strchr(host, ':') ? "http://[%s]:%s" : "http://%s:%s", host, port);
}

static int listen_tcp(const char *text, char **address_out, const char **why_out)
{
    char *host = NULL;
    const char *port = NULL;
    if (!split(text, &host, &port))
        return fail(-1, why_out,
                    "listen wants ADDRESS:PORT, [ADDRESS]:PORT or unix:PATH, not \"%s\"", text);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *list = NULL;
    int trouble = getaddrinfo(host, port, &hints, &list);
    free(host);
    if (trouble)
        return fail(-1, why_out, "cannot listen at %s: %s", text, gai_strerror(trouble));
    int fd = bind_first(list);
    freeaddrinfo(list);
    if (fd < 0 && errno == EADDRINUSE)
        return fail(
            -1, why_out,
            "cannot listen at %s: another program does already; choose another port or stop it",
            text);
    if (fd < 0)
        return fail(-1, why_out, "cannot listen at %s: %s", text, strerror(errno));
    *address_out = address_of(fd);
    return fd;
}

int listen_open(const char *listen, char **address_out, char **unix_path_out, const char **why_out)
{
    static const char mark[] = "unix:";
    if (strncmp(listen, mark, strlen(mark)) == 0)
        return listen_unix(listen + strlen(mark), address_out, unix_path_out, why_out);
    return listen_tcp(listen, address_out, why_out);
}
