/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_master.c: pictures for other rooms: what there is to choose, and a public copy of one that they may keep. */
#include "desks/photos/pictures/photos_pictures.h"
#include "photos_picture_queries.h"

enum { CHOICE_MAX = 100, LOOKED_AT = 400 };

/* ---- choosing ---- */

static bool may_go_out(Ctx *ctx, const Photo *p)
{
    return !p->gone && photos_obstacles(ctx, p).count == 0;
}

typedef struct Choice {
    Photo *photos;
    size_t n, limit;
} Choice;

static bool is_chosen(const Choice *c, i64 photo)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->photos[i].id == photo)
            return true;
    return false;
}

static void choose(Ctx *ctx, Choice *c, List photos)
{
    for (const Photo *p = photos.items, *end = p + photos.count; p < end && c->n < c->limit; p++)
        if (p->mark != MARK_DROP && !is_chosen(c, p->id) && may_go_out(ctx, p))
            c->photos[c->n++] = *p;
}

List photos_choice(Ctx *ctx, i64 event, const char *words, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    Choice c = {.limit = (size_t)(limit < CHOICE_MAX ? limit : CHOICE_MAX)};
    PhotoFilter of_event = {.event = event, .words = words, .state = "ready"}, others = {.words = words, .state = "ready"};
    c.photos = arena_array(ctx->arena, Photo, c.limit);
    if (event)
        choose(ctx, &c, photos_list(ctx, &of_event, 0, 0, LOOKED_AT));
    if (c.n < c.limit)
        choose(ctx, &c, photos_list(ctx, &others, 0, 0, LOOKED_AT));
    return (List){c.photos, c.n};
}

/* ---- keeping ---- */

/* The camera's name says day and hour: the event's address takes its place. */
static const char *name_of(Ctx *ctx, const Photo *p)
{
    const char *slug = text_slug(ctx->arena, p->event_title);
    return arena_printf(ctx->arena, "%s-%s.jpg", *slug ? slug : "foto", clock_day_text(ctx->arena, ctx->city->zone, p->taken_at));
}

static const Photo *to_keep(Ctx *ctx, i64 photo)
{
    const Photo *p = people_may(ctx, RIGHT_PHOTOS_READ) ? photos_seen(ctx, photo) : NULL;
    if (!p)
        return NULL;
    if (p->gone)
        return fault(ctx, FAULT_GONE, "This picture was unpublished and must not be shown any more: choose another one.");
    List obstacles = photos_obstacles(ctx, p);
    if (obstacles.count)
        return fault(ctx, FAULT_CONFLICT, "“%s” cannot be published yet: %s", p->filename, ((const char *const *)obstacles.items)[0]);
    return p;
}

bool photos_master(Ctx *ctx, Media *media, Vault *vault, i64 photo, PhotoMaster *out)
{
    const MediaCopy *copy = NULL;
    const Photo *p = to_keep(ctx, photo);
    if (!p || !photos_make_master(ctx, media, vault, p, photos_boxes(ctx, photo), &copy))
        return false;
    *out = (PhotoMaster){
        .sha256 = copy->sha256, .type = copy->type, .filename = name_of(ctx, p), .alt = p->alt, .caption = p->caption, .credit = p->credit,
        .photo = photo, .size = copy->size, .width = copy->width, .height = copy->height,
    };
    return true;
}
