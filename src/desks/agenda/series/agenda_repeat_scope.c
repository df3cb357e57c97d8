/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_scope.c: what is done with one event of a series, with it and the following, or with all of them. */
#include "desks/agenda/series/agenda_batch.h"
#include "store/journal.h"
#include "agenda_repeat_queries.h"

/* ---- how many ---- */

ScopeReach agenda_scope_reach(Ctx *ctx, const Event *e, AgendaScope scope)
{
    i64 from = scope == SCOPE_ALL ? INT64_MIN + 1 : e->recurrence_at;
    bool sees = agenda_sees_private(ctx);
    if (scope == SCOPE_ONE || !e->series)
        return (ScopeReach){.change = 1};
    return (ScopeReach){
        .change = db_number(ctx, &q_agenda_repeat_to_come, I(e->series), I(from), I(ctx->now), B(sees)),
        .apart = db_number(ctx, &q_agenda_repeat_apart, I(e->series), I(from), I(ctx->now), B(sees)),
        .past = db_number(ctx, &q_agenda_repeat_past, I(e->series), I(from), I(ctx->now), B(sees)),
    };
}

static bool something_to_come(Ctx *ctx, const RepeatStep *step, AgendaScope scope)
{
    ScopeReach reach = agenda_scope_reach(ctx, step->anchor, scope);
    if (!faulted(ctx) && !reach.change && !reach.apart)
        return fault_field(ctx, "scope", "Nothing of this series is still to come: what took place stays as it was. "
                                         "Choose only this event.");
    return !faulted(ctx);
}

/* ---- when ---- */

static i64 seconds_between(Wall a, Wall b)
{
    return (clock_instant(NULL, b, NULL) - clock_instant(NULL, a, NULL)) / CLOCK_SECOND;
}

