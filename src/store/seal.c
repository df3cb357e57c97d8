/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal.c: signs what is published, finds it again, and says whether it is still what was signed. */
#include "store/seal.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/text.h"
#include "store/seal_room.h"
#include "store_queries.h"

#include <sodium.h>

enum { HASH_TEXT = 64, FILES_MAX = 50, BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static const Field seal_fields[] = {
    FIELD_ID(Seal, id),          FIELD_TEXT(Seal, code),      FIELD_TEXT(Seal, subject),
    FIELD_ID(Seal, subject_id),  FIELD_INT(Seal, version),    FIELD_TEXT(Seal, title),
    FIELD_TEXT(Seal, address),   FIELD_TIME(Seal, at),        FIELD_TIME(Seal, withdrawn_at),
    FIELD_TEXT(Seal, sha256),    FIELD_TEXT(Seal, signature), FIELD_TEXT(Seal, key),
    FIELD_TEXT(Seal, canonical),
};
const Shape seal_shape = SHAPE("seal", Seal, seal_fields);

static const Field file_fields[] = {
    FIELD_ID(SealFile, seal),
    FIELD_TEXT(SealFile, sha256),
    FIELD_TEXT(SealFile, name),
    FIELD_TIME(SealFile, at),
};
const Shape seal_file_shape = SHAPE("seal_file", SealFile, file_fields);

static const Field public_fields[] = {
    FIELD_TEXT(SealPublic, id),
    FIELD_TEXT(SealPublic, public_key),
    FIELD_TIME(SealPublic, from_at),
    FIELD_TIME(SealPublic, to_at),
};
const Shape seal_public_shape = SHAPE("seal_key", SealPublic, public_fields);

static const char *base64url(Arena *a, const unsigned char *bytes, size_t n)
{
    size_t size = sodium_base64_ENCODED_LEN(n, BASE64);
    return sodium_bin2base64(arena_bytes(a, size), size, bytes, n, BASE64);
}

/* Exactly n bytes, in the one spelling that they have. */
static bool read_base64url(const char *text, unsigned char *bytes_out, size_t n)
{
    size_t read = 0;
    return text &&
           sodium_base642bin(bytes_out, n, text, strlen(text), NULL, &read, NULL, BASE64) == 0 &&
           read == n;
}

/* ---- keys ---- */
static bool key_add(Ctx *ctx, const SealKey *key)
{
    const char *text = base64url(ctx->arena, key->public_key, sizeof key->public_key);
    i64 ended;
    return db_change(ctx, &q_store_seal_key_end, &ended, I(ctx->now)) &&
           db_write(ctx, &q_store_seal_key_add, T(key->id), T(text), I(ctx->now));
}

/* The key signs now: it is the present one, or becomes it. */
static bool key_remember(Ctx *ctx, const SealKey *key)
{
    const SealPublic *known = db_maybe(ctx, &q_store_seal_key_find, &seal_public_shape, T(key->id));
    if (faulted(ctx))
        return false;
    if (!known)
        return key_add(ctx, key);
    unsigned char public_key[32];
    if (!read_base64url(known->public_key, public_key, sizeof public_key) ||
        memcmp(public_key, key->public_key, sizeof public_key) != 0)
        return fault(ctx, FAULT_BROKEN, "the public key %s in the database was altered", key->id);
    if (known->to_at)
        return fault(
            ctx, FAULT_CONFLICT,
            "The signing key %s was replaced by a newer one. Put the newer key file in its place.",
            key->id);
    return true;
}

List seal_keys(Ctx *ctx, i64 limit)
{
    return db_list(ctx, &q_store_seal_keys, &seal_public_shape, I(limit));
}

/* ---- making ---- */
static bool is_canonical(Ctx *ctx, Bytes text)
{
    Lap lap CLEANUP(lap_end)
    = lap_begin(ctx);
    const Json *value = json_read(ctx, text.data, text.size);
    Buf *again = buf_new(ctx->arena, text.size + 1, SEAL_CANONICAL_MAX);
    if (!value || !seal_canonical(ctx, value, again))
        return false;
    if (buf_over(again) || buf_size(again) != text.size ||
        memcmp(buf_data(again), text.data, text.size) != 0)
        return fault(ctx, FAULT_BROKEN,
                     "what is to be sealed is not canonical JSON (seal_canonical)");
    return true;
}

static bool may_be_made(Ctx *ctx, const SealDraft *draft)
{
    if (faulted(ctx))
        return false;
    if (draft->canonical.size > SEAL_CANONICAL_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "This is too large to be signed: at most %d MB.",
                     SEAL_CANONICAL_MAX / (1024 * 1024));
    if (!is_canonical(ctx, draft->canonical))
        return false;
    if (db_number(ctx, &q_store_seal_version, T(draft->subject), I(draft->subject_id),
                  I(draft->version)) != NONE)
        return fault(ctx, FAULT_CONFLICT,
                     "Version %" PRId64 " is signed already. Make a new version.", draft->version);
    return !faulted(ctx);
}

/* The signature's first code that no other seal has. */
static const char *free_code(Ctx *ctx, const unsigned char signature[SEAL_SIGNATURE])
{
    char *code = arena_bytes(ctx->arena, SEAL_CODE + 1);
    for (int turn = 0; turn < SEAL_CODE_TURNS && !faulted(ctx); turn++) {
        seal_code_make(signature, turn, code);
        if (db_number(ctx, &q_store_seal_code_taken, T(code)) == NONE)
            return code;
    }
    return fault(ctx, FAULT_BROKEN, "there is no free code for this signature");
}

static bool seal_add(Ctx *ctx, const Seal *s)
{
    return db_write(ctx, &q_store_seal_add, I(s->id), T(s->code), T(s->subject), I(s->subject_id),
                    I(s->version), T(s->title), T(s->address), I(s->at), T(s->sha256),
                    T(s->signature), T(s->key), T(s->canonical));
}

bool seal_make(Ctx *ctx, const SealKey *key, const SealDraft *draft, const Seal **seal_out)
{
    if (!may_be_made(ctx, draft) || !key_remember(ctx, key))
        return false;
    unsigned char signature[SEAL_SIGNATURE];
    crypto_sign_detached(signature, NULL, (const unsigned char *)draft->canonical.data,
                         draft->canonical.size, key->secret);
    Seal *seal = arena_new_of(ctx->arena, Seal);
    *seal = (Seal){
        .id = id_new(ctx->now),
        .code = free_code(ctx, signature),
        .subject = arena_text(ctx->arena, draft->subject),
        .subject_id = draft->subject_id,
        .version = draft->version,
        .title = arena_text(ctx->arena, draft->title),
        .address = arena_text(ctx->arena, draft->address),
        .at = ctx->now,
        .sha256 = hash_text(ctx->arena, draft->canonical),
        .signature = base64url(ctx->arena, signature, sizeof signature),
        .key = arena_text(ctx->arena, key->id),
        .canonical = arena_copy(ctx->arena, draft->canonical.data, draft->canonical.size),
    };
    if (!seal->code || !seal_add(ctx, seal))
        return false;
    if (seal_out)
        *seal_out = seal;
    return true;
}

const char *seal_sign_text(Ctx *ctx, const SealKey *key, const char *canonical)
{
    Bytes text = {canonical, strlen(canonical)};
    unsigned char signature[SEAL_SIGNATURE];
    if (faulted(ctx) || !is_canonical(ctx, text) || !key_remember(ctx, key))
        return NULL;
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.data, text.size, key->secret);
    return base64url(ctx->arena, signature, sizeof signature);
}

