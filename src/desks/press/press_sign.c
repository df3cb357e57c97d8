/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sign.c: who speaks for the office: who holds a post of the signing rank, or acts for its head. */
#include "desks/press/press_room.h"

static bool is_mine(const Ctx *ctx, const Post *post)
{
    return ctx->actor->id && (post->holder == ctx->actor->id || post->acting == ctx->actor->id);
}

/* The actor's post of signing rank; titles_out: those that somebody holds. */
static const char *own_post(Ctx *ctx, const char **titles_out)
{
    i64 rank = ctx->city->signing_rank ? ctx->city->signing_rank : 1;
    List posts = people_posts(ctx);
    *titles_out = NULL;
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++) {
        if (p->rank > rank || (!p->holder && !p->acting))
            continue;
        *titles_out = *titles_out ? arena_printf(ctx->arena, "%s, %s", *titles_out, p->title) : p->title;
        if (is_mine(ctx, p))
            return p->holder == ctx->actor->id ? p->title : arena_printf(ctx->arena, say(ctx, "%s (acting head)"), p->title);
    }
    return NULL;
}

const char *press_signing_post(Ctx *ctx, bool *needed_out)
{
    const char *titles, *post = own_post(ctx, &titles);
    *needed_out = titles != NULL;
    return post;
}

bool press_may_sign(Ctx *ctx, const char **post_out)
{
    const char *titles, *post = own_post(ctx, &titles);
    if (!post && titles)
        return fault(ctx, FAULT_FORBIDDEN, "This is answered for by who holds this post or acts for it: %s.", titles);
    *post_out = post; /* NULL: nobody holds such a post, and the right is enough */
    return !faulted(ctx);
}
