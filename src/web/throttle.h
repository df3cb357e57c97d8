/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* throttle.h: how much one address and one account may ask: buckets of tokens, connections counted.
 *
 * Memory is fixed: when a set of buckets is full, the one that was used longest ago is forgotten,
 * so a flood of addresses costs nothing and lets at most the longest quiet ones start afresh.
 * IPv6 addresses count by their /64, which is what one household or phone has. */
#pragma once
#include "base/base.h"

typedef struct Throttle Throttle;

Throttle *throttle_new(void);
void throttle_free(Throttle *l);

u64 throttle_key_of_address(const Throttle *l, const char *address); /* text; "unix" too */
u64 throttle_key_of_account(const Throttle *l, i64 account);

/* Takes a token; per_minute come back in a minute, and as many can be saved. 0 or less: no limit.
 * false: none is left, wait_out is when to come back, in whole seconds. now: clock_monotonic(). */
bool throttle_take(Throttle *l, u64 key, i64 per_minute, i64 now, i64 *wait_out);

/* Connections: counted at accept and at close. */
void throttle_enter(Throttle *l, u64 key);
void throttle_leave(Throttle *l, u64 key);
int throttle_entered(Throttle *l, u64 key);
