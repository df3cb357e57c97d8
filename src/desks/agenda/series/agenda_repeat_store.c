/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_store.c: series and their occurrences, in and out of the database. */
#include "desks/agenda/series/agenda_repeat_step.h"
#include "store/db.h"
#include "agenda_queries.h"
#include "agenda_repeat_queries.h"

static const Field row_fields[] = {
    FIELD_ID(RepeatRow, id),
    FIELD_TIME(RepeatRow, recurrence_at),
    FIELD_TIME(RepeatRow, starts_at),
    FIELD_TIME(RepeatRow, ends_at),
    FIELD_WORD(RepeatRow, status, agenda_status_words),
    FIELD_WORD(RepeatRow, visibility, agenda_visibility_words),
    FIELD_TEXT(RepeatRow, slug),
    FIELD_BOOL(RepeatRow, apart),
    FIELD_TEXT(RepeatRow, source_hash),
    FIELD_INT(RepeatRow, version),
    FIELD_INT(RepeatRow, sequence),
};
static const Shape row_shape = SHAPE("occurrence", RepeatRow, row_fields);

List agenda_repeat_rows(Ctx *ctx, i64 series, i64 from)
{
    return db_list(ctx, &q_agenda_repeat_rows, &row_shape, I(series), I(from));
}

const SeriesRow *agenda_series_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_agenda_series_find, &agenda_series_shape, I(id));
}

bool agenda_series_insert(Ctx *ctx, const SeriesRow *s)
{
    return db_write(ctx, &q_agenda_repeat_insert, I(s->id), T(s->uid), T(s->rule), T(s->wall_start),
                    T(s->time_zone), I(s->duration), T(s->exceptions), T(s->additions), I(s->expanded_to),
                    B(s->ended), T(s->title), T(s->description), T(s->topics), I_OR_NULL(s->place), B(s->all_day),
                    W(agenda_status_words, s->status), W(agenda_visibility_words, s->visibility), I(s->sequence),
                    T(s->source_hash ? s->source_hash : ""), T(s->face ? s->face : ""), I_OR_NULL(s->calendar),
                    I_OR_NULL(s->area), T(s->headed_by), T(s->attendees), T(s->internal_note),
                    W(agenda_certainty_words, agenda_certainty_for(s->certainty, s->status)), T(s->accreditation),
                    B(s->time_to_be_confirmed), I_OR_NULL(s->split_from), B(s->made_here));
}

bool agenda_series_update(Ctx *ctx, const SeriesRow *s)
{
    return db_write(ctx, &q_agenda_repeat_update, I(s->id), I(s->version), T(s->rule), T(s->wall_start),
                    T(s->time_zone), I(s->duration), T(s->exceptions), T(s->additions), I(s->expanded_to),
                    B(s->ended), T(s->title), T(s->description), T(s->topics), I_OR_NULL(s->place), B(s->all_day),
                    W(agenda_status_words, s->status), W(agenda_visibility_words, s->visibility),
                    I_OR_NULL(s->calendar), I_OR_NULL(s->area), T(s->headed_by), T(s->attendees),
                    T(s->internal_note), W(agenda_certainty_words, agenda_certainty_for(s->certainty, s->status)),
                    T(s->accreditation), B(s->time_to_be_confirmed), B(s->made_here), I_OR_NULL(s->source));
}

bool agenda_series_divided(Ctx *ctx, i64 id)
{
    return db_number(ctx, &q_agenda_repeat_divided, I(id)) == 1;
}

bool agenda_repeat_compare(Ctx *ctx, i64 event)
{
    i64 changed;
    return db_change(ctx, &q_agenda_repeat_compare, &changed, I(event));
}
