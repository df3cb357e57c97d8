/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json.c: JSON out, written straight down; json_read.c reads. */
#include "base/json.h"
#include "base/escape.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

JsonOut json_out(Buf *buf)
{
    return (JsonOut){.buf = buf};
}

void json_escape(Buf *buf, const char *text, size_t n)
{
    buf_char(buf, '"');
    while (n) {
        size_t used = escape_plain(text, n);
        if (used) {
            buf_add(buf, text, used);
        } else {
            char form[ESCAPE_MAX];
            size_t length;
            used = escape_next(text, n, form, &length);
            buf_add(buf, form, length);
        }
        text += used;
        n -= used;
    }
    buf_char(buf, '"');
}

/* The comma and the key; the value comes next. */
static void begin(JsonOut *j, const char *key)
{
    if (j->need_comma)
        buf_char(j->buf, ',');
    j->need_comma = true;
    if (!key)
        return;
    json_escape(j->buf, key, strlen(key));
    buf_char(j->buf, ':');
}

static void nothing(JsonOut *j, const char *key)
{
    if (!key)
        json_raw(j, NULL, "null");
}

void json_open(JsonOut *j, const char *key, char bracket)
{
    begin(j, key);
    buf_char(j->buf, bracket);
    j->need_comma = false;
    j->depth++;
}

void json_close(JsonOut *j, char bracket)
{
    if (j->depth-- <= 0)
        abort();
    buf_char(j->buf, bracket);
    j->need_comma = true;
}

void json_text(JsonOut *j, const char *key, const char *value)
{
    if (!value) {
        nothing(j, key);
        return;
    }
    begin(j, key);
    json_escape(j->buf, value, strlen(value));
}

void json_int(JsonOut *j, const char *key, i64 value)
{
    if (value == NONE) {
        nothing(j, key);
        return;
    }
    begin(j, key);
    buf_int(j->buf, value);
}

void json_real(JsonOut *j, const char *key, double value)
{
    if (!isfinite(value)) { /* JSON has no infinity either */
        nothing(j, key);
        return;
    }
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.15g", value);
    if (g_ascii_strtod(text, NULL) != value)
        g_ascii_formatd(text, sizeof text, "%.16g", value);
    if (g_ascii_strtod(text, NULL) != value)
        g_ascii_dtostr(text, sizeof text, value);
    json_raw(j, key, text);
}

void json_bool(JsonOut *j, const char *key, bool value)
{
    json_raw(j, key, value ? "true" : "false");
}

void json_raw(JsonOut *j, const char *key, const char *json)
{
    begin(j, key);
    buf_text(j->buf, json);
}
