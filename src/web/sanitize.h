/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize.h: foreign HTML into HTML that is safe: the one allow-list of the house.
 *
 * The source is parsed as browsers do (HTML5, gumbo) and written anew: what is not on the list is not written. Elements:
 * p br hr h2 h3 h4 ul ol li blockquote cite q strong em b i s u sub sup small abbr time mark code pre a table caption thead tbody tr
 * th td figure figcaption img (only where images are allowed) details summary dl dt dd.  Attributes: href (http, https, mailto, tel, and
 * paths of this site), lang, dir, title, datetime, colspan, rowspan, scope, start, alt, width, height.  Links to elsewhere get
 * rel="noopener noreferrer nofollow"; h1 becomes h2. Text of script, style, template, svg, math, iframe, object, form controls is dropped. */
#pragma once
#include "base/ctx.h"
#include "web/html.h"

enum { SANITIZE_MAX = 1024 * 1024, SANITIZE_DEPTH = 100 };

typedef struct SanitizeRules {
    bool images;             /* <img> stays, where image_url says where it is now */
    /* Where a picture is now (a path of ours); NULL: it is left out, its alt text stays. data: of the caller. */
    const char *(*image_url)(Ctx *ctx, const char *src, void *data);
    void *data;
    bool anchors;            /* h2, h3 get an id made of their words, for a table of contents */
} SanitizeRules;

typedef struct Sanitized {
    SafeHtml html;
    const char *text;        /* as people read it: blocks one a line */
    List headings;           /* of Heading: h2 and h3, in order; ids where anchors */
    i64 dropped;             /* elements and attributes that were not taken */
} Sanitized;
typedef struct Heading {
    int level;
    const char *id, *text;
} Heading;

/* FAULT_TOO_LARGE past SANITIZE_MAX bytes in or four times that out; what lies deeper than SANITIZE_DEPTH loses its elements, not
 * its text. rules NULL: no images, no anchors. */
CHECKED bool sanitize(Ctx *ctx, const char *html, size_t n, const SanitizeRules *rules, Sanitized *out);
/* For image_url, where pictures were put into the text by us: those below /medios/ stay, others are left out. */
const char *sanitize_own_picture(Ctx *ctx, const char *src, void *data);
/* Markdown back from sanitised HTML, for imports: headings, lists, links, emphasis, quotes, tables. */
const char *sanitize_markdown(Ctx *ctx, const char *html, size_t n, const SanitizeRules *rules);
