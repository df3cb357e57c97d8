/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_store.c: galleries as the desk lists and opens them. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

static const char *address_of(Ctx *ctx, const Gallery *g)
{
    return g->state == GALLERY_PUBLISHED ? arena_printf(ctx->arena, "%s%s", ctx->city->base_url, photos_public_path(ctx->arena, g->slug)) : NULL;
}

static List find(Ctx *ctx, const char *state, i64 event, i64 at, i64 id, i64 limit)
{
    Bind may = B(people_has(ctx, RIGHT_AGENDA_PRIVATE));
    if (event)
        return db_list(ctx, &q_photos_gallery_list_event, &photos_gallery_shape, I(at), I(id), I(limit), may, T(state ? state : ""), I(event));
    if (state)
        return db_list(ctx, &q_photos_gallery_list_state, &photos_gallery_shape, I(at), I(id), I(limit), may, T(state));
    return db_list(ctx, &q_photos_gallery_list, &photos_gallery_shape, I(at), I(id), I(limit), may);
}

List photos_galleries(Ctx *ctx, const char *state, i64 event, i64 after_at, i64 after_id, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    List list = find(ctx, state, event, after_at ? after_at : INT64_MAX, after_id ? after_id : INT64_MAX, limit);
    for (Gallery *g = (Gallery *)list.items, *end = g + list.count; g < end; g++)
        g->url = address_of(ctx, g);
    return list;
}

i64 photos_gallery_count(Ctx *ctx, const char *state, i64 event)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return 0;
    Bind may = B(people_has(ctx, RIGHT_AGENDA_PRIVATE));
    if (event)
        return db_number(ctx, &q_photos_gallery_count_event, may, T(state ? state : ""), I(event));
    return state ? db_number(ctx, &q_photos_gallery_count_state, may, T(state)) : db_number(ctx, &q_photos_gallery_count, may);
}

const Gallery *photos_gallery(Ctx *ctx, i64 id)
{
    Gallery *g = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_gallery_in(ctx, id, NONE) : NULL;
    if (g && g->state == GALLERY_PUBLISHED && !g->changed)
        g->changed = db_number(ctx, &q_photos_gallery_stale, I(id)) > 0;
    return faulted(ctx) ? NULL : g;
}

bool photos_gallery_is_public(Ctx *ctx, i64 id)
{
    return db_number(ctx, &q_photos_out_gallery_is, I(id)) == 1;
}
