/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_respond.c: a page becomes status, headers and bytes. */
#include "base/log.h"
#include "base/text.h"
#include "web/exchange_room.h"
#include "web/pieces.h"
#include "web/secret.h"

#define POLICY "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " \
               "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
static const char policy[] = POLICY "frame-ancestors 'none'";
static const char framed_policy[] = POLICY "frame-ancestors *";

/* Where a feed's changes are announced, for who looks at its head only (WebSub, 4). */
static void add_hub(Exchange *ex)
{
    const Page *page = &ex->page;
    if (!page->hub.s || !page->self.s)
        return;
    exchange_add_header(ex, "Link", arena_printf(ex->ctx.arena, "<%s>; rel=\"hub\", <%s%s>; rel=\"self\"", page->hub.s,
                                                 ex->ctx.city->base_url, page->self.s));
}

static void respond_bytes(Exchange *ex, int status)
{
    const Page *page = &ex->page;
    add_hub(ex);
    if (page->filename)
        respond_named(ex, "attachment", page->filename);
    if (page->worker_scope)
        exchange_add_header(ex, "Service-Worker-Allowed", page->worker_scope);
    respond_buf(ex, status, page->type ? page->type : format_types[page->format], page->bytes);
}

static void respond_file(Exchange *ex)
{
    const Page *page = &ex->page;
    if (!page->picture)
        respond_named(ex, "attachment", page->filename);
    else if (page->filename)
        respond_named(ex, "inline", page->filename);
    respond_body(ex, 200, page->type, page->file.data, page->file.size);
}

/* Only its size is known here; the bytes are read while they are sent. */
static void respond_pieces(Exchange *ex)
{
    const Page *page = &ex->page;
    respond_named(ex, "attachment", page->filename);
    exchange_add_header(ex, "Accept-Ranges", "bytes");
    respond_body(ex, 200, page->type, NULL, (size_t)page->pieces->size);
}

static bool is_file(const Page *page)
{
    return page->file.data || page->pieces;
}

/* ---- pages ---- */

static void respond_html(Exchange *ex, int status)
{
    SafeHtml whole = frame_page(&ex->ctx, &ex->request, &ex->page);
    i64 until = ex->cache_key ? frame_until(&ex->ctx, &ex->request) : 0;
    if (until && (!ex->page.expires || until < ex->page.expires))
        ex->page.expires = until;
    if (!faulted(&ex->ctx))
        respond_body(ex, status, format_types[FORMAT_HTML], whole.s, strlen(whole.s));
}

static int status_of(const Exchange *ex)
{
    const Page *page = &ex->page;
    if (page->status)
        return page->status;
    return page->created && page->format != FORMAT_HTML ? 201 : 200;
}

void respond_page(Exchange *ex)
{
    const Page *page = &ex->page;
    bool changed = method_writes(ex->request.method) && page->redirect.s;
    if (page->moved.s && ex->request.method == GET)
        respond_redirect(ex, 301, page->moved.s);
    else if (page->status == 204)
        respond_body(ex, 204, NULL, "", 0);
    else if (page->stream)
        respond_body(ex, 200, format_types[FORMAT_STREAM], "", 0);
    else if (page->pieces)
        respond_pieces(ex);
    else if (page->file.data)
        respond_file(ex);
    else if (page->bytes)
        respond_bytes(ex, status_of(ex));
    else if (page->format == FORMAT_HTML && page->redirect.s)
        respond_redirect(ex, 303, page->redirect.s);
    else if (page->format == FORMAT_HTML)
        respond_html(ex, status_of(ex));
    else if (page->format == FORMAT_CSV)
        respond_table(ex);
    else
        respond_json(ex, status_of(ex));
    if (faulted(&ex->ctx))
        return;
    if (changed && page->format != FORMAT_HTML)
        exchange_add_header(ex, "Location", page->redirect.s);
    for (const PageHeader *h = page->headers; h; h = h->next)
        exchange_add_header(ex, h->name, h->value);
    session_cookies(ex);
}

