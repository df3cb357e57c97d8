/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_paper.h: shared by the files that lay the report out on paper and in sheets. */
#pragma once
#include "desks/report/report_room.h"
#include "paper/paper.h"

/* ---- report_cells.c ---- */
PaperCell report_cell_text(const char *text);
PaperCell report_cell_number(Ctx *ctx, i64 number); /* NONE: a dash */
PaperRow report_paper_row(Ctx *ctx, const PaperCell *cells, size_t n);      /* a copy in the arena */
List report_columns(Ctx *ctx, const PaperColumn *columns, size_t n);        /* likewise */
PaperTable report_uncovered_table(Ctx *ctx, const Report *r);

/* ---- report_sheets.c ---- */
List report_sheets(Ctx *ctx, const Report *r); /* of PaperSheet */
