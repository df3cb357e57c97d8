/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_check.c: a paper's limits, and text that every writer can take. */
#include "paper/paper_check.h"

#include "base/text.h"

#include <glib.h>

typedef struct Check {
    Ctx *ctx;
    size_t bytes, bytes_max; /* of all texts */
    size_t cells, blocks;
} Check;

static bool text_within(Check *c, const char *text, size_t max)
{
    if (!text)
        return true;
    size_t n = strlen(text);
    c->bytes += n;
    if (n > max || c->bytes > c->bytes_max)
        return fault(c->ctx, FAULT_TOO_LARGE, "The document has more text than fits; divide it.");
    if (!text_valid(text, n))
        return fault(c->ctx, FAULT_BROKEN, "a text of the document is no UTF-8");
    return true;
}

static bool url_good(Check *c, const char *url)
{
    if (!url)
        return true;
    if (!text_within(c, url, PAPER_URL_MAX))
        return false;
    if (text_has_control(url) || !(text_starts(url, "https://") || text_starts(url, "http://") ||
                                   text_starts(url, "mailto:")))
        return fault(c->ctx, FAULT_BROKEN, "a document links to %s, which no reader could open",
                     url);
    return true;
}

static bool shorts(Check *c, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!text_within(c, texts[i], PAPER_SHORT_MAX))
            return false;
    return true;
}
#define SHORTS(c, ...) \
    shorts((c), (const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})))

static bool count_within(Check *c, size_t count, size_t max)
{
    if (count > max)
        return fault(c->ctx, FAULT_TOO_LARGE,
                     "The document is larger than a document may be; divide it.");
    return true;
}

static bool line_good(Check *c, const PaperLine *line)
{
    return text_within(c, line->text, PAPER_TEXT_MAX) &&
           text_within(c, line->lead, PAPER_SHORT_MAX) && url_good(c, line->url);
}

static bool lines_good(Check *c, List lines)
{
    const PaperLine *line = lines.items;
    for (size_t i = 0; i < lines.count; i++)
        if (!line_good(c, &line[i]))
            return false;
    return true;
}

static bool cards_good(Check *c, List cards)
{
    const PaperCard *card = cards.items;
    for (size_t i = 0; i < cards.count; i++)
        if (!SHORTS(c, card[i].figure, card[i].label, card[i].small) || !url_good(c, card[i].url))
            return false;
    return true;
}

static bool row_good(Check *c, const PaperRow *row, size_t columns)
{
    const PaperCell *cell = row->cells.items;
    if (row->cells.count > columns)
        return fault(c->ctx, FAULT_BROKEN,
                     "a row of the document has more cells than its table has columns");
    for (size_t i = 0; i < row->cells.count; i++)
        if (!text_within(c, cell[i].text, PAPER_TEXT_MAX) || !url_good(c, cell[i].url))
            return false;
    return true;
}

static bool table_good(Check *c, const PaperTable *table, size_t columns_max, size_t cells_max)
{
    if (!count_within(c, table->columns.count, columns_max) ||
        !count_within(c, table->rows.count, cells_max))
        return false;
    const PaperColumn *column = table->columns.items;
    for (size_t i = 0; i < table->columns.count; i++)
        if (!SHORTS(c, column[i].label))
            return false;
    const PaperRow *row = table->rows.items;
    c->cells += table->columns.count * table->rows.count;
    if (!count_within(c, c->cells, cells_max))
        return false;
    for (size_t i = 0; i < table->rows.count; i++)
        if (!row_good(c, &row[i], table->columns.count))
            return false;
    return SHORTS(c, table->caption, table->empty);
}

static bool bars_good(Check *c, const PaperBars *bars)
{
    const char *const *group = bars->groups.items;
    const PaperSeries *series = bars->series.items;
    if (!bars->alt || !*bars->alt)
        return fault(c->ctx, FAULT_BROKEN, "a chart of the document has no alternative text");
    if (!count_within(c, bars->groups.count, PAPER_BARS_MAX) ||
        !count_within(c, bars->series.count, PAPER_SERIES_MAX) ||
        !shorts(c, group, bars->groups.count))
        return false;
    for (size_t i = 0; i < bars->series.count; i++)
        if (!SHORTS(c, series[i].label) ||
            (series[i].texts && !shorts(c, series[i].texts, bars->groups.count)))
            return false;
    return text_within(c, bars->alt, PAPER_TEXT_MAX) && SHORTS(c, bars->of);
}

static bool signing_good(Check *c, const PaperSigning *signing)
{
    const PaperSignature *s = signing->signatures.items;
    const PaperSeal *seal = &signing->seal;
    if (!count_within(c, signing->signatures.count, PAPER_SIGNATURES_MAX))
        return false;
    for (size_t i = 0; i < signing->signatures.count; i++)
        if (!SHORTS(c, s[i].name, s[i].role, s[i].small))
            return false;
    if (seal->url && (!seal->alt || !*seal->alt))
        return fault(c->ctx, FAULT_BROKEN, "the document's seal has no alternative text");
    return SHORTS(c, seal->caption, seal->code, seal->alt) && url_good(c, seal->url) &&
           count_within(c, seal->url ? strlen(seal->url) : 0, PAPER_QR_MAX);
}

