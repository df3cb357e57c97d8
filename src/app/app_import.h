/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_import.h: shared by the files of vocero import. */
#pragma once
#include "app/command.h"

typedef struct WordpressOptions {
    const char *user, *password_file, *since, *category;
    bool no_pictures, skip_bad, dry_run, json;
} WordpressOptions;

typedef struct PhotosOptions {
    const char *event, *coverage, *user;
    bool skip_bad, json;
} PhotosOptions;

/* The pictures of a folder, sorted by name, without what lies in folders below. FAILED when any was refused, unless skip_bad. */
int import_photos(Desk *desk, const char *path, const PhotosOptions *options);

/* from: a site's address, or a WXR file. */
int import_wordpress(Desk *desk, const char *from, const WordpressOptions *options);
