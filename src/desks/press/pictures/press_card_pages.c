/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_card_pages.c: what is offered of a public release besides its page: the card for sharing, the press kit. */
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/press_pages.h"
#include "paper/paper_card.h"

/* ---- the card ---- */

static const char *host_of(Ctx *ctx)
{
    const char *sign = strstr(ctx->city->base_url, "://");
    return sign ? sign + 3 : ctx->city->base_url;
}

static const char *first_topic(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    return words.count ? *(const char *const *)words.items : NULL;
}

static void give_card(Ctx *ctx, Page *page, const ShareCard *card)
{
    Buf *png = buf_new(ctx->arena, 64 * 1024, 4 * CARD_BYTES_MAX);
    if (paper_card(ctx, card, png))
        page_bytes(page, "image/png", NULL, png);
}

static const char *eyebrow(Ctx *ctx, const PublicRelease *r)
{
    const char *day = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, r->published_at);
    return r->folio ? arena_printf(ctx->arena, "%s %s · %s", say(ctx, "Release"), r->folio, day) : day;
}

/* The public release of the address; at an address that it had, the way to the present one. NULL after either, or a fault. */
static const PublicRelease *asked_for(Ctx *ctx, const Request *req, Page *page, const char *after)
{
    const PublicRelease *r = press_public_by_slug(ctx, req->slug, 0);
    if (r && r->state == RELEASE_WITHDRAWN)
        return fault(ctx, FAULT_GONE, "This release was withdrawn.");
    if (!r || text_same(r->slug, req->slug))
        return r;
    page->moved = url_slug(ctx->arena, "/comunicados/", r->slug, after);
    return NULL;
}

/* GET /comunicados/:slug/tarjeta.png */
static void page_card(Ctx *ctx, const Request *req, Page *page)
{
    const PublicRelease *r = asked_for(ctx, req, page, "/tarjeta.png");
    if (r)
        give_card(ctx, page, &(ShareCard){ctx->city->name, ctx->city->office, eyebrow(ctx, r), r->title, first_topic(ctx, r->topics), host_of(ctx)});
}

/* GET /tarjeta.png: of pages that have none of their own */
static void page_city_card(Ctx *ctx, const Request *req, Page *page)
{
    give_card(ctx, page, &(ShareCard){.organisation = ctx->city->name, .unit = ctx->city->office, .eyebrow = say(ctx, "Official site"),
                                      .title = ctx->city->office, .address = host_of(ctx)});
}

/* ---- the press kit ---- */

/* GET /comunicados/:slug/kit.zip */
static void page_kit(Ctx *ctx, const Request *req, Page *page)
{
    const PublicRelease *r = asked_for(ctx, req, page, "/kit.zip");
    const PressKit *kit = r ? press_kit(ctx, r->id, r->number) : NULL;
    if (!r || faulted(ctx))
        return;
    if (!kit) {
        if (press_kit_waits(ctx, r->id, r->number))
            fault(ctx, FAULT_BUSY, "The press kit is being put together. Try again in a moment.");
        else if (press_kit_gone(ctx, r->id, r->number))
            fault(ctx, FAULT_GONE, "The press kit held a picture that is not public any more.");
        else if (ctx->now - r->at < CLOCK_DAY)
            fault(ctx, FAULT_BUSY, "The press kit is being put together. Try again in a moment.");
        else
            fault(ctx, FAULT_NOT_FOUND, "This release has no press kit.");
        return;
    }
    if (page_file(ctx, req, page, kit->sha256, "application/zip", arena_printf(ctx->arena, "%s.zip", r->slug)))
        page->modified = kit->at;
}

const Route press_share_routes[] = {
    {GET, "/comunicados/:slug/tarjeta.png", page_card, PUBLIC, "The picture that stands for a release where it is shared", .one_kind = true},
    {GET, "/tarjeta.png", page_city_card, PUBLIC, "The picture that stands for any other page", .one_kind = true},
    {GET, "/comunicados/:slug/kit.zip", page_kit, PUBLIC, "A release with its pictures and attachments in one archive", .uncached = true,
     .one_kind = true},
    {0},
};
