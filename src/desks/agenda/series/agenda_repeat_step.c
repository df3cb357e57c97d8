/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_step.c: a series that changes: divided, moved, written; its events follow in agenda_repeat_rows.c. */
#include "desks/agenda/series/agenda_batch.h"
#include "store/journal.h"

#define EVER (INT64_MIN + 1)

bool agenda_repeat_open(Ctx *ctx, i64 id, i64 version, AgendaScope scope, RepeatStep *step)
{
    const Event *e = agenda_to_change(ctx, id, version);
    if (!e)
        return false;
    if (!e->series)
        return fault_field(ctx, "scope", "This event is not part of a series: there is only this one.");
    const SeriesRow *before = agenda_series_find(ctx, e->series);
    const Series *rule = before ? agenda_series_read(ctx, before) : NULL;
    if (!rule)
        return false;
    *step = (RepeatStep){
        .anchor = e,
        .before = before,
        .rule = rule,
        .after = *before,
        .from = scope == SCOPE_ALL ? EVER : e->recurrence_at,
        .shift = {.from = rule->zone, .to = rule->zone, .all_day = before->all_day},
        .attendance = e->attendance,
        .accreditation_until = e->accreditation_until,
        .verb = "changed",
        .done = {.series = e->series},
    };
    return true;
}

/* ---- dividing ---- */

/* Of instants or additions those before `at`, or the others. */
static List instants_side(Ctx *ctx, List list, i64 at, bool before)
{
    const i64 *from = list.items;
    i64 *kept = arena_array(ctx->arena, i64, list.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < list.count; i++) {
        if ((from[i] < at) == before)
            kept[n++] = from[i];
    }
    return (List){kept, n};
}

static List walls_side(Ctx *ctx, const Series *s, i64 at, bool before)
{
    const Wall *from = s->rule->additions.items;
    Wall *kept = arena_array(ctx->arena, Wall, s->rule->additions.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->rule->additions.count; i++) {
        if ((clock_instant(s->zone, from[i], NULL) < at) == before)
            kept[n++] = from[i];
    }
    return (List){kept, n};
}

/* What goes on: COUNT less what was before; where only additions are left, without a rule. */
static bool begin_second(Ctx *ctx, RepeatStep *step, const SeriesPlace *place, List additions)
{
    SeriesRow *s = &step->after;
    i64 count = agenda_rule_count(s->rule);
    s->id = id_new(ctx->now);
    s->uid = agenda_own_uid(ctx, s->id);
    s->split_from = step->before->id;
    s->made_here = true;
    s->source = 0;
    s->source_hash = s->face = "";
    s->sequence = 0;
    s->exceptions =
        agenda_instants_text(ctx, instants_side(ctx, step->rule->rule->exceptions, step->from, false));
    s->additions = agenda_walls_text(ctx, additions);
    Wall start = place->found ? place->next.wall : clock_wall(step->rule->zone, step->from);
    s->wall_start = wall_text(ctx->arena, start);
    s->rule = place->found ? agenda_rule_counted(ctx, s->rule, count - place->before) : NULL;
    return !faulted(ctx);
}

static bool end_first(Ctx *ctx, RepeatStep *step, List additions)
{
    SeriesRow *s = &step->closed;
    *s = *step->before;
    s->rule = agenda_rule_until(ctx, step->rule, step->from, s->all_day);
    s->exceptions =
        agenda_instants_text(ctx, instants_side(ctx, step->rule->rule->exceptions, step->from, true));
    s->additions = agenda_walls_text(ctx, additions);
    s->ended = true;
    return !faulted(ctx);
}

bool agenda_repeat_divide(Ctx *ctx, RepeatStep *step)
{
    SeriesPlace place;
    if (step->from == EVER)
        return true;
    if (!agenda_series_place(ctx, step->rule, step->from, &place))
        return false;
    List earlier = walls_side(ctx, step->rule, step->from, true),
         later = walls_side(ctx, step->rule, step->from, false);
    if (!place.before && !earlier.count) { /* all of it */
        step->from = EVER;
        return true;
    }
    step->split = true;
    return begin_second(ctx, step, &place, later) && end_first(ctx, step, earlier);
}

/* ---- moving ---- */

bool agenda_repeat_shift(Ctx *ctx, RepeatStep *step)
{
    SeriesRow *s = &step->after;
    const Series *now = agenda_series_read(ctx, s);
    if (!now)
        return false;
    const char *rule = agenda_rule_shifted(ctx, now, &step->shift);
    if (faulted(ctx))
        return false;
    List e = now->rule->exceptions, a = now->rule->additions;
    i64 *instants = arena_array(ctx->arena, i64, e.count + 1);
    for (size_t i = 0; i < e.count; i++)
        instants[i] = agenda_shift_instant(&step->shift, ((const i64 *)e.items)[i]);
    Wall *walls = arena_array(ctx->arena, Wall, a.count + 1);
    for (size_t i = 0; i < a.count; i++)
        walls[i] = agenda_shift_wall(&step->shift, ((const Wall *)a.items)[i]);
    s->rule = rule;
    s->wall_start = wall_text(ctx->arena, agenda_shift_wall(&step->shift, now->starts));
    s->time_zone = zone_name(step->shift.to);
    s->all_day = step->shift.all_day;
    s->exceptions = agenda_instants_text(ctx, (List){instants, e.count});
    s->additions = agenda_walls_text(ctx, (List){walls, a.count});
    return true;
}

/* ---- writing ---- */

/* What the rule gives afterwards, as far as events exist or should. */
static bool expand(Ctx *ctx, RepeatStep *step)
{
    SeriesRow *s = &step->after;
    step->rule_after = agenda_series_read(ctx, s);
    if (!step->rule_after)
        return false;
    if (!step->moved && !step->ruled)
        return true;
    s->made_here = true; /* other times than those of the file that brought it */
    s->source = 0;
    i64 start = clock_instant(step->rule_after->zone, step->rule_after->starts, NULL);
    i64 here = agenda_shift_instant(&step->shift, step->before->expanded_to),
        horizon = agenda_series_horizon(ctx->now, start);
    s->expanded_to = here > horizon ? here : horizon;
    if (!agenda_series_expand(ctx, step->rule_after, s->expanded_to, &step->found))
        return false;
    s->ended = step->found.ended;
    if (!step->found.list.count && s->ended)
        return fault_field(ctx, step->ruled ? "freq" : "starts_at",
                           "Nothing would be left of the series: look at its days and its end.");
    return true;
}

static bool write_series(Ctx *ctx, RepeatStep *step)
{
    if (!step->split)
        return agenda_series_update(ctx, &step->after) &&
               journal(ctx, "agenda_series", step->after.id, step->verb);
    return agenda_series_update(ctx, &step->closed) &&
           journal(ctx, "agenda_series", step->closed.id, "divided") &&
           agenda_series_insert(ctx, &step->after) &&
           journal(ctx, "agenda_series", step->after.id, step->verb);
}

bool agenda_repeat_write(Ctx *ctx, RepeatStep *step)
{
    Batch batch;
    step->done.series = step->after.id;
    return agenda_batch_begin(ctx, step->anchor, step->before->id, &batch) && expand(ctx, step) &&
           write_series(ctx, step) && agenda_repeat_rows_follow(ctx, step) &&
           (step->after.ended || agenda_series_watch(ctx)) &&
           agenda_batch_end(ctx, &batch, step->split ? step->after.id : 0);
}
