/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages.c: the desk's addresses of the monthly report. */
#include "desks/report/report_pages.h"
#include "desks/report/report_give.h"
#include "desks/report/report_room.h"
#include "store/seal.h"
#include "web/site.h"
#include "report_month_views.h"
#include "report_views.h"

enum { MONTHS_SHOWN = 60, HISTORY = 20 };

/* The figures that stand first and large. */
static const char *const first_figures[] = {"events_covered", "events_live", "events_photographed", "coverages_on_time", NULL};

/* ---- the list ---- */
typedef struct MonthRow {
    const char *month, *url;
    ReportState state;
    i64 version;
    bool over;
} MonthRow;
static const Field month_fields[] = {
    FIELD_TEXT(MonthRow, month), FIELD_WORD(MonthRow, state, report_state_words), FIELD_INT(MonthRow, version),
    FIELD_BOOL(MonthRow, over),  FIELD_TEXT(MonthRow, url),
};
static const Shape month_shape = SHAPE("report_month", MonthRow, month_fields);

static List month_rows(Ctx *ctx, List months)
{
    MonthRow *rows = arena_array(ctx->arena, MonthRow, months.count + 1);
    for (size_t i = 0; i < months.count; i++) {
        const Report *r = (const Report *)months.items + i;
        const char *url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, report_url(ctx->arena, r->month, NULL).s);
        rows[i] = (MonthRow){r->month, url, r->state, r->version, r->over};
    }
    return (List){rows, months.count};
}

/* GET /mesa/informes */
static void page_months(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_REPORT_READ))
        return;
    List months = report_months(ctx, MONTHS_SHOWN);
    page->title = say(ctx, "Monthly reports");
    page->here = "/mesa/informes";
    page_list(page, &month_shape, month_rows(ctx, months), (i64)months.count, NULL);
    if (page->format == FORMAT_HTML)
        report_view_list(page->html, months);
}

/* ---- one month ---- */
static const char *next_said(Ctx *ctx, const Report *r)
{
    switch (r->state) {
    case REPORT_DRAFT:
        if (!r->over)
            return arena_printf(ctx->arena, say(ctx, "The month is not over. From %s on it can be sent to review; until then the figures go on being counted."),
                                report_day(ctx, r->span.to));
        return say(ctx, "Whoever writes the report completes the texts and sends it to review. The figures are frozen then.");
    case REPORT_IN_REVIEW:
        return say(ctx, "It waits for the signature. Another person than the one who sent it reads it and signs, or returns it with a reason.");
    case REPORT_SIGNED:
        return say(ctx, "It is signed and cannot be changed any more. Once it is published, everybody can read it and verify its code.");
    case REPORT_PUBLISHED:
        return say(ctx, "It is published. When records were corrected afterwards, a new version can be computed; this one stays readable.");
    }
    return "";
}

/* Asks the rule, and takes its sentence instead of its fault. */
static const char *why_not_sign(Ctx *ctx, const Report *r)
{
    const char *post;
    if (r->state != REPORT_IN_REVIEW || !people_has(ctx, RIGHT_REPORT_SIGN) || faulted(ctx))
        return NULL;
    if (!report_may_sign(ctx, &post))
        return fault_take(ctx).what;
    if (ctx->city->four_eyes && r->sent_by && r->sent_by == ctx->actor->id)
        return say(ctx, "You sent this report to review: another person signs it.");
    return NULL;
}

/* Which of the page's forms was wrong. */
static const char *active_form(const Request *req)
{
    if (req->method != POST)
        return NULL;
    return text_ends(req->route->path, ":month") ? "texts" : strrchr(req->route->path, '/') + 1;
}

static void draw_month(Ctx *ctx, const Request *req, Page *page, const Report *r)
{
    const Report *youngest = report_row(ctx, r->month, 0);
    ReportShown x = {
        .report = r, .req = req, .label = page->title,
        .active = active_form(req),
        .versions = report_versions(ctx, r->month),
        .journal = r->id ? journal_of(ctx, "report", r->id, HISTORY) : (List){0},
        .chart = report_chart(ctx, r, r->frozen ? r->span.to : ctx->now),
        .may_edit = people_has(ctx, RIGHT_REPORT_EDIT),
        .may_publish = people_has(ctx, RIGHT_REPORT_PUBLISH),
        .youngest = !youngest || youngest->version == r->version,
        .next = next_said(ctx, r), .why_not = why_not_sign(ctx, r),
    };
    x.may_send = x.may_edit && r->state == REPORT_DRAFT && r->over;
    x.may_sign = people_has(ctx, RIGHT_REPORT_SIGN) && !x.why_not;
    report_view_month(page->html, &x, first_figures);
}

/* GET /mesa/informes/:month; also drawn again when one of its forms was wrong */
static void page_month(Ctx *ctx, const Request *req, Page *page)
{
    const Report *r = report_find(ctx, req->month, req->method == GET ? query_int(req, "version", 0) : 0);
    if (!r)
        return;
    page->title = report_month_label(ctx, r->month);
    page->here = "/mesa/informes";
    if (!report_give(ctx, req, page, r, false))
        draw_month(ctx, req, page, r);
}

/* ---- its way ---- */
static void give(Ctx *ctx, const Request *req, Page *page, bool done, const char *notice)
{
    const Report *r = done ? report_find(ctx, req->month, 0) : NULL;
    if (!r)
        return;
    page_one(page, &report_shape, report_for_programs(ctx, r, false));
    page_done(page, report_url(ctx->arena, r->month, NULL), notice);
}

