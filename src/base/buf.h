/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* buf.h: bytes that grow, with a mandatory maximum.
 *
 * Past the maximum nothing more is added and buf_over() is true: whoever finishes the page, the
 * export or the message looks once, at the end, and answers with a fault.  Owned by its arena. */
#pragma once
#include "base/arena.h"

typedef struct Buf Buf;

Buf *buf_new(Arena *a, size_t expected, size_t max);
void buf_add(Buf *b, const void *bytes, size_t n);
void buf_text(Buf *b, const char *text); /* NULL adds nothing */
void buf_char(Buf *b, char c);
void buf_int(Buf *b, i64 n);
void buf_printf(Buf *b, const char *fmt, ...) PRINTF(2, 3);
bool buf_over(const Buf *b);
size_t buf_size(const Buf *b);
char *buf_data(Buf *b); /* terminated; valid until the next addition */
void buf_cut(Buf *b, size_t size); /* shortens to size */
