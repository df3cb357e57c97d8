/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify.h: is this official? What the office knows of a code, a link, a SHA-256, a text, a picture or a document that
 * somebody holds.
 *
 * A document is found by its bytes; where these are not ours, by the code that stands in it: then it is compared with
 * what was signed, a JSON text member by member, a PDF or a text word by word.  A text without a code is found by what it
 * says (store/likeness.h), a picture by how it looks.  Nothing that is asked is kept. */
#pragma once
#include "base/passages.h"
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

typedef enum { VERIFY_BY_CODE, VERIFY_BY_HASH, VERIFY_BY_LINK, VERIFY_BY_TEXT, VERIFY_BY_FILE, VERIFY_BY_PICTURE } VerifyBy;
extern const Word site_verify_by_words[];

typedef struct VerifyDifference {
    const char *what;     /* the figure or passage */
    const char *was, *is; /* as it was published; as the document in hand says */
} VerifyDifference;

typedef struct VerifyPassage {
    int kind;             /* PASSAGE_SAME… of base/passages.h */
    const char *text;     /* NULL: words that are not shown */
} VerifyPassage;
extern const Word site_verify_passage_words[];

typedef struct VerifyCorrection {
    i64 version, at;
    const char *note, *url;
} VerifyCorrection;

typedef struct Verdict {
    VerifyState state;
    VerifyBy by;
    const char *asked;         /* the code, the hash, the file's name, or the beginning of the text */
    const char *subject;       /* "release", "report" */
    const char *code, *title, *url, *sha256, *signature, *key;
    const char *folio;         /* of a release */
    i64 at, withdrawn_at, version;
    i64 newer;                 /* the version that came after it; NONE: none */
    List corrections;          /* of VerifyCorrection: what was corrected since this version, the first one first */
    const char *reason;        /* why it was withdrawn */
    const char *file;          /* the file of ours that it is, "informe-2022-07.pdf"; NULL: another one */
    const char *file_sha256;   /* of the document in hand */
    const char *document;      /* where the sealed text can be fetched as a file that proves itself */
    List differences;          /* of VerifyDifference, at most 50 */
    bool differences_cut;      /* there are more, or the texts have little in common */
    List passages;             /* of VerifyPassage: a text with what was changed in it */
    bool part;                 /* of a text: it is a part of what was published */
    i64 words, same;           /* of a text: its words, and those that we published too; NONE: it is no text */
    bool short_text;           /* too few words to say anything */
    const char *picture;       /* the picture of ours that it looks like */
    i64 bits;                  /* of 64, how many differ in how the two look; NONE: it is no picture */
    const char *other_host;    /* the link leads to this host, which is not ours */
    bool unread;               /* it could not be compared: this kind of file, or no program to read it, or nothing legible in it */
} Verdict;
extern const Shape site_verdict_shape;

enum { VERIFY_FILE_MAX = 20 * 1024 * 1024, VERIFY_TEXT_MAX = 256 * 1024, VERIFY_WORDS_LEAST = 8 };

/* typed: a code, 64 hex digits, a link, or a text. */
const Verdict *site_verify(Ctx *ctx, const char *typed);
/* Slow: reads the file, and may run another program over it. */
const Verdict *site_verify_file(Ctx *ctx, struct Media *media, const Upload *upload);

extern const Route site_verify_routes[];
