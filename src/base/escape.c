/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* escape.c: plain ASCII goes by in runs, everything else is looked at by the character. */
#include "base/escape.h"

#include <unistr.h>

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

size_t escape_plain(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && is_plain((unsigned char)text[i]))
        i++;
    return i;
}

static size_t copy(char *out, const char *text, size_t n)
{
    memcpy(out, text, n);
    return n;
}

static size_t hex(char *out, unsigned code)
{
    static const char digits[] = "0123456789abcdef";
    const char form[] = {'\\',
                         'u',
                         digits[code >> 12 & 15],
                         digits[code >> 8 & 15],
                         digits[code >> 4 & 15],
                         digits[code & 15]};
    return copy(out, form, sizeof form);
}

static size_t ascii(char *out, char c)
{
    switch (c) {
    case '"': return copy(out, "\\\"", 2);
    case '\\': return copy(out, "\\\\", 2);
    case '\n': return copy(out, "\\n", 2);
    case '\r': return copy(out, "\\r", 2);
    case '\t': return copy(out, "\\t", 2);
    default: return is_plain((unsigned char)c) ? copy(out, &c, 1) : hex(out, (unsigned char)c);
    }
}

size_t escape_next(const char *text, size_t n, char out[ESCAPE_MAX], size_t *length_out)
{
    if ((unsigned char)text[0] < 0x80) {
        *length_out = ascii(out, text[0]);
        return 1;
    }
    ucs4_t c;
    int used = u8_mbtoucr(&c, (const uint8_t *)text, n);
    if (used <= 0) {
        *length_out = copy(out, "\xef\xbf\xbd", 3);
        return 1;
    }
    bool separator = c == 0x2028 || c == 0x2029; /* line ends to JavaScript, not to JSON */
    *length_out = separator ? hex(out, c) : copy(out, text, (size_t)used);
    return (size_t)used;
}
