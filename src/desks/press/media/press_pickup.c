/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pickup.c: which media took a release up: typed in, with evidence. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

static const Field pickup_fields[] = {
    FIELD_ID(Pickup, id), FIELD_ID(Pickup, release), FIELD_TEXT(Pickup, title), FIELD_TEXT(Pickup, folio), FIELD_TEXT(Pickup, outlet),
    FIELD_WORD(Pickup, kind, press_outlet_words), FIELD_TIME(Pickup, day), FIELD_TEXT(Pickup, url), FIELD_TEXT(Pickup, note),
    FIELD_TEXT(Pickup, filename), FIELD_TEXT(Pickup, type), FIELD_INT(Pickup, size), FIELD_TEXT(Pickup, sha256),
    FIELD_TEXT(Pickup, person_name), FIELD_TIME(Pickup, at), FIELD_TIME(Pickup, removed_at),
};
const Shape press_pickup_shape = SHAPE("press_pickup", Pickup, pickup_fields);

List press_pickups_of(Ctx *ctx, i64 release, i64 limit)
{
    return people_has(ctx, RIGHT_PRESS_READ) ? db_list(ctx, &q_press_pickups_of, &press_pickup_shape, I(release), I(limit)) : (List){0};
}

List press_pickups(Ctx *ctx, Span span, i64 area, i64 after_day, i64 after_id, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return (List){0};
    return db_list(ctx, &q_press_pickups, &press_pickup_shape, I(span.from), I(span.to), I(after_id ? after_day : INT64_MAX),
                   I(after_id ? after_id : INT64_MAX), I(area), I(limit));
}

i64 press_pickups_count(Ctx *ctx, Span span, i64 area)
{
    return db_number(ctx, &q_press_pickups_count, I(span.from), I(span.to), I(area));
}

const Pickup *press_pickup(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_one(ctx, &q_press_pickup_find, &press_pickup_shape, I(id)) : NULL;
}

static bool has_evidence(Ctx *ctx, const PickupDraft *d)
{
    Url url;
    if (!d->url && text_blank(d->note) && !d->sha256)
        return fault_field(ctx, "url", "Give the evidence: a link, a file, or where it can be found (page, programme, minute).");
    if (d->url && !url_outside(ctx->arena, d->url, &url))
        return fault_field(ctx, "url", "Write a whole address, with https:// in front.");
    return true;
}

static bool check(Ctx *ctx, const PickupDraft *d)
{
    if (text_blank(d->outlet) || text_points(d->outlet) > 120 || text_has_control(d->outlet))
        return fault_field(ctx, "outlet", "Write the medium in at most 120 characters.");
    if (!d->day)
        return fault_field(ctx, "day", "Write the day on which it appeared.");
    if (d->day > ctx->now)
        return fault_field(ctx, "day", "This day is still to come.");
    return has_evidence(ctx, d);
}

bool press_pickup_add(Ctx *ctx, i64 release, const PickupDraft *d, i64 *id_out)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_MEDIA) ? press_row(ctx, release) : NULL;
    if (!r)
        return false;
    if (!r->edition)
        return fault(ctx, FAULT_CONFLICT, "What is not public yet cannot have been taken up.");
    if (!check(ctx, d))
        return false;
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_press_pickup_add, I(*id_out), I(release), T(d->outlet), W(press_outlet_words, d->kind), I(d->day), T(d->url),
                    T(text_blank(d->note) ? NULL : d->note), T(d->sha256), T(d->filename), T(d->type),
                    d->sha256 ? I(d->size) : I_OR_NULL(0), I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           journal(ctx, "press_release", release, "taken_up");
}

bool press_pickup_remove(Ctx *ctx, i64 id, bool removed)
{
    const Pickup *k = people_may(ctx, RIGHT_PRESS_MEDIA) ? press_pickup(ctx, id) : NULL;
    if (!k)
        return false;
    if ((k->removed_at != 0) == removed)
        return true;
    return db_write(ctx, &q_press_pickup_remove, I(id), I_OR_NULL(removed ? ctx->now : 0)) &&
           journal(ctx, "press_release", k->release, removed ? "pickup_removed" : "pickup_restored");
}
