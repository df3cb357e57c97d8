/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx_body.c: the blocks as WordprocessingML, one after the other. */
#include "paper/paper_docx.h"

#include "paper/paper_check.h"

/* Two texts on a line, the second at the right margin. */
static void head_line(Docx *d, const char *style, const char *left, const char *right_plain,
                      const char *right_bold)
{
    if (!left && !right_plain && !right_bold)
        return;
    docx_open(d, style, NULL);
    docx_run(d, NULL, left);
    buf_text(d->body, "<w:r><w:tab/></w:r>");
    const char *light = "<w:b w:val=\"0\"/>";
    docx_run(d, light,
             right_plain && right_bold ? arena_printf(d->arena, "%s\xc2\xa0", right_plain)
                                       : right_plain);
    docx_run(d, "<w:b/>", right_bold);
    docx_close(d);
}

static void add_head(Docx *d)
{
    const Paper *p = d->paper;
    head_line(d, "Organisation", p->organisation, p->folio ? p->folio_word : NULL, p->folio);
    head_line(d, "Unit", p->unit_line, p->version_line, NULL);
    docx_paragraph(d, "Draft", p->draft);
    docx_paragraph(d, "Title", p->title);
    docx_paragraph(d, "Subtitle", p->subtitle);
}

static void add_heading(Docx *d, const PaperHeading *heading)
{
    static const char *const styles[] = {"Heading1", "Heading2", "Heading3"};
    int level = heading->level < 2 ? 2 : heading->level > 4 ? 4 : heading->level;
    if (!check_clean(d->arena, heading->text))
        return;
    docx_open(d, styles[level - 2], NULL);
    docx_link(d, NULL, heading->url, heading->text);
    docx_close(d);
}

/* Each line of the text is a paragraph. */
static void add_text(Docx *d, const PaperLine *line)
{
    const char *rest = line->text ? line->text : "";
    PaperLine part = *line;
    while (rest) {
        const char *end = strchr(rest, '\n');
        part.text = end ? arena_copy(d->arena, rest, (size_t)(end - rest)) : rest;
        docx_line(d, "BodyText", NULL, &part);
        part.lead = NULL;
        rest = end ? end + 1 : NULL;
    }
}

/* A counted list is a w:num of its own, so that it begins at 1. */
static void add_list(Docx *d, List lines, bool counted)
{
    int number = 1;
    if (counted) {
        number = 2 + d->lists++;
        buf_printf(
            d->nums,
            "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">"
            "<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\n",
            number);
    }
    const char *more = arena_printf(
        d->arena, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"%d\"/></w:numPr>", number);
    const PaperLine *line = lines.items;
    for (size_t i = 0; i < lines.count; i++)
        docx_line(d, "ListParagraph", more, &line[i]);
}

static void add_blocks(Docx *d, List blocks);

static void add_block(Docx *d, const PaperBlock *block)
{
    switch (block->kind) {
    case PAPER_HEADING: add_heading(d, &block->heading); break;
    case PAPER_TEXT: add_text(d, &block->line); break;
    case PAPER_BULLETS:
    case PAPER_NUMBERS: add_list(d, block->lines, block->kind == PAPER_NUMBERS); break;
    case PAPER_NOTE: docx_line(d, "Note", NULL, &block->line); break;
    case PAPER_CARDS: docx_cards(d, block->cards); break;
    case PAPER_TABLE: docx_table(d, &block->table); break;
    case PAPER_BARS: docx_bars(d, &block->bars); break;
    case PAPER_COLUMNS:
        add_blocks(d, block->columns.left);
        add_blocks(d, block->columns.right);
        break;
    case PAPER_SIGNING: docx_signing(d, &block->signing); break;
    case PAPER_BREAK: buf_text(d->body, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\n"); break;
    case PAPER_KINDS: break;
    }
}

static void add_blocks(Docx *d, List blocks)
{
    const PaperBlock *block = blocks.items;
    for (size_t i = 0; i < blocks.count; i++)
        add_block(d, &block[i]);
}

void docx_body(Docx *d)
{
    add_head(d);
    add_blocks(d, d->paper->blocks);
}
