/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_kit_page.c: comunicado.html of a press kit, drawn. */
#include "desks/press/pictures/press_kit_texts.h"
#include "press_kit_views.h"

const char *press_kit_page(Ctx *ctx, const char *title, List texts)
{
    Html *h = html_new(ctx);
    press_view_kit(h, title, texts);
    return html_over(h) ? fault(ctx, FAULT_TOO_LARGE, "The texts of the press kit are too long together.") : html_finish(h).s;
}
