/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache.c: entries by key and by raw request, the youngest use first; flights that others wait
 * for. */
#include "web/cache.h"
#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { QUICKS_PER_ENTRY = 16, STALE_SWEPT = 8, ENTRY_OVERHEAD = 512 };

typedef struct Quick {
    u64 hash;
    size_t size;
    const char *text; /* when looked up: the caller's; when kept: own[] */
    struct Held *held;
    struct Quick *next; /* of the same entry */
    char own[];
} Quick;

/* What stands behind a CacheEntry. */
typedef struct Held {
    CacheEntry entry; /* first: the outside sees only this */
    atomic_int holders;
    void (*release)(void *page);
    bool kept; /* in the tables; under the lock, like all below */
    u64 generation;
    i64 bytes;
    char *key;
    Quick *quicks;
    int quick_count;
    struct Held *newer, *older;
} Held;

struct CacheFlight {
    char *key;
    u64 generation;
    CacheWaiter *waiters;
};

struct PageCache {
    i64 max_bytes;
    u64 seed;
    _Atomic u64 generation;
    pthread_mutex_t lock;
    GHashTable *by_key;  /* key -> Held */
    GHashTable *quick;   /* Quick -> itself */
    GHashTable *flights; /* key -> CacheFlight */
    Held *newest, *oldest;
    i64 bytes, entries;
    u64 hits, misses, waits, evictions;
};

/* ---- the raw keys ---- */

/* Eight bytes a step; the seed keeps outsiders from choosing collisions, and equality is checked
 * anyway. */
