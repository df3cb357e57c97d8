/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_picture.c: pictures that were published, found by their bytes and by how they look.
 *
 * Of two looks that differ in at most fifteen bits one of the eight bytes differs in at most one bit: so each byte is asked
 * for as it is and with each of its bits turned. */
#include "store/likeness_room.h"
#include "likeness_queries.h"

#include <glib.h>
#include <stdlib.h>

enum { BANDS = 8, BAND_BITS = 8, SAME_MOST = 50, BAND_MOST = 2000, NEAR_MOST = 50, OF_SEAL_MOST = 100 };

typedef struct Kept {
    i64 seal, look;
    const char *sha256, *name;
} Kept;
static const Field kept_fields[] = {
    FIELD_INT(Kept, seal), FIELD_INT(Kept, look), FIELD_TEXT(Kept, sha256), FIELD_TEXT(Kept, name),
};
static const Shape kept_shape = SHAPE("kept", Kept, kept_fields);

static i64 band_of(u64 look, int band)
{
    return (i64)(look >> (band * BAND_BITS) & 0xFF);
}

bool likeness_note_picture(Ctx *ctx, i64 seal, const char *sha256, u64 look, const char *name)
{
    Bind binds[BANDS + 3] = {[1] = I(seal), I((i64)look)}; /* $1 is the second, as BINDS() has it */
    i64 added;
    for (int band = 0; band < BANDS; band++)
        binds[band + 3] = I(band_of(look, band));
    return db_change(ctx, &q_store_likeness_picture_add, &added, I(seal), T(sha256), I((i64)look), T(name)) &&
           db_write_(ctx, &q_store_likeness_band_add, &added, binds, COUNT(binds) - 1);
}

/* ---- finding ---- */
typedef struct Near {
    i64 seal;
    u64 look;
    int bits;
} Near;

static List band_list(Ctx *ctx, u64 look, int band)
{
    Bind binds[BAND_BITS + 4] = {[1] = I(band), I(band_of(look, band))};
    for (int bit = 0; bit < BAND_BITS; bit++)
        binds[bit + 3] = I(band_of(look, band) ^ (1 << bit));
    binds[BAND_BITS + 3] = I(BAND_MOST);
    return db_list_(ctx, &q_store_likeness_bands, &kept_shape, binds, COUNT(binds) - 1);
}

static int by_nearness(const void *one, const void *other)
{
    const Near *x = one, *y = other;
    if (x->bits != y->bits)
        return x->bits - y->bits;
    return (x->seal < y->seal) - (x->seal > y->seal);
}

/* Those that look alike, the nearest first; one may stand in it several times. */
static List near_ones(Ctx *ctx, u64 look)
{
    Near *near = arena_array(ctx->arena, Near, BANDS * BAND_MOST);
    size_t n = 0;
    for (int band = 0; band < BANDS; band++) {
        List list = band_list(ctx, look, band);
        const Kept *k = list.items;
        for (size_t i = 0; i < list.count; i++) {
            int bits = __builtin_popcountll((u64)k[i].look ^ look);
            if (bits <= LIKENESS_BITS)
                near[n++] = (Near){k[i].seal, (u64)k[i].look, bits};
        }
    }
    qsort(near, n, sizeof *near, by_nearness);
    return (List){near, n < NEAR_MOST ? n : NEAR_MOST};
}

static const char *name_of(Ctx *ctx, const Near *near)
{
    List list = db_list(ctx, &q_store_likeness_picture_of, &kept_shape, I(near->seal), I(OF_SEAL_MOST));
    const Kept *k = list.items;
    for (size_t i = 0; i < list.count; i++)
        if ((u64)k[i].look == near->look)
            return k[i].name;
    return NULL;
}

static size_t add(Ctx *ctx, Likeness *all, size_t n, i64 seal, int bits, const char *name)
{
    const Seal *s = likeness_seal(ctx, seal);
    if (!s)
        return n;
    all[n] = (Likeness){.seal = s, .bits = bits, .name = name};
    return n + 1;
}

List likeness_find_picture(Ctx *ctx, u64 look, const char *sha256, i64 limit)
{
    List same = db_list(ctx, &q_store_likeness_picture_same, &kept_shape, T(sha256), I(SAME_MOST));
    List near = look ? near_ones(ctx, look) : (List){0};
    Likeness *all = arena_array(ctx->arena, Likeness, same.count + near.count + 1);
    const Kept *kept = same.items;
    const Near *like = near.items;
    size_t n = 0;
    for (size_t i = 0; i < same.count && !faulted(ctx); i++)
        n = add(ctx, all, n, kept[i].seal, 0, kept[i].name);
    for (size_t i = 0; i < near.count && !faulted(ctx); i++)
        if (!i || like[i].seal != like[i - 1].seal)
            n = add(ctx, all, n, like[i].seal, like[i].bits, name_of(ctx, &like[i]));
    return faulted(ctx) ? (List){0} : likeness_best(ctx, all, n, limit);
}
