/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_hub.c: a hub is told that feeds changed, so that who follows them need not ask again and again (WebSub, W3C 2018, 6). */
#include "desks/press/press_pages.h"
#include "desks/press/public/press_public.h"
#include "net/net.h"

enum { ANSWER_MOST = 64 * 1024, WAIT_SECONDS = 20 };

/* ---- wanted ---- */

bool press_announce(Ctx *ctx, i64 release)
{
    i64 job;
    if (!ctx->city->hub)
        return !faulted(ctx);
    const char *id = id_text(ctx->arena, release);
    return queue_add(ctx, "press_hub", arena_printf(ctx->arena, "press_hub:%s", id), arena_printf(ctx->arena, "{\"release\":\"%s\"}", id),
                     ctx->now, &job);
}

/* ---- done: each feed that the release is in ---- */

static bool tell(Ctx *ctx, const char *feed)
{
    static const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", NULL};
    const char *topic = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, feed);
    Url body = url_query(ctx->arena, url_query(ctx->arena, url_literal(""), "hub.mode", "publish"), "hub.url", topic);
    body = url_query(ctx->arena, body, "hub.topic", topic); /* what some hubs call it */
    NetAnswer answer;
    NetRequest req = {.method = "POST", .url = ctx->city->hub, .headers = headers, .body = {body.s + 1, strlen(body.s + 1)},
                      .max_bytes = ANSWER_MOST, .timeout_us = WAIT_SECONDS * CLOCK_SECOND, .inside_allowed = ctx->city->net_inside};
    if (!net_fetch(ctx, &req, &answer))
        return false;
    if (answer.status >= 200 && answer.status < 300)
        return true;
    return fault(ctx, FAULT_BUSY, "the hub %s answered %d to the announcement of %s", ctx->city->hub, answer.status, feed);
}

static bool tell_topics(Ctx *ctx, const char *topics)
{
    List names = text_split(ctx->arena, topics ? topics : "", '\n');
    List known = press_public_topics(ctx);
    const PressTopic *t = known.items;
    for (size_t i = 0; i < names.count; i++)
        for (size_t k = 0; k < known.count; k++)
            if (text_same(t[k].name, ((const char *const *)names.items)[i]) &&
                !tell(ctx, url_query(ctx->arena, url_literal("/comunicados.atom"), "tema", t[k].slug).s))
                return false;
    return !faulted(ctx);
}

static bool prepare_hub(Ctx *ctx, const Job *job, void **prepared_out)
{
    static const char *const feeds[] = {"/comunicados.atom", "/comunicados.rss", "/novedades.atom"};
    const Json *payload = json_read(ctx, job->payload, strlen(job->payload));
    i64 release = 0;
    if (!payload || !id_parse(json_text_of(json_get(payload, "release")), &release))
        return fault(ctx, FAULT_BROKEN, "a job press_hub says no release");
    for (size_t i = 0; ctx->city->hub && i < COUNT(feeds); i++)
        if (!tell(ctx, feeds[i]))
            return false;
    const PublicRelease *r = ctx->city->hub ? press_public_by_id(ctx, release) : NULL;
    return !faulted(ctx) && (!r || tell_topics(ctx, r->topics));
}

static bool apply_hub(Ctx *ctx, const Job *job, void *prepared)
{
    return !faulted(ctx);
}

const JobHandler press_hub_jobs[] = {
    {"press_hub", prepare_hub, apply_hub},
    {0},
};
