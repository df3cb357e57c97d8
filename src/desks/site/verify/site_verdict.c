/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verdict.c: what a seal says of itself, and what came after it. */
#include "desks/site/verify/site_verdict.h"

enum { CORRECTIONS = 20 };

const Word site_verify_words[] = {
    [VERIFY_OFFICIAL] = {"official", N_("It is official")},
    [VERIFY_WITHDRAWN] = {"withdrawn", N_("It was published, and later withdrawn")},
    [VERIFY_CHANGED] = {"changed", N_("It is not what we published")},
    [VERIFY_UNKNOWN] = {"unknown", N_("We know nothing of it")},
    [VERIFY_TYPO] = {"typo", N_("This is no code of ours")},
    [VERIFY_BROKEN] = {"broken", N_("Our own record does not fit its signature")},
    {0},
};

const Word site_verify_by_words[] = {
    [VERIFY_BY_CODE] = {"code", N_("By its code")},
    [VERIFY_BY_HASH] = {"sha256", N_("By its SHA-256")},
    [VERIFY_BY_LINK] = {"link", N_("By its address")},
    [VERIFY_BY_TEXT] = {"text", N_("By what it says")},
    [VERIFY_BY_FILE] = {"file", N_("By the file itself")},
    [VERIFY_BY_PICTURE] = {"picture", N_("By how the picture looks")},
    {0},
};

const Word site_verify_passage_words[] = {
    [PASSAGE_SAME] = {"same", N_("the same")},
    [PASSAGE_WAS] = {"was", N_("We published")},
    [PASSAGE_IS] = {"is", N_("Your document says")},
    [PASSAGE_GAP] = {"gap", "…"},
    {0},
};

static const Field difference_fields[] = {
    FIELD_TEXT(VerifyDifference, what), FIELD_TEXT(VerifyDifference, was), FIELD_TEXT(VerifyDifference, is),
};
static const Shape difference_shape = SHAPE("difference", VerifyDifference, difference_fields);

static const Field passage_fields[] = {
    FIELD_WORD(VerifyPassage, kind, site_verify_passage_words), FIELD_TEXT(VerifyPassage, text),
};
static const Shape passage_shape = SHAPE("passage", VerifyPassage, passage_fields);

static const Field correction_fields[] = {
    FIELD_INT(VerifyCorrection, version), FIELD_TIME(VerifyCorrection, at), FIELD_TEXT(VerifyCorrection, note),
    FIELD_TEXT(VerifyCorrection, url),
};
static const Shape correction_shape = SHAPE("later_version", VerifyCorrection, correction_fields);

static const Field verdict_fields[] = {
    FIELD_WORD(Verdict, state, site_verify_words), FIELD_WORD(Verdict, by, site_verify_by_words),
    FIELD_TEXT(Verdict, asked),                    FIELD_TEXT(Verdict, subject),   FIELD_TEXT(Verdict, code),
    FIELD_TEXT(Verdict, title),                    FIELD_TEXT(Verdict, folio),     FIELD_TEXT(Verdict, url),
    FIELD_INT(Verdict, version),                   FIELD_INT(Verdict, newer),      FIELD_TIME(Verdict, at),
    FIELD_TIME(Verdict, withdrawn_at),             FIELD_TEXT(Verdict, reason),
    FIELD_MANY(Verdict, corrections, &correction_shape),
    FIELD_TEXT(Verdict, sha256),                   FIELD_TEXT(Verdict, signature), FIELD_TEXT(Verdict, key),
    FIELD_TEXT(Verdict, document),                 FIELD_TEXT(Verdict, file),      FIELD_TEXT(Verdict, file_sha256),
    FIELD_BOOL(Verdict, unread),                   FIELD_BOOL(Verdict, part),      FIELD_BOOL(Verdict, short_text),
    FIELD_INT(Verdict, words),                     FIELD_INT(Verdict, same),       FIELD_TEXT(Verdict, picture),
    FIELD_INT(Verdict, bits),                      FIELD_TEXT(Verdict, other_host),
    FIELD_MANY(Verdict, differences, &difference_shape), FIELD_BOOL(Verdict, differences_cut),
    FIELD_MANY(Verdict, passages, &passage_shape),
};
const Shape site_verdict_shape = SHAPE("verdict", Verdict, verdict_fields);

