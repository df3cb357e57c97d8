/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper.h: documents out: one description of a document becomes a PDF, a Word file or a workbook.
 *
 *     PaperCard cards[] = {{"68", "eventos cubiertos", "meta 60"}, …};
 *     PaperBlock blocks[] = {
 *         {PAPER_HEADING, .heading = {2, _("Activities and goals")}},
 *         {PAPER_CARDS, .cards = PAPER_LIST(cards)},
 *     };
 *     Paper paper = {.title = …, .language = "es-MX", .at = closed_at, .blocks = PAPER_LIST(blocks)};
 *     if (!paper_pdf(ctx, &paper, out)) return NULL;      the fault says why
 *
 * All text comes in ready: UTF-8, translated, numbers formatted as a reader wants them ("1,236",
 * "93 %").  NULL text prints nothing; where one stands alone its place is left out.  Control
 * characters become spaces; \n in a running text begins a new paragraph.  A character that the fonts
 * lack is shown as a box with its number, never a crash.
 *
 * Everything given in belongs to the caller and is only read.  What comes out is in the Buf; after a
 * fault what the Buf holds is of no use.  The same Paper gives the same bytes, on any machine with the
 * same libraries: no clock, no fonts of the machine, no random ids.  Any thread may call; PDFs are
 * made one at a time (Pango's fonts want that).
 *
 * PDF: Letter, tagged as PDF/UA-1 asks (ISO 14289-1): structure tree, language, title, alternative
 * texts, links.  DOCX: ECMA-376 with real headings, lists, tables with repeated heads.  XLSX: the
 * sheets, with real numbers and dates. */
#pragma once
#include "base/buf.h"
#include "base/clock.h"
#include "base/ctx.h"

/* Past these: FAULT_TOO_LARGE. */
enum {
    PAPER_CELLS_MAX = 10000,   /* of all tables in blocks: 100 pages, 3 seconds */
    PAPER_COLUMNS_MAX = 10,    /* of a table in blocks */
    PAPER_TEXT_MAX = 20000,    /* bytes of a line's, a cell's, an alternative text: they run over pages */
    PAPER_SHORT_MAX = 400,     /* bytes of any other: a title, a heading, a card, a label, a name */
    PAPER_TEXTS_MAX = 2000000, /* bytes of all texts in blocks */
    PAPER_BLOCKS_MAX = 2000,
    PAPER_BARS_MAX = 31,       /* groups of bars: the days of a month */
    PAPER_SERIES_MAX = 4,
    PAPER_SIGNATURES_MAX = 3,
    PAPER_URL_MAX = 2000,      /* bytes; Excel takes 2079 characters (2024) */
    PAPER_SHEETS_MAX = 20,
    PAPER_SHEET_CELLS_MAX = 200000, /* of all sheets */
    PAPER_SHEET_TEXTS_MAX = 16000000, /* bytes of all texts in sheets */
    PAPER_SHEET_COLUMNS_MAX = 50,
    PAPER_QR_MAX = 600,        /* bytes of a text in a QR code */
};

#define PAPER_LIST(array) ((List){(array), COUNT(array)})

/* A line of running text.  lead comes first, in bold; with url it is a link (http, https, mailto). */
typedef struct PaperLine {
    const char *text;
    const char *lead;
    const char *url;
} PaperLine;

typedef struct PaperHeading {
    int level; /* 2..4; the title is the document's level 1 */
    const char *text;
    const char *url; /* where its detail stands; or NULL */
} PaperHeading;

/* A big figure.  Four stand in a row. */
typedef struct PaperCard {
    const char *figure; /* "93 %" */
    const char *label;  /* "reportes resueltos" */
    const char *small;  /* "812 atendidos", or NULL */
    const char *url;    /* the records that the figure counts, or NULL */
} PaperCard;

/* What a cell is in a workbook. In PDF and DOCX only the text is seen. */
typedef enum {
    PAPER_CELL_TEXT,    /* text */
    PAPER_CELL_NUMBER,  /* number: 1236 as 1,236 */
    PAPER_CELL_DECIMAL, /* number: 7.5, with one decimal */
    PAPER_CELL_PERCENT, /* number: 0.93 as 93 % */
    PAPER_CELL_DATE,    /* at: the day in the paper's zone */
    PAPER_CELL_MOMENT,  /* at: day and minute in the paper's zone */
} PaperCellKind;

typedef struct PaperCell {
    const char *text;
    const char *url; /* the records that the figure counts, or NULL */
    PaperCellKind kind;
    double number; /* whole numbers are exact up to 2^53 */
    i64 at;        /* UTC microseconds */
} PaperCell;

typedef enum { PAPER_LEFT, PAPER_RIGHT, PAPER_CENTRE } PaperAlign;

typedef struct PaperColumn {
    const char *label;
    PaperAlign align;
    int share;         /* of the table's width, beside the other columns' shares; 0 means 1 */
    bool strong;       /* the figures that matter, in semibold */
    bool heads_row;    /* its cells name their rows (a screen reader says them first) */
} PaperColumn;

typedef struct PaperRow {
    List cells; /* of PaperCell; fewer than columns: the rest stays empty */
    bool total; /* a sum: bold, a line above */
} PaperRow;

typedef struct PaperTable {
    List columns;        /* of PaperColumn */
    List rows;           /* of PaperRow */
    const char *caption; /* what the table shows, above it; or NULL */
    const char *empty;   /* said instead of rows when there is none, or NULL */
} PaperTable;

/* Bars side by side: a group for each label, a bar for each series. */
typedef struct PaperSeries {
    const char *label;   /* "Recibidos" */
    const i64 *values;   /* as many as group labels, 0 or more; NONE leaves the bar out */
    const char **texts;  /* the same as text, for the DOCX's table; NULL prints the plain number */
} PaperSeries;

typedef struct PaperBars {
    List groups;       /* of const char *: "Sem. 1"… */
    List series;       /* of PaperSeries; colours go by their place */
    const char *alt;   /* says in words what the bars show; required */
    const char *of;    /* the DOCX table's first head: "Semana" */
} PaperBars;

typedef struct PaperSignature {
    const char *name;  /* who signed, above the line; or NULL */
    const char *role;  /* "Titular del área de Redes Sociales" */
    const char *small; /* "Elaboró y firmó electrónicamente", or NULL */
} PaperSignature;

/* How a reader verifies the paper. */
typedef struct PaperSeal {
    const char *caption; /* "Verifica: código" */
    const char *code;    /* "VOC-7K3F-92" */
    const char *url;     /* what the QR code holds; NULL: no seal */
    const char *alt;     /* "Código QR que abre la verificación…"; required with url */
} PaperSeal;

/* Stands at the foot of its page. Either part may be empty. */
typedef struct PaperSigning {
    List signatures; /* of PaperSignature */
    PaperSeal seal;
} PaperSigning;

typedef enum {
    PAPER_HEADING,
    PAPER_TEXT,    /* one PaperLine */
    PAPER_BULLETS, /* a List of PaperLine */
    PAPER_NUMBERS, /* the same, counted 1. 2. 3. */
    PAPER_NOTE,    /* one PaperLine, small and on a tint: what a reader must know of the figures */
    PAPER_CARDS,   /* a List of PaperCard */
    PAPER_TABLE,
    PAPER_BARS,
    PAPER_COLUMNS, /* side by side, each a List of PaperBlock (no COLUMNS, SIGNING, BREAK) */
    PAPER_SIGNING,
    PAPER_BREAK,   /* the next block begins a page */
    PAPER_KINDS
} PaperKind;

typedef struct PaperBlock {
    PaperKind kind;
    union {
        PaperHeading heading;
        PaperLine line;   /* TEXT, NOTE */
        List lines;       /* BULLETS, NUMBERS */
        List cards;
        PaperTable table;
        PaperBars bars;
        struct {
            List left, right;
        } columns;
        PaperSigning signing;
    };
} PaperBlock;

/* A sheet of the workbook: its tables one below the other, the first one's head stays in sight. */
typedef struct PaperSheet {
    const char *name;  /* on its tab: cut to 31 characters, []:*?/\ become spaces; each its own */
    const char *title; /* above the tables, or NULL */
    List tables;       /* of PaperTable; share is not used: columns are as wide as their text */
} PaperSheet;

typedef struct Paper {
    const char *title;        /* required */
    const char *subtitle;
    const char *organisation; /* "Ayuntamiento de San Luis Potosí" */
    const char *unit_line;    /* "Dirección General de Comunicación Social · Área de Redes Sociales" */
    const char *folio_word;   /* "Folio" */
    const char *folio;        /* "INF-2022-07" */
    const char *version_line; /* "Versión 1 · 1 de agosto de 2022" */
    const char *language;     /* BCP 47: "es-MX"; required */
    const char *author;       /* the document's properties; author and subject may be NULL */
    const char *subject;
    const char *footer;       /* at the foot of each page */
    const char *page_word;    /* "Página %d de %d": two %d and no other %; NULL: no page numbers */
    const char *draft;        /* "BORRADOR": said beside the folio, in terracotta; NULL when it is final */
    i64 at;                   /* when the document was closed: its date of creation */
    const Zone *zone;
    List blocks;              /* of PaperBlock: PDF and DOCX */
    List sheets;              /* of PaperSheet: XLSX */
} Paper;

CHECKED bool paper_pdf(Ctx *ctx, const Paper *paper, Buf *out);
CHECKED bool paper_docx(Ctx *ctx, const Paper *paper, Buf *out);
CHECKED bool paper_xlsx(Ctx *ctx, const Paper *paper, Buf *out);

extern const char paper_pdf_type[];  /* the media types: "application/pdf"… */
extern const char paper_docx_type[];
extern const char paper_xlsx_type[];

/* A QR code (ISO/IEC 18004, correction M): size × size modules, row by row, 1 is dark; the quiet zone
 * of four modules around it is not in it.  False when the text is NULL, empty or too long. */
CHECKED bool paper_qr(Arena *a, const char *text, int *size_out, const unsigned char **modules_out);

/* The same as the d of an SVG path, a module being 1 unit, moved by the quiet zone of 4: the viewBox
 * is "0 0 side side".  NULL when there is no code. */
const char *paper_qr_path(Arena *a, const char *text, int *side_out);
