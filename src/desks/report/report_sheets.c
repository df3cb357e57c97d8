/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_sheets.c: the report as a workbook: real numbers, one sheet for each table. */
#include "desks/report/report_paper.h"

/* ---- the figures ---- */
static PaperCell whole_or_empty(Ctx *ctx, i64 number)
{
    return number == NONE ? report_cell_text("") : report_cell_number(ctx, number);
}

static PaperRow figure_row(Ctx *ctx, const Figure *f)
{
    PaperCell share = report_cell_text("");
    if (f->of != NONE && f->of > 0 && f->value != NONE)
        share = (PaperCell){.text = report_percent(ctx, f->value, f->of), .kind = PAPER_CELL_PERCENT, .number = (double)f->value / (double)f->of};
    PaperCell cells[] = {
        report_cell_text(f->label), whole_or_empty(ctx, f->value), whole_or_empty(ctx, f->of), share, report_cell_text(f->units ? f->units : f->unit),
        whole_or_empty(ctx, f->goal), whole_or_empty(ctx, f->previous), whole_or_empty(ctx, f->year_before), whole_or_empty(ctx, f->missing),
        report_cell_text(say_word(ctx, strategy_kind_words, (int)f->kind)), report_cell_text(f->formula), report_cell_text(f->source),
        report_cell_text(f->evidence), report_cell_text(f->key),
    };
    return report_paper_row(ctx, cells, COUNT(cells));
}

static PaperTable figures(Ctx *ctx, const Report *r)
{
    const PaperColumn columns[] = {
        {.label = say(ctx, "Activity"), .heads_row = true}, {.label = say(ctx, "Achieved"), .align = PAPER_RIGHT, .strong = true},
        {.label = say(ctx, "Of"), .align = PAPER_RIGHT}, {.label = "%", .align = PAPER_RIGHT}, {.label = say(ctx, "Unit")},
        {.label = say(ctx, "Goal"), .align = PAPER_RIGHT}, {.label = say(ctx, "Month before"), .align = PAPER_RIGHT},
        {.label = say(ctx, "Year before"), .align = PAPER_RIGHT}, {.label = say(ctx, "Missing"), .align = PAPER_RIGHT},
        {.label = say(ctx, "Origin")}, {.label = say(ctx, "Formula")}, {.label = say(ctx, "Source")}, {.label = say(ctx, "Evidence")},
        {.label = say(ctx, "Key")},
    };
    PaperRow *rows = arena_array(ctx->arena, PaperRow, r->figures.count + 1);
    for (size_t i = 0; i < r->figures.count; i++)
        rows[i] = figure_row(ctx, (const Figure *)r->figures.items + i);
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, r->figures.count}};
}

/* ---- tallies ---- */
static PaperTable events_table(Ctx *ctx, List tallies, const char *head, const char *nothing)
{
    const PaperColumn columns[] = {
        {.label = head, .heads_row = true}, {.label = say(ctx, "Events"), .align = PAPER_RIGHT}, {.label = say(ctx, "Covered"), .align = PAPER_RIGHT},
    };
    PaperRow *rows = arena_array(ctx->arena, PaperRow, tallies.count + 1);
    for (size_t i = 0; i < tallies.count; i++) {
        const Tally *t = (const Tally *)tallies.items + i;
        PaperCell cells[] = {report_cell_text(t->label ? t->label : nothing ? nothing : t->key), report_cell_number(ctx, t->events), report_cell_number(ctx, t->covered)};
        rows[i] = report_paper_row(ctx, cells, COUNT(cells));
    }
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, tallies.count}};
}

