/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import_series.c: the row of a series: in from a calendar file, out for the job that moves its horizon. */
#include "desks/agenda/calendars/agenda_ics.h"
#include "store/db.h"
#include "agenda_queries.h"

static const Field series_fields[] = {
    FIELD_ID(SeriesRow, id),
    FIELD_TEXT(SeriesRow, uid),
    FIELD_TEXT(SeriesRow, rule),
    FIELD_TEXT(SeriesRow, wall_start),
    FIELD_TEXT(SeriesRow, time_zone),
    FIELD_INT(SeriesRow, duration),
    FIELD_TEXT(SeriesRow, exceptions),
    FIELD_TEXT(SeriesRow, additions),
    FIELD_TIME(SeriesRow, expanded_to),
    FIELD_BOOL(SeriesRow, ended),
    FIELD_TEXT(SeriesRow, title),
    FIELD_TEXT(SeriesRow, description),
    FIELD_TEXT(SeriesRow, topics),
    FIELD_ID(SeriesRow, place),
    FIELD_ID(SeriesRow, source),
    FIELD_ID(SeriesRow, calendar),
    FIELD_BOOL(SeriesRow, all_day),
    FIELD_WORD(SeriesRow, status, agenda_status_words),
    FIELD_WORD(SeriesRow, visibility, agenda_visibility_words),
    FIELD_INT(SeriesRow, sequence),
    FIELD_TEXT(SeriesRow, source_hash),
    FIELD_TEXT(SeriesRow, face),
    FIELD_ID(SeriesRow, area),
    FIELD_ID(SeriesRow, split_from),
    FIELD_INT(SeriesRow, version),
    FIELD_TEXT(SeriesRow, headed_by),
    FIELD_TEXT(SeriesRow, attendees),
    FIELD_TEXT(SeriesRow, internal_note),
    FIELD_TEXT(SeriesRow, accreditation),
    FIELD_WORD(SeriesRow, certainty, agenda_certainty_words),
    FIELD_BOOL(SeriesRow, time_to_be_confirmed),
    FIELD_BOOL(SeriesRow, made_here),
};
const Shape agenda_series_shape = SHAPE("series", SeriesRow, series_fields);

const SeriesRow *agenda_series_of_uid(Ctx *ctx, const char *uid)
{
    return db_maybe(ctx, &q_agenda_series_by_uid, &agenda_series_shape, T(uid));
}

const char *agenda_instants_text(Ctx *ctx, List instants)
{
    const i64 *at = instants.items;
    Buf *out = buf_new(ctx->arena, 64, 1024 * 1024);
    for (size_t i = 0; i < instants.count; i++)
        buf_printf(out, "%s%" PRId64, i ? "\n" : "", at[i]);
    return instants.count ? buf_data(out) : NULL;
}

const char *agenda_walls_text(Ctx *ctx, List walls)
{
    const Wall *w = walls.items;
    Buf *out = buf_new(ctx->arena, 64, 1024 * 1024);
    for (size_t i = 0; i < walls.count; i++)
        buf_printf(out, "%s%s", i ? "\n" : "", wall_text(ctx->arena, w[i]));
    return walls.count ? buf_data(out) : NULL;
}

typedef struct Texts {
    const char *exceptions, *additions, *wall;
    i64 place;
} Texts;

static bool insert(Ctx *ctx, i64 id, const IcsEvent *e, const Texts *t, i64 expanded_to, bool ended)
{
    return db_write(ctx, &q_agenda_series_insert, I(id), T(e->uid), T(e->rule.text), T(t->wall),
                    T(zone_name(e->when.zone)), I(e->duration), T(t->exceptions), T(t->additions),
                    I(expanded_to), B(ended), T(e->title), T(e->description), T(e->topics),
                    I_OR_NULL(t->place), B(e->when.all_day), W(agenda_status_words, e->status),
                    W(agenda_visibility_words, e->visibility), I(e->sequence), T(e->hash),
                    T(e->face));
}

static bool update(Ctx *ctx, i64 id, const IcsEvent *e, const Texts *t, i64 expanded_to, bool ended)
{
    return db_write(ctx, &q_agenda_series_update, I(id), T(e->rule.text), T(t->wall),
                    T(zone_name(e->when.zone)), I(e->duration), T(t->exceptions), T(t->additions),
                    I(expanded_to), B(ended), T(e->title), T(e->description), T(e->topics),
                    I_OR_NULL(t->place), B(e->when.all_day), W(agenda_status_words, e->status),
                    W(agenda_visibility_words, e->visibility), I(e->sequence), T(e->hash),
                    T(e->face));
}

bool agenda_series_keep(Ctx *ctx, const IcsEvent *e, const Occurrences *found, i64 expanded_to,
                        i64 *id_out)
{
    const SeriesRow *here = agenda_series_of_uid(ctx, e->uid);
    Texts t = {
        .exceptions = agenda_instants_text(ctx, e->rule.exceptions),
        .additions = agenda_walls_text(ctx, e->rule.additions),
        .wall = wall_text(ctx->arena, e->when.starts),
    };
    if (faulted(ctx) || !agenda_place_keep(ctx, &e->place, &t.place))
        return false;
    *id_out = here ? here->id : id_new(ctx->now);
    return here ? update(ctx, here->id, e, &t, expanded_to, found->ended)
                : insert(ctx, *id_out, e, &t, expanded_to, found->ended);
}
