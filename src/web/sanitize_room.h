/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_room.h: shared by the sanitiser's files only: what is allowed, and foreign HTML as a tree. */
#pragma once
#include <gumbo.h>

#include "base/buf.h"
#include "web/sanitize.h"

/* What an element may hold and where it may stand. What is written always reads back as the same tree,
 * whoever reads it: blocks never stand in inline elements, lists hold items only, rows hold cells only. */
typedef enum {
    PART_PLAIN,   /* not taken; what is in it is */
    PART_DROPPED, /* not taken, nor what is in it */
    PART_DIV,     /* not taken, but what is in it stands apart: text in it becomes a paragraph */
    PART_INLINE,
    PART_BREAK,   /* <br> */
    PART_RULE,    /* <hr> */
    PART_PICTURE, /* <img> */
    PART_HOLDER,  /* blocks only: text in it becomes a paragraph */
    PART_MIXED,   /* text or blocks */
    PART_PHRASE,  /* text only */
    PART_LIST,    /* items only */
    PART_TABLE,   /* parts of a table only */
} PartKind;

typedef struct Part {
    const char *name; /* as it is written */
    PartKind kind;
    const char *in;   /* the parts that it must stand in, with a blank on both sides of each; NULL: anywhere */
    const char *attributes; /* likewise; lang and dir may stand everywhere */
} Part;

/* Never NULL: what is not on the list is PART_PLAIN. */
const Part *sanitize_part(const GumboElement *element);

/* Writes the attributes that are on the list and well; returns how many were not taken. */
i64 sanitize_attributes(Ctx *ctx, Buf *out, const Part *part, const GumboElement *element);

/* What href may say, percent-encoded; NULL: nothing safe. */
const char *sanitize_href(Arena *a, const char *raw, bool *outside_out);

/* Text as it stands in HTML, between quotes too: escaped, without controls and what turns the direction
 * of writing; what is no UTF-8 becomes U+FFFD. */
void sanitize_escape(Buf *out, const char *text, size_t n);
/* The same, not escaped; a text without such signs is given back itself. */
const char *sanitize_plain(Arena *a, const char *text);

/* Calls visit with the tree, which lives as long as that call; false after a fault. */
CHECKED bool sanitize_parse(Ctx *ctx, const char *html, size_t n,
                            void (*visit)(void *to, const GumboNode *root), void *to);
