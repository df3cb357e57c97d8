/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_slug.c: the public address of a gallery: its title and the day that it shows; kept once it was public. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

enum { BASE_MAX = 60, TRIES_MAX = 1 << 20 }; /* bytes: the day and a number fit behind it into the 80 of an address */

static const char *base_of(Ctx *ctx, const char *title, i64 event, i64 at)
{
    char *slug = arena_text(ctx->arena, text_slug(ctx->arena, title));
    const Event *e = event ? agenda_find(ctx, event) : NULL;
    if (event && !e)
        fault_take(ctx);
    if (strlen(slug) > BASE_MAX) {
        slug[BASE_MAX] = '\0';
        char *end = strrchr(slug, '-');
        if (end)
            *end = '\0';
    }
    return arena_printf(ctx->arena, "%s-%s", *slug ? slug : "galeria", clock_day_text(ctx->arena, ctx->city->zone, e ? e->starts_at : at));
}

static const char *numbered(Ctx *ctx, const char *base, int n)
{
    return n < 2 ? base : arena_printf(ctx->arena, "%s-%d", base, n);
}

static bool is_taken(Ctx *ctx, const char *slug)
{
    return db_number(ctx, &q_photos_gallery_slug_taken, T(slug)) > 0;
}

/* Made of that base, with a number or without. */
static bool is_of(const char *slug, const char *base)
{
    size_t n = strlen(base);
    i64 number;
    return !strncmp(slug, base, n) && (!slug[n] || (slug[n] == '-' && text_int(slug + n + 1, &number)));
}

const char *photos_gallery_slug(Ctx *ctx, const char *title, i64 event, i64 at, const char *before)
{
    const char *base = base_of(ctx, title, event, at);
    if (before && is_of(before, base))
        return before;
    int n = 1;
    while (n < TRIES_MAX && is_taken(ctx, numbered(ctx, base, n)))
        n++;
    return numbered(ctx, base, n);
}
