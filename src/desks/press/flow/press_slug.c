/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_slug.c: the public address of a release: made of its title, never one that another release has or had. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

enum { BASE_MAX = 70, TRIES_MAX = 1 << 20 };

/* Pages of the press room that are no release. */
static const char *const kept_free[] = {"acreditacion", "archivo", "feed", "kit", "medios", "previa", "temas"};

static bool is_taken(Ctx *ctx, const char *slug)
{
    for (size_t i = 0; i < COUNT(kept_free); i++)
        if (text_same(slug, kept_free[i]))
            return true;
    return db_number(ctx, &q_press_slug_taken, T(slug)) > 0;
}

/* Cut at the end of a word, so that a number fits behind it. */
static const char *base_of(Ctx *ctx, const char *title)
{
    char *slug = arena_text(ctx->arena, text_slug(ctx->arena, title));
    if (strlen(slug) > BASE_MAX) {
        slug[BASE_MAX] = '\0';
        char *end = strrchr(slug, '-');
        if (end)
            *end = '\0';
    }
    return *slug ? slug : "comunicado";
}

static const char *numbered(Ctx *ctx, const char *base, int n)
{
    return n < 2 ? base : arena_printf(ctx->arena, "%s-%d", base, n);
}

/* Doubling and halving: of a thousand releases with one title the next is found in twenty looks. */
const char *press_slug_free(Ctx *ctx, const char *title)
{
    const char *base = base_of(ctx, title);
    if (!is_taken(ctx, base))
        return base;
    int taken = 1, free = 2;
    while (free < TRIES_MAX && is_taken(ctx, numbered(ctx, base, free))) {
        taken = free;
        free *= 2;
    }
    while (free - taken > 1) {
        int middle = taken + (free - taken) / 2;
        if (is_taken(ctx, numbered(ctx, base, middle)))
            taken = middle;
        else
            free = middle;
    }
    return numbered(ctx, base, free);
}

bool press_slug_is_of(Ctx *ctx, const char *slug, const char *title)
{
    const char *base = base_of(ctx, title);
    size_t n = strlen(base);
    i64 number;
    if (strncmp(slug, base, n) != 0)
        return false;
    return !slug[n] || (slug[n] == '-' && text_int(slug + n + 1, &number));
}

/* ---- another address ---- */

static bool check_slug(Ctx *ctx, const Release *r, const char *slug)
{
    if (!slug || !text_slug_valid(slug))
        return fault_field(ctx, "slug", "An address is made of small letters, digits and single hyphens: arranca-el-bacheo.");
    i64 had = db_number(ctx, &q_press_slug_was_of, T(slug));
    if (had == r->id || !is_taken(ctx, slug))
        return !faulted(ctx);
    return fault_field(ctx, "slug", "Another release has or had this address: choose a different one.");
}

/* What was public leads on for ever. */
static bool give_up(Ctx *ctx, const Release *r, const char *slug)
{
    i64 taken_back, changed;
    if (!r->edition)
        return true;
    return db_change(ctx, &q_press_slug_take_back, &taken_back, T(slug), I(r->id)) &&
           db_write(ctx, &q_press_slug_give_up, T(r->slug), I(r->id), I(ctx->now)) &&
           db_change(ctx, &q_press_edition_touch, &changed, I(r->id), I(ctx->now));
}

bool press_set_slug(Ctx *ctx, i64 id, i64 version, const char *slug)
{
    const unsigned all = BEFORE_PUBLICATION | PUBLIC_NOW;
    Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, all) : NULL;
    if (!r || (r->edition && !people_may(ctx, RIGHT_PRESS_PUBLISH)) || !check_slug(ctx, r, slug))
        return false;
    if (text_same(r->slug, slug))
        return true;
    return give_up(ctx, r, slug) && db_write(ctx, &q_press_set_slug, I(id), I(r->version), T(slug), I(ctx->now)) &&
           press_index(ctx, id) && (!r->edition || press_announce(ctx, id)) && journal_detail(ctx, "press_release", id, "moved", slug);
}
