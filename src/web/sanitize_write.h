/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_write.h: the new tree while it is written; for sanitize.c and sanitize_write.c only.
 *
 * Two stacks are kept: blocks and inline elements.  Nothing is written before it has content: an element is
 * *wanted* when the walk enters it and *written* when a text in it comes.  When a block begins or ends, the
 * written inline elements are closed, and come again with the next text: so inline elements never hold
 * blocks, whatever the source did. Text where only blocks may stand gets a paragraph of ours. */
#pragma once
#include "web/sanitize_room.h"

enum {
    BLOCKS_MAX = 8 * SANITIZE_DEPTH, /* the tree's depth, and a paragraph or item in between */
    INLINES_MAX = 40,                /* each kind once */
    HEADINGS_MAX = 200,              /* a table of contents that anybody reads is shorter */
};

typedef struct Block {
    const Part *part;
    const GumboElement *element; /* NULL: of our making */
    bool written;
    size_t inner;                /* a heading's: where its text begins in out */
    size_t said;                 /* and in text */
    i64 items;                   /* of a list, of a row */
} Block;

typedef struct Inline {
    const Part *part;
    const GumboElement *element;
    const char *tag;             /* as it is written each time it comes again */
} Inline;

typedef struct Writer {
    Ctx *ctx;
    const SanitizeRules *rules;
    Buf *out, *text;
    Block blocks[BLOCKS_MAX];
    Inline inlines[INLINES_MAX];
    int n_blocks, n_inlines, n_open; /* open: the first of the inlines, which are written */
    int depth;                       /* blocks that are more than a PART_DIV */
    bool fresh;                      /* nothing stands in this block yet, or a block just ended in it */
    bool blank;                      /* the last sign was a blank */
    Heading headings[HEADINGS_MAX];
    size_t n_headings;
    size_t sign;                     /* where the last item's sign ends in text */
    i64 dropped;
} Writer;

extern const Part sanitize_apart; /* a block that is not written */

Block *sanitize_top(Writer *w);
/* The block whose rules hold here: what is not written has none. */
const Part *sanitize_place(Writer *w);
bool sanitize_is(const Part *part, const char *name);
bool sanitize_in_pre(Writer *w);

bool sanitize_want_block(Writer *w, const Part *part, const GumboElement *element);
void sanitize_want_item(Writer *w);   /* in a list: an item of ours */
void sanitize_write_blocks(Writer *w);
void sanitize_end_block(Writer *w);   /* the top one */
void sanitize_end_own(Writer *w, bool items_too); /* ours end where another block, or item, begins */
void sanitize_close_inline(Writer *w);
void sanitize_new_line(Buf *b);
void sanitize_trim(Buf *b);

/* Makes ready for text, a picture or a line end; false: nothing of the kind may stand here. */
bool sanitize_begin_text(Writer *w);
void sanitize_write_text(Writer *w, const char *s);
void sanitize_write_apart(Writer *w); /* a blank; a line end where lines are kept */
void sanitize_write_rule(Writer *w);