static bool same_day(Wall a, Wall b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* What the new times of the event that is open mean for its series. */
static void read_move(RepeatStep *step, const When *when)
{
    const Event *e = step->anchor;
    const Zone *was_zone = zone_find(e->time_zone);
    Wall was = clock_wall(was_zone, e->starts_at);
    bool other_zone = !text_same(e->time_zone, zone_name(when->zone));
    i64 length = when->ends_at - when->starts_at;
    step->anchor_when = *when;
    step->shift.seconds = seconds_between(was, when->starts);
    if (other_zone)
        step->shift.to = when->zone;
    if (e->all_day != when->all_day)
        step->shift.all_day = when->all_day;
    step->moved = step->shift.seconds || other_zone || e->all_day != when->all_day ||
                  length != e->ends_at - e->starts_at;
    if (!step->moved)
        return;
    step->mask |= REPEAT_TIMES;
    if (length != e->ends_at - e->starts_at || e->all_day != when->all_day)
        step->after.duration = length;
    step->to_another_day = !same_day(was, when->starts);
}

static bool move(Ctx *ctx, RepeatStep *step)
{
    return agenda_repeat_divide(ctx, step) && (!step->moved || agenda_repeat_shift(ctx, step));
}

/* ---- change ---- */

static bool check_status(Ctx *ctx, const RepeatStep *step, EventStatus wanted)
{
    if (wanted == step->anchor->status || wanted == EVENT_TENTATIVE || wanted == EVENT_CONFIRMED)
        return true;
    return fault_field(ctx, "status", "Of many events at once it can only be said that they are tentative or confirmed.");
}

#define TAKE(bit, differs, assignment) \
    if (differs) {                     \
        step->mask |= (bit);           \
        assignment;                    \
    }

/* What differs from the event as it is: only that is said of the others. */
static void read_texts(RepeatStep *step, const EventDraft *d)
{
    const Event *e = step->anchor;
    SeriesRow *s = &step->after;
    TAKE(REPEAT_TITLE, !text_same(e->title, d->title), s->title = d->title)
    TAKE(REPEAT_DESCRIPTION, !text_same(e->description, d->description), s->description = d->description)
    TAKE(REPEAT_TOPICS, !text_same(e->topics, d->topics), s->topics = d->topics)
    TAKE(REPEAT_NOTE, !text_same(e->internal_note, d->internal_note), s->internal_note = d->internal_note)
    TAKE(REPEAT_HEADED, !text_same(e->headed_by, d->headed_by), s->headed_by = d->headed_by)
    TAKE(REPEAT_ATTENDEES, !text_same(e->attendees, d->attendees), s->attendees = d->attendees)
    TAKE(REPEAT_ACCREDITATION, !text_same(e->accreditation, d->accreditation), s->accreditation = d->accreditation)
}

static i64 none_as_zero(i64 n)
{
    return n == NONE ? 0 : n;
}

static void read_rest(RepeatStep *step, const EventDraft *d, i64 place)
{
    const Event *e = step->anchor;
    SeriesRow *s = &step->after;
    bool sure = e->certainty != agenda_certainty_for(d->certainty, d->status);
    TAKE(REPEAT_PLACE, e->place.id != place, s->place = place)
    TAKE(REPEAT_VISIBILITY, e->visibility != d->visibility, s->visibility = d->visibility)
    TAKE(REPEAT_CALENDAR, e->calendar != d->calendar, s->calendar = d->calendar)
    TAKE(REPEAT_AREA, e->area != d->area, s->area = d->area)
    TAKE(REPEAT_TBC, e->time_to_be_confirmed != d->time_to_be_confirmed, s->time_to_be_confirmed = d->time_to_be_confirmed)
    TAKE(REPEAT_STATUS, e->status != d->status || sure, s->status = d->status; s->certainty = d->certainty)
    TAKE(REPEAT_ATTENDANCE, none_as_zero(e->attendance) != none_as_zero(d->attendance), step->attendance = d->attendance)
    TAKE(REPEAT_ACCREDITED, e->accreditation_until != d->accreditation_until,
         step->accreditation_until = d->accreditation_until)
}

static bool check_reason(Ctx *ctx, RepeatStep *step, const EventDraft *draft)
{
    const Event *e = step->anchor;
    bool sure = e->status == EVENT_CONFIRMED || e->status == EVENT_RESCHEDULED;
    if (!step->to_another_day || !sure || !agenda_stands(e->status, e->visibility))
        return true;
    if (text_blank(draft->reason))
        return fault_field(ctx, "reason", "This event is public and confirmed: say why it moves to another day.");
    step->reason = draft->reason;
    return agenda_check_reason(ctx, draft->reason);
}

bool agenda_change_scoped(Ctx *ctx, i64 id, i64 version, const EventDraft *draft, AgendaScope scope,
                          RepeatDone *done_out)
{
    RepeatStep step;
    When when;
    i64 place;
    *done_out = (RepeatDone){.changed = 1};
    if (scope == SCOPE_ONE)
        return agenda_change(ctx, id, version, draft);
    if (!agenda_repeat_open(ctx, id, version, scope, &step) || !agenda_may_set(ctx, draft->visibility) ||
        !agenda_check_draft(ctx, draft, step.anchor) ||
        !agenda_when(ctx, draft->time_zone, draft->starts, draft->ends, draft->all_day, &when) ||
        !agenda_check_times(ctx, draft, &when) || !check_status(ctx, &step, draft->status) ||
        !agenda_place_keep(ctx, &draft->place, &place) || !something_to_come(ctx, &step, scope))
        return false;
    read_move(&step, &when);
    read_texts(&step, draft);
    read_rest(&step, draft, place);
    *done_out = (RepeatDone){.series = step.anchor->series};
    if (!step.mask)
        return true;
    if (!check_reason(ctx, &step, draft) || !move(ctx, &step) || !agenda_repeat_write(ctx, &step))
        return false;
    *done_out = step.done;
    return true;
}

/* ---- reschedule ---- */

/* As long as it was before, when no end is said. */
static Wall end_after(const Event *e, const Zone *zone, Wall starts, Wall ends)
{
    if (ends.year || !wall_valid(starts))
        return ends;
    return clock_wall(zone, clock_instant(zone, starts, NULL) + e->ends_at - e->starts_at);
}

bool agenda_reschedule_scoped(Ctx *ctx, i64 id, i64 version, Wall starts, Wall ends, const char *reason,
                              AgendaScope scope, RepeatDone *done_out)
{
    RepeatStep step;
    When when;
    *done_out = (RepeatDone){.changed = 1};
    if (scope == SCOPE_ONE)
        return agenda_reschedule(ctx, id, version, starts, ends, reason);
    if (!agenda_repeat_open(ctx, id, version, scope, &step) || !agenda_check_reason(ctx, reason))
        return false;
    const Event *e = step.anchor;
    Wall end = end_after(e, zone_find(e->time_zone), starts, ends);
    if (!agenda_when(ctx, e->time_zone, starts, end, e->all_day, &when) || !something_to_come(ctx, &step, scope))
        return false;
    read_move(&step, &when);
    if (!step.moved)
        return fault_field(ctx, "starts_at", "That is the date that it has now: choose another.");
    step.rescheduled = true;
    step.reason = reason;
    step.verb = "rescheduled";
    step.mask |= e->time_to_be_confirmed ? REPEAT_TBC : 0;
    step.after.time_to_be_confirmed = false;
    if (!move(ctx, &step) || !agenda_repeat_write(ctx, &step))
        return false;
    *done_out = step.done;
    return true;
}

/* ---- cancel ---- */

static bool hidden_from(const Ctx *ctx, const RepeatRow *row)
{
    bool hidden = row->visibility == VISIBLE_PRIVATE || row->visibility == VISIBLE_CONFIDENTIAL;
    return hidden && !agenda_sees_private(ctx);
}

/* The first one that is still to come; from there on the series is over. */
static i64 first_to_come(const Ctx *ctx, List rows)
{
    const RepeatRow *row = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (row[i].starts_at > ctx->now)
            return row[i].recurrence_at;
    }
    return 0;
}

