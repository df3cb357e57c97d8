/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_list.c: the allow-list: which elements, which attributes, which addresses. */
#include "base/text.h"
#include "web/address.h"
#include "web/sanitize_room.h"

#include <strings.h>

enum { SPAN_MAX = 100, SIDE_MAX = 10000, WORD_MAX = 40, TITLE_MAX = 1000 };

#define LIST_ITEM  " ul ol "
#define TABLE_BODY " table "
#define CELL_SPANS " colspan rowspan "

static const Part plain = {NULL, PART_PLAIN};
static const Part dropped = {NULL, PART_DROPPED};
static const Part apart = {NULL, PART_DIV};

static const Part parts[GUMBO_TAG_LAST] = {
    [GUMBO_TAG_P] = {"p", PART_PHRASE},
    [GUMBO_TAG_H1] = {"h2", PART_PHRASE},
    [GUMBO_TAG_H2] = {"h2", PART_PHRASE},
    [GUMBO_TAG_H3] = {"h3", PART_PHRASE},
    [GUMBO_TAG_H4] = {"h4", PART_PHRASE},
    [GUMBO_TAG_H5] = {"h4", PART_PHRASE},
    [GUMBO_TAG_H6] = {"h4", PART_PHRASE},
    [GUMBO_TAG_PRE] = {"pre", PART_PHRASE},
    [GUMBO_TAG_LISTING] = {"pre", PART_PHRASE},
    [GUMBO_TAG_BLOCKQUOTE] = {"blockquote", PART_HOLDER},
    [GUMBO_TAG_UL] = {"ul", PART_LIST},
    [GUMBO_TAG_MENU] = {"ul", PART_LIST},
    [GUMBO_TAG_DIR] = {"ul", PART_LIST},
    [GUMBO_TAG_OL] = {"ol", PART_LIST, NULL, " start "},
    [GUMBO_TAG_LI] = {"li", PART_MIXED, LIST_ITEM},
    [GUMBO_TAG_DL] = {"dl", PART_LIST},
    [GUMBO_TAG_DT] = {"dt", PART_PHRASE, " dl "},
    [GUMBO_TAG_DD] = {"dd", PART_MIXED, " dl "},
    [GUMBO_TAG_FIGURE] = {"figure", PART_MIXED},
    [GUMBO_TAG_FIGCAPTION] = {"figcaption", PART_MIXED, " figure "},
    [GUMBO_TAG_DETAILS] = {"details", PART_HOLDER},
    [GUMBO_TAG_SUMMARY] = {"summary", PART_PHRASE, " details "},
    [GUMBO_TAG_TABLE] = {"table", PART_TABLE},
    [GUMBO_TAG_CAPTION] = {"caption", PART_PHRASE, TABLE_BODY},
    [GUMBO_TAG_THEAD] = {"thead", PART_TABLE, TABLE_BODY},
    [GUMBO_TAG_TBODY] = {"tbody", PART_TABLE, TABLE_BODY},
    [GUMBO_TAG_TFOOT] = {"tbody", PART_TABLE, TABLE_BODY},
    [GUMBO_TAG_TR] = {"tr", PART_TABLE, " thead tbody "},
    [GUMBO_TAG_TD] = {"td", PART_MIXED, " tr ", CELL_SPANS},
    [GUMBO_TAG_TH] = {"th", PART_MIXED, " tr ", CELL_SPANS "scope "},
    [GUMBO_TAG_HR] = {"hr", PART_RULE},
    [GUMBO_TAG_BR] = {"br", PART_BREAK},
    [GUMBO_TAG_IMG] = {"img", PART_PICTURE, NULL, " src alt width height "},
    [GUMBO_TAG_A] = {"a", PART_INLINE, NULL, " href title "},
    [GUMBO_TAG_ABBR] = {"abbr", PART_INLINE, NULL, " title "},
    [GUMBO_TAG_ACRONYM] = {"abbr", PART_INLINE, NULL, " title "},
    [GUMBO_TAG_TIME] = {"time", PART_INLINE, NULL, " datetime "},
    [GUMBO_TAG_CITE] = {"cite", PART_INLINE},
    [GUMBO_TAG_Q] = {"q", PART_INLINE},
    [GUMBO_TAG_STRONG] = {"strong", PART_INLINE},
    [GUMBO_TAG_EM] = {"em", PART_INLINE},
    [GUMBO_TAG_B] = {"b", PART_INLINE},
    [GUMBO_TAG_I] = {"i", PART_INLINE},
    [GUMBO_TAG_S] = {"s", PART_INLINE},
    [GUMBO_TAG_STRIKE] = {"s", PART_INLINE},
    [GUMBO_TAG_DEL] = {"s", PART_INLINE},
    [GUMBO_TAG_U] = {"u", PART_INLINE},
    [GUMBO_TAG_SUB] = {"sub", PART_INLINE},
    [GUMBO_TAG_SUP] = {"sup", PART_INLINE},
    [GUMBO_TAG_SMALL] = {"small", PART_INLINE},
    [GUMBO_TAG_MARK] = {"mark", PART_INLINE},
    [GUMBO_TAG_CODE] = {"code", PART_INLINE},
    [GUMBO_TAG_TT] = {"code", PART_INLINE},
    [GUMBO_TAG_KBD] = {"code", PART_INLINE},
    [GUMBO_TAG_SAMP] = {"code", PART_INLINE},
    [GUMBO_TAG_VAR] = {"code", PART_INLINE},
};

