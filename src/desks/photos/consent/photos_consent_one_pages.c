/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_one_pages.c: one consent: what it is good for, what it covers, who looked at the names. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "web/form.h"
#include "photos_consent_views.h"

enum { HISTORY = 50, FOUND_MOST = 24 };

/* Those that the reader may see. */
static List photos_of_consent(Ctx *ctx, const Consent *c)
{
    const i64 *ids = c->photo_ids.items;
    size_t n = 0, most = c->photo_ids.count < CONSENT_PHOTOS_SHOWN ? c->photo_ids.count : CONSENT_PHOTOS_SHOWN;
    Photo *photos = arena_array(ctx->arena, Photo, most + 1);
    for (size_t i = 0; i < most && !faulted(ctx); i++) {
        const Photo *p = photos_seen(ctx, ids[i]);
        if (p)
            photos[n++] = *p;
        else if (ctx->fault.kind == FAULT_NOT_FOUND)
            fault_take(ctx);
    }
    return (List){photos, n};
}

static bool covers(const Consent *c, i64 photo)
{
    const i64 *ids = c->photo_ids.items;
    for (size_t i = 0; i < c->photo_ids.count; i++)
        if (ids[i] == photo)
            return true;
    return false;
}

/* What was looked for, else what waits for a consent. */
static List could_cover(Ctx *ctx, const Consent *c, const char *words)
{
    PhotoFilter filter = {.words = words, .minors = words ? NULL : "consent", .state = "ready"};
    List found = photos_list(ctx, &filter, 0, 0, FOUND_MOST + (i64)c->photo_ids.count);
    Photo *left = arena_array(ctx->arena, Photo, FOUND_MOST + 1);
    size_t n = 0;
    for (const Photo *p = found.items, *end = p + found.count; p < end && n < FOUND_MOST; p++)
        if (!covers(c, p->id))
            left[n++] = *p;
    return (List){left, n};
}

/* The last part of the address of the form that was wrong; of its data: NULL. */
static const char *active_form(const Request *req)
{
    const char *last = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL;
    return text_same(last, ":id") ? NULL : last;
}

static void draw(Ctx *ctx, const Request *req, Page *page, const Consent *c, const ConsentName *name)
{
    const char *words = text_blank(query_text(req, "q")) ? NULL : query_text(req, "q");
    ConsentShown x = {
        .req = req, .consent = c, .name = name, .active = active_form(req), .words = words, .trouble = photos_consent_trouble(ctx, c),
        .photos = photos_of_consent(ctx, c), .public_photos = photos_consent_public_count(ctx, c->id),
        .journal = journal_of(ctx, "photos_consent", c->id, HISTORY),
    };
    x.form = x.active ? NULL : req->form;
    if (c->stands || (!c->revoked_at && !c->heard))
        x.found = could_cover(ctx, c, words);
    if (!faulted(ctx) || req->method == POST)
        photos_view_consent(page->html, &x);
}

static void show(Ctx *ctx, const Request *req, Page *page, const ConsentName *name)
{
    const Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent(ctx, req->id) : NULL;
    if (!c)
        return;
    page->title = arena_printf(ctx->arena, say(ctx, "Consent %s"), id_text(ctx->arena, c->id));
    page->here = "/mesa/fotos";
    page->version = page->format == FORMAT_HTML ? NONE : c->version;
    if (!name || page->format == FORMAT_HTML)
        page_one(page, &photos_consent_shape, c);
    if (page->format == FORMAT_HTML)
        draw(ctx, req, page, c, name);
}

/* GET /mesa/fotos/consentimientos/:id */
void photos_page_consent(Ctx *ctx, const Request *req, Page *page)
{
    show(ctx, req, page, NULL);
}

/* POST /mesa/fotos/consentimientos/:id/nombres: the answer is the page with the names; nothing keeps it */
void photos_act_consent_names(Ctx *ctx, const Request *req, Page *page)
{
    const ConsentName *name = photos_consent_read(ctx, req->id);
    if (!name)
        return;
    page_one(page, &photos_consent_name_shape, name);
    if (page->format == FORMAT_HTML)
        show(ctx, req, page, name);
}

void photos_give_consent(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice)
{
    const Consent *c = photos_consent(ctx, id);
    if (!c)
        return;
    page_one(page, &photos_consent_shape, c);
    page->version = c->version;
    page_done(page, photos_consent_url(ctx->arena, id), notice);
}