/* The series ends before; when nothing is before, all of it is cancelled. */
static bool end_series(Ctx *ctx, RepeatStep *step, i64 from)
{
    step->from = from;
    if (!agenda_repeat_divide(ctx, step))
        return false;
    SeriesRow ended = step->split ? step->closed : *step->before;
    if (!step->split)
        ended.status = EVENT_CANCELLED;
    ended.ended = true;
    return agenda_series_update(ctx, &ended) && journal(ctx, "agenda_series", ended.id, "cancelled");
}

static bool cancel_rows(Ctx *ctx, RepeatStep *step, List rows, const char *reason)
{
    const RepeatRow *row = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        if (row[i].status == EVENT_CANCELLED || row[i].status == EVENT_HELD || hidden_from(ctx, &row[i]))
            continue;
        if (row[i].starts_at <= ctx->now) {
            step->done.past++;
            continue;
        }
        if (!agenda_cancel(ctx, row[i].id, NONE, reason) ||
            !db_write(ctx, &q_agenda_repeat_part, I(row[i].id), B(row[i].apart)))
            return false;
        step->done.cancelled++;
    }
    return !faulted(ctx);
}

bool agenda_cancel_scoped(Ctx *ctx, i64 id, i64 version, const char *reason, AgendaScope scope, RepeatDone *done_out)
{
    RepeatStep step;
    *done_out = (RepeatDone){.cancelled = 1};
    if (scope == SCOPE_ONE)
        return agenda_cancel(ctx, id, version, reason);
    if (!agenda_repeat_open(ctx, id, version, scope, &step) || !agenda_check_reason(ctx, reason) ||
        !something_to_come(ctx, &step, scope))
        return false;
    List rows = agenda_repeat_rows(ctx, step.before->id, step.from);
    Batch batch;
    if (!agenda_batch_begin(ctx, step.anchor, step.before->id, &batch) ||
        !end_series(ctx, &step, first_to_come(ctx, rows)) ||
        !cancel_rows(ctx, &step, rows, reason) || !agenda_batch_end(ctx, &batch, 0))
        return false;
    *done_out = step.done;
    return true;
}
