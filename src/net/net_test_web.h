/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test_web.h: what a test of net/ asks, and of whom. */
#pragma once
#include "net/net.h"
#include "net/net_test_server.h"

typedef struct Web {
    NetTestServer *server;
    Ctx ctx;
    City city;
    NetRequest req; /* inside, two seconds, 10,000 bytes, no redirects */
    NetAnswer got;
} Web;

void web_set_up(Web *w, const void *unused);
void web_tear_down(Web *w, const void *unused);

const char *web_at(Web *w, const char *path); /* on the server */
void web_fetch(Web *w, const char *url);      /* w->req of url into w->got, which must succeed */
void web_refused(Web *w, const char *url, FaultKind kind);
const char *web_body(Web *w);
