/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_markdown.c: sanitised HTML back into the Markdown that becomes the same text.
 *
 * Emphasis in Markdown depends on what stands beside its signs, and not everything can be said in it.  So what
 * was made is read again: where the text is not the same, it is written a second time, without emphasis and
 * with every sign of punctuation escaped. */
#include <ctype.h>

#include "base/text.h"
#include "web/markdown.h"
#include "web/sanitize_lines.h"

enum { COLUMNS_MAX = 50, FENCE_MAX = 32 };

static void walk(Lines *l, const GumboNode *node);

static void walk_children(Lines *l, const GumboElement *element)
{
    for (unsigned i = 0; i < element->children.length; i++)
        walk(l, element->children.data[i]);
}

static bool is(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

static const char *attribute(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found ? found->value : "";
}

static void gather(Buf *out, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        buf_text(out, node->v.text.text);
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    const GumboVector *children = &node->v.element.children;
    for (unsigned i = 0; i < children->length; i++)
        gather(out, children->data[i]);
}

/* All the text in it, with nothing but its signs. */
static const char *content(Lines *l, const GumboNode *node)
{
    Buf *out = buf_new(l->arena, 64, SANITIZE_MAX);
    gather(out, node);
    return buf_data(out);
}

/* ---- in a line ---- */

/* The sign after a node, as it is read: 0 where the line ends. */
static unsigned char sign_after(Lines *l, const GumboNode *node)
{
    for (; node->parent && node->parent->type == GUMBO_NODE_ELEMENT; node = node->parent) {
        const GumboVector *siblings = &node->parent->v.element.children;
        for (unsigned i = (unsigned)node->index_within_parent + 1; i < siblings->length; i++) {
            const GumboNode *next = siblings->data[i];
            if (is(next, GUMBO_TAG_BR))
                return 0;
            const char *text = content(l, next);
            if (*text)
                return (unsigned char)*text;
        }
        if (!is(node->parent, GUMBO_TAG_A) && !is(node->parent, GUMBO_TAG_STRONG) &&
            !is(node->parent, GUMBO_TAG_B) && !is(node->parent, GUMBO_TAG_EM) &&
            !is(node->parent, GUMBO_TAG_I) && !is(node->parent, GUMBO_TAG_S))
            return 0;
    }
    return 0;
}

static bool is_edge(unsigned char c)
{
    return !c || isspace(c) || ispunct(c);
}

/* Whether signs of emphasis would be read as such here (CommonMark 6.2: flanking). */
static bool can_emphasise(Lines *l, const GumboNode *node, const char *text)
{
    size_t n = strlen(text), size = buf_size(l->out);
    unsigned char before = l->leading || l->broken || size == 0 ? 0 : (unsigned char)buf_data(l->out)[size - 1];
    unsigned char first = (unsigned char)text[0], final = n ? (unsigned char)text[n - 1] : 0;
    if (l->literal || n == 0 || before == '*' || before == '~')
        return false;
    bool opens = !ispunct(first) || is_edge(before);
    bool closes = !ispunct(final) || is_edge(sign_after(l, node));
    return opens && closes;
}

static void emphasis(Lines *l, const GumboNode *node, const char *sign)
{
    const char *text = content(l, node);
    bool can = text_same(text, text_trim(l->arena, text)) && can_emphasise(l, node, text);
    if (can)
        lines_raw(l, sign);
    walk_children(l, &node->v.element);
    if (can)
        lines_raw(l, sign);
}

static void code(Lines *l, const GumboNode *node)
{
    const char *text = content(l, node);
    if (l->literal || l->in_row || strchr(text, '`') || strchr(text, '\n') || text_blank(text)) {
        walk_children(l, &node->v.element);
        return;
    }
    bool edge = text[0] == ' ' || text_ends(text, " ");
    lines_raw(l, arena_printf(l->arena, edge ? "` %s `" : "`%s`", text));
}

static void link(Lines *l, const GumboNode *node)
{
    const char *href = attribute(&node->v.element, "href"), *text = content(l, node);
    if (!*href) {
        walk_children(l, &node->v.element);
        return;
    }
    if (text_same(href, text) && strstr(href, "://")) {
        lines_raw(l, arena_printf(l->arena, "<%s>", href));
        return;
    }
    lines_raw(l, "[");
    walk_children(l, &node->v.element);
    bool angle = strpbrk(href, "()") != NULL; /* they would have to be in pairs */
    lines_raw(l, arena_printf(l->arena, angle ? "](<%s>)" : "](%s)", href));
}

/* In a quote it names the source, which stands after a dash in Markdown. */
static void cite(Lines *l, const GumboNode *node)
{
    const GumboNode *above = node->parent;
    if (is(above, GUMBO_TAG_P) && is(above->parent, GUMBO_TAG_BLOCKQUOTE) && l->leading &&
        !text_starts(content(l, node), "—") && !l->literal)
        lines_raw(l, "— ");
    walk_children(l, &node->v.element);
}

static void picture(Lines *l, const GumboElement *element)
{
    lines_raw(l, "![");
    lines_text(l, attribute(element, "alt"));
    lines_raw(l, arena_printf(l->arena, "](<%s>)", attribute(element, "src")));
}

/* ---- blocks ---- */

static void block(Lines *l, const GumboElement *element, const char *sign)
{
    lines_separate(l, true);
    if (!l->in_row && *sign)
        lines_raw(l, sign);
    l->leading = true;
    walk_children(l, element);
    lines_separate(l, true);
}

static void quote(Lines *l, const GumboElement *element)
{
    lines_separate(l, true);
    size_t before = l->prefix_size;
    lines_flush(l);
    if (l->begun)
        buf_text(l->out, "> ");
    lines_push(l, "> ");
    l->leading = l->signed_ = true;
    walk_children(l, element);
    lines_pop(l, before);
    lines_separate(l, true);
}

/* A list below its item's text needs no empty line, which would set all items apart; a number other than
 * one does (CommonMark 5.3). */
static void list(Lines *l, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    bool ordered = element->tag == GUMBO_TAG_OL;
    i64 start;
    if (!text_int(attribute(element, "start"), &start))
        start = 1;
    i64 number = start;
    lines_separate(l, !is(node->parent, GUMBO_TAG_LI) || (ordered && number != 1));
    for (unsigned i = 0; i < element->children.length; i++) {
        const GumboNode *item = element->children.data[i];
        if (!is(item, GUMBO_TAG_LI))
            continue;
        bool first = number == start;
        const char *sign = ordered ? arena_printf(l->arena, "%" PRId64 ". ", number) : "- ";
        number++;
        size_t before = l->prefix_size;
        lines_separate(l, false);
        l->empty = l->empty && first;
        lines_sign(l, sign);
        lines_push(l, arena_printf(l->arena, "%*s", (int)strlen(sign), ""));
        walk_children(l, &item->v.element);
        lines_pop(l, before);
        lines_separate(l, false);
    }
    lines_separate(l, true);
}

/* A fence that nothing in it can end. */
static void fenced(Lines *l, const GumboNode *node)
{
    const char *text = content(l, node);
    size_t run = 0, longest = 2;
    for (const char *c = text; *c; c++) {
        run = *c == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    if (longest >= FENCE_MAX || l->in_row || l->literal) {
        block(l, &node->v.element, "");
        return;
    }
    const char *fence = arena_printf(l->arena, "%.*s", (int)longest + 1, "`````````````````````````````````");
    lines_separate(l, true);
    lines_raw(l, fence);
    List rows = text_split(l->arena, text, '\n');
    for (size_t i = 0; i < rows.count; i++) {
        lines_separate(l, false);
        lines_raw(l, ((const char *const *)rows.items)[i]);
    }
    lines_separate(l, false);
    lines_raw(l, fence);
    lines_separate(l, true);
}

/* ---- tables ---- */

static i64 columns_of(const GumboElement *row)
{
    i64 n = 0, span;
    for (unsigned i = 0; i < row->children.length; i++) {
        const GumboNode *cell = row->children.data[i];
        if (is(cell, GUMBO_TAG_TD) || is(cell, GUMBO_TAG_TH))
            n += text_int(attribute(&cell->v.element, "colspan"), &span) ? span : 1;
    }
    return n;
}

static void row(Lines *l, const GumboElement *element, i64 columns)
{
    i64 n = 0, span;
    lines_separate(l, false);
    lines_raw(l, "|");
    l->in_row = true;
    for (unsigned i = 0; i < element->children.length; i++) {
        const GumboNode *cell = element->children.data[i];
        if (!is(cell, GUMBO_TAG_TD) && !is(cell, GUMBO_TAG_TH))
            continue;
        lines_raw(l, " ");
        l->leading = true;
        walk_children(l, &cell->v.element);
        if (!text_int(attribute(&cell->v.element, "colspan"), &span))
            span = 1;
        for (n += span; span > 0; span--)
            lines_raw(l, " |");
    }
    for (; n < columns; n++)
        lines_raw(l, " |");
    l->in_row = false;
}

typedef struct Rows {
    const GumboElement *row[2000];
    size_t n;
    i64 columns;
} Rows;

static void gather_rows(Rows *rows, const GumboElement *element)
{
    for (unsigned i = 0; i < element->children.length; i++) {
        const GumboNode *node = element->children.data[i];
        if (node->type != GUMBO_NODE_ELEMENT)
            continue;
        if (!is(node, GUMBO_TAG_TR)) {
            gather_rows(rows, &node->v.element);
            continue;
        }
        i64 columns = columns_of(&node->v.element);
        rows->columns = columns > rows->columns ? columns : rows->columns;
        if (rows->n < COUNT(rows->row))
            rows->row[rows->n] = &node->v.element;
        rows->n++;
    }
}

static void table(Lines *l, const GumboElement *element)
{
    Rows *rows = arena_new_of(l->arena, Rows);
    for (unsigned i = 0; i < element->children.length; i++) {
        const GumboNode *part = element->children.data[i];
        if (is(part, GUMBO_TAG_CAPTION))
            block(l, &part->v.element, "");
        else if (part->type == GUMBO_NODE_ELEMENT)
            gather_rows(rows, &part->v.element);
    }
    if (l->in_row || l->literal || rows->columns > COLUMNS_MAX || rows->n > COUNT(rows->row)) {
        for (size_t i = 0; i < rows->n && i < COUNT(rows->row); i++)
            block(l, rows->row[i], "");
        return;
    }
    lines_separate(l, true);
    for (size_t i = 0; i < rows->n; i++) {
        row(l, rows->row[i], rows->columns);
        if (i > 0)
            continue;
        lines_separate(l, false);
        lines_raw(l, "|");
        for (i64 c = 0; c < rows->columns; c++)
            lines_raw(l, "---|");
    }
    lines_separate(l, true);
}

/* ---- all of them ---- */

static void walk_inline(Lines *l, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    switch (element->tag) {
    case GUMBO_TAG_STRONG: case GUMBO_TAG_B: emphasis(l, node, "**"); break;
    case GUMBO_TAG_EM: case GUMBO_TAG_I: emphasis(l, node, "*"); break;
    case GUMBO_TAG_S: emphasis(l, node, "~~"); break;
    case GUMBO_TAG_CODE: code(l, node); break;
    case GUMBO_TAG_A: link(l, node); break;
    case GUMBO_TAG_IMG: picture(l, element); break;
    case GUMBO_TAG_BR: lines_break(l); break;
    case GUMBO_TAG_HR:
        lines_separate(l, true);
        if (!l->in_row)
            lines_raw(l, "---");
        lines_separate(l, true);
        break;
    case GUMBO_TAG_CITE: cite(l, node); break;
    default: walk_children(l, element); break;
    }
}

static void walk(Lines *l, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT)
        lines_text(l, node->v.text.text);
    if (node->type == GUMBO_NODE_WHITESPACE && l->begun && !l->leading && strchr(node->v.text.text, ' '))
        lines_text(l, " ");
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    const GumboElement *element = &node->v.element;
    switch (element->tag) {
    case GUMBO_TAG_H2: block(l, element, "## "); break;
    case GUMBO_TAG_H3: block(l, element, "### "); break;
    case GUMBO_TAG_H4: block(l, element, "#### "); break;
    case GUMBO_TAG_P: case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY:
        block(l, element, "");
        break;
    case GUMBO_TAG_BLOCKQUOTE: quote(l, element); break;
    case GUMBO_TAG_UL: case GUMBO_TAG_OL: list(l, node); break;
    case GUMBO_TAG_PRE: fenced(l, node); break;
    case GUMBO_TAG_TABLE: table(l, element); break;
    default: walk_inline(l, node); break;
    }
}

static void walk_root(void *to, const GumboNode *root)
{
    walk_children(to, &root->v.element);
}

static const char *written(Ctx *ctx, const char *html, bool literal)
{
    Lines *l = arena_new_of(ctx->arena, Lines);
    l->arena = ctx->arena;
    l->out = buf_new(ctx->arena, strlen(html), 4 * SANITIZE_MAX);
    l->literal = literal;
    if (!sanitize_parse(ctx, html, strlen(html), walk_root, l))
        return "";
    return text_trim(ctx->arena, buf_data(l->out));
}

/* "- " and "12. " before an item's text, a dash before a source. */
static size_t sign_size(const char *s)
{
    size_t digits = strspn(s, "0123456789");
    if (digits > 0 && s[digits] == '.')
        return digits + 1;
    return s[0] == '-' ? 1 : text_starts(s, "—") ? strlen("—") : 0;
}

/* What must be the same before and after: all but blanks, which fall otherwise in Markdown, and items' signs,
 * which a table has no room for. */
static const char *essence(Arena *a, const char *s)
{
    char *out = arena_copy(a, s, strlen(s)), *end = out;
    for (bool leading = true; *s; s++) {
        if (leading)
            s += sign_size(s);
        leading = *s == '\n' || *s == '\t';
        if (!*s)
            break;
        if (!isspace((unsigned char)*s))
            *end++ = *s;
    }
    *end = '\0';
    return out;
}

static const char *same_place(UNUSED Ctx *ctx, const char *src, UNUSED void *data)
{
    return src;
}

static bool says_the_same(Ctx *ctx, const char *markdown, const char *text)
{
    static const SanitizeRules keep = {.images = true, .image_url = same_place};
    Sanitized again;
    bool same = strlen(markdown) <= MARKDOWN_MAX && markdown_html(ctx, markdown, &keep, &again) &&
                text_same(essence(ctx->arena, again.text), essence(ctx->arena, text));
    if (ctx->fault.kind == FAULT_TOO_LARGE) /* of this reading only */
        fault_take(ctx);
    return same;
}

const char *sanitize_markdown(Ctx *ctx, const char *html, size_t n, const SanitizeRules *rules)
{
    Sanitized clean;
    if (!sanitize(ctx, html, n, rules, &clean))
        return "";
    const char *markdown = written(ctx, clean.html.s, false);
    if (faulted(ctx) || says_the_same(ctx, markdown, clean.text))
        return markdown;
    return written(ctx, clean.html.s, true);
}
