/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* frame_room.h: what frame.c gives its views; private to both. */
#pragma once
#include "assets.h"
#include "web/frame.h"

typedef struct FrameLink {
    const char *label, *icon; /* in the reader's tongue; icon may be NULL */
    Url path;
    i64 count;                /* what waits there; 0: no number */
    bool current;
    Url fresh;                /* of a bell: where its number is asked for again */
} FrameLink;

typedef struct FrameGroup {
    List links; /* of FrameLink */
} FrameGroup;

typedef struct Frame {
    const Ctx *ctx;
    const Request *req;
    const Page *page;
    const char *lang, *other_lang, *other_name;
    const char *title, *description;
    Url canonical, other;     /* the same page in the other tongue */
    const char *canonical_text;
    const char *image;        /* absolute: what others show when the page is shared; NULL: none */
    List tongues;             /* of FrameLink: label is the language */
    List groups;              /* of FrameGroup: the desk's rail */
    List first, after;        /* of FrameLink: the telephone's bar, left and right of the plus */
    List creates;             /* of FrameLink: what the plus begins; none: no plus */
    List bells;               /* of FrameLink: at the top; the first always, others while something waits there */
    List menu;                /* of FrameLink: the site's header */
    List footer, feeds;       /* of FrameLink */
    const char *initials;
    const char *tone;         /* a class, so that a person keeps the colour */
    const char *csrf;
    bool has_search, has_flow, has_official;
    FrameLook look;
    bool lean;                /* no pictures, no fonts */
    Url whole, little;        /* this page with pictures; without them */
    SafeHtml inside, top;     /* the page; what panels put above it */
} Frame;

/* Every picture becomes the words that describe it. */
SafeHtml frame_without_pictures(Ctx *ctx, SafeHtml page);

typedef struct Trouble {
    const char *heading, *sentence, *status, *request;
    const char *words;        /* of the address that was not found, to be looked for; NULL: none */
    List sections;            /* of FrameLink: where one may go on */
    SafeHtml found;           /* what rooms have to offer instead (panels of "site_trouble") */
    bool may_search;
    Url search, main, home;
    const char *main_label, *home_label;
} Trouble;
