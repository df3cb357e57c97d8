/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site.h: everything that app hangs into web: filled once at start, read-only after. */
#pragma once
#include "store/vault.h"
#include "store/writer.h"
#include "web/frame.h"
#include "web/page.h"
#include "web/panel.h"

typedef enum { CREDENTIAL_SESSION, CREDENTIAL_TOKEN } Credential;

typedef struct WebSettings {
    const char *listen;          /* "127.0.0.1:8080", "[::1]:0", "unix:/run/vocero/web.sock" */
    const char *proxies;         /* addresses whose X-Forwarded-For and -Proto count, separated by spaces; "" none; "unix" */
    int threads;                 /* 0: one a core, at most 8 */
    i64 cache_max;               /* bytes of public pages in memory */
    i64 address_per_minute;      /* requests an address may make that are not answered from memory */
    i64 account_per_minute;
    i64 head_deadline;           /* us: a request's head must be there */
    i64 body_rate;               /* bytes a second that an upload must bring on average, after 10 s */
    i64 idle;                    /* us between requests */
    int connections;             /* at once */
    int connections_per_address;
    const char *metrics_token;   /* NULL: /metrics for loopback only */
} WebSettings;

typedef struct Site {
    const City *city;            /* by site_city(): settings may be loaded again while it serves */
    WebSettings settings;
    const char *db_url;
    const char *data;            /* the data folder */
    Writer *writer;
    Vault *vault;
    struct Media *media;         /* media/media.h: who works on pictures; NULL: nobody (tests) */
    const Route *const *routes;  /* NULL-ended list of {0}-ended tables */
    const Panel *const *panels;  /* NULL-ended list of {0}-ended tables */
    const MenuItem *desk_menu, *site_menu; /* {0}-ended */
    const MenuItem *desk_create;           /* what the plus in the telephone's bar begins, {0}-ended: one is a link, more are a choice; NULL: no plus */
    /* The person behind a session or a token, given its SHA-256 in hex; false when there is none. Sets the actor
     * (in ctx's arena).  Session: also notes that it was used, at most once a minute, through the writer. */
    bool (*who)(Ctx *ctx, Credential kind, const char *hash, Actor *actor_out);
    void (*seen)(const struct Site *site, const Actor *actor); /* its session or token was used; may be NULL */
    /* A path that no route has, without a slash at its end: where that page lives now (a path of ours); NULL: nowhere.
     * May be NULL; ctx has a reading connection. */
    const char *(*moved)(Ctx *ctx, const char *path);
    void (*look)(Ctx *ctx, FrameLook *look_out); /* may be NULL */
    const char *right_names[64]; /* for messages, OpenAPI and vocero routes */
    const char *version;
    struct PageCache *cache;     /* web's own, made by server_start */
    struct Live *live;
    struct Server *server;       /* set by server_start() */
    struct Router *router;
    unsigned char secret[32];    /* of this data folder: cursors, csrf of the login form */
    const struct SealKey *seal_key; /* store/seal.h: the city's signature on what it publishes; NULL: none, then nothing is signed */
} Site;

static inline const City *site_city(const Site *site)
{
    return __atomic_load_n(&site->city, __ATOMIC_ACQUIRE);
}

/* The city before lives on for the requests that began with it. */
static inline void site_set_city(Site *site, const City *city)
{
    __atomic_store_n(&site->city, city, __ATOMIC_RELEASE);
}
