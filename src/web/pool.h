/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pool.h: a few threads for what is slow: a password's hash, an upload's fsync. */
#pragma once
#include "base/base.h"

typedef struct Pool Pool;
typedef struct PoolJob PoolJob;
struct PoolJob {
    void (*work)(PoolJob *job); /* on the pool; the job may be gone when it returns */
    void *data;
    PoolJob *next; /* the pool's */
};

enum { POOL_WAITING_MAX = 1000 };

Pool *pool_start(int threads); /* NULL when no thread can be had */
CHECKED bool pool_submit(Pool *p, PoolJob *job); /* never blocks; false when too many wait */
void pool_stop(Pool *p); /* does what waits, then ends; NULL is fine */
size_t pool_waiting(Pool *p);
