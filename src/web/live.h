/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* live.h: server-sent events: thousands of viewers on suspended connections.
 *
 * Each channel keeps its last 256 events for replay by Last-Event-ID; before those the stream's
 * replay() reads from the database.  A comment goes out every 15 s, because a vanished client is
 * noticed only when something is sent.  A viewer that does not drain 64 KB is let go and comes back. */
#pragma once
#include "base/base.h"

typedef struct Live Live;

/* Any thread. data is one JSON value without newlines; the frame is made once for all viewers. */
void live_publish(Live *live, const char *channel, i64 id, const char *event, const char *data);
size_t live_viewers(const Live *live);
