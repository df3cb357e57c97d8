/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_room.h: a record to look at, for the generators' tests. */
#pragma once
#include "web/html.h"

typedef struct Release {
    i64 id;
    const char *title;
    SafeHtml body;
} Release;
