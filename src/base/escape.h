/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* escape.h: what stands between the quotes of a JSON string; for json.c and log.c only. */
#pragma once
#include "base/base.h"

enum { ESCAPE_MAX = 6 };

/* How many bytes at the start of a text stand for themselves. */
size_t escape_plain(const char *text, size_t n);

/* Writes the form of the first character of n > 0 bytes, and how long it is; the number of bytes that
 * it stands for.  What is no UTF-8 becomes U+FFFD.  < > & are escaped for the sake of <script>. */
size_t escape_next(const char *text, size_t n, char out[ESCAPE_MAX], size_t *length_out);