static bool blocks_good(Check *c, List blocks, bool inside);

static bool block_good(Check *c, const PaperBlock *block, bool inside)
{
    switch (block->kind) {
    case PAPER_HEADING: return SHORTS(c, block->heading.text) && url_good(c, block->heading.url);
    case PAPER_TEXT:
    case PAPER_NOTE: return line_good(c, &block->line);
    case PAPER_BULLETS:
    case PAPER_NUMBERS: return lines_good(c, block->lines);
    case PAPER_CARDS: return cards_good(c, block->cards);
    case PAPER_TABLE: return table_good(c, &block->table, PAPER_COLUMNS_MAX, PAPER_CELLS_MAX);
    case PAPER_BARS: return bars_good(c, &block->bars);
    case PAPER_COLUMNS:
        return !inside && blocks_good(c, block->columns.left, true) &&
               blocks_good(c, block->columns.right, true);
    case PAPER_SIGNING: return !inside && signing_good(c, &block->signing);
    case PAPER_BREAK: return !inside;
    case PAPER_KINDS: break;
    }
    return false;
}

static bool blocks_good(Check *c, List blocks, bool inside)
{
    const PaperBlock *block = blocks.items;
    c->blocks += blocks.count;
    if (!count_within(c, c->blocks, PAPER_BLOCKS_MAX))
        return false;
    for (size_t i = 0; i < blocks.count; i++) {
        if (block_good(c, &block[i], inside))
            continue;
        if (!faulted(c->ctx))
            fault(c->ctx, FAULT_BROKEN, "a block of the document stands where its kind may not");
        return false;
    }
    return true;
}

/* Two %d and no other directive: it is a format for printf. */
static bool page_word_good(const char *word)
{
    int found = 0;
    for (const char *p = word; p && (p = strchr(p, '%')); p += 2, found++)
        if (p[1] != 'd')
            return false;
    return !word || found == 2;
}

static bool front_good(Check *c, const Paper *p)
{
    if (!p->title || text_blank(p->title) || !p->language || !*p->language)
        return fault(c->ctx, FAULT_BROKEN, "a document has no title or no language");
    if (!page_word_good(p->page_word))
        return fault(c->ctx, FAULT_BROKEN,
                     "the page word of the document is not of the form %%d, %%d");
    return SHORTS(c, p->title, p->subtitle, p->organisation, p->unit_line, p->folio_word, p->folio,
                  p->version_line) &&
           SHORTS(c, p->language, p->author, p->subject, p->footer, p->page_word, p->draft);
}

bool check_paper(Ctx *ctx, const Paper *paper)
{
    Check c = {.ctx = ctx, .bytes_max = PAPER_TEXTS_MAX};
    return !faulted(ctx) && front_good(&c, paper) && blocks_good(&c, paper->blocks, false);
}

bool check_sheets(Ctx *ctx, const Paper *paper)
{
    Check c = {.ctx = ctx, .bytes_max = PAPER_SHEET_TEXTS_MAX};
    if (faulted(ctx) || !front_good(&c, paper) ||
        !count_within(&c, paper->sheets.count, PAPER_SHEETS_MAX))
        return false;
    if (!paper->sheets.count)
        return fault(ctx, FAULT_BROKEN, "a workbook has no sheet");
    const PaperSheet *sheet = paper->sheets.items;
    for (size_t i = 0; i < paper->sheets.count; i++) {
        const PaperTable *table = sheet[i].tables.items;
        if (!SHORTS(&c, sheet[i].name, sheet[i].title))
            return false;
        for (size_t k = 0; k < sheet[i].tables.count; k++)
            if (!table_good(&c, &table[k], PAPER_SHEET_COLUMNS_MAX, PAPER_SHEET_CELLS_MAX))
                return false;
    }
    return true;
}

static bool is_control(gunichar c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe ||
           (c >= 0xfdd0 && c <= 0xfdef);
}

static bool is_override(gunichar c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

const char *check_clean(Arena *a, const char *text)
{
    if (!text || !*text)
        return NULL;
    char *clean = arena_bytes(a, strlen(text) + 1), *end = clean;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == 0x2028 || c == 0x2029)
            *end++ = '\n';
        else if (is_control(c))
            *end++ = ' ';
        else if (!is_override(c))
            end += g_unichar_to_utf8(c, end);
    }
    while (end > clean && (end[-1] == '\n' || end[-1] == ' '))
        end--;
    *end = 0;
    return *clean ? clean : NULL;
}
