/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_read.c: JSON in; the only file that includes jansson.h, and a Json is a json_t. */
#define JSON_OBJECT \
    JANSSON_OBJECT /* jansson's names for its types, and one function, are also ours */
#define JSON_REAL JANSSON_REAL
#define JSON_NULL JANSSON_NULL
#define json_real jansson_real
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_REAL
#undef JSON_NULL
#undef json_real

#include "base/json.h"

#include <math.h>

enum { DEPTH_MAX = 64 };
#define WHOLE_MAX 9007199254740992.0 /* 2^53: up to here a double is exact */

typedef struct Place {
    int line, column; /* from 1, in bytes */
} Place;

static const json_t *of(const Json *v)
{
    return (const json_t *)v;
}

/* Records the fault: where, and in words that a person understands. */
static const Json *broken(Ctx *ctx, Place at, const char *why)
{
    return fault(ctx, FAULT_MALFORMED, N_("JSON, line %d, column %d: %s"), at.line, at.column,
                 say(ctx, why));
}

static const char *why(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input: return N_("the text ends too early");
    case json_error_end_of_input_expected: return N_("something follows after the end");
    case json_error_duplicate_key: return N_("a key stands twice in one object");
    case json_error_invalid_utf8: return N_("the text is not UTF-8");
    case json_error_null_character:
    case json_error_null_byte_in_key: return N_("a text must not contain the character zero");
    case json_error_numeric_overflow: return N_("the number is too large");
    default: return N_("this is not valid JSON");
    }
}

/* Brackets outside of texts. False, with the place, when they are nested too deep. */
static bool shallow(const char *bytes, size_t n, Place *place_out)
{
    int depth = 0;
    Place at = {.line = 1};
    bool inside = false;
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        at.column++;
        if (c == '\n') {
            at = (Place){.line = at.line + 1};
        } else if (inside && c == '\\') { /* what it escapes is looked over */
            i++;
            at.column++;
        } else if (c == '"') {
            inside = !inside;
        } else if (!inside && (c == ']' || c == '}')) {
            depth--;
        } else if (!inside && (c == '[' || c == '{') && ++depth > DEPTH_MAX) {
            *place_out = at;
            return false;
        }
    }
    return true;
}

static void release(void *thing)
{
    json_decref(thing);
}

const Json *json_read(Ctx *ctx, const char *bytes, size_t n)
{
    if (faulted(ctx))
        return NULL;
    Place place;
    if (!shallow(bytes, n, &place))
        return broken(ctx, place, N_("nested more than 64 deep"));
    json_error_t error;
    json_t *v = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!v) {
        place = (Place){.line = error.line, .column = error.column};
        return broken(ctx, place, why(&error));
    }
    arena_own(ctx->arena, v, release);
    return (const Json *)v;
}

JsonKind json_kind(const Json *v)
{
    switch (v ? json_typeof(of(v)) : JANSSON_NULL) {
    case JSON_TRUE:
    case JSON_FALSE: return JSON_BOOL;
    case JSON_INTEGER: return JSON_INT;
    case JANSSON_REAL: return JSON_REAL;
    case JSON_STRING: return JSON_TEXT;
    case JSON_ARRAY: return JSON_LIST;
    case JANSSON_OBJECT: return JSON_OBJECT;
    default: return JSON_NULL;
    }
}

const Json *json_get(const Json *object, const char *key)
{
    return json_kind(object) == JSON_OBJECT ? (const Json *)json_object_get(of(object), key) : NULL;
}

size_t json_count(const Json *list)
{
    return json_kind(list) == JSON_LIST ? json_array_size(of(list)) : 0;
}

const Json *json_at(const Json *list, size_t i)
{
    return json_kind(list) == JSON_LIST ? (const Json *)json_array_get(of(list), i) : NULL;
}

const char *json_text_of(const Json *v)
{
    return json_kind(v) == JSON_TEXT ? json_string_value(of(v)) : NULL;
}

bool json_bool_of(const Json *v)
{
    return v && json_typeof(of(v)) == JSON_TRUE;
}

i64 json_int_of(const Json *v)
{
    if (json_kind(v) == JSON_INT)
        return json_integer_value(of(v));
    double d = json_kind(v) == JSON_REAL ? json_real_value(of(v)) : NAN;
    return fabs(d) <= WHOLE_MAX && d == floor(d) ? (i64)d : NONE; /* 5.0 is whole */
}

double json_real_of(const Json *v)
{
    switch (json_kind(v)) {
    case JSON_INT: return (double)json_integer_value(of(v));
    case JSON_REAL: return json_real_value(of(v));
    default: return NAN;
    }
}

void json_each(const Json *object, void (*visit)(void *to, const char *key, const Json *v),
               void *to)
{
    if (json_kind(object) != JSON_OBJECT)
        return;
    json_t *o = (json_t *)object;
    for (void *i = json_object_iter(o); i; i = json_object_iter_next(o, i))
        visit(to, json_object_iter_key(i), (const Json *)json_object_iter_value(i));
}
