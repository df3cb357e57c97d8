/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_check.h: whether a paper keeps to its limits, and text that every writer can take. */
#pragma once
#include "paper/paper.h"

/* FAULT_TOO_LARGE, or FAULT_BROKEN for what no caller may give: no title, text that is no UTF-8, a figure without
 * alternative text, an address that is not http, https or mailto. */
CHECKED bool check_paper(Ctx *ctx, const Paper *paper);  /* title, properties and blocks */
CHECKED bool check_sheets(Ctx *ctx, const Paper *paper); /* title, properties and sheets */

/* NULL when nothing is to be shown.  Controls (but \n) and noncharacters become spaces, bidi overrides go. */
const char *check_clean(Arena *a, const char *text);
