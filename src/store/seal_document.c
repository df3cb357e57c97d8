/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_document.c: sealed texts written as files, read back, and proved with a list of keys. */
#include "store/seal_document.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/seal_room.h"

#include <sodium.h>

enum { KEYS_MOST = 1000, BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

const Word seal_proof_words[] = {
    [PROOF_GOOD] = {"official", N_("The signature is good")},
    [PROOF_ALTERED] = {"altered", N_("The text or its signature was altered")},
    [PROOF_CODE] = {"code", N_("The code belongs to another text")},
    [PROOF_STRANGE] = {"key_unknown", N_("The list of keys does not have the key that it names")},
    [PROOF_ENDED] = {"key_ended", N_("The key had ended before the text says that it was written")},
    [PROOF_KEY] = {"key_altered", N_("The list of keys was altered")},
    {0},
};

void seal_document_write(const Seal *seal, Buf *out)
{
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    json_text(&json, "canonical", seal->canonical);
    json_text(&json, "code", seal->code);
    json_text(&json, "key", seal->key);
    json_text(&json, "sha256", seal->sha256);
    json_text(&json, "signature", seal->signature);
    json_close(&json, '}');
    buf_char(out, '\n');
}

/* ---- reading ---- */
static i64 instant_in(const Json *value, const char *key)
{
    const char *text = json_text_of(json_get(value, key));
    i64 at = 0;
    return text && clock_parse_rfc3339(text, &at) ? at : 0;
}

static i64 said_at(Ctx *ctx, const char *canonical)
{
    static const char *const keys[] = {"at", "published_at", "signed_at", "computed_at"};
    const Json *value = json_read(ctx, canonical, strlen(canonical));
    i64 latest = 0;
    if (!value)
        fault_take(ctx); /* a text that is no JSON says no instant; whether it was signed is asked later */
    for (size_t i = 0; value && i < COUNT(keys); i++) {
        i64 at = instant_in(value, keys[i]);
        latest = at > latest ? at : latest;
    }
    return latest;
}

const SealDocument *seal_document_read(Ctx *ctx, const Json *value)
{
    SealDocument *d = arena_new_of(ctx->arena, SealDocument);
    *d = (SealDocument){
        .canonical = json_text_of(json_get(value, "canonical")), .code = json_text_of(json_get(value, "code")),
        .key = json_text_of(json_get(value, "key")),             .sha256 = json_text_of(json_get(value, "sha256")),
        .signature = json_text_of(json_get(value, "signature")),
    };
    if (!d->canonical || !d->key || !d->signature)
        return NULL;
    d->said_at = said_at(ctx, d->canonical);
    return d;
}

bool seal_keys_read(Ctx *ctx, const Json *value, List *keys_out)
{
    const Json *items = json_get(value, "items");
    size_t n = json_count(items);
    if (!items || json_kind(items) != JSON_LIST || !n || n > KEYS_MOST)
        return fault(ctx, FAULT_MALFORMED, "this is no list of keys: {\"items\": [{\"id\", \"public_key\"}]}");
    SealPublic *keys = arena_array(ctx->arena, SealPublic, n);
    for (size_t i = 0; i < n; i++) {
        const Json *one = json_at(items, i);
        keys[i] = (SealPublic){json_text_of(json_get(one, "id")), json_text_of(json_get(one, "public_key")),
                               instant_in(one, "from_at"), instant_in(one, "to_at")};
        if (!keys[i].id || !keys[i].public_key)
            return fault(ctx, FAULT_MALFORMED, "this is no list of keys: {\"items\": [{\"id\", \"public_key\"}]}");
    }
    *keys_out = (List){keys, n};
    return true;
}

/* ---- proving ---- */
static const SealPublic *key_named(List keys, const char *id)
{
    for (const SealPublic *k = keys.items, *end = k + keys.count; k < end; k++)
        if (text_same(k->id, id))
            return k;
    return NULL;
}

static bool read_exactly(const char *text, unsigned char *bytes_out, size_t n)
{
    size_t read = 0;
    return sodium_base642bin(bytes_out, n, text, strlen(text), NULL, &read, NULL, BASE64) == 0 && read == n;
}

static bool signed_by(const SealDocument *d, const unsigned char public_key[32], unsigned char signature_out[SEAL_SIGNATURE])
{
    return read_exactly(d->signature, signature_out, SEAL_SIGNATURE) &&
           crypto_sign_verify_detached(signature_out, (const unsigned char *)d->canonical, strlen(d->canonical), public_key) == 0;
}

SealProof seal_document_check(Arena *a, const SealDocument *d, List keys)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], signature[SEAL_SIGNATURE];
    char id[SEAL_KEY_ID + 1], code[SEAL_CODE + 1];
    const SealPublic *key = key_named(keys, d->key);
    if (!key)
        return PROOF_STRANGE;
    if (sodium_init() < 0 || !read_exactly(key->public_key, public_key, sizeof public_key))
        return PROOF_KEY;
    seal_key_name(public_key, id);
    if (!text_same(id, key->id))
        return PROOF_KEY;
    if (!signed_by(d, public_key, signature))
        return PROOF_ALTERED;
    if (d->sha256 && !text_same(text_lower(a, d->sha256), hash_text(a, (Bytes){d->canonical, strlen(d->canonical)})))
        return PROOF_ALTERED;
    if (d->code && (!seal_code_read(d->code, code) || !seal_code_belongs(signature, code)))
        return PROOF_CODE;
    return key->to_at && d->said_at > key->to_at ? PROOF_ENDED : PROOF_GOOD;
}
