/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_text.c: the signs of foreign text: what may be written, and how. */
#include "web/sanitize_room.h"

#include <unistr.h>

/* Controls, what is no character, and what turns the direction of writing (CVE-2021-42574): none of
 * them is for reading. Tabs and line ends are. */
static bool is_unwanted(ucs4_t c)
{
    if (c < 0x20)
        return c != '\n' && c != '\t';
    return (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xfeff || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static const char *reference(unsigned char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* How many bytes stand for themselves, escaped or not: letters, digits and the like. */
static size_t plain_run(const unsigned char *text, size_t n)
{
    size_t i = 0;
    while (i < n && text[i] >= 0x20 && text[i] < 0x7f && text[i] != '<' && text[i] != '>' &&
           text[i] != '&' && text[i] != '"' && text[i] != '\'')
        i++;
    return i;
}

/* The character at the start of a text that is not plain; how many bytes it takes. */
static size_t write_sign(Buf *out, const unsigned char *text, size_t n, bool escaped)
{
    ucs4_t c = text[0];
    if (c < 0x80) {
        const char *as = escaped ? reference(text[0]) : NULL;
        if (as)
            buf_text(out, as);
        else if (!is_unwanted(c))
            buf_char(out, (char)c);
        return 1;
    }
    int size = u8_mbtoucr(&c, text, n);
    if (size <= 0) {
        buf_text(out, "\xef\xbf\xbd");
        return 1;
    }
    if (!is_unwanted(c))
        buf_add(out, text, (size_t)size);
    return (size_t)size;
}

static void write_text(Buf *out, const char *text, size_t n, bool escaped)
{
    const unsigned char *bytes = (const unsigned char *)text;
    while (n > 0) {
        size_t run = plain_run(bytes, n);
        if (run)
            buf_add(out, bytes, run);
        else
            run = write_sign(out, bytes, n, escaped);
        bytes += run;
        n -= run;
    }
}

void sanitize_escape(Buf *out, const char *text, size_t n)
{
    write_text(out, text, n, true);
}

/* As it is already: nearly every text. */
static bool is_plain(const unsigned char *text, size_t n)
{
    while (n > 0) {
        ucs4_t c = text[0];
        int size = c < 0x80 ? 1 : u8_mbtoucr(&c, text, n);
        if (size <= 0 || is_unwanted(c))
            return false;
        text += size;
        n -= (size_t)size;
    }
    return true;
}

const char *sanitize_plain(Arena *a, const char *text)
{
    size_t n = strlen(text);
    if (is_plain((const unsigned char *)text, n))
        return text;
    Buf *out = buf_new(a, n, 3 * n + 1);
    write_text(out, text, n, false);
    return buf_data(out);
}
