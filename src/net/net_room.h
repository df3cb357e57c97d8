/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_room.h: what net_*.c tell each other; private to the folder. */
#pragma once
#include "net/net.h"

#include <curl/curl.h>
#include <sys/socket.h>

/* ---- net_address.c ---- */
/* May a socket connect to it? */
bool net_address_allowed(const struct sockaddr *address, bool inside_allowed);
/* The same of an address written in digits, "10.0.0.1" or "[::1]"; true for a name, which is judged when it is known. */
bool net_literal_allowed(const char *host, bool inside_allowed);
void *net_inside_fault(Ctx *ctx, const char *host);

/* ---- net_url.c: addresses live in ctx's arena; NULL with a fault when one may not be asked ---- */
CURLU *net_url_read(Ctx *ctx, const char *url, bool inside_allowed);
CURLU *net_url_next(Ctx *ctx, CURLU *from, const char *location, bool inside_allowed);
const char *net_url_part(Arena *a, CURLU *url,
                         CURLUPart part); /* "" when there is none; the port always */
bool net_url_same_origin(Arena *a, CURLU *one, CURLU *two);

/* ---- net_hop.c: one request, one answer, no redirect ---- */
typedef struct NetHop {
    const NetRequest *req;
    CURLU *url;
    bool follow;  /* a redirect's body is not wanted */
    bool foreign; /* not where the caller sent its headers to */
    i64 deadline; /* of clock_monotonic() */
} NetHop;
CHECKED bool net_hop(Ctx *ctx, const NetHop *hop, NetAnswer *answer_out);
bool net_redirects(const NetAnswer *answer);
