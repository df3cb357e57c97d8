/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_docx_parts.c: the parts of the package beside the text: styles, lists, footer, properties. */
#include "paper/paper_check.h"
#include "paper/paper_docx.h"
#include "paper/paper_xml.h"

#define XML    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define NS_W   "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"
#define WORD   "application/vnd.openxmlformats-officedocument.wordprocessingml."

const char docx_types[] =
    XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n"
        "<Default Extension=\"png\" ContentType=\"image/png\"/>\n"
        "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>\n"
        "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD "styles+xml\"/>\n"
        "<Override PartName=\"/word/numbering.xml\" ContentType=\"" WORD "numbering+xml\"/>\n"
        "<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD "settings+xml\"/>\n"
        "<Override PartName=\"/word/footer1.xml\" ContentType=\"" WORD "footer+xml\"/>\n"
        "<Override PartName=\"/docProps/core.xml\""
        " ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\n"
        "<Override PartName=\"/docProps/app.xml\""
        " ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\n"
        "</Types>\n";

const char docx_package_rels[] =
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"
        "<Relationship Id=\"document\" Type=\"" OFFICE
        "relationships/officeDocument\" Target=\"word/document.xml\"/>\n"
        "<Relationship Id=\"core\" "
        "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
        "core-properties\" Target=\"docProps/core.xml\"/>\n"
        "<Relationship Id=\"app\" Type=\"" OFFICE
        "relationships/extended-properties\" Target=\"docProps/app.xml\"/>\n"
        "</Relationships>\n";

const char docx_app[] =
    XML "<Properties xmlns=\"" OFFICE "extended-properties\"><Application>Vocero</Application>"
        "</Properties>\n";

const char docx_settings[] = XML
    "<w:settings " NS_W
    "><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\""
    " w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>\n";

/* Half points for letters, twentieths for lengths. */
typedef struct Style {
    const char *id, *name, *based, *next;
    const char *paragraph; /* in the order of CT_PPr */
    const char *letters;
    bool heading; /* offered in Word's gallery, and kept with the next */
} Style;

#define DISPLAY \
    "<w:rFonts w:ascii=\"Bricolage Grotesque\" w:hAnsi=\"Bricolage Grotesque\" w:cs=\"Arial\"/>"
#define SMALL "<w:color w:val=\"5C696F\"/><w:sz w:val=\"17\"/>"

