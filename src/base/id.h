/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* id.h: names of records: 64-bit, positive, in the order of their making, telling nobody how many there are.
 *
 * 42 bits of milliseconds since 2020-01-01, 6 bits of node, 15 bits that start at random each
 * millisecond and count up.  People and JSON see 13 characters of Crockford's base32. */
#pragma once
#include "base/arena.h"

enum { ID_TEXT = 13 };

void id_node(unsigned node); /* 0..63, once, at start-up */
i64 id_new(i64 now);         /* never twice in this process, also from many threads and when the clock goes back */
i64 id_moment(i64 id);       /* the instant (us) that it was made at */
const char *id_text(Arena *a, i64 id);
void id_write(char out[ID_TEXT + 1], i64 id);
bool id_parse(const char *text, i64 *id_out); /* reads as Crockford says: any case, O is 0, I and L are 1 */
