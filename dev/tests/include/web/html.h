/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* html.h: as much of the real one as compiled views need, for the generators' tests. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef int64_t i64;
typedef struct List {
    const void *items;
    size_t count;
} List;
typedef struct Html Html;
typedef struct Url {
    const char *s;
} Url;
typedef struct SafeHtml {
    const char *s;
} SafeHtml;

void html_raw(Html *h, const char *bytes, size_t n);
void html_text(Html *h, const char *s);
void html_int(Html *h, i64 n);
void html_safe(Html *h, SafeHtml s);
void html_url(Html *h, Url u);
const char *html_say(const Html *h, const char *msgid);

#define put(h, v)                                                                                  \
    _Generic((v), char *: html_text, const char *: html_text, i64: html_int, int: html_int,        \
             size_t: html_int, SafeHtml: html_safe)(h, v)
#define put_attr(h, v)                                                                             \
    _Generic((v), char *: html_text, const char *: html_text, i64: html_int, int: html_int,        \
             size_t: html_int)(h, v)
#define put_url(h, v) _Generic((v), Url: html_url)(h, v)
#define _(msgid) html_say(h, msgid)
