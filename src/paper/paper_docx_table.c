/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx_table.c: what stands in rows and cells (ECMA-376 part 1, 17.4), and the seal's picture. */
#include "paper/paper_check.h"
#include "paper/paper_docx.h"
#include "paper/paper_xml.h"

#include <cairo.h>

#define EMU_SEAL 838200 /* 66 points; 12700 English metric units are a point */

static void open_table(Docx *d, const char *style, const char *described)
{
    buf_printf(d->body,
               "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
               "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\" w:noVBand=\"1\"/>",
               style, DOCX_BODY);
    if (described) {
        buf_text(d->body, "<w:tblDescription w:val=\"");
        xml_text(d->arena, d->body, described);
        buf_text(d->body, "\"/>");
    }
    buf_text(d->body, "</w:tblPr>");
}

static void add_grid(Docx *d, const int *widths, size_t count)
{
    buf_text(d->body, "<w:tblGrid>");
    for (size_t i = 0; i < count; i++)
        buf_printf(d->body, "<w:gridCol w:w=\"%d\"/>", widths[i]);
    buf_text(d->body, "</w:tblGrid>\n");
}

/* A paragraph must follow a table, or Word joins it with the next one. */
static void close_table(Docx *d)
{
    buf_text(d->body, "</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Between\"/></w:pPr></w:p>\n");
}

static void open_cell(Docx *d, int width, const char *more)
{
    buf_printf(d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", width,
               more ? more : "");
}

static const char *justification(PaperAlign align)
{
    static const char *const words[] = {
        [PAPER_LEFT] = NULL,
        [PAPER_RIGHT] = "<w:jc w:val=\"right\"/>",
        [PAPER_CENTRE] = "<w:jc w:val=\"center\"/>",
    };
    return words[align];
}

static void add_head_row(Docx *d, const PaperColumn *columns, const int *widths, size_t count)
{
    buf_text(d->body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t i = 0; i < count; i++) {
        open_cell(d, widths[i], "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"12505E\"/>");
        docx_open(d, "TableHead", justification(columns[i].align));
        docx_run(d, NULL, columns[i].label);
        docx_close(d);
        buf_text(d->body, "</w:tc>");
    }
    buf_text(d->body, "</w:tr>\n");
}

static void add_row(Docx *d, const PaperRow *row, const PaperColumn *columns, const int *widths,
                    size_t count, bool odd)
{
    const PaperCell *cells = row->cells.items;
    buf_text(d->body, "<w:tr>");
    for (size_t i = 0; i < count; i++) {
        open_cell(d, widths[i],
                  odd ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FAF7F2\"/>" : NULL);
        docx_open(d, "TableText", justification(columns[i].align));
        if (i < row->cells.count)
            docx_link(d, columns[i].strong || row->total ? "<w:b/>" : NULL, cells[i].url,
                      cells[i].text);
        docx_close(d);
        buf_text(d->body, "</w:tc>");
    }
    buf_text(d->body, "</w:tr>\n");
}

static int *widths_of(Docx *d, const PaperColumn *columns, size_t count)
{
    int *widths = arena_array(d->arena, int, count), shares = 0;
    for (size_t i = 0; i < count; i++)
        shares += columns[i].share > 0 ? columns[i].share : 1;
    for (size_t i = 0; i < count; i++)
        widths[i] = (int)((i64)DOCX_BODY * (columns[i].share > 0 ? columns[i].share : 1) / shares);
    return widths;
}

static void add_empty(Docx *d, const char *said, size_t count)
{
    if (!check_clean(d->arena, said))
        return;
    buf_text(d->body, "<w:tr>");
    open_cell(d, DOCX_BODY, arena_printf(d->arena, "<w:gridSpan w:val=\"%zu\"/>", count));
    docx_paragraph(d, "TableText", said);
    buf_text(d->body, "</w:tc></w:tr>\n");
}

static void table_described(Docx *d, const PaperTable *table, const char *described)
{
    const PaperColumn *columns = table->columns.items;
    const PaperRow *rows = table->rows.items;
    size_t count = table->columns.count;
    if (!count)
        return;
    int *widths = widths_of(d, columns, count);
    docx_paragraph(d, "Caption", table->caption);
    open_table(d, "Figures", described);
    add_grid(d, widths, count);
    add_head_row(d, columns, widths, count);
    for (size_t i = 0; i < table->rows.count; i++)
        add_row(d, &rows[i], columns, widths, count, i % 2);
    if (!table->rows.count)
        add_empty(d, table->empty, count);
    close_table(d);
}

void docx_table(Docx *d, const PaperTable *table)
{
    table_described(d, table, table->caption);
}

static PaperCell bar_cell(Docx *d, const PaperSeries *series, size_t i)
{
    if (series->texts)
        return (PaperCell){series->texts[i]};
    return (PaperCell){
        series->values[i] == NONE ? NULL : arena_printf(d->arena, "%" PRId64, series->values[i])};
}

