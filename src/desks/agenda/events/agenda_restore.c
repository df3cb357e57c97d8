/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_restore.c: an event becomes what it was before a step.
 *
 * It gets its columns, its dates that were and the coverages that were cancelled with it; its SEQUENCE and version grow,
 * because for everybody else it is one more change. */
#include "desks/agenda/events/agenda_snapshot.h"
#include "store/journal.h"
#include "agenda_event_queries.h"
#include "agenda_queries.h"

void *agenda_came_after(Ctx *ctx, const Event *e)
{
    List lines = journal_of(ctx, "agenda_event", e->id, 1);
    const JournalLine *last = lines.count ? lines.items : NULL;
    return fault(ctx, FAULT_CONFLICT, "%s changed the event since: it cannot be taken back any more.",
                 last ? last->actor_name : say(ctx, "Somebody"));
}

static bool restore_dates(Ctx *ctx, const Event *was)
{
    i64 dropped;
    if (!db_change(ctx, &q_agenda_dates_forget, &dropped, I(was->id)))
        return false;
    const EventDate *d = was->previous_dates.items;
    for (size_t i = 0; i < was->previous_dates.count; i++)
        if (!db_write(ctx, &q_agenda_date_insert, I(id_new(ctx->now)), I(was->id),
                      I(d[i].starts_at), I(d[i].ends_at), B(d[i].all_day), T(d[i].verb),
                      T(d[i].reason), I(d[i].at)))
            return false;
    return true;
}

static bool restore_coverages(Ctx *ctx, List coverages)
{
    const CoverageBefore *c = coverages.items;
    for (size_t i = 0; i < coverages.count; i++) {
        i64 changed;
        if (!db_change(ctx, &q_agenda_coverage_restore, &changed, I(c[i].id), I(c[i].version),
                       W(agenda_state_words, c[i].state), T(c[i].reason), I(ctx->now)))
            return false;
        if (changed && !journal(ctx, "agenda_coverage", c[i].id, "undone"))
            return false;
    }
    return true;
}

/* A place that was merged meanwhile is not there any more: the present one stays. */
static i64 place_of(Ctx *ctx, const Event *was, const Event *now)
{
    return !was->place.id || agenda_place_known(ctx, was->place.id) ? was->place.id : now->place.id;
}

static bool restore_event(Ctx *ctx, const Event *now, const Event *was)
{
    const Zone *zone = zone_find(was->time_zone);
    const char *day = clock_day_text(ctx->arena, zone, was->starts_at);
    const char *slug =
        agenda_slug_after(ctx, now->id, now->slug, was->title, day, was->visibility);
    return db_write(
        ctx, &q_agenda_restore, I(now->id), I(now->version), T(was->title), T(was->description),
        T(was->internal_note), T(was->topics), I(was->starts_at), I(was->ends_at),
        T(was->wall_start), T(wall_text(ctx->arena, clock_wall(zone, was->ends_at))),
        T(was->time_zone), B(was->all_day), B(was->time_to_be_confirmed),
        W(agenda_status_words, was->status), W(agenda_visibility_words, was->visibility),
        I_OR_NULL(place_of(ctx, was, now)), I(ctx->now), W(agenda_certainty_words, was->certainty),
        I_OR_NULL(was->calendar), I_OR_NULL(was->area), T(was->headed_by), T(was->attendees),
        I_OR_NULL(was->attendance == NONE ? 0 : was->attendance), T(was->accreditation),
        I_OR_NULL(was->accreditation_until), T(was->reason), I_OR_NULL(was->previous_starts_at),
        T(was->uncovered_reason), T(slug));
}

bool agenda_take_back(Ctx *ctx, const Event *now, const UndoStep *s)
{
    Event was = *now;
    List coverages;
    return agenda_snapshot_read(ctx, s->before, &was, &coverages) && restore_event(ctx, now, &was) &&
           restore_dates(ctx, &was) && restore_coverages(ctx, coverages) &&
           agenda_index_now(ctx, now->id) &&
           journal_detail(ctx, "agenda_event", now->id, "undone", s->verb) &&
           agenda_step_done(ctx, now, "undone");
}
