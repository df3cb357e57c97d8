/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_step.c: what happens to an event with a reason: cancelled, postponed, moved, left without coverage. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_queries.h"

static void *wrong_status(Ctx *ctx, const Event *e)
{
    return fault(ctx, FAULT_CONFLICT,
                 "The event is %s already: this cannot be done with it any more.",
                 say_word(ctx, agenda_status_words, (int)e->status));
}

static bool set_status(Ctx *ctx, const Event *e, EventStatus status, const char *reason)
{
    const char *verb = word_name(agenda_status_words, (int)status);
    return (e->status == EVENT_POSTPONED || agenda_date_lost(ctx, e, verb, reason)) &&
           db_write(ctx, &q_agenda_set_status, I(e->id), I(e->version),
                    W(agenda_status_words, status), T(reason), I(ctx->now),
                    W(agenda_certainty_words, agenda_certainty_for(e->certainty, status))) &&
           agenda_index_now(ctx, e->id) && journal(ctx, "agenda_event", e->id, verb);
}

bool agenda_cancel(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Event *e = agenda_to_change(ctx, id, version);
    if (!e || !agenda_check_reason(ctx, reason))
        return false;
    if (e->status == EVENT_CANCELLED || e->status == EVENT_HELD)
        return wrong_status(ctx, e);
    return set_status(ctx, e, EVENT_CANCELLED, reason) &&
           agenda_cancel_coverages(ctx, id, reason) && agenda_step_done(ctx, e, "cancelled");
}

bool agenda_postpone(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Event *e = agenda_to_change(ctx, id, version);
    if (!e || !agenda_check_reason(ctx, reason))
        return false;
    if (e->status == EVENT_CANCELLED || e->status == EVENT_HELD || e->status == EVENT_POSTPONED)
        return wrong_status(ctx, e);
    return set_status(ctx, e, EVENT_POSTPONED, reason) && agenda_step_done(ctx, e, "postponed");
}

/* As long as it was before, when no end is said. */
static Wall end_after(const Event *e, const Zone *zone, Wall starts, Wall ends)
{
    if (ends.year || !wall_valid(starts))
        return ends;
    return clock_wall(zone, clock_instant(zone, starts, NULL) + e->ends_at - e->starts_at);
}

static bool move_to(Ctx *ctx, const Event *e, const When *when, const char *reason)
{
    return agenda_date_lost(ctx, e, "rescheduled", reason) &&
           db_write(ctx, &q_agenda_move, I(e->id), I(e->version), I(when->starts_at),
                    I(when->ends_at), T(wall_text(ctx->arena, when->starts)),
                    T(wall_text(ctx->arena, when->ends)), W(agenda_status_words, EVENT_RESCHEDULED),
                    T(reason), I(ctx->now)) &&
           agenda_index_now(ctx, e->id) && journal(ctx, "agenda_event", e->id, "rescheduled") &&
           agenda_step_done(ctx, e, "rescheduled");
}

bool agenda_reschedule(Ctx *ctx, i64 id, i64 version, Wall starts, Wall ends, const char *reason)
{
    const Event *e = agenda_to_change(ctx, id, version);
    When when;
    const Zone *zone;
    if (!e || !agenda_check_reason(ctx, reason) || !agenda_zone(ctx, e->time_zone, &zone) ||
        !agenda_when(ctx, e->time_zone, starts, end_after(e, zone, starts, ends), e->all_day,
                     &when))
        return false;
    if (e->status == EVENT_CANCELLED || e->status == EVENT_HELD)
        return wrong_status(ctx, e);
    if (when.starts_at == e->starts_at && when.ends_at == e->ends_at &&
        e->status != EVENT_POSTPONED)
        return fault_field(ctx, "starts_at", "That is the date that it has now: choose another.");
    return move_to(ctx, e, &when, reason);
}

bool agenda_set_uncovered_reason(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Event *e = agenda_to_change(ctx, id, version);
    if (!e || !agenda_check_reason(ctx, reason))
        return false;
    if (e->approved_count > 0)
        return fault(ctx, FAULT_CONFLICT, "The event was covered: there is nothing to explain.");
    return db_write(ctx, &q_agenda_uncovered, I(id), I(e->version), T(reason)) &&
           journal(ctx, "agenda_event", id, "not_covered") &&
           agenda_step_done(ctx, e, "not_covered");
}
