/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_import.h: shared by the files of vocero import. */
#pragma once
#include "app/command.h"

typedef struct WordpressOptions {
    const char *user, *password_file, *since, *category;
    bool no_pictures, skip_bad, dry_run, json;
} WordpressOptions;

/* from: a site's address, or a WXR file. */
int import_wordpress(Desk *desk, const char *from, const WordpressOptions *options);
