/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_pool.h: the processes that work on pictures: each has a thread of ours, which starts it, asks it, and buries it.
 *
 * A process ends with its thread (PR_SET_PDEATHSIG speaks of the thread that forked), so it never outlives us. */
#pragma once
#include "base/ctx.h"

#include <sys/types.h>

enum { POOL_MAX = 8 };

typedef struct PoolLimits {
    i64 cpu_seconds;    /* for each picture */
    i64 patience;       /* microseconds by the clock on the wall, for each picture */
    int recycle;        /* pictures, then another process comes */
} PoolLimits;

typedef enum {
    POOL_ANSWERED,
    POOL_MISSING,       /* the program is not there, or cannot begin: why says what and the cure */
    POOL_STOPPED,       /* by a limit: processor time, memory, file size, what it may call */
    POOL_LATE,          /* it took longer than the patience */
    POOL_DIED,          /* it was killed, ended, or said what cannot be understood */
} PoolFate;

typedef struct Pool Pool;
/* program lives as long as the pool; NULL: there is none. Nothing starts before the first ask. */
Pool *pool_new(const char *program, int processes, PoolLimits limits);
void pool_free(Pool *p);                                 /* NULL is fine */

/* Waits for a free process. Files are sent with the ask and stay open here; the answer lives in the arena. */
CHECKED PoolFate pool_ask(Pool *p, Arena *a, Bytes ask, const int files[2], Bytes *answer_out, const char **why_out);
/* Is the program there and able to begin? Starts a process when none runs. NULL: yes. */
const char *pool_trouble(Pool *p, Arena *a);

int pool_processes(Pool *p, pid_t pids_out[POOL_MAX]);   /* those that run now, for tests */
void pool_limit(Pool *p, PoolLimits limits);             /* for tests; between asks */
