/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_event.h: one event as citizens, search engines and newsrooms read it. */
#pragma once
#include "desks/agenda/lists/agenda_calendar.h"
#include "desks/agenda/calendars/agenda_feed.h"
#include "base/json.h"

typedef struct PublicEventShown {
    const Request *req;
    const PublicEvent *event;
    Period month;
    List dates;       /* of EventDate: where it stood before, without mistakes that were corrected */
    List files;       /* of Attachment: public ones */
    Url ics, google; /* ways into one's own calendar */
    Buf *json;        /* schema.org */
} PublicEventShown;

void agenda_public_view_status(Html *h, const PublicEvent *event); /* agenda_public_views.html */

/* GET /agenda/:slug */
void agenda_page_public_event(Ctx *ctx, const Request *req, Page *page);

/* ---- agenda_jsonld.c: schema.org Event ---- */
Buf *agenda_jsonld(Ctx *ctx, const PublicEvent *event);
/* Where it really stood before: a corrected mistake of the same start is no date, nor is the one that was cancelled. */
List agenda_public_dates(Ctx *ctx, const PublicEvent *event); /* of EventDate */

/* ---- agenda_ninjs.c: ninjs 3.1 (iptc.org/std/ninjs/ninjs-schema_3.1.json) ---- */
/* What media get: without coverages. */
void agenda_ninjs_public(Ctx *ctx, const PublicEvent *event, Buf *out);
/* For the desk: with what is planned to cover it; the event has its coverages. */
void agenda_ninjs_desk(Ctx *ctx, const Event *event, Buf *out);
/* A list: {"items": […]}; events have their coverages. */
void agenda_ninjs_list(Ctx *ctx, List events, Buf *out);
/* The answers of the desk's addresses with the suffix .ninjs. */
void agenda_give_ninjs(Ctx *ctx, Page *page, const Event *event);
void agenda_give_ninjs_list(Ctx *ctx, Page *page, const AgendaFilter *filter);
