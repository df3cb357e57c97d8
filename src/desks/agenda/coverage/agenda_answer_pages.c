/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_answer_pages.c: the page behind a link: what is asked, yes or no. Nobody has to come in; reading it changes
 * nothing. And what was delivered as a file, for the desk. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/agenda_pages.h"
#include "agenda_answer_views.h"

static void head(Ctx *ctx, Page *page)
{
    page->title = say(ctx, "Can you cover it?");
    page->noindex = true;
}

/* GET /c/:token */
static void page_answer(Ctx *ctx, const Request *req, Page *page)
{
    const AnswerShown *a = agenda_answer_find(ctx, req->token);
    if (!a)
        return;
    head(ctx, page);
    agenda_view_answer(page->html, a, req);
}

static void thank(Ctx *ctx, Page *page, bool yes)
{
    head(ctx, page);
    agenda_view_answered(page->html, yes);
}

/* POST /c/:token/si */
static void act_yes(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_answer_give(ctx, req->token, true, NULL))
        thank(ctx, page, true);
}

/* POST /c/:token/no */
static void act_no(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", 500);
    if (!faulted(ctx) && agenda_answer_give(ctx, req->token, false, reason))
        thank(ctx, page, false);
}

/* ---- evidence ---- */

/* GET /mesa/evidencias/:id */
static void page_evidence(Ctx *ctx, const Request *req, Page *page)
{
    const Evidence *e = agenda_evidence(ctx, req->id);
    if (!e)
        return;
    if (!e->sha256) {
        fault(ctx, FAULT_NOT_FOUND, "This was delivered without a file.");
        return;
    }
    if (!page_file(ctx, req, page, e->sha256, e->type, e->filename ? e->filename : "evidencia"))
        return;
}

/* POST /mesa/evidencias/:id/retirar */
static void act_withdraw(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", 500);
    const Evidence *e = faulted(ctx) ? NULL : agenda_evidence(ctx, req->id);
    if (!e || !agenda_withdraw(ctx, e->id, reason))
        return;
    page_one(page, &agenda_coverage_shape, agenda_coverage(ctx, e->coverage));
    page_done(page, agenda_coverage_url(ctx->arena, e->coverage), say(ctx, "It was taken back."));
}

const Route agenda_answer_routes[] = {
    {GET, "/c/:token", page_answer, PUBLIC, "What a link asks: yes or no to a coverage", .formats = AS_HTML, .uncached = true},
    {POST, "/c/:token/si", act_yes, PUBLIC, "Says yes by a link, once", .formats = AS_HTML, .form = page_answer},
    {POST, "/c/:token/no", act_no, PUBLIC, "Says no by a link, once", .formats = AS_HTML, .fields = "reason!", .form = page_answer},
    {GET, "/mesa/evidencias/:id", page_evidence, RIGHT_AGENDA_READ, "A file that was delivered", .formats = AS_HTML},
    {POST, "/mesa/evidencias/:id/retirar", act_withdraw, LOGIN, "Takes back what was delivered, before approval",
     .fields = "reason", .shape = &agenda_coverage_shape},
    {0},
};
