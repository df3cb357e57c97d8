/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_seal.c: what was found, of each subject once. */
#include "base/text.h"
#include "store/likeness_room.h"
#include "likeness_queries.h"

const Seal *likeness_seal(Ctx *ctx, i64 id)
{
    return db_maybe(ctx, &q_store_likeness_seal, &seal_shape, I(id));
}

static bool is_there(const Likeness *found, size_t n, const Seal *seal)
{
    for (size_t i = 0; i < n; i++)
        if (found[i].seal->subject_id == seal->subject_id && text_same(found[i].seal->subject, seal->subject))
            return true;
    return false;
}

List likeness_best(Ctx *ctx, const Likeness *sorted, size_t count, i64 limit)
{
    Likeness *best = arena_array(ctx->arena, Likeness, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count && (i64)n < limit; i++)
        if (!is_there(best, n, sorted[i].seal))
            best[n++] = sorted[i];
    return (List){best, n};
}
