/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_page.h: what the page of handing pictures in shows; shared by its view and its code. */
#pragma once
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"
#include "web/form_views.h"

typedef struct UploadShown {
    const Form *form;
    PhotoTargets targets;
    const char *person;              /* whose unfinished uploads the browser remembers */
    i64 file_max;                    /* bytes */
} UploadShown;
