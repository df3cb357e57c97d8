/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framing.h: is a request's head one that every server on its way reads alike?
 *
 * libmicrohttpd 0.9.75 accepts what proxies read differently (two lengths, a length beside chunks,
 * a NUL in a value), and requests are smuggled through such differences.  Here they are refused
 * before a body is read.  Pure functions over what the parser left behind; rules of RFC 9110 5 and
 * RFC 9112. */
#pragma once
#include "web/exchange.h"

enum { FRAMING_HEADERS_MAX = 100, FRAMING_TARGET_MAX = 4096 };

/* What follows the head. */
typedef struct FramingBody {
    bool any;     /* a body is announced, be it empty */
    bool chunked;
    i64 length;   /* NONE: not said */
    bool expects; /* Expect: 100-continue: the client asks before it sends */
} FramingBody;

/* Each gives NULL when all is well, else a short English sentence and its status (4xx or 5xx). */
const char *framing_wrong(const Header *headers, size_t n, bool http11, FramingBody *body_out,
                          int *status_out);
const char *framing_line_wrong(const char *method, const char *target, const char *version,
                               int *status_out);

/* libmicrohttpd before 1.0 cuts a value at a NUL and glues folded lines without saying so.  It
 * parses in place, so the pieces betray it: first..end are the header lines' bytes as it left them
 * (each colon and line end turned into NULs); every byte must belong to a name, a colon, blanks, a
 * value or a line end. */
bool framing_seamless(const char *first, const char *end, const Header *headers, size_t n);
