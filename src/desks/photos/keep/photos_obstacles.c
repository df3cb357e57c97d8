/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_obstacles.c: what stands against publishing a picture, a sentence each, with what would be right. */
#include "desks/photos/keep/photos_keep.h"
#include "photos_queries.h"

enum { OBSTACLES = 8 };

typedef struct Obstacles {
    const char **said;
    size_t n;
} Obstacles;

static void add(Obstacles *o, const char *sentence)
{
    if (sentence && o->n < OBSTACLES)
        o->said[o->n++] = sentence;
}

static const char *state_obstacle(Ctx *ctx, const Photo *p)
{
    if (p->removed_at)
        return say(ctx, "It was removed: bring it back first.");
    if (p->state == PHOTO_PROCESSING)
        return say(ctx, "It is still being looked at: wait a moment.");
    if (p->state == PHOTO_FAILED)
        return arena_printf(ctx->arena, say(ctx, "It cannot be read: %s"), p->error ? p->error : say(ctx, "try it again."));
    return NULL;
}

static const char *event_obstacle(Ctx *ctx, const Photo *p)
{
    if (db_number(ctx, &q_photos_event_open, I(p->event)) != NONE)
        return NULL;
    return say(ctx, "Its event is private: what it shows is not for citizens.");
}

static bool same_words(Ctx *ctx, const char *one, const char *other)
{
    return one && other &&
           text_same(text_fold(ctx->arena, text_squeeze(ctx->arena, one)), text_fold(ctx->arena, text_squeeze(ctx->arena, other)));
}

static const char *alt_obstacle(Ctx *ctx, const Photo *p)
{
    if (text_blank(p->alt))
        return say(ctx, "The alternative text is missing: say what is seen, for who cannot see it.");
    if (!text_fits(p->alt, PHOTOS_ALT_MAX))
        return arena_printf(ctx->arena, say(ctx, "The alternative text is too long: at most %d characters."), PHOTOS_ALT_MAX);
    if (same_words(ctx, p->alt, p->caption))
        return say(ctx, "The alternative text repeats the caption: say what is seen.");
    return NULL;
}

List photos_obstacles(Ctx *ctx, const Photo *p)
{
    Obstacles o = {arena_array(ctx->arena, const char *, OBSTACLES), 0};
    add(&o, state_obstacle(ctx, p));
    add(&o, event_obstacle(ctx, p));
    add(&o, photos_minors_obstacle(ctx, p));
    add(&o, alt_obstacle(ctx, p));
    add(&o, text_blank(p->credit) ? say(ctx, "The credit is missing: say who took it.") : NULL);
    return (List){o.said, o.n};
}
