/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_public_pages.c: /informes: what everybody reads of the published reports, and nothing else. */
#include "desks/report/report_give.h"
#include "desks/report/report_pages.h"
#include "desks/report/report_room.h"
#include "paper/paper.h"
#include "report_month_views.h"
#include "report_public_views.h"
#include "report_views.h"

static const char *const first_figures[] = {"events_covered", "events_live", "events_photographed", "coverages_on_time", NULL};

/* ---- the list ---- */
typedef struct PublishedRow {
    const char *month, *code, *sha256, *url;
    i64 version, signed_at, published_at;
} PublishedRow;
static const Field row_fields[] = {
    FIELD_TEXT(PublishedRow, month),     FIELD_INT(PublishedRow, version),       FIELD_TEXT(PublishedRow, code),
    FIELD_TEXT(PublishedRow, sha256),    FIELD_TIME(PublishedRow, signed_at),    FIELD_TIME(PublishedRow, published_at),
    FIELD_TEXT(PublishedRow, url),
};
static const Shape row_shape = SHAPE("published_month", PublishedRow, row_fields);

static List published_rows(Ctx *ctx, List reports)
{
    PublishedRow *rows = arena_array(ctx->arena, PublishedRow, reports.count + 1);
    for (size_t i = 0; i < reports.count; i++) {
        const Report *r = (const Report *)reports.items + i;
        const char *url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, report_public_url(ctx->arena, r->month, NULL).s);
        rows[i] = (PublishedRow){r->month, r->code, r->sha256, url, r->version, r->signed_at, r->published_at};
    }
    return (List){rows, reports.count};
}

/* GET /informes */
static void page_published(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    List reports = report_all_published(ctx, REPORT_MONTHS);
    page->title = say(ctx, "Monthly reports");
    page->here = "/informes";
    page->description = say(ctx, "What this office did, month by month, with goals, figures and the records behind them.");
    page_list(page, &row_shape, published_rows(ctx, reports), (i64)reports.count, NULL);
    if (page->format == FORMAT_HTML)
        report_public_view_list(page->html, reports);
}

/* ---- one ---- */
static void draw(Ctx *ctx, Page *page, const Report *r, const Report *youngest)
{
    Chart chart = report_chart(ctx, r, r->span.to);
    int side = 0;
    const char *url = arena_printf(ctx->arena, "%s/verificar?codigo=%s", r->site ? r->site : ctx->city->base_url, r->code);
    const char *qr = paper_qr_path(ctx->arena, url, &side);
    page->title = arena_printf(ctx->arena, say(ctx, "Report of activities, %s"), report_month_said(ctx, r->month));
    page->description = arena_printf(ctx->arena, say(ctx, "Activities and goals of %s, signed with the code %s."), r->area, r->code);
    report_public_view_page(page->html, r, youngest, &chart, first_figures, qr, side);
}

/* GET /informes/:month */
static void page_report(Ctx *ctx, const Request *req, Page *page)
{
    const Report *youngest = report_published(ctx, req->month, 0);
    i64 version = query_int(req, "version", 0);
    const Report *r = youngest && version && version != youngest->version ? report_published(ctx, req->month, version) : youngest;
    if (!r)
        return;
    page->here = "/informes";
    page->modified = r->published_at;
    if (!report_give(ctx, req, page, r, true))
        draw(ctx, page, r, youngest);
}

/* ---- the front page: the youngest published month ---- */
static void panel_accounts(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    (void)req, (void)id;
    List reports = report_all_published(ctx, 1);
    if (reports.count)
        report_public_view_panel(h, reports.items, first_figures);
}

const Route report_public_routes[] = {
    {GET, "/informes", page_published, PUBLIC, "The published monthly reports", .list = true, .shape = &row_shape},
    {GET, "/informes/:month", page_report, PUBLIC, "A published report: figures with goals, tables, text and signature",
     .formats = REPORT_FORMATS, .query = "version forma", .shape = &report_public_shape},
    {0},
};

const Panel report_public_panels[] = {
    {"site_home", "main", 60, PUBLIC, panel_accounts},
    {0},
};
