/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_batch.c: a step over a series is noted as one, and taken back as one. */
#include "desks/agenda/series/agenda_batch.h"
#include "desks/agenda/events/agenda_snapshot.h"
#include "store/journal.h"
#include "agenda_repeat_queries.h"

#include <stdlib.h>

enum { BATCH_MAX = 16 * 1024 * 1024 };

/* Where an event belongs. */
typedef struct Member {
    i64 id, series, recurrence_at, source, missing_since, version;
    const char *uid, *source_hash;
    bool apart;
} Member;

static const Field member_fields[] = {
    FIELD_ID(Member, id),          FIELD_ID(Member, series),
    FIELD_TIME(Member, recurrence_at), FIELD_ID(Member, source),
    FIELD_TIME(Member, missing_since), FIELD_INT(Member, version),
    FIELD_TEXT(Member, uid),       FIELD_TEXT(Member, source_hash),
    FIELD_BOOL(Member, apart),
};
static const Shape member_shape = SHAPE("member", Member, member_fields);

/* ---- sets of members ---- */

static int by_id(const void *a, const void *b)
{
    i64 x = ((const Member *)a)->id, y = ((const Member *)b)->id;
    return (x > y) - (x < y);
}

static List sorted(Ctx *ctx, List list)
{
    Member *copy = arena_array(ctx->arena, Member, list.count + 1);
    if (list.count) {
        memcpy(copy, list.items, list.count * sizeof *copy);
        qsort(copy, list.count, sizeof *copy, by_id);
    }
    return (List){copy, list.count};
}

static bool is_among(List members, i64 id)
{
    Member key = {.id = id};
    return members.count && bsearch(&key, members.items, members.count, sizeof key, by_id);
}

static List joined(Ctx *ctx, List a, List b)
{
    Member *all = arena_array(ctx->arena, Member, a.count + b.count + 1);
    if (a.count)
        memcpy(all, a.items, a.count * sizeof *all);
    if (b.count)
        memcpy(all + a.count, b.items, b.count * sizeof *all);
    return (List){all, a.count + b.count};
}

static List members_of(Ctx *ctx, List series)
{
    List all = {0};
    const SeriesRow *s = series.items;
    for (size_t i = 0; i < series.count; i++)
        all = joined(ctx, all, db_list(ctx, &q_agenda_batch_members, &member_shape, I(s[i].id)));
    return sorted(ctx, all);
}

static List member_now(Ctx *ctx, i64 id)
{
    return db_list(ctx, &q_agenda_batch_member, &member_shape, I(id));
}

/* Those that are not in their series any more, or not yet. */
static List with_outside(Ctx *ctx, List inside, List known)
{
    const Member *m = known.items;
    List all = inside;
    for (size_t i = 0; i < known.count; i++) {
        if (!is_among(inside, m[i].id))
            all = joined(ctx, all, member_now(ctx, m[i].id));
    }
    return sorted(ctx, all);
}

/* ---- noting ---- */

bool agenda_batch_begin(Ctx *ctx, const Event *anchor, i64 series, Batch *batch_out)
{
    const SeriesRow *row = series ? agenda_series_find(ctx, series) : NULL;
    *batch_out = (Batch){.id = id_new(ctx->now), .anchor = anchor, .series = {row, row != NULL}};
    batch_out->members =
        row ? members_of(ctx, batch_out->series) : member_now(ctx, anchor->id);
    return !faulted(ctx);
}

/* The rows as they were, with the version that they have now: whoever changes one later keeps his change. A series that
 * the step made was not there: it would be over. */
