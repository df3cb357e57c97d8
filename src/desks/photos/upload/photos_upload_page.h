/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_page.h: what the page of handing pictures in shows; shared by its view and its code. */
#pragma once
#include "desks/photos/photos_room.h"
#include "web/form.h"
#include "web/form_views.h"

/* An event, or a coverage of it, that pictures can be handed in for. */
typedef struct UploadTarget {
    i64 event, coverage;             /* coverage 0: the event alone */
    const char *value;               /* what the form sends: EVENT or EVENT/COVERAGE */
    const char *label;               /* today, 10:00: Arranque del bacheo */
    bool chosen;
} UploadTarget;

typedef struct UploadShown {
    const Form *form;
    List mine, others;               /* of UploadTarget: coverages of the actor's; events of these days */
    const char *person;              /* whose unfinished uploads the browser remembers */
    i64 file_max;                    /* bytes */
} UploadShown;
