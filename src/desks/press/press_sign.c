/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sign.c: who speaks for the office: who holds a post of the signing rank, or acts for its head. */
#include "desks/press/press_room.h"

const char *press_signing_post(Ctx *ctx, bool *needed_out)
{
    const char *titles, *post = people_signing_post(ctx, &titles);
    *needed_out = titles != NULL;
    return post;
}

bool press_may_sign(Ctx *ctx, const char **post_out)
{
    const char *titles, *post = people_signing_post(ctx, &titles);
    if (!post && titles)
        return fault(ctx, FAULT_FORBIDDEN, "This is answered for by who holds this post or acts for it: %s.", titles);
    *post_out = post; /* NULL: nobody holds such a post, and the right is enough */
    return !faulted(ctx);
}
