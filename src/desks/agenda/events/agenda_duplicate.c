/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_duplicate.c: an event once more, a week later. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_event_queries.h"

enum { WEEK = 7 };

/* The same wall time a week later, also over a change of the clocks. */
static i64 week_later(const Zone *zone, i64 instant)
{
    return clock_instant(zone, wall_add_days(clock_wall(zone, instant), WEEK), NULL);
}

const Event *agenda_duplicate_of(Ctx *ctx, const Event *e)
{
    Event *copy = arena_new_of(ctx->arena, Event);
    const Zone *zone = zone_find(e->time_zone);
    *copy = (Event){
        .id = e->id,
        .title = e->title,
        .description = e->description,
        .topics = e->topics,
        .time_zone = e->time_zone,
        .internal_note = e->internal_note,
        .starts_at = week_later(zone, e->starts_at),
        .ends_at = week_later(zone, e->ends_at),
        .all_day = e->all_day,
        .time_to_be_confirmed = e->time_to_be_confirmed,
        .status = e->status == EVENT_TENTATIVE ? EVENT_TENTATIVE : EVENT_CONFIRMED,
        .visibility = e->visibility,
        .place = e->place,
        .calendar = e->calendar,
        .area = e->area,
        .calendar_name = e->calendar_name,
        .area_name = e->area_name,
        .headed_by = e->headed_by,
        .attendees = e->attendees,
        .attendance = NONE,
        .accreditation = e->accreditation,
        .accreditation_until =
            e->accreditation_until ? week_later(zone, e->accreditation_until) : 0,
    };
    copy->certainty = agenda_certainty_for(CERTAINTY_BY_STATUS, copy->status);
    return copy;
}

EventDraft agenda_draft_of(const Event *e)
{
    const Zone *zone = zone_find(e->time_zone);
    return (EventDraft){
        .title = e->title,
        .description = e->description,
        .internal_note = e->internal_note,
        .topics = e->topics,
        .time_zone = e->time_zone,
        .starts = clock_wall(zone, e->starts_at),
        .ends = clock_wall(zone, e->ends_at),
        .all_day = e->all_day,
        .time_to_be_confirmed = e->time_to_be_confirmed,
        .status = e->status,
        .certainty = e->certainty,
        .visibility = e->visibility,
        .place = {.id = e->place.id},
        .calendar = e->calendar,
        .area = e->area,
        .headed_by = e->headed_by,
        .attendees = e->attendees,
        .accreditation = e->accreditation,
        .accreditation_until = e->accreditation_until,
        .attendance = e->attendance,
    };
}

/* What is wanted of it again, for whoever will do it. */
static bool copy_coverages(Ctx *ctx, const Event *from, const Event *to)
{
    const Coverage *c = from->coverages.items;
    for (size_t i = 0; i < from->coverages.count; i++) {
        i64 id;
        if (c[i].state == COVERAGE_DECLINED || c[i].state == COVERAGE_CANCELLED)
            continue;
        CoverageDraft draft = {
            .kind = c[i].kind,
            .brief = c[i].brief,
            .due_at = to->starts_at + (c[i].due_at - from->starts_at),
            .quantity_min = c[i].quantity_min,
            .quantity_max = c[i].quantity_max,
            .priority = c[i].priority,
            .news_status = c[i].news_status,
        };
        if (!agenda_cover(ctx, to->id, &draft, &id))
            return false;
    }
    return !faulted(ctx);
}

bool agenda_duplicate(Ctx *ctx, i64 id, const EventDraft *said, bool coverages, i64 *id_out)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, id) : NULL;
    if (!e || (coverages && !people_may(ctx, RIGHT_COVERAGE_ASSIGN)))
        return false;
    EventDraft draft = said ? *said : agenda_draft_of(agenda_duplicate_of(ctx, e));
    draft.duplicate_of = id;
    draft.uid = NULL;
    if (!agenda_create(ctx, &draft, id_out))
        return false;
    return !coverages || copy_coverages(ctx, e, agenda_find_any(ctx, *id_out));
}
