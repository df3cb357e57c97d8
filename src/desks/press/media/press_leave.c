/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_leave.c: off the lists by the link at the foot of every message; only a new yes at the desk brings somebody back. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

const MediaContact *press_leaver(Ctx *ctx, const char *secret)
{
    const MediaContact *c = db_maybe(ctx, &q_press_contact_by_secret, &press_contact_shape, T(secret));
    if (!c && !faulted(ctx))
        fault(ctx, FAULT_NOT_FOUND, "This link is not complete: copy all of it from the message.");
    return c;
}

bool press_leave(Ctx *ctx, const char *secret)
{
    const MediaContact *c = press_leaver(ctx, secret);
    return c && (c->opted_out_at ||
                 (db_write(ctx, &q_press_contact_opt_out, I(c->id), I(ctx->now)) && journal(ctx, "press_contact", c->id, "left")));
}
