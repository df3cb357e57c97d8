/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_contact_import.c: contacts out of a table that another program made (CSV, RFC 4180; semicolons and tabs too). */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"

enum { CELLS_MOST = 32 };

static const Field row_fields[] = {
    FIELD_INT(ContactRow, line), FIELD_TEXT(ContactRow, what), FIELD_TEXT(ContactRow, why), FIELD_TEXT(ContactRow, name),
    FIELD_TEXT(ContactRow, outlet), FIELD_WORD(ContactRow, outlet_kind, press_outlet_words), FIELD_TEXT(ContactRow, mail),
    FIELD_TEXT(ContactRow, phone), FIELD_LINES(ContactRow, beats), FIELD_TEXT(ContactRow, consent),
};
const Shape press_contact_row_shape = SHAPE("media_contact_row", ContactRow, row_fields);

static const Field import_fields[] = {
    FIELD_INT(ContactImport, added), FIELD_INT(ContactImport, known), FIELD_INT(ContactImport, wrong), FIELD_BOOL(ContactImport, done),
    FIELD_MANY(ContactImport, rows, &press_contact_row_shape),
};
const Shape press_contact_import_shape = SHAPE("media_contact_import", ContactImport, import_fields);

/* ---- the table ---- */

typedef struct Table {
    Arena *arena;
    const char *at, *end;
    char comma;
    i64 line;
    const char *cells[CELLS_MOST];
    size_t count;
    bool open; /* a quote that nobody closed */
} Table;

/* What the first line uses most. */
static char comma_of(const char *at, const char *end)
{
    static const char marks[] = ",;\t";
    size_t best = 0, found[3] = {0};
    for (; at < end && *at != '\n'; at++)
        for (size_t i = 0; i < 3; i++)
            found[i] += *at == marks[i];
    for (size_t i = 1; i < 3; i++)
        best = found[i] > found[best] ? i : best;
    return marks[best];
}

static void quoted(Table *t, Buf *cell)
{
    for (t->at++; t->at < t->end; t->at++) {
        if (*t->at == '"' && t->at + 1 < t->end && t->at[1] == '"')
            t->at++;
        else if (*t->at == '"') {
            t->at++;
            return;
        }
        t->line += *t->at == '\n';
        buf_char(cell, *t->at);
    }
    t->open = true;
}

/* A spreadsheet's guard against formulas: our own CSV puts it there. */
static const char *unguarded(const char *cell)
{
    return cell[0] == '\'' && cell[1] && strchr("=+-@\t\r", cell[1]) ? cell + 1 : cell;
}

static const char *next_cell(Table *t)
{
    Buf *cell = buf_new(t->arena, 64, MEDIA_CSV_MAX);
    while (t->at < t->end && *t->at != t->comma && *t->at != '\n') {
        if (*t->at == '"' && !buf_size(cell))
            quoted(t, cell);
        else
            buf_char(cell, *t->at++);
    }
    const char *text = text_trim(t->arena, buf_size(cell) ? buf_data(cell) : "");
    return *text ? unguarded(text) : NULL;
}

/* False at the end. Empty lines are no rows. */
static bool next_row(Table *t)
{
    while (t->at < t->end) {
        bool any = false;
        t->line++;
        t->count = 0;
        for (;;) {
            const char *cell = next_cell(t);
            any |= cell != NULL;
            if (t->count < CELLS_MOST)
                t->cells[t->count++] = cell;
            if (t->at >= t->end || *t->at++ == '\n')
                break;
        }
        if (any)
            return true;
    }
    return false;
}

/* ---- which column is which ---- */

typedef enum { COLUMN_NAME, COLUMN_OUTLET, COLUMN_KIND, COLUMN_MAIL, COLUMN_PHONE, COLUMN_BEATS, COLUMN_CONSENT, COLUMN_COUNT } Column;

