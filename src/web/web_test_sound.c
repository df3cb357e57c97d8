/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* web_test_sound.c: what every page of ours must be, looked at in the HTML that left. */
#include "base/text.h"
#include "web/web_test.h"

#include <glib.h>

typedef struct Look {
    const char *file;
    int line, h1;
    GHashTable *ids;
    GPtrArray *wanted; /* ids that something leads to */
} Look;

static void bad(const Look *look, const char *what, const char *which)
{
    g_error("%s:%d: %s: %s", look->file, look->line, what, which);
}

static void note_id(Look *look, const char *id)
{
    if (!g_hash_table_add(look->ids, g_strdup(id)))
        bad(look, "an id stands twice", id);
}

static void want_ids(Look *look, const char *ids)
{
    g_auto(GStrv) each = g_strsplit(ids, " ", -1);
    for (size_t i = 0; each[i]; i++)
        if (*each[i])
            g_ptr_array_add(look->wanted, g_strdup(each[i]));
}

static bool in_list(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(*list, name))
            return true;
    return false;
}

static void attribute(Look *look, const char *tag, const char *name, const char *value)
{
    static const char *const leading[] = {"for",           "aria-labelledby", "aria-describedby",
                                          "aria-controls", "popovertarget",   NULL};
    if (!strcmp(name, "id"))
        note_id(look, value);
    else if (in_list(name, leading))
        want_ids(look, value);
    else if (!strcmp(name, "href") && value[0] == '#' && !strcmp(tag, "a"))
        want_ids(look, value + 1);
    else if (!strcmp(name, "style") || g_str_has_prefix(name, "on"))
        bad(look, "an inline attribute", name);
}

static const char *read_attribute(Look *look, const char *tag, const char *p, bool *alt_out)
{
    size_t n = strcspn(p, "= \t\n>/");
    g_autofree char *name = g_strndup(p, n);
    p += n;
    if (!strcmp(name, "alt"))
        *alt_out = true;
    if (*p != '=') {
        attribute(look, tag, name, "");
        return n ? p : p + 1;
    }
    char quote = p[1];
    if (quote != '"' && quote != '\'')
        bad(look, "an attribute without quotes", name);
    const char *end = strchr(p + 2, quote);
    if (!end) {
        bad(look, "an attribute that does not end", name);
        return p + strlen(p);
    }
    g_autofree char *value = g_strndup(p + 2, (size_t)(end - p - 2));
    attribute(look, tag, name, value);
    return end + 1;
}

static const char *read_tag(Look *look, const char *p)
{
    size_t n = strcspn(p, " \t\n>/");
    g_autofree char *tag = g_ascii_strdown(p, (ssize_t)n);
    bool alt = false, source = strstr(p, "src=") && strstr(p, "src=") < strchr(p, '>');
    bool data = text_starts(p, "script type=\"application/ld+json\">");
    for (p += n; *p && *p != '>';)
        p = strchr(" \t\n/", *p) ? p + 1 : read_attribute(look, tag, p, &alt);
    look->h1 += !strcmp(tag, "h1");
    if (!strcmp(tag, "img") && !alt)
        bad(look, "an image without alt", tag);
    if (!strcmp(tag, "style") || (!strcmp(tag, "script") && !source && !data))
        bad(look, "inline", tag);
    return p;
}

void page_test_sound(const PageAnswer *a, const char *file, int line)
{
    Look look = {.file = file, .line = line};
    look.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    look.wanted = g_ptr_array_new_with_free_func(g_free);
    for (const char *p = strchr(a->body, '<'); p; p = strchr(p, '<')) {
        p++;
        if (g_ascii_isalpha(*p))
            p = read_tag(&look, p);
    }
    if (look.h1 != 1)
        bad(&look, "a page has one h1", look.h1 ? "more" : "none");
    for (unsigned i = 0; i < look.wanted->len; i++)
        if (!g_hash_table_contains(look.ids, g_ptr_array_index(look.wanted, i)))
            bad(&look, "something leads to an id that is not there",
                g_ptr_array_index(look.wanted, i));
    g_hash_table_destroy(look.ids);
    g_ptr_array_unref(look.wanted);
}
