/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_recipe.c: what goes into the copies of a picture, the hash over it, and the making. */
#include "desks/photos/pictures/photos_pictures.h"
#include "base/hash.h"

#include <unistd.h>

#define MADE_BY "1" /* another number: all copies are made anew when they are published the next time */

static const MediaWish desk_wishes[] = {
    {.variant = "1280.jpg", .type = "image/jpeg", .width = 1280},
    {.variant = "640.jpg", .type = "image/jpeg", .width = 640},
    {.variant = "320.webp", .type = "image/webp", .width = 320},
};

static const MediaWish public_wishes[] = {
    {.variant = "2048.jpg", .type = "image/jpeg", .width = 2048},
    {.variant = "1280.jpg", .type = "image/jpeg", .width = 1280},
    {.variant = "640.jpg", .type = "image/jpeg", .width = 640},
    {.variant = "1280.webp", .type = "image/webp", .width = 1280},
    {.variant = "640.webp", .type = "image/webp", .width = 640},
    {.variant = "320.webp", .type = "image/webp", .width = 320},
    {.variant = "1280.avif", .type = "image/avif", .width = 1280},
    {.variant = "share.jpg", .type = "image/jpeg", .width = 1200, .height = 630},
    {.variant = "press.jpg", .type = "image/jpeg", .width = 2048, .stamped = true},
};

/* ---- what goes into them ---- */

/* The picture's page may move from gallery to gallery; its event stays. */
static const char *source_path(Ctx *ctx, const Photo *p)
{
    return p->event_slug ? url_slug(ctx->arena, "/agenda/", p->event_slug, NULL).s : "/galerias";
}

static MediaWords words_of(Ctx *ctx, const Photo *p)
{
    return (MediaWords){
        .headline = p->headline,
        .caption = p->caption,
        .creator = p->credit,
        .credit = ctx->city->office,
        .rights = ctx->city->office,
        .alt = p->alt,
        .source = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, source_path(ctx, p)),
        .taken = p->taken_from == TAKEN_AT_UPLOAD ? NULL : wall_text(ctx->arena, clock_wall(ctx->city->zone, p->taken_at)),
        .place = p->place,
        .people = p->people,
        .tongue = "es",
    };
}

/* Confirmed ones, and only where minors are made unrecognisable. */
static List hidden_parts(Ctx *ctx, const Photo *p, List boxes)
{
    MediaBox *parts = arena_array(ctx->arena, MediaBox, boxes.count);
    size_t n = 0;
    if (p->minors != MINORS_PIXELATE)
        return (List){0};
    for (const PhotoBox *b = boxes.items, *end = b + boxes.count; b < end; b++)
        if (b->state == BOX_CONFIRMED)
            parts[n++] = (MediaBox){b->x, b->y, b->width, b->height};
    return (List){parts, n};
}

static MediaRecipe public_recipe(Ctx *ctx, const Photo *p, List boxes)
{
    return (MediaRecipe){
        .wishes = public_wishes,
        .wish_count = COUNT(public_wishes),
        .boxes = hidden_parts(ctx, p, boxes),
        .focal_x = p->focal_x,
        .focal_y = p->focal_y,
        .watermark = p->watermark ? ctx->city->office : NULL,
        .words = words_of(ctx, p),
    };
}

static MediaRecipe desk_recipe(void)
{
    return (MediaRecipe){.wishes = desk_wishes, .wish_count = COUNT(desk_wishes), .focal_x = PHOTOS_SCALE / 2, .focal_y = PHOTOS_SCALE / 2};
}

/* ---- the hash over it ---- */

static void hash_words(Hash *h, const char *text)
{
    hash_add(h, text ? "+" : "-", 1);
    if (text)
        hash_add(h, text, strlen(text) + 1);
}

static void hash_number(Ctx *ctx, Hash *h, i64 n)
{
    hash_words(h, arena_printf(ctx->arena, "%" PRId64, n));
}

static void hash_boxes(Ctx *ctx, Hash *h, List parts)
{
    hash_number(ctx, h, (i64)parts.count);
    for (const MediaBox *b = parts.items, *end = b + parts.count; b < end; b++) {
        hash_number(ctx, h, b->x);
        hash_number(ctx, h, b->y);
        hash_number(ctx, h, b->width);
        hash_number(ctx, h, b->height);
    }
}

static const char *first_digits(Ctx *ctx, Bytes hash)
{
    const unsigned char *b = (const unsigned char *)hash.data;
    return arena_printf(ctx->arena, "%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5]);
}

/* Of where the page stands only the path counts: a city that moves to another host keeps its copies. */
const char *photos_recipe(Ctx *ctx, const Photo *p, List boxes)
{
    MediaRecipe r = public_recipe(ctx, p, boxes);
    const MediaWords *w = &r.words;
    const char *texts[] = {MADE_BY, p->sha256, r.watermark, w->headline, w->caption, w->creator, w->credit, w->rights,
                           w->alt,  source_path(ctx, p), w->taken, w->place, w->people};
    Hash *h = hash_begin(ctx->arena, HASH_SHA256);
    for (size_t i = 0; i < COUNT(texts); i++)
        hash_words(h, texts[i]);
    hash_number(ctx, h, r.focal_x);
    hash_number(ctx, h, r.focal_y);
    hash_boxes(ctx, h, r.boxes);
    return first_digits(ctx, hash_end(h));
}

/* ---- making ---- */

static bool make(Ctx *ctx, Media *media, Vault *vault, const Photo *p, const MediaRecipe *r, List *copies_out)
{
    i64 size;
    if (!media || !vault)
        return fault(ctx, FAULT_UNSUPPORTED, "Pictures are worked on by a program that is not here: vocero check says what is missing.");
    int fd = vault_fd(ctx, vault, p->sha256, &size);
    if (fd < 0)
        return false;
    bool made = media_make(ctx, media, vault, fd, r, copies_out);
    close(fd);
    return made;
}

bool photos_make(Ctx *ctx, Media *media, Vault *vault, const Photo *p, List boxes, const char *recipe, List *copies_out)
{
    MediaRecipe r = text_same(recipe, PHOTOS_DESK) ? desk_recipe() : public_recipe(ctx, p, boxes);
    return make(ctx, media, vault, p, &r, copies_out);
}

/* One copy without any words: what another record keeps and describes itself. */
bool photos_make_master(Ctx *ctx, Media *media, Vault *vault, const Photo *p, List boxes, const MediaCopy **copy_out)
{
    static const MediaWish wish = {.variant = "master.jpg", .type = "image/jpeg", .width = 2560, .bare = true};
    MediaRecipe r = public_recipe(ctx, p, boxes);
    List copies;
    r.wishes = &wish;
    r.wish_count = 1;
    r.words = (MediaWords){0};
    if (!make(ctx, media, vault, p, &r, &copies))
        return false;
    *copy_out = copies.items;
    return true;
}

bool photos_are_all(List copies)
{
    size_t there = 0;
    for (size_t i = 0; i < COUNT(public_wishes); i++)
        for (const Rendition *c = copies.items, *end = c + copies.count; c < end; c++)
            there += text_same(c->variant, public_wishes[i].variant);
    return there == COUNT(public_wishes);
}
