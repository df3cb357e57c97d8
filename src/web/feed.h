/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* feed.h: Atom (RFC 4287) written straight down. */
#pragma once
#include "web/page.h"

typedef struct FeedEntry {
    const char *id;      /* tag: URI, never the slug */
    const char *title, *summary, *content_html;
    const char *path;    /* alternate */
    i64 published, updated;
} FeedEntry;
void feed_atom(Ctx *ctx, Page *page, const char *title, const char *self_path, const char *home_path,
               const FeedEntry *entries, size_t n);
