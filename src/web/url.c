/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* url.c: addresses that may stand in href, src and action; nothing else makes a Url. */
#include "base/id.h"
#include "base/text.h"
#include "web/address.h"
#include "web/html.h"

/* A list has two addresses a row, and formatting costs several times what copying does. */
static Url joined(Arena *a, const char *before, const char *middle, const char *after)
{
    size_t first = strlen(before), second = strlen(middle), third = after ? strlen(after) : 0;
    char *text = arena_bytes(a, first + second + third + 1);
    memcpy(text, before, first);
    memcpy(text + first, middle, second);
    if (third)
        memcpy(text + first + second, after, third);
    return (Url){text};
}

Url url_id(Arena *a, const char *before, i64 id, const char *after)
{
    char text[ID_TEXT + 1];
    id_write(text, id);
    return joined(a, before, text, after);
}

Url url_slug(Arena *a, const char *before, const char *slug, const char *after)
{
    return joined(a, before, address_encoded(a, slug ? slug : "", ""), after);
}

/* The query goes before a #part. */
Url url_query(Arena *a, Url u, const char *name, const char *value)
{
    if (!value)
        return u;
    size_t path = strcspn(u.s, "#");
    const char *sign = memchr(u.s, '?', path) ? "&" : "?";
    return (Url){arena_printf(a, "%.*s%s%s=%s%s", (int)path, u.s, sign,
                              address_encoded(a, name, ""), address_encoded(a, value, ""),
                              u.s + path)};
}

/* Nothing that a browser would read otherwise than we do: blanks, controls, backslashes, quotes. */
static bool plain_signs(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if (*p <= ' ' || *p == 0x7f || strchr("\\\"<>`{}|^", *p))
            return false;
    return text_valid(text, strlen(text));
}

/* %C3 and the like: letters beyond ASCII, as they leave url_outside(). */
static bool far_letter(const char *sign, size_t n)
{
    return n > 2 && sign[0] == '%' && strchr("89ABCDEF", sign[1]) && strchr("0123456789ABCDEF", sign[2]);
}

static bool host_signs(const char *host, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)host[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && c < 0x80 && !strchr(".-:[]", c) && !far_letter(host + i, n - i))
            return false;
    }
    return n > 0 && strchr(".-:", host[0]) == NULL;
}

bool url_outside(Arena *a, const char *text, Url *url_out)
{
    text = text_trim(a, text);
    if (!text || strlen(text) > ADDRESS_MAX || !plain_signs(text))
        return false;
    const char *scheme_end = strstr(text, "://");
    if (!scheme_end)
        return false;
    const char *scheme = text_lower(a, arena_copy(a, text, (size_t)(scheme_end - text)));
    const char *host = scheme_end + 3;
    size_t host_size = strcspn(host, "/?#");
    if ((strcmp(scheme, "https") && strcmp(scheme, "http")) || !host_signs(host, host_size))
        return false;
    *url_out = (Url){address_encoded(a, text, "%:/?#[]@!$&'()*+,;=")};
    return true;
}

bool url_inside(Arena *a, const char *text, Url *url_out)
{
    if (!text || text[0] != '/' || text[1] == '/' || strlen(text) > ADDRESS_MAX ||
        !plain_signs(text))
        return false;
    *url_out = (Url){address_encoded(a, text, "%:/?#[]@!$&'()*+,;=")};
    return true;
}

Url url_mailto(Arena *a, const char *mail)
{
    return (Url){arena_printf(a, "mailto:%s", address_encoded(a, mail ? mail : "", "@+"))};
}

Url url_letter(Arena *a, const char *to, const char *subject, const char *text)
{
    Url letter = url_mailto(a, to);
    return url_query(a, url_query(a, letter, "subject", subject), "body", text);
}

Url url_srcset(Arena *a, Url before, Url picture, i64 width)
{
    return (Url){arena_printf(a, "%s%s%s %" PRId64 "w", before.s ? before.s : "", before.s ? ", " : "", picture.s, width)};
}