static const Style styles[] = {
    {"Normal", "Normal", NULL, NULL,
     "<w:spacing w:after=\"80\" w:line=\"276\" w:lineRule=\"auto\"/>", NULL},
    {"Organisation", "Organisation", "Normal", NULL,
     "<w:pBdr><w:top w:val=\"single\" w:sz=\"48\" w:space=\"8\" w:color=\"A94A32\"/></w:pBdr>"
     "<w:tabs><w:tab w:val=\"right\" w:pos=\"10240\"/></w:tabs><w:spacing w:after=\"0\"/>",
     "<w:b/><w:sz w:val=\"17\"/>"},
    {"Unit", "Unit", "Normal", NULL, "<w:tabs><w:tab w:val=\"right\" w:pos=\"10240\"/></w:tabs>",
     SMALL},
    {"Draft", "Draft", "Normal", NULL, "<w:jc w:val=\"right\"/>",
     "<w:b/><w:color w:val=\"A94A32\"/>"},
    {"Title", "Title", "Normal", "BodyText",
     "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
     DISPLAY "<w:b/><w:color w:val=\"172328\"/><w:sz w:val=\"54\"/>", true},
    {"Subtitle", "Subtitle", "Normal", "BodyText", "<w:spacing w:after=\"200\"/>",
     "<w:color w:val=\"4A585E\"/><w:sz w:val=\"22\"/>", true},
    {"Heading1", "heading 1", "Normal", "BodyText",
     "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"100\"/><w:outlineLvl "
     "w:val=\"0\"/>",
     DISPLAY "<w:b/><w:color w:val=\"172328\"/><w:sz w:val=\"27\"/>", true},
    {"Heading2", "heading 2", "Normal", "BodyText",
     "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl "
     "w:val=\"1\"/>",
     "<w:b/><w:color w:val=\"172328\"/><w:sz w:val=\"21\"/>", true},
    {"Heading3", "heading 3", "Normal", "BodyText",
     "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl "
     "w:val=\"2\"/>",
     "<w:b/><w:color w:val=\"4A585E\"/><w:sz w:val=\"19\"/>", true},
    {"BodyText", "Body Text", "Normal", NULL, NULL, NULL},
    {"ListParagraph", "List Paragraph", "Normal", NULL, "<w:spacing w:after=\"40\"/>", NULL},
    {"Note", "Note", "Normal", NULL,
     "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"6\" w:color=\"A94A32\"/></w:pBdr>"
     "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FAF4EC\"/><w:spacing w:before=\"120\" "
     "w:after=\"160\"/>",
     "<w:color w:val=\"4A585E\"/><w:sz w:val=\"17\"/>"},
    {"Caption", "caption", "Normal", NULL,
     "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>",
     "<w:b/><w:color w:val=\"4A585E\"/><w:sz w:val=\"18\"/>"},
    {"TableHead", "Table Head", "Normal", NULL,
     "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>",
     "<w:b/><w:color w:val=\"FFFFFF\"/><w:sz w:val=\"18\"/>"},
    {"TableText", "Table Text", "Normal", NULL,
     "<w:spacing w:before=\"50\" w:after=\"50\" w:line=\"240\" w:lineRule=\"auto\"/>",
     "<w:color w:val=\"172328\"/><w:sz w:val=\"18\"/>"},
    {"CardFigure", "Card Figure", "Normal", NULL,
     "<w:spacing w:before=\"80\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>",
     DISPLAY "<w:b/><w:color w:val=\"A94A32\"/><w:sz w:val=\"44\"/>"},
    {"CardLabel", "Card Label", "Normal", NULL,
     "<w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>",
     "<w:b/><w:color w:val=\"172328\"/><w:sz w:val=\"18\"/>"},
    {"CardSmall", "Card Small", "Normal", NULL,
     "<w:spacing w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/>", SMALL},
    {"SignatureName", "Signature Name", "Normal", NULL,
     "<w:keepNext/><w:spacing w:before=\"560\" w:after=\"40\"/>", NULL},
    {"SignatureRole", "Signature Role", "Normal", NULL,
     "<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"4\" "
     "w:color=\"9AA5A9\"/></w:pBdr><w:spacing w:after=\"0\"/>",
     "<w:b/><w:color w:val=\"172328\"/><w:sz w:val=\"17\"/>"},
    {"Seal", "Seal", "Normal", NULL,
     "<w:keepLines/><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc "
     "w:val=\"right\"/>",
     SMALL},
    {"Between", "Between", "Normal", NULL,
     "<w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>", "<w:sz w:val=\"8\"/>"},
    {"Footer", "footer", "Normal", NULL,
     "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"E5DED2\"/></w:pBdr>"
     "<w:tabs><w:tab w:val=\"right\" w:pos=\"10240\"/></w:tabs><w:spacing w:after=\"0\"/>",
     "<w:color w:val=\"5C696F\"/><w:sz w:val=\"15\"/>"},
};

static const char other_styles[] =
    "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/>"
    "<w:rPr><w:color w:val=\"12505E\"/><w:u w:val=\"single\"/></w:rPr></w:style>\n"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
    "Table\"/><w:tblPr>"
    "<w:tblCellMar><w:left w:w=\"160\" w:type=\"dxa\"/><w:right w:w=\"160\" "
    "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n"
    "<w:style w:type=\"table\" w:styleId=\"Figures\"><w:name w:val=\"Figures\"/><w:basedOn "
    "w:val=\"TableNormal\"/><w:tblPr>"
    "<w:tblBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"E5DED2\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"4\" "
    "w:color=\"E5DED2\"/></w:tblBorders></w:tblPr></w:style>\n"
    "<w:style w:type=\"table\" w:styleId=\"Cards\"><w:name w:val=\"Cards\"/><w:basedOn "
    "w:val=\"TableNormal\"/><w:tblPr>"
    "<w:tblBorders><w:insideH w:val=\"single\" w:sz=\"48\" w:color=\"FFFFFF\"/>"
    "<w:insideV w:val=\"single\" w:sz=\"48\" "
    "w:color=\"FFFFFF\"/></w:tblBorders></w:tblPr></w:style>\n";

static void add_style(Buf *x, const Style *s)
{
    buf_printf(x, "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/>",
               s->based ? "" : " w:default=\"1\"", s->id, s->name);
    if (s->based)
        buf_printf(x, "<w:basedOn w:val=\"%s\"/>", s->based);
    if (s->next)
        buf_printf(x, "<w:next w:val=\"%s\"/>", s->next);
    if (s->heading)
        buf_text(x, "<w:qFormat/>");
    if (s->paragraph)
        buf_printf(x, "<w:pPr>%s</w:pPr>", s->paragraph);
    if (s->letters)
        buf_printf(x, "<w:rPr>%s</w:rPr>", s->letters);
    buf_text(x, "</w:style>\n");
}

static Bytes whole(Buf *x)
{
    return (Bytes){buf_data(x), buf_size(x)};
}

