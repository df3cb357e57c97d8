/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_calendar_store.c: the calendars that events belong to, as they are read. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_event_queries.h"

static const Field calendar_fields[] = {
    FIELD_ID(EventCalendar, id),
    FIELD_TEXT(EventCalendar, slug),
    FIELD_TEXT(EventCalendar, name),
    FIELD_INT(EventCalendar, color),
    FIELD_BOOL(EventCalendar, is_public),
    FIELD_INT(EventCalendar, position),
    FIELD_BOOL(EventCalendar, archived),
    FIELD_INT(EventCalendar, version),
};
const Shape agenda_calendar_shape = SHAPE("calendar", EventCalendar, calendar_fields);

List agenda_calendars(Ctx *ctx, bool archived)
{
    return db_list(ctx, &q_agenda_calendars, &agenda_calendar_shape, B(archived));
}

const EventCalendar *agenda_calendar_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_agenda_calendar_find, &agenda_calendar_shape, I(id));
}

const EventCalendar *agenda_calendar_by_slug(Ctx *ctx, const char *slug)
{
    return db_maybe(ctx, &q_agenda_calendar_by_slug, &agenda_calendar_shape, T(slug));
}

bool agenda_check_calendar(Ctx *ctx, i64 id, i64 before)
{
    if (!id || id == before)
        return true;
    const EventCalendar *c = db_maybe(ctx, &q_agenda_calendar_find, &agenda_calendar_shape, I(id));
    if (!c)
        return fault_field(ctx, "calendar", "There is no such calendar.");
    if (c->archived)
        return fault_field(ctx, "calendar",
                           "The calendar \"%s\" is archived: it takes no new events.", c->name);
    return true;
}
