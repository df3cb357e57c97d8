/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_paper.c: the report as a paper: what stands on the sheet, in order; from the report that is given alone. */
#include "base/hash.h"
#include "desks/report/report_paper.h"
#include "paper/paper.h"

enum { BLOCKS_MOST = 40, CARDS_MOST = 4 };

/* ---- parts ---- */
static const char *const card_figures[CARDS_MOST] = {"events_covered", "events_live", "events_photographed", "coverages_on_time"};

/* By the address that was frozen with it: a paper keeps its bytes when the site moves. */
static const char *absolute(Ctx *ctx, const Report *r, const char *path)
{
    return path ? arena_printf(ctx->arena, "%s%s", r->site ? r->site : ctx->city->base_url, path) : NULL;
}

/* What citizens can open once it is published; the desk's list before. */
static const char *records_of(Ctx *ctx, const Report *r, const Figure *f)
{
    return absolute(ctx, r, r->state == REPORT_PUBLISHED || r->state == REPORT_SIGNED ? f->public_records : f->records);
}

static PaperCard card(Ctx *ctx, const Report *r, const Figure *f)
{
    bool of = f->of != NONE;
    return (PaperCard){
        .figure = of && f->value != NONE ? arena_printf(ctx->arena, say(ctx, "%s of %s"), report_value(ctx, f), report_number(ctx->arena, f->of))
                                         : report_value(ctx, f),
        .label = f->label,
        .small = f->goal != NONE ? arena_printf(ctx->arena, say(ctx, "goal %s"), report_amount(ctx, f->form, f->goal))
                                 : of ? report_percent(ctx, f->value, f->of) : NULL,
        .url = records_of(ctx, r, f),
    };
}

static List cards(Ctx *ctx, const Report *r)
{
    PaperCard *all = arena_array(ctx->arena, PaperCard, CARDS_MOST);
    size_t n = 0;
    for (size_t i = 0; i < CARDS_MOST; i++) {
        const Figure *f = report_figure_of(r, card_figures[i]);
        if (f)
            all[n++] = card(ctx, r, f);
    }
    return (List){all, n};
}

/* ---- tables ---- */
static const char *amount_or_dash(Ctx *ctx, const Figure *f, i64 value)
{
    return value == NONE ? "–" : report_amount(ctx, f->form, value);
}

static PaperRow activity(Ctx *ctx, const Report *r, const Figure *f)
{
    const char *label = f->kind == INDICATOR_MANUAL ? arena_printf(ctx->arena, say(ctx, "%s (manual)"), f->label) : f->label;
    PaperCell cells[] = {
        report_cell_text(label),
        report_cell_text(report_unit(ctx, f)),
        report_cell_text(amount_or_dash(ctx, f, f->goal)),
        {.text = report_value(ctx, f), .url = records_of(ctx, r, f)},
        report_cell_text(f->of == NONE ? "–" : report_number(ctx->arena, f->of)),
    };
    return report_paper_row(ctx, cells, COUNT(cells));
}

/* What is zero or unknown and has no goal would only fill the sheet; the workbook and the data have it. */
static bool on_paper(const Figure *f)
{
    return f->goal != NONE || (f->value != NONE && f->value != 0);
}

static PaperTable activities(Ctx *ctx, const Report *r)
{
    const PaperColumn columns[] = {
        {.label = say(ctx, "Activity"), .share = 6, .heads_row = true},
        {.label = say(ctx, "Unit"), .share = 2},
        {.label = say(ctx, "Goal"), .align = PAPER_RIGHT, .share = 1},
        {.label = say(ctx, "Achieved"), .align = PAPER_RIGHT, .share = 2, .strong = true},
        {.label = say(ctx, "Of"), .align = PAPER_RIGHT, .share = 1},
    };
    PaperRow *rows = arena_array(ctx->arena, PaperRow, r->figures.count + 1);
    size_t n = 0;
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++)
        if (on_paper(f))
            rows[n++] = activity(ctx, r, f);
    return (PaperTable){.columns = report_columns(ctx, columns, COUNT(columns)), .rows = {rows, n}};
}

static bool all_on_paper(const Report *r)
{
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++)
        if (!on_paper(f))
            return false;
    return true;
}

