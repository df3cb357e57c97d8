/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test_server.h: a small HTTP server on a free port of 127.0.0.1 that behaves as badly as its path says.
 *
 * /ok (a calendar, ETag "seven")     /status/503           /echo (the request's own head and body)
 * /chain/3 (three redirects to /ok)  /to?ADDRESS           /to/307?ADDRESS
 * /large  /large-packed (a gzip bomb)  /empty-packed (gzip that goes on and holds nothing)  /head (without an end)
 * /slow (a byte at a time)  /silent  /cut (ends too early)  /late-head (103, then 200, and a trailer)  /odd (headers that are no texts) */
#pragma once
#include "base/base.h"

typedef struct NetTestServer NetTestServer;

NetTestServer *net_test_server_start(void);
void net_test_server_stop(NetTestServer *server);
int net_test_server_port(const NetTestServer *server);
int net_test_server_asked(NetTestServer *server); /* how many connections came so far */
