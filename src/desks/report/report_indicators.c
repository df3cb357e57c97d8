/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_indicators.c: what the month's report counts: one table. */
#include "desks/agenda/agenda.h"
#include "desks/report/report_room.h"

static i64 held(Ctx *ctx, Span span)
{
    return agenda_count(ctx, span, AGENDA_HELD);
}

static i64 covered(Ctx *ctx, Span span)
{
    return agenda_count(ctx, span, AGENDA_COVERED);
}

static i64 not_covered(Ctx *ctx, Span span)
{
    return agenda_count(ctx, span, AGENDA_NOT_COVERED);
}

static Url in_agenda(Ctx *ctx, const char *month, const char *key)
{
    Url of_month = url_query(ctx->arena, url_literal("/mesa/agenda"), "mes", month);
    return url_query(ctx->arena, of_month, "figura", key);
}

const Indicator report_indicators[] = {
    {"events_held", N_("Events of the public agenda"), N_("event"), held, NULL, in_agenda},
    {"events_covered", N_("Events covered"), N_("event"), covered, held, in_agenda},
    {"events_not_covered", N_("Events not covered"), N_("event"), not_covered, held, in_agenda},
    {0},
};