/* Nothing of these is for reading here. */
static bool is_dropped(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_HEAD: case GUMBO_TAG_TITLE: case GUMBO_TAG_BASE: case GUMBO_TAG_LINK:
    case GUMBO_TAG_META: case GUMBO_TAG_STYLE: case GUMBO_TAG_SCRIPT: case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_IFRAME: case GUMBO_TAG_EMBED: case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_PARAM: case GUMBO_TAG_APPLET: case GUMBO_TAG_FRAME: case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_NOFRAMES: case GUMBO_TAG_NOEMBED: case GUMBO_TAG_XMP: case GUMBO_TAG_PLAINTEXT:
    case GUMBO_TAG_MATH: case GUMBO_TAG_SVG: case GUMBO_TAG_VIDEO: case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_SOURCE: case GUMBO_TAG_TRACK: case GUMBO_TAG_CANVAS: case GUMBO_TAG_AREA:
    case GUMBO_TAG_INPUT: case GUMBO_TAG_BUTTON: case GUMBO_TAG_SELECT: case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_OPTGROUP: case GUMBO_TAG_OPTION: case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_OUTPUT: case GUMBO_TAG_PROGRESS: case GUMBO_TAG_METER: case GUMBO_TAG_MENUITEM:
    case GUMBO_TAG_ISINDEX: case GUMBO_TAG_COLGROUP: case GUMBO_TAG_COL: case GUMBO_TAG_RP:
        return true;
    default:
        return false;
    }
}

/* Not taken, but a paragraph of its own for who reads. */
static bool is_apart(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_HTML: case GUMBO_TAG_BODY: case GUMBO_TAG_DIV: case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION: case GUMBO_TAG_NAV: case GUMBO_TAG_ASIDE: case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ADDRESS: case GUMBO_TAG_MAIN:
    case GUMBO_TAG_FORM: case GUMBO_TAG_FIELDSET: case GUMBO_TAG_LEGEND: case GUMBO_TAG_CENTER:
    case GUMBO_TAG_MARQUEE: case GUMBO_TAG_MULTICOL:
        return true;
    default:
        return false;
    }
}

const Part *sanitize_part(const GumboElement *element)
{
    GumboTag tag = element->tag;
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML || is_dropped(tag))
        return &dropped;
    if (is_apart(tag))
        return &apart;
    return parts[tag].name ? &parts[tag] : &plain;
}

/* ---- addresses ---- */

/* A blank in the middle of an address is common and harmless; browsers encode it too. */
static const char *without_blanks(Arena *a, const char *raw)
{
    const char *trimmed = text_trim(a, raw);
    if (!strchr(trimmed, ' '))
        return trimmed;
    Buf *out = buf_new(a, strlen(trimmed) + 16, ADDRESS_MAX);
    for (const char *c = trimmed; *c; c++)
        if (*c == ' ')
            buf_text(out, "%20");
        else
            buf_char(out, *c);
    return buf_over(out) ? "" : buf_data(out);
}

