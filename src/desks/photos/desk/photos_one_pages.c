/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_one_pages.c: one photo at the desk: its page, its words, its copies, its original. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"
#include "web/site.h"
#include "photos_one_views.h"

enum { HISTORY = 30 };

/* ---- its neighbours in the event, by time ---- */

const Photo *photos_next_of(Ctx *ctx, const Photo *p)
{
    List later = photos_of(ctx, p->event, 0, p->taken_at, p->id, 1);
    return later.count ? later.items : NULL;
}

static const Photo *one_before(Ctx *ctx, const Photo *p)
{
    List earlier = photos_list(ctx, &(PhotoFilter){.event = p->event}, p->taken_at, p->id, 1);
    return earlier.count ? earlier.items : NULL;
}

/* ---- its page ---- */

/* The last part of the address of the form that was wrong; of its words: NULL. */
static const char *active_form(const Request *req)
{
    const char *last = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL;
    return text_same(last, ":id") ? NULL : last;
}

static void draw_one(Ctx *ctx, const Request *req, Page *page, const Photo *p)
{
    PhotoShown x = {
        .photo = p, .req = req,
        .active = active_form(req),
        .obstacles = photos_obstacles(ctx, p), .warnings = photos_warnings(ctx, p),
        .journal = journal_of(ctx, "photos_photo", p->id, HISTORY),
        .before = one_before(ctx, p), .after = photos_next_of(ctx, p),
        .may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT) && !p->removed_at,
        .may_publish = people_has(ctx, RIGHT_PHOTOS_PUBLISH),
        .may_consent = people_has(ctx, RIGHT_PHOTOS_CONSENT),
    };
    x.form = x.active ? NULL : req->form;
    x.outdated = x.form && form_again(x.form) && req->version != NONE && req->version != p->version;
    if (x.may_edit)
        x.targets = photos_targets(ctx, p->event, p->coverage), x.elsewhere = photos_elsewhere(ctx, (List){(void *)p, 1});
    if (x.may_consent)
        x.consents = photos_consents_of(ctx, p->id);
    photos_view_one(page->html, &x);
}

/* GET /mesa/fotos/:id; also drawn again when one of its forms was wrong */
void photos_page_one(Ctx *ctx, const Request *req, Page *page)
{
    const Photo *p = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_find(ctx, req->id) : NULL;
    if (!p)
        return;
    page->title = photos_look_title(p);
    page->here = "/mesa/fotos";
    page->version = page->format == FORMAT_HTML ? NONE : p->version; /* boxes and consents change what is seen */
    page_one(page, &photos_shape, p);
    if (page->format == FORMAT_HTML)
        draw_one(ctx, req, page, p);
}

void photos_give(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice)
{
    const Photo *p = photos_find(ctx, id);
    Url back = {NULL};
    if (!p)
        return;
    if (form_has(req, "back"))
        url_inside(ctx->arena, form_raw(req, "back"), &back);
    page_one(page, &photos_shape, p);
    page->version = p->version;
    page_done(page, back.s ? back : photos_desk_url(ctx->arena, id), notice);
}

/* ---- its words ---- */

/* POST /mesa/fotos/:id */
void photos_act_change(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    PhotoWords words = photos_read_words(ctx, req);
    if (faulted(ctx) || !photos_describe(ctx, req->id, req->version, &words))
        return;
    bool moved = photos_step_made(ctx) != 0;
    photos_give(ctx, req, page, req->id, moved ? say(ctx, "Saved; the photo was moved.") : say(ctx, "Saved."));
    const Photo *p = text_same(form_raw(req, "then"), "next") && !faulted(ctx) ? photos_find(ctx, req->id) : NULL;
    const Photo *next = p ? photos_next_of(ctx, p) : NULL;
    if (next)
        page->redirect = photos_desk_url(ctx->arena, next->id);
    else if (p)
        page->notice = say(ctx, "Saved. It was the last one of its event.");
    photos_offer_undo(ctx, page);
}

/* ---- its bytes ---- */

/* GET /mesa/fotos/:id/original: as it came */
void photos_page_original(Ctx *ctx, const Request *req, Page *page)
{
    const Photo *p = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_find(ctx, req->id) : NULL;
    if (p && page_file(ctx, req, page, p->sha256, p->type ? p->type : "application/octet-stream", p->filename))
        page->modified = p->at;
}

/* GET /mesa/fotos/:id/:variant */
void photos_page_copy(Ctx *ctx, const Request *req, Page *page)
{
    const Rendition *r = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_desk_copy(ctx, req->id, req->variant) : NULL;
    if (r && !page_picture(ctx, req, page, r->sha256, r->type))
        return;
}
