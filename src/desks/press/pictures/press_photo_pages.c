/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_photo_pages.c: a release's cover or another picture of it, chosen from the photos. */
#include "desks/press/pictures/press_photo.h"
#include "desks/press/pictures/press_pictures.h"
#include "web/form.h"
#include "web/site.h"
#include "press_photo_views.h"

enum { CHOICE = 60, BESIDE = 6 };

/* ---- what there is ---- */

/* GET /mesa/comunicados/:id/fotos */
static void page_choose(Ctx *ctx, const Request *req, Page *page)
{
    PhotoChoosing x = {.req = req, .release = people_may(ctx, RIGHT_PRESS_WRITE) ? press_find(ctx, req->id) : NULL};
    if (!x.release)
        return;
    x.words = query_text(req, "q");
    x.photos = photos_choice(ctx, x.release->event, text_blank(x.words) ? NULL : x.words, CHOICE);
    page->title = say(ctx, "Choose from the photos");
    page->here = "/mesa/comunicados";
    page_list(page, &photos_shape, x.photos, NONE, NULL);
    if (page->format == FORMAT_HTML && !faulted(ctx))
        press_view_photos(page->html, &x);
}

/* ---- one is chosen ---- */

/* The public copy that may be kept is made here, where waiting hurts nobody. */
static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    Brought *b = arena_new_of(ctx->arena, Brought);
    i64 photo = people_may(ctx, RIGHT_PRESS_WRITE) ? form_id(ctx, req, "photo") : 0;
    if (faulted(ctx))
        return false;
    if (!photo)
        return fault_field(ctx, "photo", "Choose a photo.");
    *prepared_out = b;
    return press_bring_photo(ctx, req, photo, b);
}

static const char *said(Ctx *ctx, bool waits, bool is_cover)
{
    if (waits)
        return say(ctx, "The photo waits for the correction.");
    return is_cover ? say(ctx, "The photo is the cover now.") : say(ctx, "The photo was added.");
}

/* POST /mesa/comunicados/:id/fotos */
static void act_choose(Ctx *ctx, const Request *req, Page *page)
{
    Brought b = *(const Brought *)req->prepared;
    i64 id;
    b.draft.is_cover = form_bool(req, "is_cover");
    if (!press_bring_in(ctx, req->id, req->version, &b, &id))
        return;
    const ReleaseFile *f = press_file(ctx, id);
    if (!f)
        return;
    bool waits = f->standing == FILE_WAITING;
    page_one(page, &press_file_shape, f);
    page_created(page, page->format == FORMAT_HTML ? url_id(ctx->arena, "/mesa/comunicados/", req->id, waits ? "/corregir#archivos" : "#archivos")
                                                   : url_id(ctx->arena, "/mesa/comunicados/archivos/", id, NULL),
                 said(ctx, waits, b.draft.is_cover));
}

/* ---- beside a release: what its event has ---- */

static void panel_event_photos(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    PhotoChoosing x = {.req = req, .release = press_find(ctx, id)};
    if (!x.release || !x.release->event)
        return;
    const PhotoFilter ready = {.event = x.release->event, .state = word_name(photos_state_words, PHOTO_READY)};
    x.photos = photos_list(ctx, &ready, 0, 0, BESIDE);
    x.total = photos_count(ctx, &ready);
    x.may_choose = press_look_open(x.release->state) && people_has(ctx, RIGHT_PRESS_WRITE);
    if (x.photos.count && !faulted(ctx))
        press_view_event_photos(h, &x);
}

const Panel press_photo_panels[] = {
    {"press_release", "side", 15, RIGHT_PHOTOS_READ, panel_event_photos, NULL},
    {0},
};

const Route press_photo_routes[] = {
    {GET, "/mesa/comunicados/:id/fotos", page_choose, RIGHT_PRESS_WRITE, "Photos that may be published, those of the release's event first",
     .list = true, .query = "q", .shape = &photos_shape},
    {POST, "/mesa/comunicados/:id/fotos", act_choose, RIGHT_PRESS_WRITE, "Puts a public copy of a photo into a release",
     .fields = "photo! is_cover version", .shape = &press_file_shape, .form = page_choose, .prepare = prepare},
    {0},
};
