/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* secret.c: SHA-256 and HMAC by GLib, SipHash by libsodium. */
#include "web/secret.h"

#include <glib.h>
#include <sodium.h>

enum { SEAL_TEXT = 22, TAG_TEXT = 24 };

static void drop_text(void *text)
{
    g_free(text);
}

const char *secret_hash(Arena *a, const void *bytes, size_t n)
{
    char *hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, n);
    arena_own(a, hex, drop_text);
    return hex;
}

const char *secret_tag(Arena *a, const void *bytes, size_t n)
{
    /* the same on every node */
    static const unsigned char key[crypto_shorthash_siphashx24_KEYBYTES] = "Vocero, page tag";
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    char hex[2 * sizeof hash + 1];
    crypto_shorthash_siphashx24(hash, bytes, n, key);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return arena_copy(a, hex, TAG_TEXT);
}

static void to_url_signs(char *text)
{
    for (; *text; text++)
        *text = *text == '+' ? '-' : *text == '/' ? '_' : *text;
}

const char *secret_seal(Arena *a, const Site *site, const char *purpose, const char *text)
{
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA256, site->secret, sizeof site->secret);
    unsigned char digest[32];
    size_t size = sizeof digest;
    g_hmac_update(hmac, (const unsigned char *)purpose, (ssize_t)strlen(purpose) + 1);
    g_hmac_update(hmac, (const unsigned char *)text, (ssize_t)strlen(text));
    g_hmac_get_digest(hmac, digest, &size);
    g_hmac_unref(hmac);
    char *base64 = g_base64_encode(digest, sizeof digest);
    char *seal = arena_copy(a, base64, SEAL_TEXT);
    g_free(base64);
    to_url_signs(seal);
    return seal;
}

bool secret_same(const char *a, const char *b)
{
    if (!a || !b || strlen(a) != strlen(b))
        return false;
    unsigned char differs = 0;
    for (; *a; a++, b++)
        differs |= (unsigned char)(*a ^ *b);
    return differs == 0;
}
