/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_way_pages.c: photos are removed and come back, are looked at again, and go from the site. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"

enum { REASON_MAX = 500 };

static List just(Ctx *ctx, i64 id)
{
    i64 *one = arena_new_of(ctx->arena, i64);
    *one = id;
    return (List){one, 1};
}

/* POST /mesa/fotos/:id/quitar */
void photos_act_remove(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    const char *reason = form_need(ctx, req, "reason", REASON_MAX);
    if (faulted(ctx) || !photos_remove(ctx, just(ctx, req->id), reason))
        return;
    page_done(page, url_literal("/mesa/fotos"), say(ctx, "The photo was removed. It can be brought back for 30 days."));
    page->undo = photos_desk_act_url(ctx->arena, req->id, "devolver");
}

/* POST /mesa/fotos/:id/devolver */
void photos_act_bring_back(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_PHOTOS_EDIT) && photos_bring_back(ctx, just(ctx, req->id)))
        photos_give(ctx, req, page, req->id, say(ctx, "The photo is back."));
}

static Url back_of(Ctx *ctx, const Request *req)
{
    Url back;
    return form_has(req, "back") && url_inside(ctx->arena, form_raw(req, "back"), &back) ? back : url_literal("/mesa/fotos");
}

/* POST /mesa/fotos/quitar */
void photos_act_remove_all(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = photos_read_ids(ctx, req);
    const char *reason = form_need(ctx, req, "reason", REASON_MAX);
    if (faulted(ctx) || !photos_remove(ctx, ids, reason))
        return;
    i64 n = (i64)ids.count;
    page_done(page, back_of(ctx, req),
              arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo was removed.", "%" PRId64 " photos were removed.", n), n));
    photos_offer_undo(ctx, page);
}

static List ids_of_query(Ctx *ctx, const Request *req)
{
    const char *numbers = query_text(req, "fotos");
    List parts = numbers ? text_split(ctx->arena, numbers, ',') : (List){0};
    const char *const *part = parts.items;
    i64 *ids = arena_array(ctx->arena, i64, parts.count + 1);
    for (size_t i = 0; i < parts.count; i++)
        if (!id_parse(part[i], &ids[i])) {
            fault_field(ctx, "fotos", "\"%s\" is no photo's number.", part[i]);
            return (List){0};
        }
    return (List){ids, parts.count};
}

/* POST /mesa/fotos/devolver */
void photos_act_bring_back_all(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = form_has(req, "photos") ? photos_read_ids(ctx, req) : ids_of_query(ctx, req);
    if (!faulted(ctx) && photos_bring_back(ctx, ids))
        page_done(page, back_of(ctx, req), say(ctx, "The photos are back."));
}

/* POST /mesa/fotos/:id/reintentar */
void photos_act_retry(Ctx *ctx, const Request *req, Page *page)
{
    if (photos_retry(ctx, req->id))
        photos_give(ctx, req, page, req->id, say(ctx, "It is looked at again."));
}

/* POST /mesa/fotos/:id/retirar */
void photos_act_unpublish(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_PUBLISH))
        return;
    const char *reason = form_need(ctx, req, "reason", REASON_MAX);
    if (reason && photos_unpublish(ctx, req->id, reason))
        photos_give(ctx, req, page, req->id, say(ctx, "It is off the site: galleries, releases and addresses of its copies."));
}
