/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_hint_pages.c: the remarks at their address: a piece of a page for the editor, data for programs. */
#include "desks/press/hints/press_hints.h"
#include "desks/press/press_pages.h"
#include "press_hint_views.h"

/* GET /mesa/comunicados/:id/sugerencias */
static void page_hints(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_READ) ? press_find(ctx, req->id) : NULL;
    const Hints *hints = r ? press_hints(ctx, r) : NULL;
    if (!hints)
        return;
    page_one(page, &press_hints_shape, hints);
    if (page->format != FORMAT_HTML)
        return;
    Html *h = html_new(ctx);
    press_view_hints(h, hints);
    const char *piece = html_finish(h).s;
    Buf *out = buf_new(ctx->arena, html_size(h) + 1, HTML_MAX);
    buf_text(out, piece);
    page_bytes(page, "text/html; charset=utf-8", NULL, out);
}

const Route press_hint_routes[] = {
    {GET, "/mesa/comunicados/:id/sugerencias", page_hints, RIGHT_PRESS_READ, "What a reader would remark on a draft: length, ease, what is missing, spelling",
     .shape = &press_hints_shape},
    {0},
};
