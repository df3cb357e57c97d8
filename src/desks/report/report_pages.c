/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages.c: the addresses of the report room. */
#include "desks/report/report_pages.h"
#include "desks/people/people.h"
#include "desks/report/report_room.h"
#include "web/form.h"
#include "report_views.h"

enum { MONTHS_SHOWN = 60 };

typedef struct MonthRow {
    const char *month, *url;
} MonthRow;
static const Field month_fields[] = {FIELD_TEXT(MonthRow, month), FIELD_TEXT(MonthRow, url)};
static const Shape month_shape = SHAPE("report_month", MonthRow, month_fields);

static List month_rows(Ctx *ctx, List months)
{
    MonthRow *rows = arena_array(ctx->arena, MonthRow, months.count + 1);
    for (size_t i = 0; i < months.count; i++) {
        const char *month = ((const char *const *)months.items)[i];
        rows[i] = (MonthRow){month, arena_printf(ctx->arena, "%s%s", ctx->city->base_url, report_url(ctx->arena, month, NULL).s)};
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

/* GET /mesa/informes/:month */
static void page_month(Ctx *ctx, const Request *req, Page *page)
{
    const Report *r = report_compute(ctx, req->month);
    if (!r)
        return;
    page->title = report_month_label(ctx, r->month);
    page->here = "/mesa/informes";
    page_one(page, &report_shape, r);
    if (page->format == FORMAT_CSV) {
        Buf *out = buf_new(ctx->arena, 4096, 1024 * 1024);
        report_csv(ctx, r, out);
        page_bytes(page, "text/csv; charset=utf-8", arena_printf(ctx->arena, "informe-%s.csv", r->month), out);
    } else if (page->format == FORMAT_HTML) {
        report_view_month(page->html, r, page->title);
    }
}

/* The desk's home: this month so far. */
static void panel_month(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    const Report *r = report_compute(ctx, clock_month_text(ctx->arena, ctx->city->zone, ctx->now));
    if (r)
        report_view_panel(h, r, report_month_label(ctx, r->month));
}

const Route report_routes[] = {
    {GET, "/mesa/informes", page_months, RIGHT_REPORT_READ, "The months that have something to report", .shape = &month_shape},
    {GET, "/mesa/informes/:month", page_month, RIGHT_REPORT_READ, "A month in figures, each with the list that it counts",
     .formats = AS_HTML | AS_JSON | AS_CSV, .shape = &report_shape},
    {0},
};

const Panel report_panels[] = {
    {"desk_home", "low", 10, RIGHT_REPORT_READ, panel_month},
    {0},
};
