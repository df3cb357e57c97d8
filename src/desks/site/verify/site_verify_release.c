/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_release.c: releases by their addresses, and why one was withdrawn. */
#include "desks/press/press.h"
#include "desks/site/verify/site_verdict.h"

/* Some addresses lead nowhere: that is an answer and no fault. Others are passed on. */
static const PublicRelease *release_at(Ctx *ctx, const char *slug, i64 edition)
{
    const PublicRelease *release = faulted(ctx) ? NULL : press_public_by_slug(ctx, slug, edition);
    if (!release && ctx->fault.kind == FAULT_NOT_FOUND)
        fault_take(ctx);
    return release;
}

const Seal *verify_release_at(Ctx *ctx, const char *slug, i64 edition)
{
    const PublicRelease *release = release_at(ctx, slug, edition);
    return release && release->code ? seal_by_code(ctx, release->code) : NULL;
}

/* By the last word of its address, which leads to it for ever. */
static const PublicRelease *release_of(Ctx *ctx, const Seal *seal)
{
    const char *slug = text_same(seal->subject, "release") ? strrchr(seal->address, '/') : NULL;
    const PublicRelease *release = slug ? release_at(ctx, slug + 1, 0) : NULL;
    return release && release->id == seal->subject_id ? release : NULL;
}

const char *verify_release_contact(Ctx *ctx, const Seal *seal)
{
    const PublicRelease *r = release_of(ctx, seal);
    if (!r || (!r->contact_name && !r->contact_phone && !r->contact_mail))
        return NULL;
    const char *const parts[] = {r->contact_name, r->contact_phone, r->contact_mail};
    Buf *line = buf_new(ctx->arena, 256, 4096);
    buf_text(line, say(ctx, "For media: "));
    for (size_t i = 0; i < COUNT(parts); i++)
        buf_printf(line, " %s", parts[i] ? parts[i] : "");
    return buf_data(line);
}

const char *verify_release_reason(Ctx *ctx, const Seal *seal)
{
    const PublicRelease *release = release_of(ctx, seal);
    return release ? release->reason : NULL;
}
