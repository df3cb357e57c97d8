/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_comment.c: what is said in review, about a passage or about all of it. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

static bool may_comment(Ctx *ctx)
{
    return people_has(ctx, RIGHT_PRESS_APPROVE) || people_may(ctx, RIGHT_PRESS_WRITE);
}

List press_comments(Ctx *ctx, i64 release)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_list(ctx, &q_press_comments, &press_comment_shape, I(release)) : (List){0};
}

bool press_comment(Ctx *ctx, i64 release, const char *text, const char *quote, i64 *id_out)
{
    if (!may_comment(ctx))
        return false;
    if (text_blank(text))
        return fault_field(ctx, "text", "Say what should be different.");
    Release *r = press_in(ctx, release, NONE, BEFORE_PUBLICATION | PUBLIC_NOW);
    i64 id = id_new(ctx->now);
    if (!r || !check_text(ctx, "text", text, PRESS_COMMENT_MAX) || !check_text(ctx, "quote", quote, PRESS_QUOTE_MAX) ||
        !db_write(ctx, &q_press_comment_add, I(id), I(release), T(text_blank(quote) ? NULL : quote), T(text), I_OR_NULL(ctx->actor->id),
                  I(ctx->now)) ||
        !journal(ctx, "press_release", release, "commented") || !press_tell(ctx, r, r->author, "commented", text_clip(ctx->arena, text, 200)))
        return false;
    *id_out = id;
    return true;
}

bool press_comment_resolve(Ctx *ctx, i64 id, bool resolved)
{
    const ReleaseComment *c = may_comment(ctx) ? db_one(ctx, &q_press_comment, &press_comment_shape, I(id)) : NULL;
    if (!c || (c->resolved_at != 0) == resolved)
        return c != NULL;
    return db_write(ctx, &q_press_comment_set, I(id), I_OR_NULL(resolved ? ctx->now : 0), I_OR_NULL(resolved ? ctx->actor->id : 0)) &&
           journal(ctx, "press_release", c->release, resolved ? "comment_resolved" : "comment_reopened");
}
