/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* proof.h: is this file what the office signed? Told from a sealed document and a list of keys alone: no database, no network.
 *
 * A sealed document (store/seal_document.h) proves itself; what else its JSON says must agree with the signed text.  Any
 * other file belongs to a sealed document when its SHA-256 stands in the signed text, or when it says in words nothing but
 * what was signed.  A PDF's words are read by pdftotext. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"
#include "store/seal_document.h"

typedef enum {
    PROVED,   /* signed by a key of the list, and unchanged */
    REFUTED,  /* something was altered, or the key may not sign it */
    UNPROVED  /* nothing here proves or refutes it */
} ProofState;
extern const Word proof_words[];

typedef struct ProofDifference {
    const char *what, *was, *is;
} ProofDifference;

typedef struct Proof {
    ProofState state;
    SealProof signature;     /* of the sealed document, where there is one */
    const char *why;         /* a sentence */
    const char *title, *code, *key, *sha256; /* sha256: of the file */
    i64 said_at;             /* as SealDocument */
    bool part;               /* its words are a part of what was signed */
    List differences;        /* of ProofDifference, at most 50 */
} Proof;
extern const Shape proof_shape;

typedef struct ProofFile {
    Bytes bytes;             /* of a file too large to be read: none */
    const char *sha256;      /* NULL: made of bytes */
    const char *text;        /* what stands in it, where that is not its bytes: of a PDF; or NULL */
} ProofFile;

/* sealed: the document that the file should belong to; size 0: none. Never NULL, and faults are taken. */
const Proof *proof_of(Ctx *ctx, const ProofFile *file, Bytes sealed, List keys /* of SealPublic */);
