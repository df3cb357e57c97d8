/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_xlsx.c: a paper's sheets as XLSX, through libxlsxwriter.
 *
 * Every text is written as a string, so that one which begins with = or + is never a formula.  The library writes
 * to a path: a file in memory. */
#include "paper/paper.h"
#include "paper/paper_check.h"

#include <glib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

const char paper_xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

enum {
    NAME_MAX_CHARACTERS = 31,
    WIDTH_MIN = 8,
    WIDTH_MAX = 64,
    COLOUR_PETROL = 0x12505E,
    ARENA_MAX = 64 * 1024 * 1024
};

typedef struct Book {
    Arena *arena;
    const Paper *paper;
    lxw_workbook *workbook;
    lxw_format *title, *caption, *head[3];
    lxw_format *cells[PAPER_CELL_MOMENT + 1][3][2]
                     [2]; /* by kind, alignment, strong, link; made when first used */
} Book;

typedef struct Place {
    lxw_worksheet *sheet;
    lxw_row_t row;
    int widths[PAPER_SHEET_COLUMNS_MAX];
} Place;

static const uint8_t alignments[] = {
    [PAPER_LEFT] = LXW_ALIGN_LEFT,
    [PAPER_RIGHT] = LXW_ALIGN_RIGHT,
    [PAPER_CENTRE] = LXW_ALIGN_CENTER,
};

static void make_formats(Book *b)
{
    b->title = workbook_add_format(b->workbook);
    format_set_bold(b->title);
    format_set_font_size(b->title, 14);
    b->caption = workbook_add_format(b->workbook);
    format_set_bold(b->caption);
    for (size_t i = 0; i < COUNT(b->head); i++) {
        b->head[i] = workbook_add_format(b->workbook);
        format_set_bold(b->head[i]);
        format_set_font_color(b->head[i], LXW_COLOR_WHITE);
        format_set_bg_color(b->head[i], COLOUR_PETROL);
        format_set_align(b->head[i], alignments[i]);
        format_set_text_wrap(b->head[i]);
    }
}

static lxw_format *new_format(Book *b, PaperCellKind kind, PaperAlign align, bool strong, bool link)
{
    static const char *const numbers[] = {
        [PAPER_CELL_NUMBER] = "#,##0",
        [PAPER_CELL_DECIMAL] = "#,##0.0",
        [PAPER_CELL_PERCENT] = "0 %",
        [PAPER_CELL_DATE] = "dd/mm/yyyy",
        [PAPER_CELL_MOMENT] = "dd/mm/yyyy hh:mm",
    };
    lxw_format *format = workbook_add_format(b->workbook);
    format_set_align(format, alignments[align]);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (numbers[kind])
        format_set_num_format(format, numbers[kind]);
    else
        format_set_text_wrap(format);
    if (strong)
        format_set_bold(format);
    if (link) {
        format_set_font_color(format, COLOUR_PETROL);
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    }
    return format;
}

static lxw_format *cell_format(Book *b, PaperCellKind kind, PaperAlign align, bool strong,
                               bool link)
{
    lxw_format **made = &b->cells[kind][align][strong][link];
    if (!*made)
        *made = new_format(b, kind, align, strong, link);
    return *made;
}

static void widen(Place *at, size_t column, const char *text)
{
    int wide = text ? (int)g_utf8_strlen(text, -1) + 2 : 0;
    if (wide > at->widths[column])
        at->widths[column] = wide > WIDTH_MAX ? WIDTH_MAX : wide;
}

static lxw_datetime datetime_of(const Zone *zone, i64 at)
{
    Wall w = clock_wall(zone, at);
    return (lxw_datetime){w.year, w.month, w.day, w.hour, w.minute, w.second};
}

/* The address first: the cell's own value then stands over the text that the library gives it. */
static void write_cell(Book *b, Place *at, lxw_col_t column, const PaperCell *cell,
                       const PaperColumn *of, bool total)
{
    const char *text = check_clean(b->arena, cell->text);
    bool valued = cell->kind != PAPER_CELL_TEXT;
    lxw_format *format =
        cell_format(b, cell->kind, of->align, of->strong || total, cell->url && (text || valued));
    if (cell->url && (text || valued))
        worksheet_write_url_opt(at->sheet, at->row, column, cell->url, format,
                                text ? text : cell->url, NULL);
    if (cell->kind == PAPER_CELL_DATE || cell->kind == PAPER_CELL_MOMENT) {
        lxw_datetime when = datetime_of(b->paper->zone, cell->at);
        if (cell->kind == PAPER_CELL_DATE)
            when.hour = when.min = 0, when.sec = 0;
        worksheet_write_datetime(at->sheet, at->row, column, &when, format);
    } else if (valued) {
        worksheet_write_number(at->sheet, at->row, column, cell->number, format);
    } else if (text) {
        worksheet_write_string(at->sheet, at->row, column, text, format);
    }
    widen(at, column,
          cell->kind == PAPER_CELL_MOMENT ? "dd/mm/yyyy hh:mm"
          : cell->kind == PAPER_CELL_DATE ? "dd/mm/yyyy"
                                          : text);
}

static void write_head(Book *b, Place *at, const PaperTable *table)
{
    const PaperColumn *columns = table->columns.items;
    for (size_t i = 0; i < table->columns.count; i++) {
        const char *label = check_clean(b->arena, columns[i].label);
        worksheet_write_string(at->sheet, at->row, (lxw_col_t)i, label ? label : "",
                               b->head[columns[i].align]);
        widen(at, i, label);
    }
    at->row++;
}

