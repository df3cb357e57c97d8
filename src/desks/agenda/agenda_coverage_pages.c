/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage_pages.c: the desk's coverages: what is to be done, one task, and its ways on. */
#include "desks/agenda/agenda_fields.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_coverage_views.h"

enum { HISTORY = 20 };

/* ---- the list ---- */

static List state_choices(Ctx *ctx)
{
    Choice *choices = arena_array(ctx->arena, Choice, COVERAGE_CANCELLED + 1);
    for (int state = 0; state <= COVERAGE_CANCELLED; state++)
        choices[state] = (Choice){word_name(agenda_state_words, state),
                                  say_word(ctx, agenda_state_words, state)};
    return (List){choices, COVERAGE_CANCELLED + 1};
}

static List whose_choices(Ctx *ctx)
{
    Choice *choices = arena_array(ctx->arena, Choice, 2);
    choices[0] = (Choice){"yo", say(ctx, "Mine")};
    choices[1] = (Choice){"todos", say(ctx, "Everybody's")};
    return (List){choices, 2};
}

/* Who only works on coverages sees their own first, who assigns sees everybody's. */
static bool is_mine(Ctx *ctx, const Request *req)
{
    const char *whose = query_text(req, "quien");
    if (text_blank(whose))
        return !people_has(ctx, RIGHT_COVERAGE_ASSIGN) &&
               !people_has(ctx, RIGHT_COVERAGE_APPROVE) && ctx->actor->id;
    return text_same(whose, "yo");
}

static bool read_filter(Ctx *ctx, const Request *req, CoverageFilter *filter_out)
{
    const char *state = query_text(req, "estado");
    CoverageFilter f = {.state = text_blank(state) ? -1 : word_find(agenda_state_words, state)};
    if (!text_blank(state) && f.state < 0)
        return fault_field(ctx, "estado", "\"%s\" is no state of a coverage.",
                           text_clip(ctx->arena, state, 40));
    f.assignee = is_mine(ctx, req) ? ctx->actor->id : 0;
    cursor_read(ctx, req, &f.after_due, &f.after_id);
    *filter_out = f;
    return !faulted(ctx);
}

/* GET /mesa/coberturas */
static void page_coverages(Ctx *ctx, const Request *req, Page *page)
{
    CoverageFilter f;
    if (!text_blank(query_text(req, "figura"))) {
        agenda_page_figure(ctx, req, page);
        return;
    }
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !read_filter(ctx, req, &f))
        return;
    i64 limit = query_limit(req);
    List list = agenda_coverages_list(ctx, f, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const Coverage *last = list.count ? (const Coverage *)list.items + list.count - 1 : NULL;
    CoveragesShown x = {
        .coverages = list,
        .total = agenda_coverages_count(ctx, f),
        .next = more ? cursor_make(ctx, req, last->due_at, last->id) : NULL,
        .state = f.state < 0 ? NULL : word_name(agenda_state_words, f.state),
        .mine = is_mine(ctx, req),
        .states = state_choices(ctx),
        .whose = whose_choices(ctx),
    };
    page->title = say(ctx, "Coverages");
    page->here = "/mesa/coberturas";
    page_list(page, &agenda_coverage_shape, agenda_coverages_with_evidence(ctx, list), x.total,
              x.next);
    if (page->format == FORMAT_HTML)
        agenda_view_coverages(page->html, &x);
}

/* ---- one ---- */

