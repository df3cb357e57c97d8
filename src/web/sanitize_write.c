/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_write.c: writes blocks, inline elements and text so that no reader can read them otherwise. */
#include "web/sanitize_write.h"

#include "base/text.h"

static const Part paragraph = {"p", PART_PHRASE}, item = {"li", PART_MIXED}, definition = {"dd", PART_MIXED};
const Part sanitize_apart = {NULL, PART_DIV};

Block *sanitize_top(Writer *w)
{
    return &w->blocks[w->n_blocks - 1];
}

bool sanitize_is(const Part *part, const char *name)
{
    return part->name && !strcmp(part->name, name);
}

/* The block whose rules hold here: what is not written has none. */
const Part *sanitize_place(Writer *w)
{
    int i = w->n_blocks - 1;
    while (i > 0 && w->blocks[i].part->kind == PART_DIV)
        i--;
    return w->blocks[i].part;
}

bool sanitize_in_pre(Writer *w)
{
    return sanitize_is(sanitize_top(w)->part, "pre");
}

/* ---- writing ---- */

void sanitize_close_inline(Writer *w)
{
    w->n_open--;
    buf_printf(w->out, "</%s>", w->inlines[w->n_open].part->name);
}

static void close_inlines(Writer *w)
{
    while (w->n_open > 0)
        sanitize_close_inline(w);
}

/* The blank before a block's begin or end is nobody's. */
void sanitize_trim(Buf *b)
{
    size_t n = buf_size(b);
    const char *data = buf_data(b);
    while (n > 0 && data[n - 1] == ' ')
        n--;
    buf_cut(b, n);
}

void sanitize_new_line(Buf *b)
{
    size_t n = buf_size(b);
    sanitize_trim(b);
    if (n > 0 && buf_data(b)[buf_size(b) - 1] != '\n')
        buf_char(b, '\n');
}

/* Which list or row an item or a cell belongs to. */
static Block *holder(Writer *w, Block *block)
{
    do
        block--;
    while (block > w->blocks && block->part->kind == PART_DIV);
    return block;
}

/* A new line of the plain text, but not between an item's sign and what stands in it. */
static void say_line(Writer *w)
{
    if (w->sign == 0 || buf_size(w->text) != w->sign)
        sanitize_new_line(w->text);
}

static i64 first_item(const Block *list)
{
    i64 first = 1;
    if (list->element) {
        const GumboAttribute *start = gumbo_get_attribute(&list->element->attributes, "start");
        if (start && !text_int(start->value, &first))
            first = 1;
    }
    return first >= 0 && first <= 1000000 ? first : 1;
}

/* In the plain text: blocks one a line, items with their sign, cells beside each other. */
static void say_block(Writer *w, Block *block)
{
    if (sanitize_is(block->part, "td") || sanitize_is(block->part, "th")) {
        if (holder(w, block)->items++)
            buf_char(w->text, '\t');
        return;
    }
    say_line(w);
    if (!sanitize_is(block->part, "li"))
        return;
    Block *list = holder(w, block);
    if (sanitize_is(list->part, "ol"))
        buf_printf(w->text, "%" PRId64 ". ", first_item(list) + list->items++);
    else
        buf_text(w->text, "- ");
    w->sign = buf_size(w->text);
}

static void write_block(Writer *w, Block *block)
{
    close_inlines(w);
    sanitize_new_line(w->out);
    say_block(w, block);
    buf_printf(w->out, "<%s", block->part->name);
    if (block->element)
        w->dropped += sanitize_attributes(w->ctx, w->out, block->part, block->element);
    buf_char(w->out, '>');
    block->written = true;
    block->inner = buf_size(w->out);
    block->said = buf_size(w->text);
    w->fresh = w->blank = true;
}

void sanitize_write_blocks(Writer *w)
{
    for (int i = 0; i < w->n_blocks; i++)
        if (!w->blocks[i].written && w->blocks[i].part->kind != PART_DIV)
            write_block(w, &w->blocks[i]);
}

static void write_inlines(Writer *w)
{
    for (; w->n_open < w->n_inlines; w->n_open++)
        buf_text(w->out, w->inlines[w->n_open].tag);
}

/* ---- headings ---- */

static bool is_taken(Writer *w, const char *id)
{
    for (size_t i = 0; i < w->n_headings; i++)
        if (text_same(w->headings[i].id, id))
            return true;
    return false;
}

/* The letter before the words keeps it apart from the page's own ids and from the names that browsers
 * give to their own things. */
static const char *heading_id(Writer *w, const char *text)
{
    Arena *a = w->ctx->arena;
    const char *slug = text_slug(a, text), *id = arena_printf(a, "t-%s", *slug ? slug : "1");
    for (int n = 2; is_taken(w, id); n++)
        id = arena_printf(a, "t-%s-%d", *slug ? slug : "1", n);
    return id;
}

