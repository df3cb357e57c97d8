/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_galley.h: type that is set but not yet on pages; shared by the PDF's files only.
 *
 * blocks --(paper_set*.c)--> pieces --(paper_flow.c)--> pages --(paper_draw.c)--> PDF --(paper_tags.c)--> tagged PDF
 *
 * A piece is what stays on one page: a line or two of a text, a row, a chart.  Its items lie relative to its
 * upper left corner.  An item with an element is content of the structure tree; one without is an artifact.
 * Units are PostScript points, y grows downwards.  Everything lives in the galley's arena, but for the layouts,
 * which galley_end() releases. */
#pragma once
#include "paper/paper.h"

#include <pango/pangocairo.h>

#define SHEET_WIDTH   612.0 /* Letter */
#define SHEET_HEIGHT  792.0
#define SHEET_MARGIN  50.0
#define SHEET_BODY    (SHEET_WIDTH - 2 * SHEET_MARGIN)
#define SHEET_TOP     26.0  /* of the first page: the head with the logo */
#define SHEET_TOP_ON  56.0  /* of the following pages, below the running head */
#define SHEET_BOTTOM  750.0 /* what is below belongs to the footer */

enum {
    INK = 0x172328,
    INK_BODY = 0x26343A,
    INK_SOFT = 0x4A585E,
    INK_GREY = 0x5C696F,
    ACCENT = 0xA94A32, /* terracotta */
    PETROL = 0x12505E,
    RULE = 0xE5DED2,
    RULE_STRONG = 0x9AA5A9,
    TINT = 0xFAF4EC,
    ZEBRA = 0xFAF7F2,
    WHITE = 0xFFFFFF,
};

/* How a text looks; the table is in paper_type.c. */
typedef enum {
    TYPE_TITLE, TYPE_SUBTITLE, TYPE_ORGANISATION, TYPE_UNIT, TYPE_DRAFT, TYPE_H2, TYPE_H3, TYPE_H4, TYPE_BODY,
    TYPE_NOTE, TYPE_FIGURE, TYPE_CARD_LABEL, TYPE_CARD_SMALL, TYPE_CAPTION, TYPE_HEAD, TYPE_CELL, TYPE_CELL_STRONG,
    TYPE_AXIS, TYPE_LEGEND, TYPE_NAME, TYPE_ROLE, TYPE_SMALL, TYPE_FOOTER, TYPE_COUNT
} TypeStyle;

/* Where an element's content is on a page. */
typedef struct Mark {
    struct Mark *next;
    int page, mcid; /* both from 0 */
    double x0, y0, x1, y1;
} Mark;

/* An element of the structure tree (ISO 32000-1 14.7): it has kids or marks, not both. */
typedef struct Elem {
    const char *role; /* "P", "TD"… of the standard structure types */
    struct Elem *first, *last, *next;
    Mark *first_mark, *last_mark;
    const char *alt;  /* a figure's */
    const char *url;  /* a link's */
    const char *said; /* what a link's annotation says of itself; what a heading says in the outline */
    const char *scope; /* a TH's: "Column", "Row" */
    const char *numbering; /* an L's: "Disc", "Decimal", "None" */
    int span;         /* columns of a cell, when more than 1 */
    unsigned object;  /* its qpdf_oh while the PDF is written */
} Elem;

/* A text that is laid out, with where its lines are. */
typedef struct Type {
    PangoLayout *layout;
    int count;
    const double *top, *bottom, *baseline, *x0, *x1; /* of each line */
    unsigned colour;
    const char *text;
} Type;

typedef enum { ITEM_TYPE, ITEM_BOX, ITEM_RULE, ITEM_DOT, ITEM_LOGO, ITEM_QR, ITEM_AREA } ItemKind;

typedef struct Item {
    struct Item *next;
    ItemKind kind;
    Elem *elem;         /* NULL: an artifact */
    double x, y, w, h, radius;
    unsigned colour;
    const Type *type;   /* TYPE: lines from..to, the first one's top at y */
    int from, to;
    const unsigned char *modules; /* QR */
    int size;
} Item;

typedef struct Piece {
    struct Piece *next;
    Item *first, *last;
    double height;
    double gap;          /* above, when it is not the first of a page */
    bool keep;           /* never the last of a page: the next piece follows on it */
    bool foot;           /* stands at the foot of its page */
    bool turn;           /* begins a page */
    const struct Piece *head; /* repeated when this piece begins a page */
} Piece;

typedef struct Galley {
    Ctx *ctx;
    Arena *arena;
    const Paper *paper;
    PangoContext *pango;
    GPtrArray *layouts;
    Elem *root;          /* the Document */
    Piece *first, *last;
} Galley;

/* A page: its items at their places. */
typedef struct Sheet {
    struct Sheet *next;
    Item *first, *last;
    double y; /* where the next piece goes */
} Sheet;

/* ---- paper_type.c ---- */
typedef struct Words {
    const char *plain, *bold; /* either may be NULL */
    bool bold_last;
} Words;
const Type *type_set(Galley *g, TypeStyle style, Words words, double width, PaperAlign align);
const Type *type_set_short(Galley *g, TypeStyle style, const char *text, double width, PaperAlign align, int lines);
const Type *type_set_link(Galley *g, TypeStyle style, Words words, double width, PaperAlign align);
double type_height(const Type *t);

/* ---- paper_galley.c ---- */
Elem *elem_new(Galley *g, Elem *parent, const char *role);
Elem *elem_link(Galley *g, Elem *parent, const char *url, const char *said); /* parent itself when url is NULL */
Piece *piece_new(Galley *g);
void piece_add(Galley *g, Piece *piece, double gap); /* to the galley's end; gap is above it */
Item *item_add(Galley *g, Piece *piece, ItemKind kind, Elem *elem);
void item_type(Galley *g, Piece *piece, Elem *elem, const Type *type, double x, double y);
void item_lines(Galley *g, Piece *piece, Elem *elem, const Type *type, int from, int to, double x, double y);
Item *item_box(Galley *g, Piece *piece, double x, double y, double w, double h, double radius, unsigned colour);
Item *item_rule(Galley *g, Piece *piece, double x, double y, double w, double thick, unsigned colour);
double lines_height(const Type *type, int from, int to);

/* ---- paper_set*.c: one block each, x is where it begins, all pieces go to the galley's end ---- */
void set_blocks(Galley *g, Elem *parent, List blocks, double x, double width);
void set_head(Galley *g);
void set_heading(Galley *g, Elem *parent, const PaperHeading *heading, double x, double width);
void set_text(Galley *g, Elem *parent, const PaperLine *line, double x, double width);
void set_list(Galley *g, Elem *parent, List lines, bool counted, double x, double width);
void set_note(Galley *g, Elem *parent, const PaperLine *line, double x, double width);
void set_cards(Galley *g, Elem *parent, List cards, double x, double width);
void set_table(Galley *g, Elem *parent, const PaperTable *table, double x, double width);
void set_bars(Galley *g, Elem *parent, const PaperBars *bars, double x, double width);
void set_signing(Galley *g, Elem *parent, const PaperSigning *signing, double x, double width);

/* ---- paper_flow.c, paper_draw.c, paper_tags.c, paper_marks.c ---- */
Sheet *flow_pages(Galley *g, int *count_out);
CHECKED bool draw_pages(Galley *g, Sheet *sheets, Buf *pdf_out);
CHECKED bool tags_write(Galley *g, int pages, Bytes pdf, Buf *out);
/* The page's content with our roles at its marks and the rest as artifacts; NULL when the marks are not count. */
Buf *marks_rewrite(Arena *a, Bytes content, const char *const *roles, int count);
