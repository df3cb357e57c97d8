/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_order_pages.c: which pictures a gallery has and in what order: with a mouse, with keys, without any script. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "web/cursor.h"
#include "web/form.h"
#include "web/site.h"
#include "photos_gallery_fill_views.h"

enum { OFFERED = 60 };

/* ---- one of them moves ---- */

typedef struct Ids {
    i64 *items;
    size_t count;
} Ids;

static Ids copy_of(Ctx *ctx, List list)
{
    Ids ids = {arena_array(ctx->arena, i64, list.count + PHOTOS_AT_ONCE + 1), list.count};
    if (list.count)
        memcpy(ids.items, list.items, list.count * sizeof(i64));
    return ids;
}

static List list_of(Ids ids)
{
    return (List){ids.items, ids.count};
}

/* Its place, from 0; NONE with a fault where it is not among them. */
static i64 place_of(Ctx *ctx, Ids ids, i64 photo, const char *field)
{
    for (size_t i = 0; i < ids.count; i++)
        if (ids.items[i] == photo)
            return (i64)i;
    fault_field(ctx, field, "This photo is not in the gallery any more.");
    return NONE;
}

static void move(Ids ids, i64 from, i64 to)
{
    i64 photo = ids.items[from], last = (i64)ids.count - 1;
    to = to < 0 ? 0 : to > last ? last : to;
    i64 *items = ids.items;
    if (from < to)
        memmove(items + from, items + from + 1, (size_t)(to - from) * sizeof(i64));
    else
        memmove(items + to + 1, items + to, (size_t)(from - to) * sizeof(i64));
    items[to] = photo;
}

static void take_out(Ids *ids, i64 from)
{
    memmove(ids->items + from, ids->items + from + 1, (ids->count - (size_t)from - 1) * sizeof(i64));
    ids->count--;
}

static bool step_one(Ctx *ctx, const Request *req, Ids ids, const char *field, i64 step)
{
    if (!form_has(req, field))
        return true;
    i64 at = place_of(ctx, ids, form_id(ctx, req, field), field);
    if (at == NONE)
        return false;
    move(ids, at, at + step);
    return true;
}

static bool by_number(Ctx *ctx, const Request *req, Ids ids)
{
    if (!form_has(req, "from") || (text_blank(form_raw(req, "from")) && text_blank(form_raw(req, "to"))) || !ids.count)
        return true;
    i64 from = form_int(ctx, req, "from", 1, (i64)ids.count), to = form_int(ctx, req, "to", 1, (i64)ids.count);
    if (!faulted(ctx) && (from == NONE || to == NONE))
        fault_field(ctx, from == NONE ? "from" : "to", "Say which number goes to which place.");
    if (faulted(ctx))
        return false;
    move(ids, from - 1, to - 1);
    return true;
}

static Url way_back(Ctx *ctx, i64 gallery, i64 photo, i64 place)
{
    Url url = url_query(ctx->arena, photos_gallery_act_url(ctx->arena, gallery, "devolver"), "foto", id_text(ctx->arena, photo));
    return url_query(ctx->arena, url, "lugar", arena_printf(ctx->arena, "%" PRId64, place));
}

static void act_out(Ctx *ctx, const Request *req, Page *page, Ids ids)
{
    i64 photo = form_id(ctx, req, "out"), at = faulted(ctx) ? NONE : place_of(ctx, ids, photo, "out");
    if (at == NONE)
        return;
    take_out(&ids, at);
    if (!photos_gallery_order(ctx, req->id, req->version, list_of(ids)))
        return;
    photos_give_gallery(ctx, req, page, req->id, say(ctx, "The photo is out of the gallery."));
    page->undo = way_back(ctx, req->id, photo, at);
}

static void act_cover(Ctx *ctx, const Request *req, Page *page, const Gallery *g)
{
    GalleryDraft d = {.title = g->title, .lead = g->lead, .event = g->event, .watermark = g->watermark, .cover = form_id(ctx, req, "cover")};
    if (!faulted(ctx) && photos_gallery_change(ctx, g->id, req->version, &d))
        photos_give_gallery(ctx, req, page, g->id, say(ctx, "This photo is the cover now."));
}

/* POST /mesa/galerias/:id/orden */
void photos_act_desk_gallery_order(Ctx *ctx, const Request *req, Page *page)
{
    const Gallery *g = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery(ctx, req->id) : NULL;
    if (!g)
        return;
    List said = photos_read_some_ids(ctx, req);
    Ids ids = copy_of(ctx, said.count ? said : photos_gallery_ids(ctx, g->id));
    if (faulted(ctx))
        return;
    if (form_has(req, "out")) {
        act_out(ctx, req, page, ids);
        return;
    }
    if (form_has(req, "cover")) {
        act_cover(ctx, req, page, g);
        return;
    }
    if (step_one(ctx, req, ids, "up", -1) && step_one(ctx, req, ids, "down", 1) && by_number(ctx, req, ids) &&
        photos_gallery_order(ctx, g->id, req->version, list_of(ids)))
        photos_give_gallery(ctx, req, page, g->id, say(ctx, "The order is kept."));
}

