/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_room.h: what the files of the exchange share; private to them. */
#pragma once
#include "web/exchange.h"
#include "web/form_data.h"
#include "web/multipart.h"
#include "web/negotiate.h"
#include "web/sniff.h"

enum {
    BODY_DEFAULT = 1024 * 1024,    /* when the route says nothing */
    BODY_MEMORY = 4 * 1024 * 1024, /* of fields, whatever the route says: files go to the vault */
    UPLOADS_MAX = 100,
    HEADERS_MAX = 40
};

typedef enum { BODY_NOTHING, BODY_FORM, BODY_JSON, BODY_MULTIPART, BODY_RAW, BODY_SINK } BodyKind;

/* A file on its way into the vault. */
typedef struct Pending {
    VaultWriter *writer;
    Upload upload;
    char first[SNIFF_BYTES];
    size_t first_size;
} Pending;

typedef struct Own {
    /* the body */
    BodyKind kind;
    i64 body_max, received;
    i64 memory_used;
    Buf *memory;             /* of a form or JSON whole; of multipart the field that is being read */
    Multipart *multipart;
    const char *field;       /* the multipart field that is being read; NULL: a file, or nothing */
    Pending *pending[UPLOADS_MAX];
    size_t pending_count;
    Pending *file;           /* that is being read */

    /* who */
    bool program;            /* came with a Bearer token, or wants data */
    const char *token;       /* the session's */

    /* the answer */
    int refused_status;      /* when the fault's own would not fit: 405, 406, 414, 415 */
    bool answered;           /* status, headers and body were made during the run */
    bool redraw;             /* the next run draws the form again */
    Fault fault;             /* that made it be drawn again */
    bool head_is_read;
    size_t kept_headers;     /* those of the head: they stay when the page becomes a fault */
    const char *key, *fingerprint; /* of Idempotency-Key; NULL without */
    u64 queries;
} Own;

/* exchange_parts.c */
bool refuse_with(Exchange *ex, int status);  /* false, so that callers may return it */
void respond_body(Exchange *ex, int status, const char *type, const char *bytes, size_t n); /* type NULL: none */
void respond_redirect(Exchange *ex, int status, const char *where);
void respond_buf(Exchange *ex, int status, const char *type, Buf *buf); /* FAULT_TOO_LARGE when it outgrew its room */
void respond_named(Exchange *ex, const char *how, const char *filename); /* how: "attachment", "inline" */
void page_begin(Exchange *ex);
void page_draw(Exchange *ex);                /* a new page, by the route's handler */
bool page_is_whole(Exchange *ex);            /* false with a fault */

/* exchange_head.c: what is known before the body */
bool head_read(Exchange *ex);

/* session.c */
const char *session_bearer(const Exchange *ex); /* the token of Authorization: Bearer; NULL without */
bool session_identify(Exchange *ex);         /* sets the actor; false with a fault: a token that is none */
bool session_may(Exchange *ex);              /* the route's right; false: answered, or a fault */
bool session_from_here(Exchange *ex);        /* Sec-Fetch-Site and Origin of a POST */
bool session_token_fits(Exchange *ex);       /* the CSRF token of a cookie's POST */
const char *session_csrf(Ctx *ctx, const Site *site, const char *token);
void session_cookies(Exchange *ex);          /* Set-Cookie of what the page wants */
void session_notice(Exchange *ex);           /* a notice that was left for this page */

/* exchange_body.c */
bool body_begin(Exchange *ex);
bool body_keep_files(Exchange *ex);

/* idempotency.c */
bool idempotency_begin(Exchange *ex);        /* reads the header */
bool idempotency_replay(Exchange *ex);       /* true: the first answer is the answer again, or a fault */
bool idempotency_keep(Exchange *ex);         /* false with a fault */

/* exchange_data.c */
enum { DATA_MAX = 8 * 1024 * 1024 };         /* of an answer in JSON or CSV */
void respond_json(Exchange *ex, int status);
void respond_table(Exchange *ex);

/* exchange_respond.c */
void respond_page(Exchange *ex);             /* the page as it was asked for; may fault */
void respond_fault(Exchange *ex);
void respond_finish(Exchange *ex);           /* the headers of every answer, and 304 */
