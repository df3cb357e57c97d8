/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_list_pages.c: what hangs at the lists of the agenda: saved views, and a day as text for messaging apps. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "desks/agenda/lists/agenda_text.h"
#include "agenda_list_views.h"

/* ---- saved views ---- */

/* GET /mesa/agenda/vistas; also drawn again when one of its forms was wrong */
static void page_views(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    SavedShown x = {.req = req, .views = agenda_saved_views(ctx)};
    page->title = say(ctx, "Saved views");
    page->here = "/mesa/agenda";
    page_list(page, &agenda_saved_shape, x.views, (i64)x.views.count, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_saved_page(page->html, &x);
}

/* POST /mesa/agenda/vistas */
static void act_save(Ctx *ctx, const Request *req, Page *page)
{
    SavedDraft draft = {.name = form_text(ctx, req, "name", SAVED_NAME_MAX),
                        .query = form_raw(req, "query"),
                        .shared = form_bool(req, "shared")};
    i64 id;
    if (faulted(ctx) || !agenda_saved_add(ctx, &draft, &id))
        return;
    const SavedView *view = agenda_saved_view(ctx, id);
    if (!view)
        return;
    page_one(page, &agenda_saved_shape, view);
    page_created(page, agenda_saved_url(ctx->arena, view), say(ctx, "The view was saved."));
}

/* POST /mesa/agenda/vistas/:id */
static void act_rename(Ctx *ctx, const Request *req, Page *page)
{
    const SavedView *view = agenda_saved_view(ctx, req->id);
    if (!view)
        return;
    const char *name = form_has(req, "name") ? form_text(ctx, req, "name", SAVED_NAME_MAX)
                                             : view->name;
    bool whole_form = page->format == FORMAT_HTML; /* an empty box is not sent */
    bool shared = form_has(req, "shared") || whole_form ? form_bool(req, "shared") : view->shared;
    if (faulted(ctx) || !agenda_saved_change(ctx, req->id, name, shared))
        return;
    page_one(page, &agenda_saved_shape, agenda_saved_view(ctx, req->id));
    page_done(page, url_literal("/mesa/agenda/vistas"), say(ctx, "Saved."));
}

/* POST /mesa/agenda/vistas/:id/borrar */
static void act_delete(Ctx *ctx, const Request *req, Page *page)
{
    const SavedView *view = agenda_saved_view(ctx, req->id);
    if (!view || !agenda_saved_delete(ctx, req->id))
        return;
    page_one(page, &agenda_saved_shape, view);
    page_done(page, url_literal("/mesa/agenda/vistas"), say(ctx, "The view was deleted."));
}

/* ---- a day as text ---- */

static bool read_day(Ctx *ctx, const Request *req, Period *day_out)
{
    if (!agenda_period(ctx, req, day_out))
        return false;
    if (day_out->kind != PERIOD_DAY)
        *day_out = agenda_period_of(ctx, PERIOD_DAY, day_out->given ? day_out->span.from : ctx->now);
    return true;
}

/* GET /mesa/agenda/texto */
static void page_text(Ctx *ctx, const Request *req, Page *page)
{
    TextShown x = {.internal = text_same(query_text(req, "interno"), "1")};
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !read_day(ctx, req, &x.day) ||
        !agenda_tone_read(ctx, req, &x.tone))
        return;
    x.text = x.internal ? agenda_text_desk(ctx, &x.day, x.tone)
                        : agenda_text_public(ctx, &x.day, x.tone);
    if (!x.text)
        return;
    x.length = (i64)text_graphemes(x.text);
    page->title = say(ctx, "Agenda of the day as a message");
    page->here = "/mesa/agenda";
    if (page->format == FORMAT_HTML)
        agenda_view_text(page->html, &x);
    else
        agenda_page_text(ctx, page, x.text);
}

void agenda_page_text(Ctx *ctx, Page *page, const char *text)
{
    Buf *out = buf_new(ctx->arena, strlen(text) + 1, strlen(text) + 1);
    buf_text(out, text);
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

const Route agenda_list_routes[] = {
    {GET, "/mesa/agenda/vistas", page_views, RIGHT_AGENDA_READ,
     "Saved views: one's own and those shared with the desk", .list = true, .shape = &agenda_saved_shape},
    {POST, "/mesa/agenda/vistas", act_save, RIGHT_AGENDA_READ, "Saves filters under a name",
     .fields = "name! query shared", .shape = &agenda_saved_shape, .form = page_views},
    {POST, "/mesa/agenda/vistas/:id", act_rename, RIGHT_AGENDA_READ, "Renames or shares a view of one's own",
     .fields = "name shared", .shape = &agenda_saved_shape, .form = page_views},
    {POST, "/mesa/agenda/vistas/:id/borrar", act_delete, RIGHT_AGENDA_READ,
     "Deletes a view of one's own", .shape = &agenda_saved_shape, .form = page_views},
    {GET, "/mesa/agenda/texto", page_text, RIGHT_AGENDA_READ,
     "A day's agenda as text for messaging apps", .formats = AS_HTML | AS_TEXT,
     .query = "dia tono interno"},
    {0},
};
