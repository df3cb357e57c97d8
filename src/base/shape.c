/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* shape.c: a struct, walked by its shape, into JSON and CSV. */
#include "base/shape.h"
#include "base/id.h"

#include <glib.h>
#include <math.h>

#define VALUE(Type, item, field) (*(const Type *)((const char *)(item) + (field)->offset))

/* Each line of a text that is not empty. */
static bool next_line(const char **text, Bytes *line_out)
{
    const char *p = *text;
    if (!p)
        return false;
    p += strspn(p, "\r\n");
    if (!*p)
        return false;
    line_out->data = p;
    line_out->size = strcspn(p, "\r\n");
    *text = p + line_out->size;
    return true;
}

/* ---- JSON ---- */

static void lines_json(JsonOut *j, const char *key, const char *text)
{
    Bytes line;
    json_open(j, key, '[');
    while (next_line(&text, &line)) {
        if (j->need_comma)
            buf_char(j->buf, ',');
        json_escape(j->buf, line.data, line.size);
        j->need_comma = true;
    }
    json_close(j, ']');
}

static void time_json(JsonOut *j, const char *key, const Zone *zone, i64 instant)
{
    char text[CLOCK_RFC3339 + 1];
    if (!instant)
        return;
    clock_write_rfc3339(text, zone, instant);
    json_text(j, key, text);
}

static void id_json(JsonOut *j, const char *key, i64 id)
{
    char text[ID_TEXT + 1];
    if (!id)
        return;
    id_write(text, id);
    json_text(j, key, text);
}

/* An object; when nothing came into it, it is taken back. */
static void part_json(JsonOut *j, const Zone *zone, const Field *f, const void *item)
{
    size_t before = buf_size(j->buf);
    bool comma = j->need_comma;
    shape_json(j, f->name, zone, f->shape, (const char *)item + f->offset);
    size_t after = buf_size(j->buf);
    if (!buf_over(j->buf) && after >= 2 && buf_data(j->buf)[after - 2] == '{') {
        buf_cut(j->buf, before);
        j->need_comma = comma;
    }
}

static void many_json(JsonOut *j, const Zone *zone, const Field *f, const List *list)
{
    json_open(j, f->name, '[');
    for (size_t i = 0; i < list->count; i++)
        shape_json(j, NULL, zone, f->shape, (const char *)list->items + i * f->shape->size);
    json_close(j, ']');
}

static void field_json(JsonOut *j, const Zone *zone, const Field *f, const void *item)
{
    switch (f->kind) {
    case FIELD_ID: id_json(j, f->name, VALUE(i64, item, f)); break;
    case FIELD_INT: json_int(j, f->name, VALUE(i64, item, f)); break;
    case FIELD_REAL: json_real(j, f->name, VALUE(double, item, f)); break;
    case FIELD_BOOL: json_bool(j, f->name, VALUE(bool, item, f)); break;
    case FIELD_TEXT: json_text(j, f->name, VALUE(char *, item, f)); break;
    case FIELD_LINES: lines_json(j, f->name, VALUE(char *, item, f)); break;
    case FIELD_TIME: time_json(j, f->name, zone, VALUE(i64, item, f)); break;
    case FIELD_WORD: json_text(j, f->name, word_name(f->words, VALUE(int, item, f))); break;
    case FIELD_PART: part_json(j, zone, f, item); break;
    case FIELD_MANY: many_json(j, zone, f, &VALUE(List, item, f)); break;
    }
}

void shape_json(JsonOut *j, const char *key, const Zone *zone, const Shape *shape, const void *item)
{
    json_open(j, key, '{');
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].hidden)
            field_json(j, zone, &shape->fields[i], item);
    json_close(j, '}');
}

/* ---- CSV ---- */

typedef struct CsvRow {
    Buf *out;
    const Zone *zone;
    bool started;
} CsvRow;

static void comma(CsvRow *row)
{
    if (row->started)
        buf_char(row->out, ',');
    row->started = true;
}

static bool in_csv(const Field *f)
{
    return !f->hidden && f->kind != FIELD_MANY;
}

typedef struct Prefix {
    const struct Prefix *outer;
    const char *name;
} Prefix;

