/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* live.c: channels, their rings of frames, and where in them each viewer stands. */
#include "web/live.h"
#include "base/clock.h"
#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define CHANNEL_SLEEP (60 * CLOCK_MINUTE)

typedef struct Frame {
    i64 id;
    size_t size;
    u64 before; /* bytes of the channel ahead of this frame */
    char bytes[];
} Frame;

typedef struct Channel {
    Live *live;
    pthread_mutex_t lock;
    char *name;
    Frame *ring[LIVE_RING]; /* event number n stands at n % LIVE_RING */
    u64 next;               /* number of the next event */
    u64 whole;              /* from this number on the ring has no gap */
    u64 bytes;              /* of all events so far */
    i64 used;               /* monotonic us */
    Viewer *viewers;
} Channel;

struct Viewer {
    Channel *channel;
    void *to;
    Viewer *next, **at; /* among the channel's viewers */
    u64 number;         /* the event it reads next */
    size_t offset;      /* what of that event is sent already */
    i64 after;          /* events up to this id are not for it; NONE: all are */
    i64 heard;          /* monotonic us of the last bytes */
    char *first;        /* goes out before the ring: greeting and replay */
    size_t first_size, first_sent;
    bool resting, beat, gone, needs_replay;
};

struct Live {
    LiveHands hands;
    pthread_mutex_t lock; /* of the table; taken before a channel's */
    GHashTable *channels;
    atomic_bool ended;
    atomic_size_t viewers;
    _Atomic u64 events, cuts;
};

/* ---- frames ---- */

void live_frame(Buf *out, i64 id, const char *event, const char *data)
{
    buf_text(out, "id: ");
    buf_int(out, id);
    buf_text(out, "\nevent: ");
    buf_text(out, event);
    buf_text(out, "\ndata: ");
    buf_text(out, data);
    buf_text(out, "\n\n");
}

static Frame *frame_new(i64 id, const char *event, const char *data)
{
    Arena *a CLEANUP(arena_drop)
    = arena_new(0);
    size_t expected = strlen(event) + strlen(data) + 64;
    Buf *buf = buf_new(a, expected, expected);
    live_frame(buf, id, event, data);
    Frame *f = malloc(sizeof *f + buf_size(buf));
    *f = (Frame){.id = id, .size = buf_size(buf)};
    memcpy(f->bytes, buf_data(buf), f->size);
    return f;
}

/* ---- channels ---- */

static Channel *channel_new(Live *live, const char *name)
{
    Channel *c = calloc(1, sizeof *c);
    c->live = live;
    c->name = strdup(name);
    c->used = clock_monotonic();
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static void channel_free(void *thing)
{
    Channel *c = thing;
    for (int i = 0; i < LIVE_RING; i++)
        free(c->ring[i]);
    pthread_mutex_destroy(&c->lock);
    free(c->name);
    free(c);
}

/* Locked when it comes back, so that it cannot be forgotten meanwhile. */
static Channel *channel_locked(Live *live, const char *name)
{
    pthread_mutex_lock(&live->lock);
    Channel *c = g_hash_table_lookup(live->channels, name);
    if (!c) {
        c = channel_new(live, name);
        g_hash_table_replace(live->channels, c->name, c);
    }
    pthread_mutex_lock(&c->lock);
    pthread_mutex_unlock(&live->lock);
    return c;
}

Live *live_new(const LiveHands *hands)
{
    Live *live = calloc(1, sizeof *live);
    live->hands = *hands;
    pthread_mutex_init(&live->lock, NULL);
    live->channels = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, channel_free);
    return live;
}

void live_free(Live *live)
{
    if (!live)
        return;
    g_hash_table_unref(live->channels);
    pthread_mutex_destroy(&live->lock);
    free(live);
}

static u64 oldest_number(const Channel *c)
{
    u64 kept = c->next > LIVE_RING ? c->next - LIVE_RING : 0;
    return kept > c->whole ? kept : c->whole;
}

/* ---- publishing ---- */

