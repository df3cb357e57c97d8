/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail_test_server.c: one thread that talks with one client after the other. */
#include "mail/mail_test_server.h"

#include <glib.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

struct MailTestServer {
    int listener, port;
    gint stopping;
    GThread *thread;
    GMutex lock;
    char url[64];
    char *complaint;
    GPtrArray *messages, *senders, *recipients;
};

typedef struct Guest {
    MailTestServer *server;
    int fd;
    GString *in;
    char *sender, *recipient;
} Guest;

static void complain(MailTestServer *s, const char *what)
{
    g_mutex_lock(&s->lock);
    if (!s->complaint)
        s->complaint = g_strdup(what);
    g_mutex_unlock(&s->lock);
}

static void reply(const Guest *g, const char *line)
{
    g_autofree char *text = g_strconcat(line, "\r\n", NULL);
    if (send(g->fd, text, strlen(text), MSG_NOSIGNAL) < 0)
        complain(g->server, "the client left before an answer");
}

/* One line without its end; NULL when the guest is gone. A bare LF or CR is not a line's end (RFC 5321 2.3.8). */
static char *next_line(Guest *g)
{
    for (;;) {
        char *end = memchr(g->in->str, '\n', g->in->len);
        if (end) {
            size_t n = (size_t)(end - g->in->str);
            if (!n || end[-1] != '\r')
                complain(g->server, "a line ended without CR LF");
            char *line = g_strndup(g->in->str, n ? n - 1 : 0);
            if (strlen(line) > 998)
                complain(g->server, "a line is longer than 998 bytes");
            g_string_erase(g->in, 0, (gssize)n + 1);
            return line;
        }
        char some[4096];
        struct pollfd ready = {.fd = g->fd, .events = POLLIN};
        ssize_t n = poll(&ready, 1, 10000) == 1 ? recv(g->fd, some, sizeof some, 0) : 0;
        if (n <= 0)
            return NULL;
        g_string_append_len(g->in, some, n);
    }
}

static char *between(const char *line)
{
    const char *open = strchr(line, '<'), *close = open ? strchr(open, '>') : NULL;
    return close ? g_strndup(open + 1, (size_t)(close - open) - 1) : NULL;
}

static void take(Guest *g, const char *message)
{
    MailTestServer *s = g->server;
    g_mutex_lock(&s->lock);
    g_ptr_array_add(s->messages, g_strdup(message));
    g_ptr_array_add(s->senders, g_strdup(g->sender));
    g_ptr_array_add(s->recipients, g_strdup(g->recipient));
    g_mutex_unlock(&s->lock);
}

/* False: the connection ends. */
static bool read_message(Guest *g)
{
    g_autoptr(GString) message = g_string_new(NULL);
    reply(g, "354 go on");
    for (;;) {
        g_autofree char *line = next_line(g);
        if (!line)
            return false;
        if (!strcmp(line, "."))
            break;
        g_string_append_printf(message, "%s\r\n", line[0] == '.' ? line + 1 : line);
    }
    if (g_str_has_prefix(g->recipient, "corta"))
        return false;
    if (g_str_has_prefix(g->recipient, "contenido")) {
        reply(g, "554 5.6.0 not such a message");
        return true;
    }
    take(g, message->str);
    reply(g, "250 2.0.0 taken");
    return true;
}

static void judge_recipient(Guest *g, const char *line)
{
    g_free(g->recipient);
    g->recipient = between(line);
    if (!g->sender || !g->recipient)
        reply(g, "503 5.5.1 MAIL first");
    else if (g_str_has_prefix(g->recipient, "nadie"))
        reply(g, "550 5.1.1 no such mailbox here");
    else if (g_str_has_prefix(g->recipient, "politica"))
        reply(g, "550 5.7.1 your network is not welcome");
    else if (g_str_has_prefix(g->recipient, "lleno"))
        reply(g, "452 4.2.2 the mailbox is full");
    else
        reply(g, "250 2.1.5 fine");
}