/* As our own CSV calls them, and as people do. */
static const struct {
    const char *called;
    Column column;
} column_names[] = {
    {"name", COLUMN_NAME},         {"nombre", COLUMN_NAME},       {"outlet", COLUMN_OUTLET},      {"medio", COLUMN_OUTLET},
    {"outlet_kind", COLUMN_KIND},  {"kind", COLUMN_KIND},         {"tipo", COLUMN_KIND},          {"mail", COLUMN_MAIL},
    {"email", COLUMN_MAIL},        {"e-mail", COLUMN_MAIL},       {"correo", COLUMN_MAIL},        {"correo electronico", COLUMN_MAIL},
    {"phone", COLUMN_PHONE},       {"telefono", COLUMN_PHONE},    {"celular", COLUMN_PHONE},      {"beats", COLUMN_BEATS},
    {"temas", COLUMN_BEATS},       {"fuente", COLUMN_BEATS},      {"fuentes", COLUMN_BEATS},      {"consent_how", COLUMN_CONSENT},
    {"consentimiento", COLUMN_CONSENT},
};

typedef struct Columns {
    size_t at[COLUMN_COUNT]; /* SIZE_MAX: not there */
} Columns;

static Columns columns_of(Table *t)
{
    Columns c;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        c.at[i] = SIZE_MAX;
    for (size_t cell = 0; cell < t->count; cell++) {
        const char *called = t->cells[cell] ? text_fold(t->arena, t->cells[cell]) : "";
        for (size_t i = 0; i < COUNT(column_names); i++)
            if (text_same(column_names[i].called, called) && c.at[column_names[i].column] == SIZE_MAX)
                c.at[column_names[i].column] = cell;
    }
    return c;
}

static const char *cell_of(const Table *t, const Columns *c, Column column)
{
    return c->at[column] < t->count ? t->cells[c->at[column]] : NULL;
}

/* ---- one row ---- */

/* As data calls it, as the reader's screen does, or in English. */
static OutletKind kind_of(Ctx *ctx, const char *word)
{
    const char *folded = word ? text_fold(ctx->arena, word) : "";
    for (int k = 0; word && press_outlet_words[k].name; k++)
        if (text_same(press_outlet_words[k].name, folded) || text_same(text_fold(ctx->arena, press_outlet_words[k].label), folded) ||
            text_same(text_fold(ctx->arena, say_word(ctx, press_outlet_words, k)), folded))
            return (OutletKind)k;
    return OUTLET_OTHER;
}

/* One a line, however they were joined. */
static const char *beats_of(Ctx *ctx, const char *text)
{
    Buf *out = buf_new(ctx->arena, 64, 8192);
    for (const char *c = text ? text : ""; *c; c++)
        buf_char(out, strchr(";,\n", *c) ? '\n' : *c);
    List lines = text_split(ctx->arena, buf_size(out) ? buf_data(out) : "", '\n');
    Buf *beats = buf_new(ctx->arena, 64, 8192);
    for (size_t i = 0; i < lines.count; i++) {
        const char *line = text_trim(ctx->arena, ((const char *const *)lines.items)[i]);
        if (*line)
            buf_printf(beats, "%s%s", buf_size(beats) ? "\n" : "", line);
    }
    return buf_size(beats) ? buf_data(beats) : NULL;
}

static ContactDraft draft_of(const ContactRow *row)
{
    return (ContactDraft){.name = row->name, .outlet = row->outlet, .outlet_kind = row->outlet_kind, .mail = row->mail, .phone = row->phone,
                          .beats = row->beats, .consent_how = row->consent};
}

/* The same address twice in the file: the first one is it. */
static bool seen_before(const ContactRow *rows, size_t n, const char *mail)
{
    for (size_t i = 0; mail && i < n; i++)
        if (text_same(rows[i].mail, mail) && !text_same(rows[i].what, "wrong"))
            return true;
    return false;
}

