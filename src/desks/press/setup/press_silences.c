/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_silences.c: when the law commands silence: set by hand, with where it is written. */
#include "desks/press/setup/press_set_up.h"
#include "press_set_up_queries.h"

#define LONGEST (370 * CLOCK_DAY)

List press_silences(Ctx *ctx)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return (List){0};
    List ahead = db_list(ctx, &q_press_silences_ahead, &press_silence_shape, I(ctx->now));
    List over = db_list(ctx, &q_press_silences_over, &press_silence_shape, I(ctx->now));
    Silence *all = arena_array(ctx->arena, Silence, ahead.count + over.count + 1);
    if (ahead.count)
        memcpy(all, ahead.items, ahead.count * sizeof *all);
    if (over.count)
        memcpy(all + ahead.count, over.items, over.count * sizeof *all);
    return (List){all, ahead.count + over.count};
}

const Silence *press_silence(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_one(ctx, &q_press_silence, &press_silence_shape, I(id)) : NULL;
}

static bool check(Ctx *ctx, const Silence *d)
{
    if (!press_check_name(ctx, "name", d->name, PRESS_NAME_MAX) || !press_check_name(ctx, "basis", d->basis, PRESS_BASIS_MAX))
        return false;
    if (!d->from_at)
        return fault_field(ctx, "from_at", "Say when it begins.");
    if (!d->to_at || d->to_at <= d->from_at)
        return fault_field(ctx, "to_at", "It ends after it began.");
    if (d->to_at - d->from_at > LONGEST)
        return fault_field(ctx, "to_at", "This is longer than a year: look at the dates again.");
    return true;
}

static bool add(Ctx *ctx, const Silence *d, i64 *id_out)
{
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_press_silence_add, I(id), T(d->name), T(d->basis), I(d->from_at), I(d->to_at)) ||
        !journal_detail(ctx, "press_silence", id, "created", d->name))
        return false;
    *id_out = id;
    return true;
}

static bool stale(Ctx *ctx, const Silence *before, i64 version)
{
    if (version == NONE || version == before->version)
        return false;
    fault(ctx, FAULT_STALE, "Somebody else changed this time of silence meanwhile. Open it again and repeat your change.");
    return true;
}

bool press_silence_set(Ctx *ctx, i64 id, i64 version, const Silence *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_PRESS_SET_UP))
        return false;
    const Silence *before = id ? press_silence(ctx, id) : NULL;
    if (faulted(ctx) || !check(ctx, draft))
        return false;
    if (!before)
        return add(ctx, draft, id_out);
    if (stale(ctx, before, version))
        return false;
    *id_out = id;
    return db_write(ctx, &q_press_silence_change, I(id), I(before->version), T(draft->name), T(draft->basis), I(draft->from_at), I(draft->to_at)) &&
           journal_detail(ctx, "press_silence", id, "changed", draft->name);
}

bool press_silence_drop(Ctx *ctx, i64 id, i64 version)
{
    const Silence *before = people_may(ctx, RIGHT_PRESS_SET_UP) ? press_silence(ctx, id) : NULL;
    if (!before || stale(ctx, before, version))
        return false;
    if (db_number(ctx, &q_press_silence_overrides, I(id)) > 0)
        return fault(ctx, FAULT_CONFLICT, "Somebody answered for a release in this silence: it stays on record. Change its dates instead.");
    return db_write(ctx, &q_press_silence_drop, I(id), I(before->version)) && journal_detail(ctx, "press_silence", id, "dropped", before->name);
}
