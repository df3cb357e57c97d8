/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize.c: walks a foreign tree and has the allowed parts of it written anew. */
#include "web/sanitize.h"

#include "base/text.h"
#include "web/address.h"
#include "web/sanitize_write.h"

enum { ROOM_FOR_TABLE = 4 }; /* table, tbody, tr, td: all or none of them */

static void line_break(Writer *w)
{
    PartKind kind = sanitize_top(w)->part->kind;
    if (w->fresh || (kind != PART_PHRASE && kind != PART_MIXED) || !sanitize_begin_text(w))
        return;
    buf_text(w->out, "<br>");
    buf_char(w->text, '\n');
    w->fresh = false;
    w->blank = true;
}

static const char *attribute(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found ? found->value : "";
}

/* Where the picture is now; NULL: it is not to be shown. */
static const char *picture_url(Writer *w, const char *src)
{
    const SanitizeRules *rules = w->rules;
    if (!rules->images || !rules->image_url)
        return NULL;
    bool outside;
    return sanitize_href(w->ctx->arena, rules->image_url(w->ctx, src, rules->data), &outside);
}

static void picture(Writer *w, const Part *part, const GumboElement *element)
{
    const char *alt = text_squeeze(w->ctx->arena, sanitize_plain(w->ctx->arena, attribute(element, "alt")));
    const char *url = picture_url(w, attribute(element, "src"));
    if (!url) {
        w->dropped++;
        sanitize_write_text(w, alt);
        return;
    }
    if (!sanitize_begin_text(w))
        return;
    buf_text(w->out, "<img src=\"");
    sanitize_escape(w->out, url, strlen(url));
    buf_text(w->out, "\" alt=\"");
    sanitize_escape(w->out, alt, strlen(alt));
    buf_char(w->out, '"');
    w->dropped += sanitize_attributes(w->ctx, w->out, part, element);
    buf_char(w->out, '>');
    w->fresh = w->blank = false;
}

static void visit(Writer *w, const GumboNode *node);

static void visit_children(Writer *w, const GumboElement *element)
{
    for (unsigned i = 0; i < element->children.length && !buf_over(w->out); i++)
        visit(w, element->children.data[i]);
}

static const char *inline_tag(Writer *w, const Part *part, const GumboElement *element)
{
    if (element->attributes.length == 0)
        return arena_printf(w->ctx->arena, "<%s>", part->name);
    Buf *tag = buf_new(w->ctx->arena, 64, 4 * ADDRESS_MAX);
    buf_printf(tag, "<%s", part->name);
    w->dropped += sanitize_attributes(w->ctx, tag, part, element);
    buf_char(tag, '>');
    return buf_over(tag) ? NULL : buf_data(tag);
}

/* An element in one of its own kind says nothing more; a link without an address is none. */
static bool want_inline(Writer *w, const Part *part, const GumboElement *element)
{
    for (int i = 0; i < w->n_inlines; i++)
        if (!strcmp(w->inlines[i].part->name, part->name))
            return false;
    const char *tag = inline_tag(w, part, element);
    if (!tag || w->n_inlines == INLINES_MAX || (sanitize_is(part, "a") && !strstr(tag, " href=\"")))
        return false;
    w->inlines[w->n_inlines++] = (Inline){.part = part, .tag = tag};
    return true;
}

static void visit_inline(Writer *w, const Part *part, const GumboElement *element)
{
    bool wanted = want_inline(w, part, element);
    if (!wanted)
        w->dropped++;
    visit_children(w, element);
    if (!wanted)
        return;
    if (w->n_open == w->n_inlines)
        sanitize_close_inline(w);
    w->n_inlines--;
}

/* Blocks in a paragraph or heading: only their text stays. */
static void visit_in_phrase(Writer *w, const GumboElement *element)
{
    w->dropped++;
    sanitize_write_apart(w);
    visit_children(w, element);
    sanitize_write_apart(w);
}

