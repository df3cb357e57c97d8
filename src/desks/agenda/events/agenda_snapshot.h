/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_snapshot.h: an event as it was, kept as text. */
#pragma once
#include "desks/agenda/agenda_room.h"

/* A coverage that a step changed along with its event. */
typedef struct CoverageBefore {
    i64 id, version; /* as the step left it: whoever touches it later keeps his change */
    CoverageState state;
    const char *reason;
} CoverageBefore;

const char *agenda_snapshot(Ctx *ctx, const Event *e, List coverages /* of CoverageBefore */);
/* Fills in what was kept; id, slug, uid, version and the like stay as they are in e_out. */
CHECKED
bool agenda_snapshot_read(Ctx *ctx, const char *text, Event *e_out, List *coverages_out);
/* Any records by their shape, as a list of such a text, and back. */
void agenda_snapshot_items(JsonOut *j, const char *key, List items, const Shape *shape);
List agenda_snapshot_taken(Ctx *ctx, const Json *list, const Shape *shape);
