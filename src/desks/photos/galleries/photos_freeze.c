/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_freeze.c: a gallery becomes public, whole and in one transaction, as soon as the last of its copies is made. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

typedef struct WaitingGallery {
    i64 id;
} WaitingGallery;
_Static_assert(sizeof(WaitingGallery) == sizeof(i64), "a list of them is one of i64");
static const Field waiting_fields[] = {FIELD_ID(WaitingGallery, id)};
static const Shape waiting_shape = SHAPE("waiting", WaitingGallery, waiting_fields);

static const char *name_of(const Photo *p)
{
    return text_blank(p->headline) ? p->filename : p->headline;
}

const char *photos_gallery_obstacle(Ctx *ctx, const Gallery *g)
{
    if (!g->items.count)
        return say(ctx, "It has no photos yet.");
    for (const Photo *p = g->items.items, *end = p + g->items.count; p < end; p++) {
        Photo whole = *p;
        whole.boxes = photos_boxes(ctx, p->id);
        List obstacles = photos_obstacles(ctx, &whole);
        if (obstacles.count)
            return arena_printf(ctx->arena, say(ctx, "“%s”: %s"), name_of(p), ((const char *const *)obstacles.items)[0]);
    }
    return NULL;
}

/* ---- frozen ---- */

static bool put_photos(Ctx *ctx, const Gallery *g)
{
    OutNames names = photos_out_names(ctx, g);
    for (const Photo *p = g->items.items, *end = p + g->items.count; p < end; p++) {
        const char *name = photos_out_name(ctx, &names, p);
        if (!name || !photos_put_out(ctx, p, name))
            return false;
    }
    return !faulted(ctx);
}

static i64 cover_of(const Gallery *g)
{
    const Photo *first = g->items.items;
    for (const Photo *p = first, *end = first + g->items.count; p < end; p++)
        if (p->id == g->cover)
            return p->id;
    return first->id;
}

static bool put_items(Ctx *ctx, const Gallery *g)
{
    i64 cleared, position = 1;
    if (!db_change(ctx, &q_photos_out_items_clear, &cleared, I(g->id)))
        return false;
    for (const Photo *p = g->items.items, *end = p + g->items.count; p < end; p++)
        if (!db_write(ctx, &q_photos_out_item_add, I(g->id), I(position++), I(p->id)))
            return false;
    return true;
}

/* Those that were taken out of it since the last time, and that no other gallery shows. */
static bool let_go(Ctx *ctx, List left)
{
    for (const i64 *photo = left.items, *end = photo + left.count; photo < end; photo++)
        if (!photos_leave_public(ctx, *photo, tongue_say(TONGUE_ES, N_("It was taken out of its gallery."))))
            return false;
    return !faulted(ctx);
}

static bool put_gallery(Ctx *ctx, const Gallery *g)
{
    i64 published_at = g->published_at ? g->published_at : ctx->now;
    return db_write(ctx, &q_photos_out_gallery_put, I(g->id), T(g->slug), T(g->title), T(g->lead), I_OR_NULL(g->event), I(cover_of(g)),
                    I((i64)g->items.count), I(published_at), I(ctx->now));
}

static bool freeze(Ctx *ctx, const Gallery *g)
{
    List left = db_list(ctx, &q_photos_out_items_left, &waiting_shape, I(g->id));
    return put_gallery(ctx, g) && put_items(ctx, g) && put_photos(ctx, g) && let_go(ctx, left) &&
           db_write(ctx, &q_photos_gallery_set_published, I(g->id), I(ctx->now)) && photos_gallery_index(ctx, g->id) &&
           journal(ctx, "photos_gallery", g->id, "published");
}

bool photos_gallery_freeze(Ctx *ctx, i64 id)
{
    if (db_number(ctx, &q_photos_gallery_missing, I(id)) != 0)
        return !faulted(ctx);
    const Gallery *g = photos_gallery_row(ctx, id);
    if (!g || g->state != GALLERY_PUBLISHING)
        return g != NULL;
    const char *why = photos_gallery_obstacle(ctx, g);
    if (faulted(ctx))
        return false;
    return why ? photos_gallery_halt(ctx, id, why) : freeze(ctx, g);
}

bool photos_galleries_go_on(Ctx *ctx, i64 photo)
{
    List waiting = db_list(ctx, &q_photos_gallery_waiting, &waiting_shape, I(photo));
    for (const i64 *gallery = waiting.items, *end = gallery + waiting.count; gallery < end; gallery++)
        if (!photos_gallery_freeze(ctx, *gallery))
            return false;
    return !faulted(ctx);
}
