/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_row.c: a new row of the agenda, from wherever it comes. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_queries.h"

bool agenda_row_insert(Ctx *ctx, const EventRow *r)
{
    const When *w = &r->when;
    return db_write(ctx, &q_agenda_insert, I(r->id), T(r->slug), T(r->uid), I(r->recurrence_at),
                    I_OR_NULL(r->series), T(r->title), T(r->description), T(r->internal_note),
                    T(r->topics), I(w->starts_at), I(w->ends_at),
                    T(wall_text(ctx->arena, w->starts)), T(wall_text(ctx->arena, w->ends)),
                    T(zone_name(w->zone)), B(w->all_day), B(r->time_to_be_confirmed),
                    W(agenda_status_words, r->status), W(agenda_visibility_words, r->visibility),
                    I_OR_NULL(r->place), I(r->sequence), I(r->source_sequence), T(r->source_hash),
                    T(r->source_visibility), I(ctx->now), I(ctx->now),
                    W(agenda_certainty_words, agenda_certainty_for(r->certainty, r->status)),
                    I_OR_NULL(r->calendar), I_OR_NULL(r->area), T(r->headed_by), T(r->attendees),
                    I_OR_NULL(r->attendance == NONE ? 0 : r->attendance), T(r->accreditation),
                    I_OR_NULL(r->accreditation_until), I_OR_NULL(r->duplicate_of), I_OR_NULL(r->source));
}
