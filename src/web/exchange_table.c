/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_table.c: a list or a record as a table (CSV, RFC 4180).
 *
 * A table is whole: who does not ask for a part of a list gets all of it, page after page out of one snapshot, or is told
 * that it is too long; it never ends in the middle without a word. */
#include "base/text.h"
#include "web/exchange_room.h"

enum { ROWS_MAX = 10000 };
#define ROWS_AT_ONCE "200"

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
        exchange_draw(ex);
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
        respond_next(ex);
    else if (ex->page.is_list)
        add_the_rest(ex, out);
    respond_as_file(ex, filename_of(ex));
    respond_buf(ex, 200, format_types[FORMAT_CSV], out);
}
