/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage_pages.c: the desk's coverages: what is to be done, one task, and its ways on. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/events/agenda_fields.h"
#include "desks/agenda/agenda_pages.h"
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
    if (page->format == FORMAT_ICS) {
        agenda_feed_mine(ctx, req, page);
        return;
    }
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

static Coverage *with_warnings(Ctx *ctx, const Coverage *c, const Busy *busy)
{
    Coverage *warned = arena_new_of(ctx->arena, Coverage);
    *warned = *c;
    if (agenda_coverage_is_open(c->state))
        warned->warnings = agenda_clashes_of(ctx, busy, c->assignee, c->area, c->contact);
    return warned;
}

static void draw_coverage(Ctx *ctx, const Request *req, Page *page, const Coverage *c, CoverageShown x)
{
    Busy busy = agenda_busy(ctx, agenda_slot(c), c->id);
    bool assigns = people_has(ctx, RIGHT_COVERAGE_ASSIGN) && agenda_coverage_assignable(c->state);
    x.coverage = with_warnings(ctx, c, &busy);
    x.req = req;
    x.journal = journal_of(ctx, "agenda_coverage", c->id, HISTORY);
    if (assigns)
        x.doers = agenda_doers(ctx, &busy);
    page->version = NONE;
    agenda_view_coverage(page->html, &x);
}

static const char *last_part(const Request *req)
{
    return req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL;
}

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
    if (page->format == FORMAT_HTML) {
        draw_coverage(ctx, req, page, c, (CoverageShown){.active = last_part(req)});
        return;
    }
    Busy busy = agenda_busy(ctx, agenda_slot(c), c->id);
    page_one(page, &agenda_coverage_shape, with_warnings(ctx, c, &busy));
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

/* What stands in the way of whom it is about to be given to. */
static List clashes_of(Ctx *ctx, const Coverage *c, const CoverageDraft *who)
{
    Busy busy = agenda_busy(ctx, agenda_slot(c), c->id);
    return agenda_clashes_said(ctx, &busy, who);
}

/* A browser is asked once more; a program reads the warnings in the answer. */
static bool asks_again(Ctx *ctx, const Request *req, Page *page, const Coverage *c, List clashes)
{
    if (!clashes.count || page->format != FORMAT_HTML || form_bool(req, "anyway"))
        return false;
    form_refuse(req, "assignee", ((const Clash *)clashes.items)->message);
    page->status = 409;
    page->title = c->event_title;
    page->here = "/mesa/coberturas";
    draw_coverage(ctx, req, page, c, (CoverageShown){.active = "asignar", .clashes = true});
    return true;
}

