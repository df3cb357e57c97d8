/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_panels.c: galleries on the pages of other rooms: of an event, and on the front page. */
#include "desks/photos/photos_pages.h"
#include "desks/photos/public/photos_public.h"
#include "photos_public_list_views.h"

enum { OF_EVENT = 6, ON_FRONT = 5 };

static void panel_event(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    photos_public_view_of_event(h, photos_public_galleries(ctx, id, 0, 0, OF_EVENT));
}

static void panel_front(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    List galleries = photos_public_galleries(ctx, 0, 0, 0, ON_FRONT);
    if (galleries.count)
        photos_public_view_front(h, galleries);
}

const Panel photos_public_panels[] = {
    {"public_event", "main", 20, PUBLIC, panel_event},
    {"site_home", "main", 40, PUBLIC, panel_front},
    {0},
};