/* ---- of a seal ---- */
static const char *member_of(Ctx *ctx, const Seal *seal, const char *name)
{
    const Json *json = json_read(ctx, seal->canonical, strlen(seal->canonical));
    if (!json)
        fault_take(ctx); /* a broken record is said as such elsewhere */
    return json_text_of(json_get(json, name));
}

static bool is_release(const Seal *seal)
{
    return text_same(seal->subject, "release");
}

/* An earlier version of a release has an address of its own. */
static const char *url_of(Ctx *ctx, const Seal *seal, bool youngest)
{
    const char *base = ctx->city->base_url;
    if (is_release(seal) && !youngest)
        return arena_printf(ctx->arena, "%s%s?edicion=%" PRId64, base, seal->address, seal->version);
    return arena_printf(ctx->arena, "%s%s", base, seal->address);
}

static List corrections_since(Ctx *ctx, const Seal *seal, const Seal *youngest)
{
    VerifyCorrection *all = arena_array(ctx->arena, VerifyCorrection, CORRECTIONS);
    size_t n = 0;
    i64 from = youngest->version - CORRECTIONS > seal->version ? youngest->version - CORRECTIONS : seal->version;
    for (i64 version = from + 1; version <= youngest->version; version++) {
        const Seal *later = seal_of(ctx, seal->subject, seal->subject_id, version);
        if (!later)
            continue;
        const char *note = member_of(ctx, later, "correction");
        all[n++] = (VerifyCorrection){version, later->at, note, url_of(ctx, later, version == youngest->version)};
    }
    return (List){all, n};
}

Verdict *verdict_about(Ctx *ctx, const Seal *seal, VerifyBy by, const char *asked)
{
    const Seal *youngest = seal_of(ctx, seal->subject, seal->subject_id, 0);
    if (faulted(ctx))
        return NULL;
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    *v = (Verdict){
        .by = by, .asked = asked, .subject = seal->subject, .code = seal->code, .title = seal->title, .sha256 = seal->sha256,
        .signature = seal->signature, .key = seal->key, .at = seal->at, .version = seal->version, .newer = NONE,
        .withdrawn_at = seal->withdrawn_at ? seal->withdrawn_at : youngest->withdrawn_at,
        .url = url_of(ctx, seal, seal->version == youngest->version), .words = NONE, .same = NONE, .bits = NONE,
        .document = arena_printf(ctx->arena, "%s/verificar/documento?codigo=%s", ctx->city->base_url, seal->code),
    };
    if (is_release(seal))
        v->folio = member_of(ctx, seal, "folio");
    if (youngest->version > seal->version) {
        v->newer = youngest->version;
        v->corrections = corrections_since(ctx, seal, youngest);
    }
    if (is_release(seal) && v->withdrawn_at)
        v->reason = verify_release_reason(ctx, seal);
    if (!seal_check(ctx, seal))
        v->state = VERIFY_BROKEN;
    else
        v->state = v->withdrawn_at ? VERIFY_WITHDRAWN : VERIFY_OFFICIAL;
    return faulted(ctx) ? NULL : v;
}

Verdict *verdict_nothing(Ctx *ctx, VerifyState state, VerifyBy by, const char *asked)
{
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    *v = (Verdict){.state = state, .by = by, .asked = asked, .version = NONE, .newer = NONE, .words = NONE, .same = NONE, .bits = NONE};
    return faulted(ctx) ? NULL : v;
}

void verdict_changed(Verdict *v)
{
    if (v->state != VERIFY_BROKEN)
        v->state = VERIFY_CHANGED;
}
