/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_picture.c: a picture that somebody got: was it published with something of ours? */
#include "desks/site/verify/site_verdict.h"
#include "media/media.h"
#include "store/likeness.h"

bool verify_is_picture(const Upload *u)
{
    return text_starts(u->type, "image/");
}

/* No picture that can be read is no fault of the reader's: what was noted of its bytes is all that can be said. */
static u64 look_of(Ctx *ctx, Media *media, const Upload *u, bool *unread_out)
{
    MediaFacts facts;
    if (media && media_inspect(ctx, media, u->fd, false, &facts))
        return facts.look;
    if (ctx->fault.kind == FAULT_INVALID || ctx->fault.kind == FAULT_UNSUPPORTED || ctx->fault.kind == FAULT_TOO_LARGE)
        fault_take(ctx);
    *unread_out = true;
    return 0;
}

Verdict *verify_picture(Ctx *ctx, Media *media, const Upload *u, const char *asked)
{
    bool unread = false;
    u64 look = look_of(ctx, media, u, &unread);
    List found = faulted(ctx) ? (List){0} : likeness_find_picture(ctx, look, u->sha256, 1);
    const Likeness *like = found.count ? found.items : NULL;
    Verdict *v = like ? verdict_about(ctx, like->seal, VERIFY_BY_PICTURE, asked)
                      : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_PICTURE, asked);
    if (!v)
        return NULL;
    v->unread = unread && !like;
    if (like) {
        v->picture = like->name;
        v->bits = like->bits;
    }
    return v;
}
