/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_date.c: the dates that an event had and lost. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_event_queries.h"

static const Field date_fields[] = {
    FIELD_TIME(EventDate, starts_at), FIELD_TIME(EventDate, ends_at),
    FIELD_BOOL(EventDate, all_day),   FIELD_TEXT(EventDate, verb),
    FIELD_TEXT(EventDate, reason),    FIELD_TIME(EventDate, at),
    FIELD_HIDDEN(EventDate, event, FIELD_ID),
};
const Shape agenda_date_shape = SHAPE("event_date", EventDate, date_fields);

List agenda_dates_of(Ctx *ctx, i64 event)
{
    return db_list(ctx, &q_agenda_dates_of, &agenda_date_shape, I(event));
}

/* Those of one event, which stand beside each other. */
static List of_event(List all, i64 event)
{
    const EventDate *d = all.items;
    size_t from = 0, n = 0;
    while (from < all.count && d[from].event != event)
        from++;
    while (from + n < all.count && d[from + n].event == event)
        n++;
    return (List){n ? d + from : NULL, n};
}

List agenda_with_dates(Ctx *ctx, List events)
{
    Event *e = (Event *)events.items;
    if (!events.count)
        return events;
    List all = db_list(ctx, &q_agenda_dates_by_span, &agenda_date_shape, I(e[0].starts_at),
                       I(e[events.count - 1].starts_at));
    for (size_t i = 0; i < events.count; i++)
        e[i].previous_dates = of_event(all, e[i].id);
    return events;
}

List agenda_public_with_dates(Ctx *ctx, List events)
{
    PublicEvent *e = (PublicEvent *)events.items;
    if (!events.count)
        return events;
    List all = db_list(ctx, &q_agenda_dates_by_span, &agenda_date_shape, I(e[0].starts_at),
                       I(e[events.count - 1].starts_at));
    for (size_t i = 0; i < events.count; i++)
        e[i].previous_dates = of_event(all, e[i].id);
    return events;
}

/* The date that a postponed event lost is noted already when it gets a new one. */
static bool noted(Ctx *ctx, const Event *e)
{
    List dates = agenda_dates_of(ctx, e->id);
    const EventDate *last =
        dates.count ? (const EventDate *)dates.items + dates.count - 1 : NULL;
    return last && last->starts_at == e->starts_at && last->ends_at == e->ends_at;
}

bool agenda_date_lost(Ctx *ctx, const Event *e, const char *verb, const char *reason)
{
    if (noted(ctx, e))
        return true;
    return db_write(ctx, &q_agenda_date_insert, I(id_new(ctx->now)), I(e->id), I(e->starts_at),
                    I(e->ends_at), B(e->all_day), T(verb),
                    T(e->visibility == VISIBLE_PUBLIC ? reason : NULL), I(ctx->now));
}
