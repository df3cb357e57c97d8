/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ctx.h: who is asking, in which memory, of which city, and what went wrong first.
 *
 * A Ctx goes first into every function that can fail or allocate.  There are no globals.  The
 * first fault wins: after it reads come back empty and writes refuse, so a rule may be written
 * straight down and looked at once at its end. */
#pragma once
#include "base/arena.h"
#include "base/clock.h"
#include "base/words.h"

typedef struct Db Db;

typedef enum {
    FAULT_NONE,
    FAULT_NOT_FOUND,   /* 404 */
    FAULT_GONE,        /* 410 */
    FAULT_LOGIN,       /* 401, or the way to the login page */
    FAULT_FORBIDDEN,   /* 403 */
    FAULT_INVALID,     /* 422, with the field */
    FAULT_MALFORMED,   /* 400: not even a request or a file of the promised kind */
    FAULT_CONFLICT,    /* 409: somebody else was first, or the state does not allow it */
    FAULT_STALE,       /* 412: If-Match or version speaks of an older record */
    FAULT_TOO_LARGE,   /* 413 */
    FAULT_UNSUPPORTED, /* 415 or 406: a type that this address does not take or give */
    FAULT_LOCKED,      /* 423: somebody else is at it just now */
    FAULT_DAMAGED,     /* 460: what came is not what was sent (tus.io, checksum) */
    FAULT_TOO_MANY,    /* 429 */
    FAULT_BUSY,        /* 503: try again */
    FAULT_FULL,        /* 507: the disk is; what came before is kept */
    FAULT_BROKEN,      /* 500: our defect or the disk's; the reader gets no detail, the log does */
    FAULT_COUNT
} FaultKind;

extern const Word fault_words[]; /* "not_found", "forbidden"… as JSON spells them */

typedef struct Fault {
    FaultKind kind;
    const char *what;  /* a sentence in the actor's language: what was wrong and what would be right */
    const char *where; /* file:line, for the log */
    const char *field; /* the form field it is about, or NULL */
} Fault;

/* Who asks.  Nobody (a citizen without a session) is the actor with id 0 and no rights; it is
 * never NULL.  The system itself (jobs, the command line) is SYSTEM with every right. */
typedef struct Actor {
    i64 id;
    const char *name; /* as the journal and the screens show it */
    u64 rights;       /* a bit for each Right of desks/people/people.h */
    Tongue tongue;
    i64 area;         /* where the person works, or 0 */
    i64 session;      /* the login, or 0 */
    i64 token;        /* the program's token, or 0 */
    i64 seen_at;      /* when the session or token was last noted as used; 0 without */
    bool reads_only;  /* a token that may GET only */
} Actor;

extern const Actor actor_nobody; /* id 0, no rights, Spanish */
extern const Actor actor_system; /* id 0, every right, "Vocero" */

/* How mail leaves; smtp NULL: it does not. */
typedef struct CityMail {
    const char *smtp;     /* smtp://host:587 (STARTTLS, but for this machine itself) or smtps://host:465 */
    const char *user, *password;
    const char *from;     /* the address that mail comes from */
    const char *bounces;  /* where undeliverable mail goes; NULL: from */
} CityMail;

/* What is the same for every request: from the settings, read-only. */
typedef struct City {
    const char *name;     /* "San Luis Potosí" */
    const char *office;   /* "Comunicación Social del Ayuntamiento" */
    const Zone *zone;
    const char *base_url; /* without a trailing slash: "https://vocero.example" */
    bool four_eyes;       /* author and approver must differ */
    i64 uncovered_lead;   /* how long before an event that nobody covers the desk is told, us; 0: two days */
    bool net_inside;      /* addresses of the inside network may be fetched too: net/net.h */
    const char *hub;      /* WebSub hub that is told when feeds change; NULL: none */
    int signing_rank;     /* the lowest rank of a post that signs reports; 0: 1, the highest */
    CityMail mail;
} City;

typedef struct Ctx {
    Arena *arena;
    Db *db;
    const Actor *actor;
    const City *city;
    i64 now; /* one instant for the whole request */
    Fault fault;
} Ctx;

/* Records the first fault and returns NULL, which is also false. The text is translated before it is
 * formatted: fault(ctx, FAULT_CONFLICT, "the coverage is %s, not %s", a, b). */
void *fault_at(Ctx *ctx, const char *where, FaultKind kind, const char *field, const char *fmt, ...)
    PRINTF(5, 6);
#define LINE_TEXT2(n) #n
#define LINE_TEXT(n)  LINE_TEXT2(n)
#define fault(ctx, kind, ...) fault_at(ctx, __FILE__ ":" LINE_TEXT(__LINE__), kind, NULL, __VA_ARGS__)
#define fault_field(ctx, field, ...) \
    fault_at(ctx, __FILE__ ":" LINE_TEXT(__LINE__), FAULT_INVALID, field, __VA_ARGS__)
/* NULL, or what a person may have written: it can be shown, and text_fits(); else FAULT_INVALID on the field. */
CHECKED bool check_text(Ctx *ctx, const char *field, const char *text, size_t max);
bool faulted(const Ctx *ctx);
Fault fault_take(Ctx *ctx); /* gives the fault and clears it: for the one place that answers it */

const char *say(const Ctx *ctx, const char *msgid) FORMAT_ARG(2);
const char *say_n(const Ctx *ctx, const char *one, const char *many, i64 n) FORMAT_ARG(2) FORMAT_ARG(3);
const char *say_word(const Ctx *ctx, const Word *words, int value);

/* One turn of a loop over many records: ctx allocates from an arena of its own until the end of the
 * block; a fault that happened inside is kept in the outer arena.
 *     Lap lap CLEANUP(lap_end) = lap_begin(ctx); */
typedef struct Lap {
    Ctx *ctx;
    Arena *outer;
} Lap;
CHECKED Lap lap_begin(Ctx *ctx);
void lap_end(Lap *lap);
