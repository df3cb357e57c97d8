/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_one_pages.c: one gallery at the desk: its pictures, what stands against them, its words. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "web/form.h"
#include "photos_gallery_views.h"

enum { HISTORY = 30, EVENTS_OFFERED = 200, EVENT_DAYS = 60 };

static List items_of(Ctx *ctx, const Gallery *g, i64 *blocked_out)
{
    const Photo *p = g->items.items;
    DeskGalleryItem *items = arena_array(ctx->arena, DeskGalleryItem, g->items.count + 1);
    for (size_t i = 0; i < g->items.count; i++) {
        items[i] = (DeskGalleryItem){.photo = &p[i], .position = (i64)i + 1, .is_cover = g->cover ? g->cover == p[i].id : i == 0};
        items[i].obstacles = photos_obstacles(ctx, &p[i]);
        items[i].warnings = photos_warnings(ctx, &p[i]);
        *blocked_out += items[i].obstacles.count > 0;
    }
    return (List){items, g->items.count};
}

/* The events that are near, and its own. */
static List event_choices(Ctx *ctx, const Gallery *g)
{
    AgendaFilter filter = {.span = {ctx->now - EVENT_DAYS * CLOCK_DAY, ctx->now + CLOCK_DAY}};
    List events = people_has(ctx, RIGHT_AGENDA_READ) ? agenda_list(ctx, &filter, 0, 0, EVENTS_OFFERED) : (List){0};
    Choice *choices = arena_array(ctx->arena, Choice, events.count + 2);
    size_t n = 0;
    if (g->event)
        choices[n++] = (Choice){id_text(ctx->arena, g->event), g->event_title};
    for (const Event *e = events.items, *end = e + events.count; e < end; e++)
        if (e->id != g->event)
            choices[n++] = (Choice){id_text(ctx->arena, e->id),
                                    arena_printf(ctx->arena, "%s · %s", clock_day_text(ctx->arena, ctx->city->zone, e->starts_at), e->title)};
    return (List){choices, n};
}

static List cover_choices(Ctx *ctx, const Gallery *g)
{
    const Photo *p = g->items.items;
    Choice *choices = arena_array(ctx->arena, Choice, g->items.count + 1);
    for (size_t i = 0; i < g->items.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, p[i].id), arena_printf(ctx->arena, "%zu. %s", i + 1, photos_look_title(&p[i]))};
    return (List){choices, g->items.count};
}

/* The last part of the address of the form that was wrong; of its words: NULL. */
static const char *active_form(const Request *req)
{
    const char *last = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL;
    return text_same(last, ":id") ? NULL : last;
}

static void draw(Ctx *ctx, const Request *req, Page *page, const Gallery *g)
{
    DeskGallery x = {
        .req = req, .gallery = g, .active = active_form(req),
        .events = event_choices(ctx, g), .covers = cover_choices(ctx, g),
        .journal = journal_of(ctx, "photos_gallery", g->id, HISTORY),
        .may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT), .may_publish = people_has(ctx, RIGHT_PHOTOS_PUBLISH),
        .open = g->state != GALLERY_PUBLISHING,
        .is_public = photos_gallery_is_public(ctx, g->id),
        .stall = photos_gallery_stall(ctx, g),
    };
    x.form = x.active ? NULL : req->form;
    x.items = items_of(ctx, g, &x.blocked);
    if (!faulted(ctx) || req->method == POST)
        photos_view_desk_gallery(page->html, &x);
}

/* A program reads what the page says of it; what stands in its way costs a look at each picture. */
static void give_data(Ctx *ctx, Page *page, const Gallery *g)
{
    Gallery *whole = arena_new_of(ctx->arena, Gallery);
    *whole = *g;
    if (page->format != FORMAT_HTML)
        whole->trouble = photos_gallery_trouble(ctx, g);
    page_one(page, &photos_gallery_shape, whole);
}

/* GET /mesa/galerias/:id; also drawn again when one of its forms was wrong */
void photos_page_desk_gallery(Ctx *ctx, const Request *req, Page *page)
{
    const Gallery *g = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_gallery(ctx, req->id) : NULL;
    if (!g)
        return;
    page->title = g->title;
    page->here = "/mesa/fotos";
    page->version = page->format == FORMAT_HTML ? NONE : g->version; /* what stands against its pictures changes without it */
    give_data(ctx, page, g);
    if (page->format == FORMAT_HTML)
        draw(ctx, req, page, g);
}

void photos_give_gallery(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice)
{
    const Gallery *g = photos_gallery(ctx, id);
    if (!g)
        return;
    give_data(ctx, page, g);
    page->version = g->version;
    page_done(page, photos_gallery_desk_url(ctx->arena, id), notice);
}

List photos_read_some_ids(Ctx *ctx, const Request *req)
{
    return text_blank(form_raw(req, "photos")) ? (List){0} : photos_read_ids(ctx, req);
}

/* ---- its words ---- */

/* What was not sent stays. */
static GalleryDraft read_draft(Ctx *ctx, const Request *req, const Gallery *g)
{
    GalleryDraft d = {.title = g->title, .lead = g->lead, .event = g->event, .cover = g->cover, .watermark = g->watermark};
    if (form_has(req, "title"))
        d.title = form_text(ctx, req, "title", GALLERY_TITLE_MAX);
    if (form_has(req, "lead"))
        d.lead = form_text(ctx, req, "lead", GALLERY_LEAD_MAX);
    if (form_has(req, "event"))
        d.event = form_id(ctx, req, "event");
    if (form_has(req, "cover"))
        d.cover = form_id(ctx, req, "cover");
    if (form_has(req, "watermark"))
        d.watermark = form_bool(req, "watermark");
    d.photos = photos_read_some_ids(ctx, req);
    return d;
}

/* POST /mesa/galerias/:id */
void photos_act_desk_gallery_change(Ctx *ctx, const Request *req, Page *page)
{
    const Gallery *g = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_gallery(ctx, req->id) : NULL;
    if (!g)
        return;
    GalleryDraft d = read_draft(ctx, req, g);
    if (!faulted(ctx) && photos_gallery_change(ctx, g->id, req->version, &d))
        photos_give_gallery(ctx, req, page, g->id, say(ctx, "Saved."));
}
