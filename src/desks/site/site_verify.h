/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify.h: is this official? What the office knows of a code, a SHA-256 or a document that somebody holds.
 *
 * A document is found by its bytes; where these are not ours, by the code that stands in it: then it is compared with
 * what was signed, a JSON text member by member, a PDF or a text word by word with the paper of that time. */
#pragma once
#include "base/shape.h"
#include "store/seal.h"
#include "web/page.h"

typedef enum {
    VERIFY_OFFICIAL,
    VERIFY_WITHDRAWN, /* it was said, and is not upheld */
    VERIFY_CHANGED,   /* it speaks of something that we published, but says something else */
    VERIFY_UNKNOWN,   /* we know nothing of it */
    VERIFY_TYPO,      /* no code of ours looks like that */
    VERIFY_BROKEN     /* our own record does not fit its signature */
} VerifyState;
extern const Word site_verify_words[];

typedef struct VerifyDifference {
    const char *what;     /* the figure or passage */
    const char *was, *is; /* as it was published; as the document in hand says */
} VerifyDifference;

typedef struct Verdict {
    VerifyState state;
    const char *asked;         /* the code, the hash or the file's name */
    const char *code, *title, *url, *sha256, *signature, *key;
    i64 at, withdrawn_at, version;
    i64 newer;                 /* the version that came after it; NONE: none */
    const char *file;          /* the file of ours that it is, "informe-2022-07.pdf"; NULL: another one */
    const char *file_sha256;   /* of the document in hand */
    List differences;          /* of VerifyDifference, at most 50 */
    bool differences_cut;      /* there are more, or the texts have little in common */
    bool unread;               /* it could not be compared: this kind of file, or no program to read it, or nothing legible in it */
} Verdict;
extern const Shape site_verdict_shape;

enum { VERIFY_FILE_MAX = 20 * 1024 * 1024 };

/* typed: a code, 64 hex digits, or a link of ours with ?codigo=. */
const Verdict *site_verify(Ctx *ctx, const char *typed);
/* Slow: reads the file, and may run another program over it. */
const Verdict *site_verify_file(Ctx *ctx, const Upload *upload);

extern const Route site_verify_routes[];
