/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_indicators.c: whose indicators the report counts. A new room that keeps records adds its table here. */
#include "desks/report/report_room.h"

const Indicator *const report_indicator_tables[] = {agenda_indicators, photos_indicators, press_indicators, strategy_indicators, NULL};

const Indicator *report_indicator(const char *key)
{
    for (const Indicator *const *table = report_indicator_tables; *table; table++)
        for (const Indicator *i = *table; i->key; i++)
            if (text_same(i->key, key))
                return i;
    return NULL;
}

const Indicator *report_indicator_need(Ctx *ctx, const char *key, const char *field)
{
    const Indicator *found = text_blank(key) ? NULL : report_indicator(key);
    if (!found)
        fault_field(ctx, field, "\"%s\" is no indicator of the report.", key ? text_clip(ctx->arena, key, 40) : "");
    return found;
}
