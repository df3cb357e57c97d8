/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_deliver.c: who was to write a release of an event has done so when it is public: her coverage is handed in with it. */
#include "desks/press/flow/press_flow.h"

static bool waits_for_it(const Coverage *c, const Release *r)
{
    return c->kind == COVER_RELEASE && c->assignee && c->assignee == r->author &&
           (c->state == COVERAGE_ACCEPTED || c->state == COVERAGE_IN_PROGRESS);
}

static bool hand_in(Ctx *ctx, const Coverage *c, const Release *r)
{
    Url url;
    const char *link = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, press_public_path(ctx->arena, r->slug));
    EvidenceDraft release = {
        .kind = EVIDENCE_RELEASE,
        .url = url_outside(ctx->arena, link, &url) ? link : NULL,
        .text = r->title,
        .client_key = arena_printf(ctx->arena, "press:%s:%s", id_text(ctx->arena, r->id), id_text(ctx->arena, c->id)),
    };
    return agenda_deliver(ctx, c->id, NONE, (List){&release, 1});
}

/* Whoever publishes need not be who may answer for a coverage: the office itself hands it in. */
bool press_deliver(Ctx *ctx, const Release *r)
{
    List all = r->event ? agenda_coverages_of(ctx, r->event) : (List){0};
    const Actor *asks = ctx->actor;
    bool done = true;
    ctx->actor = &actor_system;
    for (const Coverage *c = all.items, *end = c + all.count; done && c < end; c++)
        done = !waits_for_it(c, r) || hand_in(ctx, c, r);
    ctx->actor = asks;
    return done && !faulted(ctx);
}
