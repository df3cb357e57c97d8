/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_jobs.c: what the agenda does later: once a day the horizon of its series moves on. */
#include "desks/agenda/agenda_ics.h"
#include "desks/agenda/agenda_pages.h"

static bool extend_series(Ctx *ctx, const Job *job, void *prepared)
{
    return agenda_series_extend(ctx);
}

const JobHandler agenda_jobs[] = {
    {.kind = "agenda_extend_series", .apply = extend_series},
    {0},
};