static void write_table(Book *b, Place *at, const PaperTable *table)
{
    const PaperColumn *columns = table->columns.items;
    const PaperRow *rows = table->rows.items;
    const char *caption = check_clean(b->arena, table->caption),
               *empty = check_clean(b->arena, table->empty);
    if (caption)
        worksheet_write_string(at->sheet, at->row++, 0, caption, b->caption);
    write_head(b, at, table);
    for (size_t i = 0; i < table->rows.count; i++, at->row++) {
        const PaperCell *cells = rows[i].cells.items;
        for (size_t k = 0; k < rows[i].cells.count; k++)
            write_cell(b, at, (lxw_col_t)k, &cells[k], &columns[k], rows[i].total);
    }
    if (!table->rows.count && empty)
        worksheet_write_string(at->sheet, at->row++, 0, empty, NULL);
    at->row++;
}

/* Excel's rules for a tab's name; a quote may not begin or end it. */
static const char *tab_name(Arena *a, const char *name)
{
    const char *clean = check_clean(a, name);
    if (!clean)
        return NULL;
    const char *end = g_utf8_strlen(clean, -1) > NAME_MAX_CHARACTERS
                          ? g_utf8_offset_to_pointer(clean, NAME_MAX_CHARACTERS)
                          : clean + strlen(clean);
    char *cut = arena_copy(a, clean, (size_t)(end - clean));
    for (char *p = cut; *p; p++)
        if (strchr("[]:*?/\\\n", *p) || (*p == '\'' && (p == cut || !p[1])))
            *p = ' ';
    return cut;
}

static bool write_sheet(Ctx *ctx, Book *b, const PaperSheet *sheet)
{
    const char *name = tab_name(b->arena, sheet->name);
    bool good = name && workbook_validate_sheet_name(b->workbook, name) == LXW_NO_ERROR;
    Place at = {.sheet = good ? workbook_add_worksheet(b->workbook, name) : NULL};
    if (!at.sheet)
        return fault(ctx, FAULT_BROKEN, "a sheet of a workbook has no name of its own: %s",
                     name ? name : "");
    const char *title = check_clean(b->arena, sheet->title);
    if (title) {
        worksheet_write_string(at.sheet, 0, 0, title, b->title);
        at.row = 2;
    }
    const PaperTable *tables = sheet->tables.items;
    if (sheet->tables.count) {
        lxw_row_t head = at.row + (check_clean(b->arena, tables[0].caption) != NULL);
        worksheet_freeze_panes(at.sheet, head + 1, 0);
        worksheet_repeat_rows(at.sheet, head, head);
    }
    for (size_t i = 0; i < sheet->tables.count; i++)
        write_table(b, &at, &tables[i]);
    for (size_t i = 0; i < COUNT(at.widths); i++)
        if (at.widths[i])
            worksheet_set_column(at.sheet, (lxw_col_t)i, (lxw_col_t)i,
                                 at.widths[i] < WIDTH_MIN ? WIDTH_MIN : at.widths[i], NULL);
    worksheet_set_paper(at.sheet, 1); /* Letter */
    worksheet_fit_to_pages(at.sheet, 1, 0);
    return true;
}

static bool write_book(Ctx *ctx, Book *b)
{
    const Paper *p = b->paper;
    lxw_doc_properties properties = {
        .title = (char *)check_clean(b->arena, p->title),
        .subject = (char *)check_clean(b->arena, p->subject),
        .author = (char *)check_clean(b->arena, p->author),
        .company = (char *)check_clean(b->arena, p->organisation),
        .created = (time_t)(p->at / CLOCK_SECOND),
    };
    workbook_set_properties(b->workbook, &properties);
    make_formats(b);
    const PaperSheet *sheets = p->sheets.items;
    for (size_t i = 0; i < p->sheets.count; i++)
        if (!write_sheet(ctx, b, &sheets[i]))
            return false;
    return true;
}

/* What the library wrote, out of the file in memory. */
static bool read_back(int fd, Buf *out)
{
    struct stat about;
    if (fstat(fd, &about) || about.st_size <= 0)
        return false;
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    buf_add(out, bytes, (size_t)about.st_size);
    munmap(bytes, (size_t)about.st_size);
    return !buf_over(out);
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

bool paper_xlsx(Ctx *ctx, const Paper *paper, Buf *out)
{
    if (!check_sheets(ctx, paper))
        return false;
    int fd CLEANUP(close_fd)
    = memfd_create("vocero-xlsx", MFD_CLOEXEC);
    if (fd < 0)
        return fault(ctx, FAULT_BROKEN, "no file in memory for a workbook");
    Arena *arena CLEANUP(arena_drop)
    = arena_new(ARENA_MAX);
    const char *path = arena_printf(arena, "/proc/self/fd/%d", fd);
    Book b = {.arena = arena, .paper = paper, .workbook = workbook_new(path)};
    bool good = write_book(ctx, &b);
    lxw_error error = workbook_close(b.workbook);
    if (good && error)
        return fault(ctx, FAULT_BROKEN, "the workbook was not written: %s", lxw_strerror(error));
    if (good && !read_back(fd, out))
        return fault(ctx, FAULT_TOO_LARGE,
                     "The document is larger than a document may be; divide it.");
    return good;
}
