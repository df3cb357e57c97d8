/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pool.c: a queue and the threads that empty it. */
#include "web/pool.h"
#include <pthread.h>
#include <stdlib.h>

enum { POOL_THREADS_MAX = 16 };

struct Pool {
    pthread_mutex_t lock;
    pthread_cond_t some;
    PoolJob *first, **last;
    size_t waiting;
    bool stopping;
    int threads;
    pthread_t thread[POOL_THREADS_MAX];
};

static PoolJob *next_job(Pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->stopping)
        pthread_cond_wait(&p->some, &p->lock);
    PoolJob *job = p->first;
    if (job) {
        p->first = job->next;
        if (!p->first)
            p->last = &p->first;
        p->waiting--;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

static void *run(void *data)
{
    Pool *p = data;
    for (PoolJob *job = next_job(p); job; job = next_job(p))
        job->work(job);
    return NULL;
}

Pool *pool_start(int threads)
{
    Pool *p = calloc(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->some, NULL);
    p->last = &p->first;
    int wanted = threads < POOL_THREADS_MAX ? threads : POOL_THREADS_MAX;
    while (p->threads < wanted && pthread_create(&p->thread[p->threads], NULL, run, p) == 0)
        p->threads++;
    if (p->threads > 0)
        return p;
    pool_stop(p);
    return NULL;
}

bool pool_submit(Pool *p, PoolJob *job)
{
    job->next = NULL;
    pthread_mutex_lock(&p->lock);
    bool taken = !p->stopping && p->waiting < POOL_WAITING_MAX;
    if (taken) {
        *p->last = job;
        p->last = &job->next;
        p->waiting++;
        pthread_cond_signal(&p->some);
    }
    pthread_mutex_unlock(&p->lock);
    return taken;
}

void pool_stop(Pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->some);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->threads; i++)
        pthread_join(p->thread[i], NULL);
    pthread_cond_destroy(&p->some);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

size_t pool_waiting(Pool *p)
{
    pthread_mutex_lock(&p->lock);
    size_t n = p->waiting;
    pthread_mutex_unlock(&p->lock);
    return n;
}
