/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_fuzz_check.h: what must hold of whatever the sanitiser gives out; for its tests and fuzzers. */
#pragma once
#include <gumbo.h>
#include <stdlib.h>

#include "web/sanitize.h"

/* The list a second time, on purpose: a mistake in the first one does not excuse itself. */
static const char check_elements[] =
    " p br hr h2 h3 h4 ul ol li blockquote cite q strong em b i s u sub sup small abbr time mark code"
    " pre a table caption thead tbody tr th td figure figcaption img details summary dl dt dd ";
static const char check_attributes[] =
    " href rel lang dir title datetime colspan rowspan scope start alt width height src id ";

static inline bool check_named(const char *names, const char *name)
{
    char word[64];
    return snprintf(word, sizeof word, " %s ", name) < (int)sizeof word && strstr(names, word);
}

static inline bool check_starts(const char *text, const char *prefix)
{
    return !strncmp(text, prefix, strlen(prefix));
}

/* Nothing that a reader could take for another scheme: no blanks, no controls, no backslash. */
static inline bool check_address(const char *url)
{
    for (const unsigned char *c = (const unsigned char *)url; *c; c++)
        if (*c <= ' ' || *c >= 0x7f || *c == '\\')
            return false;
    bool path = url[0] == '/' && url[1] != '/';
    return path || check_starts(url, "http://") || check_starts(url, "https://") ||
           check_starts(url, "mailto:") || check_starts(url, "tel:");
}

static inline bool check_attribute(const GumboAttribute *attribute)
{
    const char *name = attribute->name, *value = attribute->value;
    if (attribute->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE ||
        !check_named(check_attributes, name))
        return false;
    if (!strcmp(name, "href") || !strcmp(name, "src"))
        return check_address(value);
    return strcmp(name, "id") || check_starts(value, "t-");
}

static inline bool check_node(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        return true;
    if (node->type != GUMBO_NODE_ELEMENT)
        return false;
    const GumboElement *element = &node->v.element;
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML || element->tag == GUMBO_TAG_UNKNOWN ||
        !check_named(check_elements, gumbo_normalized_tagname(element->tag)))
        return false;
    for (unsigned i = 0; i < element->attributes.length; i++)
        if (!check_attribute(element->attributes.data[i]))
            return false;
    for (unsigned i = 0; i < element->children.length; i++)
        if (!check_node(element->children.data[i]))
            return false;
    return true;
}

/* Read again, nothing stands in it that is not on the list. */
static inline bool check_allowed(const char *html)
{
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    GumboOutput *tree = gumbo_parse_with_options(&options, html, strlen(html));
    const GumboVector *children = &tree->root->v.element.children;
    bool fine = true;
    for (unsigned i = 0; i < children->length && fine; i++)
        fine = check_node(children->data[i]);
    gumbo_destroy_output(&kGumboDefaultOptions, tree);
    return fine;
}

/* A second time through changes nothing. rules: pictures stay where they are. */
static inline bool check_settled(Ctx *ctx, const char *html, const SanitizeRules *rules)
{
    Sanitized again;
    if (!sanitize(ctx, html, strlen(html), rules, &again))
        return ctx->fault.kind == FAULT_TOO_LARGE;
    return !strcmp(again.html.s, html);
}
