/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_properties.c: what a PDF says of itself, in its Info dictionary, in XMP (ISO 16684-1) and in its catalogue. */
#include "paper/paper_tags.h"

#include "paper/paper_check.h"
#include "paper/paper_xml.h"

#define CREATOR  "Vocero " VOCERO_VERSION
#define PRODUCER "Cairo, Pango, qpdf"

static const char *pdf_date(Arena *a, const Zone *zone, i64 at)
{
    Wall w = clock_wall(zone, at);
    int offset = zone_offset(zone, at), minutes = (offset < 0 ? -offset : offset) / 60;
    return arena_printf(a, "D:%04d%02d%02d%02d%02d%02d%c%02d'%02d'", w.year, w.month, w.day, w.hour,
                        w.minute, w.second, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void add_text(qpdf_data q, qpdf_oh dict, const char *key, const char *text)
{
    if (text)
        qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_unicode_string(q, text));
}

static void write_info(Galley *g, qpdf_data q)
{
    const Paper *p = g->paper;
    const char *at = pdf_date(g->arena, p->zone, p->at);
    qpdf_oh info = qpdf_oh_new_dictionary(q);
    add_text(q, info, "/Title", check_clean(g->arena, p->title));
    add_text(q, info, "/Author", check_clean(g->arena, p->author));
    add_text(q, info, "/Subject", check_clean(g->arena, p->subject));
    add_text(q, info, "/Creator", CREATOR);
    add_text(q, info, "/Producer", PRODUCER);
    add_text(q, info, "/CreationDate", at);
    add_text(q, info, "/ModDate", at);
    qpdf_oh_replace_key(q, qpdf_get_trailer(q), "/Info", qpdf_make_indirect_object(q, info));
}

static void add_alternative(Arena *a, Buf *x, const char *tag, const char *text)
{
    if (!text)
        return;
    buf_printf(x, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", tag);
    xml_text(a, x, text);
    buf_printf(x, "</rdf:li></rdf:Alt></%s>\n", tag);
}

static Buf *xmp(Galley *g)
{
    const Paper *p = g->paper;
    const char *at = clock_rfc3339(g->arena, p->zone, p->at);
    Buf *x = buf_new(g->arena, 2048, 1 << 16);
    buf_text(
        x, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
           " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
           "<pdfuaid:part>1</pdfuaid:part>\n");
    add_alternative(g->arena, x, "dc:title", p->title);
    add_alternative(g->arena, x, "dc:description", p->subject);
    if (p->author) {
        buf_text(x, "<dc:creator><rdf:Seq><rdf:li>");
        xml_text(g->arena, x, p->author);
        buf_text(x, "</rdf:li></rdf:Seq></dc:creator>\n");
    }
    buf_text(x, "<dc:language><rdf:Bag><rdf:li>");
    xml_text(g->arena, x, p->language);
    buf_text(x, "</rdf:li></rdf:Bag></dc:language>\n");
    buf_printf(x, "<xmp:CreateDate>%s</xmp:CreateDate>\n<xmp:ModifyDate>%s</xmp:ModifyDate>\n", at,
               at);
    buf_text(x, "<xmp:CreatorTool>" CREATOR "</xmp:CreatorTool>\n<pdf:Producer>" PRODUCER
                "</pdf:Producer>\n"
                "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return x;
}

static void write_xmp(Galley *g, qpdf_data q)
{
    Buf *x = xmp(g);
    qpdf_oh stream = qpdf_oh_new_stream(q), dict = qpdf_oh_get_dict(q, stream);
    qpdf_oh_replace_key(q, dict, "/Type", qpdf_oh_new_name(q, "/Metadata"));
    qpdf_oh_replace_key(q, dict, "/Subtype", qpdf_oh_new_name(q, "/XML"));
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)buf_data(x), buf_size(x),
                                qpdf_oh_new_null(q), qpdf_oh_new_null(q));
    qpdf_oh_replace_key(q, qpdf_get_root(q), "/Metadata", stream);
}

void properties_write(Galley *g, qpdf_data q)
{
    qpdf_oh root = qpdf_get_root(q);
    write_info(g, q);
    write_xmp(g, q);
    add_text(q, root, "/Lang", g->paper->language);
    qpdf_oh_replace_key(q, root, "/MarkInfo", qpdf_oh_parse(q, "<</Marked true>>"));
    qpdf_oh_replace_key(q, root, "/ViewerPreferences",
                        qpdf_oh_parse(q, "<</DisplayDocTitle true>>"));
}
