/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_test_desk.h: the office of photos_test_office.h with pages that can be asked for. */
#pragma once
#include "desks/photos/photos_test_office.h"
#include "web/web_test.h"

typedef struct Desk {
    PhotoOffice room;
    PageTest page;
} Desk;

UNUSED static void desk_open(Desk *d, StoreTest *t, const Route *const *routes)
{
    d->room = photo_office(t);
    page_test_open(&d->page, t, routes);
}

UNUSED static const char *number(Desk *d, i64 id)
{
    return id_text(d->page.kept, id);
}
