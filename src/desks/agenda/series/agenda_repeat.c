/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat.c: the rules of repeating: a single event becomes a series, a series gets another rule. */
#include "desks/agenda/series/agenda_batch.h"
#include "store/journal.h"
#include "agenda_queries.h"
#include "agenda_repeat_queries.h"

#include <stdlib.h>

enum { EXCEPTIONS_MAX = 20000 };

static int by_number(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

/* The instants that the days of a draft take away: on each day the series' own hour, or the hour that was said. */
static bool read_except(Ctx *ctx, const RepeatDraft *draft, const Series *s, List *out)
{
    const Wall *day = draft->except.items;
    i64 *at = arena_array(ctx->arena, i64, draft->except.count + 1);
    if (draft->except.count > EXCEPTIONS_MAX)
        return fault_field(ctx, "except", "At most %d days can be left out.", EXCEPTIONS_MAX);
    for (size_t i = 0; i < draft->except.count; i++) {
        Wall w = day[i];
        if (!wall_valid(w))
            return fault_field(ctx, "except", "This is no date: write it like 2022-07-14.");
        if (!w.hour && !w.minute && !w.second)
            w.hour = s->starts.hour, w.minute = s->starts.minute, w.second = s->starts.second;
        at[i] = clock_instant(s->zone, w, NULL);
    }
    qsort(at, draft->except.count, sizeof *at, by_number);
    *out = (List){at, draft->except.count};
    return true;
}

static bool check_first_stays(Ctx *ctx, List exceptions, i64 at)
{
    if (bsearch(&at, exceptions.items, exceptions.count, sizeof at, by_number))
        return fault_field(ctx, "except", "The event's own day cannot be left out: cancel the event instead.");
    return true;
}

/* ---- a single event repeats ---- */

static const Event *to_repeat(Ctx *ctx, i64 id, i64 version)
{
    const Event *e = agenda_to_change(ctx, id, version);
    if (!e)
        return NULL;
    if (e->series)
        return fault(ctx, FAULT_CONFLICT, "The event is part of a series already: change its rule.");
    if (e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED)
        return fault(ctx, FAULT_CONFLICT, "The event is %s: give it a new date to let it stand again.",
                     say_word(ctx, agenda_status_words, (int)e->status));
    return e;
}

/* What is said of the event is said of all; that it was held, only of itself. */
static SeriesRow face_of(Ctx *ctx, const Event *e)
{
    bool plain = e->status == EVENT_TENTATIVE;
    return (SeriesRow){
        .id = id_new(ctx->now),
        .uid = e->uid,
        .wall_start = e->wall_start,
        .time_zone = e->time_zone,
        .duration = e->ends_at - e->starts_at,
        .title = e->title,
        .description = e->description,
        .topics = e->topics,
        .place = e->place.id,
        .all_day = e->all_day,
        .status = plain ? EVENT_TENTATIVE : EVENT_CONFIRMED,
        .visibility = e->visibility,
        .calendar = e->calendar,
        .area = e->area,
        .headed_by = e->headed_by,
        .attendees = e->attendees,
        .internal_note = e->internal_note,
        .certainty = e->certainty,
        .accreditation = e->accreditation,
        .time_to_be_confirmed = e->time_to_be_confirmed,
        .made_here = true,
        .version = 1,
    };
}

static bool add_all(Ctx *ctx, const SeriesRow *row, const Series *s, const Occurrences *found)
{
    const Occurrence *o = found->list.items;
    for (size_t i = 0; i < found->list.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        bool added;
        if (!agenda_series_add(ctx, row, s, &o[i], &added))
            return false;
    }
    return true;
}

static bool expand_new(Ctx *ctx, SeriesRow *row, const Series *s, Occurrences *found)
{
    row->expanded_to = agenda_series_horizon(ctx->now, clock_instant(s->zone, s->starts, NULL));
    if (!agenda_series_expand(ctx, s, row->expanded_to, found))
        return false;
    row->ended = found->ended;
    if (found->ended && found->list.count < 2)
        return fault_field(ctx, "except", "Nothing would be left of the series: look at its days and its end.");
    return true;
}

static bool begin_series(Ctx *ctx, const Event *e, SeriesRow *row, const Series *s)
{
    Occurrences found;
    Batch batch;
    if (!agenda_batch_begin(ctx, e, 0, &batch) || !expand_new(ctx, row, s, &found) || !agenda_series_insert(ctx, row) ||
        !db_write(ctx, &q_agenda_repeat_begin, I(e->id), I(e->version), I(row->id), I(e->starts_at), I(ctx->now)))
        return false;
    return add_all(ctx, row, s, &found) && journal(ctx, "agenda_series", row->id, "created") &&
           journal(ctx, "agenda_event", e->id, "repeated") && agenda_step_done(ctx, e, "repeated") &&
           (row->ended || agenda_series_watch(ctx)) && agenda_batch_end(ctx, &batch, row->id);
}

static bool try_single(Ctx *ctx, const Event *e, const RepeatDraft *draft, SeriesRow *row, IcsRule *rule, Series *s)
{
    *row = face_of(ctx, e);
    *s = (Series){.rule = rule, .zone = zone_find(e->time_zone)};
    s->starts = clock_wall(s->zone, e->starts_at);
    rule->text = row->rule = agenda_rule_of(ctx, draft, s, e->all_day);
    row->wall_start = wall_text(ctx->arena, s->starts);
    return rule->text && read_except(ctx, draft, s, &rule->exceptions) &&
           check_first_stays(ctx, rule->exceptions, e->starts_at);
}

bool agenda_repeat(Ctx *ctx, i64 id, i64 version, const RepeatDraft *draft)
{
    const Event *e = to_repeat(ctx, id, version);
    if (!e)
        return false;
    SeriesRow row;
    IcsRule rule = {0};
    Series s;
    if (!try_single(ctx, e, draft, &row, &rule, &s))
        return false;
    row.exceptions = agenda_instants_text(ctx, rule.exceptions);
    return !faulted(ctx) && begin_series(ctx, e, &row, &s);
}

/* ---- another rule ---- */

/* As a whole the series may begin on a day that the new rule does not give: then it begins on the first that it does. */
static bool find_start(Ctx *ctx, const RepeatStep *step, const RepeatDraft *draft, Series *s)
{
    RepeatDraft open = *draft;
    IcsRule rule = {0};
    Series probe = {&rule, s->starts, s->zone};
    SeriesPlace first;
    if (draft->rule)
        return true;
    open.until.year = 0;
    open.count = 0;
    open.weekdays = open.weekdays ? open.weekdays : 1u << (wall_weekday(s->starts) - 1);
    /* any day will do for reading what the draft says: the start follows the rule here */
    rule.text = agenda_rule_draft(ctx, &open, &probe, step->after.all_day);
    if (!rule.text || !agenda_series_first(ctx, &probe, &first))
        return false;
    if (first.found)
        s->starts = first.next.wall;
    return true;
}

static bool set_rule(Ctx *ctx, RepeatStep *step, const RepeatDraft *draft, AgendaScope scope)
{
    SeriesRow *row = &step->after;
    const Series *now = agenda_series_read(ctx, row);
    if (!now)
        return false;
    Series s = *now;
    List except = now->rule->exceptions;
    if ((scope == SCOPE_ALL && !find_start(ctx, step, draft, &s)) ||
        (draft->except_said && !read_except(ctx, draft, &s, &except)))
        return false;
    const char *rule = agenda_rule_of(ctx, draft, &s, row->all_day);
    if (!rule)
        return false;
    row->rule = rule;
    row->wall_start = wall_text(ctx->arena, s.starts);
    row->exceptions = agenda_instants_text(ctx, except);
    row->status = row->status == EVENT_CANCELLED ? EVENT_CONFIRMED : row->status;
    return !faulted(ctx);
}

/* ---- only looking ---- */

bool agenda_repeat_try(Ctx *ctx, const Event *e, const RepeatDraft *draft, AgendaScope scope, SeriesRow *row_out,
                       IcsRule *rule_out, Series *series_out)
{
    RepeatStep step;
    if (!e->series)
        return try_single(ctx, e, draft, row_out, rule_out, series_out);
    if (!agenda_repeat_open(ctx, e->id, NONE, scope, &step) || !agenda_repeat_divide(ctx, &step) ||
        !set_rule(ctx, &step, draft, scope))
        return false;
    const Series *s = agenda_series_read(ctx, &step.after);
    if (!s)
        return false;
    *row_out = step.after;
    *rule_out = *s->rule;
    *series_out = (Series){rule_out, s->starts, s->zone};
    return true;
}

const Event *agenda_with_rule(Ctx *ctx, const Event *e)
{
    if (!e || !e->series)
        return e;
    const SeriesRow *row = agenda_series_find(ctx, e->series);
    Event *more = arena_new_of(ctx->arena, Event);
    *more = *e;
    more->rule = row ? row->rule : NULL;
    return more;
}

/* ---- doing it ---- */

bool agenda_repeat_change(Ctx *ctx, i64 id, i64 version, const RepeatDraft *draft, AgendaScope scope,
                          RepeatDone *done_out)
{
    RepeatStep step;
    if (scope == SCOPE_ONE)
        return fault_field(ctx, "scope", "A rule belongs to a series: change it from this event on, or for all.");
    if (!agenda_repeat_open(ctx, id, version, scope, &step))
        return false;
    if (scope == SCOPE_FOLLOWING && step.anchor->starts_at <= ctx->now)
        return fault_field(ctx, "scope",
                           "This event has begun: change the rule from one that is still to come, or for all.");
    step.ruled = true;
    step.verb = "rule changed";
    if (!agenda_repeat_divide(ctx, &step) || !set_rule(ctx, &step, draft, scope) || !agenda_repeat_write(ctx, &step))
        return false;
    *done_out = step.done;
    return true;
}
