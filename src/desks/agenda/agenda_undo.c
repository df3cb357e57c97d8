/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_undo.c: what every step with an event leaves behind, and how the last one is taken back.
 *
 * A step is taken back by who took it, within a day, and only while nothing came after it.  The event gets
 * its columns, its dates that were and the coverages that were cancelled with it; its SEQUENCE and version grow, because
 * for everybody else it is one more change.  Taking back is a step too: taking that back is doing it again. */
#include "desks/agenda/agenda_repeat.h"
#include "desks/agenda/agenda_snapshot.h"
#include "store/journal.h"
#include "agenda_event_queries.h"
#include "agenda_queries.h"

#define UNDO_WITHIN CLOCK_DAY
#define UNDO_KEPT   (7 * CLOCK_DAY)

static const Field step_fields[] = {
    FIELD_ID(UndoStep, id),      FIELD_ID(UndoStep, person),   FIELD_ID(UndoStep, event),
    FIELD_TEXT(UndoStep, verb),  FIELD_INT(UndoStep, version), FIELD_TEXT(UndoStep, before),
    FIELD_TIME(UndoStep, at),    FIELD_TIME(UndoStep, undone_at),
};
static const Shape step_shape = SHAPE("undo", UndoStep, step_fields);

/* ---- a step leaves its trace ---- */

static const Coverage *same_coverage(List coverages, i64 id)
{
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++)
        if (c->id == id)
            return c;
    return NULL;
}

/* Of the coverages those whose state the step changed, as they were, with the version that they have now. */
static List coverages_changed(Ctx *ctx, const Event *before, const Event *after)
{
    CoverageBefore *list = arena_array(ctx->arena, CoverageBefore, before->coverages.count + 1);
    size_t n = 0;
    const Coverage *c = before->coverages.items;
    for (size_t i = 0; i < before->coverages.count; i++) {
        const Coverage *now = same_coverage(after->coverages, c[i].id);
        if (now && now->state != c[i].state)
            list[n++] = (CoverageBefore){c[i].id, now->version, c[i].state, c[i].reason};
    }
    return (List){list, n};
}

bool agenda_step_done(Ctx *ctx, const Event *before, const char *verb)
{
    const Event *after = agenda_find_any(ctx, before->id);
    i64 dropped;
    return after &&
           db_change(ctx, &q_agenda_undo_forget, &dropped, I(before->id), I(ctx->now - UNDO_KEPT)) &&
           db_write(ctx, &q_agenda_undo_insert, I(id_new(ctx->now)), I(ctx->actor->id),
                    I(before->id), T(verb), I(after->version),
                    T(agenda_snapshot(ctx, before, coverages_changed(ctx, before, after))),
                    I(ctx->now)) &&
           agenda_tell_change(ctx, before, after);
}

/* ---- may it be taken back? ---- */

const UndoStep *agenda_undo_step(Ctx *ctx, const Event *e)
{
    if (!ctx->actor->id || !people_has(ctx, RIGHT_AGENDA_EDIT))
        return NULL;
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_last, &step_shape, I(e->id));
    bool can = s && s->person == ctx->actor->id && !s->undone_at && s->version == e->version &&
               ctx->now - s->at < UNDO_WITHIN;
    return can ? s : NULL;
}

const Event *agenda_base(Ctx *ctx, const Event *e, i64 version)
{
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_base, &step_shape, I(e->id), I(version));
    if (!s)
        return NULL;
    Event *base = arena_new_of(ctx->arena, Event);
    List coverages;
    *base = *e;
    return agenda_snapshot_read(ctx, s->before, base, &coverages) ? base : NULL;
}

static void *somebody_came_after(Ctx *ctx, const Event *e)
{
    List lines = journal_of(ctx, "agenda_event", e->id, 1);
    const JournalLine *last = lines.count ? lines.items : NULL;
    return fault(ctx, FAULT_CONFLICT, "%s changed the event since: it cannot be taken back any more.",
                 last ? last->actor_name : say(ctx, "Somebody"));
}

static const UndoStep *to_undo(Ctx *ctx, const Event *e)
{
    const UndoStep *s = db_maybe(ctx, &q_agenda_undo_last, &step_shape, I(e->id));
    if (faulted(ctx))
        return NULL;
    if (!s || s->undone_at)
        return fault(ctx, FAULT_CONFLICT, "There is nothing to take back.");
    if (s->version != e->version)
        return somebody_came_after(ctx, e);
    if (s->person != ctx->actor->id)
        return fault(ctx, FAULT_CONFLICT,
                     "The last step was %s's: only who took it can take it back.",
                     people_find(ctx, s->person)->name);
    if (ctx->now - s->at >= UNDO_WITHIN)
        return fault(ctx, FAULT_CONFLICT,
                     "The last step is older than a day: change the event instead.");
    return s;
}

/* ---- taking it back ---- */

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

bool agenda_undo(Ctx *ctx, i64 id)
{
    const Event *now = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, id) : NULL;
    const UndoStep *s = now ? to_undo(ctx, now) : NULL;
    if (!s)
        return false;
    Event was = *now;
    List coverages;
    return agenda_snapshot_read(ctx, s->before, &was, &coverages) &&
           agenda_may_set(ctx, was.visibility) &&
           db_write(ctx, &q_agenda_undo_done, I(s->id), I(ctx->now)) &&
           restore_event(ctx, now, &was) && agenda_repeat_compare(ctx, id) &&
           restore_dates(ctx, &was) &&
           restore_coverages(ctx, coverages) && agenda_index_now(ctx, id) &&
           journal_detail(ctx, "agenda_event", id, "undone", s->verb) &&
           agenda_step_done(ctx, now, "undone");
}
