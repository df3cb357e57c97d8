/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_parts.c: what every stage does to an exchange: looks up a header, adds one, refuses,
 * draws a page, answers with a body. */
#include "base/log.h"
#include "web/exchange_room.h"

#include <glib.h>

const char *exchange_header(const Exchange *ex, const char *name)
{
    for (size_t i = 0; i < ex->header_count; i++)
        if (!g_ascii_strcasecmp(ex->headers[i].name, name))
            return ex->headers[i].value;
    return NULL;
}

const char *request_header(const Request *req, const char *name)
{
    return req->exchange ? exchange_header(req->exchange, name) : NULL;
}

static bool breaks_head(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if ((*p < ' ' && *p != '\t') || *p == 0x7f)
            return true;
    return false;
}

void exchange_add_header(Exchange *ex, const char *name, const char *value)
{
    if (!value || !*name || breaks_head(name) || breaks_head(value) || strpbrk(name, " :\t")) {
        log_line(LOG_ERROR, "header refused", LOG_T("id", ex->request_id), LOG_T("name", name));
        return;
    }
    if (!ex->out)
        ex->out = arena_array(ex->ctx.arena, Header, HEADERS_MAX);
    if (ex->out_count < HEADERS_MAX)
        ex->out[ex->out_count++] = (Header){name, arena_text(ex->ctx.arena, value)};
}

bool refuse_with(Exchange *ex, int status)
{
    Own *own = ex->own;
    own->refused_status = status;
    return false;
}

/* ---- pages ---- */

void page_begin(Exchange *ex)
{
    Format format = ex->page.format;
    ex->page = (Page){.format = format, .version = NONE, .total = NONE, .html = html_new(&ex->ctx)};
}

/* Looks at what is easily forgotten: a page that outgrew its memory is no page. */
bool page_is_whole(Exchange *ex)
{
    Page *page = &ex->page;
    if (html_over(page->html) || (page->bytes && buf_over(page->bytes)) ||
        arena_full(ex->ctx.arena))
        fault(&ex->ctx, FAULT_TOO_LARGE, "this page would be too large: ask for less at once");
    return !faulted(&ex->ctx);
}

void page_draw(Exchange *ex)
{
    page_begin(ex);
    ex->route->handler(&ex->ctx, &ex->request, &ex->page);
    page_is_whole(ex);
}

/* ---- answers ---- */

void respond_body(Exchange *ex, int status, const char *type, const char *bytes, size_t n)
{
    Own *own = ex->own;
    ex->status = status;
    ex->body = (Bytes){bytes, n};
    own->answered = true;
    if (type)
        exchange_add_header(ex, "Content-Type", type);
}

void respond_redirect(Exchange *ex, int status, const char *where)
{
    respond_body(ex, status, NULL, "", 0);
    exchange_add_header(ex, "Location", where);
}

void respond_buf(Exchange *ex, int status, const char *type, Buf *buf)
{
    if (buf_over(buf))
        fault(&ex->ctx, FAULT_TOO_LARGE, "this answer would be too large: ask for less at once");
    else
        respond_body(ex, status, type, buf_data(buf), buf_size(buf));
}

/* RFC 6266: an ASCII name for old programs, the real one for all others. how: "attachment", "inline" */
void respond_named(Exchange *ex, const char *how, const char *filename)
{
    Arena *a = ex->ctx.arena;
    char *ascii = arena_text(a, filename);
    for (char *p = ascii; *p; p++)
        if ((unsigned char)*p < ' ' || (unsigned char)*p >= 0x7f || strchr("\"\\/", *p))
            *p = '-';
    exchange_add_header(ex, "Content-Disposition",
                        arena_printf(a, "%s; filename=\"%s\"; filename*=UTF-8''%s", how, ascii,
                                     address_encoded(a, filename, "")));
}
