/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_list_pages.c: the list of consents, without names, and the form for a new one. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "web/cursor.h"
#include "web/form.h"
#include "photos_consent_list_views.h"

/* GET /mesa/fotos/consentimientos */
void photos_page_consents(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    ConsentsShown x = {.req = req, .ended = text_same(query_text(req, "ver"), "todos")};
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return;
    cursor_read(ctx, req, &at, &id);
    x.consents = photos_consents(ctx, x.ended, id, limit + 1);
    if (faulted(ctx))
        return;
    bool more = (i64)x.consents.count > limit;
    x.consents.count = more ? (size_t)limit : x.consents.count;
    const char *next = more ? cursor_make(ctx, req, 0, ((const Consent *)x.consents.items)[limit - 1].id) : NULL;
    Url here = url_query(ctx->arena, url_literal("/mesa/fotos/consentimientos"), "ver", x.ended ? "todos" : NULL);
    x.next = next ? url_query(ctx->arena, here, "after", next) : (Url){NULL};
    page->title = say(ctx, "Consents");
    page->here = "/mesa/fotos";
    page_list(page, &photos_consent_shape, x.consents, NONE, next);
    if (page->format == FORMAT_HTML)
        photos_view_consent_list(page->html, &x);
}

static const Photo *photo_named(Ctx *ctx, const Request *req)
{
    i64 id = 0;
    const char *said = req->method == POST ? form_raw(req, "photos") : query_text(req, "foto");
    if (text_blank(said) || !id_parse(said, &id))
        return NULL;
    const Photo *p = photos_find(ctx, id);
    if (!p)
        fault_take(ctx);
    return p;
}

/* GET /mesa/fotos/consentimientos/nuevo; also drawn again when what was typed was wrong */
void photos_page_consent_new(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return;
    ConsentNewShown x = {.req = req, .photo = photo_named(ctx, req)};
    page->title = say(ctx, "New consent");
    page->here = "/mesa/fotos";
    photos_view_consent_new(page->html, &x);
}
