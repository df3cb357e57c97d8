/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_parts.c: what every stage does to an exchange: looks up a header, adds one, refuses,
 * answers with a body. */
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
