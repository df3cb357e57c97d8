/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange.h: one HTTP request and its answer, knowing nothing of libmicrohttpd; private to web/.
 *
 * server.c owns sockets, threads, deadlines, memory of pages; it carries an exchange through:
 *
 *   exchange_open()   head is there: finds the route, checks framing, limits, who asks, the right.
 *                     Afterwards ex->stage says what comes: a body, a run, or the answer already.
 *   exchange_body()   bytes as they come: form fields into memory, files into the vault
 *   exchange_closed() the body is whole
 *   exchange_prepare() STAGE_PREPARE, on a thread that may wait: fsync of uploads, the route's prepare;
 *                     of a route that only reads STAGE_READ follows
 *   exchange_run()    STAGE_READ on any thread with a reading connection; STAGE_WRITE as a writer's job.
 *                     A refused write whose form is to be drawn again leaves STAGE_READ behind: once its
 *                     writing is taken back, run it again with a reading connection.
 *   exchange_answer() STAGE_ANSWER: status, headers and bytes are ready
 *   exchange_free()
 *
 * After each call ex->stage says which call comes next; after exchange_open() it may be any but
 * STAGE_STREAM, which a run leaves behind: page.stream names the channel, the answer has no body.
 * When a commit failed, ex->ctx.fault says so and exchange_answer() answers that instead of the page.
 *
 * An answer that may be kept (cache_key) is always a whole 200: whoever keeps it asks
 * exchange_not_modified() for each request; all others have become a 304 in exchange_answer() already.
 * The answer to HEAD still has its body, so that its size is known; it is not sent. */
#pragma once
#include "base/id.h"
#include "web/site.h"

typedef enum { STAGE_BODY, STAGE_PREPARE, STAGE_READ, STAGE_WRITE, STAGE_STREAM, STAGE_ANSWER } Stage;

typedef struct Header {
    const char *name, *value;
} Header;

typedef struct Exchange {
    /* in: filled by server.c before exchange_open(); texts live as long as the exchange */
    const Site *site;
    Ctx ctx;                     /* arena of its own; db is set by whoever runs it */
    const char *method;
    const char *target;          /* the raw path of the request line, still percent-encoded, without the query */
    const char *query;           /* raw, without ?; NULL when there is none */
    const Header *headers;       /* as they came, in order */
    size_t header_count;
    const char *peer;            /* address of the socket's other end; "unix" */
    i64 began;                   /* monotonic us */
    char request_id[ID_TEXT + 1];

    /* between */
    Stage stage;
    Request request;             /* address may be set before exchange_open(); else it is the peer's */
    Page page;
    const Route *route;          /* NULL: none found */
    bool is_head;
    bool cookie_login;           /* who asks came by cookie: CSRF is checked */
    const char *cache_key;       /* a public page that may come from memory; NULL: may not */
    void *own;                   /* exchange.c's */

    /* out */
    int status;
    Header *out;                 /* without Content-Length, Connection, Date */
    size_t out_count;
    Bytes body;                  /* in the arena */
    const char *etag;            /* strong, quoted; also among the headers */
    bool close;                  /* the connection ends after the answer */
} Exchange;

void exchange_open(Exchange *ex, Db *reader);
bool exchange_body(Exchange *ex, const char *bytes, size_t n); /* false: stop reading, the answer is ready */
void exchange_closed(Exchange *ex);
void exchange_prepare(Exchange *ex, Db *reader);
bool exchange_run(Exchange *ex); /* ex->ctx.db is set; false: take back what was written */
void exchange_answer(Exchange *ex); /* after the commit, or its failure in ex->ctx.fault */
void exchange_free(Exchange *ex);
const char *exchange_header(const Exchange *ex, const char *name); /* any case; NULL */
void exchange_log(const Exchange *ex, i64 bytes); /* the request's line */
/* Does If-None-Match or If-Modified-Since say that the reader has this already?  modified 0: not known. */
bool exchange_not_modified(const Exchange *ex, const char *etag, i64 modified);
void exchange_refuse(Exchange *ex, FaultKind kind, const char *msgid); /* the server's own no (limits); then exchange_answer() */
/* A name or value that could break the head is left out and logged as an error. */
void exchange_add_header(Exchange *ex, const char *name, const char *value);
