/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_set.c: the blocks in their order, below or beside each other. */
#include "paper/paper_galley.h"

#define COLUMN_GAP 40.0

/* One below the other on one piece, where they fit; pieces are those of one column. */
static double stack(Piece *onto, Piece *pieces)
{
    double y = 0;
    for (Piece *p = pieces; p; p = p->next) {
        y += p == pieces ? 0 : p->gap;
        for (Item *item = p->first; item; item = item->next)
            item->y += y;
        if (p->first) {
            if (onto->last)
                onto->last->next = p->first;
            else
                onto->first = p->first;
            onto->last = p->last;
        }
        y += p->height;
    }
    return y;
}

/* The blocks as pieces of their own, apart from the galley's. */
static Piece *set_apart(Galley *g, Elem *parent, List blocks, double x, double width)
{
    Piece *first = g->first, *last = g->last;
    g->first = g->last = NULL;
    set_blocks(g, parent, blocks, x, width);
    Piece *apart = g->first;
    g->first = first;
    g->last = last;
    return apart;
}

static void set_columns(Galley *g, Elem *parent, const PaperBlock *block, double x, double width)
{
    double each = (width - COLUMN_GAP) / 2;
    Elem *section = elem_new(g, parent, "Sect");
    Piece *piece = piece_new(g);
    double left = stack(piece, set_apart(g, section, block->columns.left, x, each));
    double right =
        stack(piece, set_apart(g, section, block->columns.right, x + each + COLUMN_GAP, each));
    piece->height = left > right ? left : right;
    if (piece->height <= SHEET_BOTTOM - SHEET_TOP_ON) {
        piece_add(g, piece, 20);
        return;
    }
    /* too long for a page: one after the other, over the whole width */
    section->first = section->last = NULL;
    set_blocks(g, section, block->columns.left, x, width);
    set_blocks(g, section, block->columns.right, x, width);
}

static void set_break(Galley *g)
{
    Piece *piece = piece_new(g);
    piece->turn = true;
    piece_add(g, piece, 0);
}

static void set_block(Galley *g, Elem *parent, const PaperBlock *block, double x, double width)
{
    switch (block->kind) {
    case PAPER_HEADING: set_heading(g, parent, &block->heading, x, width); break;
    case PAPER_TEXT: set_text(g, parent, &block->line, x, width); break;
    case PAPER_BULLETS:
    case PAPER_NUMBERS:
        set_list(g, parent, block->lines, block->kind == PAPER_NUMBERS, x, width);
        break;
    case PAPER_NOTE: set_note(g, parent, &block->line, x, width); break;
    case PAPER_CARDS: set_cards(g, parent, block->cards, x, width); break;
    case PAPER_TABLE: set_table(g, parent, &block->table, x, width); break;
    case PAPER_BARS: set_bars(g, parent, &block->bars, x, width); break;
    case PAPER_COLUMNS: set_columns(g, parent, block, x, width); break;
    case PAPER_SIGNING: set_signing(g, parent, &block->signing, x, width); break;
    case PAPER_BREAK: set_break(g); break;
    case PAPER_KINDS: break;
    }
}

void set_blocks(Galley *g, Elem *parent, List blocks, double x, double width)
{
    const PaperBlock *block = blocks.items;
    for (size_t i = 0; i < blocks.count; i++)
        set_block(g, parent, &block[i], x, width);
}
