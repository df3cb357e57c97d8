/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_index.c: what the search finds of a published report: one entry a month, its youngest version. */
#include "desks/report/report_room.h"
#include "store/search.h"

static i64 entry_id(Ctx *ctx, const Report *r)
{
    const Report *first = report_row(ctx, r->month, 1);
    return first ? first->id : r->id;
}

bool report_index(Ctx *ctx, const Report *r)
{
    Actor office;
    const Actor *asks = report_as_office(ctx, &office);
    Buf *text = buf_new(ctx->arena, 4096, 128 * 1024);
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++)
        buf_printf(text, "%s: %s. ", f->label, report_value(ctx, f));
    const char *parts[] = {r->highlights, r->difficulties, r->outlook};
    for (size_t i = 0; i < COUNT(parts); i++)
        buf_printf(text, "%s\n", parts[i] ? parts[i] : "");
    SearchEntry entry = {
        .subject = "report", .id = entry_id(ctx, r),
        .title = arena_printf(ctx->arena, "%s, %s", say(ctx, "Monthly report of activities"), report_month_said(ctx, r->month)),
        .public_text = buf_data(text),
        .public_address = report_public_url(ctx->arena, r->month, NULL).s,
        .desk_address = report_url(ctx->arena, r->month, NULL).s,
        .at = r->span.to - 1,
    };
    ctx->actor = asks;
    return search_put(ctx, &entry);
}
