/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_keep.c: how the content of a release is written: its hash, its languages, its versions; what was approved needs it anew. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

/* ---- versions ---- */

static bool add_version(Ctx *ctx, const Release *r, VersionKind kind, const char *content, i64 number, const char *note)
{
    return db_write(ctx, &q_press_version_add, I(r->id), I(number), W(press_version_words, kind),
                    I(kind == VERSION_PUBLISHED || kind == VERSION_CORRECTED || kind == VERSION_IMPORTED ? r->edition : 0), T(content),
                    T(r->hash), T(note), I_OR_NULL(ctx->actor->id), I(ctx->now));
}

/* Autosaves of one person take each other's place for a while, counted from the first of them. */
static bool takes_its_place(const Ctx *ctx, const ReleaseVersion *last, VersionKind kind)
{
    return kind == VERSION_AUTOSAVED && last && last->kind == VERSION_AUTOSAVED && last->person == ctx->actor->id &&
           ctx->now - last->at <= PRESS_AUTOSAVE;
}

bool press_keep_version(Ctx *ctx, const Release *r, VersionKind kind, const char *note)
{
    const char *content, *hash;
    const ReleaseVersion *last = db_maybe(ctx, &q_press_version_last, &press_version_shape, I(r->id));
    if (faulted(ctx) || !press_content(ctx, r, &content, &hash))
        return false;
    if (takes_its_place(ctx, last, kind))
        return db_write(ctx, &q_press_version_replace, I(r->id), I(last->number), T(content), T(hash));
    return add_version(ctx, r, kind, content, last ? last->number + 1 : 1, note);
}

/* Saved by hand what had been saved by itself: the version is one that somebody meant. */
static bool mean_it(Ctx *ctx, const Release *r, VersionKind kind)
{
    const ReleaseVersion *last = db_maybe(ctx, &q_press_version_last, &press_version_shape, I(r->id));
    if (kind != VERSION_SAVED || !last || last->kind != VERSION_AUTOSAVED)
        return !faulted(ctx);
    return db_write(ctx, &q_press_version_mean, I(r->id), I(last->number));
}

/* ---- the other languages ---- */

static bool keep_texts(Ctx *ctx, const Release *r)
{
    i64 dropped;
    if (!db_change(ctx, &q_press_texts_drop, &dropped, I(r->id)))
        return false;
    for (const ReleaseText *t = r->texts.items, *end = t + r->texts.count; t < end; t++)
        if (!db_write(ctx, &q_press_text_add, I(r->id), T(t->tongue), T(t->title), T(t->lead), T(t->body ? t->body : "")))
            return false;
    return true;
}

/* ---- the record ---- */

static bool rehash(Ctx *ctx, Release *r)
{
    const char *content;
    return press_content(ctx, r, &content, &r->hash);
}

bool press_keep_new(Ctx *ctx, Release *r, VersionKind kind)
{
    return rehash(ctx, r) &&
           db_write(ctx, &q_press_add, I(r->id), T(r->slug), W(press_state_words, r->state), T(r->title), T(r->lead), T(r->body),
                    T(r->topics), T(r->dateline_place), T(r->dateline_day), I_OR_NULL(r->event), I_OR_NULL(r->area),
                    T(r->contact_name), T(r->contact_phone), T(r->contact_mail), T(r->tongue), I_OR_NULL(r->author), T(r->hash),
                    I(ctx->now)) &&
           keep_texts(ctx, r) && press_keep_version(ctx, r, kind, NULL);
}

/* Its version is kept with the edition that it becomes. */
static bool is_public(const Release *r)
{
    return STATE_BIT(r->state) & PUBLIC_NOW;
}

/* Approved for other words: nobody said yes to these. */
static ReleaseState state_after(const Release *before)
{
    return before->state == RELEASE_IN_REVIEW || is_public(before) ? before->state : RELEASE_DRAFT;
}

static bool tell_that_it_fell_back(Ctx *ctx, const Release *before, ReleaseState state)
{
    if (state == before->state)
        return true;
    const char *was = word_name(press_state_words, (int)before->state);
    return journal_detail(ctx, "press_release", before->id, "approval_lost", was);
}

bool press_keep_change(Ctx *ctx, const Release *before, Release *after, VersionKind kind)
{
    if (!rehash(ctx, after))
        return false;
    if (text_same(before->hash, after->hash))
        return mean_it(ctx, before, kind);
    ReleaseState state = state_after(before);
    return db_write(ctx, &q_press_set_content, I(after->id), I(before->version), T(after->slug), W(press_state_words, state),
                    T(after->title), T(after->lead), T(after->body), T(after->topics), T(after->dateline_place), T(after->dateline_day),
                    I_OR_NULL(after->event), I_OR_NULL(after->area), T(after->contact_name), T(after->contact_phone),
                    T(after->contact_mail), T(after->tongue), T(after->hash), I(ctx->now)) &&
           keep_texts(ctx, after) && (is_public(before) || press_keep_version(ctx, after, kind, NULL)) &&
           tell_that_it_fell_back(ctx, before, state);
}

bool press_keep_files(Ctx *ctx, const Release *before)
{
    Release *after = press_row(ctx, before->id);
    if (!after || !rehash(ctx, after))
        return false;
    ReleaseState state = text_same(before->hash, after->hash) ? before->state : state_after(before);
    return db_write(ctx, &q_press_set_files, I(after->id), I(before->version), W(press_state_words, state), I_OR_NULL(after->cover),
                    T(after->hash), I(ctx->now)) &&
           press_keep_version(ctx, after, VERSION_AUTOSAVED, NULL) && tell_that_it_fell_back(ctx, before, state);
}