static u64 hash_of(u64 seed, const char *bytes, size_t n)
{
    u64 h = seed ^ n;
    for (; n >= 8; bytes += 8, n -= 8) {
        u64 word;
        memcpy(&word, bytes, 8);
        h = (h ^ word) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    u64 rest = 0;
    memcpy(&rest, bytes, n);
    h = (h ^ rest) * 0x9fb21c651e98df25u;
    return h ^ (h >> 28);
}

static guint quick_hash(gconstpointer key)
{
    return (guint)((const Quick *)key)->hash;
}

static gboolean quick_equal(gconstpointer a, gconstpointer b)
{
    const Quick *x = a, *y = b;
    return x->hash == y->hash && x->size == y->size && memcmp(x->text, y->text, x->size) == 0;
}

/* ---- life and death ---- */

PageCache *cache_new(i64 max_bytes)
{
    PageCache *c = calloc(1, sizeof *c);
    c->max_bytes = max_bytes;
    c->seed = ((u64)g_random_int() << 32) | g_random_int();
    pthread_mutex_init(&c->lock, NULL);
    c->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    c->quick = g_hash_table_new(quick_hash, quick_equal);
    c->flights = g_hash_table_new(g_str_hash, g_str_equal);
    return c;
}

void cache_release(CacheEntry *e)
{
    Held *h = (Held *)e;
    if (!h || atomic_fetch_sub_explicit(&h->holders, 1, memory_order_acq_rel) != 1)
        return;
    h->release(h->entry.page);
    free(h->key);
    free(h);
}

static CacheEntry *hold(Held *h)
{
    atomic_fetch_add_explicit(&h->holders, 1, memory_order_relaxed);
    return &h->entry;
}

static void unlink_entry(PageCache *c, Held *h)
{
    *(h->newer ? &h->newer->older : &c->newest) = h->older;
    *(h->older ? &h->older->newer : &c->oldest) = h->newer;
    h->newer = h->older = NULL;
}

static void link_newest(PageCache *c, Held *h)
{
    h->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = h;
    c->newest = h;
}

static void use(PageCache *c, Held *h)
{
    if (c->newest == h)
        return;
    unlink_entry(c, h);
    link_newest(c, h);
}

static void forget_quicks(PageCache *c, Held *h)
{
    while (h->quicks) {
        Quick *q = h->quicks;
        h->quicks = q->next;
        g_hash_table_remove(c->quick, q);
        free(q);
    }
    h->quick_count = 0;
}

/* Out of the tables; who still holds it may finish. */
static void drop(PageCache *c, Held *h)
{
    forget_quicks(c, h);
    g_hash_table_remove(c->by_key, h->key);
    unlink_entry(c, h);
    c->bytes -= h->bytes;
    c->entries--;
    h->kept = false;
    cache_release(&h->entry);
}

void cache_free(PageCache *c)
{
    if (!c)
        return;
    while (c->newest)
        drop(c, c->newest);
    g_hash_table_unref(c->by_key);
    g_hash_table_unref(c->quick);
    g_hash_table_unref(c->flights);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

void cache_new_generation(PageCache *c)
{
    atomic_fetch_add(&c->generation, 1);
}

static bool fresh(const PageCache *c, const Held *h, i64 now)
{
    return h->generation == atomic_load(&c->generation) &&
           (h->entry.expires == 0 || now < h->entry.expires);
}

/* Makes room, and lets a few go that nobody may be served any more. */
static void make_room(PageCache *c)
{
    u64 generation = atomic_load(&c->generation);
    for (int i = 0; i < STALE_SWEPT && c->oldest && c->oldest->generation != generation; i++)
        drop(c, c->oldest);
    while (c->bytes > c->max_bytes && c->oldest) {
        drop(c, c->oldest);
        c->evictions++;
    }
}

/* ---- taking and landing ---- */

static CacheFlight *take_off(PageCache *c, const char *key)
{
    CacheFlight *f = calloc(1, sizeof *f);
    f->key = strdup(key);
    f->generation = atomic_load(&c->generation);
    g_hash_table_replace(c->flights, f->key, f);
    return f;
}

/* A flight that began before the last commit must not be joined: its page may lack what was
 * committed. */
static bool join(PageCache *c, const char *key, CacheWaiter *w)
{
    CacheFlight *f = g_hash_table_lookup(c->flights, key);
    if (!f || f->generation != atomic_load(&c->generation))
        return false;
    w->entry = NULL;
    w->next = f->waiters;
    f->waiters = w;
    c->waits++;
    w->suspend(w);
    return true;
}

CacheFate cache_take(PageCache *c, const char *key, i64 now, CacheWaiter *w, CacheEntry **entry_out,
                     CacheFlight **flight_out)
{
    CacheFate fate = CACHE_WAIT;
    pthread_mutex_lock(&c->lock);
    Held *h = g_hash_table_lookup(c->by_key, key);
    if (h && fresh(c, h, now)) {
        use(c, h);
        c->hits++;
        *entry_out = hold(h);
        fate = CACHE_HIT;
    } else if (!join(c, key, w)) {
        if (h)
            drop(c, h);
        c->misses++;
        *flight_out = take_off(c, key);
        fate = CACHE_RENDER;
    }
    pthread_mutex_unlock(&c->lock);
    return fate;
}

/* The flight is over; gives who waited. A younger flight of the same key may have taken its
 * place. */
static CacheWaiter *arrive(PageCache *c, CacheFlight *f)
{
    if (g_hash_table_lookup(c->flights, f->key) == f)
        g_hash_table_remove(c->flights, f->key);
    CacheWaiter *waiters = f->waiters;
    free(f->key);
    free(f);
    return waiters;
}

static void wake_all(CacheWaiter *w)
{
    while (w) {
        CacheWaiter *next = w->next; /* w may be gone after the call */
        w->wake(w);
        w = next;
    }
}

static void keep(PageCache *c, Held *h)
{
    Held *old = g_hash_table_lookup(c->by_key, h->key);
    if (old)
        drop(c, old);
    hold(h);
    h->kept = true;
    g_hash_table_replace(c->by_key, h->key, h);
    link_newest(c, h);
    c->bytes += h->bytes;
    c->entries++;
    make_room(c);
}

CacheEntry *cache_land(PageCache *c, CacheFlight *f, void *page, void (*release)(void *page),
                       i64 bytes, i64 expires)
{
    Held *h = calloc(1, sizeof *h);
    h->entry = (CacheEntry){.page = page, .expires = expires};
    h->holders = 1;
    h->release = release;
    h->bytes = bytes + ENTRY_OVERHEAD;
    h->key = strdup(f->key);
    h->generation = f->generation;
    pthread_mutex_lock(&c->lock);
    if (f->generation == atomic_load(&c->generation))
        keep(c, h);
    CacheWaiter *waiters = arrive(c, f);
    for (CacheWaiter *w = waiters; w; w = w->next)
        w->entry = hold(h);
    pthread_mutex_unlock(&c->lock);
    wake_all(waiters);
    return &h->entry;
}

void cache_crash(PageCache *c, CacheFlight *f)
{
    pthread_mutex_lock(&c->lock);
    CacheWaiter *waiters = arrive(c, f);
    pthread_mutex_unlock(&c->lock);
    wake_all(waiters);
}

void cache_grew(PageCache *c, CacheEntry *e, i64 bytes)
{
    Held *h = (Held *)e;
    pthread_mutex_lock(&c->lock);
    if (h->kept) {
        h->bytes += bytes;
        c->bytes += bytes;
        make_room(c);
    }
    pthread_mutex_unlock(&c->lock);
}

/* ---- the short way ---- */

CacheEntry *cache_quick(PageCache *c, const char *raw, size_t n, i64 (*now)(void))
{
    Quick asked = {.hash = hash_of(c->seed, raw, n), .size = n, .text = raw};
    CacheEntry *found = NULL;
    pthread_mutex_lock(&c->lock);
    Quick *q = g_hash_table_lookup(c->quick, &asked);
    if (q && fresh(c, q->held, q->held->entry.expires ? now() : 0)) {
        use(c, q->held);
        c->hits++;
        found = hold(q->held);
    }
    pthread_mutex_unlock(&c->lock);
    return found;
}

static Quick *quick_new(PageCache *c, const char *raw, size_t n, Held *h)
{
    Quick *q = malloc(sizeof *q + n);
    *q = (Quick){.hash = hash_of(c->seed, raw, n), .size = n, .text = q->own, .held = h};
    memcpy(q->own, raw, n);
    return q;
}

void cache_quick_add(PageCache *c, const char *raw, size_t n, CacheEntry *e)
{
    Held *h = (Held *)e;
    pthread_mutex_lock(&c->lock);
    Quick *q = quick_new(c, raw, n, h);
    if (h->kept && !g_hash_table_contains(c->quick, q)) {
        if (h->quick_count >= QUICKS_PER_ENTRY) /* somebody varies the address: start over */
            forget_quicks(c, h);
        g_hash_table_add(c->quick, q);
        q->next = h->quicks;
        h->quicks = q;
        h->quick_count++;
    } else {
        free(q);
    }
    pthread_mutex_unlock(&c->lock);
}

CacheFigures cache_figures(const PageCache *c)
{
    PageCache *open = (PageCache *)c; /* the lock is no part of what is const */
    pthread_mutex_lock(&open->lock);
    CacheFigures f = {
        .hits = c->hits,
        .misses = c->misses,
        .waits = c->waits,
        .evictions = c->evictions,
        .generation = atomic_load(&c->generation),
        .bytes = c->bytes,
        .entries = c->entries,
    };
    pthread_mutex_unlock(&open->lock);
    return f;
}
