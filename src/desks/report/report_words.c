/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_words.c: the vocabulary of the room and its addresses. */
#include "base/text.h"
#include "desks/report/report_room.h"

const Word report_state_words[] = {
    [REPORT_DRAFT] = {"draft", N_("Draft")},
    {0},
};

Url report_url(Arena *a, const char *month, const char *suffix)
{
    return url_slug(a, "/mesa/informes/", month, suffix);
}

const char *report_month_label(Ctx *ctx, const char *month)
{
    Span span;
    if (!clock_month(ctx->city->zone, month, &span))
        return month;
    return text_sentence(ctx->arena, clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, span.from));
}

/* What report_compute() put together from the city's address and a path of ours. */
Url report_records_url(Arena *a, const Figure *figure)
{
    Url url = url_literal("/mesa/informes");
    url_outside(a, figure->records, &url);
    return url;
}