static ContactRow judged(Ctx *ctx, const Table *t, const Columns *c, const ContactRow *before, size_t n)
{
    const char *mail = cell_of(t, c, COLUMN_MAIL);
    ContactRow row = {
        .line = t->line, .what = "new", .name = cell_of(t, c, COLUMN_NAME), .outlet = cell_of(t, c, COLUMN_OUTLET),
        .outlet_kind = kind_of(ctx, cell_of(t, c, COLUMN_KIND)), .mail = mail ? text_lower(ctx->arena, mail) : NULL,
        .phone = cell_of(t, c, COLUMN_PHONE), .beats = beats_of(ctx, cell_of(t, c, COLUMN_BEATS)),
        .consent = cell_of(t, c, COLUMN_CONSENT),
    };
    ContactDraft draft = draft_of(&row);
    if (!press_contact_check(ctx, &draft)) {
        row.what = "wrong";
        row.why = fault_take(ctx).what;
    } else if (seen_before(before, n, row.mail) || press_contact_by_mail(ctx, row.mail)) {
        row.what = "known";
    }
    return row;
}

static void count(ContactImport *import, const ContactRow *row)
{
    import->added += text_same(row->what, "new");
    import->known += text_same(row->what, "known");
    import->wrong += text_same(row->what, "wrong");
}

static bool open_table(Ctx *ctx, Table *t, Columns *columns, const char *csv, size_t size)
{
    if (size > MEDIA_CSV_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "The table is larger than %d KB: bring it in parts.", MEDIA_CSV_MAX / 1024);
    if (!text_valid(csv, size))
        return fault_field(ctx, "text", "This is no text in UTF-8: save the table as \"CSV UTF-8\".");
    size_t skip = size >= 3 && !memcmp(csv, "\xef\xbb\xbf", 3) ? 3 : 0;
    *t = (Table){.arena = ctx->arena, .at = csv + skip, .end = csv + size, .comma = comma_of(csv + skip, csv + size)};
    if (!next_row(t))
        return fault_field(ctx, "text", "The table is empty: put the column names into its first line, and one contact into each other.");
    *columns = columns_of(t);
    if (columns->at[COLUMN_NAME] == SIZE_MAX)
        return fault_field(ctx, "text", "The first line names the columns; one of them must be \"name\" or \"nombre\".");
    return true;
}

bool press_contacts_read(Ctx *ctx, const char *csv, size_t size, ContactImport *out)
{
    Table t;
    Columns columns = {0};
    if (!people_may(ctx, RIGHT_PRESS_MEDIA) || !open_table(ctx, &t, &columns, csv, size))
        return false;
    ContactRow *rows = arena_array(ctx->arena, ContactRow, MEDIA_ROWS_MOST);
    size_t n = 0;
    *out = (ContactImport){0};
    while (next_row(&t) && !faulted(ctx)) {
        if (n == MEDIA_ROWS_MOST)
            return fault_field(ctx, "text", "The table has more than %d rows: bring it in parts.", MEDIA_ROWS_MOST);
        rows[n] = judged(ctx, &t, &columns, rows, n);
        count(out, &rows[n++]);
    }
    if (t.open)
        return fault_field(ctx, "text", "A quotation mark is opened and never closed.");
    out->rows = (List){rows, n};
    return !faulted(ctx);
}

bool press_contacts_import(Ctx *ctx, const char *csv, size_t size, ContactImport *out)
{
    if (!press_contacts_read(ctx, csv, size, out))
        return false;
    if (out->wrong)
        return fault_field(ctx, "text", "%d rows are wrong; nothing was written. Mend them and bring the table again.", (int)out->wrong);
    for (const ContactRow *row = out->rows.items, *end = row + out->rows.count; row < end; row++) {
        ContactDraft draft = draft_of(row);
        i64 id;
        if (text_same(row->what, "new") && !press_contact_add(ctx, &draft, &id))
            return false;
    }
    out->done = true;
    return !out->added || journal_detail(ctx, "press_contact", 0, "imported", arena_printf(ctx->arena, "%" PRId64, out->added));
}
