/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_notice_pages.c: what a person is told: the list, marking as read, the way to the record. */
#include "desks/people/people_pages.h"
#include "desks/people/people_room.h"
#include "web/cursor.h"
#include "people_notice_views.h"

/* GET /mesa/avisos?ver=todos */
static void page_notices(Ctx *ctx, const Request *req, Page *page)
{
    bool all = text_same(query_text(req, "ver"), "todos");
    i64 limit = query_limit(req), before = 0, none = 0;
    cursor_read(ctx, req, &none, &before);
    List list = people_notices(ctx, !all, before, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const Notice *last = list.count ? (const Notice *)list.items + list.count - 1 : NULL;
    NoticesShown x = {.notices = list, .unseen = people_notices_unseen(ctx), .all = all, .form = req->form,
                      .next = more ? cursor_make(ctx, req, 0, last->id) : NULL};
    page->title = say(ctx, "Notices");
    page->here = "/mesa/avisos";
    page_list(page, &people_notice_shape, list, all ? NONE : x.unseen, x.next);
    if (page->format == FORMAT_HTML)
        people_view_notices(page->html, &x);
}

/* POST /mesa/avisos/:id/abrir: read, and on to what it speaks of */
static void act_open(Ctx *ctx, const Request *req, Page *page)
{
    Url where = url_literal("/mesa/avisos");
    const Notice *n = people_notice(ctx, req->id);
    if (!n || !people_notice_see(ctx, n->id))
        return;
    url_inside(ctx->arena, n->address, &where);
    page_one(page, &people_notice_shape, people_notice(ctx, n->id));
    page_done(page, where, NULL);
}

/* POST /mesa/avisos/:id/leido */
static void act_see(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_notice_see(ctx, req->id))
        return;
    page_one(page, &people_notice_shape, people_notice(ctx, req->id));
    page_done(page, url_literal("/mesa/avisos"), NULL);
}

/* POST /mesa/avisos/leidos */
static void act_see_all(Ctx *ctx, const Request *req, Page *page)
{
    i64 seen = 0;
    if (!people_notices_see_all(ctx, &seen))
        return;
    page_list(page, &people_notice_shape, (List){0}, 0, NULL);
    page_done(page, url_literal("/mesa/avisos"), say(ctx, "All notices are marked as read."));
}

const Route people_notice_routes[] = {
    {GET, "/mesa/avisos", page_notices, LOGIN, "What one is told: not read yet, or all", .list = true, .query = "ver limit after",
     .shape = &people_notice_shape},
    {POST, "/mesa/avisos/:id/abrir", act_open, LOGIN, "Marks a notice as read and leads to its record",
     .shape = &people_notice_shape},
    {POST, "/mesa/avisos/:id/leido", act_see, LOGIN, "Marks a notice as read", .shape = &people_notice_shape},
    {POST, "/mesa/avisos/leidos", act_see_all, LOGIN, "Marks all notices as read"},
    {0},
};
