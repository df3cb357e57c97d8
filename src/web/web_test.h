/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* web_test.h: pages asked for without a socket: routes, a database, somebody who asks, and the answer as text.
 *
 *     PageTest p;
 *     page_test_open(&p, store_test, (const Route *const[]){press_routes, NULL});
 *     page_test_as(&p, &(Actor){.id = 7, .name = "Renata", .rights = 1u << LOGIN | 1u << RIGHT_EDIT});
 *     const PageAnswer *a = page_test_get(&p, "/mesa/comunicados?tema=obras");
 *     g_assert_cmpint(a->status, ==, 200);
 *     page_test_close(&p);
 *
 * The request goes through the exchange as from a socket: path, cookie or token, right, CSRF, body, format,
 * fault.  GET reads with a reading connection, POST writes in a transaction that is committed.  p.site may be
 * filled further (panels, menus) before the first request.  Answers live until page_test_close(). */
#pragma once
#include "store/store_test.h"
#include "web/exchange.h"

typedef struct PageAnswer {
    int status;
    const char *body; /* terminated */
    size_t size;
    const Header *headers;
    size_t header_count;
    const char *cache_key, *channel; /* of an event stream */
    u64 queries;
    size_t arena_bytes;
} PageAnswer;

typedef struct PageTest {
    Site site;
    City city;               /* a copy of the store's: base_url may be changed */
    Actor actor;             /* who asks; id 0: nobody */
    StoreTest *store;
    Db *reader;
    Arena *kept;             /* the answers */
    bool commit_fails;       /* the next commit does, once */
} PageTest;

/* Everything about one request; what is left out is as a browser would send it. */
typedef struct PageAsk {
    const char *method;      /* "GET" */
    const char *target;      /* "/agenda?mes=2022-07" */
    const char *type;        /* Content-Type; NULL: a form, when there is a body */
    const char *body;
    size_t body_size;        /* 0: strlen */
    size_t chunk;            /* how many bytes at once; 0: all */
    Header headers[12];      /* added to and going before the usual ones; value "" leaves a usual one out */
    bool program;            /* token instead of cookie, JSON wanted */
    bool no_csrf;            /* the hidden field is not added */
} PageAsk;

void page_test_open(PageTest *p, StoreTest *store, const Route *const *routes);
void page_test_close(PageTest *p);
void page_test_as(PageTest *p, const Actor *actor); /* NULL: nobody */

const PageAnswer *page_test_get(PageTest *p, const char *target);
const PageAnswer *page_test_post(PageTest *p, const char *target, const char *form);    /* a browser, with its CSRF token */
const PageAnswer *page_test_json(PageTest *p, const char *target);                      /* a program reads */
const PageAnswer *page_test_send_json(PageTest *p, const char *target, const char *json); /* a program writes */
const PageAnswer *page_test_ask(PageTest *p, const PageAsk *ask);
const PageAnswer *page_test_status(const PageAnswer *a, int status); /* that answer; fails with its text when it has another status */
/* As that person from here on, with that status. */
const PageAnswer *page_test_get_as(PageTest *p, const Actor *who, const char *target, int status);
const PageAnswer *page_test_post_as(PageTest *p, const Actor *who, const char *target, const char *form, int status);
const PageAnswer *page_test_send_as(PageTest *p, const Actor *who, const char *target, const char *json, int status);
const char *page_test_header(const PageAnswer *a, const char *name); /* NULL without */
int page_test_header_count(const PageAnswer *a, const char *name);
const char *page_test_csrf(PageTest *p); /* the token that a form of this person carries */

/* Fails when the page is not one that everybody can use: exactly one h1, ids once, every label, aria-labelledby,
 * aria-describedby and #link leads to an id, images have an alt, nothing inline. */
#define assert_page_sound(answer) page_test_sound(answer, __FILE__, __LINE__)
void page_test_sound(const PageAnswer *a, const char *file, int line);

#define assert_has(answer, text) page_test_has(answer, text, true, __FILE__, __LINE__)
#define assert_has_not(answer, text) page_test_has(answer, text, false, __FILE__, __LINE__)
void page_test_has(const PageAnswer *a, const char *text, bool wanted, const char *file, int line);
