/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange.c: the stages of a request, from its head to its answer. */
#include "web/exchange.h"

#include <glib.h>

#include "base/log.h"
#include "base/text.h"
#include "store/db.h"
#include "web/exchange_room.h"

void exchange_refuse(Exchange *ex, FaultKind kind, const char *what)
{
    fault(&ex->ctx, kind, "%s", say(&ex->ctx, what));
    ex->stage = STAGE_ANSWER;
}

/* ---- stages ---- */

static void begin(Exchange *ex)
{
    Actor *nobody = arena_new_of(ex->ctx.arena, Actor);
    *nobody = actor_nobody;
    ex->own = arena_new_of(ex->ctx.arena, Own);
    ex->ctx.actor = nobody;
    if (!ex->ctx.city)
        ex->ctx.city = site_city(ex->site);
    if (!ex->ctx.now)
        ex->ctx.now = clock_now();
    ex->request.form = form_new(ex->ctx.arena);
    ex->request.site = ex->site;
    ex->request.exchange = ex;
    ex->request.version = NONE;
    ex->request.path = ex->target;
    if (!ex->request.address)
        ex->request.address = ex->peer;
    ex->request.user_agent = exchange_header(ex, "User-Agent");
    ex->request.bearer = session_bearer(ex);
    ex->page.version = NONE;
    ex->page.total = NONE;
}

/* What is not there is answered without a connection: what stands there instead is gathered now. */
static void offer(Exchange *ex)
{
    FaultKind kind = ex->ctx.fault.kind;
    bool missing = kind == FAULT_NOT_FOUND || kind == FAULT_GONE;
    if (missing && ex->request.method == GET && ex->page.format == FORMAT_HTML && ex->request.site)
        ex->request.offer = frame_offer(&ex->ctx, &ex->request);
}

/* Runs one part with a connection and counts its statements. */
static void with_db(Exchange *ex, Db *db, void (*part)(Exchange *ex))
{
    Own *own = ex->own;
    u64 before = db ? db_queries(db) : 0;
    ex->ctx.db = db;
    part(ex);
    offer(ex);
    own->queries += db ? db_queries(db) - before : 0;
}

static void open_with_db(Exchange *ex)
{
    ex->stage = STAGE_ANSWER;
    if (!head_read(ex))
        return;
    if (!method_writes(ex->request.method))
        ex->stage = ex->route->prepare ? STAGE_PREPARE : STAGE_READ;
    else if (body_begin(ex) && idempotency_begin(ex))
        ex->stage = STAGE_BODY;
}

void exchange_open(Exchange *ex, Db *reader)
{
    begin(ex);
    with_db(ex, reader, open_with_db);
    ex->ctx.db = NULL;
}

/* A mistake that the person can mend is shown in the form itself. */
static bool can_be_mended(FaultKind kind)
{
    return kind == FAULT_INVALID || kind == FAULT_CONFLICT || kind == FAULT_STALE;
}

/* The stage after a fault: the answer, or the form once more. */
static void fail(Exchange *ex)
{
    Own *own = ex->own;
    bool again = ex->route && ex->route->form && !own->redraw && ex->page.format == FORMAT_HTML &&
                 can_be_mended(ex->ctx.fault.kind);
    ex->stage = STAGE_ANSWER;
    if (!again)
        return;
    own->redraw = true;
    own->fault = fault_take(&ex->ctx);
    ex->stage = STAGE_READ;
}

static void prepare_with_db(Exchange *ex)
{
    ex->stage = method_writes(ex->request.method) ? STAGE_WRITE : STAGE_READ;
    if (!body_keep_files(ex) ||
        (ex->route->prepare &&
         !ex->route->prepare(&ex->ctx, &ex->request, &ex->request.prepared)) ||
        faulted(&ex->ctx)) {
        if (!faulted(&ex->ctx))
            fault(&ex->ctx, FAULT_BROKEN, "a request could not be prepared");
        fail(ex);
    }
}

void exchange_prepare(Exchange *ex, Db *reader)
{
    with_db(ex, reader, prepare_with_db);
    ex->ctx.db = NULL;
}

static void draw_again(Exchange *ex)
{
    Own *own = ex->own;
    form_return(ex->request.form, &own->fault);
    ex->page.status = fault_status(own->fault.kind);
    ex->route->form(&ex->ctx, &ex->request, &ex->page);
    ex->page.status = fault_status(own->fault.kind);
    ex->page.redirect = (Url){NULL};
}

static void read_page(Exchange *ex)
{
    Own *own = ex->own;
    ex->stage = STAGE_ANSWER;
    page_begin(ex);
    session_notice(ex);
    if (own->redraw)
        draw_again(ex);
    else
        ex->route->handler(&ex->ctx, &ex->request, &ex->page);
    if (!page_is_whole(ex))
        return;
    respond_page(ex);
    if (!faulted(&ex->ctx) && ex->page.stream)
        ex->stage = STAGE_STREAM;
}

static void write_page(Exchange *ex)
{
    ex->stage = STAGE_ANSWER;
    if (idempotency_replay(ex))
        return;
    page_draw(ex);
    if (!faulted(&ex->ctx))
        respond_page(ex);
    if (faulted(&ex->ctx) || !idempotency_keep(ex))
        fail(ex);
}

bool exchange_run(Exchange *ex)
{
    with_db(ex, ex->ctx.db, ex->stage == STAGE_WRITE ? write_page : read_page);
    return !faulted(&ex->ctx) && ex->stage != STAGE_READ;
}

void exchange_answer(Exchange *ex)
{
    Own *own = ex->own;
    if (faulted(&ex->ctx) || (!own->answered && !ex->status))
        respond_fault(ex);
    respond_finish(ex);
}

void exchange_free(Exchange *ex)
{
    Own *own = ex->own;
    for (size_t i = 0; own && i < own->pending_count; i++)
        vault_drop(own->pending[i]->writer);
    if (own)
        own->pending_count = 0;
}

/* A method that we do not know may be anything that somebody wrote. */
static const char *method_of(const Exchange *ex)
{
    for (int m = 0; m < METHOD_COUNT; m++)
        if (!strcmp(ex->method, method_names[m]))
            return method_names[m];
    return "other";
}

/* The pattern, never the path: a slug or a token could name a person. */
void exchange_log(const Exchange *ex, i64 bytes)
{
    const Own *own = ex->own;
    LogLevel level = ex->status >= 500 ? LOG_WARN : LOG_INFO;
    log_line(level, "request", LOG_T("id", ex->request_id), LOG_T("method", method_of(ex)),
             LOG_T("address", ex->route ? ex->route->path : "-"), LOG_N("status", ex->status),
             LOG_N("ms", (clock_monotonic() - ex->began) / 1000),
             LOG_N("queries", own ? (i64)own->queries : 0), LOG_N("bytes", bytes),
             LOG_N("arena", (i64)arena_used(ex->ctx.arena)));
}
