/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_test.c: documents: the same bytes twice, any text, any length, and what is refused. */
#include "paper/paper.h"

#include "paper/paper_example_harness.h"
#include "paper/paper_fonts.h"
#include "paper/paper_galley.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <time.h>

typedef bool Writer(Ctx *ctx, const Paper *paper, Buf *out);
static Writer *const writers[] = {paper_pdf, paper_docx, paper_xlsx};

static Ctx ctx;

static Bytes make(Writer *write, const Paper *paper)
{
    Buf *out = buf_new(ctx.arena, 1 << 16, 1 << 26);
    if (!write(&ctx, paper, out))
        g_error("%s (%s)", ctx.fault.what, ctx.fault.where);
    return (Bytes){buf_data(out), buf_size(out)};
}

static void refused(Writer *write, const Paper *paper, FaultKind kind)
{
    Buf *out = buf_new(ctx.arena, 1 << 16, 1 << 26);
    g_assert_false(write(&ctx, paper, out));
    g_assert_cmpint(fault_take(&ctx).kind, ==, kind);
}

static bool same(Bytes a, Bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* A part of a ZIP archive, as text. */
static const char *part_of(Bytes zip, const char *name)
{
    struct archive *reader = archive_read_new();
    archive_read_support_format_zip(reader);
    g_assert_cmpint(archive_read_open_memory(reader, zip.data, zip.size), ==, ARCHIVE_OK);
    const char *text = NULL;
    struct archive_entry *entry;
    while (!text && archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        if (strcmp(archive_entry_pathname(entry), name) != 0)
            continue;
        Buf *part = buf_new(ctx.arena, 1 << 16, 1 << 26);
        char bytes[4096];
        la_ssize_t n;
        while ((n = archive_read_data(reader, bytes, sizeof bytes)) > 0)
            buf_add(part, bytes, (size_t)n);
        g_assert_cmpint(n, ==, 0);
        text = buf_data(part);
    }
    archive_read_free(reader);
    return text;
}

static void assert_well_formed(const char *xml)
{
    static const GMarkupParser parser = {0};
    g_assert_nonnull(xml);
    for (const char *c = xml; *c; c++) /* XML 1.0, 2.2: which GMarkup does not look at */
        g_assert_true((unsigned char)*c >= ' ' || *c == '\n' || *c == '\r' || *c == '\t');
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, NULL, NULL);
    GError *error = NULL;
    g_markup_parse_context_parse(context, xml, -1, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    g_markup_parse_context_free(context);
}

/* qpdf opens it without a warning; how many pages it has. */
static int pages_of(Bytes pdf)
{
    qpdf_data q = qpdf_init();
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    g_assert_cmpint(qpdf_read_memory(q, "paper", pdf.data, pdf.size, NULL), ==, QPDF_SUCCESS);
    int pages = qpdf_get_num_pages(q);
    g_assert_cmpint(qpdf_check_pdf(q), ==, QPDF_SUCCESS);
    qpdf_cleanup(&q);
    return pages;
}

/* Every writer makes something of it that other programs can open. */
static void assert_sound(const Paper *paper)
{
    g_assert_cmpint(pages_of(make(paper_pdf, paper)), >=, 1);
    Bytes docx = make(paper_docx, paper);
    static const char *const parts[] = {"word/document.xml",  "word/styles.xml",
                                        "word/numbering.xml", "word/footer1.xml",
                                        "docProps/core.xml",  "word/_rels/document.xml.rels",
                                        "[Content_Types].xml"};
    for (size_t i = 0; i < COUNT(parts); i++)
        assert_well_formed(part_of(docx, parts[i]));
    Bytes xlsx = make(paper_xlsx, paper);
    assert_well_formed(part_of(xlsx, "xl/worksheets/sheet1.xml"));
    const char *strings = part_of(xlsx, "xl/sharedStrings.xml");
    if (strings) /* a workbook without any text has none */
        assert_well_formed(strings);
}

static Paper plain_paper(const PaperBlock *blocks, size_t count)
{
    static const PaperSheet sheet = {"Hoja"};
    return (Paper){.title = "Minuta",
                   .language = "es-MX",
                   .page_word = "%d/%d",
                   .blocks = {blocks, count},
                   .sheets = {&sheet, 1}};
}

static void the_same_paper_is_the_same_bytes(void)
{
    const Paper *paper = example_paper(ctx.arena, 60);
    for (size_t i = 0; i < COUNT(writers); i++) {
        Bytes first = make(writers[i], paper);
        setenv("TZ", "Asia/Tokyo", 1);
        tzset();
        g_assert_true(same(first, make(writers[i], paper)));
        setenv("TZ", "UTC", 1);
        tzset();
        Paper later = *paper;
        later.at += CLOCK_HOUR;
        g_assert_false(same(first, make(writers[i], &later)));
    }
}

static void *make_in_thread(void *paper)
{
    Arena *arena = arena_new(1 << 26);
    Ctx own = {.arena = arena, .actor = &actor_nobody};
    Buf *out = buf_new(arena, 1 << 16, 1 << 24);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    if (paper_pdf(&own, paper, out))
        g_checksum_update(sum, (const unsigned char *)buf_data(out), (ssize_t)buf_size(out));
    char *text = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    arena_free(arena);
    return text;
}

static void threads_do_not_mix_their_papers(void)
{
    const Paper *papers[] = {example_paper(ctx.arena, 0), example_paper(ctx.arena, 20)};
    char *alone[] = {make_in_thread((void *)papers[0]), make_in_thread((void *)papers[1])};
    g_assert_cmpstr(alone[0], !=, alone[1]);
    GThread *threads[6];
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("paper", make_in_thread, (void *)papers[i % 2]);
    for (size_t i = 0; i < COUNT(threads); i++) {
        char *text = g_thread_join(threads[i]);
        g_assert_cmpstr(text, ==, alone[i % 2]);
        g_free(text);
    }
    g_free(alone[0]);
    g_free(alone[1]);
}

static void the_months_report_is_one_small_page(void)
{
    Bytes pdf = make(paper_pdf, example_paper(ctx.arena, 0));
    g_assert_cmpint(pages_of(pdf), ==, 1);
    g_assert_cmpint(pdf.size, <, 150 * 1024);
    g_assert_cmpint(make(paper_docx, example_paper(ctx.arena, 0)).size, <, 50 * 1024);
    g_assert_cmpint(make(paper_xlsx, example_paper(ctx.arena, 0)).size, <, 50 * 1024);
}

static void many_rows_flow_over_pages(void)
{
    int before = 0;
    for (size_t rows = 10; rows <= 400; rows += 130) {
        const Paper *paper = example_paper(ctx.arena, rows);
        int pages = pages_of(make(paper_pdf, paper));
        g_assert_cmpint(pages, >, before);
        g_assert_cmpint(pages, <=, 3 + (int)rows / 30);
        before = pages;
    }
}

/* Pages are read from the galley: what is where. */
static Galley galley_of(const Paper *paper, PangoContext *pango)
{
    Galley g = {.ctx = &ctx, .arena = ctx.arena, .paper = paper, .pango = pango};
    g.layouts = g_ptr_array_new_with_free_func(g_object_unref);
    g.root = elem_new(&g, NULL, "Document");
    set_head(&g);
    set_blocks(&g, g.root, paper->blocks, SHEET_MARGIN, SHEET_BODY);
    return g;
}

/* Below each heading is something of its text; every page of the table begins with its head; nothing is in the footer. */
static void headings_keep_with_their_text_and_heads_repeat(void)
{
    PangoFontMap *map = paper_fonts_take();
    g_assert_nonnull(map);
    PangoContext *pango = pango_font_map_create_context(map);
    for (size_t rows = 1; rows < 50; rows++) {
        Galley g = galley_of(example_paper(ctx.arena, rows), pango);
        int pages;
        for (const Sheet *page = flow_pages(&g, &pages); page; page = page->next) {
            double lowest = 0, heading = 0;
            bool cells = false, head = false;
            for (const Item *item = page->first; item; item = item->next) {
                const char *role = item->elem ? item->elem->role : "";
                if (item->elem)
                    lowest = MAX(lowest, item->y + item->h);
                if (role[0] == 'H')
                    heading = item->y;
                cells = cells || !strcmp(role, "TD");
                head = head || (item->kind == ITEM_BOX && item->colour == PETROL);
            }
            g_assert_cmpfloat(lowest, <=, SHEET_BOTTOM + 0.01);
            g_assert_cmpfloat(lowest, >, heading + 20);
            g_assert_true(head || !cells);
        }
        g_ptr_array_unref(g.layouts);
    }
    g_object_unref(pango);
    paper_fonts_leave();
}

static const char *const hostile[] = {
    "",
    " ",
    "\n",
    "\n\n\n",
    "\t",
    "\x01\x02\x1f\x7f",
    "<b>&amp;\"'</b> ]]> <?xml ?> <!-- -->",
    "/P << /MCID 0 >> BDC EMC ET Q",
    "(((((",
    ")))))",
    "\\\\(\\)",
    "%d %s %n",
    "=1+1",
    "@SUM(A1)",
    "-1",
    "+52 444 000 0000",
    "مدينة سان لويس بوتوسي",
    "שלום \xe2\x80\xae abc",
    "👨‍👩‍👧‍👦🇲🇽👍🏽 🎉",
    "漢字かな交じり文",
    "\xef\xbf\xbe\xef\xbf\xbf",
    "\xf4\x8f\xbf\xbf",
    "\xef\xb7\x90",
    "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84",
    "\xcc\x81",
    "\xe2\x80\xa8\xe2\x80\xa9",
    "\xef\xbb\xbf",
    "\xe2\x80\x8d\xe2\x80\x8d",
    "fi ffi fl ﬁ",
    "ĀŐŁŻ ẞ ₱ №",
    "\xc2\xad\xc2\xad",
};

static Paper hostile_paper(const char *t)
{
    PaperLine *lines = arena_array(ctx.arena, PaperLine, 2);
    lines[0] = (PaperLine){t, t, "https://vocero.example/?q=(%29&<>\"'"};
    lines[1] = (PaperLine){t};
    PaperCard *card = arena_new_of(ctx.arena, PaperCard);
    *card = (PaperCard){t, t, t, "https://vocero.example/"};
    PaperCell *cells = arena_array(ctx.arena, PaperCell, 2);
    cells[0] = (PaperCell){t, "https://vocero.example/"};
    cells[1] = (PaperCell){t, .kind = PAPER_CELL_NUMBER, .number = 12};
    PaperRow *row = arena_new_of(ctx.arena, PaperRow);
    *row = (PaperRow){{cells, 2}, true};
    PaperColumn *columns = arena_array(ctx.arena, PaperColumn, 2);
    columns[0] = columns[1] = (PaperColumn){t};
    const char **groups = arena_array(ctx.arena, const char *, 1);
    groups[0] = t;
    static const i64 values[] = {7};
    PaperSeries *series = arena_new_of(ctx.arena, PaperSeries);
    *series = (PaperSeries){t, values};
    PaperSignature *signature = arena_new_of(ctx.arena, PaperSignature);
    *signature = (PaperSignature){t, t, t};
    PaperTable table = {{columns, 2}, {row, 1}, t, t};
    PaperBlock *blocks = arena_array(ctx.arena, PaperBlock, 8);
    blocks[0] = (PaperBlock){PAPER_HEADING, .heading = {3, t, "https://vocero.example/"}};
    blocks[1] = (PaperBlock){PAPER_TEXT, .line = lines[0]};
    blocks[2] = (PaperBlock){PAPER_BULLETS, .lines = {lines, 2}};
    blocks[3] = (PaperBlock){PAPER_NOTE, .line = lines[0]};
    blocks[4] = (PaperBlock){PAPER_CARDS, .cards = {card, 1}};
    blocks[5] = (PaperBlock){PAPER_TABLE, .table = table};
    blocks[6] = (PaperBlock){PAPER_BARS, .bars = {{groups, 1}, {series, 1}, "x", t}};
    blocks[7] = (PaperBlock){
        PAPER_SIGNING, .signing = {{signature, 1}, {t, t, "https://vocero.example/v/1", "x"}}};
    PaperTable *sheet_table = arena_new_of(ctx.arena, PaperTable);
    *sheet_table = table;
    PaperSheet *sheet = arena_new_of(ctx.arena, PaperSheet);
    *sheet = (PaperSheet){"Hoja", t, {sheet_table, 1}};
    return (Paper){.title = arena_printf(ctx.arena, "x%s", t),
                   .subtitle = t,
                   .organisation = t,
                   .unit_line = t,
                   .folio_word = t,
                   .folio = t,
                   .version_line = t,
                   .language = "es-MX",
                   .author = t,
                   .subject = t,
                   .footer = t,
                   .draft = t,
                   .page_word = "%d/%d",
                   .blocks = {blocks, 8},
                   .sheets = {sheet, 1}};
}

static void no_text_breaks_a_document(void)
{
    for (size_t i = 0; i < COUNT(hostile); i++) {
        Paper paper = hostile_paper(hostile[i]);
        assert_sound(&paper);
    }
}

static void a_text_without_a_space_is_broken_between_letters(void)
{
    char *text = arena_bytes(ctx.arena, 10001);
    memset(text, 'x', 10000);
    PaperCell cells[] = {{text}, {"al lado"}};
    PaperRow row = {PAPER_LIST(cells)};
    PaperColumn columns[] = {{"Uno"}, {"Dos"}};
    PaperBlock blocks[] = {
        {PAPER_TEXT, .line = {text}},
        {PAPER_TABLE, .table = {PAPER_LIST(columns), {&row, 1}}},
        {PAPER_NOTE, .line = {text}},
        {PAPER_COLUMNS, .columns = {{&(PaperBlock){PAPER_TEXT, .line = {text}}, 1}, {0}}},
    };
    Paper paper = plain_paper(blocks, COUNT(blocks));
    int pages = pages_of(make(paper_pdf, &paper));
    g_assert_cmpint(pages, >, 6);
    g_assert_cmpint(pages, <, 30);
    assert_sound(&paper);
}

static void empty_blocks_print_nothing(void)
{
    PaperBlock blocks[PAPER_KINDS];
    for (int kind = 0; kind < PAPER_KINDS; kind++) {
        blocks[kind] = (PaperBlock){.kind = (PaperKind)kind};
        if (kind == PAPER_BARS)
            blocks[kind].bars.alt = "nada";
    }
    Paper paper = plain_paper(blocks, COUNT(blocks));
    assert_sound(&paper);
    paper.blocks.count = 0;
    assert_sound(&paper);
}

static void a_text_is_never_a_formula(void)
{
    Paper paper = hostile_paper("=1+1");
    Bytes xlsx = make(paper_xlsx, &paper);
    g_assert_null(strstr(part_of(xlsx, "xl/worksheets/sheet1.xml"), "<f>"));
    g_assert_nonnull(strstr(part_of(xlsx, "xl/sharedStrings.xml"), ">=1+1<"));
    g_assert_nonnull(strstr(part_of(xlsx, "xl/worksheets/sheet1.xml"), "<v>12</v>"));
}

static void past_the_limits_is_a_fault(void)
{
    char *text = arena_bytes(ctx.arena, PAPER_TEXT_MAX + 2);
    memset(text, 'x', PAPER_TEXT_MAX + 1);
    PaperBlock block = {PAPER_TEXT, .line = {text}};
    Paper paper = plain_paper(&block, 1);
    refused(paper_pdf, &paper, FAULT_TOO_LARGE);
    refused(paper_docx, &paper, FAULT_TOO_LARGE);
    text[PAPER_TEXT_MAX] = 0;
    assert_sound(&paper);

    text[PAPER_SHORT_MAX + 1] = 0;
    block = (PaperBlock){PAPER_HEADING, .heading = {2, text}};
    refused(paper_pdf, &paper, FAULT_TOO_LARGE);

    paper = *example_paper(ctx.arena, PAPER_CELLS_MAX / 3);
    refused(paper_pdf, &paper, FAULT_TOO_LARGE);
    paper = *example_paper(ctx.arena, PAPER_SHEET_CELLS_MAX / 3);
    refused(paper_xlsx, &paper, FAULT_TOO_LARGE);
}

static void what_no_reader_could_use_is_a_fault(void)
{
    PaperBlock block = {PAPER_TEXT, .line = {"x", .url = "javascript:alert(1)"}};
    Paper paper = plain_paper(&block, 1);
    refused(paper_pdf, &paper, FAULT_BROKEN);
    block.line = (PaperLine){"x", .url = "/relativo"};
    refused(paper_docx, &paper, FAULT_BROKEN);
    block.line = (PaperLine){"caf\xe9"};
    refused(paper_pdf, &paper, FAULT_BROKEN);
    block = (PaperBlock){PAPER_BARS, .bars = {.alt = ""}};
    refused(paper_pdf, &paper, FAULT_BROKEN);
    block = (PaperBlock){PAPER_SIGNING, .signing = {.seal = {.url = "https://vocero.example/v/1"}}};
    refused(paper_pdf, &paper, FAULT_BROKEN);
    block = (PaperBlock){PAPER_COLUMNS, .columns = {{&(PaperBlock){PAPER_COLUMNS}, 1}, {0}}};
    refused(paper_pdf, &paper, FAULT_BROKEN);
    block = (PaperBlock){PAPER_TEXT};
    paper.page_word = "%s %d";
    refused(paper_pdf, &paper, FAULT_BROKEN);
    paper.page_word = "%d";
    refused(paper_docx, &paper, FAULT_BROKEN);
    paper.page_word = NULL;
    paper.title = " ";
    refused(paper_xlsx, &paper, FAULT_BROKEN);
}

static void two_sheets_of_one_name_are_a_fault(void)
{
    PaperSheet sheets[] = {{"Eventos [2022]"}, {"Eventos /2022/"}};
    Paper paper = plain_paper(NULL, 0);
    paper.sheets = PAPER_LIST(sheets);
    refused(paper_xlsx, &paper, FAULT_BROKEN);
    sheets[1].name = "Un nombre de hoja que tiene más de treinta y un caracteres";
    g_assert_nonnull(strstr(part_of(make(paper_xlsx, &paper), "xl/workbook.xml"),
                            "\"Un nombre de hoja que tiene más\""));
}

#define TEST(fn) g_test_add_func("/paper/" #fn, fn)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ctx = (Ctx){.arena = arena_new((size_t)1 << 30), .actor = &actor_nobody};
    TEST(the_same_paper_is_the_same_bytes);
    TEST(threads_do_not_mix_their_papers);
    TEST(the_months_report_is_one_small_page);
    TEST(many_rows_flow_over_pages);
    TEST(headings_keep_with_their_text_and_heads_repeat);
    TEST(no_text_breaks_a_document);
    TEST(a_text_without_a_space_is_broken_between_letters);
    TEST(empty_blocks_print_nothing);
    TEST(a_text_is_never_a_formula);
    TEST(past_the_limits_is_a_fault);
    TEST(what_no_reader_could_use_is_a_fault);
    TEST(two_sheets_of_one_name_are_a_fault);
    int failed = g_test_run();
    arena_free(ctx.arena);
    return failed;
}