Bytes docx_styles(Docx *d)
{
    Buf *x = buf_new(d->arena, 16384, 1 << 17);
    buf_text(x, XML "<w:styles " NS_W
                    "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Public Sans\""
                    " w:hAnsi=\"Public Sans\" w:eastAsia=\"Public Sans\" w:cs=\"Arial\"/><w:color "
                    "w:val=\"26343A\"/><w:sz w:val=\"19\"/><w:lang w:val=\"");
    xml_text(d->arena, x, d->paper->language);
    buf_text(x, "\"/></w:rPr></w:rPrDefault></w:docDefaults>\n");
    for (size_t i = 0; i < COUNT(styles); i++)
        add_style(x, &styles[i]);
    buf_text(x, other_styles);
    buf_text(x, "</w:styles>\n");
    return whole(x);
}

static void add_property(Docx *d, Buf *x, const char *tag, const char *attributes, const char *text)
{
    if (!check_clean(d->arena, text))
        return;
    buf_printf(x, "<%s%s>", tag, attributes);
    xml_text(d->arena, x, text);
    buf_printf(x, "</%s>\n", tag);
}

Bytes docx_core(Docx *d)
{
    const Paper *p = d->paper;
    Buf *x = buf_new(d->arena, 2048, 1 << 16);
    const char *at = arena_printf(d->arena, "%.19sZ", clock_rfc3339(d->arena, NULL, p->at));
    buf_text(
        x, XML
        "<cp:coreProperties "
        "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");
    add_property(d, x, "dc:title", "", p->title);
    add_property(d, x, "dc:subject", "", p->subject);
    add_property(d, x, "dc:creator", "", p->author);
    add_property(d, x, "dc:language", "", p->language);
    add_property(d, x, "dcterms:created", " xsi:type=\"dcterms:W3CDTF\"", at);
    add_property(d, x, "dcterms:modified", " xsi:type=\"dcterms:W3CDTF\"", at);
    buf_text(x, "</cp:coreProperties>\n");
    return whole(x);
}

static void add_run(Docx *d, Buf *x, const char *text, size_t n)
{
    buf_text(x, "<w:r><w:t xml:space=\"preserve\">");
    xml_text(d->arena, x, arena_copy(d->arena, text, n));
    buf_text(x, "</w:t></w:r>");
}

/* "Página %d de %d": the first %d is the page, the second how many there are. */
static void add_page_word(Docx *d, Buf *x, const char *word)
{
    static const char *const fields[] = {"PAGE", "NUMPAGES"};
    for (size_t i = 0; word; i++) {
        const char *field = strstr(word, "%d");
        /* cleaning would drop the space before the number: it is written as one that does not break */
        size_t n = field ? (size_t)(field - word) : strlen(word);
        bool spaced = n && word[n - 1] == ' ';
        if (n)
            add_run(d, x,
                    spaced ? arena_printf(d->arena, "%.*s\xc2\xa0", (int)(n - 1), word) : word,
                    spaced ? n + 1 : n);
        if (field && i < COUNT(fields))
            buf_printf(x, "<w:fldSimple w:instr=\"%s\"><w:r><w:t>1</w:t></w:r></w:fldSimple>",
                       fields[i]);
        word = field ? field + 2 : NULL;
    }
}

Bytes docx_footer(Docx *d)
{
    Buf *x = buf_new(d->arena, 1024, 1 << 16);
    const char *footer = d->paper->footer ? d->paper->footer : "";
    buf_text(x, XML "<w:ftr " NS_W "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    add_run(d, x, footer, strlen(footer));
    buf_text(x, "<w:r><w:tab/></w:r>");
    add_page_word(d, x, d->paper->page_word);
    buf_text(x, "</w:p></w:ftr>\n");
    return whole(x);
}

static void add_abstract(Buf *x, int id, const char *format, const char *text, int indent)
{
    buf_printf(x,
               "<w:abstractNum w:abstractNumId=\"%d\"><w:multiLevelType "
               "w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\">"
               "<w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:lvlText w:val=\"%s\"/><w:lvlJc "
               "w:val=\"left\"/>"
               "<w:pPr><w:ind w:left=\"%d\" w:hanging=\"%d\"/></w:pPr></w:lvl></w:abstractNum>\n",
               id, format, text, indent, indent);
}

Bytes docx_numbering(Docx *d)
{
    Buf *x = buf_new(d->arena, 2048, 1 << 20);
    buf_text(x, XML "<w:numbering " NS_W ">\n");
    add_abstract(x, 0, "bullet", "\xe2\x80\xa2", 280);
    add_abstract(x, 1, "decimal", "%1.", 400);
    buf_text(x, "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\n");
    buf_add(x, buf_data(d->nums), buf_size(d->nums));
    buf_text(x, "</w:numbering>\n");
    return whole(x);
}
