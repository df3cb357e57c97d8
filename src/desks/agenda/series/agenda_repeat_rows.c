/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_rows.c: each event of a series that changed: it follows, stays, is cancelled or is made. */
#include "desks/agenda/series/agenda_repeat_step.h"
#include "store/journal.h"
#include "agenda_queries.h"
#include "agenda_repeat_queries.h"

#include <stdlib.h>

static int by_instant(const void *key, const void *item)
{
    i64 at = *(const i64 *)key, other = ((const Occurrence *)item)->at;
    return (at > other) - (at < other);
}

/* What lies before the newest 2,000 is taken as given: it was left out for its number only. */
static bool is_given(const RepeatStep *step, i64 at)
{
    List found = step->found.list;
    if (!step->moved && !step->ruled)
        return true;
    if (step->found.cut && at < ((const Occurrence *)found.items)->at)
        return true;
    return bsearch(&at, found.items, found.count, sizeof(Occurrence), by_instant) != NULL;
}

/* Changed alone: by the desk, or by the file that brought it. */
static bool is_alone(const RepeatStep *step, const RepeatRow *row)
{
    return row->apart || (row->source_hash && !text_starts(row->source_hash, step->before->face));
}

/* ---- one event ---- */

/* Its place in the series would be an hour that the clocks leave out. */
static bool leave(Ctx *ctx, const RepeatRow *row)
{
    return db_write(ctx, &q_agenda_repeat_leave, I(row->id), T(agenda_own_uid(ctx, row->id)));
}

static bool belong(Ctx *ctx, const RepeatStep *step, const RepeatRow *row, i64 at, bool alone)
{
    if (at == row->recurrence_at && !step->split)
        return true;
    return db_write(ctx, &q_agenda_repeat_belong, I(row->id), I(step->after.id), T(step->after.uid), I(at), B(alone));
}

static When when_of(const RepeatStep *step, bool alone, i64 at)
{
    const SeriesRow *s = &step->after;
    Occurrence o = {at, clock_wall(step->rule_after->zone, at)};
    return alone ? step->anchor_when : agenda_series_when(step->rule_after, s->duration, s->all_day, &o);
}

typedef struct Follow {
    int mask;
    EventStatus status;
    When when;
    const char *reason, *verb;
} Follow;

/* A public event that is confirmed does not change its day in silence. */
static void reschedule(const RepeatStep *step, const Event *e, Follow *f)
{
    bool sure = e->status == EVENT_CONFIRMED || e->status == EVENT_RESCHEDULED;
    bool promised = sure && agenda_stands(e->status, e->visibility);
    if (!(f->mask & REPEAT_TIMES) || !(step->rescheduled || (step->to_another_day && promised)))
        return;
    f->status = EVENT_RESCHEDULED;
    f->reason = step->reason;
    f->verb = "rescheduled";
    f->mask |= REPEAT_STATUS | REPEAT_REASON | REPEAT_BEFORE;
}

static bool write_follow(Ctx *ctx, const RepeatStep *step, const Event *e, const Follow *f)
{
    const SeriesRow *s = &step->after;
    Visibility seen = f->mask & REPEAT_VISIBILITY ? s->visibility : e->visibility;
    const char *title = f->mask & REPEAT_TITLE ? s->title : e->title;
    const char *day = clock_day_text(ctx->arena, f->when.zone, f->when.starts_at);
    bool outside = f->mask & ~REPEAT_INSIDE;
    return db_write(
        ctx, &q_agenda_repeat_follow, I(e->id), I(e->version), I(f->mask), T(s->title), T(s->description),
        T(s->topics), T(s->internal_note), I_OR_NULL(s->place), W(agenda_visibility_words, s->visibility),
        T(agenda_slug_after(ctx, e->id, e->slug, title, day, seen)), I_OR_NULL(s->calendar), I_OR_NULL(s->area),
        T(s->headed_by), T(s->attendees), T(s->accreditation), W(agenda_status_words, f->status),
        W(agenda_certainty_words, agenda_certainty_for(s->certainty, f->status)),
        B(s->time_to_be_confirmed && !s->all_day), I(f->when.starts_at), I(f->when.ends_at),
        T(wall_text(ctx->arena, f->when.starts)), T(wall_text(ctx->arena, f->when.ends)),
        T(zone_name(f->when.zone)), B(f->when.all_day), T(f->reason),
        I_OR_NULL(step->attendance == NONE ? 0 : step->attendance), I_OR_NULL(step->accreditation_until),
        I(outside ? 1 : 0), I(ctx->now));
}

