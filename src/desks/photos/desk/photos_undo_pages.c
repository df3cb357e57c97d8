/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_undo_pages.c: a step with photos is taken back; the notice of the step has the button. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"

enum { NAMES_SAID = 120 }; /* letters of a notice */

void photos_offer_undo(Ctx *ctx, Page *page)
{
    i64 step = faulted(ctx) ? 0 : photos_step_made(ctx);
    if (step)
        page->undo = url_query(ctx->arena, url_id(ctx->arena, "/mesa/fotos/pasos/", step, "/deshacer"), "volver", page->redirect.s);
}

/* ---- what is said ---- */

static const char *what_is_back(Ctx *ctx, const PhotoUndone *u)
{
    const i64 n = u->photos;
    switch (u->verb) {
    case STEP_MARKED: return arena_printf(ctx->arena, say_n(ctx, "The mark of %" PRId64 " photo is as before.", "The marks of %" PRId64 " photos are as before.", n), n);
    case STEP_MOVED: return arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo is back where it was.", "%" PRId64 " photos are back where they were.", n), n);
    case STEP_DESCRIBED: return arena_printf(ctx->arena, say_n(ctx, "The words of %" PRId64 " photo are as before.", "The words of %" PRId64 " photos are as before.", n), n);
    case STEP_REMOVED: break;
    }
    return arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo is at the desk again.", "%" PRId64 " photos are at the desk again.", n), n);
}

static const char *names_of(Ctx *ctx, const PhotoUndone *u)
{
    List names = text_split(ctx->arena, u->left_names, '\n');
    const char *said = arena_text(ctx->arena, *(const char *const *)names.items);
    for (size_t i = 1; i < names.count; i++)
        said = arena_printf(ctx->arena, "%s, %s", said, ((const char *const *)names.items)[i]);
    return text_clip(ctx->arena, (i64)names.count < u->left ? arena_printf(ctx->arena, "%s…", said) : said, NAMES_SAID);
}

static const char *what_is_left(Ctx *ctx, const PhotoUndone *u)
{
    const i64 n = u->left;
    const char *left = arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo stays as it is, because somebody changed it meanwhile",
                                                      "%" PRId64 " photos stay as they are, because somebody changed them meanwhile", n), n);
    return u->left_names ? arena_printf(ctx->arena, "%s: %s.", left, names_of(ctx, u)) : arena_printf(ctx->arena, "%s.", left);
}

const char *photos_undone_said(Ctx *ctx, const PhotoUndone *u)
{
    if (!u->photos && !u->left)
        return say(ctx, "All of it was as before already.");
    if (!u->left)
        return what_is_back(ctx, u);
    return u->photos ? arena_printf(ctx->arena, "%s %s", what_is_back(ctx, u), what_is_left(ctx, u)) : what_is_left(ctx, u);
}

/* ---- the address ---- */

/* Where the step led; else where its photos are. */
static Url where_to(Ctx *ctx, const Request *req, const PhotoUndone *u)
{
    Url back;
    const char *asked = query_text(req, "volver");
    if (asked && url_inside(ctx->arena, asked, &back))
        return back;
    return u->event ? photos_sort_url(ctx->arena, u->event, 0) : url_literal("/mesa/fotos");
}

/* POST /mesa/fotos/pasos/:id/deshacer */
void photos_act_undo(Ctx *ctx, const Request *req, Page *page)
{
    PhotoUndone *u = arena_new_of(ctx->arena, PhotoUndone);
    if (!photos_undo(ctx, req->id, u))
        return;
    page_one(page, &photos_undone_shape, u);
    page_done(page, where_to(ctx, req, u), photos_undone_said(ctx, u));
}
