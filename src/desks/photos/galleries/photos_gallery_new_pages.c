/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_new_pages.c: a gallery is begun: of an event, whose chosen pictures are proposed. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "web/form.h"
#include "photos_gallery_new_views.h"
#include "photos_gallery_queries.h"

enum { PROPOSED_MOST = 500 };
#define RECENT (120 * CLOCK_DAY)

static const Field event_fields[] = {
    FIELD_ID(EventWithPhotos, id), FIELD_TEXT(EventWithPhotos, title), FIELD_TIME(EventWithPhotos, starts_at),
    FIELD_INT(EventWithPhotos, photos),
};
static const Shape event_shape = SHAPE("event_with_photos", EventWithPhotos, event_fields);

static bool fits(const Photo *p, bool marked)
{
    return p->state == PHOTO_READY && (marked ? p->mark == MARK_KEEP || p->mark == MARK_STAR : p->mark != MARK_DROP);
}

static size_t choose(List photos, bool marked, Photo *to)
{
    size_t n = 0;
    for (const Photo *p = photos.items, *end = p + photos.count; p < end; p++)
        if (fits(p, marked))
            to[n++] = *p;
    return n;
}

/* Kept and outstanding ones; where nobody marked anything, all that were looked at. */
static void propose(Ctx *ctx, DeskGalleryNew *x)
{
    List all = photos_of(ctx, x->event->id, 0, 0, 0, PROPOSED_MOST + 1);
    Photo *chosen = arena_array(ctx->arena, Photo, all.count + 1);
    x->left = (i64)all.count > PROPOSED_MOST ? (i64)all.count - PROPOSED_MOST : 0;
    all.count -= (size_t)x->left;
    size_t n = choose(all, true, chosen);
    x->marked = n > 0;
    x->photos = (List){chosen, n ? n : choose(all, false, chosen)};
}

/* GET /mesa/galerias/nueva; also drawn again when what was typed was wrong */
void photos_page_desk_gallery_new(Ctx *ctx, const Request *req, Page *page)
{
    i64 event = 0;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    const char *said = req->method == POST ? form_raw(req, "event") : query_text(req, "evento");
    if (!text_blank(said) && !id_parse(said, &event)) {
        fault_field(ctx, "evento", "There is no such event.");
        return;
    }
    DeskGalleryNew x = {.req = req, .event = event ? agenda_find(ctx, event) : NULL};
    if (x.event)
        propose(ctx, &x);
    else if (!faulted(ctx))
        x.events = db_list(ctx, &q_photos_gallery_events, &event_shape, I(ctx->now - RECENT), B(people_has(ctx, RIGHT_AGENDA_PRIVATE)));
    page->title = say(ctx, "New gallery");
    page->here = "/mesa/fotos";
    if (!faulted(ctx))
        photos_view_desk_gallery_new(page->html, &x);
}

/* POST /mesa/galerias */
void photos_act_desk_gallery_add(Ctx *ctx, const Request *req, Page *page)
{
    i64 id;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    GalleryDraft d = {
        .title = form_need(ctx, req, "title", GALLERY_TITLE_MAX), .lead = form_text(ctx, req, "lead", GALLERY_LEAD_MAX),
        .event = form_id(ctx, req, "event"), .cover = form_id(ctx, req, "cover"), .watermark = form_bool(req, "watermark"),
        .photos = photos_read_some_ids(ctx, req),
    };
    if (faulted(ctx) || !photos_gallery_add(ctx, &d, &id))
        return;
    photos_give_gallery(ctx, req, page, id, NULL);
    page_created(page, photos_gallery_desk_url(ctx->arena, id), say(ctx, "The gallery is begun: put it in order, look at it, publish it."));
}
