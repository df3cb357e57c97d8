/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx.c: a paper as DOCX (ECMA-376): the parts, in a ZIP package. */
#include "paper/paper_docx.h"

#include "paper/paper_check.h"
#include "paper/paper_zip.h"

const char paper_docx_type[] =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

enum { BODY_MAX = 48 * 1024 * 1024, ARENA_MAX = 128 * 1024 * 1024 };

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"

static const char document_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"" OFFICE "relationships\""
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n";

static const char document_tail[] =
    "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"12240\" "
    "w:h=\"15840\"/>"
    "<w:pgMar w:top=\"720\" w:right=\"1000\" w:bottom=\"1000\" w:left=\"1000\" w:header=\"480\" "
    "w:footer=\"480\" w:gutter=\"0\"/>"
    "</w:sectPr></w:body></w:document>\n";

static const char rels_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"
    "<Relationship Id=\"styles\" Type=\"" OFFICE "relationships/styles\" Target=\"styles.xml\"/>\n"
    "<Relationship Id=\"numbering\" Type=\"" OFFICE
    "relationships/numbering\" Target=\"numbering.xml\"/>\n"
    "<Relationship Id=\"settings\" Type=\"" OFFICE
    "relationships/settings\" Target=\"settings.xml\"/>\n"
    "<Relationship Id=\"footer\" Type=\"" OFFICE
    "relationships/footer\" Target=\"footer1.xml\"/>\n";

static Bytes bytes_of(Buf *b)
{
    return (Bytes){buf_data(b), buf_size(b)};
}

static Bytes text_of(const char *text)
{
    return (Bytes){text, strlen(text)};
}

static bool write_parts(Ctx *ctx, Docx *d, Buf *out)
{
    if (d->picture)
        buf_text(d->rels, "<Relationship Id=\"seal\" Type=\"" OFFICE
                          "relationships/image\" Target=\"media/seal.png\"/>\n");
    buf_text(d->rels, "</Relationships>\n");
    if (buf_over(d->body) || buf_over(d->rels))
        return fault(ctx, FAULT_TOO_LARGE, "The document has more text than fits; divide it.");
    const ZipPart parts[] = {
        {"[Content_Types].xml", text_of(docx_types)},
        {"_rels/.rels", text_of(docx_package_rels)},
        {"docProps/core.xml", docx_core(d)},
        {"docProps/app.xml", text_of(docx_app)},
        {"word/document.xml", bytes_of(d->body)},
        {"word/_rels/document.xml.rels", bytes_of(d->rels)},
        {"word/styles.xml", docx_styles(d)},
        {"word/numbering.xml", docx_numbering(d)},
        {"word/settings.xml", text_of(docx_settings)},
        {"word/footer1.xml", docx_footer(d)},
        {"word/media/seal.png", d->picture ? bytes_of(d->picture) : (Bytes){0}},
    };
    if (!zip_write(parts, COUNT(parts) - !d->picture, out))
        return fault(ctx, FAULT_BROKEN, "the document was not packed");
    return true;
}

bool paper_docx(Ctx *ctx, const Paper *paper, Buf *out)
{
    if (!check_paper(ctx, paper))
        return false;
    Arena *arena CLEANUP(arena_drop)
    = arena_new(ARENA_MAX);
    Docx d = {.arena = arena, .paper = paper};
    d.body = buf_new(arena, 1 << 16, BODY_MAX);
    d.rels = buf_new(arena, 1 << 12, BODY_MAX / 2);
    d.nums = buf_new(arena, 256, 1 << 19);
    buf_text(d.rels, rels_head);
    buf_text(d.body, document_head);
    docx_body(&d);
    buf_text(d.body, document_tail);
    return write_parts(ctx, &d, out);
}
