/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_photo.h: what the page shows on which a release's picture is chosen from the photos. */
#pragma once
#include "desks/photos/photos.h"
#include "desks/press/editor/press_editor.h"

typedef struct PhotoChoosing {
    const Request *req;
    const Release *release;
    const char *words;   /* searched for; NULL: nothing */
    List photos;         /* of Photo: those that may be published; beside a release: the last ones of its event */
    i64 total;           /* beside a release: how many its event has */
    bool may_choose;     /* likewise: the release can still be changed, by who asks */
} PhotoChoosing;
/* Its copy for the desk, which is the photos' own address. */
Url press_photo_url(Arena *a, i64 photo, const char *variant);
