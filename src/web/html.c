/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* html.c: a growing page, and the one place that escapes. */
#include "web/html.h"

#include "assets.h"
#include "base/id.h"

struct Html {
    Ctx *ctx;
    Buf *out; /* made at the first byte: most programs ask for data and never draw */
};

enum { HTML_EXPECTED = 16 * 1024 };

Html *html_new(Ctx *ctx)
{
    Html *h = arena_new_of(ctx->arena, Html);
    h->ctx = ctx;
    return h;
}

Ctx *html_ctx(const Html *h)
{
    return h->ctx;
}

Arena *html_arena(const Html *h)
{
    return h->ctx->arena;
}

static Buf *out(Html *h)
{
    if (!h->out)
        h->out = buf_new(h->ctx->arena, HTML_EXPECTED, HTML_MAX);
    return h->out;
}

size_t html_size(const Html *h)
{
    return h->out ? buf_size(h->out) : 0;
}

bool html_over(const Html *h)
{
    return h->out && buf_over(h->out);
}

SafeHtml html_finish(Html *h)
{
    return (SafeHtml){buf_data(out(h))};
}

void html_raw(Html *h, const char *bytes, size_t n)
{
    buf_add(out(h), bytes, n);
}

void html_safe(Html *h, SafeHtml s)
{
    buf_text(out(h), s.s);
}

static const char *reference(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

/* strcspn() of glibc is faster here than a loop over bytes. */
void html_text(Html *h, const char *s)
{
    Buf *b = out(h);
    while (s) {
        size_t n = strcspn(s, "<>&\"'");
        buf_add(b, s, n);
        s += n;
        if (!*s)
            return;
        buf_text(b, reference(*s++));
    }
}

void html_url(Html *h, Url u)
{
    html_text(h, u.s);
}

void html_plain_int(Html *h, i64 n)
{
    buf_int(out(h), n);
}

/* Groups of three: a comma in both tongues, as Mexico writes it (NOM-008-SCFI allows it beside
 * the blank). */
void html_int(Html *h, i64 n)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%" PRId64, n);
    int first = digits[0] == '-' ? 1 : 0;
    Buf *b = out(h);
    for (int i = 0; i < size; i++) {
        if (i > first && (size - i) % 3 == 0)
            buf_char(b, ',');
        buf_char(b, digits[i]);
    }
}

void html_icon(Html *h, const char *name)
{
    Buf *b = out(h);
    buf_text(b, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"" ASSET_ICONS "#i-");
    html_text(h, name);
    buf_text(b, "\"/></svg>");
}

/* In JSON a < stands inside texts only, where it may as well be written as its number. */
void html_data(Html *h, Buf *json)
{
    Buf *b = out(h);
    const char *c = buf_data(json), *end = c + buf_size(json);
    buf_text(b, "<script type=\"application/ld+json\">");
    while (c < end) {
        const char *sign = memchr(c, '<', (size_t)(end - c));
        buf_add(b, c, (size_t)((sign ? sign : end) - c));
        if (sign)
            buf_text(b, "\\u003c");
        c = sign ? sign + 1 : end;
    }
    buf_text(b, "</script>");
}

/* ---- what views say ---- */

static Tongue tongue(const Html *h)
{
    return h->ctx->actor->tongue;
}

__attribute__((format_arg(2))) static const char *said(const Html *h, const char *msgid)
{
    return tongue_say(tongue(h), msgid);
}

const char *html_say(const Html *h, const char *msgid)
{
    return tongue_say(tongue(h), msgid);
}

const char *html_say_n(const Html *h, const char *one, const char *many, i64 n)
{
    return tongue_say_n(tongue(h), one, many, n);
}

const char *html_sayf(Html *h, const char *msgid, ...)
{
    va_list ap;
    va_start(ap, msgid);
    const char *text = arena_vprintf(html_arena(h), said(h, msgid), ap);
    va_end(ap);
    return text;
}

/* Both msgids take the same values: the count, then the caller's. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
const char *html_sayf_n_(Html *h, const char *one, const char *many, i64 n, ...)
{
    const char *format = tongue_say_n(tongue(h), one, many, n);
    va_list ap;
    va_start(ap, n);
    const char *text = arena_vprintf(html_arena(h), format, ap);
    va_end(ap);
    return text;
}
#pragma GCC diagnostic pop

const char *html_word(const Html *h, const Word *words, int value)
{
    return tongue_say(tongue(h), word_label(words, value));
}

const char *html_when(Html *h, ClockForm form, i64 instant)
{
    return clock_say(html_arena(h), h->ctx->city->zone, tongue(h), form, instant);
}

const char *html_clock(Html *h, i64 instant)
{
    return clock_time_text(html_arena(h), h->ctx->city->zone, instant);
}

const char *html_rfc3339(Html *h, i64 instant)
{
    return clock_rfc3339(html_arena(h), h->ctx->city->zone, instant);
}

const char *html_id(Html *h, i64 id)
{
    return id_text(html_arena(h), id);
}
