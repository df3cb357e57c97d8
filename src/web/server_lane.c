/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_lane.c: what each thread has of its own, made when it first needs it. */
#include "web/server_room.h"
#include <stdlib.h>

/* Upper bounds in milliseconds; the last bucket has none. */
static const i64 bounds[HISTOGRAM] = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000};

Lane *lane_here(Server *s)
{
    Lane *lane = pthread_getspecific(s->lane_key);
    if (lane)
        return lane;
    lane = calloc(1, sizeof *lane);
    lane->server = s;
    pthread_setspecific(s->lane_key, lane);
    pthread_mutex_lock(&s->lock);
    lane->next = s->lanes;
    s->lanes = lane;
    pthread_mutex_unlock(&s->lock);
    return lane;
}

Db *lane_reader(Lane *lane)
{
    const char *why = NULL;
    if (!lane->reader && lane->server->site->db_url)
        lane->reader = db_open(lane->server->site->db_url, DB_READ, &why);
    if (why)
        log_line(LOG_ERROR, "reader_not_opened", LOG_T("why", why));
    return lane->reader;
}

/* Only this thread writes here, so there is nothing to lose between the two. */
static void add(_Atomic u64 *counter, u64 n)
{
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
                          memory_order_relaxed);
}

static int class_of(int status)
{
    return status >= 100 && status < 600 ? status / 100 : 0;
}

void lane_count(Lane *lane, int status, i64 us)
{
    int i = 0;
    while (i < HISTOGRAM && us > bounds[i] * 1000)
        i++;
    add(&lane->statuses[class_of(status)], 1);
    add(&lane->latency[i], 1);
    add(&lane->latency_us, (u64)us);
}

void lane_hit(Lane *lane, int status)
{
    add(&lane->statuses[class_of(status)], 1);
    add(&lane->from_memory, 1);
}

/* The threads are gone. */
void lanes_free(Server *s)
{
    while (s->lanes) {
        Lane *lane = s->lanes;
        s->lanes = lane->next;
        db_close(lane->reader);
        free(lane);
    }
}
