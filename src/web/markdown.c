/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* markdown.c: md4c's calls become HTML, which sanitize() makes safe. */
#include "web/markdown.h"

#include <md4c.h>

#include "base/text.h"

enum {
    FLAGS = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOHTML |
            MD_FLAG_NOINDENTEDCODEBLOCKS,
    DEPTH_MAX = 60,                  /* blocks and spans deeper than this are text only */
    COLUMNS_MAX = 50,
    HTML_MOST = SANITIZE_MAX,        /* what the Markdown may become */
    LINKS_MOST = 8 * 1024 * 1024,    /* signs that may be looked at in search of bare links */
};

typedef struct Renderer {
    Ctx *ctx;
    Buf *out;
    int depth, spans;
    int pictures;   /* in how many pictures' words we are: they are plain text */
    size_t line;    /* where the last line of the last paragraph begins */
    int line_spans; /* how many spans were open there */
    bool line_leads;/* it is the paragraph's first */
    bool too_wide;
} Renderer;

static void add(Renderer *r, const char *html)
{
    buf_text(r->out, html);
}

static void put_escaped(Renderer *r, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        switch (text[i]) {
        case '<': add(r, "&lt;"); break;
        case '>': add(r, "&gt;"); break;
        case '&': add(r, "&amp;"); break;
        case '"': add(r, "&quot;"); break;
        default: buf_char(r->out, text[i]);
        }
}

/* &eacute; and the like: the reader of the HTML knows them. A reference has letters, digits and # only. */
static void put_reference(Renderer *r, const char *text, size_t n)
{
    buf_add(r->out, text, n);
}

static void put_attribute(Renderer *r, const char *name, const MD_ATTRIBUTE *value)
{
    buf_printf(r->out, " %s=\"", name);
    for (int i = 0; value->substr_offsets[i] < value->size; i++) {
        MD_OFFSET from = value->substr_offsets[i], to = value->substr_offsets[i + 1];
        if (value->substr_types[i] == MD_TEXT_ENTITY)
            put_reference(r, value->text + from, to - from);
        else if (value->substr_types[i] == MD_TEXT_NORMAL)
            put_escaped(r, value->text + from, to - from);
    }
    buf_char(r->out, '"');
}

/* The same element for all who begin and end a block. */
static const char *block_name(MD_BLOCKTYPE type, const void *detail)
{
    static const char *const headings[] = {"h2", "h2", "h3", "h4", "h4", "h4"};
    switch (type) {
    case MD_BLOCK_QUOTE: return "blockquote";
    case MD_BLOCK_UL: return "ul";
    case MD_BLOCK_OL: return "ol";
    case MD_BLOCK_LI: return "li";
    case MD_BLOCK_H: return headings[((const MD_BLOCK_H_DETAIL *)detail)->level - 1];
    case MD_BLOCK_CODE: return "pre";
    case MD_BLOCK_P: return "p";
    case MD_BLOCK_TABLE: return "table";
    case MD_BLOCK_THEAD: return "thead";
    case MD_BLOCK_TBODY: return "tbody";
    case MD_BLOCK_TR: return "tr";
    case MD_BLOCK_TH: return "th";
    case MD_BLOCK_TD: return "td";
    default: return NULL;
    }
}

static void begin_line(Renderer *r, bool leads)
{
    r->line = buf_size(r->out);
    r->line_spans = r->spans;
    r->line_leads = leads;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    Renderer *r = to;
    const char *name = block_name(type, detail);
    if (type == MD_BLOCK_HR)
        add(r, "<hr>\n");
    if (type == MD_BLOCK_TABLE && ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count > COLUMNS_MAX) {
        r->too_wide = true;
        return 1;
    }
    if (!name || ++r->depth > DEPTH_MAX)
        return buf_over(r->out);
    if (type == MD_BLOCK_OL)
        buf_printf(r->out, "<ol start=\"%u\">", ((MD_BLOCK_OL_DETAIL *)detail)->start);
    else
        buf_printf(r->out, "<%s>", name);
    begin_line(r, true);
    return buf_over(r->out);
}

/* "— Who said it" at the end of a quote names its source. */
static void cite(Renderer *r)
{
    static const char *const dashes[] = {"— ", "—", "-- ", "--", "– "};
    static const char end[] = "</p>\n";
    const char *html = buf_data(r->out), *line = html + r->line;
    size_t size = buf_size(r->out);
    if (r->line_spans > 0 || r->line + sizeof end > size || !text_ends(line, end))
        return;
    for (size_t i = 0; i < COUNT(dashes); i++) {
        size_t n = strlen(dashes[i]);
        if (strncmp(line, dashes[i], n))
            continue;
        const char *who = arena_copy(r->ctx->arena, line + n, size - r->line - n - strlen(end));
        buf_cut(r->out, r->line);
        buf_printf(r->out, "%s<cite>— %s</cite></p>\n", r->line_leads ? "" : "</p><p>", who);
        return;
    }
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    Renderer *r = to;
    const char *name = block_name(type, detail);
    if (!name || r->depth-- > DEPTH_MAX) {
        if (name)
            add(r, "\n");
        return buf_over(r->out);
    }
    if (type == MD_BLOCK_QUOTE)
        cite(r);
    buf_printf(r->out, "</%s>\n", name);
    return buf_over(r->out);
}

