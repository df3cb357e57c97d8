/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_code.c: what stands in WordPress' text that is no HTML: shortcodes, and paragraphs that nobody wrote. */
#include <ctype.h>
#include <strings.h>

#include "desks/press/import/press_import.h"

enum { NAME_MAX = 40, GALLERY_MAX = 100 };

/* ---- what is lost ---- */

/* Each kind is told once a post, with the address of the first. */
static void tell_lost(Import *im, const WpPost *post, const char *html)
{
    static const char *const kinds[] = {"<iframe", "<embed", "<object", "<video", "<audio", "<form", "<script", "<svg"};
    Arena *a = im->ctx->arena;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const char *found = strcasestr(html, kinds[i]);
        if (!found || !strchr(" >\t\n/", found[strlen(kinds[i])]))
            continue;
        size_t n = strcspn(found, ">");
        const char *tag = arena_copy(a, found, n < 2000 ? n : 2000), *src = strstr(tag, "src=");
        const char *address = src ? arena_copy(a, src + 5, strcspn(src + 5, "\"' >")) : "";
        press_import_tell(im, post, "lost", arena_printf(a, "%s> %s", kinds[i], address));
    }
}

/* ---- shortcodes ---- */

typedef struct Shortcode {
    char name[NAME_MAX + 1];
    const char *attributes, *after; /* behind the ] */
    bool closing;
} Shortcode;

static bool is_name(char c)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '_' || c == '-';
}

/* At a [: is it one? Square brackets stand in ordinary text too: [sic], [1]. */
static bool read_code(Arena *a, const char *s, Shortcode *code_out)
{
    Shortcode code = {.closing = s[1] == '/'};
    const char *name = s + 1 + code.closing;
    size_t n = 0;
    while (n < NAME_MAX && is_name(name[n]))
        n++;
    if (n < 2 || !islower((unsigned char)name[0]) || !strchr(" ]/", name[n]) || !name[n])
        return false;
    memcpy(code.name, name, n);
    const char *end = strpbrk(name + n, "]\n[");
    if (!end || *end != ']')
        return false;
    code.attributes = arena_copy(a, name + n, (size_t)(end - name) - n);
    code.after = end + 1;
    *code_out = code;
    return true;
}

static const char *attribute_of(Arena *a, const Shortcode *code, const char *name)
{
    const char *found = strstr(code->attributes, arena_printf(a, " %s=", name));
    if (!found)
        return NULL;
    found += strlen(name) + 2;
    char quote = *found;
    if (quote == '"' || quote == '\'')
        return arena_copy(a, found + 1, strcspn(found + 1, quote == '"' ? "\"" : "'"));
    return arena_copy(a, found, strcspn(found, " "));
}

static void put_attribute(Buf *out, const char *value)
{
    for (const char *c = value; *c; c++)
        if (*c == '"')
            buf_text(out, "&quot;");
        else
            buf_char(out, *c);
}

static void put_picture(Buf *out, const char *url, const char *alt)
{
    buf_text(out, "<figure><img src=\"");
    put_attribute(out, url);
    buf_text(out, "\" alt=\"");
    put_attribute(out, alt ? alt : "");
    buf_text(out, "\"></figure>\n");
}

static void put_gallery(Import *im, Buf *out, const Shortcode *code)
{
    Arena *a = im->ctx->arena;
    const char *ids = attribute_of(a, code, "ids"), *url, *alt;
    List each = ids ? text_split(a, ids, ',') : (List){0};
    i64 id;
    for (size_t i = 0; i < each.count && i < GALLERY_MAX; i++)
        if (text_int(text_trim(a, ((const char *const *)each.items)[i]), &id) && press_attachment(im, id, &url, &alt))
            put_picture(out, url, alt);
}

/* The words of a picture stand behind it: [caption]<img> words[/caption]. */
static const char *put_caption(Arena *a, Buf *out, const Shortcode *code)
{
    const char *end = strstr(code->after, arena_printf(a, "[/%s]", code->name));
    if (!end)
        return code->after;
    const char *inner = arena_copy(a, code->after, (size_t)(end - code->after));
    const char *img = strcasestr(inner, "<img"), *shut = img ? strchr(img, '>') : NULL;
    const char *linked = shut ? strcasestr(shut, "</a>") : NULL, *words = linked ? linked + 4 : shut ? shut + 1 : inner;
    const char *said = attribute_of(a, code, "caption");
    buf_printf(out, "<figure>%.*s<figcaption>%s</figcaption></figure>", (int)(words - inner), inner, said ? said : words);
    return strchr(end, ']') + 1;
}

