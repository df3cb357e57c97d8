/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hash.h: SHA-256 and, for old protocols, SHA-1 (FIPS 180-4) of some bytes, as hex digits; and base64 (RFC 4648). */
#pragma once
#include "base/arena.h"

const char *hash_text(Arena *a, Bytes bytes); /* SHA-256 */

typedef enum { HASH_SHA256, HASH_SHA1 } HashKind;
enum { HASH_BYTES_MAX = 32 };
typedef struct Hash Hash; /* of bytes that come one after the other; lives in the arena */
Hash *hash_begin(Arena *a, HashKind kind);
void hash_add(Hash *h, const void *bytes, size_t n);
Bytes hash_end(Hash *h); /* 32 or 20 bytes in the arena; nothing may be added any more */

/* Padded base64 without blanks, as it must be written; anything else is false. out is terminated too. */
CHECKED bool base64_read(Arena *a, const char *text, size_t n, Bytes *out);
const char *base64_text(Arena *a, Bytes bytes);