/* ---- faults ---- */

static void write_errors(JsonOut *j, const Form *form)
{
    if (form->errors.count < 2)
        return;
    json_open(j, "errors", '[');
    for (size_t i = 0; i < form->errors.count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "field", form->errors.items[i].name);
        json_text(j, "message", form->errors.items[i].value);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void respond_fault_json(Exchange *ex, int status, const Fault *fault)
{
    Buf *out = buf_new(ex->ctx.arena, 512, DATA_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_open(&j, "error", '{');
    json_text(&j, "kind", word_name(fault_words, (int)fault->kind));
    json_text(&j, "message", fault->what);
    json_text(&j, "field", fault->field);
    if (status >= 500)
        json_text(&j, "request", ex->request_id);
    json_close(&j, '}');
    write_errors(&j, ex->request.form);
    json_close(&j, '}');
    buf_char(out, '\n');
    respond_body(ex, status, format_types[FORMAT_JSON], buf_data(out), buf_size(out));
}

static void log_fault(const Exchange *ex, const Fault *fault, int status)
{
    if (status >= 500)
        log_line(LOG_ERROR, "fault", LOG_T("id", ex->request_id), LOG_T("where", fault->where),
                 LOG_T("what", fault->what));
}

/* The reader of a broken page learns that it is our defect and which request it was, not more. */
static Fault as_told(Exchange *ex, Fault fault)
{
    if (fault.kind == FAULT_BROKEN)
        fault.what = say(&ex->ctx, "something broke on our side");
    return fault;
}

static void forget_page(Exchange *ex)
{
    const Own *own = ex->own;
    if (own->head_is_read)
        ex->out_count = own->kept_headers;
    ex->etag = NULL;
    ex->cache_key = NULL;
    Format format = ex->page.format;
    ex->page = (Page){.format = format, .version = NONE, .total = NONE};
}

void respond_fault(Exchange *ex)
{
    Own *own = ex->own;
    if (!faulted(&ex->ctx))
        fault(&ex->ctx, FAULT_BROKEN, "the request ended without an answer");
    Fault found = fault_take(&ex->ctx);
    int status = own->refused_status ? own->refused_status : fault_status(found.kind);
    log_fault(ex, &found, status);
    forget_page(ex);
    Fault told = as_told(ex, found);
    const char *wait = status == 503 || status == 423 ? "2" : status == 429 ? "30" : status == 507 ? "60" : NULL;
    if (wait)
        exchange_add_header(ex, "Retry-After", wait);
    if (ex->page.format != FORMAT_HTML) {
        respond_fault_json(ex, status, &told);
        return;
    }
    SafeHtml whole = frame_fault(&ex->ctx, &ex->request, &told, status, ex->request_id);
    respond_body(ex, status, format_types[FORMAT_HTML], whole.s, strlen(whole.s));
}

/* ---- the headers of every answer ---- */

static void add_security(Exchange *ex)
{
    exchange_add_header(ex, "Content-Security-Policy", ex->page.framed ? framed_policy : policy);
    exchange_add_header(ex, "X-Content-Type-Options", "nosniff");
    exchange_add_header(ex, "Referrer-Policy", "same-origin");
    exchange_add_header(ex, "Permissions-Policy",
                        "camera=(), microphone=(), geolocation=(self), payment=(), usb=()");
    exchange_add_header(ex, "Cross-Origin-Opener-Policy", "same-origin");
    if (text_starts(ex->ctx.city->base_url, "https://"))
        exchange_add_header(ex, "Strict-Transport-Security", "max-age=31536000");
}

static bool is_public(const Exchange *ex)
{
    return ex->route && ex->route->right == PUBLIC && ex->route->method == GET;
}

static void add_sharing(Exchange *ex)
{
    /* What stands at a secret address is nothing for other sites' scripts, nor for search engines. */
    bool secret = ex->request.token != NULL;
    bool open = is_public(ex) && !secret && (ex->page.format != FORMAT_HTML || is_file(&ex->page));
    if (open)
        exchange_add_header(ex, "Access-Control-Allow-Origin", "*");
    exchange_add_header(ex, "Cross-Origin-Resource-Policy", open || ex->page.framed ? "cross-origin" : "same-origin");
    if (secret)
        exchange_add_header(ex, "X-Robots-Tag", "noindex, nofollow");
}

static void add_caching(Exchange *ex)
{
    if (is_public(ex) && ex->status == 200 && ex->page.stream) {
        exchange_add_header(ex, "Cache-Control", "no-cache");
    } else if (is_public(ex) && ex->status == 200 && ex->page.picture) {
        /* shared caches ask again soon: what is withdrawn must go from them */
        exchange_add_header(ex, "Cache-Control", "public, max-age=86400, s-maxage=600, immutable");
    } else if (is_public(ex) && ex->status == 200 &&
               (!ex->route->uncached || is_file(&ex->page))) {
        exchange_add_header(ex, "Cache-Control", "public, max-age=0, must-revalidate");
        exchange_add_header(ex, "Vary", "Accept, Accept-Language, Save-Data");
    } else if (!is_public(ex) && ex->status == 200 && ex->page.picture) {
        /* a copy for the desk: it stays in who asked's browser, and nowhere between */
        exchange_add_header(ex, "Cache-Control", "private, max-age=604800, immutable");
    } else if (ex->status != 301 && ex->status != 308) {
        exchange_add_header(ex, "Cache-Control", "private, no-store");
    }
    if (ex->body.size)
        exchange_add_header(ex, "Content-Language", tongue_code(ex->ctx.actor->tongue));
}

/* Strong: made from the bytes; before them the record's version, which If-Match reads. */
static void add_tags(Exchange *ex)
{
    bool html = ex->page.format == FORMAT_HTML && !is_file(&ex->page);
    if (ex->status != 200 || ex->page.stream ||
        (html && !is_public(ex) && ex->page.version == NONE))
        return;
    Arena *a = ex->ctx.arena;
    const char *hash = ex->page.tag ? ex->page.tag : secret_tag(a, ex->body.data, ex->body.size);
    ex->etag = ex->page.version == NONE
                   ? arena_printf(a, "\"%s\"", hash)
                   : arena_printf(a, "\"v%" PRId64 "-%s\"", ex->page.version, hash);
    exchange_add_header(ex, "ETag", ex->etag);
    if (ex->page.modified)
        exchange_add_header(ex, "Last-Modified", clock_http(a, ex->page.modified));
}

/* If-None-Match compares weakly (RFC 9110, 13.1.2) and goes before the date. */
static bool tag_listed(const char *list, const char *etag)
{
    size_t size = strlen(etag);
    for (const char *p = list; *p;) {
        p += strspn(p, " \t,");
        if (*p == '*')
            return true;
        if (!strncmp(p, "W/", 2))
            p += 2;
        size_t n = *p == '"' ? strcspn(p + 1, "\"") + 2 : strcspn(p, ",");
        if (n == size && !strncmp(p, etag, size))
            return true;
        p += strnlen(p, n);
    }
    return false;
}

bool exchange_not_modified(const Exchange *ex, const char *etag, i64 modified)
{
    const char *tags = exchange_header(ex, "If-None-Match");
    if (tags)
        return etag && tag_listed(tags, etag);
    const char *since = exchange_header(ex, "If-Modified-Since");
    i64 known;
    return since && modified && clock_parse_http(since, &known) &&
           modified / CLOCK_SECOND <= known / CLOCK_SECOND;
}

void respond_finish(Exchange *ex)
{
    add_security(ex);
    add_sharing(ex);
    add_caching(ex);
    exchange_add_header(ex, "X-Request-Id", ex->request_id);
    if (ex->request.method == GET)
        add_tags(ex);
    if (!ex->cache_key && ex->etag && exchange_not_modified(ex, ex->etag, ex->page.modified)) {
        ex->status = 304;
        ex->body = (Bytes){"", 0};
    }
}