/* POST /mesa/informes/:month */
static void act_write(Ctx *ctx, const Request *req, Page *page)
{
    const Report *r = people_may(ctx, RIGHT_REPORT_EDIT) ? report_row(ctx, req->month, 0) : NULL;
    Narrative n = {
        form_has(req, "highlights") ? form_text(ctx, req, "highlights", REPORT_TEXT_MAX) : r ? r->highlights : NULL,
        form_has(req, "difficulties") ? form_text(ctx, req, "difficulties", REPORT_TEXT_MAX) : r ? r->difficulties : NULL,
        form_has(req, "outlook") ? form_text(ctx, req, "outlook", REPORT_TEXT_MAX) : r ? r->outlook : NULL,
    };
    i64 revision = form_int(ctx, req, "revision", 0, INT64_MAX);
    give(ctx, req, page, !faulted(ctx) && report_write(ctx, req->month, &n, revision), say(ctx, "Saved."));
}

/* POST /mesa/informes/:month/revisar */
static void act_send(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, report_send(ctx, req->month), say(ctx, "Sent to review. The figures are frozen."));
}

/* POST /mesa/informes/:month/devolver */
static void act_return(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, report_return(ctx, req->month, form_text(ctx, req, "reason", REPORT_REASON_MAX)),
         say(ctx, "Returned."));
}

/* POST /mesa/informes/:month/firmar */
static void act_sign(Ctx *ctx, const Request *req, Page *page)
{
    const char *seen = form_text(ctx, req, "sha256", 64);
    give(ctx, req, page, !faulted(ctx) && report_sign(ctx, req->month, seen, req->version, req->site->seal_key),
         say(ctx, "Signed."));
}

/* Rendering takes its time: before the transaction. What is published is what was signed, so it cannot change. */
static bool prepare_files(Ctx *ctx, const Request *req, void **prepared_out)
{
    List *files = arena_new_of(ctx->arena, List);
    *prepared_out = files;
    Report *row = people_may(ctx, RIGHT_REPORT_PUBLISH) ? report_row(ctx, req->month, 0) : NULL;
    if (row && row->state == REPORT_SIGNED && report_thaw(ctx, row))
        *files = report_files(ctx, row);
    return !faulted(ctx);
}

/* POST /mesa/informes/:month/publicar */
static void act_publish(Ctx *ctx, const Request *req, Page *page)
{
    List files = req->prepared ? *(const List *)req->prepared : (List){0};
    give(ctx, req, page, report_publish(ctx, req->month, files), say(ctx, "Published."));
}

/* POST /mesa/informes/:month/recalcular */
static void act_recompute(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, report_recompute(ctx, req->month, form_text(ctx, req, "reason", REPORT_REASON_MAX)),
         say(ctx, "A new version was begun; the one before stays as it was signed."));
}

/* ---- the desk's home: this month so far ---- */
static void panel_month(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)req, (void)id;
    const char *month = clock_month_text(ctx->arena, ctx->city->zone, ctx->now);
    if (!people_has(ctx, RIGHT_REPORT_READ))
        return;
    Report *r = report_glance(ctx, month, first_figures);
    if (!r)
        return;
    Chart chart = report_chart(ctx, r, ctx->now);
    const char *title = arena_printf(ctx->arena, say(ctx, "%s, up to today"), report_month_label(ctx, month));
    report_view_panel(h, r, &chart, title, first_figures);
}

#define STEP(name, handler, right, summary, fields_)                                                              \
    {                                                                                                             \
        POST, "/mesa/informes/:month/" name, handler, right, summary, .fields = fields_, .shape = &report_shape,  \
            .form = page_month                                                                                    \
    }

const Route report_routes[] = {
    {GET, "/mesa/informes", page_months, RIGHT_REPORT_READ, "The months that have something to report", .list = true, .shape = &month_shape},
    {GET, "/mesa/informes/:month", page_month, RIGHT_REPORT_READ, "A month in figures, each with the list that it counts",
     .formats = REPORT_FORMATS, .query = "version forma", .shape = &report_shape},
    {POST, "/mesa/informes/:month", act_write, RIGHT_REPORT_EDIT, "Writes the texts of a draft",
     .fields = "highlights difficulties outlook revision", .shape = &report_shape, .form = page_month},
    STEP("revisar", act_send, RIGHT_REPORT_EDIT, "Sends a month that is over to review; its figures are frozen", "version sha256"),
    STEP("devolver", act_return, RIGHT_REPORT_SIGN, "Returns a report from review", "reason!"),
    STEP("firmar", act_sign, RIGHT_REPORT_SIGN, "Signs the report that the signer saw", "sha256 version"),
    {POST, "/mesa/informes/:month/publicar", act_publish, RIGHT_REPORT_PUBLISH, "Publishes the signed report",
     .fields = "version sha256", .shape = &report_shape, .form = page_month, .prepare = prepare_files},
    STEP("recalcular", act_recompute, RIGHT_REPORT_EDIT, "Begins a new version of a signed report", "reason!"),
    {0},
};

const Panel report_panels[] = {
    {"desk_home", "low", 10, RIGHT_REPORT_READ, panel_month},
    {0},
};
