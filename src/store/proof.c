/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* proof.c: a file held against what was signed. */
#include "store/proof.h"
#include "base/hash.h"
#include "base/passages.h"
#include "base/text.h"

enum { DIFFERENCES = 50, SHOWN = 200, WORDS_ROOM = 8 * 1024 * 1024 };

const Word proof_words[] = {
    [PROVED] = {"official", N_("It is official")},
    [REFUTED] = {"altered", N_("It is not what we published")},
    [UNPROVED] = {"unknown", N_("Nothing proves it")},
    {0},
};

static const Field difference_fields[] = {
    FIELD_TEXT(ProofDifference, what), FIELD_TEXT(ProofDifference, was), FIELD_TEXT(ProofDifference, is),
};
static const Shape difference_shape = SHAPE("difference", ProofDifference, difference_fields);

static const Field proof_fields[] = {
    FIELD_WORD(Proof, state, proof_words), FIELD_WORD(Proof, signature, seal_proof_words), FIELD_TEXT(Proof, why),
    FIELD_TEXT(Proof, title),              FIELD_TEXT(Proof, code),                        FIELD_TEXT(Proof, key),
    FIELD_TEXT(Proof, sha256),             FIELD_TIME(Proof, said_at),                     FIELD_BOOL(Proof, part),
    FIELD_MANY(Proof, differences, &difference_shape),
};
const Shape proof_shape = SHAPE("proof", Proof, proof_fields);

typedef struct Work {
    Ctx *ctx;
    Proof *proof;
    ProofDifference *all;
    size_t count;
    const Json *theirs;
} Work;

static const Proof *end(Work *w, ProofState state, const char *why)
{
    w->proof->state = state;
    w->proof->why = why;
    w->proof->differences = (List){w->all, w->count};
    return w->proof;
}

static const Json *read_quietly(Ctx *ctx, Bytes bytes)
{
    const Json *value = json_read(ctx, bytes.data, bytes.size);
    if (!value)
        fault_take(ctx);
    return value;
}

/* ---- the sealed document ---- */
/* Its proof, noted; NULL when it is none. */
static const SealDocument *document_of(Work *w, const Json *json, List keys)
{
    const SealDocument *d = json ? seal_document_read(w->ctx, json) : NULL;
    if (!d)
        return NULL;
    w->proof->signature = seal_document_check(w->ctx->arena, d, keys);
    w->proof->code = d->code;
    w->proof->key = d->key;
    w->proof->said_at = d->said_at;
    return d;
}

static void add(Work *w, const char *what, const char *was, const char *is)
{
    Arena *a = w->ctx->arena;
    if (w->count < DIFFERENCES)
        w->all[w->count++] = (ProofDifference){what ? arena_text(a, what) : NULL, was ? text_clip(a, was, SHOWN) : NULL,
                                               is ? text_clip(a, is, SHOWN) : NULL};
}

static const char *spelled(Ctx *ctx, const Json *value)
{
    const char *text = json_text_of(value);
    Buf *out = text ? NULL : buf_new(ctx->arena, 256, WORDS_ROOM);
    if (out && !seal_canonical(ctx, value, out))
        fault_take(ctx); /* a number that no signed text has */
    return text ? text : buf_data(out);
}

static void compare_member(void *to, const char *key, const Json *ours)
{
    Work *w = to;
    const Json *theirs = json_get(w->theirs, key);
    if (!theirs || json_kind(theirs) != json_kind(ours))
        return;
    const char *was = spelled(w->ctx, ours), *is = spelled(w->ctx, theirs);
    if (!text_same(was, is))
        add(w, key, was, is);
}

/* ---- words ---- */
/* In the order in which people read it. */
static const char *words_of(Ctx *ctx, const Json *signed_text)
{
    static const char *const said[] = {"title", "lead", "body", "note", "highlights", "difficulties", "outlook"};
    Buf *words = buf_new(ctx->arena, 4096, WORDS_ROOM);
    for (size_t i = 0; i < COUNT(said); i++) {
        buf_text(words, json_text_of(json_get(signed_text, said[i])));
        buf_char(words, '\n');
    }
    return buf_data(words);
}