/* GET /mesa/coberturas/:id; also drawn again when one of its forms was wrong */
static void page_coverage(Ctx *ctx, const Request *req, Page *page)
{
    const Coverage *c = people_may(ctx, RIGHT_AGENDA_READ) ? agenda_coverage(ctx, req->id) : NULL;
    if (!c)
        return;
    page->title = arena_printf(ctx->arena, "%s: %s", say_word(ctx, agenda_kind_words, (int)c->kind),
                               c->event_title);
    page->here = "/mesa/coberturas";
    page->version = c->version;
    page_one(page, &agenda_coverage_shape, c);
    if (page->format != FORMAT_HTML)
        return;
    CoverageShown x = {
        .coverage = c,
        .req = req,
        .active = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL,
        .people = people_has(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_people_choices(ctx) : (List){0},
        .journal = journal_of(ctx, "agenda_coverage", c->id, HISTORY),
    };
    page->version = NONE;
    agenda_view_coverage(page->html, &x);
}

/* ---- its ways on ---- */

static void give(Ctx *ctx, const Request *req, Page *page, bool done, const char *notice)
{
    const Coverage *c = done ? agenda_coverage(ctx, req->id) : NULL;
    if (!c)
        return;
    page_one(page, &agenda_coverage_shape, c);
    page->version = c->version;
    page_done(page, agenda_coverage_url(ctx->arena, c->id), notice);
}

static const char *reason_of(Ctx *ctx, const Request *req)
{
    return form_text(ctx, req, "reason", 500);
}

static void act_assign(Ctx *ctx, const Request *req, Page *page)
{
    const char *who = form_text(ctx, req, "assignee", 254);
    give(ctx, req, page, agenda_assign(ctx, req->id, req->version, who), say(ctx, "Assigned."));
}

static void act_accept(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_accept(ctx, req->id, req->version), say(ctx, "Accepted."));
}

static void act_start(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_start(ctx, req->id, req->version), say(ctx, "It has begun."));
}

static void act_decline(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_decline(ctx, req->id, req->version, reason_of(ctx, req)),
         say(ctx, "Declined."));
}

static void act_deliver(Ctx *ctx, const Request *req, Page *page)
{
    List evidence = agenda_read_evidence(ctx, req);
    give(ctx, req, page, !faulted(ctx) && agenda_deliver(ctx, req->id, req->version, evidence),
         say(ctx, "Delivered. It waits for approval."));
}

static void act_approve(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_approve(ctx, req->id, req->version),
         say(ctx, "Approved: the event is covered."));
}

static void act_return(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_return(ctx, req->id, req->version, reason_of(ctx, req)),
         say(ctx, "Returned."));
}

static void act_cancel(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, agenda_uncover(ctx, req->id, req->version, reason_of(ctx, req)),
         say(ctx, "The coverage was cancelled."));
}

#define STEP(name, handler, right, summary, fields_)                                  \
    {                                                                                 \
        POST, "/mesa/coberturas/:id/" name, handler, right, summary,                  \
            .fields = fields_, .shape = &agenda_coverage_shape, .form = page_coverage \
    }

const Route agenda_coverage_routes[] = {
    {GET, "/mesa/coberturas", page_coverages, RIGHT_AGENDA_READ,
     "Coverages: open ones, or those of a state", .formats = AS_HTML | AS_JSON | AS_CSV,
     .query = "quien estado figura mes tipo area limit after", .shape = &agenda_coverage_shape},
    {GET, "/mesa/coberturas/:id", page_coverage, RIGHT_AGENDA_READ, "A coverage with its evidence",
     .shape = &agenda_coverage_shape},
    STEP("asignar", act_assign, RIGHT_COVERAGE_ASSIGN, "Gives a coverage to somebody",
         "assignee! version"),
    STEP("aceptar", act_accept, LOGIN, "Accepts a coverage", "version"),
    STEP("iniciar", act_start, LOGIN, "Says that work on a coverage has begun", "version"),
    STEP("rechazar", act_decline, LOGIN, "Declines a coverage", "reason! version"),
    STEP("entregar", act_deliver, LOGIN, "Delivers a coverage with its evidence",
         "evidence kind url text link note version"),
    STEP("aprobar", act_approve, RIGHT_COVERAGE_APPROVE, "Approves what was delivered", "version"),
    STEP("devolver", act_return, RIGHT_COVERAGE_APPROVE, "Returns what was delivered",
         "reason! version"),
    STEP("cancelar", act_cancel, RIGHT_COVERAGE_ASSIGN, "Cancels a coverage", "reason! version"),
    {0},
};
