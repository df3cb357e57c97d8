/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_text.c: a text that somebody got: said by this office, in whole or in part, changed, or not at all. */
#include "base/folded.h"
#include "base/passages.h"
#include "desks/site/verify/site_verdict.h"
#include "store/likeness.h"

enum { CODE_WIDEST = 24, CODES_MOST = 200, FOUND = 3, QUOTED = 20 };

/* A paper has one on each page; a text made of codes is not asked through. */
const Seal *verify_seal_named_in(Ctx *ctx, const char *text)
{
    int asked = 0;
    for (const char *p = strstr(text, "VOC-"); p && asked < CODES_MOST && !faulted(ctx); p = strstr(p + 4, "VOC-"), asked++) {
        const char *word = arena_copy(ctx->arena, p, strnlen(p, CODE_WIDEST));
        char code[SEAL_CODE + 1];
        word = arena_copy(ctx->arena, word, strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"));
        const Seal *seal = seal_code_read(word, code) ? seal_by_code(ctx, code) : NULL;
        if (seal)
            return seal;
    }
    return NULL;
}

/* ---- compared ---- */
typedef struct Fit {
    const Seal *seal;
    Passages passages;
} Fit;

static bool is_near(const Passages *p)
{
    return p->same && (p->same * 2 >= p->newer || p->longest >= QUOTED);
}

static bool is_better(const Fit *one, const Fit *other)
{
    if (!other->seal)
        return true;
    if (one->passages.same != other->passages.same)
        return one->passages.same > other->passages.same;
    return one->passages.changes < other->passages.changes;
}

static void take_better(Ctx *ctx, Fit *best, const Seal *seal, const char *ours, const char *text)
{
    List marks = verify_marks(ctx, seal);
    const char *said = verify_without_marks(ctx, ours, marks), *theirs = verify_without_marks(ctx, text, marks);
    Fit fit = {seal, passages_compare(ctx->arena, said, theirs)};
    if (is_better(&fit, best))
        *best = fit;
}

static Fit best_fit(Ctx *ctx, const char *text)
{
    Fit best = {0};
    const Seal *named = verify_seal_named_in(ctx, text);
    const char *ours = named ? likeness_text(ctx, named->id) : NULL;
    if (ours)
        take_better(ctx, &best, named, ours, text);
    List found = likeness_find_text(ctx, text, FOUND);
    for (const Likeness *like = found.items, *end = like + found.count; like < end && !faulted(ctx); like++)
        take_better(ctx, &best, like->seal, like->text, text);
    return best;
}

/* ---- said ---- */
static void add_differences(Ctx *ctx, const Passages *p, Verdict *v)
{
    VerifyDifference *all = arena_array(ctx->arena, VerifyDifference, VERIFY_DIFFERENCES);
    const Passage *one = p->list.items;
    size_t n = 0;
    const char *before = NULL;
    for (size_t i = 0; i < p->list.count && n < VERIFY_DIFFERENCES; i++) {
        if (one[i].kind == PASSAGE_SAME)
            before = one[i].text;
        if (one[i].kind == PASSAGE_SAME || one[i].kind == PASSAGE_GAP)
            continue;
        bool both = one[i].kind == PASSAGE_WAS && i + 1 < p->list.count && one[i + 1].kind == PASSAGE_IS;
        all[n++] = (VerifyDifference){before, one[i].kind == PASSAGE_WAS ? one[i].text : NULL,
                                      one[i].kind == PASSAGE_IS ? one[i].text : both ? one[i + 1].text : NULL};
        i += both;
    }
    v->differences = (List){all, n};
    v->differences_cut = p->cut;
}

static void add_passages(Ctx *ctx, const Passages *p, Verdict *v)
{
    VerifyPassage *all = arena_array(ctx->arena, VerifyPassage, p->list.count + 1);
    const Passage *one = p->list.items;
    for (size_t i = 0; i < p->list.count; i++)
        all[i] = (VerifyPassage){one[i].kind, one[i].text};
    v->passages = (List){all, p->list.count};
}

static void fill(Ctx *ctx, const Passages *p, Verdict *v)
{
    v->words = p->newer;
    v->same = p->same;
    v->part = p->begins_later || p->ends_sooner;
    if (!p->changes)
        return;
    add_passages(ctx, p, v);
    add_differences(ctx, p, v);
    verdict_changed(v);
}

/* It names a code of ours; what belongs to the code is something else, or no text. */
static Verdict *only_named(Ctx *ctx, const Seal *seal, VerifyBy by, const char *asked)
{
    Verdict *v = verdict_about(ctx, seal, by, asked);
    if (v) {
        v->unread = likeness_text(ctx, seal->id) == NULL;
        v->differences_cut = !v->unread;
        verdict_changed(v);
    }
    return v;
}

/* Few words are said by everybody: then only a whole text counts. */
static bool says_enough(const Passages *p)
{
    return p->newer >= VERIFY_WORDS_LEAST || (!p->changes && !p->begins_later && !p->ends_sooner);
}

Verdict *verify_text(Ctx *ctx, const char *text, VerifyBy by, const char *asked)
{
    Fit best = best_fit(ctx, text);
    if (faulted(ctx))
        return NULL;
    if (best.seal && is_near(&best.passages) && says_enough(&best.passages)) {
        Verdict *v = verdict_about(ctx, best.seal, by, asked);
        if (v)
            fill(ctx, &best.passages, v);
        return v;
    }
    const Seal *named = verify_seal_named_in(ctx, text);
    if (named)
        return only_named(ctx, named, by, asked);
    Verdict *v = verdict_nothing(ctx, VERIFY_UNKNOWN, by, asked);
    if (v) {
        v->words = (i64)folded_words(ctx->arena, text).count;
        v->short_text = v->words < VERIFY_WORDS_LEAST;
    }
    return v;
}