static void end_heading(Writer *w, const Block *block)
{
    if (w->n_headings == HEADINGS_MAX)
        return;
    Arena *a = w->ctx->arena;
    size_t said = buf_size(w->text) - block->said, size = buf_size(w->out) - block->inner;
    Heading heading = {.level = block->part->name[1] - '0',
                       .text = text_trim(a, arena_copy(a, buf_data(w->text) + block->said, said))};
    if (w->rules->anchors && size > 0) {
        heading.id = heading_id(w, heading.text);
        const char *inner = arena_copy(a, buf_data(w->out) + block->inner, size);
        buf_cut(w->out, block->inner - 1);
        buf_printf(w->out, " id=\"%s\">", heading.id);
        buf_add(w->out, inner, size);
    }
    w->headings[w->n_headings++] = heading;
}

/* ---- the stacks ---- */

bool sanitize_want_block(Writer *w, const Part *part, const GumboElement *element)
{
    if (w->n_blocks == BLOCKS_MAX)
        return false;
    w->blocks[w->n_blocks++] = (Block){.part = part, .element = element};
    if (part->kind != PART_DIV)
        w->depth++;
    return true;
}

void sanitize_end_block(Writer *w)
{
    Block *block = sanitize_top(w);
    if (block->written) {
        close_inlines(w);
        if (!sanitize_in_pre(w))
            sanitize_trim(w->out);
        if (sanitize_is(block->part, "h2") || sanitize_is(block->part, "h3"))
            end_heading(w, block);
        buf_printf(w->out, "</%s>", block->part->name);
        w->fresh = w->blank = true;
    }
    if (block->part->kind != PART_DIV)
        w->depth--;
    w->n_blocks--;
}

/* A paragraph of our making ends where another block begins; an item of our making, where an item does. */
void sanitize_end_own(Writer *w, bool items_too)
{
    while (w->n_blocks > 1 && !sanitize_top(w)->element && (items_too || sanitize_top(w)->part == &paragraph))
        sanitize_end_block(w);
}

/* ---- text ---- */

/* Where text may not stand, it gets a block of ours; false: it cannot stand here at all. */
static bool make_place(Writer *w)
{
    const Part *here = sanitize_place(w);
    if (here->kind == PART_TABLE)
        return false;
    if (here->kind == PART_LIST)
        return sanitize_want_block(w, sanitize_is(here, "dl") ? &definition : &item, NULL);
    PartKind kind = sanitize_top(w)->part->kind;
    bool blocks_only = kind == PART_DIV || kind == PART_HOLDER;
    return !blocks_only || sanitize_want_block(w, &paragraph, NULL);
}

bool sanitize_begin_text(Writer *w)
{
    if (!make_place(w))
        return false;
    sanitize_write_blocks(w);
    write_inlines(w);
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static void write_blank(Writer *w)
{
    if (w->blank)
        return;
    buf_char(w->out, ' ');
    buf_char(w->text, ' ');
    w->blank = true;
}

/* How many signs there are up to the next blank. */
static size_t word_size(const char *s)
{
    size_t n = 0;
    while (s[n] && !is_space(s[n]))
        n++;
    return n;
}

static void write_words(Writer *w, const char *s)
{
    for (bool begun = false; *s;) {
        size_t n = word_size(s);
        if (n > 0) {
            if (!begun && !sanitize_begin_text(w))
                return;
            begun = true;
            sanitize_escape(w->out, s, n);
            buf_add(w->text, s, n);
            w->fresh = w->blank = false;
        } else {
            write_blank(w);
            n = strspn(s, " \n\t\f\r");
        }
        s += n;
    }
}

/* A reader takes away the first line end of <pre>. */
static void write_verbatim(Writer *w, const char *s)
{
    if (!*s || !sanitize_begin_text(w))
        return;
    if (w->fresh && w->n_open == 0 && *s == '\n')
        buf_char(w->out, '\n');
    sanitize_escape(w->out, s, strlen(s));
    buf_text(w->text, s);
    w->fresh = w->blank = false;
}

void sanitize_write_text(Writer *w, const char *s)
{
    s = sanitize_plain(w->ctx->arena, s);
    if (sanitize_in_pre(w))
        write_verbatim(w, s);
    else
        write_words(w, s);
}

void sanitize_write_apart(Writer *w)
{
    if (sanitize_in_pre(w))
        write_verbatim(w, "\n");
    else
        write_blank(w);
}

void sanitize_want_item(Writer *w)
{
    sanitize_want_block(w, sanitize_is(sanitize_place(w), "dl") ? &definition : &item, NULL);
}

void sanitize_write_rule(Writer *w)
{
    sanitize_end_own(w, false);
    PartKind kind = sanitize_place(w)->kind;
    if (kind == PART_PHRASE || kind == PART_LIST || kind == PART_TABLE)
        return;
    sanitize_write_blocks(w);
    close_inlines(w);
    sanitize_new_line(w->out);
    sanitize_new_line(w->text);
    buf_text(w->out, "<hr>");
    w->fresh = w->blank = true;
}