static List series_noted(Ctx *ctx, const Batch *batch, i64 made)
{
    SeriesRow *rows = arena_array(ctx->arena, SeriesRow, batch->series.count + 1);
    const SeriesRow *was = batch->series.items;
    size_t n = 0;
    for (; n < batch->series.count; n++) {
        const SeriesRow *now = agenda_series_find(ctx, was[n].id);
        rows[n] = was[n];
        rows[n].version = now ? now->version : 0;
    }
    const SeriesRow *new = made ? agenda_series_find(ctx, made) : NULL;
    if (new) {
        rows[n] = *new;
        rows[n].ended = true;
        rows[n].status = EVENT_CANCELLED;
        rows[n].uid = agenda_own_uid(ctx, made); /* the event's own may begin another series */
        rows[n++].split_from = 0;
    }
    return (List){rows, n};
}

static List members_noted(Ctx *ctx, const Batch *batch)
{
    Member *noted = arena_array(ctx->arena, Member, batch->members.count + 1);
    const Member *was = batch->members.items;
    for (size_t i = 0; i < batch->members.count; i++) {
        const Member *now = db_maybe(ctx, &q_agenda_batch_member, &member_shape, I(was[i].id));
        noted[i] = was[i];
        noted[i].version = now ? now->version : 0;
    }
    return (List){noted, batch->members.count};
}

bool agenda_batch_end(Ctx *ctx, const Batch *batch, i64 made)
{
    Buf *out = buf_new(ctx->arena, 8192, BATCH_MAX);
    JsonOut j = json_out(out);
    i64 changed;
    json_open(&j, NULL, '{');
    agenda_snapshot_items(&j, "series", series_noted(ctx, batch, made), &agenda_series_shape);
    agenda_snapshot_items(&j, "members", members_noted(ctx, batch), &member_shape);
    json_close(&j, '}');
    return !faulted(ctx) &&
           db_change(ctx, &q_agenda_batch_join, &changed, I(ctx->actor->id), I(batch->id)) &&
           db_write(ctx, &q_agenda_batch_insert, I(batch->id), I(ctx->actor->id),
                    I(batch->anchor->id), T(buf_data(out)), I(ctx->now));
}

/* ---- may it be taken back? ---- */

static i64 changed_since(Ctx *ctx, i64 batch)
{
    i64 event = db_number(ctx, &q_agenda_batch_changed, I(batch));
    return event == NONE ? 0 : event;
}

bool agenda_batch_is_last(Ctx *ctx, i64 batch)
{
    return !changed_since(ctx, batch) && !faulted(ctx);
}

static bool nobody_came_after(Ctx *ctx, i64 batch)
{
    i64 event = changed_since(ctx, batch);
    const Event *e = event ? agenda_find_any(ctx, event) : NULL;
    if (e)
        agenda_came_after(ctx, e);
    return !faulted(ctx);
}

/* ---- events that the step made ---- */

static bool is_worked_on(Ctx *ctx, const Event *e)
{
    const Coverage *c = e->coverages.items;
    bool open = e->version > 1;
    for (size_t i = 0; i < e->coverages.count; i++)
        open |= agenda_coverage_is_open(c[i].state);
    if (open)
        fault(ctx, FAULT_CONFLICT,
              "%s, which this step made, is being worked on already: it cannot be taken back any more.",
              e->title);
    return open;
}

static bool cancel_made(Ctx *ctx, const Event *e)
{
    const char *why = say(ctx, "The step that made it was taken back.");
    return !is_worked_on(ctx, e) && agenda_date_lost(ctx, e, "cancelled", why) &&
           db_write(ctx, &q_agenda_repeat_drop, I(e->id), I(e->version), T(why), I(ctx->now)) &&
           agenda_index_now(ctx, e->id) &&
           journal_detail(ctx, "agenda_event", e->id, "cancelled", why) &&
           agenda_step_done(ctx, e, "cancelled");
}

static bool lose_made(Ctx *ctx, List now, List known)
{
    const Member *m = now.items;
    for (size_t i = 0; i < now.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        const Event *e = is_among(known, m[i].id) ? NULL : agenda_find_any(ctx, m[i].id);
        if (faulted(ctx))
            return false;
        if (!e)
            continue;
        bool stands = e->starts_at > ctx->now && e->status != EVENT_CANCELLED && e->status != EVENT_HELD;
        if ((stands && !cancel_made(ctx, e)) ||
            !db_write(ctx, &q_agenda_repeat_leave, I(e->id), T(agenda_own_uid(ctx, e->id))))
            return false;
    }
    return true;
}

