/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache.h: public pages in memory: plain, gzip and brotli, with strong ETags, rendered once.
 *
 * A commit that touched a public table starts a new generation; entries of an older one are not served.
 * On a miss one request renders and the others of the same key wait suspended (single flight); a page
 * rendered from a reading older than the present generation is served to those who waited for it but not kept. */
#pragma once
#include "base/base.h"

typedef struct PageCache PageCache;

PageCache *cache_new(i64 max_bytes);
void cache_free(PageCache *c);
void cache_new_generation(PageCache *c); /* any thread; called after the commit, before the writer's request is answered */
typedef struct CacheFigures {
    u64 hits, misses, waits, evictions, generation;
    i64 bytes, entries;
} CacheFigures;
CacheFigures cache_figures(const PageCache *c);
