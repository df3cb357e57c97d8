/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net.c: asks, and follows redirects one by one, each judged like the first address. */
#include "net/net.h"
#include "base/log.h"
#include "base/text.h"
#include "net/net_room.h"

static bool only_reads(const NetRequest *req)
{
    const char *method = req->method ? req->method : req->body.size ? "POST" : "GET";
    return text_same(method, "GET") || text_same(method, "HEAD");
}

static int redirects_of(const NetRequest *req)
{
    if (!only_reads(req) || req->redirects <= 0)
        return 0;
    return req->redirects < NET_REDIRECTS_MAX ? req->redirects : NET_REDIRECTS_MAX;
}

/* Where the answer sends us on to; NULL with a fault when we do not go there. */
static CURLU *next_of(Ctx *ctx, NetHop *hop, const NetAnswer *answer, int left)
{
    if (left == 0)
        return fault(ctx, FAULT_BUSY,
                     "%s sends us on from address to address without an end. Tell its owner.",
                     net_url_part(ctx->arena, hop->url, CURLUPART_HOST));
    return net_url_next(ctx, hop->url, answer->location, hop->req->inside_allowed);
}

static bool ask(Ctx *ctx, NetHop *hop, NetAnswer *answer_out)
{
    for (int left = redirects_of(hop->req);; left--) {
        if (!hop->url || !net_hop(ctx, hop, answer_out))
            return false;
        if (!hop->follow || !net_redirects(answer_out))
            return true;
        CURLU *next = next_of(ctx, hop, answer_out, left);
        if (!next)
            return false;
        hop->foreign = hop->foreign || !net_url_same_origin(ctx->arena, hop->url, next);
        hop->url = next;
    }
}

bool net_fetch(Ctx *ctx, const NetRequest *req, NetAnswer *answer_out)
{
    i64 begun = clock_monotonic();
    NetHop hop = {
        .req = req,
        .url = net_url_read(ctx, req->url, req->inside_allowed),
        .follow = redirects_of(req) > 0,
        .deadline = begun + (req->timeout_us > 0 ? req->timeout_us : NET_TIMEOUT),
    };
    NetAnswer answer = {0};
    bool answered = ask(ctx, &hop, &answer);
    if (hop.url)
        log_line(
            LOG_INFO, "fetch", LOG_T("host", net_url_part(ctx->arena, hop.url, CURLUPART_HOST)),
            LOG_N("status", answered ? answer.status : 0), LOG_N("bytes", (i64)answer.body.size),
            LOG_N("ms", (clock_monotonic() - begun) / 1000));
    if (answered)
        *answer_out = answer;
    return answered;
}
