/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_document.h: what was sealed as a file that proves itself: no database, no network, a list of public keys.
 *
 *     {"canonical": "{\"body\":…}", "code": "VOC-7K2M-9X", "key": "56475aa75463474c", "sha256": "…", "signature": "…"}
 *
 * Signed are the bytes of the text in canonical (docs/verify.md shows it with openssl).  The key is looked for in a
 * list as /.well-known/vocero-keys.json gives it, which has to come from the office itself, not with the document. */
#pragma once
#include "base/json.h"
#include "store/seal.h"

enum { SEAL_DOCUMENT_MAX = 2 * SEAL_CANONICAL_MAX };

typedef struct SealDocument {
    const char *canonical, *code, *key, *sha256, *signature; /* code and sha256 may be NULL: they are made of the others */
    i64 said_at; /* the latest instant that the text says of itself (at, published_at, signed_at, computed_at); 0: none */
} SealDocument;

void seal_document_write(const Seal *seal, Buf *out);
/* NULL without a fault: value is no such document. Any object that has canonical, key and signature is one. */
const SealDocument *seal_document_read(Ctx *ctx, const Json *value);
/* The keys of {"items": [{"id", "public_key", "from_at", "to_at"}]}. FAULT_MALFORMED. */
CHECKED bool seal_keys_read(Ctx *ctx, const Json *value, List *keys_out /* of SealPublic */);

typedef enum {
    PROOF_GOOD,
    PROOF_ALTERED,  /* text, hash or signature are not what was signed */
    PROOF_CODE,     /* the code is of something else */
    PROOF_STRANGE,  /* no key of the list has this name */
    PROOF_ENDED,    /* the key had ended before the text says that it was written */
    PROOF_KEY       /* the list's key is not the one that its name says */
} SealProof;
extern const Word seal_proof_words[];
SealProof seal_document_check(Arena *a, const SealDocument *document, List keys);
