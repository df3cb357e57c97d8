/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache.h: public pages in memory: plain, gzip and brotli, with strong ETags, rendered once.
 *
 * A commit that touched a public table starts a new generation; entries of an older one are not
 * served.  On a miss one request renders and the others of the same key wait suspended (single
 * flight); a page rendered from a reading older than the present generation is served to those who
 * waited for it but not kept. */
#pragma once
#include "base/base.h"

typedef struct PageCache PageCache;

PageCache *cache_new(i64 max_bytes);
void cache_free(PageCache *c);
/* Any thread; called after the commit, before the writer's request is answered. */
void cache_new_generation(PageCache *c);

typedef struct CacheFigures {
    u64 hits, misses, waits, evictions, generation;
    i64 bytes, entries;
} CacheFigures;
CacheFigures cache_figures(const PageCache *c);

/* ---- for server_*.c ---- */

/* A page in memory.  Whoever was given one holds it and lets it go with cache_release(). */
typedef struct CacheEntry {
    void *page;  /* the server's: bytes and ready answers */
    i64 expires; /* the instant at which time alone makes it wrong; 0: never */
} CacheEntry;

/* A request that waits for another's rendering. entry NULL when it is woken: do it alone. */
typedef struct CacheWaiter CacheWaiter;
struct CacheWaiter {
    /* under the cache's lock, before anybody could wake it */
    void (*suspend)(CacheWaiter *w);
    /* any thread, no lock held */
    void (*wake)(CacheWaiter *w);
    CacheEntry *entry;
    CacheWaiter *next; /* the cache's */
};

typedef struct CacheFlight CacheFlight;
typedef enum { CACHE_HIT, CACHE_RENDER, CACHE_WAIT } CacheFate;

/* HIT: *entry_out is held.  RENDER: nobody does it yet; the caller must end *flight_out with
 * cache_land() or cache_crash().  WAIT: w was suspended and will be woken. now: clock_now(). */
CacheFate cache_take(PageCache *c, const char *key, i64 now, CacheWaiter *w,
                     CacheEntry **entry_out, CacheFlight **flight_out);
/* The page is there: kept when no commit came between, given to all who wait, and held for the
 * caller.  release is called when nobody holds it any more. */
CacheEntry *cache_land(PageCache *c, CacheFlight *f, void *page, void (*release)(void *page),
                       i64 bytes, i64 expires);
/* There is no page to share: those who wait do it alone. */
void cache_crash(PageCache *c, CacheFlight *f);
void cache_release(CacheEntry *e);
/* The server made another form of it. */
void cache_grew(PageCache *c, CacheEntry *e, i64 bytes);

/* The short way: entries by a request's raw bytes (target, what it accepts), without parsing.
 * Held, or NULL. */
CacheEntry *cache_quick(PageCache *c, const char *raw, size_t n, i64 (*now)(void));
void cache_quick_add(PageCache *c, const char *raw, size_t n, CacheEntry *e);