static bool keep_date(Ctx *ctx, const Event *e, const Follow *f)
{
    bool same = e->starts_at == f->when.starts_at && e->ends_at == f->when.ends_at;
    if (!(f->mask & REPEAT_TIMES) || same || !agenda_stands(e->status, e->visibility))
        return true;
    return agenda_date_lost(ctx, e, f->verb, f->reason);
}

static bool follow(Ctx *ctx, RepeatStep *step, const RepeatRow *row, i64 at, bool alone)
{
    const Event *e = agenda_find_any(ctx, row->id);
    if (!e)
        return false;
    Follow f = {.mask = step->mask, .status = step->after.status, .verb = "changed"};
    f.when = when_of(step, alone, at);
    if (row->id != step->anchor->id)
        f.mask &= ~REPEAT_ALONE;
    reschedule(step, e, &f);
    if (!f.mask)
        return true;
    step->done.changed++;
    return write_follow(ctx, step, e, &f) && keep_date(ctx, e, &f) && agenda_index_now(ctx, e->id) &&
           journal(ctx, "agenda_event", e->id, f.verb) && agenda_step_done(ctx, e, f.verb);
}

/* The rule gives it again, after it did not. */
static bool revive(Ctx *ctx, RepeatStep *step, const RepeatRow *row, i64 at)
{
    const Event *e = agenda_find_any(ctx, row->id);
    if (!e)
        return false;
    Follow f = {.mask = REPEAT_FACE | REPEAT_REASON, .status = step->after.status, .verb = "repeated"};
    f.when = when_of(step, false, at);
    step->done.added++;
    return write_follow(ctx, step, e, &f) && agenda_index_now(ctx, e->id) &&
           journal(ctx, "agenda_event", e->id, f.verb) && agenda_step_done(ctx, e, f.verb);
}

static bool drop(Ctx *ctx, RepeatStep *step, const RepeatRow *row)
{
    const Event *e = agenda_find_any(ctx, row->id);
    const char *why = say(ctx, "It is no longer part of the series.");
    step->done.cancelled++;
    return e && (e->status == EVENT_POSTPONED || agenda_date_lost(ctx, e, "cancelled", why)) &&
           db_write(ctx, &q_agenda_repeat_drop, I(e->id), I(e->version), T(why), I(ctx->now)) &&
           agenda_index_now(ctx, e->id) && journal_detail(ctx, "agenda_event", e->id, "cancelled", why) &&
           agenda_cancel_coverages(ctx, e->id, why) && agenda_step_done(ctx, e, "cancelled");
}

static bool treat(Ctx *ctx, RepeatStep *step, const RepeatRow *row)
{
    Lap lap CLEANUP(lap_end)
    = lap_begin(ctx);
    i64 at = step->moved ? agenda_shift_instant(&step->shift, row->recurrence_at) : row->recurrence_at;
    bool skipped = step->moved && agenda_shift_skips(&step->shift, row->recurrence_at);
    bool alone = is_alone(step, row), given = !skipped && is_given(step, at);
    bool anchor = row->id == step->anchor->id;
    if (!(skipped ? leave(ctx, row) : belong(ctx, step, row, at, alone)))
        return false;
    if (row->starts_at <= ctx->now) {
        step->done.past += row->status != EVENT_CANCELLED;
        return true;
    }
    if (row->status == EVENT_CANCELLED && !alone && step->before->made_here && given &&
        (step->moved || step->ruled))
        return revive(ctx, step, row, at);
    if (row->status == EVENT_CANCELLED || row->status == EVENT_HELD || row->status == EVENT_POSTPONED ||
        (alone && !anchor))
        return true;
    return given || alone ? follow(ctx, step, row, at, alone) : drop(ctx, step, row);
}

/* ---- all of them ---- */

static bool add_missing(Ctx *ctx, RepeatStep *step)
{
    const Occurrence *o = step->found.list.items;
    for (size_t i = 0; i < step->found.list.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        bool added = false;
        if (o[i].at > ctx->now && !agenda_series_add(ctx, &step->after, step->rule_after, &o[i], &added))
            return false;
        step->done.added += added;
    }
    return true;
}

/* Moved onwards, the last one goes first, so that none comes where the next one still is. */
bool agenda_repeat_rows_follow(Ctx *ctx, RepeatStep *step)
{
    List rows = agenda_repeat_rows(ctx, step->before->id, step->from);
    const RepeatRow *row = rows.items;
    bool backwards = step->shift.seconds > 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (!treat(ctx, step, &row[backwards ? rows.count - 1 - i : i]))
            return false;
    }
    return !faulted(ctx) && add_missing(ctx, step);
}
