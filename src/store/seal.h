/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal.h: what this office said, so that anybody can check it later: a code, a SHA-256 and an Ed25519
 * signature over canonical JSON.
 *
 * Signed are the canonical bytes and nothing else (RFC 8032, detached; base64url without padding), so
 * that any Ed25519 program can check them with a public key of /.well-known/vocero-keys.json.  What
 * must not be altered therefore stands inside the canonical text: subject, version, title, figures.
 *
 * The code, VOC-7K2M-9X, is made of the signature: 25 bits of SHA-256("vocero-code-1:N:" and its 64
 * bytes), N = 0, or the first of 0..63 whose code no other seal has, and a check symbol.  Nobody can guess or
 * count codes without the key, a code on paper belongs to one text only, and any single wrong symbol
 * or two in the wrong order are noticed.  Symbols are Crockford's 32, without I L O U. */
#pragma once
#include "base/json.h"
#include "store/db.h"

enum { SEAL_KEY_ID = 16, SEAL_CODE = 11, SEAL_CANONICAL_MAX = 4 * 1024 * 1024 };

/* ---- the city's key ---- */
typedef struct SealKey {
    unsigned char public_key[32], secret[64];
    char id[SEAL_KEY_ID + 1]; /* the first hex digits of the SHA-256 of public_key */
} SealKey;

/* Reads the key file (64 bytes: libsodium's seed and public key), or makes one when there is none and
 * create says so: mode 0600, on disk when it returns, never over another.  False, key_out untouched
 * and why_out (static or malloc'd for ever) in English when it is not there, cannot be read, has the
 * wrong size, is damaged, or may be read by others.  May be called from several processes at once. */
CHECKED bool seal_key_load(const char *path, bool create, SealKey *key_out, const char **why_out);
void seal_key_forget(SealKey *key); /* wipes it from memory; for CLEANUP */

/* ---- seals ---- */
typedef struct Seal {
    i64 id;
    const char *code;    /* VOC-7K2M-9X */
    const char *subject; /* "report" */
    i64 subject_id, version;
    const char *title, *address; /* as /verificar shows and links it */
    i64 at, withdrawn_at;        /* withdrawn_at 0: it stands */
    const char *sha256;          /* of canonical, 64 hex digits */
    const char *signature;       /* base64url, 86 characters */
    const char *key;             /* SealKey.id that signed it */
    const char *canonical;       /* RFC 8785 */
} Seal;
extern const Shape seal_shape;

typedef struct SealDraft {
    const char *subject;
    i64 subject_id, version;
    const char *title, *address;
    Bytes canonical; /* as seal_canonical() writes it; anything else is FAULT_BROKEN */
} SealDraft;

/* RFC 8785 (JCS): sorted keys, no white space.  Numbers are whole and within 2^53; a real, also 5.0 or
 * 1e3, is FAULT_INVALID: write it as text, or in a smaller unit.  Look at buf_over(out) afterwards. */
CHECKED bool seal_canonical(Ctx *ctx, const Json *value, Buf *out);

/* Signs, in the caller's transaction and at ctx->now; seal_out may be NULL.  A subject's version is
 * sealed once: FAULT_CONFLICT.  A key that was not seen before is remembered, and the one before it
 * ends; a key that has ended signs nothing more: FAULT_CONFLICT.  The journal is the caller's. */
CHECKED bool seal_make(Ctx *ctx, const SealKey *key, const SealDraft *draft, const Seal **seal_out);
/* It was said, and is not upheld. Once: a second time is FAULT_CONFLICT. */
CHECKED bool seal_withdraw(Ctx *ctx, i64 id);

/* Signs canonical text that gets no code of its own, in the caller's transaction; the key is remembered as by
 * seal_make(). base64url, 86 characters, which the caller keeps with SealKey.id; NULL after a fault. */
const char *seal_sign_text(Ctx *ctx, const SealKey *key, const char *canonical);
bool seal_check_text(Ctx *ctx, const char *key, const char *canonical, const char *signature);

/* ---- finding: NULL without a fault when there is none ---- */
/* As people type it: any case, with or without VOC, hyphens and blanks, O for 0, I or L for 1. False
 * when the form or the check symbol is wrong: a typing error.  code_out: VOC-7K2M-9X. */
bool seal_code_read(const char *typed, char code_out[SEAL_CODE + 1]);
const Seal *seal_by_code(Ctx *ctx, const char *typed);
/* Of the canonical text, or of a file that was noted; any case. The youngest where there are several. */
const Seal *seal_by_hash(Ctx *ctx, const char *sha256);
const Seal *seal_of(Ctx *ctx, const char *subject, i64 id,
                    i64 version); /* version 0: the youngest one */

/* ---- files: the bytes of a PDF, an XLSX… that say the same ---- */
typedef struct SealFile {
    i64 seal;
    const char *sha256, *name; /* "informe-2022-07.pdf" */
    i64 at;
} SealFile;
extern const Shape seal_file_shape;
CHECKED bool seal_note_file(Ctx *ctx, i64 seal, const char *sha256,
                    const char *name); /* noted already: true */
List seal_files(Ctx *ctx, i64 seal);   /* of SealFile, by name, at most 50 */

/* ---- checking ---- */
/* Are hash, signature and code those of the canonical text, and did this key sign it? No database. */
bool seal_verify(const Seal *seal, const unsigned char public_key[32]);
/* The same with the key that is remembered as seal->key: false when anything was altered. */
bool seal_check(Ctx *ctx, const Seal *seal);

typedef struct SealPublic {
    const char *id;         /* SealKey.id */
    const char *public_key; /* base64url, 43 characters */
    i64 from_at, to_at;     /* the first seal it made; 0, or when another key took over */
} SealPublic;
extern const Shape seal_public_shape;
List seal_keys(Ctx *ctx, i64 limit); /* the youngest first: the present one, then the past ones */

/* ---- links that only this city can have made: which record, until when ----
 * base64url of id, expiry (both 64 bits, big end first) and 128 bits of keyed BLAKE2b (RFC 7693), whose key is derived from the
 * city's for each purpose. Nothing is kept: whoever hands one out keeps the record that it speaks of, and can take that back. */
enum { SEAL_TOKEN = 43 };
const char *seal_token_make(Arena *a, const SealKey *key, const char *purpose, i64 id, i64 expires_at);
/* Did this city make it, for this purpose? Whether it has ended is for the caller to say, with its expires_at. */
bool seal_token_read(const SealKey *key, const char *purpose, const char *token, i64 *id_out, i64 *expires_at_out);
