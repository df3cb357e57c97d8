/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx_text.c: WordprocessingML's paragraphs, runs and links (ECMA-376 part 1, 17.3). */
#include "paper/paper_check.h"
#include "paper/paper_docx.h"
#include "paper/paper_xml.h"

void docx_open(Docx *d, const char *style, const char *more)
{
    buf_printf(d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, more ? more : "");
}

void docx_close(Docx *d)
{
    buf_text(d->body, "</w:p>\n");
}

/* A line break in the text is a break in the run. */
void docx_run(Docx *d, const char *properties, const char *text)
{
    text = check_clean(d->arena, text);
    if (!text)
        return;
    buf_printf(d->body, "<w:r>%s%s%s", properties ? "<w:rPr>" : "", properties ? properties : "",
               properties ? "</w:rPr>" : "");
    for (const char *end; text; text = end ? end + 1 : NULL) {
        end = strchr(text, '\n');
        buf_text(d->body, "<w:t xml:space=\"preserve\">");
        xml_text(d->arena, d->body, end ? arena_copy(d->arena, text, (size_t)(end - text)) : text);
        buf_text(d->body, end ? "</w:t><w:br/>" : "</w:t>");
    }
    buf_text(d->body, "</w:r>");
}

void docx_link(Docx *d, const char *properties, const char *url, const char *text)
{
    if (!url || !*url || !check_clean(d->arena, text)) {
        docx_run(d, properties, text);
        return;
    }
    int id = ++d->links;
    buf_printf(
        d->rels,
        "<Relationship Id=\"link%d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/hyperlink\" TargetMode=\"External\" Target=\"",
        id);
    xml_text(d->arena, d->rels, url);
    buf_text(d->rels, "\"/>\n");
    buf_printf(d->body, "<w:hyperlink r:id=\"link%d\">", id);
    docx_run(
        d,
        arena_printf(d->arena, "<w:rStyle w:val=\"Hyperlink\"/>%s", properties ? properties : ""),
        text);
    buf_text(d->body, "</w:hyperlink>");
}

void docx_paragraph(Docx *d, const char *style, const char *text)
{
    if (!check_clean(d->arena, text))
        return;
    docx_open(d, style, NULL);
    docx_run(d, NULL, text);
    docx_close(d);
}

void docx_line(Docx *d, const char *style, const char *more, const PaperLine *line)
{
    const char *lead = check_clean(d->arena, line->lead), *text = check_clean(d->arena, line->text);
    if (!lead && !text)
        return;
    docx_open(d, style, more);
    if (lead)
        docx_link(d, "<w:b/>", line->url, lead);
    if (lead && text)
        buf_text(d->body, "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>");
    docx_link(d, NULL, line->url, text);
    docx_close(d);
}
