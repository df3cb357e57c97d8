/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* throttle.c: a fixed table of token buckets in sets of four, and a count of connections. */
#include "web/throttle.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>

enum { SETS = 4096, WAYS = 4, LOCKS = 16 };

typedef struct Bucket {
    u64 key;
    i64 used; /* monotonic us; 0: free */
    double tokens;
} Bucket;

struct Throttle {
    u64 seed;
    pthread_mutex_t locks[LOCKS];
    Bucket (*sets)[WAYS];
    pthread_mutex_t connections_lock;
    GHashTable *connections; /* key -> count */
};

Throttle *throttle_new(void)
{
    Throttle *l = calloc(1, sizeof *l);
    l->sets = calloc(SETS, sizeof *l->sets);
    if (getrandom(&l->seed, sizeof l->seed, 0) != sizeof l->seed)
        l->seed = (u64)clock_monotonic();
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&l->locks[i], NULL);
    pthread_mutex_init(&l->connections_lock, NULL);
    l->connections = g_hash_table_new_full(g_int64_hash, g_int64_equal, free, NULL);
    return l;
}

void throttle_free(Throttle *l)
{
    if (!l)
        return;
    g_hash_table_unref(l->connections);
    pthread_mutex_destroy(&l->connections_lock);
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&l->locks[i]);
    free(l->sets);
    free(l);
}

/* Nobody outside knows the seed, so nobody can choose addresses that fall into one set. */
static u64 mixed(u64 seed, const unsigned char *bytes, size_t n)
{
    u64 h = seed ^ (n * 0x9e3779b97f4a7c15u);
    for (size_t i = 0; i < n; i++) {
        h = (h ^ bytes[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 29);
}

u64 throttle_key_of_address(const Throttle *l, const char *address)
{
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address, bytes) == 1)
        return mixed(l->seed, bytes, 4);
    if (inet_pton(AF_INET6, address, bytes) != 1)
        return mixed(l->seed, (const unsigned char *)address, strlen(address));
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (memcmp(bytes, mapped, sizeof mapped) == 0)
        return mixed(l->seed, bytes + 12, 4);
    return mixed(l->seed, bytes, 8);
}

u64 throttle_key_of_account(const Throttle *l, i64 account)
{
    return mixed(~l->seed, (const unsigned char *)&account, sizeof account);
}

/* The key's bucket, or the one of its set that was used longest ago, made anew. */
static Bucket *bucket_of(Throttle *l, u64 key, i64 per_minute, i64 now)
{
    Bucket *set = l->sets[key % SETS];
    Bucket *oldest = &set[0];
    for (int i = 0; i < WAYS; i++) {
        if (set[i].used && set[i].key == key)
            return &set[i];
        if (set[i].used < oldest->used)
            oldest = &set[i];
    }
    *oldest = (Bucket){.key = key, .used = now, .tokens = (double)per_minute};
    return oldest;
}

bool throttle_take(Throttle *l, u64 key, i64 per_minute, i64 now, i64 *wait_out)
{
    if (per_minute <= 0)
        return true;
    double rate = (double)per_minute / (double)CLOCK_MINUTE;
    pthread_mutex_t *lock = &l->locks[key % LOCKS];
    pthread_mutex_lock(lock);
    Bucket *b = bucket_of(l, key, per_minute, now);
    b->tokens = MIN((double)per_minute, b->tokens + (double)(now - b->used) * rate);
    b->used = now;
    bool fine = b->tokens >= 1;
    if (fine)
        b->tokens -= 1;
    else
        *wait_out = 1 + (i64)((1 - b->tokens) / rate) / CLOCK_SECOND;
    pthread_mutex_unlock(lock);
    return fine;
}

static void change(Throttle *l, u64 key, int by)
{
    pthread_mutex_lock(&l->connections_lock);
    int count = GPOINTER_TO_INT(g_hash_table_lookup(l->connections, &key)) + by;
    if (count > 0) {
        u64 *owned = malloc(sizeof *owned);
        *owned = key;
        g_hash_table_replace(l->connections, owned, GINT_TO_POINTER(count));
    } else {
        g_hash_table_remove(l->connections, &key);
    }
    pthread_mutex_unlock(&l->connections_lock);
}

void throttle_enter(Throttle *l, u64 key)
{
    change(l, key, 1);
}

void throttle_leave(Throttle *l, u64 key)
{
    change(l, key, -1);
}

int throttle_entered(Throttle *l, u64 key)
{
    pthread_mutex_lock(&l->connections_lock);
    int count = GPOINTER_TO_INT(g_hash_table_lookup(l->connections, &key));
    pthread_mutex_unlock(&l->connections_lock);
    return count;
}