static bool too_far_behind(const Channel *c, const Viewer *v)
{
    if (v->number < oldest_number(c))
        return true;
    if (v->number == c->next)
        return false;
    const Frame *f = c->ring[v->number % LIVE_RING];
    return c->bytes - f->before - v->offset > LIVE_BEHIND_MAX;
}

static void tell(Channel *c, Viewer *v)
{
    Live *live = c->live;
    if (v->resting) {
        v->resting = false;
        live->hands.wake(v->to);
    } else if (!v->gone && too_far_behind(c, v)) {
        v->gone = true;
        atomic_fetch_add(&live->cuts, 1);
        live->hands.cut(v->to);
    }
}

void live_publish(Live *live, const char *channel, i64 id, const char *event, const char *data)
{
    Frame *f = frame_new(id, event, data);
    Channel *c = channel_locked(live, channel);
    f->before = c->bytes;
    c->bytes += f->size;
    c->used = clock_monotonic();
    Frame **place = &c->ring[c->next % LIVE_RING];
    free(*place);
    *place = f;
    c->next++;
    for (Viewer *v = c->viewers; v; v = v->next)
        tell(c, v);
    pthread_mutex_unlock(&c->lock);
    atomic_fetch_add(&live->events, 1);
}

/* ---- viewers ---- */

/* The first event in the ring that the viewer has not seen. */
static u64 number_after(const Channel *c, i64 after)
{
    u64 n = c->next;
    while (n > oldest_number(c) && c->ring[(n - 1) % LIVE_RING]->id > after)
        n--;
    return n;
}

/* Whether everything after that id is still in the ring. */
static bool ring_reaches(const Channel *c, i64 after)
{
    u64 oldest = oldest_number(c);
    return oldest < c->next && c->ring[oldest % LIVE_RING]->id <= after;
}

Viewer *live_join(Live *live, const char *channel, i64 after, void *to)
{
    Viewer *v = calloc(1, sizeof *v);
    Channel *c = channel_locked(live, channel);
    *v = (Viewer){
        .channel = c, .to = to, .after = after, .heard = clock_monotonic(), .number = c->next};
    v->gone = live->ended;
    if (after != NONE && ring_reaches(c, after))
        v->number = number_after(c, after);
    else
        v->needs_replay = after != NONE;
    v->next = c->viewers;
    v->at = &c->viewers;
    if (v->next)
        v->next->at = &v->next;
    c->viewers = v;
    pthread_mutex_unlock(&c->lock);
    atomic_fetch_add(&live->viewers, 1);
    return v;
}

bool live_needs_replay(const Viewer *v)
{
    return v->needs_replay;
}

/* The id of the last event in some frames, or NONE. */
static i64 last_id_in(const char *bytes, size_t n)
{
    static const char mark[] = "id: ";
    for (size_t at = n; at-- > 0;)
        if (n - at > strlen(mark) && memcmp(bytes + at, mark, strlen(mark)) == 0 &&
            (at == 0 || bytes[at - 1] == '\n'))
            return g_ascii_strtoll(bytes + at + strlen(mark), NULL, 10);
    return NONE;
}

void live_prepend(Viewer *v, const char *bytes, size_t n)
{
    i64 last = last_id_in(bytes, n);
    char *owned = malloc(v->first_size + n + 1);
    if (v->first_size)
        memcpy(owned, v->first, v->first_size);
    memcpy(owned + v->first_size, bytes, n);
    owned[v->first_size + n] = '\0';
    pthread_mutex_lock(&v->channel->lock);
    free(v->first);
    v->first = owned;
    v->first_size += n;
    if (last != NONE && (v->after == NONE || last > v->after))
        v->after = last;
    pthread_mutex_unlock(&v->channel->lock);
}

static size_t take_first(Viewer *v, char *out, size_t max)
{
    size_t n = MIN(max, v->first_size - v->first_sent);
    memcpy(out, v->first + v->first_sent, n);
    v->first_sent += n;
    if (v->first_sent == v->first_size) {
        free(v->first);
        v->first = NULL;
        v->first_size = v->first_sent = 0;
    }
    return n;
}

