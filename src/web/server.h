/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server.h: HTTP in: libmicrohttpd behind these few calls.  No other file includes microhttpd.h. */
#pragma once
#include "web/site.h"

typedef struct Server Server;

/* Binds and serves on threads of its own; NULL with why_out when it cannot. Fills site->cache, live, router. */
Server *server_start(Site *site, const char **why_out);
const char *server_address(const Server *s); /* "http://127.0.0.1:8080" with the real port */
/* Takes no new connection, ends streams, finishes what it answers (at most grace us), frees. The writer must still run. */
void server_stop(Server *s, i64 grace); /* NULL is fine */
/* What to do after a commit: cache and viewers. Given to writer_start() through app. */
void server_news(Server *s, const WriterNews *news);
void server_metrics(const Server *s, Buf *out); /* Prometheus text */
bool server_healthy(const Server *s);
