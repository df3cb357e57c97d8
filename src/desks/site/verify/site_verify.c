/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify.c: what the office knows of something that somebody holds: which way it is asked for. */
#include "desks/site/verify/site_verdict.h"

enum { HASH_TEXT = 64, ASKED = 80, CODE_LIKE = 24 };

/* ---- what was typed ---- */
static bool is_hash(const char *text)
{
    return strlen(text) == HASH_TEXT && strspn(text, "0123456789abcdefABCDEF") == HASH_TEXT;
}

static Verdict *by_hash(Ctx *ctx, const char *text)
{
    const Seal *seal = seal_by_hash(ctx, text_lower(ctx->arena, text));
    return seal ? verdict_about(ctx, seal, VERIFY_BY_HASH, text) : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_HASH, text);
}

static Verdict *by_code(Ctx *ctx, const char *code)
{
    const Seal *seal = seal_by_code(ctx, code);
    return seal ? verdict_about(ctx, seal, VERIFY_BY_CODE, seal->code)
                : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_CODE, arena_text(ctx->arena, code));
}

/* One word, or something that begins as a code does: whoever typed it meant a code. */
static bool was_meant_as_code(Ctx *ctx, const char *text)
{
    return strlen(text) <= CODE_LIKE && (!strpbrk(text, " \t\r\n") || text_starts(text_lower(ctx->arena, text), "voc"));
}

const Verdict *site_verify(Ctx *ctx, const char *typed)
{
    const char *text = text_trim(ctx->arena, typed);
    char code[SEAL_CODE + 1];
    if (is_hash(text))
        return by_hash(ctx, text);
    if (seal_code_read(text, code))
        return by_code(ctx, code);
    if (verify_is_link(text))
        return verify_link(ctx, text);
    if (was_meant_as_code(ctx, text))
        return verdict_nothing(ctx, VERIFY_TYPO, VERIFY_BY_CODE, text_clip(ctx->arena, text, ASKED));
    return verify_text(ctx, text, VERIFY_BY_TEXT, text_clip(ctx->arena, text_squeeze(ctx->arena, text), ASKED));
}

/* ---- a document ---- */
static const char *file_called(Ctx *ctx, const Seal *seal, const char *sha256)
{
    List files = sha256 ? seal_files(ctx, seal->id) : (List){0};
    const SealFile *f = files.items;
    for (size_t i = 0; i < files.count; i++)
        if (text_same(f[i].sha256, sha256))
            return f[i].name;
    return NULL;
}

static bool is_json(const char *text)
{
    return text[strspn(text, " \t\r\n\xef\xbb\xbf")] == '{';
}

static Verdict *unread(Ctx *ctx, const char *asked)
{
    Verdict *v = verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_FILE, asked);
    if (v)
        v->unread = true;
    return v;
}

/* A report's paper is compared in its own way: its figures have names. */
static Verdict *of_text(Ctx *ctx, const Upload *u, const char *text, const char *asked)
{
    const Seal *seal = verify_seal_named_in(ctx, text);
    if (!seal || !text_same(seal->subject, "report"))
        return verify_text(ctx, text, VERIFY_BY_FILE, asked);
    Verdict *v = verdict_about(ctx, seal, VERIFY_BY_FILE, asked);
    if (v && v->state != VERIFY_BROKEN)
        verify_report_text(ctx, u, seal, text, v);
    return v;
}

static Verdict *of_bytes(Ctx *ctx, struct Media *media, const Upload *u, const char *asked)
{
    const Seal *seal = seal_by_hash(ctx, u->sha256);
    if (seal) {
        Verdict *v = verdict_about(ctx, seal, VERIFY_BY_FILE, asked);
        if (v)
            v->file = file_called(ctx, seal, u->sha256);
        return v;
    }
    if (verify_is_picture(u))
        return verify_picture(ctx, media, u, asked);
    const char *text = verify_text_of(ctx, u);
    if (!text || text_blank(text))
        return unread(ctx, asked);
    return is_json(text) ? verify_json(ctx, text, asked) : of_text(ctx, u, text, asked);
}

const Verdict *site_verify_file(Ctx *ctx, struct Media *media, const Upload *u)
{
    const char *asked = text_clip(ctx->arena, u->filename && *u->filename ? u->filename : say(ctx, "The document"), ASKED);
    Verdict *v = of_bytes(ctx, media, u, asked);
    if (v)
        v->file_sha256 = u->sha256;
    return faulted(ctx) ? NULL : v;
}
