/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_filter_room.h: what the two halves of the filter share: reading it, and saying it. */
#pragma once
#include "desks/agenda/lists/agenda_filter.h"

/* By its word or its id; NULL without a fault when there is none. */
const CalendarName *agenda_calendar_named(Ctx *ctx, const char *slug, i64 id, bool public_only);
