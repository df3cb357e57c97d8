/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_html.c: the month as a document of its own, for files and mail. */
#include "desks/report/report_room.h"
#include "report_month_views.h"

void report_html(Ctx *ctx, const Report *report, Buf *out)
{
    Html *h = html_new(ctx);
    report_view_document(h, report, report_month_label(ctx, report->month), report->city ? report->city : ctx->city->name);
    buf_text(out, html_finish(h).s);
}
