/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_index.c: what the search says of pictures and galleries, and to whom: of private events nothing at all. */
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "store/search.h"
#include "photos_queries.h"

enum { TEXT_MAX = 256 * 1024, TITLE_MAX = 120 };

static void add(Buf *text, const char *part)
{
    if (!text_blank(part))
        buf_printf(text, "%s\n", part);
}

/* ---- pictures: the desk's alone; citizens find the gallery ---- */

static const char *title_of(Ctx *ctx, const Photo *p)
{
    const char *title = !text_blank(p->headline) ? p->headline : !text_blank(p->caption) ? p->caption : p->event_title;
    return text_clip(ctx->arena, text_squeeze(ctx->arena, title), TITLE_MAX);
}

static const char *photo_text(Ctx *ctx, const Photo *p)
{
    Buf *text = buf_new(ctx->arena, 1024, TEXT_MAX);
    add(text, p->headline);
    add(text, p->caption);
    add(text, p->people);
    add(text, p->place);
    add(text, p->credit);
    add(text, p->alt);
    add(text, p->event_title);
    return buf_data(text);
}

/* A title and a caption are enough to give a private event away. */
static bool is_secret(Ctx *ctx, i64 event)
{
    return event && db_number(ctx, &q_photos_event_open, I(event)) == NONE;
}

bool photos_index(Ctx *ctx, i64 photo)
{
    const Photo *p = photos_row(ctx, photo);
    if (!p)
        return false;
    if (p->removed_at || is_secret(ctx, p->event))
        return search_remove(ctx, "photos_photo", photo);
    SearchEntry entry = {
        .subject = "photos_photo",
        .id = photo,
        .title = title_of(ctx, p),
        .desk_text = photo_text(ctx, p),
        .desk_address = photos_path(ctx->arena, photo),
        .at = p->taken_at,
    };
    return !faulted(ctx) && search_put(ctx, &entry);
}

/* ---- galleries ---- */

static const char *public_text(Ctx *ctx, const PublicGallery *out)
{
    List photos = db_list(ctx, &q_photos_gallery_out_texts, &photos_public_shape, I(out->id));
    Buf *text = buf_new(ctx->arena, 4096, TEXT_MAX);
    add(text, out->lead);
    for (const PublicPhoto *p = photos.items, *end = p + photos.count; p < end; p++) {
        add(text, p->headline);
        add(text, p->caption);
        add(text, p->people);
        add(text, p->place);
        add(text, p->credit);
    }
    return buf_data(text);
}

bool photos_gallery_index(Ctx *ctx, i64 gallery)
{
    const Gallery *g = db_maybe(ctx, &q_photos_gallery_row, &photos_gallery_shape, I(gallery));
    const PublicGallery *out = db_maybe(ctx, &q_photos_gallery_out, &photos_public_gallery_shape, I(gallery));
    if (faulted(ctx))
        return false;
    if (!g || (!out && is_secret(ctx, g->event)))
        return search_remove(ctx, "photos_gallery", gallery);
    SearchEntry entry = {
        .subject = "photos_gallery",
        .id = gallery,
        .title = out ? out->title : g->title,
        .public_text = out ? public_text(ctx, out) : NULL,
        .desk_text = out ? g->event_title : arena_printf(ctx->arena, "%s\n%s", g->lead ? g->lead : "", g->event_title ? g->event_title : ""),
        .public_address = photos_public_path(ctx->arena, g->slug),
        .desk_address = photos_gallery_path(ctx->arena, gallery),
        .at = out ? out->published_at : g->at,
    };
    return !faulted(ctx) && search_put(ctx, &entry);
}
