/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net.h: outgoing HTTP that cannot be tricked into the inside network.
 *
 * Somebody types an address, or a stranger's server names one, and this program asks it.  So that nobody
 * reaches through us what only we can reach:
 *   - only http and https, without user and password; ports 80, 443 and those from 1024 (below 1024
 *     live mail, shells and printers, which must not read what we send);
 *   - the check is on the address of each socket right before it connects: a name that leads elsewhere a
 *     moment later (DNS rebinding), a redirect and every odd spelling (0x7f.1, ::ffff:127.0.0.1) end there.
 *     Asked are public addresses only: none of the IANA special-purpose registries (RFC 6890: loopback,
 *     private, link-local, carrier-grade NAT, documentation, multicast…), IPv6 within 2000::/3 and
 *     not 6to4 or Teredo; 64:ff9b::/96 (NAT64) as the IPv4 address inside of it;
 *   - redirects are followed here, one by one, each one judged like the first; from https never to http;
 *   - the environment's proxies, .netrc and cookies are left alone; TLS is 1.2 or later and verified;
 *   - what comes back is bounded while it streams: head 64 KB, body max_bytes, packed or not.
 *
 * inside_allowed, for tests and for an office whose calendar server stands in the house, opens loopback,
 * 10/8, 172.16/12, 192.168/16, 100.64/10 and fc00::/7; never link-local (a cloud's metadata) or the rest.
 *
 * Thread-safe.  It waits for strangers: call it in a job's prepare, never inside a transaction. */
#pragma once
#include "base/ctx.h"

#define NET_TIMEOUT (10 * CLOCK_SECOND)
enum {
    NET_BYTES_MAX = 1024 * 1024,
    NET_BYTES_CAP = 64 * 1024 * 1024,
    NET_HEAD_MAX = 64 * 1024,
    NET_REDIRECTS_MAX = 10
};

typedef struct NetRequest {
    const char *method;         /* NULL: GET, or POST when there is a body */
    const char *url;            /* UTF-8; what follows a # is not sent */
    const char *const *headers; /* "If-None-Match: \"a\"", NULL-terminated; NULL: none */
    Bytes body;
    i64 max_bytes;  /* of the unpacked body, up to NET_BYTES_CAP; 0: NET_BYTES_MAX */
    i64 timeout_us; /* for all of it, redirects included; 0: NET_TIMEOUT */
    int redirects;  /* how many are followed, of GET and HEAD only; 0: a redirect is the answer */
    bool inside_allowed;
} NetRequest;

/* In ctx's arena. Any status is an answer, 404 and 500 too. Texts are UTF-8 without controls; NULL:
 * absent, or not such a text. A body may hold any bytes, and is never NULL. */
typedef struct NetAnswer {
    int status;
    const char *type, *etag, *last_modified, *location, *retry_after; /* as they came */
    const char *final_url; /* that answered; the others are this answer's */
    Bytes body;
} NetAnswer;

/* False, with a sentence that says what was wrong and the cure: FAULT_INVALID when the address may not be
 * asked; FAULT_TOO_LARGE when the answer is; FAULT_BUSY when there was no whole answer: the name is unknown,
 * nobody listens, too slow, no valid certificate, too many redirects.
 * On another host, port or scheme only Accept, Accept-Language, If-… and User-Agent are repeated. */
CHECKED bool net_fetch(Ctx *ctx, const NetRequest *req, NetAnswer *answer_out);

/* For a form, before anything is asked: the same judgement as far as the text goes. FAULT_INVALID. */
CHECKED bool net_url_check(Ctx *ctx, const char *url, bool inside_allowed);
