/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_fields.h: form fields and JSON keys into drafts; what was wrong is a fault with its field. */
#pragma once
#include "desks/agenda/agenda_room.h"

EventDraft agenda_read_event(Ctx *ctx, const Request *req, const Event *e); /* e NULL: a new one */
/* starts_at and ends_at of a new date; ends_out->year 0 when it was not said. */
CHECKED
bool agenda_read_span(Ctx *ctx, const Request *req, const Event *e, Wall *starts_out,
                      Wall *ends_out);

/* ---- agenda_cover_fields.c ---- */
CoverageDraft agenda_read_coverage(Ctx *ctx, const Request *req);
CoverageDraft agenda_read_coverage_change(Ctx *ctx, const Request *req, const Coverage *c);
/* assignee, area or contact; assignee also takes "area:ID" and "contact:ID", as the form's one select says them. */
void agenda_read_doer(Ctx *ctx, const Request *req, CoverageDraft *draft);
Delivery agenda_read_delivery(Ctx *ctx, const Request *req);
/* Of EvidenceDraft: evidence as a list, or kind with url or text, or link, or note. */
List agenda_read_evidence(Ctx *ctx, const Request *req);
List agenda_people_choices(Ctx *ctx); /* of Choice: whom a coverage can be given to */