static void put_link(Buf *out, const char *url)
{
    buf_text(out, "<p><a href=\"");
    put_attribute(out, url);
    buf_text(out, "\">");
    buf_text(out, url);
    buf_text(out, "</a></p>");
}

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

/* A word in brackets is a shortcode when it has attributes, is closed later, or is called as no word is. */
static bool is_foreign(Arena *a, const Shortcode *code)
{
    return code->closing || strchr(code->attributes, '=') || strpbrk(code->name, "_-") ||
           strstr(code->after, arena_printf(a, "[/%s]", code->name));
}

/* Writes what stands for it; where the text goes on, NULL when it is ordinary text. */
static const char *put_code(Import *im, const WpPost *post, Buf *out, const Shortcode *code)
{
    static const char *const media[] = {"video", "audio", "playlist"};
    Arena *a = im->ctx->arena;
    if (!code->closing && !strcmp(code->name, "gallery")) {
        put_gallery(im, out, code);
        if (!im->attachments)
            press_import_tell(im, post, "lost", "[gallery]");
        return code->after;
    }
    if (!code->closing && (!strcmp(code->name, "caption") || !strcmp(code->name, "wp_caption")))
        return put_caption(a, out, code);
    if (!code->closing && !strcmp(code->name, "embed")) {
        size_t n = strcspn(code->after, "[<\n");
        put_link(out, text_trim(a, arena_copy(a, code->after, n)));
        press_import_tell(im, post, "lost", "[embed]");
        return code->after + n;
    }
    if (!is_foreign(a, code) && !is_one_of(code->name, media, COUNT(media)))
        return NULL;
    if (!code->closing)
        press_import_tell(im, post, "lost", arena_printf(a, "[%s%s]", code->name, text_clip(a, code->attributes, 120)));
    return code->after;
}

static const char *without_codes(Import *im, const WpPost *post, const char *html)
{
    if (!strchr(html, '['))
        return html;
    Buf *out = buf_new(im->ctx->arena, strlen(html), 4 * IMPORT_TEXT_MAX);
    while (*html) {
        size_t n = strcspn(html, "[");
        buf_add(out, html, n);
        html += n;
        Shortcode code;
        const char *after = *html && read_code(im->ctx->arena, html, &code) ? put_code(im, post, out, &code) : NULL;
        if (after)
            html = after;
        else if (*html)
            buf_char(out, *html++);
    }
    return buf_data(out);
}

/* ---- paragraphs ---- */

static bool begins_block(const char *s)
{
    static const char *const blocks[] = {"p",  "div", "ul", "ol", "li", "table", "blockquote", "pre", "figure", "hr", "dl",
                                         "h1", "h2",  "h3", "h4", "h5", "h6",    "iframe",     "form", "section", "thead",
                                         "tbody", "tr", "td", "th"};
    if (*s != '<')
        return false;
    s += s[1] == '/' ? 2 : 1;
    size_t n = strcspn(s, " >/\n\t");
    for (size_t i = 0; i < COUNT(blocks); i++)
        if (strlen(blocks[i]) == n && !strncasecmp(s, blocks[i], n))
            return true;
    return !strncmp(s, "!--", 3);
}

static void put_lines(Buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\n')
            buf_text(out, "<br>\n");
        else
            buf_char(out, s[i]);
}

/* As WordPress shows what was typed without a single <p>: an empty line ends a paragraph, a line end is one. */
static const char *with_paragraphs(Arena *a, const char *html)
{
    Buf *out = buf_new(a, strlen(html) + 64, 4 * IMPORT_TEXT_MAX);
    while (*(html += strspn(html, "\r\n"))) {
        const char *end = strstr(html, "\n\n");
        size_t n = end ? (size_t)(end - html) : strlen(html);
        if (begins_block(html)) {
            buf_add(out, html, n);
            buf_text(out, "\n\n");
        } else {
            buf_text(out, "<p>");
            put_lines(out, html, n);
            buf_text(out, "</p>\n");
        }
        html += n;
    }
    return buf_data(out);
}

static const char *without_returns(Arena *a, const char *html)
{
    char *copy = arena_text(a, html), *to = copy;
    for (const char *from = copy; *from; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return copy;
}

const char *press_import_html(Import *im, const WpPost *post)
{
    Arena *a = im->ctx->arena;
    const char *html = without_returns(a, post->content ? post->content : "");
    if (!post->rendered && !strstr(html, "<!-- wp:"))
        html = with_paragraphs(a, html);
    html = without_codes(im, post, html);
    tell_lost(im, post, html);
    return html;
}
