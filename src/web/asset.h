/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* asset.h: styles, scripts, fonts, icons and pictures, built from ui/ and embedded by
 * dev/assetgen.py. */
#pragma once
#include "base/base.h"

typedef struct Asset {
    const char *path; /* "/estatico/desk-ab12cd34.css"; the hash in the name is of its bytes */
    const char *type;
    const char *etag; /* strong, quoted */
    bool immutable;   /* the name changes with the content: a browser may keep it for ever */
    Bytes plain, gzip, brotli; /* the latter two empty where they do not pay */
} Asset;

extern const Asset assets[]; /* sorted by path */
extern const size_t assets_count;
