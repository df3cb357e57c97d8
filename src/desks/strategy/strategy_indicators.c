/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy_indicators.c: what no record of the desk holds, and people count elsewhere. */
#include "desks/strategy/strategy_room.h"

static i64 typed(Ctx *ctx, const Measure *m, const char *key)
{
    return strategy_typed_total(ctx, key, m->period, m->area);
}

const Indicator strategy_indicators[] = {
    {
        .key = "media_pickups",
        .label = N_("Media that took up what the office gave out"),
        .unit = N_("medium"), .units = N_("media"),
        .formula = N_("Newspapers, stations and sites that printed or broadcast it, each counted once a month."),
        .source = N_("Press review, typed by a person with evidence."),
        .direction = DIRECTION_UP, .kind = INDICATOR_MANUAL, .form = FIGURE_TYPED, .count = typed,
    },
    {
        .key = "social_reach",
        .label = N_("Reach on social networks"),
        .unit = N_("account reached"), .units = N_("accounts reached"),
        .formula = N_("Accounts that saw at least one post of the office, as each network says, added up."),
        .source = N_("Figures of the networks, typed by a person with evidence."),
        .direction = DIRECTION_UP, .kind = INDICATOR_MANUAL, .form = FIGURE_TYPED, .count = typed,
    },
    {0},
};