/* mailto: and tel: have no host to look at: every sign that could end the attribute or the scheme is encoded. */
static const char *direct(Arena *a, const char *text, const char *scheme, const char *keep)
{
    size_t n = strlen(scheme);
    if (strncasecmp(text, scheme, n) || !text[n] || strlen(text) > ADDRESS_MAX ||
        !text_valid(text, strlen(text)) || text_has_control(text))
        return NULL;
    return arena_printf(a, "%s%s", scheme, address_encoded(a, text + n, keep));
}

static const char *address(Arena *a, const char *text, bool *outside_out)
{
    Url url;
    if (url_inside(a, text, &url))
        return url.s;
    if (url_outside(a, text, &url)) {
        *outside_out = true;
        const char *rest = strchr(url.s, ':');
        return arena_printf(a, "%s%s", rest - url.s == 5 ? "https" : "http", rest);
    }
    const char *mail = direct(a, text, "mailto:", "%@+?=&,;:");
    return mail ? mail : direct(a, text, "tel:", "%+*#();=");
}

/* Encoded, it may have become too long to be read again. */
const char *sanitize_href(Arena *a, const char *raw, bool *outside_out)
{
    *outside_out = false;
    if (!raw || strlen(raw) > ADDRESS_MAX)
        return NULL;
    const char *url = address(a, without_blanks(a, raw), outside_out);
    return url && strlen(url) <= ADDRESS_MAX ? url : NULL;
}

/* ---- attributes ---- */

/* Letters, digits and the signs given. */
static bool is_word(const char *value, const char *signs)
{
    size_t n = strlen(value);
    for (size_t i = 0; i < n; i++) {
        char c = value[i];
        bool plain_sign = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain_sign && !strchr(signs, c))
            return false;
    }
    return n > 0 && n <= WORD_MAX;
}

static bool is_one_of(const char *value, const char *words)
{
    char word[WORD_MAX + 3];
    return is_word(value, "-") && snprintf(word, sizeof word, " %s ", value) > 0 &&
           strstr(words, word);
}

static bool is_number(const char *value, i64 least, i64 most)
{
    i64 n;
    return value[0] != '+' && text_int(value, &n) && n >= least && n <= most;
}

static bool is_well(const char *name, const char *value)
{
    if (!strcmp(name, "lang"))
        return is_word(value, "-");
    if (!strcmp(name, "dir"))
        return is_one_of(value, " ltr rtl auto ");
    if (!strcmp(name, "scope"))
        return is_one_of(value, " row col rowgroup colgroup ");
    if (!strcmp(name, "datetime"))
        return is_word(value, "-:+. ");
    if (!strcmp(name, "colspan") || !strcmp(name, "rowspan"))
        return is_number(value, 1, SPAN_MAX);
    if (!strcmp(name, "width") || !strcmp(name, "height"))
        return is_number(value, 1, SIDE_MAX);
    if (!strcmp(name, "start"))
        return is_number(value, 0, 1000000);
    return !strcmp(name, "title") && *value && strlen(value) <= TITLE_MAX;
}

static bool is_named(const char *names, const char *name)
{
    char word[WORD_MAX + 3];
    if (!names || !is_word(name, ""))
        return false;
    snprintf(word, sizeof word, " %s ", name);
    return strstr(names, word);
}

static void write_attribute(Buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=\"", name);
    sanitize_escape(out, value, strlen(value));
    buf_char(out, '"');
}

static void write_link(Ctx *ctx, Buf *out, const char *raw)
{
    bool outside;
    const char *href = sanitize_href(ctx->arena, raw, &outside);
    if (!href)
        return;
    write_attribute(out, "href", href);
    if (outside)
        buf_text(out, " rel=\"noopener noreferrer nofollow\"");
}

/* src and alt are the picture's own matter. */
static bool is_special(const char *name)
{
    return !strcmp(name, "src") || !strcmp(name, "alt");
}

i64 sanitize_attributes(Ctx *ctx, Buf *out, const Part *part, const GumboElement *element)
{
    i64 left = 0;
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        const char *name = attribute->name;
        bool named = attribute->attr_namespace == GUMBO_ATTR_NAMESPACE_NONE &&
                     (is_named(part->attributes, name) || is_named(" lang dir ", name));
        if (named && is_special(name))
            continue;
        const char *value = named ? sanitize_plain(ctx->arena, attribute->value) : NULL;
        if (named && !strcmp(name, "href"))
            write_link(ctx, out, attribute->value);
        else if (named && is_well(name, value))
            write_attribute(out, name, value);
        else
            left++;
    }
    return left;
}
