/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* address.c: what stands in a request line becomes text, or is refused. */
#include "web/address.h"

#include "base/text.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many bytes from here on mean themselves. */
static size_t literal_run(const char *raw, size_t n)
{
    size_t i = 0;
    while (i < n && raw[i] != '%' && raw[i] != '+')
        i++;
    return i;
}

/* NULL when a percent is not followed by two hex digits, or the bytes are no UTF-8, or hold a NUL. */
static char *decode(Arena *a, const char *raw, size_t n, bool plus_is_blank)
{
    char *text = arena_bytes(a, n + 1), *to = text;
    for (size_t i = 0; i < n;) {
        size_t plain = literal_run(raw + i, n - i);
        memcpy(to, raw + i, plain);
        to += plain;
        i += plain;
        if (i == n)
            break;
        if (raw[i] == '+') {
            *to++ = plus_is_blank ? ' ' : '+';
            i++;
            continue;
        }
        int high = i + 2 < n ? hex_value(raw[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_value(raw[i + 2]);
        if (low < 0)
            return NULL;
        *to++ = (char)(high * 16 + low);
        i += 3;
    }
    return text_valid(text, (size_t)(to - text)) ? text : NULL;
}

static bool hides_a_slash(const char *raw)
{
    for (const char *p = strchr(raw, '%'); p; p = strchr(p + 1, '%'))
        if (p[1] == '2' && (p[2] == 'F' || p[2] == 'f'))
            return true;
    return false;
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

/* The last segment may be empty: that is a slash at the end. */
static bool has_odd_segment(const char *path)
{
    for (const char *segment = path + 1;;) {
        size_t n = strcspn(segment, "/");
        bool dots = (n == 1 && segment[0] == '.') || (n == 2 && !strncmp(segment, "..", 2));
        if (dots || (n == 0 && segment[0] == '/'))
            return true;
        if (!segment[n])
            return false;
        segment += n + 1;
    }
}

AddressFate address_path(Arena *a, const char *raw, const char **path_out)
{
    size_t n = strnlen(raw, ADDRESS_MAX + 1);
    if (n > ADDRESS_MAX)
        return ADDRESS_LONG;
    if (raw[0] != '/' || hides_a_slash(raw))
        return ADDRESS_BROKEN;
    const char *path = decode(a, raw, n, false);
    if (!path || has_control(path))
        return ADDRESS_BROKEN;
    if (has_odd_segment(path))
        return ADDRESS_UNKNOWN;
    *path_out = path;
    return ADDRESS_FINE;
}

static bool visit_pair(Arena *a, const char *pair, size_t n,
                       bool (*visit)(void *to, const char *name, const char *value), void *to)
{
    const char *equals = memchr(pair, '=', n);
    size_t name_size = equals ? (size_t)(equals - pair) : n;
    const char *name = decode(a, pair, name_size, true);
    const char *value = equals ? decode(a, equals + 1, n - name_size - 1, true) : "";
    return name && value && visit(to, name, value);
}

bool address_fields(Arena *a, const char *raw, size_t n,
                    bool (*visit)(void *to, const char *name, const char *value), void *to)
{
    const char *end = raw + n;
    size_t count = 0;
    while (raw < end) {
        const char *stop = memchr(raw, '&', (size_t)(end - raw));
        if (!stop)
            stop = end;
        if (stop > raw && (++count > FIELDS_MAX || !visit_pair(a, raw, (size_t)(stop - raw), visit, to)))
            return false;
        raw = stop + 1;
    }
    return true;
}

/* RFC 3986 2.3. A table, because a list has many addresses and a slug has many hyphens. */
static const bool unreserved[256] = {
    ['-'] = true, ['.'] = true, ['_'] = true, ['~'] = true,
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
};

/* How many bytes from here on stand for themselves, or are to be kept. */
static size_t plain_run(const char *text, const char *keep)
{
    size_t n = 0;
    while (text[n] && (unreserved[(unsigned char)text[n]] || strchr(keep, text[n])))
        n++;
    return n;
}

void address_encode(Buf *out, const char *text, const char *keep)
{
    static const char hex[] = "0123456789ABCDEF";
    for (;;) {
        size_t n = plain_run(text, keep);
        buf_add(out, text, n);
        text += n;
        if (!*text)
            return;
        unsigned char c = (unsigned char)*text++;
        buf_add(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
}

const char *address_encoded(Arena *a, const char *text, const char *keep)
{
    size_t size = strlen(text);
    if (plain_run(text, keep) == size) /* nearly always */
        return arena_copy(a, text, size);
    Buf *out = buf_new(a, size + 16, 3 * size + 1);
    address_encode(out, text, keep);
    return buf_data(out);
}
