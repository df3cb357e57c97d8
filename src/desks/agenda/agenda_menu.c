/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_menu.c: the number beside "Coverage" in the menu. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"

i64 agenda_menu_count(Ctx *ctx)
{
    return agenda_coverages_waiting(ctx);
}