static void prefix_text(Buf *out, const Prefix *p)
{
    if (!p)
        return;
    prefix_text(out, p->outer);
    buf_text(out, p->name);
    buf_char(out, '_');
}

static void head(CsvRow *row, const Shape *shape, const Prefix *outer)
{
    for (size_t i = 0; i < shape->count; i++) {
        const Field *f = &shape->fields[i];
        if (!in_csv(f))
            continue;
        if (f->kind == FIELD_PART) {
            head(row, f->shape, &(Prefix){.outer = outer, .name = f->name});
            continue;
        }
        comma(row);
        prefix_text(row->out, outer);
        buf_text(row->out, f->name);
    }
}

void shape_csv_head(Buf *out, const Shape *shape)
{
    CsvRow row = {.out = out};
    head(&row, shape, NULL);
    buf_text(out, "\r\n");
}

/* Spreadsheets would read these first characters as a formula (OWASP, "CSV Injection"). */
static bool is_formula(Bytes text)
{
    return text.size && memchr("=+-@\t\r", text.data[0], 6);
}

static void csv_text(Buf *out, Bytes text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.size && !quoted; i++)
        quoted = memchr("\",\r\n", text.data[i], 4) != NULL;
    if (quoted)
        buf_char(out, '"');
    if (is_formula(text))
        buf_char(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            buf_char(out, '"');
        buf_char(out, text.data[i]);
    }
    if (quoted)
        buf_char(out, '"');
}

static void csv_lines(Buf *out, const char *text)
{
    GString *joined = g_string_new(NULL);
    Bytes line;
    while (next_line(&text, &line)) {
        if (joined->len)
            g_string_append(joined, "; ");
        g_string_append_len(joined, line.data, (gssize)line.size);
    }
    csv_text(out, (Bytes){joined->str, joined->len});
    g_string_free(joined, TRUE);
}

static void csv_time(CsvRow *row, i64 instant)
{
    char text[CLOCK_RFC3339 + 1];
    if (!instant)
        return;
    clock_write_rfc3339(text, row->zone, instant);
    buf_text(row->out, text);
}

static void csv_id(Buf *out, i64 id)
{
    char text[ID_TEXT + 1];
    if (!id)
        return;
    id_write(text, id);
    buf_text(out, text);
}

/* As JSON writes it: one spelling of numbers for both. */
static void csv_real(Buf *out, double value)
{
    JsonOut j = json_out(out);
    if (isfinite(value))
        json_real(&j, NULL, value);
}

static void csv_value(CsvRow *row, const Field *f, const void *item)
{
    Buf *out = row->out;
    switch (f->kind) {
    case FIELD_ID: csv_id(out, VALUE(i64, item, f)); break;
    case FIELD_INT:
        if (VALUE(i64, item, f) != NONE)
            buf_int(out, VALUE(i64, item, f));
        break;
    case FIELD_REAL: csv_real(out, VALUE(double, item, f)); break;
    case FIELD_BOOL: buf_text(out, VALUE(bool, item, f) ? "true" : "false"); break;
    case FIELD_TEXT: {
        const char *text = VALUE(char *, item, f);
        csv_text(out, (Bytes){text, text ? strlen(text) : 0});
        break;
    }
    case FIELD_LINES: csv_lines(out, VALUE(char *, item, f)); break;
    case FIELD_TIME: csv_time(row, VALUE(i64, item, f)); break;
    case FIELD_WORD: buf_text(out, word_name(f->words, VALUE(int, item, f))); break;
    case FIELD_PART:
    case FIELD_MANY: break;
    }
}

static void cells(CsvRow *row, const Shape *shape, const void *item)
{
    for (size_t i = 0; i < shape->count; i++) {
        const Field *f = &shape->fields[i];
        if (!in_csv(f))
            continue;
        if (f->kind == FIELD_PART) {
            cells(row, f->shape, (const char *)item + f->offset);
            continue;
        }
        comma(row);
        csv_value(row, f, item);
    }
}

void shape_csv_row(Buf *out, const Zone *zone, const Shape *shape, const void *item)
{
    CsvRow row = {.out = out, .zone = zone};
    cells(&row, shape, item);
    buf_text(out, "\r\n");
}
