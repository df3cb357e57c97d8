/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_list.h: lists of what citizens may see, filtered by calendar and topic; of a filter only these,
 * the span and overlapping count. */
#pragma once
#include "desks/agenda/lists/agenda_calendar.h"
#include "desks/agenda/lists/agenda_filter.h"

/* For a page: only id, slug, title, times, status, place, calendar, topics and who heads are filled in. */
List agenda_public_listed(Ctx *ctx, const AgendaFilter *filter, i64 limit); /* of PublicEvent, by start */
List agenda_public_filtered(Ctx *ctx, const AgendaFilter *filter, i64 after_at, i64 after_id, i64 limit); /* whole ones */
i64 agenda_public_filtered_count(Ctx *ctx, const AgendaFilter *filter);

typedef struct PublicShown {
    Period period;
    AgendaFilter filter;
    const char *query; /* of the filter: for links */
    List parts;        /* of FilterPart */
    List calendars;    /* of CalendarName: public ones */
    List events;       /* of PublicEvent */
    Calendar calendar;
    i64 standing;
} PublicShown;
Url agenda_public_at(Arena *a, const PublicShown *x, Url page, const char *text); /* another time, the same filters */
Url agenda_public_of(Arena *a, const PublicShown *x, const CalendarName *calendar); /* NULL: of every calendar */