/* The chart as the table of its values. */
void docx_bars(Docx *d, const PaperBars *bars)
{
    const char *const *groups = bars->groups.items;
    const PaperSeries *series = bars->series.items;
    size_t sets = bars->series.count;
    if (!bars->groups.count || !sets)
        return;
    PaperColumn *columns = arena_array(d->arena, PaperColumn, sets + 1);
    PaperRow *rows = arena_array(d->arena, PaperRow, bars->groups.count);
    columns[0] = (PaperColumn){bars->of, PAPER_LEFT, 2};
    for (size_t s = 0; s < sets; s++)
        columns[s + 1] = (PaperColumn){series[s].label, PAPER_RIGHT, 2};
    for (size_t i = 0; i < bars->groups.count; i++) {
        PaperCell *cells = arena_array(d->arena, PaperCell, sets + 1);
        cells[0] = (PaperCell){groups[i]};
        for (size_t s = 0; s < sets; s++)
            cells[s + 1] = bar_cell(d, &series[s], i);
        rows[i] = (PaperRow){{cells, sets + 1}};
    }
    PaperTable table = {{columns, sets + 1}, {rows, bars->groups.count}};
    table_described(d, &table, bars->alt);
}

static void add_card(Docx *d, const PaperCard *card, int width)
{
    open_cell(d, width, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FAF4EC\"/>");
    docx_open(d, "CardFigure", NULL);
    docx_link(d, "<w:color w:val=\"A94A32\"/><w:u w:val=\"none\"/>", card->url, card->figure);
    docx_close(d);
    docx_paragraph(d, "CardLabel", card->label);
    docx_paragraph(d, "CardSmall", card->small);
    buf_text(d->body, "</w:tc>");
}

void docx_cards(Docx *d, List cards)
{
    const PaperCard *card = cards.items;
    size_t places = cards.count < 4 ? cards.count : 4;
    if (!places)
        return;
    int widths[4] = {0};
    for (size_t i = 0; i < places; i++)
        widths[i] = DOCX_BODY / (int)places;
    open_table(d, "Cards", NULL);
    add_grid(d, widths, places);
    for (size_t i = 0; i < cards.count; i += places) {
        buf_text(d->body, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (size_t k = 0; k < places; k++) {
            const PaperCard none = {0};
            add_card(d, i + k < cards.count ? &card[i + k] : &none, widths[k]);
        }
        buf_text(d->body, "</w:tr>\n");
    }
    close_table(d);
}

static void add_signature(Docx *d, const PaperSignature *s, int width)
{
    open_cell(d, width, NULL);
    docx_open(d, "SignatureName", NULL);
    docx_run(d, NULL, s->name);
    docx_close(d);
    docx_open(d, "SignatureRole", NULL);
    docx_run(d, NULL, s->role);
    docx_close(d);
    docx_paragraph(d, "CardSmall", s->small);
    buf_text(d->body, "</w:tc>");
}

static cairo_status_t collect(void *out, const unsigned char *bytes, unsigned n)
{
    buf_add(out, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Six pixels a module, with the quiet zone. */
static Buf *seal_picture(Docx *d, const char *url)
{
    int size;
    const unsigned char *modules;
    if (!paper_qr(d->arena, url, &size, &modules))
        return NULL;
    int side = (size + 8) * 6;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int i = 0; i < size * size; i++)
        if (modules[i])
            cairo_rectangle(cr, (i % size + 4) * 6, (i / size + 4) * 6, 6, 6);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_fill(cr);
    Buf *png = buf_new(d->arena, 4096, 1 << 20);
    bool good = cairo_surface_write_to_png_stream(surface, collect, png) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return good ? png : NULL;
}

static void add_picture(Docx *d, const char *alt)
{
    docx_open(d, "Seal", NULL);
    buf_printf(d->body,
               "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
               "<wp:extent cx=\"%d\" cy=\"%d\"/><wp:docPr id=\"1\" name=\"QR\" descr=\"",
               EMU_SEAL, EMU_SEAL);
    xml_text(d->arena, d->body, alt);
    buf_printf(
        d->body,
        "\"/><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
        "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"QR\"/><pic:cNvPicPr/></pic:nvPicPr>"
        "<pic:blipFill><a:blip "
        "r:embed=\"seal\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
        "<a:prstGeom "
        "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>",
        EMU_SEAL, EMU_SEAL);
    docx_close(d);
}

static void add_seal(Docx *d, const PaperSeal *seal)
{
    Buf *picture = d->picture ? d->picture : seal_picture(d, seal->url);
    if (!picture)
        return;
    d->picture = picture;
    add_picture(d, seal->alt);
    docx_open(d, "Seal", NULL);
    docx_run(d, NULL,
             seal->caption && seal->code ? arena_printf(d->arena, "%s\xc2\xa0", seal->caption)
                                         : seal->caption);
    docx_link(d, "<w:b/>", seal->url, seal->code);
    docx_close(d);
}

void docx_signing(Docx *d, const PaperSigning *signing)
{
    const PaperSignature *s = signing->signatures.items;
    size_t count = signing->signatures.count;
    if (count) {
        int widths[PAPER_SIGNATURES_MAX];
        for (size_t i = 0; i < count; i++)
            widths[i] = DOCX_BODY / (int)count;
        open_table(d, "Cards", NULL);
        add_grid(d, widths, count);
        buf_text(d->body, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (size_t i = 0; i < count; i++)
            add_signature(d, &s[i], widths[i]);
        buf_text(d->body, "</w:tr>\n");
        close_table(d);
    }
    if (signing->seal.url)
        add_seal(d, &signing->seal);
}
