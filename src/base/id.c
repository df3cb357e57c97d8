/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* id.c: one atomic word says which millisecond and which count were used last. */
#include "base/id.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>

enum {
    NODE_BITS = 6,
    COUNT_BITS = 15,
    START_BITS = COUNT_BITS - 2,
    NODE_MAX = (1 << NODE_BITS) - 1
};
#define COUNT_MASK (((u64)1 << COUNT_BITS) - 1)
#define MS_MAX     (((i64)1 << 42) - 1)
#define EPOCH_MS   ((i64)1577836800000) /* 2020-01-01T00:00:00Z */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford: no I L O U */

static _Atomic u64 last; /* milliseconds << COUNT_BITS | count */
static _Atomic unsigned node_bits;

void id_node(unsigned node)
{
    if (node > NODE_MAX) {
        fprintf(stderr, "vocero: id: node %u, but there are only 0..%d\n", node, NODE_MAX);
        abort();
    }
    atomic_store(&node_bits, node);
}

/* In the lower quarter of the count, so that enough follow it in the same millisecond. */
static u64 random_start(void)
{
    uint16_t r;
    if (getrandom(&r, sizeof r, 0) != sizeof r)
        abort();
    return r & (((u64)1 << START_BITS) - 1);
}

/* A count that runs over carries into the milliseconds; a clock that goes back is not followed. */
static u64 next(u64 before, u64 ms)
{
    if (ms > before >> COUNT_BITS)
        return ms << COUNT_BITS | random_start();
    u64 after = before + 1;
    return after & COUNT_MASK ? after : after | random_start();
}

i64 id_new(i64 now)
{
    i64 ms = now / 1000 - EPOCH_MS;
    ms = ms < 1 ? 1 : ms > MS_MAX ? MS_MAX : ms;
    u64 before = atomic_load(&last), after;
    do {
        after = next(before, (u64)ms);
    } while (!atomic_compare_exchange_weak(&last, &before, after));
    u64 node = atomic_load_explicit(&node_bits, memory_order_relaxed);
    return (i64)((after >> COUNT_BITS) << (NODE_BITS + COUNT_BITS) | node << COUNT_BITS |
                 (after & COUNT_MASK));
}

i64 id_moment(i64 id)
{
    return ((id >> (NODE_BITS + COUNT_BITS)) + EPOCH_MS) * 1000;
}

void id_write(char out[ID_TEXT + 1], i64 id)
{
    u64 rest = (u64)id;
    for (int i = ID_TEXT - 1; i >= 0; i--) {
        out[i] = alphabet[rest & 31];
        rest >>= 5;
    }
    out[ID_TEXT] = '\0';
}

const char *id_text(Arena *a, i64 id)
{
    char text[ID_TEXT + 1];
    id_write(text, id);
    return arena_copy(a, text, ID_TEXT);
}

static int digit(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

bool id_parse(const char *text, i64 *id_out)
{
    if (!text || strlen(text) != ID_TEXT || digit(text[0]) > 7) /* 63 bits: the first digit has 3 */
        return false;
    u64 id = 0;
    for (int i = 0; i < ID_TEXT; i++) {
        int d = digit(text[i]);
        if (d < 0)
            return false;
        id = id << 5 | (u64)d;
    }
    if (!id)
        return false;
    *id_out = (i64)id;
    return true;
}
