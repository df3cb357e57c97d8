/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* live.h: server-sent events: channels, and thousands of viewers that stand somewhere in them.
 *
 * Each channel keeps its last 256 events for replay by Last-Event-ID; before those the stream's
 * replay() reads from the database.  A comment goes out every 15 s, because proxies end what is
 * silent.  A viewer that does not drain 64 KB is let go and comes back.  Ids of a channel grow.
 * Format: HTML standard, "Server-sent events". */
#pragma once
#include <sys/types.h>
#include "base/buf.h"

typedef struct Live Live;

/* Any thread. data is one JSON value without newlines; the frame is made once for all viewers. */
void live_publish(Live *live, const char *channel, i64 id, const char *event, const char *data);
size_t live_viewers(const Live *live);

/* One event as it goes over the line: what a stream's replay() writes. */
void live_frame(Buf *out, i64 id, const char *event, const char *data);

/* ---- for server_*.c ---- */
enum { LIVE_RING = 256, LIVE_BEHIND_MAX = 64 * 1024 };
#define LIVE_BEAT (15 * (i64)1000000)

typedef struct Viewer Viewer;

/* What the server does with a viewer's socket; called under the channel's lock, so they must not
 * come back here. */
typedef struct LiveHands {
    void (*wake)(void *to); /* there is something to read for one that rests */
    void (*cut)(void *to);  /* it does not drain: end it */
} LiveHands;

Live *live_new(const LiveHands *hands);
void live_free(Live *live); /* after the last viewer left */

/* after: the id of the last event that the viewer saw, or NONE. */
Viewer *live_join(Live *live, const char *channel, i64 after, void *to);
/* Does the ring lack what came after the viewer's id?  Then the server reads that and gives it to
 * live_prepend(). */
bool live_needs_replay(const Viewer *v);
/* Goes out before everything else: copied. Events of the channel in it are not sent twice. */
void live_prepend(Viewer *v, const char *bytes, size_t n);
/* Up to max bytes; 0: nothing now, the viewer rests until it is woken; -1: the stream is over. */
ssize_t live_read(Viewer *v, char *out, size_t max, i64 now);
void live_leave(Viewer *v);

/* Comments to those that heard nothing for 15 s; forgets channels that sleep. */
void live_beat(Live *live, i64 now);
void live_end(Live *live);         /* all streams end; no more may join */
u64 live_events(const Live *live); /* published so far */
u64 live_cuts(const Live *live);   /* viewers let go because they did not drain */
