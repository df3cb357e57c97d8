/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hash.c: what a record or a file is, in hex digits; and bytes as text. */
#include "base/hash.h"

#include <glib.h>

const char *hash_text(Arena *a, Bytes bytes)
{
    g_autofree char *hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes.data, bytes.size);
    return arena_text(a, hex);
}

/* ---- piece by piece ---- */

struct Hash {
    Arena *arena;
    GChecksum *sum;
};

static void release(void *h)
{
    g_checksum_free(((Hash *)h)->sum);
}

Hash *hash_begin(Arena *a, HashKind kind)
{
    Hash *h = arena_new_of(a, Hash);
    *h = (Hash){a, g_checksum_new(kind == HASH_SHA1 ? G_CHECKSUM_SHA1 : G_CHECKSUM_SHA256)};
    arena_own(a, h, release);
    return h;
}

void hash_add(Hash *h, const void *bytes, size_t n)
{
    g_checksum_update(h->sum, bytes, (gssize)n);
}

Bytes hash_end(Hash *h)
{
    unsigned char digest[HASH_BYTES_MAX];
    gsize size = sizeof digest;
    g_checksum_get_digest(h->sum, digest, &size);
    return (Bytes){arena_copy(h->arena, (const char *)digest, size), size};
}

/* ---- base64 ---- */

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t padding(const char *text, size_t n)
{
    return n && text[n - 1] == '=' ? (n > 1 && text[n - 2] == '=' ? 2 : 1) : 0;
}

bool base64_read(Arena *a, const char *text, size_t n, Bytes *out)
{
    size_t pad = padding(text, n), size = 0;
    unsigned bits = 0;
    char *bytes = arena_bytes(a, n / 4 * 3 + 1);
    if (n % 4)
        return false;
    for (size_t i = 0; i < n - pad; i++) {
        int value = value_of(text[i]);
        if (value < 0)
            return false;
        bits = bits << 6 | (unsigned)value;
        if (i % 4)
            bytes[size++] = (char)(bits >> (6 - i % 4 * 2));
    }
    if (pad && (bits & ((1u << pad * 2) - 1)))
        return false; /* bits that no byte has */
    bytes[size] = '\0';
    *out = (Bytes){bytes, size};
    return true;
}

const char *base64_text(Arena *a, Bytes bytes)
{
    g_autofree char *text = g_base64_encode((const guchar *)bytes.data, bytes.size);
    return arena_text(a, text);
}
