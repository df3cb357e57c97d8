/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_extend.c: series without an end: their occurrences are made up to the horizon, which moves on. */
#include "desks/agenda/series/agenda_repeat.h"
#include "store/journal.h"
#include "store/queue.h"
#include "agenda_queries.h"

#include <stdlib.h>

enum { AT_ONCE = 20, EARLY_DAYS = 30 };

/* One job a day, whoever asks. */
bool agenda_series_watch(Ctx *ctx)
{
    i64 due = clock_day_of(ctx->city->zone, ctx->now).to;
    const char *key = arena_printf(ctx->arena, "agenda_extend_series:%s",
                                   clock_day_text(ctx->arena, ctx->city->zone, due));
    i64 id;
    return queue_add(ctx, "agenda_extend_series", key, "{}", due, &id);
}

static List instants_of(Ctx *ctx, const char *text)
{
    List lines = text ? text_split(ctx->arena, text, '\n') : (List){0};
    i64 *instants = arena_array(ctx->arena, i64, lines.count + 1);
    for (size_t i = 0; i < lines.count; i++)
        instants[i] = strtoll(((const char *const *)lines.items)[i], NULL, 10);
    return (List){instants, lines.count};
}

static List walls_of(Ctx *ctx, const char *text)
{
    List lines = text ? text_split(ctx->arena, text, '\n') : (List){0};
    Wall *walls = arena_array(ctx->arena, Wall, lines.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < lines.count; i++)
        n += wall_parse(((const char *const *)lines.items)[i], &walls[n]);
    return (List){walls, n};
}

const Series *agenda_series_read(Ctx *ctx, const SeriesRow *row)
{
    IcsRule *rule = arena_new_of(ctx->arena, IcsRule);
    Series *s = arena_new_of(ctx->arena, Series);
    *rule = (IcsRule){row->rule, instants_of(ctx, row->exceptions), walls_of(ctx, row->additions)};
    *s = (Series){.rule = rule, .zone = zone_find(row->time_zone)};
    if (!wall_parse(row->wall_start, &s->starts))
        return fault(ctx, FAULT_BROKEN, "the series has no beginning");
    return s;
}

/* What a file brought carries its print; what the desk made has none. */
static EventRow row_of(Ctx *ctx, const SeriesRow *s, const Series *rule, const Occurrence *o)
{
    EventRow row = {
        .id = id_new(ctx->now),
        .recurrence_at = o->at,
        .series = s->id,
        .place = s->place,
        .uid = s->uid,
        .title = s->title,
        .description = s->description,
        .internal_note = s->internal_note,
        .topics = s->topics,
        .when = agenda_series_when(rule, s->duration, s->all_day, o),
        .time_to_be_confirmed = s->time_to_be_confirmed,
        .status = s->status,
        .certainty = s->certainty,
        .visibility = s->visibility,
        .calendar = s->calendar,
        .area = s->area,
        .source = s->source,
        .headed_by = s->headed_by,
        .attendees = s->attendees,
        .accreditation = s->accreditation,
    };
    if (s->made_here)
        return row;
    row.sequence = row.source_sequence = s->sequence;
    row.source_hash = agenda_occurrence_hash(ctx->arena, s->face, o->at);
    row.source_visibility = word_name(agenda_visibility_words, (int)s->visibility);
    return row;
}

bool agenda_series_add(Ctx *ctx, const SeriesRow *s, const Series *rule, const Occurrence *o,
                       bool *added_out)
{
    bool here =
        db_maybe(ctx, &q_agenda_import_find, &agenda_key_shape, T(s->uid), I(o->at)) != NULL;
    if (here || faulted(ctx))
        return !faulted(ctx);
    EventRow row = row_of(ctx, s, rule, o);
    const Place *place = s->place ? agenda_place(ctx, s->place) : NULL;
    row.slug = agenda_slug_free(ctx, s->title, clock_day_text(ctx->arena, rule->zone, o->at),
                                s->visibility, row.id);
    IndexEntry entry = {
        .id = row.id,
        .starts_at = row.when.starts_at,
        .slug = row.slug,
        .title = row.title,
        .description = row.description,
        .topics = row.topics,
        .internal_note = row.internal_note,
        .place_name = place ? place->name : NULL,
        .place_address = place ? place->address : NULL,
        .visibility = s->visibility,
    };
    *added_out = true;
    return agenda_row_insert(ctx, &row) && agenda_index_entry(ctx, &entry) &&
           journal(ctx, "agenda_event", row.id, "repeated");
}

static bool extend(Ctx *ctx, const SeriesRow *s)
{
    Lap lap CLEANUP(lap_end)
    = lap_begin(ctx);
    const Series *series = agenda_series_read(ctx, s);
    Occurrences found;
    if (!series)
        return false;
    i64 horizon =
        agenda_series_horizon(ctx->now, clock_instant(series->zone, series->starts, NULL));
    if (!agenda_series_expand(ctx, series, horizon, &found))
        return false;
    const Occurrence *o = found.list.items;
    for (size_t i = 0; i < found.list.count; i++) {
        bool added;
        if (o[i].at >= s->expanded_to && !agenda_series_add(ctx, s, series, &o[i], &added))
            return false;
    }
    return db_write(ctx, &q_agenda_series_expanded, I(s->id), I(horizon), B(found.ended));
}

bool agenda_series_extend(Ctx *ctx)
{
    i64 soon = ctx->now + (SERIES_HORIZON_DAYS - EARLY_DAYS) * CLOCK_DAY;
    List due = db_list(ctx, &q_agenda_series_due, &agenda_series_shape, I(soon), I(AT_ONCE));
    const SeriesRow *s = due.items;
    for (size_t i = 0; i < due.count; i++) {
        if (!extend(ctx, &s[i]))
            return false;
    }
    return agenda_series_watch(ctx);
}