/* ---- everything where it was ---- */

/* No two may have the same place for a moment: first all give theirs up. */
static bool gather(Ctx *ctx, List series, List members)
{
    const SeriesRow *s = series.items;
    i64 changed;
    for (size_t i = 0; i < series.count; i++) {
        if (!db_change(ctx, &q_agenda_batch_park, &changed, I(s[i].id)))
            return false;
    }
    const Member *m = members.items;
    for (size_t i = 0; i < members.count; i++) {
        if (!db_write(ctx, &q_agenda_batch_belong, I(m[i].id), I_OR_NULL(m[i].series), T(m[i].uid),
                      I(m[i].recurrence_at), B(m[i].apart), I(m[i].version), I_OR_NULL(m[i].source),
                      T(m[i].source_hash), I_OR_NULL(m[i].missing_since)))
            return false;
    }
    return true;
}

static bool restore_series(Ctx *ctx, List series)
{
    const SeriesRow *s = series.items;
    bool goes_on = false;
    for (size_t i = 0; i < series.count; i++) {
        goes_on |= !s[i].ended;
        if (!agenda_series_update(ctx, &s[i]) ||
            !db_write(ctx, &q_agenda_batch_origin, I(s[i].id), I_OR_NULL(s[i].split_from),
                      T(s[i].uid)))
            return false;
    }
    return !goes_on || agenda_series_watch(ctx);
}

static bool take_back_each(Ctx *ctx, i64 batch)
{
    List steps = db_list(ctx, &q_agenda_batch_steps, &agenda_undo_shape, I(batch));
    const UndoStep *s = steps.items;
    for (size_t i = 0; i < steps.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        const Event *now = agenda_find_any(ctx, s[i].event);
        if (!now || !agenda_take_back(ctx, now, &s[i]))
            return false;
    }
    return !faulted(ctx);
}

static List series_now(Ctx *ctx, List series)
{
    SeriesRow *rows = arena_array(ctx->arena, SeriesRow, series.count + 1);
    const SeriesRow *s = series.items;
    size_t n = 0;
    for (size_t i = 0; i < series.count; i++) {
        const SeriesRow *now = agenda_series_find(ctx, s[i].id);
        if (now)
            rows[n++] = *now;
    }
    return (List){rows, n};
}

static bool restore(Ctx *ctx, i64 batch, const Json *found, const Event *anchor)
{
    List series = agenda_snapshot_taken(ctx, json_get(found, "series"), &agenda_series_shape),
         members = sorted(ctx, agenda_snapshot_taken(ctx, json_get(found, "members"), &member_shape));
    Batch trace = {.id = id_new(ctx->now), .anchor = anchor, .series = series_now(ctx, series)};
    List inside = members_of(ctx, trace.series);
    i64 changed;
    trace.members = with_outside(ctx, inside, members);
    return !faulted(ctx) && db_change(ctx, &q_agenda_batch_done, &changed, I(batch), I(ctx->now)) &&
           lose_made(ctx, inside, members) && gather(ctx, series, members) &&
           restore_series(ctx, series) && take_back_each(ctx, batch) && series.count &&
           journal(ctx, "agenda_series", ((const SeriesRow *)series.items)->id, "undone") &&
           agenda_batch_end(ctx, &trace, 0);
}

bool agenda_batch_undo(Ctx *ctx, const Event *anchor, i64 batch)
{
    const UndoStep *whole = db_maybe(ctx, &q_agenda_batch_find, &agenda_undo_shape, I(batch));
    if (!whole)
        return fault(ctx, FAULT_CONFLICT, "There is nothing to take back.");
    const Json *found = json_read(ctx, whole->before, strlen(whole->before));
    return found && nobody_came_after(ctx, batch) && restore(ctx, batch, found, anchor);
}
