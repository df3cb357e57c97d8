/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy_room.h: shared by the files of this room only. */
#pragma once
#include "desks/strategy/strategy.h"

enum { STRATEGY_GOALS_MOST = 200, STRATEGY_VALUE_MOST = 1000000000, STRATEGY_TEXT_MOST = 2000, STRATEGY_URL_MOST = 2000 };

/* ---- strategy_store.c ---- */
const Goal *strategy_goal_find(Ctx *ctx, i64 id);
/* Of a month, or all the months of a year together; NONE when nothing was typed. */
i64 strategy_typed_total(Ctx *ctx, const char *indicator, const char *period, i64 area);
