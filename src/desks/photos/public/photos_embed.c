/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_embed.c: how the page of a gallery offers itself to others: the code to copy, and where oEmbed is asked. */
#include "desks/photos/public/photos_public.h"
#include "photos_embed_views.h"

const char *photos_embed_code(Ctx *ctx, const PublicGallery *g)
{
    Html *h = html_new(ctx);
    photos_view_embed_code(h, g, arena_printf(ctx->arena, "%s/insertar", g->url));
    return text_trim(ctx->arena, html_finish(h).s);
}

void photos_offer_oembed(Ctx *ctx, Page *page, const char *url)
{
    Url address = url_query(ctx->arena, url_literal("/oembed.json"), "url", url);
    page_header(ctx, page, "Link",
                arena_printf(ctx->arena, "<%s%s>; rel=\"alternate\"; type=\"application/json+oembed\"", ctx->city->base_url, address.s));
}