static size_t take_ring(Viewer *v, char *out, size_t max)
{
    const Channel *c = v->channel;
    size_t n = 0;
    while (n < max && v->number < c->next) {
        const Frame *f = c->ring[v->number % LIVE_RING];
        bool seen = v->after != NONE && f->id <= v->after && v->offset == 0;
        size_t part = seen ? 0 : MIN(max - n, f->size - v->offset);
        memcpy(out + n, f->bytes + v->offset, part);
        n += part;
        v->offset += part;
        if (seen || v->offset == f->size) {
            v->number++;
            v->offset = 0;
        }
    }
    return n;
}

static size_t take_beat(Viewer *v, char *out, size_t max)
{
    static const char beat[] = ":\n\n";
    if (!v->beat || max < strlen(beat))
        return 0;
    v->beat = false;
    memcpy(out, beat, strlen(beat));
    return strlen(beat);
}

ssize_t live_read(Viewer *v, char *out, size_t max, i64 now)
{
    Channel *c = v->channel;
    pthread_mutex_lock(&c->lock);
    ssize_t n = 0;
    if (v->gone || v->number < oldest_number(c)) {
        n = -1;
    } else {
        n = (ssize_t)(v->first ? take_first(v, out, max) : take_ring(v, out, max));
        if (n == 0 && v->offset == 0)
            n = (ssize_t)take_beat(v, out, max);
    }
    if (n > 0)
        v->heard = now;
    v->resting = n == 0;
    pthread_mutex_unlock(&c->lock);
    return n;
}

void live_leave(Viewer *v)
{
    if (!v)
        return;
    Channel *c = v->channel;
    pthread_mutex_lock(&c->lock);
    *v->at = v->next;
    if (v->next)
        v->next->at = v->at;
    if (!c->viewers)
        c->whole = c->next; /* what nobody would see need not be published */
    c->used = clock_monotonic();
    atomic_fetch_sub(&c->live->viewers, 1);
    pthread_mutex_unlock(&c->lock);
    free(v->first);
    free(v);
}

/* ---- all of them ---- */

static void beat_channel(Channel *c, i64 now)
{
    for (Viewer *v = c->viewers; v; v = v->next)
        if (v->resting && now - v->heard >= LIVE_BEAT) {
            v->beat = true;
            v->resting = false;
            c->live->hands.wake(v->to);
        }
}

void live_beat(Live *live, i64 now)
{
    GHashTableIter each;
    gpointer value;
    pthread_mutex_lock(&live->lock);
    g_hash_table_iter_init(&each, live->channels);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        Channel *c = value;
        pthread_mutex_lock(&c->lock);
        beat_channel(c, now);
        bool asleep = !c->viewers && now - c->used > CHANNEL_SLEEP;
        pthread_mutex_unlock(&c->lock);
        if (asleep)
            g_hash_table_iter_remove(&each);
    }
    pthread_mutex_unlock(&live->lock);
}

static void end_channel(Channel *c)
{
    pthread_mutex_lock(&c->lock);
    for (Viewer *v = c->viewers; v; v = v->next) {
        v->gone = true;
        if (v->resting) {
            v->resting = false;
            c->live->hands.wake(v->to);
        }
    }
    pthread_mutex_unlock(&c->lock);
}

void live_end(Live *live)
{
    GHashTableIter each;
    gpointer value;
    pthread_mutex_lock(&live->lock);
    live->ended = true;
    g_hash_table_iter_init(&each, live->channels);
    while (g_hash_table_iter_next(&each, NULL, &value))
        end_channel(value);
    pthread_mutex_unlock(&live->lock);
}

size_t live_viewers(const Live *live)
{
    return atomic_load(&live->viewers);
}

u64 live_events(const Live *live)
{
    return atomic_load(&live->events);
}

u64 live_cuts(const Live *live)
{
    return atomic_load(&live->cuts);
}
