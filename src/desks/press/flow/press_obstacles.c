/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_obstacles.c: what stands between a release and the public, as sentences. */
#include "desks/press/flow/press_flow.h"

enum { OBSTACLES_MOST = 12 };

typedef struct Obstacle {
    const char *field; /* NULL: nothing that a form could fix */
    const char *said;
} Obstacle;

typedef struct Obstacles {
    Obstacle items[OBSTACLES_MOST];
    size_t count;
} Obstacles;

static void add(Obstacles *all, const char *field, const char *said)
{
    if (all->count < OBSTACLES_MOST)
        all->items[all->count++] = (Obstacle){field, said};
}

/* ---- what is in it ---- */

static void of_words(Ctx *ctx, const Release *r, Obstacles *all)
{
    const ReleaseFile *cover = press_cover_of(r);
    if (text_blank(r->body))
        add(all, "body", say(ctx, "There is no text yet: a release says something."));
    if (cover && text_blank(cover->alt))
        add(all, "alt", say(ctx, "The cover has no alternative text: say what is seen in the picture, for those who cannot see it."));
    if (cover && cover->trouble)
        add(all, "cover", arena_printf(ctx->arena, say(ctx, "The cover cannot be used: %s"), cover->trouble));
}

static void of_pictures(Ctx *ctx, const Release *r, Obstacles *all)
{
    const ReleaseFile *cover = press_cover_of(r);
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        if (f->gone)
            add(all, "files", arena_printf(ctx->arena, say(ctx, "The photo “%s” was unpublished and must not be shown any more: take it away."), f->filename));
    if (cover && !cover->trouble && cover->width == NONE)
        add(all, "cover", say(ctx, "The cover is still being prepared: try again in a moment."));
}

/* ---- who said yes ---- */

static size_t signers(const Release *r)
{
    size_t n = 0;
    for (const ReleaseApproval *a = r->approvals.items, *end = a + r->approvals.count; a < end; a++)
        n += a->signed_as != NULL;
    return n;
}

/* Where nobody holds a post of signing rank, two persons are enough. */
static bool is_signing_needed(Ctx *ctx)
{
    bool needed;
    press_signing_post(ctx, &needed);
    return needed;
}

bool press_approved_enough(Ctx *ctx, const Release *r)
{
    if (!r->sensitive)
        return r->approvals.count > 0;
    return r->approvals.count > 1 && (signers(r) > 0 || !is_signing_needed(ctx));
}

/* Of what it says now, not of what somebody wrote into the record. */
static bool is_approved_content(Ctx *ctx, const Release *r)
{
    const char *content, *hash;
    return r->approved_hash && press_content(ctx, r, &content, &hash) && text_same(r->approved_hash, hash);
}

static void of_approvals(Ctx *ctx, const Release *r, Obstacles *all)
{
    if (r->sensitive && !press_approved_enough(ctx, r)) {
        add(all, NULL, r->approvals.count > 1 ? say(ctx, "Its topic is sensitive: one of those who approve must hold a post of signing rank, or act for it.")
                                              : say(ctx, "Its topic is sensitive: two persons must approve it, one of them of signing rank."));
        return;
    }
    if (!is_approved_content(ctx, r))
        add(all, NULL, say(ctx, "Nobody has approved what it says now."));
}

/* ---- when ---- */

static void of_time(Ctx *ctx, const Release *r, i64 at, Obstacles *all)
{
    const Silence *s = press_silence_against(ctx, r, at);
    if (r->embargo_until && at < r->embargo_until)
        add(all, "embargo_until", arena_printf(ctx->arena, say(ctx, "It is under embargo until %s."),
                                               clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, r->embargo_until)));
    if (s)
        add(all, NULL, press_silence_said(ctx, s));
}

static Obstacles obstacles(Ctx *ctx, const Release *r, i64 at)
{
    Obstacles all = {.count = 0};
    of_words(ctx, r, &all);
    of_pictures(ctx, r, &all);
    of_approvals(ctx, r, &all);
    of_time(ctx, r, at, &all);
    return all;
}

List press_obstacles(Ctx *ctx, const Release *r, i64 at)
{
    Obstacles all = {.count = 0};
    if (STATE_BIT(r->state) & BEFORE_PUBLICATION)
        all = obstacles(ctx, r, at);
    const char **said = arena_array(ctx->arena, const char *, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        said[i] = all.items[i].said;
    return (List){said, all.count};
}

static bool none_of(Ctx *ctx, const Obstacles *all)
{
    if (faulted(ctx) || !all->count)
        return !faulted(ctx);
    const Obstacle *first = &all->items[0];
    if (first->field)
        return fault_field(ctx, first->field, "%s", first->said);
    return fault(ctx, FAULT_CONFLICT, "%s", first->said);
}

bool press_ready_to_send(Ctx *ctx, const Release *r)
{
    Obstacles all = {.count = 0};
    of_words(ctx, r, &all);
    return none_of(ctx, &all);
}

bool press_ready_to_publish(Ctx *ctx, const Release *r, i64 at)
{
    Obstacles all = obstacles(ctx, r, at);
    return none_of(ctx, &all);
}
