/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_filter.h: which events an address asks for, read into an AgendaFilter, and written back into addresses and words.
 *
 *   calendario=slug|id  area=slug|id  lugar=id  tema=text  quien=yo|id|mail  estado=  tipo=  figura=
 *
 * The time (mes, semana, dia) is not part of it: agenda_period() reads that, and the caller sets the span. */
#pragma once
#include "desks/agenda/agenda.h"
#include "web/form.h"

/* For Route.query and Route.fields. */
#define AGENDA_FILTER_NAMES "calendario area tema lugar quien estado tipo figura"
enum { AGENDA_FILTER_COUNT = 8, AGENDA_TOPIC_MAX = 80 };

/* A wrong value is FAULT_INVALID on the name in the address, with a sentence; filter_out is untouched then. */
CHECKED bool agenda_filter_read(Ctx *ctx, const Request *req, AgendaFilter *filter_out);
/* The same of a text that was kept: "calendario=cultura&tipo=photo"; "" filters nothing.  A name that is no filter
 * is FAULT_INVALID on "query", but for vista=, which says how a list is drawn and is skipped. */
CHECKED bool agenda_filter_parse(Ctx *ctx, const char *query, AgendaFilter *filter_out);
/* What citizens may ask for: calendario= (public ones) and tema=.  One that is not public is like one that is not there. */
CHECKED bool agenda_filter_read_public(Ctx *ctx, const Request *req, AgendaFilter *filter_out);

/* "calendario=cultura&quien=yo": always in the same order and encoding; "" when nothing is filtered. */
const char *agenda_filter_query(Ctx *ctx, const AgendaFilter *filter);
bool agenda_filter_is_empty(const AgendaFilter *filter);
/* The same events' list at another address: query is of agenda_filter_query(). */
Url agenda_filter_url(Arena *a, Url page, const char *query);

/* One thing that is filtered by. */
typedef struct FilterPart {
    const char *name, *value; /* as in the address */
    const char *label;        /* in the reader's tongue: "Cultura", "covers Renata", "not covered" */
    const char *without;      /* the query of the filter without this part */
} FilterPart;
List agenda_filter_parts(Ctx *ctx, const AgendaFilter *filter); /* of FilterPart */
/* "Cultura · covers Renata · not covered"; NULL when nothing is filtered. */
const char *agenda_filter_said(Ctx *ctx, const AgendaFilter *filter);

/* A calendar as lists name it. */
typedef struct CalendarName {
    i64 id, color;
    const char *slug, *name;
    bool is_public;
} CalendarName;
List agenda_calendar_names(Ctx *ctx, bool public_only); /* of CalendarName, in their order; archived ones not */