static const char *span_name(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM: return "em";
    case MD_SPAN_STRONG: return "strong";
    case MD_SPAN_A: return "a";
    case MD_SPAN_CODE: return "code";
    case MD_SPAN_DEL: return "s";
    default: return NULL;
    }
}

static void begin_picture(Renderer *r, const MD_SPAN_IMG_DETAIL *detail)
{
    if (r->pictures++)
        return;
    add(r, "<img");
    put_attribute(r, "src", &detail->src);
    add(r, " alt=\"");
}

static int enter_span(MD_SPANTYPE type, void *detail, void *to)
{
    Renderer *r = to;
    const char *name = span_name(type);
    r->spans++;
    if (type == MD_SPAN_IMG)
        begin_picture(r, detail);
    if (!name || r->pictures || r->spans > DEPTH_MAX)
        return buf_over(r->out);
    buf_printf(r->out, "<%s", name);
    if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        put_attribute(r, "href", &link->href);
        if (link->title.size)
            put_attribute(r, "title", &link->title);
    }
    add(r, ">");
    return buf_over(r->out);
}

static int leave_span(MD_SPANTYPE type, UNUSED void *detail, void *to)
{
    Renderer *r = to;
    const char *name = span_name(type);
    r->spans--;
    if (type == MD_SPAN_IMG && --r->pictures == 0)
        add(r, "\">");
    if (name && !r->pictures && r->spans < DEPTH_MAX)
        buf_printf(r->out, "</%s>", name);
    return buf_over(r->out);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *to)
{
    Renderer *r = to;
    switch (type) {
    case MD_TEXT_NULLCHAR: add(r, "\xef\xbf\xbd"); break;
    case MD_TEXT_BR:
        add(r, r->pictures ? " " : "<br>\n");
        begin_line(r, false);
        break;
    case MD_TEXT_SOFTBR:
        add(r, r->pictures ? " " : "\n");
        begin_line(r, false);
        break;
    case MD_TEXT_ENTITY: put_reference(r, text, size); break;
    default: put_escaped(r, text, size); break;
    }
    return buf_over(r->out);
}

/* md4c looks for the end of a bare link from each of its beginnings, up to the next blank: in one long word of
 * beginnings that is the square of its length. Such a word is no address. */
static unsigned flags_for(const char *text)
{
    size_t cost = 0, beginnings = 0, length = 0;
    for (const char *c = text;; c++) {
        if (!*c || *c == ' ' || *c == '\t' || *c == '\r' || *c == '\n') {
            cost += beginnings * length;
            beginnings = length = 0;
        } else {
            beginnings += *c == ':' || *c == '@' || *c == '.';
            length++;
        }
        if (!*c)
            break;
    }
    return cost > LINKS_MOST ? FLAGS & ~(unsigned)MD_FLAG_PERMISSIVEAUTOLINKS : FLAGS;
}

static bool render(Ctx *ctx, const char *markdown, size_t n, Buf *out)
{
    Renderer r = {.ctx = ctx, .out = out};
    const MD_PARSER parser = {.flags = n ? flags_for(markdown) : FLAGS,
                              .enter_block = enter_block,
                              .leave_block = leave_block,
                              .enter_span = enter_span,
                              .leave_span = leave_span,
                              .text = text};
    int code = md_parse(markdown, (MD_SIZE)n, &parser, &r);
    if (r.too_wide)
        return fault(ctx, FAULT_TOO_LARGE, "a table has more than %d columns", COLUMNS_MAX);
    if (code || buf_over(out))
        return fault(ctx, FAULT_TOO_LARGE, "the text becomes larger than %d kB", HTML_MOST / 1024);
    return true;
}

bool markdown_html(Ctx *ctx, const char *text, const SanitizeRules *rules, Sanitized *out)
{
    size_t n = text ? strlen(text) : 0;
    if (n > MARKDOWN_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "the text is larger than %d kB", MARKDOWN_MAX / 1024);
    Buf *html = buf_new(ctx->arena, n + n / 8, HTML_MOST);
    return render(ctx, text, n, html) && sanitize(ctx, buf_data(html), buf_size(html), rules, out);
}

const char *markdown_text(Ctx *ctx, const char *text)
{
    Sanitized clean;
    return markdown_html(ctx, text, NULL, &clean) ? clean.text : "";
}
