/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* page.c: what a handler leaves behind for the exchange. */
#include "web/page.h"
#include "web/site.h"

const char *const method_names[] = {
    [GET] = "GET", [POST] = "POST", [PATCH] = "PATCH", [DELETE] = "DELETE", [HEAD] = "HEAD", [OPTIONS] = "OPTIONS",
};

const Word format_words[] = {
    [FORMAT_HTML] = {"html", N_("Page")},
    [FORMAT_JSON] = {"json", N_("Data (JSON)")},
    [FORMAT_CSV] = {"csv", N_("Table (CSV)")},
    [FORMAT_ATOM] = {"atom", N_("Feed (Atom)")},
    [FORMAT_ICS] = {"ics", N_("Calendar (ICS)")},
    [FORMAT_TEXT] = {"txt", N_("Text")},
    [FORMAT_NINJS] = {"ninjs", N_("Exchange with newsrooms (ninjs)")},
    [FORMAT_PDF] = {"pdf", N_("Document (PDF)")},
    [FORMAT_XLSX] = {"xlsx", N_("Spreadsheet (XLSX)")},
    [FORMAT_DOCX] = {"docx", N_("Text document (DOCX)")},
    [FORMAT_RSS] = {"rss", N_("Feed (RSS)")},
    [FORMAT_CAP] = {"cap", N_("Alert (CAP)")},
    [FORMAT_STREAM] = {"stream", N_("Live")},
    {0},
};

void page_one(Page *page, const Shape *shape, const void *item)
{
    page->shape = shape;
    page->item = item;
    page->is_list = false;
}

void page_list(Page *page, const Shape *shape, List items, i64 total, const char *next)
{
    page->shape = shape;
    page->items = items;
    page->total = total;
    page->next = next;
    page->is_list = true;
}

bool page_has_data(const Page *page)
{
    return page->shape && (page->is_list || page->item);
}

const void *page_item(const Page *page, size_t i)
{
    return (const char *)page->items.items + i * page->shape->size;
}

void page_bytes(Page *page, const char *type, const char *filename, Buf *bytes)
{
    page->type = type;
    page->filename = filename;
    page->bytes = bytes;
}

/* ---- files ---- */

bool page_file(Ctx *ctx, const Request *req, Page *page, const char *sha256, const char *type,
               const char *filename)
{
    page->type = type;
    page->filename = filename;
    page->tag = sha256;
    return vault_map(ctx, req->site->vault, sha256, &page->file);
}

bool page_picture(Ctx *ctx, const Request *req, Page *page, const char *sha256, const char *type)
{
    page->picture = true;
    return page_file(ctx, req, page, sha256, type, NULL);
}

void page_header(Ctx *ctx, Page *page, const char *name, const char *value)
{
    PageHeader *h = arena_new_of(ctx->arena, PageHeader);
    *h = (PageHeader){name, value, page->headers};
    page->headers = h;
}

void page_done(Page *page, Url where, const char *notice)
{
    page->redirect = where;
    page->notice = notice;
}

void page_created(Page *page, Url where, const char *notice)
{
    page_done(page, where, notice);
    page->created = true;
}

void page_error(Ctx *ctx, Page *page, FaultKind kind, const char *field, const char *what)
{
    Buf *out = buf_new(ctx->arena, 256, 8192);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    json_open(&json, "error", '{');
    json_text(&json, "kind", word_name(fault_words, (int)kind));
    json_text(&json, "message", what);
    json_text(&json, "field", field);
    json_close(&json, '}');
    json_close(&json, '}');
    page_bytes(page, "application/json; charset=utf-8", NULL, out);
}
