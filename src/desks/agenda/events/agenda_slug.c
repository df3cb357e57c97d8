/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_slug.c: the public address of an event: its title and its day, once and for ever. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_queries.h"

enum { SLUG_TITLE_MAX = 60, TRIES_MAX = 1 << 20 };

static bool taken(Ctx *ctx, const char *slug)
{
    return db_number(ctx, &q_agenda_slug_taken, T(slug)) == 1;
}

static const char *numbered(Ctx *ctx, const char *base, int n)
{
    return n < 2 ? base : arena_printf(ctx->arena, "%s-%d", base, n);
}

/* Cut at the end of a word, so that the day fits behind it. */
static const char *title_part(Ctx *ctx, const char *title)
{
    char *slug = arena_text(ctx->arena, text_slug(ctx->arena, title));
    if (strlen(slug) > SLUG_TITLE_MAX) {
        slug[SLUG_TITLE_MAX] = '\0';
        char *end = strrchr(slug, '-');
        if (end)
            *end = '\0';
    }
    return *slug ? slug : "evento";
}

/* Numbers are taken in their order, so the first free one is found by doubling and halving. */
static const char *first_free(Ctx *ctx, const char *base)
{
    if (!taken(ctx, base))
        return base;
    int last_taken = 1, free = 2;
    while (free < TRIES_MAX && taken(ctx, numbered(ctx, base, free))) {
        last_taken = free;
        free *= 2;
    }
    while (free - last_taken > 1) {
        int middle = last_taken + (free - last_taken) / 2;
        if (taken(ctx, numbered(ctx, base, middle)))
            last_taken = middle;
        else
            free = middle;
    }
    return numbered(ctx, base, free);
}

static const char *hidden_slug(Ctx *ctx, i64 id)
{
    return text_lower(ctx->arena, id_text(ctx->arena, id));
}

const char *agenda_slug_free(Ctx *ctx, const char *title, const char *day, Visibility visibility,
                             i64 id)
{
    if (visibility != VISIBLE_PUBLIC)
        return hidden_slug(ctx, id);
    return first_free(ctx, arena_printf(ctx->arena, "%s-%s", title_part(ctx, title), day));
}

const char *agenda_slug_after(Ctx *ctx, i64 id, const char *slug, const char *title,
                              const char *day, Visibility visibility)
{
    if (visibility != VISIBLE_PUBLIC || !text_same(slug, hidden_slug(ctx, id)))
        return slug;
    return agenda_slug_free(ctx, title, day, visibility, id);
}
