/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_lines.h: Markdown while it is written, a line after the other; for sanitize_markdown*.c and sanitize_lines.c. */
#pragma once
#include "web/sanitize_room.h"

enum { LINES_PREFIX_MAX = 512 };

typedef struct Lines {
    Arena *arena;
    Buf *out;
    char prefix[LINES_PREFIX_MAX]; /* what each line begins with: quotes and the room below an item's sign */
    size_t prefix_size;
    bool begun;     /* this line has its prefix */
    bool empty;     /* an empty line is due before the next one */
    bool leading;   /* nothing stands in it yet but prefix and sign */
    bool broken;    /* a line end is due before the next word; one at the end of a block says nothing */
    bool signed_;   /* a quote or an item just began: its first block does not separate itself */
    bool literal;   /* no emphasis, every sign of punctuation escaped: nothing can be read as Markdown */
    bool in_row;    /* of a table: one line, with | escaped */
} Lines;

/* The next thing stands in a line of its own, after an empty one or not. */
void lines_separate(Lines *l, bool empty);
/* The empty line that is due, with the prefix as it is now. */
void lines_flush(Lines *l);
/* The prefix, if this line has none yet. */
void lines_begin(Lines *l);
void lines_push(Lines *l, const char *prefix);
void lines_pop(Lines *l, size_t size);        /* back to as it was */
void lines_sign(Lines *l, const char *sign);  /* an item's: the next block follows it */
void lines_raw(Lines *l, const char *s);      /* in the line, as it is */
void lines_text(Lines *l, const char *s);     /* in the line, escaped */
void lines_break(Lines *l);                   /* <br> */
