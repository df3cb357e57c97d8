/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_data.c: a list or a record for programs (JSON) and for spreadsheets (CSV, RFC 4180).
 *
 * A table is whole: who does not ask for a part of a list gets all of it, page after page out of one snapshot, or is told
 * that it is too long; it never ends in the middle without a word. */
#include "web/exchange_room.h"

enum { ROWS_MAX = 10000 };
#define ROWS_AT_ONCE "200"

/* The address as it was asked for, with another place to go on from. */
static const char *next_address(const Exchange *ex, const char *cursor)
{
    const Form *form = ex->request.form;
    Buf *out = buf_new(ex->ctx.arena, 256, ADDRESS_MAX + 4 * QUERY_MAX);
    buf_text(out, ex->target);
    buf_char(out, '?');
    for (size_t i = 0; i < form->query.count; i++) {
        const Pair *pair = &form->query.items[i];
        if (!strcmp(pair->name, "after"))
            continue;
        address_encode(out, pair->name, "");
        buf_char(out, '=');
        address_encode(out, pair->value, "");
        buf_char(out, '&');
    }
    buf_text(out, "after=");
    address_encode(out, cursor, "");
    return buf_data(out);
}

static void add_next(Exchange *ex)
{
    const Page *page = &ex->page;
    if (page->is_list && page->next)
        exchange_add_header(ex, "Link", arena_printf(ex->ctx.arena, "<%s>; rel=\"next\"", next_address(ex, page->next)));
}

static void write_list(Exchange *ex, JsonOut *j)
{
    const Page *page = &ex->page;
    json_open(j, NULL, '{');
    json_open(j, "items", '[');
    for (size_t i = 0; i < page->items.count; i++)
        shape_json(j, NULL, ex->ctx.city->zone, page->shape, page_item(page, i));
    json_close(j, ']');
    json_int(j, "total", page->total);
    json_text(j, "next", page->next ? next_address(ex, page->next) : NULL);
    json_close(j, '}');
}

/* What was done, for a program that changed something which is no record. */
static void write_done(Exchange *ex, JsonOut *j)
{
    json_open(j, NULL, '{');
    json_text(j, "message", ex->page.notice);
    json_text(j, "address", ex->page.redirect.s);
    json_close(j, '}');
}

void respond_json(Exchange *ex, int status)
{
    const Page *page = &ex->page;
    Buf *out = buf_new(ex->ctx.arena, 4096, DATA_MAX);
    JsonOut j = json_out(out);
    if (page_has_data(page) && page->is_list)
        write_list(ex, &j);
    else if (page_has_data(page))
        shape_json(&j, NULL, ex->ctx.city->zone, page->shape, page->item);
    else if (method_writes(ex->request.method))
        write_done(ex, &j);
    else {
        Own *own = ex->own;
        own->refused_status = 406;
        fault(&ex->ctx, FAULT_UNSUPPORTED, "this page is not to be had as data");
        return;
    }
    buf_char(out, '\n');
    add_next(ex);
    respond_buf(ex, status, format_types[FORMAT_JSON], out);
}

/* ---- tables ---- */

static void add_rows(const Exchange *ex, Buf *out)
{
    const Page *page = &ex->page;
    if (!page->is_list)
        shape_csv_row(out, ex->ctx.city->zone, page->shape, page->item);
    for (size_t i = 0; page->is_list && i < page->items.count; i++)
        shape_csv_row(out, ex->ctx.city->zone, page->shape, page_item(page, i));
}

static bool is_part(const Exchange *ex)
{
    const Request *req = &ex->request;
    return query_text(req, "limit") || query_text(req, "after");
}

static bool too_long(Exchange *ex, i64 rows)
{
    bool is_known = ex->page.total != NONE && ex->page.total > rows;
    return (is_known ? ex->page.total : rows) > ROWS_MAX &&
           !fault(&ex->ctx, FAULT_TOO_LARGE, "this table has more than %d rows: filter it, or ask for parts with limit and after", ROWS_MAX);
}

/* Asks the page again behind its last row while there is more. */
static void add_the_rest(Exchange *ex, Buf *out)
{
    i64 rows = (i64)ex->page.items.count;
    form_set_query(ex->request.form, "limit", ROWS_AT_ONCE);
    while (ex->page.next && !too_long(ex, rows)) {
        form_set_query(ex->request.form, "after", ex->page.next);
        page_draw(ex);
        if (faulted(&ex->ctx))
            return;
        add_rows(ex, out);
        rows += (i64)ex->page.items.count;
    }
}

static const char *filename_of(const Exchange *ex)
{
    const char *slash = strrchr(ex->request.path, '/');
    const char *last = slash && slash[1] ? slash + 1 : "vocero";
    return ex->page.filename ? ex->page.filename : arena_printf(ex->ctx.arena, "%s.csv", last);
}

void respond_table(Exchange *ex)
{
    Buf *out = buf_new(ex->ctx.arena, 16 * 1024, DATA_MAX);
    if (!page_has_data(&ex->page)) {
        fault(&ex->ctx, FAULT_UNSUPPORTED, "this page is not to be had as data");
        return;
    }
    shape_csv_head(out, ex->page.shape);
    add_rows(ex, out);
    if (is_part(ex))
        add_next(ex);
    else if (ex->page.is_list)
        add_the_rest(ex, out);
    respond_named(ex, "attachment", filename_of(ex));
    respond_buf(ex, 200, format_types[FORMAT_CSV], out);
}
