/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_out_name.c: what a public picture is called: inauguracion-2022-07-14-03, never as the camera did; once public it stays. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

enum { DAY_SIZE = 10, BASE_MAX = 60, NUMBER_MAX = 1 << 20 };

typedef struct KnownName {
    i64 photo;
    const char *name;
} KnownName;
static const Field known_fields[] = {FIELD_ID(KnownName, photo), FIELD_TEXT(KnownName, name)};
static const Shape known_shape = SHAPE("known", KnownName, known_fields);

OutNames photos_out_names(Ctx *ctx, const Gallery *g)
{
    return (OutNames){.otherwise = g->slug, .known = db_list(ctx, &q_photos_out_names, &known_shape, I(g->id))};
}

/* 2022-07-14 begins here, between hyphens or the ends. */
static bool is_day(const char *s)
{
    for (size_t i = 0; i < DAY_SIZE; i++) {
        bool hyphen = i == 4 || i == 7;
        if (hyphen ? s[i] != '-' : s[i] < '0' || s[i] > '9')
            return false;
    }
    return !s[DAY_SIZE] || s[DAY_SIZE] == '-';
}

/* cine-en-tu-colonia-2022-07-20-2 is cine-en-tu-colonia-2: without its date. */
static const char *without_day(Ctx *ctx, const char *slug)
{
    for (const char *p = strchr(slug, '-'); p; p = strchr(p + 1, '-'))
        if (strlen(p + 1) >= DAY_SIZE && is_day(p + 1))
            return arena_printf(ctx->arena, "%.*s%s", (int)(p - slug), slug, p + 1 + DAY_SIZE);
    return slug;
}

static const char *cut(Ctx *ctx, const char *slug)
{
    if (strlen(slug) <= BASE_MAX)
        return slug;
    char *copy = arena_copy(ctx->arena, slug, BASE_MAX);
    char *end = strrchr(copy, '-');
    if (end)
        *end = '\0';
    return copy;
}

/* The title of an event that citizens do not know is not told by a file's name either. */
static const char *base_of(Ctx *ctx, const OutNames *names, const Photo *p)
{
    bool known = db_number(ctx, &q_photos_out_event_slug, I(p->event)) > 0;
    const char *slug = cut(ctx, without_day(ctx, known && p->event_slug ? p->event_slug : names->otherwise));
    return arena_printf(ctx->arena, "%s-%s", slug, clock_day_text(ctx->arena, ctx->city->zone, p->taken_at));
}

/* Where the numbers of this base stand; the last run is for all that the others have no room for. */
static int *run_of(OutNames *names, const char *base)
{
    size_t i = 0;
    while (i < NAME_RUNS - 1 && names->runs[i].base && !text_same(names->runs[i].base, base))
        i++;
    if (!names->runs[i].base || !text_same(names->runs[i].base, base)) {
        names->runs[i].base = base;
        names->runs[i].last = 0;
    }
    return &names->runs[i].last;
}

static const char *next_free(Ctx *ctx, OutNames *names, const char *base)
{
    int *last = run_of(names, base);
    while (*last < NUMBER_MAX && !faulted(ctx)) {
        const char *name = arena_printf(ctx->arena, "%s-%02d", base, ++*last);
        if (db_number(ctx, &q_photos_out_name_taken, T(name)) == 0)
            return name;
    }
    return fault(ctx, FAULT_BROKEN, "no name is left for a photo");
}

const char *photos_out_name(Ctx *ctx, OutNames *names, const Photo *p)
{
    for (const KnownName *k = names->known.items, *end = k + names->known.count; k < end; k++)
        if (k->photo == p->id)
            return k->name;
    return next_free(ctx, names, base_of(ctx, names, p));
}
