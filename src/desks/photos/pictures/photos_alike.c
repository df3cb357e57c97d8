/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_alike.c: which pictures look the same: frames of one burst, and pictures that came before.
 *
 * Two hashes of 64 bits (media.h). Of frames of a burst, re-encoded and smaller copies at most 8 bits of the dHash and 10 of the pHash
 * differ, of other pairs 20 and more (measured: live-photos.md, C4). */
#include "desks/photos/pictures/photos_pictures.h"
#include "photos_picture_queries.h"

enum { PARTS = 8, EDGES_APART = 8, LOOK_APART = 10, THE_SAME = 2 };
#define BURST_APART CLOCK_MINUTE

static int look_apart(const Photo *one, const Photo *other)
{
    return media_distance((u64)one->look, (u64)other->look);
}

static int edges_apart(const Photo *one, const Photo *other)
{
    return media_distance((u64)one->edges, (u64)other->edges);
}

bool photos_alike(const Photo *one, const Photo *other)
{
    return one->look != NONE && other->look != NONE && edges_apart(one, other) <= EDGES_APART && look_apart(one, other) <= LOOK_APART;
}

static i64 part_of(i64 look, int place)
{
    return place * 256 + (i64)(((u64)look >> (8 * place)) & 255);
}

bool photos_note_look(Ctx *ctx, const Photo *p)
{
    i64 added;
    for (int i = 0; i < PARTS; i++)
        if (!db_change(ctx, &q_photos_look_add, &added, I(part_of(p->look, i)), I(p->id)))
            return false;
    return true;
}

/* The next frame of a burst is no twin, but the very same picture is. */
static bool is_twin(const Photo *p, const Photo *older)
{
    i64 apart = p->taken_at > older->taken_at ? p->taken_at - older->taken_at : older->taken_at - p->taken_at;
    bool burst = p->event == older->event && apart <= BURST_APART;
    if (!photos_alike(p, older))
        return false;
    return !burst || (look_apart(p, older) <= THE_SAME && edges_apart(p, older) <= THE_SAME);
}

i64 photos_twin_of(Ctx *ctx, const Photo *p)
{
    i64 twin = 0;
    for (int i = 0; i < PARTS; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        List candidates = db_list(ctx, &q_photos_look_candidates, &photos_shape, I(part_of(p->look, i)), I(p->id));
        for (const Photo *c = candidates.items, *end = c + candidates.count; c < end; c++)
            if ((!twin || c->id < twin) && is_twin(p, c))
                twin = c->id;
    }
    return twin;
}
