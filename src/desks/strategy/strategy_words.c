/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strategy_words.c: the vocabulary of the room. */
#include "desks/strategy/strategy_room.h"

const Word strategy_direction_words[] = {
    [DIRECTION_NONE] = {"none", N_("Neither way is better")},
    [DIRECTION_UP] = {"up", N_("More is better")},
    [DIRECTION_DOWN] = {"down", N_("Less is better")},
    {0},
};

const Word strategy_kind_words[] = {
    [INDICATOR_COMPUTED] = {"computed", N_("Computed")},
    [INDICATOR_MANUAL] = {"manual", N_("Manual")},
    {0},
};

const Word strategy_form_words[] = {
    [FIGURE_COUNT] = {"count", N_("Records counted")},
    [FIGURE_SUM] = {"sum", N_("Sum")},
    [FIGURE_SPREAD] = {"spread", N_("Spread")},
    [FIGURE_TYPED] = {"typed", N_("Typed")},
    {0},
};

const Word strategy_state_words[] = {
    [GOAL_NONE] = {"none", N_("Without a goal")},
    [GOAL_MET] = {"met", N_("Goal reached")},
    [GOAL_ON_TRACK] = {"on_track", N_("On the way")},
    [GOAL_LATE] = {"late", N_("Behind")},
    [GOAL_MISSED] = {"missed", N_("Goal missed")},
    {0},
};
