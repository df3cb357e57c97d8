/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* made by dev/viewgen.py from press_views.html: do not edit */
#pragma once
#include "web/html.h"
#include "desks/press/press_room.h"

void press_view_release(Html *h, const Release *r, Url url);
void press_view_list(Html *h, List releases);
void press_view_empty(Html *h);
