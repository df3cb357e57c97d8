/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_test.h: a real server on a free loopback port, with a few routes, and raw sockets to it.
 *
 *     static void a_rule(TestServer *t, const void *unused) { … }
 *     SERVER_TEST(a_rule);
 *
 * The routes:  GET  /hola          20 kB of public text, from memory
 *              GET  /cuenta        public, from memory: the number of notes; counts its renderings
 *              GET  /viejo         public, from memory, expires after test_expires
 *              GET  /despacio      public, not from memory: takes test_slow us
 *              POST /cuenta        adds a note, in the writer's transaction
 *              POST /falla         writes a note, then faults
 *              POST /preparado     prepare takes test_slow us
 *              POST /subida        a raw body or files into the vault; answers their sizes
 *              GET  /archivo       the file that came in last, from the vault
 *              GET  /pedazos       "uno", that file twelve times, "dos", put together while it is sent; test_still
 *              GET  /flujo         events of the channel "prueba"; replay gives the next one */
#pragma once
#include <glib.h>
#include <stdatomic.h>
#include "store/store_test.h"
#include "web/live.h"
#include "web/server.h"

typedef struct TestServer {
    StoreTest store;
    Site site;
    Server *server;
    int port;
    bool stopped;
} TestServer;

extern atomic_int test_rendered, test_entered;
extern _Atomic i64 test_slow, test_expires;
extern atomic_bool test_still; /* is what /pedazos gives still to be given? */

typedef void ServerTestFunction(TestServer *t, const void *unused);
#define SERVER_TEST(function)                                                      \
    g_test_add("/server/" #function, TestServer, NULL, server_test_open, function, \
               server_test_close)
void server_test_open(TestServer *t, const void *settings); /* WebSettings *, or NULL */
void server_test_close(TestServer *t, const void *unused);
void server_test_stop(TestServer *t, i64 grace);

/* An answer, taken apart. */
typedef struct Reply {
    int status; /* 0: the connection ended without one */
    char *head, *body;
    size_t size; /* of the body */
    bool ended;  /* the other side closed behind it */
} Reply;
void reply_free(Reply *r); /* for CLEANUP(reply_free) */

int test_connect(const TestServer *t);
void test_send(int fd, const char *text);
/* One answer; waits at most 5 s. A body without a length is read to the end of the connection. */
Reply test_reply(int fd, bool head_only);
Reply test_ask(const TestServer *t, const char *request); /* on a connection of its own */
Reply test_get(const TestServer *t, const char *target, const char *more_headers);
char *reply_header(const Reply *r, const char *name); /* g_free; NULL without */
bool test_closed(int fd, i64 within); /* does the other side end the connection in that time? */