static void act_assign(Ctx *ctx, const Request *req, Page *page)
{
    CoverageDraft who = {0};
    agenda_read_doer(ctx, req, &who);
    const Coverage *c = people_may(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_coverage(ctx, req->id) : NULL;
    List clashes = c && !faulted(ctx) ? clashes_of(ctx, c, &who) : (List){0};
    if (faulted(ctx) || asks_again(ctx, req, page, c, clashes))
        return;
    give(ctx, req, page, agenda_assign_to(ctx, req->id, req->version, &who), say(ctx, "Assigned."));
    if (page->item)
        ((Coverage *)page->item)->warnings = clashes;
}

static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Coverage *c = people_may(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_coverage(ctx, req->id) : NULL;
    if (!c)
        return;
    CoverageDraft draft = agenda_read_coverage_change(ctx, req, c);
    give(ctx, req, page, !faulted(ctx) && agenda_coverage_change(ctx, req->id, req->version, &draft),
         say(ctx, "Saved."));
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
    Delivery delivery = agenda_read_delivery(ctx, req);
    give(ctx, req, page, !faulted(ctx) && agenda_deliver_all(ctx, req->id, req->version, &delivery),
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

/* ---- the link: in this answer and nowhere else ---- */

typedef struct LinkRow {
    const char *url, *text;
} LinkRow;
static const Field link_fields[] = {FIELD_TEXT(LinkRow, url), FIELD_TEXT(LinkRow, text)};
static const Shape link_shape = SHAPE("answer_link", LinkRow, link_fields);

/* For messaging apps: what, when, where, and the link. */
static const char *message_of(Ctx *ctx, const Coverage *c, const char *url)
{
    const Zone *zone = ctx->city->zone;
    const char *when = clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, c->event_starts_at);
    return arena_printf(ctx->arena, say(ctx, "%s: %s. %s%s%s. Can you cover it? Answer here: %s"),
                        say_word(ctx, agenda_kind_words, (int)c->kind), c->event_title, when,
                        c->place_name ? ", " : "", c->place_name ? c->place_name : "", url);
}

static void act_link(Ctx *ctx, const Request *req, Page *page)
{
    const char *token;
    if (!agenda_answer_make(ctx, req->id, &token))
        return;
    const Coverage *c = agenda_coverage(ctx, req->id);
    LinkRow *row = arena_new_of(ctx->arena, LinkRow);
    row->url = arena_printf(ctx->arena, "%s/c/%s", ctx->city->base_url, token);
    row->text = message_of(ctx, c, row->url);
    page->title = c->event_title;
    page->here = "/mesa/coberturas";
    page_one(page, &link_shape, row);
    if (page->format == FORMAT_HTML)
        draw_coverage(ctx, req, page, c, (CoverageShown){.link = row->url, .message = row->text});
}

#define STEP(name, handler, right, summary, fields_)                                  \
    {                                                                                 \
        POST, "/mesa/coberturas/:id" name, handler, right, summary,                   \
            .fields = fields_, .shape = &agenda_coverage_shape, .form = page_coverage \
    }

enum { DELIVERY_MAX = 200 * 1024 * 1024 };

const Route agenda_coverage_routes[] = {
    {GET, "/mesa/coberturas", page_coverages, RIGHT_AGENDA_READ,
     "Coverages: open ones, or those of a state", .list = true, .formats = AS_HTML | AS_JSON | AS_ICS,
     .query = "cancelled quien estado figura mes tipo area persona limit after", .shape = &agenda_coverage_shape},
    {GET, "/mesa/coberturas/:id", page_coverage, RIGHT_AGENDA_READ, "A coverage with its evidence",
     .shape = &agenda_coverage_shape},
    STEP("", act_change, RIGHT_COVERAGE_ASSIGN, "Changes what is wanted of a coverage",
         "kind due_at brief quantity_min quantity_max priority news_status version"),
    STEP("/asignar", act_assign, RIGHT_COVERAGE_ASSIGN,
         "Gives a coverage to a person, a team or a contact; warns of what clashes",
         "assignee area contact anyway version"),
    {POST, "/mesa/coberturas/:id/enlace", act_link, RIGHT_COVERAGE_ASSIGN,
     "Makes a link with which the assignee says yes or no, once", .shape = &link_shape, .form = page_coverage},
    STEP("/aceptar", act_accept, LOGIN, "Accepts a coverage", "version"),
    STEP("/iniciar", act_start, LOGIN, "Says that work on a coverage has begun", "version"),
    STEP("/rechazar", act_decline, LOGIN, "Declines a coverage", "reason! version"),
    {POST, "/mesa/coberturas/:id/entregar", act_deliver, LOGIN, "Delivers a coverage with its evidence",
     .fields = "evidence kind url text link note file quantity_delivered worked_minutes client_key version",
     .shape = &agenda_coverage_shape, .form = page_coverage, .files = true, .body_max = DELIVERY_MAX},
    STEP("/aprobar", act_approve, RIGHT_COVERAGE_APPROVE, "Approves what was delivered", "version"),
    STEP("/devolver", act_return, RIGHT_COVERAGE_APPROVE, "Returns what was delivered or approved",
         "reason! version"),
    STEP("/cancelar", act_cancel, RIGHT_COVERAGE_ASSIGN, "Cancels a coverage", "reason! version"),
    {0},
};
