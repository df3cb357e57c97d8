/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* panel.h: how a later desk shows something on an earlier desk's page without their knowing each other.
 *
 * A desk offers panels for a subject ("agenda_event"); app hangs them; the subject's page draws whatever hangs. */
#pragma once
#include "web/page.h"

typedef struct Panel {
    const char *subject;  /* "agenda_event", or a place: "desk_home", "site_home" */
    const char *where;    /* "main", "side", "first" */
    int order;            /* small ones first */
    Right right;          /* PUBLIC panels also stand on public pages */
    void (*draw)(Ctx *ctx, const Request *req, i64 id, Html *h); /* draws nothing when there is nothing to show */
    i64 (*until)(Ctx *ctx); /* the instant at which time alone makes wrong what is drawn; 0: only a change does; NULL: likewise */
} Panel;

/* Draws every panel of the subject at that place that the actor may see. */
void panels_draw(Ctx *ctx, const Request *req, const char *subject, const char *where, i64 id, Html *h);
bool panels_any(const Request *req, const char *subject, const char *where);
/* The first instant at which one of them is made wrong by time alone; 0: none is. */
i64 panels_until(Ctx *ctx, const Request *req, const char *subject, const char *where);
