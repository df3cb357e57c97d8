/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* markdown.h: Markdown (CommonMark with tables, strikethrough and bare links; md4c) into safe HTML.
 *
 * HTML inside is text. What md4c makes goes through sanitize() all the same: one door for all HTML. */
#pragma once
#include "web/sanitize.h"

enum { MARKDOWN_MAX = 256 * 1024 };

/* FAULT_TOO_LARGE past MARKDOWN_MAX; time and output grow no faster than the text, whatever is in it. */
CHECKED bool markdown_html(Ctx *ctx, const char *text, const SanitizeRules *rules, Sanitized *out);
/* As people read it, for plain-text copies, feeds' summaries, search and likeness. */
const char *markdown_text(Ctx *ctx, const char *text);