static PaperTable work_table(Ctx *ctx, List tallies, const char *head, const char *nothing)
{
    const PaperColumn columns[] = {
        {.label = head, .heads_row = true}, {.label = say(ctx, "Planned"), .align = PAPER_RIGHT},
        {.label = say(ctx, "Delivered"), .align = PAPER_RIGHT}, {.label = say(ctx, "On time"), .align = PAPER_RIGHT},
        {.label = say(ctx, "Approved"), .align = PAPER_RIGHT}, {.label = say(ctx, "Minutes"), .align = PAPER_RIGHT},
    };
    PaperRow *rows = arena_array(ctx->arena, PaperRow, tallies.count + 1);
    for (size_t i = 0; i < tallies.count; i++) {
        const Tally *t = (const Tally *)tallies.items + i;
        PaperCell cells[] = {
            report_cell_text(t->label ? t->label : nothing), report_cell_number(ctx, t->planned), report_cell_number(ctx, t->delivered),
            report_cell_number(ctx, t->on_time), report_cell_number(ctx, t->approved), report_cell_number(ctx, t->minutes),
        };
        rows[i] = report_paper_row(ctx, cells, COUNT(cells));
    }
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, tallies.count}};
}

/* ---- where it comes from ---- */
static PaperRow said(Ctx *ctx, const char *name, const char *value)
{
    PaperCell cells[] = {report_cell_text(name), report_cell_text(value ? value : "–")};
    return report_paper_row(ctx, cells, COUNT(cells));
}

static PaperTable about(Ctx *ctx, const Report *r)
{
    const PaperColumn columns[] = {{.label = say(ctx, "What"), .heads_row = true}, {.label = say(ctx, "Value")}};
    PaperRow *rows = arena_array(ctx->arena, PaperRow, 12);
    size_t n = 0;
    rows[n++] = said(ctx, say(ctx, "Month"), report_month_label(ctx, r->month));
    rows[n++] = said(ctx, say(ctx, "Office"), r->office);
    rows[n++] = said(ctx, say(ctx, "Area"), r->area);
    rows[n++] = said(ctx, say(ctx, "Version"), report_number(ctx->arena, r->version));
    rows[n++] = said(ctx, say(ctx, "Why this version"), r->note);
    rows[n++] = said(ctx, say(ctx, "Counted on"), report_day(ctx, r->computed_at));
    rows[n++] = said(ctx, say(ctx, "Code"), r->code ? r->code : say(ctx, "DRAFT"));
    rows[n++] = said(ctx, "SHA-256", r->sha256);
    rows[n++] = said(ctx, say(ctx, "Compared with the month"), r->previous_month);
    rows[n++] = said(ctx, say(ctx, "Compared with the year before"), r->year_before);
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, n}};
}

static PaperSheet sheet(Ctx *ctx, const char *name, PaperTable table)
{
    PaperTable *copy = arena_new_of(ctx->arena, PaperTable);
    *copy = table;
    return (PaperSheet){.name = name, .tables = {copy, 1}};
}

List report_sheets(Ctx *ctx, const Report *r)
{
    PaperSheet *sheets = arena_array(ctx->arena, PaperSheet, 8);
    size_t n = 0;
    sheets[n++] = sheet(ctx, say(ctx, "Activities and goals"), figures(ctx, r));
    sheets[n - 1].title = arena_printf(ctx->arena, "%s · %s", say(ctx, "Monthly report of activities"), report_month_label(ctx, r->month));
    sheets[n++] = sheet(ctx, say(ctx, "Not covered"), report_uncovered_table(ctx, r));
    sheets[n++] = sheet(ctx, say(ctx, "By area"), work_table(ctx, r->areas, say(ctx, "Area"), say(ctx, "No area")));
    sheets[n++] = sheet(ctx, say(ctx, "By topic"), events_table(ctx, r->topics, say(ctx, "Topic"), say(ctx, "Without a topic")));
    sheets[n++] = sheet(ctx, say(ctx, "By kind"), work_table(ctx, r->kinds, say(ctx, "Kind"), ""));
    sheets[n++] = sheet(ctx, say(ctx, "By day"), events_table(ctx, r->days, say(ctx, "Day"), NULL));
    sheets[n++] = sheet(ctx, say(ctx, "About these figures"), about(ctx, r));
    return (List){sheets, n};
}
