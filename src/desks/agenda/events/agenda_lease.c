/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_lease.c: who has an event open for editing: told to the others, never a lock.
 *
 * A form renews its lease every minute; two minutes without a word end it. What two people change is
 * decided by the event's version alone. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_event_queries.h"

#define LEASE_LASTS (2 * CLOCK_MINUTE)

static const Field lease_fields[] = {
    FIELD_ID(Lease, person),
    FIELD_TEXT(Lease, name),
    FIELD_TIME(Lease, since_at),
};
const Shape agenda_lease_shape = SHAPE("lease", Lease, lease_fields);

List agenda_leases_of(Ctx *ctx, i64 event)
{
    return db_list(ctx, &q_agenda_leases_of, &agenda_lease_shape, I(event), I(ctx->actor->id),
                   I(ctx->now));
}

bool agenda_lease_take(Ctx *ctx, i64 event)
{
    i64 swept, renewed;
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, event) : NULL;
    if (!e || !ctx->actor->id)
        return e != NULL;
    i64 until = ctx->now + LEASE_LASTS;
    if (!db_change(ctx, &q_agenda_lease_sweep, &swept, I(event), I(ctx->now)) ||
        !db_change(ctx, &q_agenda_lease_renew, &renewed, I(event), I(ctx->actor->id), I(until)))
        return false;
    return renewed || db_write(ctx, &q_agenda_lease_insert, I(event), I(ctx->actor->id),
                               I(ctx->now), I(until));
}

bool agenda_lease_leave(Ctx *ctx, i64 event)
{
    i64 dropped;
    return db_change(ctx, &q_agenda_lease_drop, &dropped, I(event), I(ctx->actor->id));
}
