/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_token.c: links that only this city can have made, and that end. */
#include "store/seal.h"

#include <sodium.h>

enum { KEY = 32, MAC = 16, SAID = 16, WHOLE = SAID + MAC, BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

/* Another purpose has another key: a link for one thing opens no other. The seed is the first half of the secret. */
static void key_of(const SealKey *key, const char *purpose, unsigned char out[KEY])
{
    static const char before[] = "vocero-token-1:";
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->secret, crypto_sign_SEEDBYTES, KEY);
    crypto_generichash_update(&state, (const unsigned char *)before, sizeof before - 1);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose));
    crypto_generichash_final(&state, out, KEY);
    sodium_memzero(&state, sizeof state);
}

static void put(unsigned char *to, i64 value)
{
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)((u64)value >> (56 - 8 * i));
}

static i64 get(const unsigned char *from)
{
    u64 value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | from[i];
    return (i64)value;
}

static void mac_of(const SealKey *key, const char *purpose, const unsigned char said[SAID], unsigned char out[MAC])
{
    unsigned char derived[KEY];
    key_of(key, purpose, derived);
    crypto_generichash(out, MAC, said, SAID, derived, KEY);
    sodium_memzero(derived, sizeof derived);
}

const char *seal_token_make(Arena *a, const SealKey *key, const char *purpose, i64 id, i64 expires_at)
{
    unsigned char whole[WHOLE];
    put(whole, id);
    put(whole + 8, expires_at);
    mac_of(key, purpose, whole, whole + SAID);
    size_t size = sodium_base64_ENCODED_LEN(WHOLE, BASE64);
    return sodium_bin2base64(arena_bytes(a, size), size, whole, WHOLE, BASE64);
}

bool seal_token_read(const SealKey *key, const char *purpose, const char *token, i64 *id_out, i64 *expires_at_out)
{
    unsigned char whole[WHOLE], mac[MAC];
    size_t n = 0;
    if (!token || strlen(token) != SEAL_TOKEN ||
        sodium_base642bin(whole, WHOLE, token, SEAL_TOKEN, NULL, &n, NULL, BASE64) != 0 || n != WHOLE)
        return false;
    mac_of(key, purpose, whole, mac);
    if (sodium_memcmp(mac, whole + SAID, MAC) != 0)
        return false;
    *id_out = get(whole);
    *expires_at_out = get(whole + 8);
    return true;
}