static bool says_the_same(Work *w, const Json *signed_text, const char *text)
{
    Passages p = passages_compare(w->ctx->arena, words_of(w->ctx, signed_text), text);
    const Passage *one = p.list.items;
    for (size_t i = 0; i < p.list.count; i++)
        if (one[i].kind == PASSAGE_WAS || one[i].kind == PASSAGE_IS)
            add(w, NULL, one[i].kind == PASSAGE_WAS ? one[i].text : NULL, one[i].kind == PASSAGE_IS ? one[i].text : NULL);
    w->proof->part = p.begins_later || p.ends_sooner;
    return p.same && !p.changes;
}

/* Is the file named in the signed text, by its hash? */
static bool is_named(Work *w, const SealDocument *d)
{
    return strstr(d->canonical, arena_printf(w->ctx->arena, "\"sha256\":\"%s\"", w->proof->sha256)) != NULL ||
           text_same(w->proof->sha256, d->sha256);
}

/* ---- which of the ways ---- */
/* A key that is not in the list may be one of ours all the same. */
static const Proof *refused(Work *w)
{
    SealProof signature = w->proof->signature;
    return end(w, signature == PROOF_STRANGE ? UNPROVED : REFUTED, say_word(w->ctx, seal_proof_words, (int)signature));
}

static const Proof *by_itself(Work *w, const SealDocument *d, const Json *json)
{
    const Json *text = read_quietly(w->ctx, (Bytes){d->canonical, strlen(d->canonical)});
    w->proof->title = json_text_of(json_get(text, "title"));
    if (w->proof->signature != PROOF_GOOD)
        return refused(w);
    w->theirs = json;
    if (text)
        json_each(text, compare_member, w);
    if (w->count)
        return end(w, REFUTED, say(w->ctx, "The signed text is good, but what stands beside it in the file says something else."));
    return end(w, PROVED, NULL);
}

static const Proof *by_members(Work *w, const Json *text, const Json *theirs)
{
    w->theirs = theirs;
    json_each(text, compare_member, w);
    return w->count ? end(w, REFUTED, say(w->ctx, "Its members are not those of the signed text."))
                    : end(w, UNPROVED, say(w->ctx, "It is not the signed text, and nothing in it contradicts it."));
}

static const char *text_of(Ctx *ctx, const ProofFile *file)
{
    if (file->text || !file->bytes.size || !text_valid(file->bytes.data, file->bytes.size))
        return file->text;
    return arena_copy(ctx->arena, file->bytes.data, file->bytes.size);
}

static const Proof *by_sealed(Work *w, const ProofFile *file, const Json *theirs, const SealDocument *d)
{
    const Json *text = read_quietly(w->ctx, (Bytes){d->canonical, strlen(d->canonical)});
    w->proof->title = json_text_of(json_get(text, "title"));
    if (w->proof->signature != PROOF_GOOD)
        return refused(w);
    if (is_named(w, d))
        return end(w, PROVED, NULL);
    if (theirs && text)
        return by_members(w, text, theirs);
    const char *words = text_of(w->ctx, file);
    if (!text || text_blank(words))
        return end(w, UNPROVED, say(w->ctx, "The signed text does not name this file, and its words cannot be read."));
    return says_the_same(w, text, words) ? end(w, PROVED, NULL)
                                         : end(w, REFUTED, say(w->ctx, "Its words are not those of the signed text."));
}

static bool is_json(Bytes bytes)
{
    size_t i = 0;
    while (i < bytes.size && strchr(" \t\r\n\xef\xbb\xbf", bytes.data[i]) && bytes.data[i])
        i++;
    return i < bytes.size && bytes.data[i] == '{';
}

const Proof *proof_of(Ctx *ctx, const ProofFile *file, Bytes sealed, List keys)
{
    Proof *proof = arena_new_of(ctx->arena, Proof);
    *proof = (Proof){.state = UNPROVED, .sha256 = file->sha256 ? file->sha256 : hash_text(ctx->arena, file->bytes)};
    Work w = {.ctx = ctx, .proof = proof, .all = arena_array(ctx->arena, ProofDifference, DIFFERENCES)};
    const Json *json = is_json(file->bytes) ? read_quietly(ctx, file->bytes) : NULL;
    const SealDocument *d = document_of(&w, json, keys);
    if (d)
        return by_itself(&w, d, json);
    if (!sealed.size)
        return end(&w, UNPROVED, say(ctx, "It brings no signature. Fetch the sealed document of its code (/verificar/documento?codigo=…) and name it with --sealed."));
    d = document_of(&w, read_quietly(ctx, sealed), keys);
    return d ? by_sealed(&w, file, json, d) : end(&w, UNPROVED, say(ctx, "What --sealed names is no sealed document."));
}
