/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_give.h: one report in whatever form was asked for; for this room's pages only. */
#pragma once
#include "desks/report/report.h"
#include "web/page.h"

#define REPORT_FORMATS (AS_HTML | AS_JSON | AS_CSV | AS_PDF | AS_XLSX | AS_DOCX)

/* Data and files; false when HTML is wanted and the page must draw, or after a fault. */
bool report_give(Ctx *ctx, const Request *req, Page *page, const Report *r, bool public);
