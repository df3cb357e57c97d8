/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_metrics.c: figures as Prometheus' text format 0.0.4 wants them. */
#include "web/server_room.h"

typedef struct Sums {
    u64 statuses[6], latency[HISTOGRAM + 1], latency_us, from_memory, arena_max;
} Sums;

static u64 get(const _Atomic u64 *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static Sums sums(Server *s)
{
    Sums all = {0};
    pthread_mutex_lock(&s->lock);
    for (const Lane *lane = s->lanes; lane; lane = lane->next) {
        for (size_t i = 0; i < COUNT(all.statuses); i++)
            all.statuses[i] += get(&lane->statuses[i]);
        for (size_t i = 0; i < COUNT(all.latency); i++)
            all.latency[i] += get(&lane->latency[i]);
        all.latency_us += get(&lane->latency_us);
        all.from_memory += get(&lane->from_memory);
        if (get(&lane->arena_max) > all.arena_max)
            all.arena_max = get(&lane->arena_max);
    }
    pthread_mutex_unlock(&s->lock);
    return all;
}

static void figure(Buf *out, const char *name, const char *kind, const char *help, u64 value)
{
    buf_printf(out, "# HELP vocero_%s %s\n# TYPE vocero_%s %s\nvocero_%s %" PRIu64 "\n", name, help,
               name, kind, name, value);
}

static void write_requests(Buf *out, const Sums *all)
{
    buf_text(out, "# HELP vocero_requests_total Answers by class of status.\n# TYPE "
                  "vocero_requests_total counter\n");
    for (int i = 1; i < 6; i++)
        buf_printf(out, "vocero_requests_total{class=\"%dxx\"} %" PRIu64 "\n", i, all->statuses[i]);
    figure(out, "requests_from_memory_total", "counter", "Answers that were ready in memory.",
           all->from_memory);
}

static void write_latency(Buf *out, const Sums *all)
{
    static const char *const bounds[HISTOGRAM] = {
        "0.001", "0.002", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "5"};
    u64 total = 0;
    buf_text(
        out,
        "# HELP vocero_request_seconds Time to the answer of requests not answered from memory.\n"
        "# TYPE vocero_request_seconds histogram\n");
    for (int i = 0; i < HISTOGRAM; i++) {
        total += all->latency[i];
        buf_printf(out, "vocero_request_seconds_bucket{le=\"%s\"} %" PRIu64 "\n", bounds[i], total);
    }
    total += all->latency[HISTOGRAM];
    buf_printf(out, "vocero_request_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n", total);
    buf_printf(out, "vocero_request_seconds_sum %.6f\nvocero_request_seconds_count %" PRIu64 "\n",
               (double)all->latency_us / 1e6, total);
}

static void write_cache(Buf *out, const PageCache *cache)
{
    CacheFigures f = cache_figures(cache);
    figure(out, "cache_hits_total", "counter", "Public pages given from memory.", f.hits);
    figure(out, "cache_misses_total", "counter", "Public pages rendered.", f.misses);
    figure(out, "cache_waits_total", "counter", "Requests that waited for another one's rendering.",
           f.waits);
    figure(out, "cache_evictions_total", "counter", "Pages that had to make room.", f.evictions);
    figure(out, "cache_generation", "counter", "Commits that changed something public.",
           f.generation);
    figure(out, "cache_bytes", "gauge", "Bytes of pages in memory.", (u64)f.bytes);
    figure(out, "cache_pages", "gauge", "Pages in memory.", (u64)f.entries);
}

static void write_connections(Buf *out, Server *s)
{
    pthread_mutex_lock(&s->lock);
    int open = s->open;
    pthread_mutex_unlock(&s->lock);
    figure(out, "connections", "gauge", "Connections open now.", (u64)open);
    figure(out, "connections_turned_away_total", "counter", "Connections over the limits.",
           get(&s->turned_away));
    figure(out, "connections_cut_total", "counter", "Connections ended because they were too slow.",
           get(&s->cut));
    figure(out, "requests_refused_total", "counter", "Requests with a malformed head.",
           get(&s->refused));
    figure(out, "requests_limited_total", "counter",
           "Requests over an address's or account's limit.", get(&s->limited));
    figure(out, "viewers", "gauge", "Viewers of event streams.", live_viewers(s->site->live));
    figure(out, "viewers_cut_total", "counter", "Viewers let go because they did not drain.",
           live_cuts(s->site->live));
    figure(out, "events_total", "counter", "Events published.", live_events(s->site->live));
}

void server_metrics(const Server *s, Buf *out)
{
    Server *open = (Server *)s; /* its lock is no part of what is const */
    Sums all = sums(open);
    write_requests(out, &all);
    write_latency(out, &all);
    write_cache(out, s->site->cache);
    write_connections(out, open);
    if (s->site->writer) {
        figure(out, "writer_waiting", "gauge", "Writes that wait.",
               writer_waiting(s->site->writer));
        figure(out, "writer_commits_total", "counter", "Commits so far.",
               writer_commits(s->site->writer));
    }
    figure(out, "prepare_waiting", "gauge", "Slow preparations that wait.", pool_waiting(s->pool));
    figure(out, "arena_max_bytes", "gauge", "The largest arena of a request so far.",
           all.arena_max);
}
