/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_pool.c: who waits for a process, and the threads that keep one each. */
#include "media/media_pool.h"
#include "base/log.h"
#include "media/media_process.h"
#include "media/media_wire.h"

#include <glib.h>

/* One ask on its way; lives on the stack of who waits. */
typedef struct Order {
    Bytes ask;          /* empty: only begin */
    const int *files;
    PoolFate fate;
    WireMessage answer;
    char *why;          /* g_free() */
    bool done;
} Order;

typedef struct Keeper {
    Pool *pool;
    GThread *thread;    /* NULL: not begun */
    Process process;
} Keeper;

struct Pool {
    const char *program;
    int count;          /* of keepers */
    PoolLimits limits;
    GMutex lock;        /* of all below, and of the processes' numbers */
    GCond wanted, answered;
    GQueue orders;
    int idle;           /* keepers that wait for an order */
    bool ending;
    Keeper keepers[POOL_MAX];
};

/* ---- a keeper's thread ---- */

static void bury(Keeper *k, bool kind, PoolFate *fate_out)
{
    Process process = k->process;
    g_mutex_lock(&k->pool->lock);
    k->process = (Process){0};
    g_mutex_unlock(&k->pool->lock);
    PoolFate fate = process_end(&process, kind);
    if (fate_out)
        *fate_out = fate;
}

/* One that was killed while nobody asked it anything is replaced, and nobody hears of it. */
static bool have_process(Keeper *k, Order *order)
{
    Process fresh;
    if (k->process.pid && process_alive(&k->process))
        return true;
    bury(k, false, NULL);
    if (!process_start(k->pool->program, &fresh, &order->why)) {
        order->fate = POOL_MISSING;
        log_line(LOG_ERROR, "pictures_program", LOG_T("why", order->why));
        return false;
    }
    g_mutex_lock(&k->pool->lock);
    k->process = fresh;
    g_mutex_unlock(&k->pool->lock);
    return true;
}

static void lose(Keeper *k, Order *order, i64 deadline)
{
    bool late = clock_monotonic() >= deadline;
    bury(k, !late, &order->fate);
    if (late)
        order->fate = POOL_LATE;
    log_line(LOG_WARN, "picture_lost", LOG_T("how", late ? "late" : order->fate == POOL_STOPPED ? "stopped by its limits" : "died"));
}

static void serve(Keeper *k, Order *order)
{
    const PoolLimits limits = k->pool->limits;
    if (!have_process(k, order))
        return;
    order->fate = POOL_ANSWERED;
    if (!order->ask.size)
        return;
    i64 deadline = clock_monotonic() + limits.patience;
    process_allow(&k->process, limits.cpu_seconds);
    if (!wire_send(k->process.socket, order->ask, order->files, 2, deadline) ||
        !wire_receive(k->process.socket, deadline, &order->answer)) {
        lose(k, order, deadline);
        return;
    }
    k->process.done++;
}

static Order *next_order(Pool *p)
{
    g_mutex_lock(&p->lock);
    p->idle++;
    while (!p->ending && !p->orders.length)
        g_cond_wait(&p->wanted, &p->lock);
    p->idle--;
    Order *order = p->ending ? NULL : g_queue_pop_head(&p->orders);
    g_mutex_unlock(&p->lock);
    return order;
}

static void answer(Pool *p, Order *order)
{
    g_mutex_lock(&p->lock);
    order->done = true;
    g_cond_broadcast(&p->answered);
    g_mutex_unlock(&p->lock);
}

static void *keep(void *to)
{
    Keeper *k = to;
    for (Order *order; (order = next_order(k->pool));) {
        serve(k, order);
        answer(k->pool, order);
        if (k->process.done >= k->pool->limits.recycle)
            bury(k, true, NULL);
    }
    bury(k, false, NULL);
    return NULL;
}

/* ---- who waits ---- */

/* A thread more when none is free: one asker after the other is served by one process. */
static void want_keeper(Pool *p)
{
    for (int i = 0; i < p->count && p->idle < (int)p->orders.length; i++) {
        if (p->keepers[i].thread)
            continue;
        p->keepers[i].pool = p;
        p->keepers[i].thread = g_thread_new("pictures", keep, &p->keepers[i]);
        return;
    }
}

static void wait_for(Pool *p, Order *order)
{
    g_mutex_lock(&p->lock);
    g_queue_push_tail(&p->orders, order);
    want_keeper(p);
    g_cond_signal(&p->wanted);
    while (!order->done)
        g_cond_wait(&p->answered, &p->lock);
    g_mutex_unlock(&p->lock);
}

static char *why_none(const Pool *p)
{
    if (!p->program)
        return g_strdup("vocero-pictures is not beside vocero, nor in libexec/vocero: make install puts it there");
    if (!g_file_test(p->program, G_FILE_TEST_IS_EXECUTABLE))
        return g_strdup_printf("%s is not there, or may not be run: make install puts it there", p->program);
    return NULL;
}

static void take(Pool *p, Order *order)
{
    order->why = why_none(p);
    order->fate = POOL_MISSING;
    if (!order->why)
        wait_for(p, order);
}

PoolFate pool_ask(Pool *p, Arena *a, Bytes ask, const int files[2], Bytes *answer_out, const char **why_out)
{
    Order order = {.ask = ask, .files = files, .answer = {.files = {-1, -1}}};
    take(p, &order);
    if (order.why)
        *why_out = arena_text(a, order.why);
    if (order.answer.bytes)
        *answer_out = (Bytes){arena_copy(a, order.answer.bytes, order.answer.size), order.answer.size};
    wire_drop(&order.answer);
    g_free(order.why);
    return order.fate;
}

const char *pool_trouble(Pool *p, Arena *a)
{
    Order order = {.answer = {.files = {-1, -1}}};
    take(p, &order);
    const char *why = arena_text(a, order.why);
    g_free(order.why);
    return why;
}

/* ---- beginning and end ---- */

Pool *pool_new(const char *program, int processes, PoolLimits limits)
{
    Pool *p = g_new0(Pool, 1);
    p->program = program;
    p->count = processes < 1 ? 1 : processes > POOL_MAX ? POOL_MAX : processes;
    p->limits = limits;
    g_mutex_init(&p->lock);
    g_cond_init(&p->wanted);
    g_cond_init(&p->answered);
    g_queue_init(&p->orders);
    return p;
}

void pool_free(Pool *p)
{
    if (!p)
        return;
    g_mutex_lock(&p->lock);
    p->ending = true;
    g_cond_broadcast(&p->wanted);
    g_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++)
        if (p->keepers[i].thread)
            g_thread_join(p->keepers[i].thread);
    g_cond_clear(&p->answered);
    g_cond_clear(&p->wanted);
    g_mutex_clear(&p->lock);
    g_free(p);
}

/* ---- for tests ---- */

int pool_processes(Pool *p, pid_t pids_out[POOL_MAX])
{
    int n = 0;
    g_mutex_lock(&p->lock);
    for (int i = 0; i < p->count; i++)
        if (p->keepers[i].process.pid)
            pids_out[n++] = p->keepers[i].process.pid;
    g_mutex_unlock(&p->lock);
    return n;
}

void pool_limit(Pool *p, PoolLimits limits)
{
    p->limits = limits;
}
