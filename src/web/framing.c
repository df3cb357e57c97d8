/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framing.c: the checks of a request's head. */
#include "web/framing.h"
#include <strings.h>

/* RFC 9110 5.6.2: what a name may be made of. */
static const bool token[256] = {
    ['!'] = true,         ['#'] = true,         ['$'] = true,         ['%'] = true, ['&'] = true,
    ['\''] = true,        ['*'] = true,         ['+'] = true,         ['-'] = true, ['.'] = true,
    ['^'] = true,         ['_'] = true,         ['`'] = true,         ['|'] = true, ['~'] = true,
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
};

/* What a value may be made of: no controls but the tab. */
static const bool printable[256] = {['\t'] = true, [' ' ... '~'] = true, [0x80 ... 0xff] = true};

static bool made_of(const bool *table, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    while (table[*s])
        s++;
    return *s == '\0';
}

static bool is_token(const char *text)
{
    return *text && made_of(token, text);
}

static const char *no(int *status_out, int status, const char *why)
{
    *status_out = status;
    return why;
}

/* A host and perhaps a port; an empty one is what RFC 9112 3.2 lets a target without authority
 * have. */
static bool host_fine(const char *host)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "-._~!$&'()*+;=%:[]";
    return strspn(host, allowed) == strlen(host) && strlen(host) <= 255;
}

/* Digits only, and no more of them than an i64 holds. */
static bool length_read(const char *text, i64 *length_out)
{
    size_t n = strspn(text, "0123456789");
    if (n == 0 || text[n] || n > 18)
        return false;
    i64 length = 0;
    for (size_t i = 0; i < n; i++)
        length = length * 10 + (text[i] - '0');
    *length_out = length;
    return true;
}

typedef struct Seen {
    int hosts, lengths, codings;
} Seen;

static const char *coding_wrong(const char *value, bool http11, int *status_out)
{
    if (!http11)
        return no(status_out, 400, "Transfer-Encoding in HTTP/1.0");
    if (strcasecmp(value, "chunked") != 0)
        return no(status_out, 501, "Transfer-Encoding other than chunked");
    return NULL;
}

/* The few headers that decide where a request ends and whom it is for. */
static const char *special_wrong(const Header *h, bool http11, Seen *seen, FramingBody *body,
                                 int *status_out)
{
    switch (h->name[0] | 0x20) {
    case 'h':
        if (strcasecmp(h->name, "Host") != 0)
            return NULL;
        if (++seen->hosts > 1)
            return no(status_out, 400, "Host twice");
        return host_fine(h->value) ? NULL : no(status_out, 400, "Host is no host");
    case 'c':
        if (strcasecmp(h->name, "Content-Length") != 0)
            return NULL;
        if (++seen->lengths > 1)
            return no(status_out, 400, "Content-Length twice");
        body->any = true;
        return length_read(h->value, &body->length)
                   ? NULL
                   : no(status_out, 400, "Content-Length is no length");
    case 't':
        if (strcasecmp(h->name, "Transfer-Encoding") != 0)
            return NULL;
        if (++seen->codings > 1)
            return no(status_out, 400, "Transfer-Encoding twice");
        body->any = body->chunked = true;
        return coding_wrong(h->value, http11, status_out);
    case 'e':
        if (strcasecmp(h->name, "Expect") != 0)
            return NULL;
        body->expects = strcasecmp(h->value, "100-continue") == 0;
        return body->expects ? NULL : no(status_out, 417, "Expect other than 100-continue");
    default: return NULL;
    }
}

const char *framing_wrong(const Header *headers, size_t n, bool http11, FramingBody *body_out,
                          int *status_out)
{
    FramingBody body = {.length = NONE};
    Seen seen = {0};
    if (n > FRAMING_HEADERS_MAX)
        return no(status_out, 431, "more than 100 headers");
    for (size_t i = 0; i < n; i++) {
        if (!is_token(headers[i].name))
            return no(status_out, 400, "a header's name has a character that no name has");
        if (!made_of(printable, headers[i].value))
            return no(status_out, 400, "a header's value has a control character");
        const char *why = special_wrong(&headers[i], http11, &seen, &body, status_out);
        if (why)
            return why;
    }
    if (http11 && !seen.hosts)
        return no(status_out, 400, "Host is missing");
    if (seen.lengths && seen.codings)
        return no(status_out, 400, "Content-Length beside Transfer-Encoding");
    *body_out = body;
    return NULL;
}

static bool method_known(const char *method)
{
    static const char *const known[] = {"GET",    "HEAD",  "POST",  "OPTIONS", "PUT",
                                        "DELETE", "PATCH", "TRACE", "CONNECT"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(method, known[i]) == 0)
            return true;
    return false;
}

const char *framing_line_wrong(const char *method, const char *target, const char *version,
                               int *status_out)
{
    if (!is_token(method))
        return no(status_out, 400, "the method is no word");
    if (!method_known(method))
        return no(status_out, 501, "the method is not known");
    size_t size = 0;
    for (; target[size]; size++)
        if ((unsigned char)target[size] <= ' ' || target[size] == 0x7f)
            return no(status_out, 400, "the address has a blank or a control character");
    if (size > FRAMING_TARGET_MAX)
        return no(status_out, 414, "the address is too long");
    bool whole_server = strcmp(method, "OPTIONS") == 0 && strcmp(target, "*") == 0;
    if (target[0] != '/' && !whole_server && strncasecmp(target, "http", 4) != 0)
        return no(status_out, 400, "the address does not start with a slash");
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
        return no(status_out, 505, "the version is neither HTTP/1.1 nor HTTP/1.0");
    return NULL;
}

bool framing_seamless(const char *first, const char *end, const Header *headers, size_t n)
{
    const char *at = first;
    for (size_t i = 0; i < n; i++) {
        if (headers[i].name != at)
            return false;
        at += strlen(at) + 1; /* the colon has become the NUL */
        while (at < headers[i].value && (*at == ' ' || *at == '\t'))
            at++;
        if (headers[i].value != at)
            return false;
        at += strlen(at);
        if (at + 2 > end || at[0] != '\0' || at[1] != '\0')
            return false;
        at += 2;
    }
    return at + 2 == end;
}
