/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_cells.c: cells, rows and the one table that both the paper and the workbook have. */
#include "desks/report/report_paper.h"

PaperCell report_cell_text(const char *text)
{
    return (PaperCell){.text = text ? text : ""};
}

PaperCell report_cell_number(Ctx *ctx, i64 number)
{
    if (number == NONE)
        return report_cell_text("–");
    return (PaperCell){.text = report_number(ctx->arena, number), .kind = PAPER_CELL_NUMBER, .number = (double)number};
}

PaperRow report_paper_row(Ctx *ctx, const PaperCell *cells, size_t n)
{
    PaperCell *copy = arena_array(ctx->arena, PaperCell, n);
    memcpy(copy, cells, n * sizeof *copy);
    return (PaperRow){.cells = {copy, n}};
}

List report_columns(Ctx *ctx, const PaperColumn *columns, size_t n)
{
    PaperColumn *copy = arena_array(ctx->arena, PaperColumn, n);
    memcpy(copy, columns, n * sizeof *copy);
    return (List){copy, n};
}

PaperTable report_uncovered_table(Ctx *ctx, const Report *r)
{
    const PaperColumn columns[] = {
        {.label = say(ctx, "Event"), .share = 4, .heads_row = true}, {.label = say(ctx, "When"), .share = 2}, {.label = say(ctx, "Why"), .share = 4},
    };
    PaperRow *rows = arena_array(ctx->arena, PaperRow, r->not_covered.count + 1);
    for (size_t i = 0; i < r->not_covered.count; i++) {
        const Uncovered *u = (const Uncovered *)r->not_covered.items + i;
        const char *when = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, u->starts_at);
        PaperCell cells[] = {
            report_cell_text(u->title),
            {.text = when, .kind = PAPER_CELL_MOMENT, .at = u->starts_at},
            report_cell_text(u->reason ? u->reason : say(ctx, "no reason was given")),
        };
        rows[i] = report_paper_row(ctx, cells, COUNT(cells));
    }
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, r->not_covered.count},
                        .empty = say(ctx, "Every event of the month was covered.")};
}
