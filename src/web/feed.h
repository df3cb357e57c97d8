/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* feed.h: Atom (RFC 4287) and RSS 2.0 (rssboard.org/rss-specification) written straight down. */
#pragma once
#include "web/page.h"

typedef struct FeedEntry {
    const char *id;      /* tag: URI, never the slug */
    const char *title, *summary, *content_html;
    const char *path;    /* alternate */
    const char *data_path, *data_type; /* the same for machines, of that media type; NULL: nothing */
    const char *author;  /* who speaks; NULL: the office */
    const char *tongue;  /* BCP 47; NULL: the feed's */
    List categories;     /* of const char * */
    i64 published, updated;
} FeedEntry;

typedef struct Feed {
    const char *title, *subtitle; /* subtitle may be NULL */
    const char *self, *home;      /* paths: of this feed, of the page that it follows */
    Url hub;                      /* who is told when it changes (WebSub); .s NULL: nobody */
    const FeedEntry *entries;
    size_t count;
} Feed;
/* In the page's format, FORMAT_ATOM or FORMAT_RSS; paths inside content become whole addresses. */
void feed_give(Ctx *ctx, Page *page, const Feed *feed);

void feed_atom(Ctx *ctx, Page *page, const char *title, const char *self_path, const char *home_path,
               const FeedEntry *entries, size_t n);