/* POST /mesa/galerias/:id/devolver */
void photos_act_desk_gallery_back(Ctx *ctx, const Request *req, Page *page)
{
    i64 photo = 0, place = query_int(req, "lugar", 0);
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_query_id(ctx, req, "foto", &photo) || !photos_gallery(ctx, req->id))
        return;
    Ids ids = copy_of(ctx, photos_gallery_ids(ctx, req->id));
    if (!photo) {
        fault_field(ctx, "foto", "Say which photo.");
        return;
    }
    if (!photos_is_among(list_of(ids), photo)) {
        ids.items[ids.count++] = photo;
        move(ids, (i64)ids.count - 1, place);
    }
    if (photos_gallery_order(ctx, req->id, NONE, list_of(ids)))
        photos_give_gallery(ctx, req, page, req->id, say(ctx, "The photo is back in its place."));
}

/* ---- more of them ---- */

/* Of the event while nothing was asked for. */
static List offered(Ctx *ctx, const Gallery *g, const char *words, i64 at, i64 id)
{
    PhotoFilter filter = {.words = words, .event = words ? 0 : g->event, .state = "ready"};
    return photos_list(ctx, &filter, at, id, OFFERED + 1);
}

static List without(Ctx *ctx, List photos, List ids)
{
    Photo *left = arena_array(ctx->arena, Photo, photos.count + 1);
    size_t n = 0;
    for (const Photo *p = photos.items, *end = p + photos.count; p < end; p++)
        if (!photos_is_among(ids, p->id))
            left[n++] = *p;
    return (List){left, n};
}

/* GET /mesa/galerias/:id/agregar; also drawn again when what was chosen was wrong */
void photos_page_desk_gallery_fill(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0;
    const Gallery *g = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery(ctx, req->id) : NULL;
    const char *words = text_blank(query_text(req, "q")) ? NULL : query_text(req, "q");
    if (!g)
        return;
    if (req->method == GET)
        cursor_read(ctx, req, &at, &id);
    List found = faulted(ctx) ? (List){0} : offered(ctx, g, words, at, id);
    if (faulted(ctx))
        return;
    bool more = found.count > OFFERED;
    found.count = more ? OFFERED : found.count;
    const Photo *last = more ? (const Photo *)found.items + OFFERED - 1 : NULL;
    const char *next = last ? cursor_make(ctx, req, last->taken_at, last->id) : NULL;
    DeskGalleryFill x = {.req = req, .gallery = g, .words = words, .event = words ? 0 : g->event};
    x.photos = without(ctx, found, photos_gallery_ids(ctx, g->id));
    Url here = url_query(ctx->arena, photos_gallery_act_url(ctx->arena, g->id, "agregar"), "q", words);
    x.next = next ? url_query(ctx->arena, here, "after", next) : (Url){NULL};
    page->title = arena_printf(ctx->arena, say(ctx, "Add photos: %s"), g->title);
    page->here = "/mesa/fotos";
    page_list(page, &photos_shape, x.photos, NONE, next);
    if (page->format == FORMAT_HTML && !faulted(ctx))
        photos_view_desk_gallery_fill(page->html, &x);
}

/* POST /mesa/galerias/:id/agregar */
void photos_act_desk_gallery_fill(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_gallery(ctx, req->id))
        return;
    List more = photos_read_ids(ctx, req);
    Ids ids = copy_of(ctx, photos_gallery_ids(ctx, req->id));
    if (faulted(ctx))
        return;
    i64 before = (i64)ids.count;
    for (const i64 *id = more.items, *end = id + more.count; id < end; id++)
        if (!photos_is_among(list_of(ids), *id))
            ids.items[ids.count++] = *id;
    i64 added = (i64)ids.count - before;
    if (photos_gallery_order(ctx, req->id, req->version, list_of(ids)))
        photos_give_gallery(ctx, req, page, req->id,
                            arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo was added.", "%" PRId64 " photos were added.", added), added));
}

/* ---- as citizens will see it ---- */

/* GET /mesa/galerias/:id/previa */
void photos_page_desk_gallery_preview(Ctx *ctx, const Request *req, Page *page)
{
    const Gallery *g = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_gallery(ctx, req->id) : NULL;
    if (!g)
        return;
    page->title = arena_printf(ctx->arena, say(ctx, "Preview: %s"), g->title);
    page->here = "/mesa/fotos";
    photos_view_desk_gallery_preview(page->html, g);
}
