/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_bursts.c: frames of one event that look alike and were taken within a minute are a burst; the sharpest is proposed.
 *
 * Sharpness compares frames of one scene and nothing else, so it ranks only inside a burst. */
#include "desks/photos/pictures/photos_pictures.h"
#include "photos_picture_queries.h"


#define BURST_APART CLOCK_MINUTE
#define LOOK_ROUND  (5 * CLOCK_MINUTE) /* a burst that goes on longer keeps the number that its frames have */

typedef struct Frames {
    const Photo *items;
    size_t n;
    size_t *group; /* of each: the first of its group */
} Frames;

static void join(Frames *f, size_t one, size_t other)
{
    size_t from = f->group[one] > f->group[other] ? f->group[one] : f->group[other];
    size_t to = f->group[one] > f->group[other] ? f->group[other] : f->group[one];
    for (size_t i = 0; i < f->n; i++)
        if (f->group[i] == from)
            f->group[i] = to;
}

static void gather(Frames *f)
{
    for (size_t i = 0; i < f->n; i++) {
        f->group[i] = i;
        for (size_t j = i; j-- > 0 && f->items[i].taken_at - f->items[j].taken_at <= BURST_APART;)
            if (f->group[j] != f->group[i] && photos_alike(&f->items[i], &f->items[j]))
                join(f, i, j);
    }
}

static bool is_in(const Frames *f, i64 photo)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].id == photo)
            return true;
    return false;
}

/* What a group is called: its first frame, or what it was called when that one is out of sight. */
static i64 name_of(const Frames *f, size_t group)
{
    size_t members = 0;
    i64 name = f->items[group].id;
    for (size_t i = 0; i < f->n; i++) {
        const Photo *p = &f->items[i];
        if (f->group[i] != group)
            continue;
        members++;
        if (p->burst && !is_in(f, p->burst))
            name = p->burst;
    }
    return members > 1 || name != f->items[group].id ? name : 0;
}

static size_t best_of(const Frames *f, size_t group)
{
    size_t best = group;
    for (size_t i = group; i < f->n; i++)
        if (f->group[i] == group && f->items[i].sharpness > f->items[best].sharpness)
            best = i;
    return best;
}

/* Groups that reach the moment: others have not changed, and may go on where nobody looks now. */
static bool is_near(const Frames *f, size_t group, i64 moment)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->group[i] == group && f->items[i].taken_at >= moment - BURST_APART && f->items[i].taken_at <= moment + BURST_APART)
            return true;
    return false;
}

static bool write_group(Ctx *ctx, const Frames *f, size_t group)
{
    i64 name = name_of(f, group);
    size_t best = best_of(f, group);
    for (size_t i = group; i < f->n; i++) {
        const Photo *p = &f->items[i];
        bool is_best = name && i == best;
        if (f->group[i] == group && (p->burst != name || p->best != is_best) &&
            !db_write(ctx, &q_photos_set_burst, I(p->id), I_OR_NULL(name), B(is_best)))
            return false;
    }
    return !faulted(ctx);
}

bool photos_bursts_again(Ctx *ctx, i64 event, i64 moment)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    List around = db_list(ctx, &q_photos_around, &photos_shape, I(event), I(moment - LOOK_ROUND), I(moment + LOOK_ROUND));
    Frames f = {around.items, around.count, arena_array(ctx->arena, size_t, around.count + 1)};
    gather(&f);
    for (size_t i = 0; i < f.n; i++)
        if (f.group[i] == i && is_near(&f, i, moment) && !write_group(ctx, &f, i))
            return false;
    return !faulted(ctx);
}
