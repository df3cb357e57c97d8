/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_look.c: addresses of galleries and pictures, and what their views ask for. */
#include "desks/photos/public/photos_public.h"

#include <stdlib.h>

enum { CREDITS_MOST = 6, NEAR_EDGE = PHOTOS_SCALE / 3 };

/* ---- addresses ---- */

Url photos_gallery_url(Arena *a, const PublicGallery *g, const char *after)
{
    return url_slug(a, "/galerias/", g->slug, after);
}

Url photos_picture_url(Arena *a, const PublicGallery *g, i64 photo)
{
    return url_id(a, url_slug(a, "/galerias/", g->slug, "/").s, photo, NULL);
}

Url photos_back_url(Arena *a, const PublicGallery *g, i64 photo)
{
    return url_id(a, url_slug(a, "/galerias/", g->slug, "#f").s, photo, NULL);
}

static bool splits(const char *variant, int *stem_out, const char **ending_out)
{
    const char *dot = strchr(variant, '.');
    *stem_out = dot ? (int)(dot - variant) : (int)strlen(variant);
    *ending_out = dot ? dot : "";
    return dot != NULL;
}

Url photos_medium_url(Arena *a, const PublicPhoto *p, const char *variant)
{
    const char *ending;
    int stem;
    splits(variant, &stem, &ending);
    return url_id(a, "/medios/", p->id, arena_printf(a, "/%.*s-%s%s", stem, variant, p->recipe, ending));
}

Url photos_download_url(Arena *a, const PublicPhoto *p, const char *variant)
{
    return url_query(a, photos_medium_url(a, p, variant), "descargar", "1");
}

Url photos_list_url(Arena *a, const GalleryListShown *x, const char *suffix, const char *after)
{
    Url url = url_query(a, url_slug(a, "/galerias", "", suffix), "anio", x->year);
    return url_query(a, url, "after", after);
}

Url photos_year_url(Arena *a, const char *year)
{
    return url_query(a, url_literal("/galerias"), "anio", year);
}

Url photos_outside(Arena *a, const char *address)
{
    Url url = {NULL};
    return url_outside(a, address, &url) ? url : url_literal("/galerias");
}

const char *photos_license_url(Ctx *ctx)
{
    return arena_printf(ctx->arena, "%s/galerias#uso", ctx->city->base_url);
}

/* ---- sizes ---- */

static i64 width_of(const PublicPhoto *p, const char *variant)
{
    i64 most = strtol(variant, NULL, 10);
    return p->width > 0 && p->width < most ? p->width : most;
}

/* A small original has the same width under several names: it is offered once. */
Url photos_srcset(Arena *a, const PublicPhoto *p, const char *variants)
{
    Url set = {NULL};
    i64 before = 0;
    List names = text_split(a, variants, ' ');
    for (size_t i = 0; i < names.count; i++) {
        const char *variant = ((const char *const *)names.items)[i];
        i64 width = width_of(p, variant);
        if (width != before)
            set = url_srcset(a, set, photos_medium_url(a, p, variant), width);
        before = width;
    }
    return set;
}

i64 photos_scaled_height(const PublicPhoto *p, i64 width)
{
    return p->width > 0 ? (width * p->height + p->width / 2) / p->width : width;
}

/* What the crop keeps, in three steps each way; the middle says nothing. */
const char *photos_focus(const PublicPhoto *p)
{
    static const char *const classes[3][3] = {
        {"at-top at-left", "at-top", "at-top at-right"},
        {"at-left", "", "at-right"},
        {"at-bottom at-left", "at-bottom", "at-bottom at-right"},
    };
    int x = p->focal_x < NEAR_EDGE ? 0 : p->focal_x > PHOTOS_SCALE - NEAR_EDGE ? 2 : 1;
    int y = p->focal_y < NEAR_EDGE ? 0 : p->focal_y > PHOTOS_SCALE - NEAR_EDGE ? 2 : 1;
    return classes[y][x];
}

bool photos_has_copy(const PublicPhoto *p, const char *variant)
{
    const Rendition *r = p->renditions.items;
    for (size_t i = 0; i < p->renditions.count; i++)
        if (text_same(r[i].variant, variant))
            return true;
    return false;
}

const char *photos_size_said(Ctx *ctx, i64 bytes)
{
    if (bytes < 1024 * 1024)
        return arena_printf(ctx->arena, "%" PRId64 " kB", (bytes + 1023) / 1024);
    i64 tenths = bytes * 10 / (1024 * 1024);
    return arena_printf(ctx->arena, "%" PRId64 ".%" PRId64 " MB", tenths / 10, tenths % 10);
}

/* ---- words ---- */

static bool among(const char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (text_same(list[i], text))
            return true;
    return false;
}

/* Each photographer once, in the order of the pictures. */
const char *photos_credits(Ctx *ctx, List items)
{
    const char *names[CREDITS_MOST];
    size_t n = 0;
    const PublicPhoto *p = items.items;
    for (size_t i = 0; i < items.count && n < CREDITS_MOST; i++)
        if (!text_blank(p[i].credit) && !among(names, n, p[i].credit))
            names[n++] = p[i].credit;
    const char *line = n ? names[0] : NULL;
    for (size_t i = 1; i < n; i++)
        line = arena_printf(ctx->arena, "%s, %s", line, names[i]);
    return line;
}

const char *photos_credit_line(Ctx *ctx, const char *credit)
{
    return arena_printf(ctx->arena, say(ctx, "Photo: %s"), credit);
}

const char *photos_year_of(Ctx *ctx, const PublicGallery *g)
{
    return arena_printf(ctx->arena, "%d", clock_wall(ctx->city->zone, g->published_at).year);
}

List photos_people(Arena *a, const PublicPhoto *p)
{
    return text_split(a, p->people ? p->people : "", '\n');
}

const char *photos_title_of(Ctx *ctx, const PublicGallery *g, const PublicPhoto *p)
{
    if (!text_blank(p->headline))
        return p->headline;
    return arena_printf(ctx->arena, say(ctx, "%s: picture %" PRId64 " of %" PRId64), g->title, p->position, g->photos);
}
