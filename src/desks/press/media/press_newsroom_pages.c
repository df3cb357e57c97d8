/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_newsroom_pages.c: the press room for everybody, and the way off the mailing lists. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "press_newsroom_views.h"

enum { LATEST = 5 };

/* GET /prensa */
static void page_newsroom(Ctx *ctx, const Request *req, Page *page)
{
    NewsroomShown x = {.req = req, .latest = press_public_list(ctx, &(PublicFilter){0}, 0, 0, LATEST)};
    if (faulted(ctx))
        return;
    page->title = say(ctx, "Press room");
    page->description = say(ctx, "For media: releases, feeds, accreditation and whom to ask.");
    page->alternate_atom = url_literal("/comunicados.atom");
    press_view_newsroom(page->html, &x);
}

/* GET /prensa/baja/:token */
static void page_leave(Ctx *ctx, const Request *req, Page *page)
{
    const MediaContact *c = press_leaver(ctx, req->token);
    if (!c)
        return;
    page->title = say(ctx, "No more mail");
    page->noindex = true;
    press_view_leave(page->html, req, c->opted_out_at != 0);
}

/* POST /prensa/baja/:token: a person's button, or a mail program's single click (RFC 8058), which brings no cookie and no form token. */
static void act_leave(Ctx *ctx, const Request *req, Page *page)
{
    if (!press_leave(ctx, req->token))
        return;
    page->title = say(ctx, "No more mail");
    page->noindex = true;
    press_view_leave(page->html, req, true);
}

const Route press_newsroom_routes[] = {
    {GET, "/prensa", page_newsroom, PUBLIC, "The press room: releases, feeds, accreditation, whom to ask", .formats = AS_HTML},
    {GET, "/prensa/baja/:token", page_leave, PUBLIC, "Asks whether somebody wants no more mail", .formats = AS_HTML, .uncached = true},
    {POST, "/prensa/baja/:token", act_leave, PUBLIC, "Takes somebody off the mailing lists", .formats = AS_HTML, .form = page_leave},
    {0},
};
