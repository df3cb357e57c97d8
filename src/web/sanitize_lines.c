/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_lines.c: lines of Markdown: their prefixes, and what has to be escaped where. */
#include "web/sanitize_lines.h"

#include <ctype.h>

static char last(const Lines *l)
{
    size_t n = buf_size(l->out);
    return n ? buf_data(l->out)[n - 1] : '\n';
}

static size_t without_blanks(const char *s, size_t n)
{
    while (n > 0 && s[n - 1] == ' ')
        n--;
    return n;
}

static void end_line(Lines *l)
{
    buf_cut(l->out, without_blanks(buf_data(l->out), buf_size(l->out)));
    buf_char(l->out, '\n');
    l->begun = false;
}

void lines_separate(Lines *l, bool empty)
{
    if (l->in_row) {
        if (last(l) != ' ')
            buf_char(l->out, ' ');
        return;
    }
    l->broken = false;
    if (l->signed_ || buf_size(l->out) == 0)
        return;
    if (l->begun)
        end_line(l);
    l->leading = true;
    l->empty = l->empty || empty;
}

void lines_flush(Lines *l)
{
    if (l->empty && !l->begun) {
        buf_add(l->out, l->prefix, without_blanks(l->prefix, l->prefix_size));
        buf_char(l->out, '\n');
    }
    l->empty = false;
}

void lines_begin(Lines *l)
{
    if (l->broken) {
        buf_text(l->out, "\\\n");
        l->begun = l->broken = false;
    }
    if (!l->begun && !l->in_row) {
        lines_flush(l);
        buf_add(l->out, l->prefix, l->prefix_size);
        l->begun = l->leading = true;
    }
    l->signed_ = false;
}

void lines_push(Lines *l, const char *prefix)
{
    size_t n = strlen(prefix);
    if (l->prefix_size + n >= LINES_PREFIX_MAX)
        return;
    memcpy(l->prefix + l->prefix_size, prefix, n);
    l->prefix_size += n;
}

void lines_pop(Lines *l, size_t size)
{
    l->prefix_size = size;
    l->signed_ = false;
}

void lines_sign(Lines *l, const char *sign)
{
    lines_begin(l);
    buf_text(l->out, sign);
    l->leading = l->signed_ = true;
}

void lines_raw(Lines *l, const char *s)
{
    if (!*s)
        return;
    lines_begin(l);
    buf_text(l->out, s);
    l->leading = false;
}

void lines_break(Lines *l)
{
    if (l->in_row || l->leading) {
        lines_separate(l, false);
        return;
    }
    l->broken = true;
}

static bool is_word(unsigned char c)
{
    return c >= 0x80 || isalnum(c);
}

/* "1." or "1)" at the start of a line would begin a list. */
static bool ends_number(const char *start, const char *c)
{
    if ((*c != '.' && *c != ')') || c == start || c - start > 9)
        return false;
    for (const char *d = start; d < c; d++)
        if (!isdigit((unsigned char)*d))
            return false;
    return true;
}

static bool is_mark(const Lines *l, const char *start, const char *c, bool leading)
{
    if (l->literal)
        return ispunct((unsigned char)*c);
    switch (*c) {
    case '\\': case '`': case '*': case '[': case ']': case '<': case '~': return true;
    case '_': return c == start || !is_word((unsigned char)c[-1]) || !is_word((unsigned char)c[1]);
    case '&': return is_word((unsigned char)c[1]) || c[1] == '#';
    case '|': return true;
    case '!': return c[1] == '\0';
    case '#': case '+': case '-': case '=': case '>': case ':': return leading && c == start;
    default: return leading && ends_number(start, c);
    }
}

void lines_text(Lines *l, const char *s)
{
    if (l->leading || l->broken || !l->begun)
        while (*s == ' ')
            s++;
    if (!*s)
        return;
    lines_begin(l);
    bool leading = l->leading;
    for (const char *c = s; *c; c++) {
        if (is_mark(l, s, c, leading))
            buf_char(l->out, '\\');
        buf_char(l->out, *c == '\n' ? ' ' : *c);
    }
    l->leading = false;
}
