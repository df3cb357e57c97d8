/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json.h: JSON out, written straight down; JSON in, read with limits.  jansson reads; nothing else includes it. */
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

/* ---- out ---- */
typedef struct JsonOut {
    Buf *buf;
    int depth;
    bool need_comma;
} JsonOut;

JsonOut json_out(Buf *buf);
void json_open(JsonOut *j, const char *key, char bracket);  /* '{' or '['; key NULL inside lists and at the top */
void json_close(JsonOut *j, char bracket);                  /* '}' or ']' */
void json_text(JsonOut *j, const char *key, const char *value); /* NULL is left out (null inside a list) */
void json_int(JsonOut *j, const char *key, i64 value);      /* NONE is left out (null inside a list) */
/* NAN is left out; shortest form that reads back. The label keeps it apart from libjansson's json_real. */
void json_real(JsonOut *j, const char *key, double value) __asm__("vocero_json_real");
void json_bool(JsonOut *j, const char *key, bool value);
void json_raw(JsonOut *j, const char *key, const char *json);
void json_escape(Buf *buf, const char *text, size_t n);     /* quotes included; also safe inside <script type=…> */

/* ---- in ---- */
typedef struct Json Json; /* a value; lives in the arena */
typedef enum { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_TEXT, JSON_LIST, JSON_OBJECT } JsonKind;

/* RFC 8259, duplicate keys refused, at most 64 deep. FAULT_MALFORMED with line and column. */
const Json *json_read(Ctx *ctx, const char *bytes, size_t n);
JsonKind json_kind(const Json *v);
const Json *json_get(const Json *object, const char *key); /* NULL when absent or not an object */
size_t json_count(const Json *list);
const Json *json_at(const Json *list, size_t i);
const char *json_text_of(const Json *v); /* NULL when it is no text */
bool json_bool_of(const Json *v);
i64 json_int_of(const Json *v);          /* NONE when it is no whole number */
double json_real_of(const Json *v);      /* NAN when it is no number */
void json_each(const Json *object, void (*visit)(void *to, const char *key, const Json *v), void *to);