/* ---- words ---- */
static List runs(Ctx *ctx, const ReportLine *lines, size_t n)
{
    PaperLine *all = arena_array(ctx->arena, PaperLine, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (PaperLine){.text = lines[i].text};
    return (List){all, n};
}

static size_t add_words(Ctx *ctx, PaperBlock *blocks, size_t n, const char *title, const char *text)
{
    List lines = report_lines(ctx->arena, text);
    const ReportLine *line = lines.items;
    if (lines.count)
        blocks[n++] = (PaperBlock){PAPER_HEADING, .heading = {2, title, NULL}};
    for (size_t i = 0; i < lines.count && n < BLOCKS_MOST;) {
        size_t end = i + 1;
        while (line[i].bullet && end < lines.count && line[end].bullet)
            end++;
        blocks[n++] = line[i].bullet ? (PaperBlock){PAPER_BULLETS, .lines = runs(ctx, line + i, end - i)}
                                     : (PaperBlock){PAPER_TEXT, .line = {.text = line[i].text}};
        i = end;
    }
    return n;
}

/* ---- events by week, as bars ---- */
static PaperBars weeks(Ctx *ctx, const Report *r)
{
    size_t n = (r->days.count + 6) / 7;
    const char **labels = arena_array(ctx->arena, const char *, n + 1);
    i64 *held = arena_array(ctx->arena, i64, n + 1), *covered = arena_array(ctx->arena, i64, n + 1);
    i64 all = 0, done = 0;
    for (size_t i = 0; i < r->days.count; i++) {
        const Tally *day = (const Tally *)r->days.items + i;
        labels[i / 7] = arena_printf(ctx->arena, say(ctx, "Wk. %zu"), i / 7 + 1);
        held[i / 7] += day->events;
        covered[i / 7] += day->covered;
        all += day->events;
        done += day->covered;
    }
    PaperSeries *series = arena_array(ctx->arena, PaperSeries, 2);
    series[0] = (PaperSeries){.label = say(ctx, "Held"), .values = held};
    series[1] = (PaperSeries){.label = say(ctx, "Covered"), .values = covered};
    return (PaperBars){
        .groups = {labels, n}, .series = {series, 2}, .of = say(ctx, "Week"),
        .alt = arena_printf(ctx->arena, say(ctx, "Events of the public agenda and events covered, week by week. Held: %" PRId64 ". Covered: %" PRId64 "."),
                            all, done),
    };
}

/* ---- the whole ---- */
static PaperSigning signing(Ctx *ctx, const Report *r)
{
    PaperSignature *who = arena_array(ctx->arena, PaperSignature, 2);
    who[0] = (PaperSignature){.role = r->area, .small = say(ctx, "Prepared it")};
    who[1] = (PaperSignature){.role = r->signed_as ? r->signed_as : r->office,
                              .small = r->code ? arena_printf(ctx->arena, say(ctx, "Signed electronically on %s"), report_day(ctx, r->signed_at))
                                               : say(ctx, "Not signed yet")};
    PaperSigning s = {.signatures = {who, 2}};
    if (r->code) {
        const char *url = absolute(ctx, r, arena_printf(ctx->arena, "/verificar?codigo=%s", r->code));
        s.seal = (PaperSeal){.caption = say(ctx, "Verify: code"), .code = r->code, .url = url,
                             .alt = arena_printf(ctx->arena, say(ctx, "QR code that opens the verification of the code %s"), r->code)};
    }
    return s;
}

static List blocks_of(Ctx *ctx, const Report *r)
{
    PaperBlock *all = arena_array(ctx->arena, PaperBlock, BLOCKS_MOST + 12);
    PaperBlock *left = arena_array(ctx->arena, PaperBlock, BLOCKS_MOST + 4), *right = arena_array(ctx->arena, PaperBlock, 2);
    size_t n = 0, words = add_words(ctx, left, 0, say(ctx, "What mattered most"), r->highlights);
    right[0] = (PaperBlock){PAPER_HEADING, .heading = {2, say(ctx, "Events by week"), NULL}};
    right[1] = (PaperBlock){PAPER_BARS, .bars = weeks(ctx, r)};
    if (!words) {
        left[words++] = (PaperBlock){PAPER_HEADING, .heading = {2, say(ctx, "Events not covered, and why"), NULL}};
        left[words++] = (PaperBlock){PAPER_TABLE, .table = report_uncovered_table(ctx, r)};
    }
    all[n++] = (PaperBlock){PAPER_CARDS, .cards = cards(ctx, r)};
    all[n++] = (PaperBlock){PAPER_HEADING, .heading = {2, say(ctx, "Activities and goals"), NULL}};
    all[n++] = (PaperBlock){PAPER_TABLE, .table = activities(ctx, r)};
    if (!all_on_paper(r))
        all[n++] = (PaperBlock){PAPER_NOTE, .line = {.text = say(ctx, "Figures at zero or without data are in the workbook and in the open data.")}};
    all[n++] = (PaperBlock){PAPER_COLUMNS, .columns = {{left, words}, {right, 2}}};
    if (r->highlights) {
        all[n++] = (PaperBlock){PAPER_HEADING, .heading = {2, say(ctx, "Events not covered, and why"), NULL}};
        all[n++] = (PaperBlock){PAPER_TABLE, .table = report_uncovered_table(ctx, r)};
    }
    n = add_words(ctx, all, n, say(ctx, "Difficulties"), r->difficulties);
    n = add_words(ctx, all, n, say(ctx, "The month to come"), r->outlook);
    all[n++] = (PaperBlock){PAPER_SIGNING, .signing = signing(ctx, r)};
    return (List){all, n};
}

static const char *subtitle(Ctx *ctx, const Report *r)
{
    int last = clock_wall(ctx->city->zone, r->span.to - 1).day;
    return arena_printf(ctx->arena, say(ctx, "%s · from day 1 to %d"), report_month_label(ctx, r->month), last);
}

static Paper paper_of(Ctx *ctx, const Report *r, bool workbook)
{
    i64 closed = r->signed_at ? r->signed_at : r->computed_at;
    Paper paper = {
        .title = say(ctx, "Monthly report of activities"), .subtitle = subtitle(ctx, r),
        .organisation = arena_printf(ctx->arena, say(ctx, "City government of %s"), r->city),
        .unit_line = arena_printf(ctx->arena, "%s · %s", r->office, r->area),
        .folio_word = say(ctx, "Folio"), .folio = arena_printf(ctx->arena, "INF-%s", r->month),
        .version_line = arena_printf(ctx->arena, say(ctx, "Version %" PRId64 " · %s"), r->version, report_day(ctx, closed)),
        .language = tongue_code(ctx->actor->tongue), .author = r->office,
        .subject = arena_printf(ctx->arena, "%s, %s", r->area, report_month_said(ctx, r->month)),
        .footer = say(ctx, "Made by Vocero from the records of the month; each figure opens its detail in the system."),
        .page_word = say(ctx, "Page %d of %d"), .draft = r->code ? NULL : say(ctx, "DRAFT"),
        .at = closed, .zone = ctx->city->zone,
    };
    if (workbook)
        paper.sheets = report_sheets(ctx, r);
    else
        paper.blocks = blocks_of(ctx, r);
    return paper;
}

/* The paper is in the office's language, whoever asks for it. */
static bool made(Ctx *ctx, const Report *r, bool workbook, bool (*make)(Ctx *, const Paper *, Buf *), Buf *out)
{
    Actor office;
    const Actor *asks = report_as_office(ctx, &office);
    Paper paper = paper_of(ctx, r, workbook);
    bool done = make(ctx, &paper, out);
    ctx->actor = asks;
    return done;
}

bool report_pdf(Ctx *ctx, const Report *report, Buf *out)
{
    return made(ctx, report, false, paper_pdf, out);
}

bool report_docx(Ctx *ctx, const Report *report, Buf *out)
{
    return made(ctx, report, false, paper_docx, out);
}

bool report_xlsx(Ctx *ctx, const Report *report, Buf *out)
{
    return made(ctx, report, true, paper_xlsx, out);
}

List report_files(Ctx *ctx, const Report *report)
{
    static bool (*const makes[])(Ctx *, const Report *, Buf *) = {report_pdf, report_xlsx, report_docx};
    static const char *const suffixes[] = {"pdf", "xlsx", "docx"};
    ReportFile *files = arena_array(ctx->arena, ReportFile, COUNT(makes));
    for (size_t i = 0; i < COUNT(makes); i++) {
        Buf *out = buf_new(ctx->arena, 128 * 1024, REPORT_BYTES_MAX);
        if (!makes[i](ctx, report, out))
            return (List){0};
        files[i] = (ReportFile){report_filename(ctx, report, suffixes[i]), hash_text(ctx->arena, (Bytes){buf_data(out), buf_size(out)})};
    }
    return (List){files, COUNT(makes)};
}
