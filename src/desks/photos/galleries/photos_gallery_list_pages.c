/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_list_pages.c: the desk's list of galleries, by state and event. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "web/cursor.h"
#include "web/form.h"
#include "photos_gallery_list_views.h"

static Url list_url(Ctx *ctx, const char *state, const char *event)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/galerias"), "estado", state);
    return url_query(ctx->arena, url, "evento", event);
}

static List tabs_of(Ctx *ctx, const char *state, i64 event, const char *event_text)
{
    size_t n = 1;
    DeskGalleryTab *tabs = arena_array(ctx->arena, DeskGalleryTab, 8);
    tabs[0] = (DeskGalleryTab){say(ctx, "All of them"), list_url(ctx, NULL, event_text), NONE, !state};
    for (const Word *w = photos_gallery_words; w->name; w++)
        tabs[n++] = (DeskGalleryTab){say(ctx, w->label), list_url(ctx, w->name, event_text), photos_gallery_count(ctx, w->name, event),
                                 text_same(state, w->name)};
    return (List){tabs, n};
}

static const char *state_of(Ctx *ctx, const Request *req)
{
    const char *state = query_text(req, "estado");
    if (text_blank(state))
        return NULL;
    if (word_find(photos_gallery_words, state) < 0)
        return fault_field(ctx, "estado", "There is no such state.");
    return state;
}

/* GET /mesa/galerias */
void photos_page_desk_galleries(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, event = 0, limit = query_limit(req);
    const char *state = people_may(ctx, RIGHT_PHOTOS_READ) ? state_of(ctx, req) : NULL, *event_text = query_text(req, "evento");
    if (faulted(ctx) || !photos_query_id(ctx, req, "evento", &event))
        return;
    bool later = cursor_read(ctx, req, &at, &id);
    List list = photos_galleries(ctx, state, event, at, id, limit + 1);
    i64 total = photos_gallery_count(ctx, state, event);
    if (faulted(ctx))
        return;
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const Gallery *last = more ? (const Gallery *)list.items + limit - 1 : NULL;
    const char *next = last ? cursor_make(ctx, req, last->changed_at, last->id) : NULL;
    page->title = say(ctx, "Galleries");
    page->here = "/mesa/fotos";
    page_list(page, &photos_gallery_shape, list, total, next);
    if (page->format != FORMAT_HTML)
        return;
    Url here = list_url(ctx, state, event_text);
    const Event *e = event ? agenda_find(ctx, event) : NULL;
    DeskGalleries x = {
        .req = req, .tabs = tabs_of(ctx, state, event, event_text), .galleries = list, .total = total,
        .event_title = e ? e->title : NULL, .first = later ? here : (Url){NULL},
        .next = next ? url_query(ctx->arena, here, "after", next) : (Url){NULL},
        .begin = url_query(ctx->arena, url_literal("/mesa/galerias/nueva"), "evento", event_text),
        .may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT), .narrowed = state || event,
    };
    if (!faulted(ctx))
        photos_view_desk_galleries(page->html, &x);
}