bool seal_withdraw(Ctx *ctx, i64 id)
{
    return db_write(ctx, &q_store_seal_withdraw, I(id), I(ctx->now));
}

/* ---- finding ---- */
const Seal *seal_by_code(Ctx *ctx, const char *typed)
{
    char *code = arena_bytes(ctx->arena, SEAL_CODE + 1);
    return seal_code_read(typed, code) ? db_maybe(ctx, &q_store_seal_by_code, &seal_shape, T(code))
                                       : NULL;
}

/* 64 hex digits in lower case, or NULL. */
static const char *hash_read(Arena *a, const char *typed)
{
    const char *trimmed = text_trim(a, typed);
    if (!trimmed || strlen(trimmed) != HASH_TEXT ||
        strspn(trimmed, "0123456789abcdefABCDEF") != HASH_TEXT)
        return NULL;
    return text_lower(a, trimmed);
}

const Seal *seal_by_hash(Ctx *ctx, const char *sha256)
{
    const char *hash = hash_read(ctx->arena, sha256);
    return hash ? db_maybe(ctx, &q_store_seal_by_hash, &seal_shape, T(hash)) : NULL;
}

const Seal *seal_of(Ctx *ctx, const char *subject, i64 id, i64 version)
{
    return db_maybe(ctx, &q_store_seal_of, &seal_shape, T(subject), I(id), I(version));
}

/* ---- files ---- */
bool seal_note_file(Ctx *ctx, i64 seal, const char *sha256, const char *name)
{
    const char *hash = hash_read(ctx->arena, sha256);
    if (!hash)
        return fault(ctx, FAULT_BROKEN, "%s is no SHA-256 of a file", sha256 ? sha256 : "");
    i64 added;
    return db_change(ctx, &q_store_seal_file_add, &added, I(seal), T(hash), T(name), I(ctx->now));
}

List seal_files(Ctx *ctx, i64 seal)
{
    return db_list(ctx, &q_store_seal_files, &seal_file_shape, I(seal), I(FILES_MAX));
}

/* ---- checking ---- */
static bool hash_right(const Seal *seal)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[HASH_TEXT + 1];
    crypto_hash_sha256(hash, (const unsigned char *)seal->canonical, strlen(seal->canonical));
    return text_same(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash), seal->sha256);
}

bool seal_verify(const Seal *seal, const unsigned char public_key[32])
{
    unsigned char signature[SEAL_SIGNATURE];
    return sodium_init() >= 0 && seal->canonical && hash_right(seal) &&
           read_base64url(seal->signature, signature, sizeof signature) &&
           crypto_sign_verify_detached(signature, (const unsigned char *)seal->canonical,
                                       strlen(seal->canonical), public_key) == 0 &&
           seal_code_belongs(signature, seal->code);
}

/* The public half of a key that is remembered, when it is the one that its name says. */
static bool public_of(Ctx *ctx, const char *key, unsigned char public_key_out[32])
{
    const SealPublic *known = db_maybe(ctx, &q_store_seal_key_find, &seal_public_shape, T(key));
    char id[SEAL_KEY_ID + 1];
    if (!known || !read_base64url(known->public_key, public_key_out, 32))
        return false;
    seal_key_name(public_key_out, id);
    return text_same(id, key);
}

bool seal_check(Ctx *ctx, const Seal *seal)
{
    unsigned char public_key[32];
    return public_of(ctx, seal->key, public_key) && seal_verify(seal, public_key);
}

bool seal_check_text(Ctx *ctx, const char *key, const char *canonical, const char *signature)
{
    unsigned char public_key[32], bytes[SEAL_SIGNATURE];
    return sodium_init() >= 0 && public_of(ctx, key, public_key) && read_base64url(signature, bytes, sizeof bytes) &&
           crypto_sign_verify_detached(bytes, (const unsigned char *)canonical, strlen(canonical), public_key) == 0;
}
