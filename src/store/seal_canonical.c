/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_canonical.c: one value, one spelling: JSON after RFC 8785 (JCS), without its reals.
 *
 * Keys are sorted by their UTF-16 units (3.2.3), which differs from the order of UTF-8's bytes where one
 * character lies beyond U+FFFF and the other between U+E000 and U+FFFF. */
#include "store/seal.h"

#include <stdlib.h>

#define WHOLE_MAX ((i64)9007199254740991) /* 2^53 - 1: every reader of JSON has it exactly */

typedef struct Pair {
    const char *key;
    const Json *value;
} Pair;

typedef struct Pairs {
    Pair *items;
    size_t count;
} Pairs;

static bool write_value(Ctx *ctx, const Json *value, Buf *out);

/* ---- texts ---- */
static void write_char(Buf *out, char c)
{
    static const char short_form[] = "btn?fr"; /* from 8 on */
    unsigned char code = (unsigned char)c;
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", c);
    else if (code >= 8 && code <= 13 && code != 11)
        buf_printf(out, "\\%c", short_form[code - 8]);
    else if (code < 0x20)
        buf_printf(out, "\\u%04x", code);
    else
        buf_char(out, c);
}

static void write_text(Buf *out, const char *text)
{
    buf_char(out, '"');
    for (; *text; text++)
        write_char(out, *text);
    buf_char(out, '"');
}

/* ---- keys ---- */
/* Beyond U+FFFF the units are surrogates, below U+E000: so the first bytes F0 to F4 come before EE and EF. */
static int rank(unsigned char byte)
{
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
}

static int by_key(const void *one, const void *two)
{
    const unsigned char *a = (const unsigned char *)((const Pair *)one)->key;
    const unsigned char *b = (const unsigned char *)((const Pair *)two)->key;
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return rank(*a) - rank(*b);
}

static void count_pair(void *to, const char *key, const Json *value)
{
    ((Pairs *)to)->count++;
}

static void take_pair(void *to, const char *key, const Json *value)
{
    Pairs *pairs = to;
    pairs->items[pairs->count++] = (Pair){.key = key, .value = value};
}

static Pairs sorted(Ctx *ctx, const Json *object)
{
    Pairs pairs = {0};
    json_each(object, count_pair, &pairs);
    pairs.items = arena_array(ctx->arena, Pair, pairs.count);
    pairs.count = 0;
    json_each(object, take_pair, &pairs);
    if (pairs.count)
        qsort(pairs.items, pairs.count, sizeof *pairs.items, by_key);
    return pairs;
}

/* ---- values ---- */
static bool write_object(Ctx *ctx, const Json *object, Buf *out)
{
    Pairs pairs = sorted(ctx, object);
    buf_char(out, '{');
    for (size_t i = 0; i < pairs.count; i++) {
        if (i)
            buf_char(out, ',');
        write_text(out, pairs.items[i].key);
        buf_char(out, ':');
        if (!write_value(ctx, pairs.items[i].value, out))
            return false;
    }
    buf_char(out, '}');
    return true;
}

static bool write_list(Ctx *ctx, const Json *list, Buf *out)
{
    buf_char(out, '[');
    for (size_t i = 0; i < json_count(list); i++) {
        if (i)
            buf_char(out, ',');
        if (!write_value(ctx, json_at(list, i), out))
            return false;
    }
    buf_char(out, ']');
    return true;
}

static bool write_whole(Ctx *ctx, i64 n, Buf *out)
{
    if (n > WHOLE_MAX || n < -WHOLE_MAX)
        return fault(ctx, FAULT_INVALID,
                     "The number %" PRId64 " is too large to be signed. Write it as a text.", n);
    buf_int(out, n);
    return true;
}

static bool write_value(Ctx *ctx, const Json *value, Buf *out)
{
    switch (json_kind(value)) {
    case JSON_BOOL: buf_text(out, json_bool_of(value) ? "true" : "false"); return true;
    case JSON_INT: return write_whole(ctx, json_int_of(value), out);
    case JSON_TEXT: write_text(out, json_text_of(value)); return true;
    case JSON_LIST: return write_list(ctx, value, out);
    case JSON_OBJECT: return write_object(ctx, value, out);
    case JSON_REAL:
        return fault(ctx, FAULT_INVALID,
                     "A number with decimals cannot be signed. Write it as a text.");
    default: buf_text(out, "null"); return true;
    }
}

bool seal_canonical(Ctx *ctx, const Json *value, Buf *out)
{
    return !faulted(ctx) && write_value(ctx, value, out);
}