static bool obey(Guest *g, const char *line)
{
    if (g_str_has_prefix(line, "EHLO "))
        reply(g, "250-strict.example\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
    else if (g_str_has_prefix(line, "MAIL FROM:")) {
        g_free(g->sender);
        g->sender = between(line);
        reply(g, "250 2.1.0 fine");
    } else if (g_str_has_prefix(line, "RCPT TO:"))
        judge_recipient(g, line);
    else if (!strcmp(line, "DATA"))
        return read_message(g);
    else if (!strcmp(line, "QUIT")) {
        reply(g, "221 2.0.0 bye");
        return false;
    } else {
        complain(g->server, line);
        reply(g, "500 5.5.2 what?");
    }
    return true;
}

static void serve_guest(MailTestServer *s, int fd)
{
    Guest g = {.server = s, .fd = fd, .in = g_string_new(NULL)};
    bool goes_on = true;
    reply(&g, "220 strict.example");
    while (goes_on) {
        g_autofree char *line = next_line(&g);
        goes_on = line && obey(&g, line);
    }
    close(fd);
    g_string_free(g.in, TRUE);
    g_free(g.sender);
    g_free(g.recipient);
}

static void *serve(void *data)
{
    MailTestServer *s = data;
    while (!g_atomic_int_get(&s->stopping)) {
        struct pollfd ready = {.fd = s->listener, .events = POLLIN};
        int fd = poll(&ready, 1, 50) == 1 ? accept(s->listener, NULL, NULL) : -1;
        if (fd >= 0)
            serve_guest(s, fd);
    }
    return NULL;
}

MailTestServer *mail_test_server_start(void)
{
    MailTestServer *s = g_new0(MailTestServer, 1);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(s->listener, (struct sockaddr *)&here, sizeof here) || listen(s->listener, 8) ||
        getsockname(s->listener, (struct sockaddr *)&here, &size))
        g_error("the test's mail server cannot listen");
    s->port = ntohs(here.sin_port);
    g_snprintf(s->url, sizeof s->url, "smtp://127.0.0.1:%d", s->port);
    s->messages = g_ptr_array_new_with_free_func(g_free);
    s->senders = g_ptr_array_new_with_free_func(g_free);
    s->recipients = g_ptr_array_new_with_free_func(g_free);
    g_mutex_init(&s->lock);
    s->thread = g_thread_new("mail", serve, s);
    return s;
}

void mail_test_server_stop(MailTestServer *s)
{
    g_atomic_int_set(&s->stopping, 1);
    g_thread_join(s->thread);
    close(s->listener);
    g_ptr_array_unref(s->messages);
    g_ptr_array_unref(s->senders);
    g_ptr_array_unref(s->recipients);
    g_mutex_clear(&s->lock);
    g_free(s->complaint);
    g_free(s);
}

const char *mail_test_server_url(const MailTestServer *s)
{
    return s->url;
}

static const char *kept(MailTestServer *s, GPtrArray *list, size_t i)
{
    g_mutex_lock(&s->lock);
    const char *found = i < list->len ? list->pdata[i] : NULL;
    g_mutex_unlock(&s->lock);
    return found;
}

size_t mail_test_server_count(MailTestServer *s)
{
    g_mutex_lock(&s->lock);
    size_t n = s->messages->len;
    g_mutex_unlock(&s->lock);
    return n;
}

const char *mail_test_server_message(MailTestServer *s, size_t i)
{
    return kept(s, s->messages, i);
}

const char *mail_test_server_sender(MailTestServer *s, size_t i)
{
    return kept(s, s->senders, i);
}

const char *mail_test_server_recipient(MailTestServer *s, size_t i)
{
    return kept(s, s->recipients, i);
}

const char *mail_test_server_complaint(MailTestServer *s)
{
    g_mutex_lock(&s->lock);
    const char *what = s->complaint;
    g_mutex_unlock(&s->lock);
    return what;
}
