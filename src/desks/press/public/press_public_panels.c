/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_panels.c: releases on the pages of other rooms: of an event, and on the front page. */
#include "desks/press/press_pages.h"
#include "desks/press/public/press_public.h"
#include "press_public_list_views.h"
#include "press_public_notice_views.h"

enum { OF_EVENT = 10, LATEST = 3 };

static void panel_event(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    press_public_view_of_event(h, press_public_of_event(ctx, id, OF_EVENT));
}

/* The youngest one is the hero, the next ones stand below. */
static List youngest(Ctx *ctx, i64 limit)
{
    return press_public_list(ctx, &(PublicFilter){0}, 0, 0, limit);
}

static void panel_hero(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    List list = youngest(ctx, 1);
    if (list.count)
        press_public_view_hero(h, list.items);
}

static void panel_latest(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    List list = youngest(ctx, 1 + LATEST);
    if (list.count > 1)
        press_public_view_latest(h, (List){(const PublicRelease *)list.items + 1, list.count - 1});
}

const Panel press_public_panels[] = {
    {"public_event", "main", 10, PUBLIC, panel_event},
    {"site_home", "first", 10, PUBLIC, panel_hero},
    {"site_home", "main", 5, PUBLIC, panel_latest},
    {0},
};
