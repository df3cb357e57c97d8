/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail.h: one message out: composed as MIME, handed to the city's own mail server.
 *
 * A message is text/plain in UTF-8, quoted-printable, without attachments: what newsrooms ask for.  Its Message-ID is the
 * caller's, so that a message that goes out a second time (the program died between the server's yes and our note of it) is
 * the same message, and mailboxes that look keep one.  Undeliverable mail comes back to an address of its own for each
 * message (VERP): rebotes+TAG@city.example.
 *
 * The server is the operator's setting: no address that somebody typed at the desk is ever connected to.  smtp:// wants STARTTLS
 * and a certificate that holds, but for a server on this machine itself; smtps:// is TLS from the first byte.
 *
 * Thread-safe.  It waits for the server: call it in a job's prepare, never inside a transaction. */
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

#define MAIL_TIMEOUT (60 * CLOCK_SECOND)
enum { MAIL_MAX = 1024 * 1024 }; /* bytes of a whole message */

typedef struct Mail {
    const char *to, *to_name;   /* to_name may be NULL */
    const char *from_name;      /* NULL: the city's office */
    const char *subject, *text; /* one line; lines end in \n */
    const char *id;             /* of Message-ID, without the brackets: x@host */
    const char *tag;            /* [a-z0-9-]: part of the address that undeliverable mail comes back to; NULL: none */
    const char *leave;          /* an https address that takes the reader off the list: GET asks, POST does (RFC 8058); NULL: no list */
    i64 at;                     /* Date */
} Mail;

typedef enum {
    MAIL_SENT,     /* the server took it */
    MAIL_REFUSED,  /* never: as it stands, trying again will not help */
    MAIL_LATER     /* not now: busy, away, greylisted, or our own settings are wrong */
} MailOutcome;

typedef struct MailReceipt {
    MailOutcome outcome;
    bool bad_address;   /* refused because nobody has this address; what a policy refuses says nothing of the address */
    const char *answer; /* what the server said, in one line */
} MailReceipt;

bool mail_is_set_up(const City *city);
/* x@host for Message-ID, where host is that of the city's sender, made of words that stay the same when it is tried again. */
const char *mail_id(Ctx *ctx, const char *words);
/* The whole message, CRLF. FAULT_INVALID when an address is none; FAULT_TOO_LARGE past MAIL_MAX. */
CHECKED bool mail_compose(Ctx *ctx, const Mail *mail, Bytes *out);
/* Where it comes back to: MAIL FROM. */
const char *mail_sender(Ctx *ctx, const Mail *mail);
/* False only after a fault: mail is not set up, or cannot be composed. */
CHECKED bool mail_send(Ctx *ctx, const Mail *mail, MailReceipt *receipt_out);
