/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_form.h: what the pages of one event share. */
#pragma once
#include "desks/agenda/agenda_room.h"
#include "web/page.h"

void agenda_page_event(Ctx *ctx, const Request *req, Page *page); /* GET /mesa/agenda/:id */
/* The record after a step, with the way to take it back. */
void agenda_give_event(Ctx *ctx, const Request *req, Page *page, const char *notice);
/* Draws the form: e NULL: a new event; duplicate: e is what agenda_duplicate_of() gave. */
void agenda_draw_form(Ctx *ctx, const Request *req, Page *page, const Event *e, bool duplicate);
