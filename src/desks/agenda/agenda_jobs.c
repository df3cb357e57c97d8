/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_jobs.c: what the agenda does later: the horizon of its series moves on, sources are looked at. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/calendars/agenda_ics.h"
#include "desks/agenda/calendars/agenda_source.h"

static bool extend_series(Ctx *ctx, const Job *job, void *prepared)
{
    return agenda_series_extend(ctx);
}

static bool watch(Ctx *ctx, const Job *job, void *prepared)
{
    return agenda_watch(ctx);
}

const JobHandler agenda_jobs[] = {
    {.kind = "agenda_watch", .apply = watch},
    {.kind = "agenda_extend_series", .apply = extend_series},
    {.kind = "agenda_fetch_source", .prepare = agenda_source_prepare, .apply = agenda_source_apply},
    {0},
};
