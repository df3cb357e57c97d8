/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_act_pages.c: consents are added, put right, linked to photos and revoked; who opens the paper is noted. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "web/form.h"

/* POST /mesa/fotos/consentimientos */
void photos_act_consent_add(Ctx *ctx, const Request *req, Page *page)
{
    i64 id;
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return;
    ConsentDraft d = photos_read_consent(ctx, req, NULL);
    List photos = text_blank(form_raw(req, "photos")) ? (List){0} : photos_read_ids(ctx, req);
    if (faulted(ctx) || !photos_consent_add(ctx, &d, &id) || (photos.count && !photos_consent_cover(ctx, id, photos, true)))
        return;
    photos_give_consent(ctx, req, page, id, NULL);
    page_created(page, photos_consent_url(ctx->arena, id), say(ctx, "The consent is kept. Link the photos that it covers."));
}

/* POST /mesa/fotos/consentimientos/:id */
void photos_act_consent_change(Ctx *ctx, const Request *req, Page *page)
{
    const Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent(ctx, req->id) : NULL;
    if (!c)
        return;
    ConsentDraft d = photos_read_consent(ctx, req, c);
    if (!faulted(ctx) && photos_consent_change(ctx, c->id, req->version, &d))
        photos_give_consent(ctx, req, page, c->id, say(ctx, "Saved."));
}

/* POST /mesa/fotos/consentimientos/:id/papel: the scan shows names too */
void photos_act_consent_scan(Ctx *ctx, const Request *req, Page *page)
{
    const Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent(ctx, req->id) : NULL;
    if (!c)
        return;
    if (!c->sha256) {
        fault(ctx, FAULT_NOT_FOUND, "The signed paper is not here: add it.");
        return;
    }
    if (journal(ctx, "photos_consent", c->id, "scan_read") && !page_file(ctx, req, page, c->sha256, c->type, c->filename))
        return;
}

static void link_photos(Ctx *ctx, const Request *req, Page *page, bool covered, const char *notice)
{
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return;
    List photos = photos_read_ids(ctx, req);
    if (!faulted(ctx) && photos_consent_cover(ctx, req->id, photos, covered))
        photos_give_consent(ctx, req, page, req->id, notice);
}

/* POST /mesa/fotos/consentimientos/:id/fotos */
void photos_act_consent_cover(Ctx *ctx, const Request *req, Page *page)
{
    link_photos(ctx, req, page, true, say(ctx, "The photos are linked."));
}

/* POST /mesa/fotos/consentimientos/:id/fotos/quitar */
void photos_act_consent_uncover(Ctx *ctx, const Request *req, Page *page)
{
    link_photos(ctx, req, page, false, say(ctx, "The photo is not linked any more. Where no other consent is left, it went from the site."));
}

/* POST /mesa/fotos/consentimientos/:id/revocar */
void photos_act_consent_revoke(Ctx *ctx, const Request *req, Page *page)
{
    i64 n = 0;
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return;
    const char *reason = form_need(ctx, req, "reason", CONSENT_REASON_MAX);
    if (!reason || !photos_consent_revoke(ctx, req->id, reason, &n))
        return;
    photos_give_consent(ctx, req, page, req->id,
                        arena_printf(ctx->arena, say_n(ctx, "Revoked: %" PRId64 " photo went from the site.", "Revoked: %" PRId64 " photos went from the site.", n), n));
}
