/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_set_table.c: a table: a dark head that repeats, rows on zebra, long rows cut between lines. */
#include "paper/paper_galley.h"

#define PAD_X      8.0
#define PAD_Y      4.2
#define HEAD_LINES 6
#define SLICE_LINES \
    24 /* a row with more is continued in a further piece, and on a further page if it must */

typedef struct Grid {
    const PaperColumn *columns;
    size_t count;
    double x, width;
    double *left, *wide; /* of each column's text */
} Grid;

static Grid grid_of(Galley *g, const PaperTable *table, double x, double width)
{
    Grid grid = {
        .columns = table->columns.items, .count = table->columns.count, .x = x, .width = width};
    grid.left = arena_array(g->arena, double, grid.count);
    grid.wide = arena_array(g->arena, double, grid.count);
    double shares = 0, at = x;
    for (size_t i = 0; i < grid.count; i++)
        shares += grid.columns[i].share > 0 ? grid.columns[i].share : 1;
    for (size_t i = 0; i < grid.count; i++) {
        double each = width * (grid.columns[i].share > 0 ? grid.columns[i].share : 1) / shares;
        grid.left[i] = at + PAD_X;
        grid.wide[i] = each > 2 * PAD_X + 8 ? each - 2 * PAD_X : 8;
        at += each;
    }
    return grid;
}

static double add_caption(Galley *g, Elem *table, const char *caption, const Grid *grid, double gap)
{
    const Type *t = type_set(g, TYPE_CAPTION, (Words){.plain = caption}, grid->width, PAPER_LEFT);
    if (!t)
        return gap;
    Piece *piece = piece_new(g);
    item_type(g, piece, elem_new(g, table, "Caption"), t, grid->x, 0);
    piece->height = type_height(t);
    piece->keep = true;
    piece_add(g, piece, gap);
    return 4;
}

static const Piece *add_head(Galley *g, Elem *table, const Grid *grid, double gap)
{
    Piece *piece = piece_new(g);
    Elem *tr = elem_new(g, table, "TR");
    const Type *types[PAPER_COLUMNS_MAX];
    double height = 0;
    for (size_t i = 0; i < grid->count; i++) {
        types[i] = type_set_short(g, TYPE_HEAD, grid->columns[i].label, grid->wide[i],
                                  grid->columns[i].align, HEAD_LINES);
        height = type_height(types[i]) > height ? type_height(types[i]) : height;
    }
    piece->height = height + 2 * PAD_Y;
    item_box(g, piece, grid->x, 0, grid->width, piece->height, 4, PETROL);
    for (size_t i = 0; i < grid->count; i++) {
        Elem *th = elem_new(g, tr, "TH");
        th->scope = "Column";
        item_type(g, piece, th, types[i], grid->left[i], PAD_Y);
    }
    piece->keep = true;
    piece_add(g, piece, gap);
    return piece;
}

typedef struct RowTypes {
    const Type *types[PAPER_COLUMNS_MAX];
    Elem *elems[PAPER_COLUMNS_MAX];
    int lines; /* of its longest cell */
} RowTypes;

static void set_cell(Galley *g, Elem *tr, const PaperRow *row, const Grid *grid, size_t i,
                     RowTypes *out)
{
    const PaperCell *cells = row->cells.items;
    const PaperCell empty = {0}, *cell = i < row->cells.count ? &cells[i] : &empty;
    const PaperColumn *column = &grid->columns[i];
    bool strong = column->strong || row->total;
    const Type *t = type_set(g, strong ? TYPE_CELL_STRONG : TYPE_CELL, (Words){.plain = cell->text},
                             grid->wide[i], column->align);
    Elem *td = elem_new(g, tr, column->heads_row ? "TH" : "TD");
    td->scope = column->heads_row ? "Row" : NULL;
    out->types[i] = t;
    out->elems[i] = elem_link(g, td, t ? cell->url : NULL, t ? t->text : NULL);
    if (t && cell->url)
        ((Type *)t)->colour = PETROL;
    if (t && t->count > out->lines)
        out->lines = t->count;
}

/* The lines from..to of each cell. */
static Piece *row_slice(Galley *g, const Grid *grid, const RowTypes *row, int from, int to,
                        unsigned tint)
{
    Piece *piece = piece_new(g);
    double height = 0;
    for (size_t i = 0; i < grid->count; i++) {
        const Type *t = row->types[i];
        int end = t && t->count < to ? t->count : to;
        double h = t && end > from ? lines_height(t, from, end) : 0;
        height = h > height ? h : height;
    }
    piece->height = (height ? height : 10.8) + (from ? 0 : PAD_Y) + (to < row->lines ? 0 : PAD_Y);
    if (tint != WHITE)
        item_box(g, piece, grid->x, 0, grid->width, piece->height, 0, tint);
    for (size_t i = 0; i < grid->count; i++) {
        const Type *t = row->types[i];
        int end = t && t->count < to ? t->count : to;
        item_lines(g, piece, row->elems[i], t, from, end, grid->left[i], from ? 0 : PAD_Y);
    }
    return piece;
}

static void add_row(Galley *g, Elem *table, const Grid *grid, const PaperRow *row,
                    const Piece *head, bool odd)
{
    RowTypes types = {.lines = 1};
    Elem *tr = elem_new(g, table, "TR");
    for (size_t i = 0; i < grid->count; i++)
        set_cell(g, tr, row, grid, i, &types);
    for (int from = 0; from < types.lines; from += SLICE_LINES) {
        int to = from + SLICE_LINES < types.lines ? from + SLICE_LINES : types.lines;
        Piece *piece = row_slice(g, grid, &types, from, to, odd ? ZEBRA : WHITE);
        piece->head = head;
        if (!from && row->total)
            item_rule(g, piece, grid->x, 0, grid->width, 1, INK_SOFT);
        if (to == types.lines)
            item_rule(g, piece, grid->x, piece->height - 0.25, grid->width, 0.5, RULE);
        piece_add(g, piece, 0);
    }
}

static void add_empty(Galley *g, Elem *table, const Grid *grid, const char *said)
{
    const Type *t =
        type_set(g, TYPE_CELL, (Words){.plain = said}, grid->width - 2 * PAD_X, PAPER_LEFT);
    if (!t)
        return;
    Elem *td = elem_new(g, elem_new(g, table, "TR"), "TD");
    td->span = (int)grid->count;
    Piece *piece = piece_new(g);
    piece->height = type_height(t) + 2 * PAD_Y;
    item_type(g, piece, td, t, grid->x + PAD_X, PAD_Y);
    item_rule(g, piece, grid->x, piece->height - 0.25, grid->width, 0.5, RULE);
    piece_add(g, piece, 0);
}

void set_table(Galley *g, Elem *parent, const PaperTable *table, double x, double width)
{
    if (!table->columns.count)
        return;
    Grid grid = grid_of(g, table, x, width);
    Elem *elem = elem_new(g, parent, "Table");
    double gap = add_caption(g, elem, table->caption, &grid, g->last && g->last->keep ? 5 : 10);
    const Piece *head = add_head(g, elem, &grid, gap);
    const PaperRow *row = table->rows.items;
    for (size_t i = 0; i < table->rows.count; i++)
        add_row(g, elem, &grid, &row[i], head, i % 2);
    if (!table->rows.count)
        add_empty(g, elem, &grid, table->empty);
    if (g->last == head)
        g->last->keep = false; /* nothing below it */
}
