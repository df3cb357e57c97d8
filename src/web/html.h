/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* html.h: what compiled views write into.  The C type of a value decides how it is escaped.
 *
 * Text is escaped, numbers printed, only SafeHtml goes in as it is, and in href, src, action and hx-*
 * only a Url is accepted: a string there does not compile. */
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

typedef struct Html Html;
typedef struct Url {
    const char *s;
} Url; /* made by url_*(); never by a cast */
typedef struct SafeHtml {
    const char *s;
} SafeHtml; /* made by safe_literal(), html_finish() or the sanitizer */
#define safe_literal(s_) ((SafeHtml){"" s_ ""})

enum { HTML_MAX = 4 * 1024 * 1024 };

Html *html_new(Ctx *ctx); /* in ctx's arena, tongue and zone; keeps ctx */
Ctx *html_ctx(const Html *h);
Arena *html_arena(const Html *h);
size_t html_size(const Html *h);
bool html_over(const Html *h); /* the page passed HTML_MAX */
SafeHtml html_finish(Html *h);

void html_raw(Html *h, const char *bytes, size_t n); /* compiled literals only */
void html_text(Html *h, const char *s);              /* escaped; NULL prints nothing */
void html_int(Html *h, i64 n);                       /* with groups of three: 1,236 */
void html_plain_int(Html *h, i64 n);                 /* for attributes: 1236 */
void html_safe(Html *h, SafeHtml s);
void html_url(Html *h, Url u);

#define put(h, v)                                                                                  \
    _Generic((v), char *: html_text, const char *: html_text, i64: html_int, int: html_int,        \
             unsigned: html_int, size_t: html_int, SafeHtml: html_safe)(h, v)
#define put_attr(h, v)                                                                             \
    _Generic((v), char *: html_text, const char *: html_text, i64: html_plain_int,                 \
             int: html_plain_int, unsigned: html_plain_int, size_t: html_plain_int)(h, v)
#define put_url(h, v) _Generic((v), Url: html_url)(h, v) /* a string in href does not compile */

/* What views say. */
#define _(msgid) html_say(h, msgid)
const char *html_say(const Html *h, const char *msgid);
const char *html_say_n(const Html *h, const char *one, const char *many, i64 n);
const char *html_sayf(Html *h, const char *msgid, ...) PRINTF(2, 3);                /* translated, then formatted */
/* The formats' first value is n, as %" PRId64 "; what follows n comes after it. */
#define html_sayf_n(h, one, many, n, ...) html_sayf_n_(h, one, many, n, (i64)(n), ##__VA_ARGS__)
const char *html_sayf_n_(Html *h, const char *one, const char *many, i64 n, ...) PRINTF(3, 5);
const char *html_word(const Html *h, const Word *words, int value);                 /* the label */
const char *html_when(Html *h, ClockForm form, i64 instant);                        /* in the city's zone */
const char *html_clock(Html *h, i64 instant);                                       /* 10:00 */
const char *html_rfc3339(Html *h, i64 instant);                                     /* for <time datetime> */
const char *html_id(Html *h, i64 id);

/* <svg class="icon">: a picture of ui/icons.txt that says nothing by itself. */
void html_icon(Html *h, const char *name);

/* <script type="application/ld+json">: data for machines, which no browser runs. The only script element without src
 * that there is; nothing in the JSON can end it. */
void html_data(Html *h, Buf *json);

/* ---- addresses ---- */
#define url_literal(s_) ((Url){"" s_ ""})
Url url_id(Arena *a, const char *before, i64 id, const char *after);        /* before and after are literals; after may be NULL */
Url url_slug(Arena *a, const char *before, const char *slug, const char *after); /* the slug is percent-encoded */
Url url_query(Arena *a, Url u, const char *name, const char *value);        /* adds ?name=value, encoded; value NULL adds nothing */
bool url_outside(Arena *a, const char *text, Url *url_out);                 /* http and https with a host, nothing else; for what people typed */
bool url_inside(Arena *a, const char *text, Url *url_out);                  /* a path of this site, for ?volver= */
Url url_mailto(Arena *a, const char *mail);
/* A new message that is begun already; to NULL: whom it goes to is the reader's choice. */
Url url_letter(Arena *a, const char *to, const char *subject, const char *text);
/* For srcset: one more address, and how many pixels wide the picture is there; before.s NULL: the first one. */
Url url_srcset(Arena *a, Url before, Url picture, i64 width);