/* What the element may be here: a part out of its place, or too deep, only stands apart. */
static const Part *fitting(Writer *w, const Part *part)
{
    const Part *here = sanitize_place(w);
    bool deep = !part->in && w->depth > SANITIZE_DEPTH - ROOM_FOR_TABLE;
    bool strange = !part->in && here->kind == PART_TABLE;
    bool lost = part->in && (!here->name || !strstr(part->in, here->name));
    if (part->kind == PART_DIV || !(deep || strange || lost))
        return part;
    w->dropped++;
    return &sanitize_apart;
}

static void visit_block(Writer *w, const Part *part, const GumboElement *element)
{
    bool is_item = part->in && (strstr(part->in, " ul ") || strstr(part->in, " dl "));
    sanitize_end_own(w, is_item);
    if (sanitize_top(w)->part->kind == PART_PHRASE) {
        visit_in_phrase(w, element);
        return;
    }
    part = fitting(w, part);
    const Part *here = sanitize_place(w);
    if (here->kind == PART_LIST && part->kind != PART_DIV && !part->in)
        sanitize_want_item(w);
    int before = w->n_blocks;
    sanitize_want_block(w, part, element);
    if (sanitize_is(part, "td") || sanitize_is(part, "th"))
        sanitize_write_blocks(w);
    visit_children(w, element);
    while (w->n_blocks > before)
        sanitize_end_block(w);
}

static void visit_element(Writer *w, const GumboElement *element)
{
    const Part *part = sanitize_part(element);
    switch (part->kind) {
    case PART_DROPPED: w->dropped++; break;
    case PART_BREAK: line_break(w); break;
    case PART_RULE: sanitize_write_rule(w); break;
    case PART_PICTURE: picture(w, part, element); break;
    case PART_INLINE: visit_inline(w, part, element); break;
    case PART_PLAIN:
        w->dropped++;
        visit_children(w, element);
        break;
    default: visit_block(w, part, element); break;
    }
}

/* Calls itself a level deeper; sanitize_parse() bounds how deep. */
static void visit(Writer *w, const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: visit_element(w, &node->v.element); break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA: sanitize_write_text(w, node->v.text.text); break;
    default: break;
    }
}

static void visit_root(void *to, const GumboNode *node)
{
    Writer *w = to;
    w->blocks[0] = (Block){.part = &sanitize_apart};
    w->n_blocks = 1;
    w->fresh = w->blank = true;
    visit_children(w, &node->v.element);
    while (w->n_blocks > 1)
        sanitize_end_block(w);
    sanitize_trim(w->text);
}

const char *sanitize_own_picture(UNUSED Ctx *ctx, const char *src, UNUSED void *data)
{
    return text_starts(src, "/medios/") ? src : NULL;
}

static bool too_large(Ctx *ctx, int max)
{
    return fault(ctx, FAULT_TOO_LARGE, "the text is larger than %d kB", max / 1024);
}

bool sanitize(Ctx *ctx, const char *html, size_t n, const SanitizeRules *rules, Sanitized *out)
{
    static const SanitizeRules none = {0};
    if (n > SANITIZE_MAX)
        return too_large(ctx, SANITIZE_MAX);
    Writer *w = arena_new_of(ctx->arena, Writer);
    w->ctx = ctx;
    w->rules = rules ? rules : &none;
    w->out = buf_new(ctx->arena, n + n / 4, 4 * SANITIZE_MAX);
    w->text = buf_new(ctx->arena, n, 4 * SANITIZE_MAX);
    if (!sanitize_parse(ctx, html, n, visit_root, w))
        return false;
    if (buf_over(w->out) || buf_over(w->text))
        return too_large(ctx, 4 * SANITIZE_MAX);
    *out = (Sanitized){.html = {buf_data(w->out)},
                       .text = buf_data(w->text),
                       .headings = {w->headings, w->n_headings},
                       .dropped = w->dropped};
    return true;
}
