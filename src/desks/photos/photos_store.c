/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_store.c: one picture as the desk sees it, with its copies and boxes, and galleries for rules: queries in, structs out. */
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "photos_queries.h"

/* ---- copies ---- */

/* image/jpeg is jpeg. */
static const char *format_of(const char *type)
{
    return type && text_starts(type, "image/") ? type + strlen("image/") : type;
}

static bool is_desk(const Rendition *r)
{
    return text_same(r->recipe, PHOTOS_DESK);
}

static void with_address(Ctx *ctx, Rendition *r)
{
    r->format = format_of(r->type);
    r->url = is_desk(r) ? photos_copy_path(ctx->arena, r->photo, r->variant)
                        : arena_printf(ctx->arena, "%s%s", ctx->city->base_url, photos_medium_path(ctx->arena, r->photo, r->recipe, r->variant));
}

static List with_addresses(Ctx *ctx, List copies)
{
    for (Rendition *r = (Rendition *)copies.items, *end = r + copies.count; r < end; r++)
        with_address(ctx, r);
    return copies;
}

List photos_copies(Ctx *ctx, i64 photo, const char *recipe)
{
    return with_addresses(ctx, db_list(ctx, &q_photos_copies_of, &photos_rendition_shape, I(photo), T(recipe)));
}

/* What the job that looks at a picture makes, all of it or nothing: a list of pictures need not ask for each. */
static const struct {
    const char *variant, *type;
    i64 width;
} desk_copies[] = {{"1280.jpg", "image/jpeg", 1280}, {"640.jpg", "image/jpeg", 640}, {"320.webp", "image/webp", 320}};

static List copies_by_rule(Ctx *ctx, const Photo *p)
{
    if (p->state != PHOTO_READY)
        return (List){0};
    Rendition *copies = arena_array(ctx->arena, Rendition, COUNT(desk_copies));
    for (size_t i = 0; i < COUNT(desk_copies); i++) {
        i64 width = desk_copies[i].width;
        copies[i] = (Rendition){.photo = p->id, .recipe = PHOTOS_DESK, .variant = desk_copies[i].variant, .type = desk_copies[i].type};
        copies[i].width = p->width != NONE && p->width < width ? p->width : width;
        with_address(ctx, &copies[i]);
    }
    return (List){copies, COUNT(desk_copies)};
}

List photos_with_copies(Ctx *ctx, List photos)
{
    for (Photo *p = (Photo *)photos.items, *end = p + photos.count; p < end; p++)
        p->renditions = copies_by_rule(ctx, p);
    return photos;
}

static List joined(Ctx *ctx, List one, List other)
{
    Rendition *all = arena_array(ctx->arena, Rendition, one.count + other.count);
    if (one.count)
        memcpy(all, one.items, one.count * sizeof *all);
    if (other.count)
        memcpy(all + one.count, other.items, other.count * sizeof *all);
    return (List){all, one.count + other.count};
}

/* The desk's, and those that citizens get. */
static List copies_shown(Ctx *ctx, const Photo *p)
{
    List desk = photos_copies(ctx, p->id, PHOTOS_DESK);
    if (!p->published || p->gone)
        return desk;
    return joined(ctx, desk, with_addresses(ctx, db_list(ctx, &q_photos_recipe_out, &photos_rendition_shape, I(p->id))));
}

const Rendition *photos_desk_copy(Ctx *ctx, i64 id, const char *variant)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ) || !photos_seen(ctx, id))
        return NULL;
    Rendition *r = (Rendition *)db_one(ctx, &q_photos_copy_of, &photos_rendition_shape, I(id), T(PHOTOS_DESK), T(variant));
    if (r)
        with_address(ctx, r);
    return r;
}

/* ---- one ---- */

Photo *photos_row(Ctx *ctx, i64 id)
{
    return (Photo *)db_one(ctx, &q_photos_row, &photos_shape, I(id));
}

Photo *photos_seen(Ctx *ctx, i64 id)
{
    return (Photo *)db_one(ctx, &q_photos_find, &photos_shape, I(id), B(people_has(ctx, RIGHT_AGENDA_PRIVATE)));
}

List photos_boxes(Ctx *ctx, i64 photo)
{
    return db_list(ctx, &q_photos_boxes_of, &photos_box_shape, I(photo));
}

const Photo *photos_find(Ctx *ctx, i64 id)
{
    Photo *p = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_seen(ctx, id) : NULL;
    if (!p)
        return NULL;
    p->renditions = copies_shown(ctx, p);
    p->boxes = photos_boxes(ctx, id);
    return faulted(ctx) ? NULL : p;
}

/* ---- galleries ---- */

typedef struct PhotoNumber {
    i64 id;
} PhotoNumber;
_Static_assert(sizeof(PhotoNumber) == sizeof(i64), "a list of them is one of i64");
static const Field number_fields[] = {FIELD_ID(PhotoNumber, id)};
static const Shape number_shape = SHAPE("number", PhotoNumber, number_fields);

List photos_gallery_ids(Ctx *ctx, i64 gallery)
{
    return db_list(ctx, &q_photos_gallery_ids, &number_shape, I(gallery));
}

Gallery *photos_gallery_row(Ctx *ctx, i64 id)
{
    Gallery *g = (Gallery *)db_one(ctx, &q_photos_gallery_row, &photos_gallery_shape, I(id));
    if (!g)
        return NULL;
    g->items = photos_with_copies(ctx, db_list(ctx, &q_photos_gallery_items, &photos_shape, I(id)));
    if (g->state == GALLERY_PUBLISHED)
        g->url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, photos_public_path(ctx->arena, g->slug));
    return faulted(ctx) ? NULL : g;
}
