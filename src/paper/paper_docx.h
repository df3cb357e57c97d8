/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx.h: shared by the DOCX's files only. Lengths are twentieths of a point, as OOXML has them. */
#pragma once
#include "paper/paper.h"

#define DOCX_BODY   10240 /* the text's width: Letter less 1000 at each side */
#define DOCX_MARGIN 1000

typedef struct Docx {
    Arena *arena;
    const Paper *paper;
    Buf *body;     /* document.xml, what is between <w:body> and </w:body> */
    Buf *rels;     /* document.xml.rels: the links */
    Buf *nums;     /* numbering.xml: the counted lists */
    int links;
    int lists;     /* counted ones so far; the bullets are list 1 */
    Buf *picture;  /* the seal's PNG, or NULL */
} Docx;

/* ---- paper_docx_text.c: paragraphs, runs and links ---- */
void docx_open(Docx *d, const char *style, const char *more); /* more: further XML of its properties, or NULL */
void docx_close(Docx *d);
void docx_run(Docx *d, const char *properties, const char *text);
void docx_link(Docx *d, const char *properties, const char *url, const char *text); /* a run, where url is NULL */
void docx_paragraph(Docx *d, const char *style, const char *text);
void docx_line(Docx *d, const char *style, const char *more, const PaperLine *line);

/* ---- paper_docx_table.c ---- */
void docx_table(Docx *d, const PaperTable *table);
void docx_bars(Docx *d, const PaperBars *bars);
void docx_cards(Docx *d, List cards);
void docx_signing(Docx *d, const PaperSigning *signing);

/* ---- paper_docx_body.c ---- */
void docx_body(Docx *d);
/* ---- paper_docx_parts.c: the parts that are the same in every document, but for its words ---- */
extern const char docx_types[], docx_package_rels[], docx_app[], docx_settings[];
Bytes docx_styles(Docx *d);
Bytes docx_core(Docx *d);
Bytes docx_footer(Docx *d);
Bytes docx_numbering(Docx *d);
